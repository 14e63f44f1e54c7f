/* One way to move and to play for every map that is measured: ours, and those of folium's two time plugins. */
(() => {
  "use strict";

  /**
   * What moves and plays a map.
   * @typedef {{seek: (time: string | number) => void, play: () => void, pause: () => void}} Player
   */

  // The peers have no types: whatever their plugins left in the window.
  const peers = /** @type {any} */ (window);

  /** @param {number} n how many frames to wait for */
  async function frames(n) {
    for (let waited = 0; waited < n; waited += 1) await new Promise(requestAnimationFrame);
  }

  /**
   * The object in the window that passes a test.
   * @param {(value: any) => boolean} test
   */
  function found(test) {
    const values = Object.keys(peers).map((name) => peers[name]);
    return values.find((value) => {
      try {
        return Boolean(value && typeof value === "object" && test(value));
      } catch {
        return false; // windows of other origins
      }
    });
  }

  /** @returns {Player} */
  function player() {
    if (window.Dateline) return window.Dateline;
    const timeline = found((value) => typeof value.setTime === "function" && typeof value.play === "function");
    if (timeline) {
      return { seek: (time) => timeline.setTime(time), play: () => timeline.play(), pause: () => timeline.pause() };
    }
    const dimension =
      peers.map_div?.timeDimension ||
      found((value) => typeof value.timeDimension?.setCurrentTime === "function").timeDimension;
    const steps = new peers.L.TimeDimension.Player({ transitionTime: 100, loop: true }, dimension);
    return { seek: (time) => dimension.setCurrentTime(time), play: () => steps.start(), pause: () => steps.stop() };
  }

  /** @type {Player | null} */
  let measured = null;
  peers.bench = {
    /**
     * Move, or not (null), and wait until it is drawn.
     * @param {string | number | null} time
     */
    async seek(time) {
      measured ??= player();
      if (time !== null) measured.seek(time);
      await frames(3);
    },

    /**
     * Play; frames a second, and the tasks that held the page up.
     * @param {number} seconds
     */
    async play(seconds) {
      measured ??= player();
      /** @type {number[]} */
      const tasks = [];
      const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
      watch.observe({ entryTypes: ["longtask"] });
      measured.play();
      const start = performance.now();
      let count = 0;
      while (performance.now() - start < seconds * 1000) {
        await frames(1);
        count += 1;
      }
      const took = (performance.now() - start) / 1000;
      measured.pause();
      watch.disconnect();
      return { frames: count / took, longTasks: tasks.length, longest: Math.max(0, ...tasks) };
    },
  };
})();
