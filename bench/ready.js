/* Notes the moments at which what says that a page can be used is there, in the page or in a frame of it. */
(/** @type {Record<string, string>} selectors by their name */ waited) => {
  "use strict";
  if (window.top !== window) return;
  /** @type {Record<string, number>} milliseconds since 1970, or of tasks */
  const noted = {};
  Object.assign(window, { benchNoted: noted });

  new PerformanceObserver((list) => {
    if (noted.ready) return;
    for (const { duration } of list.getEntries()) noted.longest = Math.max(noted.longest ?? 0, duration);
  }).observe({ type: "longtask", buffered: true });

  // Frame by frame, for a frame's document is not the one that its window began with.
  function look() {
    const frames = [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument);
    for (const [name, selector] of Object.entries(waited)) {
      const isThere = [document, ...frames].some((each) => each?.querySelector(selector));
      if (isThere) noted[name] ??= Date.now();
      if (name === "ready" && noted.ready) noted.bytes ??= arrived(frames);
    }
    if (Object.keys(waited).some((name) => !noted[name])) requestAnimationFrame(look);
  }

  /** Bytes that have come, with their headers. @param {(Document | null)[]} frames */
  function arrived(frames) {
    const clocks = [performance, ...frames.map((each) => each?.defaultView?.performance)];
    const entries = clocks.flatMap((clock) => [
      ...(clock?.getEntriesByType("navigation") ?? []),
      ...(clock?.getEntriesByType("resource") ?? []),
    ]);
    return entries.reduce((sum, entry) => sum + /** @type {PerformanceResourceTiming} */ (entry).transferSize, 0);
  }

  look();
};
