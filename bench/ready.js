/* Notes the moment at which what says that a page can be used is there, in the page or in a frame of it. */
(/** @type {string} */ selector) => {
  "use strict";
  if (window.top !== window) return;

  // Frame by frame, for a frame's document is not the one that its window began with.
  function look() {
    const frames = [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument);
    if ([document, ...frames].some((each) => each?.querySelector(selector))) {
      Object.assign(window, { benchReadyAt: Date.now() });
    } else requestAnimationFrame(look);
  }

  look();
};
