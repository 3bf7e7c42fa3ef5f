// Says so when a draft could not be kept. The page works without this file.
(() => {
  "use strict";
  const failed = (event) => {
    if (!event.target.matches?.("[data-autosave], [data-autosave-steady]")) return;
    const form = event.target.closest("form");
    const words = form.querySelector("[data-autosave-failed]").content.cloneNode(true);
    form.querySelector("[data-autosave]").replaceChildren(words);
  };
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, failed);
  }
})();
