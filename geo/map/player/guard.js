/**
 * Says in words that the map could not start.
 *
 * Loaded before everything else, so that a file that does not arrive or a browser that is too old leaves the
 * reader with a sentence and not with an empty frame.
 */
(() => {
  "use strict";

  const WORDS = {
    en:
      "The map could not start: one of its files did not arrive, or this browser cannot run it. " +
      "Reload the page; the Events page tells the same story as a list.",
    fr:
      "La carte n’a pas pu démarrer : un de ses fichiers n’est pas arrivé, ou ce navigateur ne peut pas " +
      "l’afficher. Rechargez la page ; la page Événements raconte la même histoire sous forme de liste.",
  };
  const FRAME_HEIGHT_PX = 220;
  let told = false;

  /** @param {string} reason for the console */
  function tell(reason) {
    // A notice about layout, not a failure.
    if (/ResizeObserver/.test(reason)) return;
    if (told || document.documentElement.dataset.dateline === "ready") return;
    told = true;
    document.documentElement.dataset.dateline = "failed";
    const note = document.createElement("div");
    note.setAttribute("role", "alert");
    note.className = "dateline-failure";
    note.style.cssText = "font: 1rem/1.5 sans-serif; padding: 1rem; border-left: 4px solid #b3261e; margin: 1rem;";
    for (const [language, words] of Object.entries(WORDS)) {
      const line = document.createElement("p");
      line.lang = language;
      line.textContent = words;
      note.append(line);
    }
    // What fails in the page's head fails before there is a body.
    if (document.body) document.body.prepend(note);
    else document.addEventListener("DOMContentLoaded", () => document.body.prepend(note));
    if (window.Streamlit) window.Streamlit.setFrameHeight(FRAME_HEIGHT_PX);
    console.warn(`Dateline: the map could not start (${reason})`);
  }

  window.addEventListener(
    "error",
    (event) => {
      const isFile = event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement;
      tell(isFile ? "a file did not arrive" : event.message || "unknown error");
    },
    true,
  );
  window.addEventListener("unhandledrejection", (event) => {
    tell(event.reason && event.reason.message ? event.reason.message : "a file did not arrive");
  });
})();
