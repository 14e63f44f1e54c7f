/** The card of an event: what, where, when, how sure, and which paragraph of which source says so. */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  /** An element with text. A story's words only ever come in here, as text. */
  function element(tag, { text, ...attributes } = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    if (text !== undefined) made.textContent = text;
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  }

  /** Fill the {slots} of a sentence. */
  function fill(sentence, values) {
    return sentence.replace(/\{(\w+)\}/g, (slot, name) => (name in values ? String(values[name]) : slot));
  }

  Dateline.element = element;
  Dateline.fill = fill;

  Dateline.Card = class Card {
    /**
     * @param {HTMLElement} root where the card goes
     * @param {object} scene the story as the player received it
     * @param {(id: string) => void} choose called when the reader chooses a related event
     */
    constructor(root, scene, choose) {
      this.root = root;
      // Known beforehand: to ask for it, or to set it, has the whole page laid out at once.
      this._isScrolled = false;
      root.addEventListener("scroll", () => { this._isScrolled = root.scrollTop > 0; }, { passive: true });
      this.scene = scene;
      this.words = scene.words;
      this.choose = choose;
      this.byId = new Map(scene.events.map((event) => [event.id, event]));
      this.claims = new Map(scene.events.flatMap((event) => event.claims.map((claim) => [claim.id, claim])));
      this._signs = new Map();
      this.shown = undefined;
      this.event = null;
      this.empty = false;
      this.unpublished = false;
      const format = new Intl.DateTimeFormat(scene.language === "en" ? "en-GB" : scene.language,
        { dateStyle: "medium", timeStyle: "short" });
      this._readers = { format, zone: format.resolvedOptions().timeZone };
    }

    /**
     * @param {object|null} event
     * @param {{sameTime: object[], here: object[], line: string[]}} around events on the same step of the slider,
     *   events that have begun at its place, and what is known of the train's line
     */
    show(event, around) {
      const ids = (events) => events.map((other) => other.id).join(" ");
      const key = event ? [event.id, ids(around.sameTime), ids(around.here), ...around.line, around.edition, event.status,
        event.claims.length, around.disagreements.map((found) => found.versions.length)].join("|") : this._absence();
      if (key === this.shown) return;
      const isNew = !event || event.id !== this.event;
      this.shown = key;
      this.event = event ? event.id : null;
      this.root.replaceChildren(...(event ? this._event(event, around) : [this._nothing()]));
      if (isNew && this._isScrolled) this.root.scrollTop = 0;
    }

    _nothing() {
      return element("p", { class: "dateline-nothing", text: this.words[this._absence()] });
    }

    /** Why there is no event to show. */
    _absence() {
      if (this.empty) return "no_match";
      return this.unpublished ? "unpublished" : "no_event";
    }

    _event(event, { sameTime, here, line, edition, disagreements }) {
      return [
        edition ? element("p", { class: "dateline-edition", text: edition }) : null,
        element("p", { class: "dateline-kicker" },
          this._sign(event),
          element("span", { class: "dateline-status", text: event.status_text }),
          element("span", { class: "dateline-kind", text: event.kind_text })),
        element("h2", { text: event.title, "data-testid": "card-title", tabindex: "-1" }),
        this._facts(event),
        event.summary ? element("p", { class: "dateline-summary", text: event.summary }) : null,
        ...this._relations(event),
        this._claims(event),
        ...this.scene.figures.filter((figure) => figure.event === event.id).map((figure) => this._figure(figure)),
        ...disagreements.map((found) => this._disagreement(found)),
        this._list(this.words.same_time, sameTime),
        this._list(this.words.also_here, here),
        this._line(line),
      ].filter(Boolean);
    }

    _facts(event) {
      const facts = element("dl", { class: "dateline-facts" });
      const add = (term, ...lines) => {
        const described = lines.filter(Boolean);
        if (!described.length) return;
        facts.append(element("dt", { text: term }));
        for (const line of described) facts.append(element("dd", { text: line }));
      };
      add(this.words.when, event.when_text, event.when_note);
      if (event.has_hours) add(fill(this.words.your_time, { zone: this._readers.zone }), this._inReadersZone(event));
      add(this.words.where, event.place_name || this.words.no_place, event.place_note);
      add(this.words.who, event.actors);
      return facts;
    }

    /** The sign of an event's status. A canvas is dear to make, and the card shows one at a time: it is used again. */
    _sign({ status, summit }) {
      const key = `${status} ${summit} ${window.devicePixelRatio}`;
      if (!this._signs.has(key)) this._signs.set(key, Dateline.symbol(status, { summit, colour: Dateline.COLOURS.accent }));
      return this._signs.get(key);
    }

    /** The span of an event on the clock of whoever reads. */
    _inReadersZone({ start, end }) {
      return this._readers.format.formatRange(start, end);
    }

    _relations(event) {
      const lists = [
        [this.words.fulfils, [event.fulfils]],
        [this.words.fulfilled_by, event.fulfilled_by],
        [this.words.replaced_by, [event.replaced_by]],
        [this.words.replaces, event.replaces],
        [this.words.part_of, [event.part_of]],
        [this.words.parts, event.parts],
      ];
      return lists.map(([heading, ids]) => this._list(heading, ids.map((id) => this.byId.get(id)).filter(Boolean)));
    }

    _list(heading, events) {
      if (!events.length) return null;
      const list = element("ul", {});
      for (const event of events) {
        const button = element("button", { type: "button", class: "dateline-link", text: event.title });
        button.addEventListener("click", () => this.choose(event.id));
        list.append(element("li", {}, button, element("small", { text: ` ${event.short_when}` })));
      }
      return element("section", { class: "dateline-related" }, element("h3", { text: heading }), list);
    }

    _line(sentences) {
      const told = sentences.filter(Boolean);
      if (!told.length) return null;
      return element("section", { class: "dateline-related" },
        element("h3", { text: this.words.train }),
        ...told.map((text) => element("p", { class: "dateline-note", text })));
    }

    _claims(event) {
      const list = element("ol", { class: "dateline-claims" });
      for (const claim of event.claims) list.append(this._claim(claim));
      return element("section", { "data-testid": "claims" }, element("h3", { text: event.claims_heading }), list);
    }

    _claim(claim) {
      const quoted = [claim.when_as_written, claim.place_as_written].filter(Boolean);
      const words = element("p", { class: "dateline-quoted" });
      quoted.forEach((expression, index) => {
        if (index) words.append(" · ");
        words.append(element("q", { text: expression, lang: claim.language }));
      });
      return element("li", {},
        element("p", {},
          element("b", { text: claim.outlet }),
          element("span", { text: `, ${claim.published_text}, ` }),
          element("span", { class: "dateline-paragraph", text: claim.paragraph_text })),
        element("p", { class: "dateline-stance", text: claim.stance_text }),
        quoted.length ? words : null,
        this._derivation(claim),
        claim.note ? element("p", { class: "dateline-note", text: claim.note }) : null);
    }

    /** One step away: from the words in the article to the date and the place. */
    _derivation({ dating, placing }) {
      if (!dating && !placing) return null;
      return element("details", { class: "dateline-how" },
        element("summary", { text: this.words.how_known }),
        ...[dating, placing].filter(Boolean).map((text) => element("p", { text })));
    }

    /** A figure of an article with our own arithmetic. */
    _figure({ lines }) {
      return element("section", { class: "dateline-related", "data-testid": "figure" },
        element("h3", { text: this.words.checked }),
        ...lines.map((text) => element("p", { text })));
    }

    /** A question with its versions side by side: who says what, which one the map draws, and why. */
    _disagreement({ question, versions }) {
      const list = element("ul", {});
      for (const { says, claim, drawn, why } of versions) {
        const by = this.claims.get(claim);
        list.append(element("li", { class: drawn ? "is-drawn" : "is-aside" },
          element("p", { class: "dateline-says", text: says }),
          element("p", {},
            element("b", { text: by.outlet }),
            element("span", { text: `, ${by.published_text}, ` }),
            element("span", { class: "dateline-paragraph", text: by.paragraph_text })),
          element("p", { class: "dateline-stance", text: by.stance_text }),
          why ? element("p", { class: "dateline-note" },
            element("b", { text: drawn ? this.words.drawn : this.words.set_aside }), " · ", why) : null));
      }
      return element("section", { class: "dateline-disagreement", "data-testid": "disagreement" },
        element("h3", { text: question }), list);
    }
  };
})();
