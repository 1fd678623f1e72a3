/* Goodstanding: passkeys. Browsers offer them to scripts alone; a code needs no script. */
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const ids = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

  async function create(options) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: ids(options.excludeCredentials),
      },
    });
    return answer(made, {
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    });
  }

  async function get(options) {
    const found = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: ids(options.allowCredentials),
      },
    });
    const { authenticatorData, signature, userHandle } = found.response;
    return answer(found, {
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    });
  }

  const answer = (credential, response) => ({
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  });

  function passkey(form) {
    const options = JSON.parse(form.querySelector("script").textContent).publicKey;
    const said = form.querySelector("[data-gs-passkey-said]");
    const ask = form.dataset.gsPasskey === "create" ? create : get;
    form.hidden = false;
    form.closest("[data-gs-passkey-box]").hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      said.textContent = "Follow your browser.";
      try {
        form.elements.credential.value = JSON.stringify(await ask(options));
      } catch {
        said.textContent = "That didn't work. Try again, or use another way.";
        return;
      }
      form.submit();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return;
    document.querySelectorAll("[data-gs-passkey]").forEach(passkey);
    document.querySelectorAll("[data-gs-passkey-none]").forEach((each) => each.remove());
  });
})();
