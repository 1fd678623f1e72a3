/* A course's page: keeps where somebody is, and what of a video was really played.
   It works without: pages are passed by their buttons, a video has its transcript. */
(() => {
  "use strict";

  const EVERY = 5000;
  /* Two moments of playing further apart than this are a jump, at any speed. */
  const JUMP = 3;
  const STEP = 10;

  /* One place of the page after the other goes out; a page that is left waits for none. */
  function keeper(root) {
    const address = root.dataset.gsLearning;
    const key = root.querySelector("[name=csrfmiddlewaretoken]").value;
    const refused = root.querySelector("[data-gs-refused]");
    let over = false;

    const body = (place) => {
      const typed = new FormData();
      typed.set("csrfmiddlewaretoken", key);
      for (const [name, value] of Object.entries(place)) typed.set(name, value);
      return typed;
    };
    const say = (text) => {
      refused.textContent = text;
      refused.hidden = !text;
    };
    return {
      get over() { return over; },
      async send(place) {
        if (over) return null;
        const answer = await fetch(address, { method: "POST", body: body(place), redirect: "manual", keepalive: true }).catch(() => null);
        const said = answer?.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json().catch(() => null) : null;
        if (answer?.ok && said) {
          say("");
          return said;
        }
        if (said?.problem) {
          over = true;
          say(said.problem);
        } else if (answer && answer.status < 500 && answer.status !== 429) {
          /* A server that is busy or away is asked again; what was played is not lost. */
          over = true;
          say("You are signed out, or this page is too old. Reload it: your place until now is kept.");
        }
        return null;
      },
      leave(place) {
        if (!over) navigator.sendBeacon(address, body(place));
      },
    };
  }

  /* What was played, in stretches; a jump begins another. */
  function spans() {
    let kept = [];
    let from = null;
    let at = null;
    const close = () => {
      if (from !== null && at > from) kept.push([from, at]);
      from = at = null;
    };
    return {
      at(second) {
        if (at !== null && (second < at - 0.1 || second - at > JUMP)) close();
        if (from === null) from = second;
        at = second;
      },
      close,
      take() {
        const open = from !== null && at > from ? [[from, at]] : [];
        const all = [...kept, ...open];
        kept = [];
        if (from !== null) from = at;
        return all;
      },
      give(back) { kept = [...back, ...kept]; },
    };
  }

  function player(film, keep) {
    const video = film.querySelector("video");
    const find = (name) => film.querySelector(`[data-gs-${name}]`);
    const [bar, captions, speed, kept, state] = ["film-bar", "captions", "speed", "kept", "state"].map(find);
    const track = video.textTracks[0];
    const seen = spans();
    const begin = Number(film.dataset.gsSecond) || 0;
    let chosen = "";
    let sending = false;
    let dirty = false;
    let ready = false;

    const place = () => {
      const stretches = seen.take();
      return { second: ready ? video.currentTime.toFixed(2) : begin.toFixed(2), spans: JSON.stringify(stretches), captions: chosen };
    };
    const send = async () => {
      if (sending || keep.over || !ready) return;
      sending = true;
      dirty = false;
      const now = place();
      const said = await keep.send(now);
      sending = false;
      if (said) {
        kept.textContent = "Place kept";
        if (said.state) state.textContent = said.state;
      } else {
        seen.give(JSON.parse(now.spans));
        kept.textContent = "Not kept yet";
      }
    };
    const leave = () => { if (ready && (dirty || sending)) keep.leave(place()); };

    const show = (on) => {
      track.mode = on ? "showing" : "disabled";
      captions.setAttribute("aria-pressed", String(on));
    };
    const goTo = (second) => { video.currentTime = Math.min(Math.max(second, 0), video.duration || second); };
    const begun = () => {
      if (ready) return;
      ready = true;
      if (begin && Math.abs(video.currentTime - begin) > 0.5) goTo(begin);
    };

    bar.hidden = false;
    show(captions.getAttribute("aria-pressed") === "true");
    captions.addEventListener("click", () => {
      const on = captions.getAttribute("aria-pressed") !== "true";
      show(on);
      chosen = on ? "on" : "off";
      dirty = true;
      send();
    });
    /* The browser's own menu may switch them too. */
    video.textTracks.addEventListener("change", () => {
      const on = track.mode === "showing";
      if (String(on) === captions.getAttribute("aria-pressed")) return;
      captions.setAttribute("aria-pressed", String(on));
      chosen = on ? "on" : "off";
      dirty = true;
      send();
    });
    speed.addEventListener("change", () => { video.playbackRate = Number(speed.value); });
    find("back").addEventListener("click", () => goTo(video.currentTime - STEP));
    for (const link of film.querySelectorAll("[data-gs-at]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        goTo(Number(link.dataset.gsAt));
        video.focus();
      });
    }
    film.querySelector(".gs-film-screen").addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, a")) return;
      const does = {
        k: () => (video.paused ? video.play() : video.pause()),
        j: () => goTo(video.currentTime - STEP),
        l: () => goTo(video.currentTime + STEP),
        c: () => captions.click(),
      }[event.key.toLowerCase()];
      if (!does) return;
      event.preventDefault();
      does();
    });
    video.addEventListener("timeupdate", () => {
      if (video.paused || video.seeking) return;
      seen.at(video.currentTime);
      dirty = true;
    });
    video.addEventListener("playing", () => seen.at(video.currentTime));
    video.addEventListener("seeking", () => seen.close());
    video.addEventListener("seeked", () => { dirty = true; if (video.paused) send(); });
    for (const name of ["pause", "ended"]) {
      video.addEventListener(name, () => {
        if (!video.seeking) seen.at(video.currentTime);
        dirty = true;
        send();
      });
    }
    if (video.readyState > 0) begun();
    else video.addEventListener("loadedmetadata", begun, { once: true });
    setInterval(() => { if (dirty) send(); }, EVERY);
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("[data-gs-learning]");
    if (!root) return;
    const keep = keeper(root);
    const film = root.querySelector("[data-gs-film]");
    if (film) player(film, keep);
    else keep.send({ second: "0" });
  });
})();
