/** The legend: it names what is on screen now, and nothing else. */

/** @import * as Payload from "./payload" */
/** @import { Mark } from "./marks.js" */
/** @import { Signs } from "./signs.js" */
import { element } from "./dom.js";
import { trainSign } from "./signs.js";

/**
 * @typedef {object} Shown the signs on screen
 * @property {Payload.Status[]} statuses
 * @property {boolean} summit
 * @property {boolean} earlier
 * @property {boolean} numbered
 * @property {boolean} pending
 * @property {boolean} vague
 * @property {boolean} ahead
 * @property {Payload.Evidence[]} lines
 * @property {boolean} band
 */

/**
 * What is on screen, each sign once.
 * @param {Mark[]} marks
 * @param {Payload.Evidence[]} lines of the legs drawn
 * @param {boolean} band whether a train is drawn
 * @param {{ahead?: boolean, vague?: boolean}} others whether legs are drawn that are still to come, whether what is
 *   chosen is an area
 * @returns {Shown}
 */
export function signsOn(marks, lines, band, { ahead = false, vague = false } = {}) {
  return {
    statuses: [...new Set(marks.filter((mark) => !mark.ahead).map((mark) => mark.status))].sort(),
    summit: marks.some((mark) => mark.summit),
    pending: marks.some((mark) => mark.pending),
    earlier: marks.some((mark) => mark.earlier),
    numbered: marks.some((mark) => mark.keys.length > 0),
    vague,
    ahead: ahead || marks.some((mark) => mark.ahead),
    lines: [...new Set(lines)].sort(),
    band,
  };
}

export class Legend {
  #words;
  #statuses;
  #signs;
  #list = element("ul");
  #shown = "";

  /**
   * @param {Payload.Scene} scene
   * @param {Signs} signs
   */
  constructor({ words, statuses }, signs) {
    this.#words = words;
    this.#statuses = statuses;
    this.#signs = signs;
    this.root = element(
      "details",
      { class: "dateline-legend", "data-testid": "legend" },
      element("summary", { text: words.legend }),
      this.#list,
    );
  }

  /** @param {Shown} shown */
  show(shown) {
    const key = JSON.stringify(shown);
    if (key === this.#shown) return;
    this.#shown = key;
    const rows = this.#rows(shown).map(([sign, text]) =>
      element("li", {}, element("span", { class: "dateline-key" }, sign), element("span", { text })),
    );
    this.#list.replaceChildren(...rows);
  }

  /**
   * @param {Shown} shown
   * @returns {[Element, string][]}
   */
  #rows({ statuses, summit, earlier, numbered, pending, vague, ahead, lines, band }) {
    const words = this.#words;
    /** @type {[Element, string][]} */
    const rows = statuses.map((status) => [this.#signs.symbol(status), this.#statuses[status]]);
    if (summit) rows.push([this.#signs.symbol("happened", { summit: true, radius: 7 }), words.summit_site]);
    if (numbered) rows.push([this.#signs.symbol("happened", { number: "1", radius: 9 }), words.key_mark]);
    if (earlier) rows.push([this.#signs.symbol("happened", { earlier: true, radius: 5 }), words.earlier_summit]);
    if (pending) rows.push([this.#signs.symbol("happened", { pending: true, radius: 5 }), words.pending]);
    if (vague) rows.push([element("i", { class: "dateline-line is-area" }), words.vague]);
    for (const evidence of lines) {
      rows.push([element("i", { class: `dateline-line is-${evidence}` }), words[`leg_${evidence}`]]);
    }
    if (ahead) rows.push([element("i", { class: "dateline-line is-ahead" }), words.ahead]);
    if (band) rows.push([trainSign(22), words.train]);
    if (band) rows.push([element("i", { class: "dateline-line is-band" }), words.train_band]);
    return rows;
  }
}
