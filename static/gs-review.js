/* The review page: single keys decide and turn the queue's pages. It works without them. */
(() => {
  "use strict";
  const SETTING = "gs-single-keys";
  const root = document.documentElement;
  const typing = "input, select, textarea, dialog, [contenteditable]";

  const on = () => {
    try {
      return localStorage.getItem(SETTING) !== "off";
    } catch {
      return true;
    }
  };

  const remember = (state) => {
    try {
      localStorage.setItem(SETTING, state ? "on" : "off");
    } catch {
      /* Where nothing may be kept, it holds for this page. */
    }
    root.classList.toggle("gs-keys-off", !state);
    for (const each of document.querySelectorAll("[data-gs-key]")) {
      if (state) each.setAttribute("aria-keyshortcuts", each.dataset.gsKey.toUpperCase());
      else each.removeAttribute("aria-keyshortcuts");
    }
  };

  /* To the reason or the words while they are empty; from there the button is pressed. */
  function press(target) {
    const first = document.querySelector(`[name="${target.dataset.gsFirst}"]`);
    if (first && !first.value.trim()) {
      first.focus();
      first.scrollIntoView({ block: "center" });
      return;
    }
    target.click();
  }

  function keys(dialog) {
    remember(on());
    const lever = dialog.querySelector("[data-gs-keys-switch]");
    const show = () => {
      const state = !root.classList.contains("gs-keys-off");
      lever.setAttribute("aria-pressed", String(state));
      lever.textContent = state ? "Turn single keys off" : "Turn single keys on";
    };
    lever.addEventListener("click", () => {
      remember(root.classList.contains("gs-keys-off"));
      show();
    });
    show();
    document.querySelector("[data-gs-keys-open]")?.addEventListener("click", () => dialog.showModal());
    document.addEventListener("keydown", (event) => {
      const held = event.ctrlKey || event.metaKey || event.altKey;
      if (held || event.repeat || event.defaultPrevented || root.classList.contains("gs-keys-off")) return;
      if (event.target.closest?.(typing)) return;
      const key = event.key.toLowerCase();
      if (key === "?") {
        event.preventDefault();
        dialog.showModal();
        return;
      }
      if (!/^[a-z]$/.test(key)) return;
      const target = document.querySelector(`[data-gs-key="${key}"]`);
      if (!target) return;
      event.preventDefault();
      press(target);
    });
  }

  function sheet(image) {
    const say = () => {
      image.hidden = true;
      document.querySelector("[data-gs-no-sheet]").hidden = false;
    };
    image.addEventListener("error", say);
    if (image.complete && !image.naturalWidth) say();
  }

  /* The next one's proof is drawn while somebody reads this one; no figure is kept. */
  function ahead(address) {
    if (!address || navigator.connection?.saveData) return;
    const ask = () => {
      new Image().src = address;
    };
    window.addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(ask));
  }

  document.addEventListener("DOMContentLoaded", () => {
    const dialog = document.querySelector("[data-gs-keys]");
    if (dialog) keys(dialog);
    const image = document.querySelector("[data-gs-sheet]");
    if (image) sheet(image);
    ahead(document.querySelector("[data-gs-ahead]")?.dataset.gsAhead);
  });
})();
