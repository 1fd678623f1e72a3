/* Goodstanding: enhancement only. Every page works without this file. */
(() => {
  "use strict";
  document.documentElement.classList.add("gs-js");

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* "Ann, Bo and Cy"; past four names the rest is a number. */
  const spoken = (names) => {
    if (names.length < 2) return names.join("");
    const shown = names.length > 4 ? names.slice(0, 3) : names.slice(0, -1);
    const rest = names.length - shown.length;
    return `${shown.join(", ")} and ${rest > 1 ? `${rest} more` : names.at(-1)}`;
  };

  function burger() {
    const button = document.querySelector("[data-gs-burger]");
    if (!button) return;
    const nav = document.getElementById(button.getAttribute("aria-controls"));
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      const open = nav.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
  }

  /* Opens on hover, click and Enter; Escape, a click elsewhere or leaving it closes. */
  function menu(root) {
    const button = root.querySelector("button");
    let pinned = false;
    const show = (open, pin = false) => {
      pinned = open && pin;
      root.classList.toggle("is-open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    const isOpen = () => root.classList.contains("is-open");
    show(false);
    button.addEventListener("click", () => show(!pinned, true));
    root.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse" && !isOpen()) show(true);
    });
    root.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !pinned) show(false);
    });
    root.addEventListener("focusout", (event) => {
      if (!root.contains(event.relatedTarget)) show(false);
    });
    document.addEventListener("click", (event) => {
      if (!root.contains(event.target)) show(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      const inside = root.contains(document.activeElement);
      event.preventDefault();
      show(false);
      if (inside) button.focus();
    });
  }

  function notice(root) {
    root.querySelector(".gs-notice-close")?.addEventListener("click", () => {
      root.remove();
      document.getElementById("main")?.focus();
    });
  }

  /* The pressed button says what is going on; a second press of the form does nothing. */
  function busy(form) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) {
        event.preventDefault();
        return;
      }
      sent = true;
      const button = event.submitter;
      if (!button?.dataset.gsBusy) return;
      button.style.minWidth = `${button.offsetWidth}px`;
      button.dataset.gsRest = button.textContent;
      button.textContent = button.dataset.gsBusy;
      button.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      sent = false;
      for (const button of all("[data-gs-rest]", form)) {
        button.textContent = button.dataset.gsRest;
        button.removeAttribute("aria-busy");
      }
    });
  }

  function assignments(form) {
    const boxes = all("[data-gs-person]", form);
    const bar = form.querySelector("[data-gs-selbar]");
    const count = form.querySelector("[data-gs-count]");
    const live = form.querySelector("[data-gs-live]");
    const assign = all("[data-gs-assign]", form);
    const hints = all("[data-gs-one]", form);
    const everybody = form.querySelector("[data-gs-everybody]");
    const nameOf = (box) => document.getElementById(box.getAttribute("aria-labelledby")).textContent.trim();
    let anchor = null;
    let shift = false;

    const refresh = (announce = true) => {
      const chosen = boxes.filter((box) => box.checked);
      const names = chosen.map(nameOf);
      const number = everybody?.checked ? Number(everybody.dataset.gsEverybody) : chosen.length;
      bar.hidden = number === 0;
      count.textContent = `${number} selected`;
      form.querySelector("[data-gs-names]").textContent = number > chosen.length ? "" : spoken(names);
      for (const button of assign) {
        const rest = button.dataset.gsAssign;
        button.textContent = number ? `${rest} to ${number}` : rest;
      }
      for (const hint of hints) {
        hint.textContent = chosen.length === 1 ? names[0] : hint.dataset.gsOne;
      }
      if (announce) live.textContent = number ? count.textContent : "Nobody selected";
    };

    const setAll = (on) => {
      for (const box of boxes) box.checked = on;
      if (everybody && !on) everybody.checked = false;
      refresh();
    };
    everybody?.addEventListener("change", () => setAll(everybody.checked));

    form.addEventListener("click", (event) => {
      if (event.target.closest(".gs-line, .gs-line-row")) shift = event.shiftKey;
    }, true);
    form.addEventListener("change", (event) => {
      const box = event.target.closest("[data-gs-person]");
      if (!box) return;
      /* Whoever is taken out of everybody is not among them: the others are picked one by one. */
      if (everybody) everybody.checked = false;
      const here = boxes.indexOf(box);
      if (shift && anchor !== null) {
        const [from, to] = [Math.min(anchor, here), Math.max(anchor, here)];
        for (const each of boxes.slice(from, to + 1)) each.checked = box.checked;
      }
      anchor = here;
      refresh();
    });
    form.querySelector("[data-gs-clear]").addEventListener("click", () => {
      setAll(false);
      boxes[0]?.focus();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, dialog");
      if (typing || event.defaultPrevented || !boxes.length) return;
      if (event.key === "Escape" && !bar.hidden) setAll(false);
      if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
        event.preventDefault();
        setAll(true);
      }
    });
    window.addEventListener("pageshow", () => refresh(false));
    refresh(false);
    dock(form);
    form.addEventListener("focusin", () => uncover(form, bar));
    form.addEventListener("change", () => uncover(form, bar));
  }

  /* The line that has the keyboard is never left under what sticks to the window's foot. */
  function uncover(form, bar) {
    const box = document.activeElement;
    if (!box.matches("[data-gs-person]:focus-visible")) return;
    const root = form.querySelector("[data-gs-dock]");
    const cover = root.classList.contains("is-short") ? root : bar;
    if (cover.hidden) return;
    const hidden = box.closest(".gs-line, .gs-line-row").getBoundingClientRect().bottom + 16 - cover.getBoundingClientRect().top;
    if (hidden > 0) window.scrollBy({ top: hidden, behavior: "instant" });
  }

  /* Short tiles at the window's foot until there is room for the full ones. */
  function dock(form) {
    const root = form.querySelector("[data-gs-dock]");
    const wide = window.matchMedia("(min-width: 1101px)");
    const measure = () => {
      const room = window.innerHeight - root.getBoundingClientRect().bottom;
      root.classList.toggle("is-short", wide.matches && room < 0);
    };
    let waiting = false;
    const later = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        measure();
      });
    };
    window.addEventListener("scroll", later, { passive: true });
    window.addEventListener("resize", later);
    form.addEventListener("change", later);
    measure();
  }

  function copy(button) {
    const source = document.getElementById(button.dataset.gsCopy);
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = "Copied";
    });
  }

  /* A draft saves itself. What another window saved meanwhile is never overwritten. */
  function draft(form) {
    const said = form.querySelector("[data-gs-saved]");
    let dirty = false;
    let stale = false;
    let timer = 0;
    let saving = null;

    const send = async (last) => {
      const typed = new FormData(form);
      typed.delete("file");
      typed.set("do", "autosave");
      try {
        const answer = await fetch(form.getAttribute("action"), { method: "POST", body: typed, keepalive: last });
        const found = await answer.json();
        if (found.stale) {
          stale = true;
          const notice = form.querySelector("[data-gs-stale]");
          notice.hidden = false;
          notice.querySelector("[data-gs-stale-text]").textContent = found.stale;
          said.textContent = "Not saved";
          return;
        }
        form.elements.saves.value = found.saves;
        if (form.getAttribute("action") !== found.url) {
          form.setAttribute("action", found.url);
          history.replaceState(null, "", found.url);
        }
        const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
        said.textContent = `Saved ${time}`;
      } catch {
        dirty = true;
        said.textContent = "Not saved: no connection, or you are signed out. What you typed is still here.";
      }
    };
    /* One save at a time: each says how many came before it. */
    const save = async (last = false) => {
      clearTimeout(timer);
      while (saving) await saving;
      if (!dirty || stale) return;
      dirty = false;
      saving = send(last).finally(() => { saving = null; });
      await saving;
    };
    const later = (event) => {
      if (event.target.type === "file") return;
      dirty = true;
      event.target.closest(".gs-field")?.querySelector("[data-gs-read]")?.remove();
      clearTimeout(timer);
      timer = setTimeout(save, 1500);
    };
    form.addEventListener("input", later);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") save(true);
    });
    /* A button pressed while a save is on its way waits for it. */
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!saving) {
        dirty = false;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      dirty = false;
      saving.finally(() => form.requestSubmit(button));
    });
    /* Filled in from the catalogue: on the page, and not saved yet. */
    if (form.hasAttribute("data-gs-unsaved")) {
      dirty = true;
      timer = setTimeout(save, 1500);
    }
    for (const way of all("[data-gs-leaves-draft]")) {
      const leave = way.matches("form") ? "submit" : "click";
      way.addEventListener(leave, async (event) => {
        if (!dirty && !saving) return;
        event.preventDefault();
        await save();
        if (way.matches("form")) way.submit();
        else location.assign(way.href);
      });
    }
  }

  /* The credit as it is typed: told in short to whoever listens, open where it was open. */
  function credit(root) {
    const said = document.querySelector("[data-gs-credit-said]");
    let open = false;
    root.addEventListener("htmx:beforeSwap", (event) => {
      open = Boolean(root.querySelector("details[open]"));
      const asked = new URL(event.detail.xhr.responseURL).pathname;
      if (asked !== root.getAttribute("hx-post")) event.detail.shouldSwap = false;
    });
    root.addEventListener("htmx:afterSwap", () => {
      if (open) root.querySelector("details")?.setAttribute("open", "");
      const say = root.querySelector("[data-gs-say]");
      if (said.textContent !== say.textContent) said.textContent = say.textContent;
      /* What was read from the title follows it, until somebody types minutes. */
      const { minutes, minutes_read: read } = document.querySelector("[data-gs-draft]").elements;
      if (minutes.value === read.value) minutes.value = read.value = say.dataset.gsMinutes;
    });
  }

  /* A form shows what the chosen kind asks; the server leaves the rest aside anyway. */
  function asking(kinds) {
    const parts = all("[data-gs-asked]", kinds.form);
    const names = new Set(all("[data-gs-asks]", kinds).flatMap((kind) => kind.dataset.gsAsks.split(" ")));
    const show = () => {
      const asks = kinds.selectedOptions[0]?.dataset.gsAsks;
      for (const part of parts) {
        const name = part.dataset.gsAsked;
        if (!names.has(name)) continue;
        part.hidden = asks === undefined ? name !== "minutes" : !asks.split(" ").includes(name);
      }
    };
    kinds.addEventListener("change", show);
    window.addEventListener("pageshow", show);
  }

  /* A page's own part, opened in a panel over this one; where it leads on, we follow. */
  function panel(link) {
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const answer = await fetch(link.href).catch(() => null);
      const page = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page?.getElementById("panel");
      if (!part || answer.redirected) {
        location.assign(link.href);
        return;
      }
      const box = document.createElement("dialog");
      const title = part.querySelector("h1");
      const heading = document.createElement("h2");
      heading.id = "panel-title";
      heading.textContent = title.textContent;
      title.replaceWith(heading);
      part.classList.remove("gs-slim");
      box.className = "gs-dialog";
      box.setAttribute("aria-labelledby", heading.id);
      box.append(part);
      box.querySelector("[data-gs-panel-close]")?.addEventListener("click", (closing) => {
        closing.preventDefault();
        box.close();
      });
      box.addEventListener("close", () => {
        box.remove();
        link.focus();
      });
      all("form[method=post]", box).forEach(busy);
      document.body.append(box);
      box.showModal();
    });
  }

  /* What a worker is at is fetched again, alone: what was chosen beside it stays. Once
     somebody chooses or types, nothing moves any more. */
  function fresh(root) {
    const again = async () => {
      if (root.contains(document.activeElement) || root.querySelector("details[open]")) return;
      const answer = await fetch(location.href).catch(() => null);
      if (!answer?.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById(root.id);
      if (!next || !ticking) return;
      for (const part of all("[data-gs-also]")) {
        const other = page.getElementById(part.id);
        if (other) part.textContent = other.textContent;
      }
      root.replaceWith(document.adoptNode(next));
      root = next;
      if (!root.dataset.gsRefresh) clearInterval(ticking);
    };
    let ticking = setInterval(again, root.dataset.gsRefresh * 1000);
    document.addEventListener("input", () => {
      clearInterval(ticking);
      ticking = 0;
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    all("[data-gs-panel]").forEach(panel);
    all("[data-gs-draft]").forEach(draft);
    all("[data-gs-credit]").forEach(credit);
    all("[data-gs-kinds]").forEach(asking);
    burger();
    all("[data-gs-menu]").forEach(menu);
    all(".gs-notice").forEach(notice);
    all("form[method=post]").forEach(busy);
    all("[data-gs-assignments]").forEach(assignments);
    all("[data-gs-copy]").forEach(copy);
    for (const button of all("[data-gs-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
    document.querySelector("[data-gs-problem]")?.focus();
    all("[data-gs-refresh]").forEach(fresh);
    const waiting = document.querySelector("[data-gs-reload]");
    if (waiting) setTimeout(() => location.reload(), waiting.dataset.gsReload * 1000);
  });
})();
