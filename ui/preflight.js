/**
 * The check before class: fetches every file that the map needs, compares sizes, and opens the map once, unseen.
 *
 * It runs in the browser alone, because what has to be known is what arrives here, and because the button has to
 * answer when the server cannot.
 */
(() => {
  "use strict";

  const LINES = 4; // files fetched at a time: fewer than a browser's six connections
  const REHEARSAL_SECONDS = 90; // what the map takes at 0.4 Mb/s, and then some
  const LOOK_MS = 250;

  /** @typedef {{address: string, bytes: number}} File */

  /**
   * A file's fate: `arrived`, or why not, by the name of the sentence that says so.
   * @param {File} file
   */
  async function fetched(file) {
    try {
      // Past the browser's own store, which it fills: a rehearsal is about the network.
      const answer = await fetch(file.address, { cache: "reload" });
      const got = (await answer.arrayBuffer()).byteLength;
      if (answer.status === 404) return { ...file, why: "missing", status: 404 };
      if (!answer.ok) return { ...file, why: "refused", status: answer.status };
      return got === file.bytes ? { ...file, why: "arrived" } : { ...file, why: "changed", got };
    } catch {
      return { ...file, why: "blocked", host: location.host };
    }
  }

  /**
   * Whether the browser has a file in its store.
   * @param {File} file
   */
  async function kept(file) {
    try {
      const answer = await fetch(file.address, { cache: "only-if-cached", mode: "same-origin" });
      return answer.ok && (await answer.arrayBuffer()).byteLength === file.bytes;
    } catch {
      return false;
    }
  }

  /**
   * `work` done on each of `files`, a few at a time.
   * @template Done
   * @param {File[]} files
   * @param {(file: File) => Promise<Done>} work
   * @returns {Promise<Done[]>}
   */
  async function each(files, work) {
    const waiting = [...files.entries()];
    /** @type {Done[]} */
    const done = [];
    const line = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) done[next[0]] = await work(next[1]);
    };
    await Promise.all(Array.from({ length: LINES }, line));
    return done;
  }

  /** The server's health: an HTTP status, or null where it cannot be reached. */
  async function health() {
    try {
      return (await fetch("_stcore/health", { cache: "no-store" })).status;
    } catch {
      return null;
    }
  }

  /**
   * Opens the map in a frame that nobody sees; resolves to how far it came, by the name of the sentence that says so.
   * @param {string} address
   */
  function rehearse(address) {
    const frame = document.createElement("iframe");
    frame.className = "preflight-rehearsal";
    frame.src = address;
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    frame.inert = true;
    document.body.append(frame);
    return new Promise((resolve) => {
      const until = Date.now() + REHEARSAL_SECONDS * 1000;
      const look = setInterval(() => {
        /** @type {HTMLIFrameElement | null | undefined} */
        const map = frame.contentDocument?.querySelector("#dateline-map");
        const state = map?.contentDocument?.documentElement?.dataset.dateline;
        const isWhole = frame.contentDocument?.documentElement.dataset.datelinePage === "joined";
        if (state !== "failed" && !(state && isWhole) && Date.now() < until) return;
        clearInterval(look);
        frame.remove();
        resolve(state !== "ready" ? "unopened" : isWhole ? "opened" : "unjoined");
      }, LOOK_MS);
    });
  }

  class Check {
    /** @param {HTMLElement} section as `ui/preflight.py` makes it */
    constructor(section) {
      const { files = "{}", words = "{}", rehearsal = "" } = section.dataset;
      const sizes = Object.entries(/** @type {Record<string, number>} */ (JSON.parse(files)));
      this.files = sizes.map(([address, bytes]) => ({ address, bytes }));
      /** @type {Record<string, string>} */
      this.words = JSON.parse(words);
      this.rehearsal = rehearsal;
      /** @param {string} selector */
      const part = (selector) => /** @type {HTMLElement} */ (section.querySelector(selector));
      this.button = part("button");
      this.verdict = part(".preflight-verdict");
      this.steps = part(".preflight-steps");
      this.button.addEventListener("click", () => this.run());
    }

    async run() {
      if (this.button.getAttribute("aria-disabled") === "true") return;
      // Not `disabled`: that would take the focus away from the reader's place.
      this.button.setAttribute("aria-disabled", "true");
      this.steps.replaceChildren();
      this.judge("checking", { n: this.files.length });
      this.judge((await this.passes()) ? "ready" : "not_ready");
      this.button.setAttribute("aria-disabled", "false");
    }

    async passes() {
      const status = await health();
      if (status === null) return this.unreachable();
      this.say(status === 200 ? "answers" : "down", { status });
      const found = await each(this.files, fetched);
      const arrived = found.filter((file) => file.why === "arrived");
      this.say("arrived", { n: arrived.length, total: found.length });
      for (const file of found) {
        if (file.why !== "arrived") this.say(file.why, { ...file, file: file.address.split("/").pop() });
      }
      if (status !== 200 || arrived.length < found.length) return false;
      this.judge("rehearsing");
      const opened = await rehearse(this.rehearsal);
      this.say(opened);
      if (opened === "opened") this.say("next");
      return opened === "opened";
    }

    async unreachable() {
      this.say("unreachable");
      const stored = (await each(this.files, kept)).filter(Boolean);
      this.say("kept", { n: stored.length, total: this.files.length });
      this.say("alone");
      return false;
    }

    /**
     * @param {string} word
     * @param {Record<string, unknown>} slots
     */
    judge(word, slots = {}) {
      this.verdict.dataset.verdict = word;
      this.verdict.textContent = this.filled(word, slots);
    }

    /**
     * @param {string} word
     * @param {Record<string, unknown>} slots
     */
    say(word, slots = {}) {
      const line = document.createElement("li");
      line.dataset.step = word;
      line.textContent = this.filled(word, slots);
      this.steps.append(line);
    }

    /**
     * @param {string} word
     * @param {Record<string, unknown>} slots
     */
    filled(word, slots) {
      return this.words[word].replace(/\{(\w+)\}/g, (slot, name) => (name in slots ? String(slots[name]) : slot));
    }
  }

  /** @type {NodeListOf<HTMLElement>} */
  const sections = document.querySelectorAll(".preflight:not([data-bound])");
  for (const section of sections) {
    section.dataset.bound = "";
    new Check(section);
  }
})();
