/* One way to move and to play for every map that is measured: ours, and those of folium's two time plugins. */
(() => {
  "use strict";
  const frames = (n) => new Promise((resolve) => {
    const next = () => (n-- > 0 ? requestAnimationFrame(next) : resolve());
    next();
  });

  const global = (test) => Object.keys(window).map((name) => window[name]).find((value) => {
    try {
      return Boolean(value && typeof value === "object" && test(value));
    } catch {
      return false; // windows of other origins
    }
  });

  function player() {
    if (window.dateline) return window.dateline;
    const timeline = global((value) => typeof value.setTime === "function" && typeof value.play === "function");
    if (timeline) return { seek: (time) => timeline.setTime(time), play: () => timeline.play(), pause: () => timeline.pause() };
    const dimension = window.map_div?.timeDimension
      || global((value) => typeof value.timeDimension?.setCurrentTime === "function").timeDimension;
    const steps = new window.L.TimeDimension.Player({ transitionTime: 100, loop: true }, dimension);
    return { seek: (time) => dimension.setCurrentTime(time), play: () => steps.start(), pause: () => steps.stop() };
  }

  let found = null;
  window.bench = {
    /** Move, or not (null), and wait until it is drawn. */
    async seek(time) {
      found ??= player();
      if (time !== null) found.seek(time);
      await frames(3);
    },

    /** Play; frames a second, and the tasks that held the page up. */
    async play(seconds) {
      found ??= player();
      const tasks = [];
      const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
      watch.observe({ entryTypes: ["longtask"] });
      found.play();
      const start = performance.now();
      let count = 0;
      while (performance.now() - start < seconds * 1000) {
        await frames(1);
        count += 1;
      }
      const took = (performance.now() - start) / 1000;
      found.pause();
      watch.disconnect();
      return { frames: count / took, longTasks: tasks.length, longest: Math.max(0, ...tasks) };
    },
  };
})();
