/*
 * Go to the part of the page that the address names, with the focus, as a browser does where it finds it in time.
 *
 * Streamlit may lay out what is above it a little later: until then, or until the reader does something, it is held.
 */
(() => {
  const HELD_MS = 2000;
  const named = document.getElementById(window.location.hash.slice(1));
  if (!named) return;
  let until = 0;
  const reader = new AbortController();
  for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(act, () => reader.abort(), { capture: true, passive: true, signal: reader.signal });
  }

  function hold() {
    if (reader.signal.aborted) return;
    named?.scrollIntoView();
    if (performance.now() < until) requestAnimationFrame(hold);
    else reader.abort();
  }

  /** Until Streamlit's page takes the early page's place, nothing in it can have the focus. */
  function begin() {
    if (document.documentElement.dataset.datelinePage === "early") {
      requestAnimationFrame(begin);
      return;
    }
    until = performance.now() + HELD_MS;
    named?.focus({ preventScroll: true });
    hold();
  }

  begin();
})();
