/* A running exam: saves each choice, and shows the time that is left. It works without. */
(() => {
  "use strict";

  const words = (left) => {
    const minutes = Math.floor(left / 60);
    return `${minutes}:${String(left % 60).padStart(2, "0")}`;
  };

  /* The server's clock decides: only the seconds it gave are counted down. */
  function clock(place) {
    const said = document.querySelector("[data-gs-clock-said]");
    const begun = performance.now();
    const all = Number(place.dataset.gsClock);
    const marks = [Number(place.dataset.gsLow), 60].filter((each) => each < all);
    const show = () => {
      const left = Math.max(0, all - Math.floor((performance.now() - begun) / 1000));
      place.textContent = `, ${words(left)} left`;
      if (marks.length && left <= marks[0]) {
        const mark = marks.shift();
        said.textContent = `${mark / 60} ${mark === 60 ? "minute" : "minutes"} left`;
      }
      if (left > 0) return;
      clearInterval(timer);
      location.reload();
    };
    const timer = setInterval(show, 1000);
    show();
  }

  /* One save at a time, the newest choice next; what waits as a page is left is sent then. */
  function saving(form) {
    const place = form.querySelector("[data-gs-saved]");
    let running = null;
    let waiting = null;
    const send = async () => {
      while (waiting) {
        const body = waiting;
        waiting = null;
        const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => null);
        if (answer?.status === 204) place.textContent = "Saved";
        else if (answer?.status === 409) location.reload();
        else place.textContent = "Not saved. Press Save and next to try again.";
      }
      running = null;
    };
    form.addEventListener("change", () => {
      waiting = new FormData(form);
      waiting.set("go", "save");
      place.textContent = "Saving…";
      running ??= send();
    });
    /* A button sends all that is chosen, once what is on its way has come. */
    form.addEventListener("submit", (event) => {
      waiting = null;
      if (!running) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const button = event.submitter;
      running.then(() => form.requestSubmit(button));
    }, { capture: true });
    window.addEventListener("pagehide", () => {
      if (waiting) navigator.sendBeacon(form.action, waiting);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const place = document.querySelector("[data-gs-clock]");
    if (place) clock(place);
    const form = document.querySelector("[data-gs-exam]");
    if (form) saving(form);
  });
})();
