/** What a first-time reader sees: what the story is, who tells it, and what to press. */

/** @import * as Payload from "./payload" */
/** @import { Host } from "./host.js" */
import { element, fill } from "./dom.js";

/**
 * @typedef {object} Actions
 * @property {() => void} follow the journey from its first moment
 * @property {() => void} news what readers knew on its first day
 */

export class Opening {
  #words;
  #follow;

  /**
   * @param {Payload.Scene} scene
   * @param {Actions} actions
   * @param {Host} host
   */
  constructor({ title, intro, told_by: toldBy, words, is_disputed: isDisputed }, actions, host) {
    const differences = host.page("disagreements");
    this.#words = words;
    this.#follow = element("button", { type: "button", class: "dateline-follow", "data-testid": "follow" });
    this.#follow.addEventListener("click", actions.follow);
    const news = element("button", { type: "button", "data-testid": "opening-news", text: words.what_was_known });
    news.addEventListener("click", actions.news);
    this.root = element(
      "section",
      { class: "dateline-opening dateline-over", "aria-label": title, "data-testid": "opening", hidden: true },
      // The page around the player has it as its headline.
      differences === null ? element("h2", { text: title }) : null,
      intro ? element("p", { class: "dateline-summary", text: intro }) : null,
      element(
        "p",
        { class: "dateline-told-by" },
        `${toldBy} `,
        isDisputed && differences ? host.link(differences, words.see_differences) : null,
      ),
      element("div", { class: "dateline-choices" }, this.#follow, news),
    );
  }

  /** @param {number} minutes that following the journey takes */
  show(minutes) {
    const text = fill(this.#words.follow, { minutes: String(minutes) });
    this.#follow.replaceChildren(
      element("span", { "aria-hidden": "true", class: "dateline-sign dateline-sign-play" }),
      element("span", { text }),
    );
    this.root.hidden = false;
  }

  hide() {
    this.root.hidden = true;
  }

  get isShown() {
    return !this.root.hidden;
  }
}
