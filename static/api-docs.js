"use strict";
/* The API's description, to read and to try. Swagger UI comes from our own static files. */
(() => {
  const place = document.getElementById("api-docs");
  const key = place.dataset.csrf;
  window.SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
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
