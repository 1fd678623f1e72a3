"use strict";
/* The API's description, to read and to try. Swagger UI comes from our own static files. */
(async () => {
  const place = document.getElementById("api-docs");
  const key = place.dataset.csrf;
  const spec = await (await fetch(place.dataset.schema)).json();
  /* A session needs nothing typed: the browser sends it by itself. */
  delete spec.components.securitySchemes.session;
  for (const operations of Object.values(spec.paths)) {
    for (const operation of Object.values(operations)) {
      operation.security = operation.security?.filter((way) => !("session" in way));
    }
  }
  /* What Swagger UI leaves without a name, or out of the keyboard's reach. */
  new MutationObserver(() => {
    for (const box of place.querySelectorAll("pre:not([tabindex])")) box.tabIndex = 0;
    for (const list of place.querySelectorAll("tr[data-param-name] select:not([aria-label])")) {
      list.setAttribute("aria-label", list.closest("tr").dataset.paramName);
    }
    for (const list of place.querySelectorAll(".examples-select select:not([aria-label])")) {
      list.setAttribute("aria-label", "Example");
    }
    place.querySelector(".close-modal:not([aria-label])")?.setAttribute("aria-label", "Close");
  }).observe(place, { childList: true, subtree: true });
  /* What stood here until now: it stays where the description does not come. */
  place.replaceChildren();
  window.SwaggerUIBundle({
    spec,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: false,
    /* All operations at once are slow to draw, and long to look through. */
    docExpansion: "none",
    syntaxHighlight: false,
    defaultModelsExpandDepth: -1,
    validatorUrl: null,
    requestInterceptor: (request) => {
      /* A signed-in person's session needs the page's key for what changes something. */
      if (key && request.method && request.method !== "GET") {
        request.headers["X-CSRFToken"] = key;
      }
      return request;
    },
  });
})();
