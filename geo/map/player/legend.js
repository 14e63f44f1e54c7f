/** The legend: it names what is on screen now, and nothing else. */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});
  const { element } = Dateline;

  Dateline.Legend = class Legend {
    /** @param {object} scene the story as the player received it */
    constructor(scene) {
      this.words = scene.words;
      this.statuses = scene.statuses;
      this._list = element("ul", {});
      this.root = element("details", { class: "dateline-legend", "data-testid": "legend" },
        element("summary", { text: this.words.legend }), this._list);
    }

    /** @param {object[]} marks  @param {string[]} lines evidence of the legs drawn  @param {boolean} band */
    show(marks, lines, band) {
      const seen = {
        statuses: [...new Set(marks.map((mark) => mark.status))].sort(),
        summit: marks.some((mark) => mark.summit),
        pending: marks.some((mark) => mark.pending),
        vague: marks.some((mark) => mark.radiusKm),
        lines: [...new Set(lines)].sort(),
        band,
      };
      const key = JSON.stringify(seen);
      if (key === this._key) return;
      this._key = key;
      this._list.replaceChildren(...this._rows(seen).map(([sign, text]) => element("li", {},
        element("span", { class: "dateline-key" }, sign), element("span", { text }))));
    }

    _rows({ statuses, summit, pending, vague, lines, band }) {
      const rows = statuses.map((status) => [Dateline.symbol(status), this.statuses[status]]);
      if (summit) rows.push([Dateline.symbol("happened", { summit: true, radius: 7 }), this.words.summit_site]);
      if (pending) rows.push([Dateline.symbol("happened", { pending: true, radius: 5 }), this.words.pending]);
      if (vague) rows.push([Dateline.symbol("happened", { vague: true, radius: 4 }), this.words.vague]);
      for (const evidence of lines) {
        rows.push([element("i", { class: `dateline-line is-${evidence}` }), this.words[`leg_${evidence}`]]);
      }
      if (band) rows.push([element("i", { class: "dateline-line is-band" }), this.words.train_band]);
      return rows;
    }
  };
})();
