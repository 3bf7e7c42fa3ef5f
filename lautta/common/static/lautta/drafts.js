// Says so when a draft could not be kept. The page works without this file.
(() => {
  "use strict";
  const failed = (event) => {
    const keeper = event.target.closest?.("[data-autosave]");
    if (!keeper) return;
    const words = keeper.querySelector("[data-autosave-failed]").content.cloneNode(true);
    keeper.querySelector("[role=status]").replaceChildren(words);
  };
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, failed);
  }
})();
