/** The card of an event: what, where, when, how sure, and which paragraph of which source says so. */

/** @import * as Payload from "./payload" */
/** @import { Colours } from "./colours.js" */
/** @import { Dates } from "./dates.js" */
/** @import { Host } from "./host.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Signs } from "./signs.js" */
import { element, fill } from "./dom.js";

export class Card {
  #scene;
  #words;
  #dates;
  #signs;
  #colours;
  #host;
  #choose;
  /** @type {Map<string, Payload.Claim>} */
  #claims = new Map();
  /** @type {Map<string, HTMLCanvasElement>} */
  #symbols = new Map();
  /** The folded parts that the reader has opened. @type {Set<string>} */
  #open = new Set();
  /** What the card shows, as one text: the same is not shown again. */
  #shown = "";
  /** The event's id. @type {string | null} */
  #event = null;
  // Known beforehand: to ask for it, or to set it, has the whole page laid out at once.
  #isScrolled = false;

  /**
   * @param {Payload.Scene} scene
   * @param {Dates} dates
   * @param {Signs} signs
   * @param {Colours} colours
   * @param {Host} host
   * @param {(id: string) => void} choose called when the reader chooses a related event
   */
  constructor(scene, dates, signs, colours, host, choose) {
    this.#scene = scene;
    this.#words = scene.words;
    this.#dates = dates;
    this.#signs = signs;
    this.#colours = colours;
    this.#host = host;
    this.#choose = choose;
    this.inform();
    this.root = element("aside", {
      class: "dateline-card dateline-over",
      "aria-label": scene.words.event,
      tabindex: "0",
      "data-testid": "card",
    });
    this.root.addEventListener("scroll", () => (this.#isScrolled = this.root.scrollTop > 0), { passive: true });
  }

  /** What its folded parts rest on has come. */
  inform() {
    this.#claims = new Map(this.#scene.events.flatMap(({ claims }) => claims.map((claim) => [claim.id, claim])));
  }

  /** Lead the reader to its headline. */
  focus() {
    this.root.querySelector("h2")?.focus({ preventScroll: true });
  }

  /**
   * @param {Moment} now
   * @param {string[]} leg what is known of the line that the train is on
   */
  show(now, leg) {
    const { event } = now;
    const key = event ? keyOf(event, now, leg) : absence(now);
    if (key === this.#shown) return;
    const isNew = !event || event.id !== this.#event;
    this.#shown = key;
    this.#event = event && event.id;
    const held = isNew ? null : this.#held();
    const nothing = () => [element("p", { class: "dateline-nothing", text: this.#words[absence(now)] })];
    this.root.replaceChildren(...(event ? this.#parts(event, now, leg) : nothing()));
    if (isNew && this.#isScrolled) this.root.scrollTop = 0;
    const again = /** @type {HTMLElement | null} */ (held && this.root.querySelector(held));
    again?.focus({ preventScroll: true });
  }

  /** Where in the card the reader is, to be found again when the same card is told anew; null: elsewhere. */
  #held() {
    const focused = document.activeElement;
    const part = this.root.contains(focused) && focused?.closest("[data-testid]");
    if (!part || part === this.root) return null;
    const selector = `[data-testid="${part.getAttribute("data-testid")}"]`;
    return part.matches("details") ? `${selector} > summary` : selector;
  }

  /**
   * A caption that can be read at a glance; beneath it, folded, all that it rests on.
   * @param {Payload.Event} event
   * @param {Moment} now
   * @param {string[]} leg
   */
  #parts(event, now, leg) {
    const words = this.#words;
    const questions = now.disagreements();
    const more = this.#more(event, now);
    const parts = [
      now.edition && element("p", { class: "dateline-edition", text: now.edition.title }),
      this.#kicker(event),
      element("h2", { text: event.title, "data-testid": "card-title", tabindex: "-1" }),
      whenAndWhere(event),
      event.summary ? element("p", { class: "dateline-summary", text: event.summary }) : null,
      this.#folded("who", words.who_says, event.claims_heading, [this.#claimsOf(event)]),
      this.#folded(
        "differ",
        words.they_disagree,
        String(questions.length),
        questions.map((question) => this.#disagreement(question)),
      ),
      this.#folded("more", words.more, String(more.count), more.lists),
      this.#folded("how", words.how_we_know, "", this.#how(event, leg)),
    ];
    return parts.filter((part) => part !== null);
  }

  /** @param {Payload.Event} event */
  #kicker(event) {
    return element(
      "p",
      { class: "dateline-kicker" },
      this.#symbol(event),
      element("span", { class: "dateline-status", text: event.status_text }),
      element("span", { class: "dateline-kind", text: event.kind_text }),
    );
  }

  /**
   * A part of the card that the reader opens; it stays open from card to card.
   * @param {string} id
   * @param {string} title
   * @param {string} note beside the title
   * @param {(HTMLElement | null)[]} parts
   */
  #folded(id, title, note, parts) {
    const inside = parts.filter((part) => part !== null);
    if (!inside.length) return null;
    const beside = note ? element("small", { text: ` ${note}` }) : null;
    const summary = element("summary", {}, element("span", { text: title }), beside);
    const made = element(
      "details",
      { class: "dateline-folded", "data-testid": `folded-${id}`, open: this.#open.has(id) },
      summary,
      ...inside,
    );
    // Not at its toggle event, which comes later: by then the card may be another.
    summary.addEventListener("click", () => {
      if (made.open) {
        this.#open.delete(id);
        return;
      }
      this.#open.add(id);
      // What is opened comes into view.
      requestAnimationFrame(() => (this.root.scrollTop = made.offsetTop - this.root.offsetTop));
    });
    return made;
  }

  /**
   * What else belongs to the event, its moment and its place.
   * @param {Payload.Event} event
   * @param {Moment} now
   */
  #more(event, now) {
    const words = this.#words;
    const same = now.sameTime();
    const here = now.alsoHere();
    const related = this.#relations(event, now);
    const lists = [
      ...related.map(([heading, events]) => this.#list(heading, events)),
      this.#list(now.record.isByDay ? words.told_same_day : words.same_time, same),
      this.#list(words.also_here, here),
    ];
    const count = new Set([...related.flatMap(([, events]) => events), ...same, ...here].map(({ id }) => id)).size;
    return { lists, count };
  }

  /**
   * How exactly date and place are known, who took part, and what the line and the figures rest on.
   * @param {Payload.Event} event
   * @param {string[]} leg
   */
  #how(event, leg) {
    const told = new Set(event.claims.map(({ id }) => id));
    const figures = this.#scene.figures.filter(({ claim }) => told.has(claim));
    return [this.#facts(event), ...figures.map((figure) => this.#figure(figure)), this.#leg(leg)];
  }

  /** @param {Payload.Event} event */
  #facts(event) {
    const words = this.#words;
    const facts = element("dl", { class: "dateline-facts" });
    /**
     * @param {string} term
     * @param {(string | null)[]} lines
     */
    const add = (term, ...lines) => {
      const described = lines.filter((line) => line);
      if (!described.length) return;
      facts.append(element("dt", { text: term }), ...described.map((text) => element("dd", { text })));
    };
    add(words.when, event.when_text, event.when_note);
    if (event.has_hours && event.end !== null) {
      const term = fill(words.your_time, { zone: this.#dates.readersZone });
      add(term, this.#dates.inReadersZone(event.start, event.end));
    }
    add(words.where, event.place_name || words.no_place, event.place_note);
    add(words.who, event.actors);
    return facts;
  }

  /**
   * The sign of an event's status. A canvas is dear to make, and the card shows one at a time: it is used again.
   * @param {Payload.Event} event
   */
  #symbol({ status, summit }) {
    const key = `${status} ${summit} ${window.devicePixelRatio}`;
    let symbol = this.#symbols.get(key);
    if (!symbol) {
      symbol = this.#signs.symbol(status, { summit, colour: this.#colours.accent });
      this.#symbols.set(key, symbol);
    }
    return symbol;
  }

  /**
   * @param {Payload.Event} event
   * @param {Moment} now
   */
  #relations(event, now) {
    const words = this.#words;
    /** @type {[string, (string | null)[]][]} */
    const links = [
      [words.fulfils, [event.fulfils]],
      [words.fulfilled_by, event.fulfilled_by],
      [words.replaced_by, [event.replaced_by]],
      [words.replaces, event.replaces],
      [words.part_of, [event.part_of]],
      [words.parts, event.parts],
    ];
    /** @type {[string, Payload.Event[]][]} */
    const related = links.map(([heading, ids]) => [heading, now.named(ids)]);
    return related.filter(([, events]) => events.length);
  }

  /**
   * @param {string} heading
   * @param {Payload.Event[]} events
   */
  #list(heading, events) {
    if (!events.length) return null;
    const list = element("ul");
    for (const { id, title, short_when: when } of events) {
      const link = element("button", { type: "button", class: "dateline-link", text: title });
      link.addEventListener("click", () => {
        this.#choose(id);
        // The link is gone with its card: the reader goes on at the top of the next.
        this.focus();
      });
      list.append(element("li", {}, link, element("small", { text: ` ${when}` })));
    }
    return element("section", { class: "dateline-related" }, element("h3", { text: heading }), list);
  }

  /** @param {string[]} sentences */
  #leg(sentences) {
    const notes = sentences.filter(Boolean).map((text) => element("p", { class: "dateline-note", text }));
    if (!notes.length) return null;
    return element("section", { class: "dateline-related" }, element("h3", { text: this.#words.train }), ...notes);
  }

  /** @param {Payload.Event} event */
  #claimsOf(event) {
    if (!event.claims.length) return null;
    const claims = event.claims.map((claim) => this.#claim(claim));
    return element("ol", { class: "dateline-claims", "data-testid": "claims" }, ...claims);
  }

  /** @param {Payload.Claim} claim */
  #claim(claim) {
    return element(
      "li",
      {},
      this.#reference(claim),
      element("p", { class: "dateline-stance", text: claim.stance_text }),
      quoted(claim),
      this.#derivation(claim),
      claim.note ? element("p", { class: "dateline-note", text: claim.note }) : null,
    );
  }

  /**
   * Outlet, day and paragraph; in the app the paragraph leads to what the page of sources has of it.
   * @param {Payload.Claim} claim
   */
  #reference(claim) {
    const { source, paragraph, paragraph_text: text } = claim;
    const href = this.#host.page("sources", `source-${source}-paragraph-${paragraph}`);
    return element(
      "p",
      {},
      element("b", { text: claim.outlet }),
      element("span", { text: `, ${claim.published_text}, ` }),
      href ? this.#host.link(href, text, "dateline-paragraph") : element("span", { class: "dateline-paragraph", text }),
    );
  }

  /**
   * One step away: from the words in the article to the date and the place.
   * @param {Payload.Claim} claim
   */
  #derivation({ dating, placing }) {
    const steps = [dating, placing].filter((step) => step).map((text) => element("p", { text }));
    if (!steps.length) return null;
    const summary = element("summary", { text: this.#words.how_known });
    return element("details", { class: "dateline-how" }, summary, ...steps);
  }

  /**
   * A figure of an article with our own arithmetic.
   * @param {Payload.Figure} figure
   */
  #figure({ lines }) {
    return element(
      "section",
      { class: "dateline-related", "data-testid": "figure" },
      element("h3", { text: this.#words.checked }),
      ...lines.map((text) => element("p", { text })),
    );
  }

  /**
   * A question with its versions side by side: who says what, which one the map draws, and why.
   * @param {Payload.Disagreement} disagreement
   */
  #disagreement({ id, question, versions }) {
    const isSettled = versions.some(({ drawn }) => drawn);
    const href = this.#host.page("disagreements", `question-${id}`);
    return element(
      "section",
      { class: "dateline-disagreement", "data-testid": "disagreement" },
      element("h3", { text: question }),
      element("ul", {}, ...grouped(versions).map((alike) => this.#version(alike, isSettled))),
      href ? element("p", {}, this.#host.link(href, this.#words.see_question)) : null,
    );
  }

  /**
   * One answer with all who give it, and its reason once.
   * @param {Payload.Version[]} alike
   * @param {boolean} isSettled whether one of the versions was preferred to the others
   */
  #version(alike, isSettled) {
    const [{ says, drawn, why }] = alike;
    const { drawn: isDrawn, set_aside: aside, not_settled: open } = this.#words;
    const verdict = element("b", { text: drawn ? isDrawn : isSettled ? aside : open });
    return element(
      "li",
      { class: drawn && "is-drawn" },
      element("p", { class: "dateline-says", text: says }),
      ...alike.map(({ claim }) => this.#saidBy(claim)),
      why ? element("p", { class: "dateline-note" }, verdict, " · ", why) : null,
    );
  }

  /** @param {string} id of a claim */
  #saidBy(id) {
    const claim = this.#claims.get(id);
    if (!claim) return null;
    return element(
      "div",
      {},
      this.#reference(claim),
      element("p", { class: "dateline-stance", text: claim.stance_text }),
    );
  }
}

/**
 * When and where, once and plainly.
 * @param {Payload.Event} event
 */
function whenAndWhere({ when_text: when, place_name: place }) {
  return element(
    "p",
    { class: "dateline-when" },
    element("span", { text: when }),
    place ? element("span", { class: "dateline-place", text: place }) : null,
  );
}

/**
 * The article's own words for the time and the place.
 * @param {Payload.Claim} claim
 */
function quoted({ when_as_written: when, place_as_written: place, language }) {
  const quotes = [when, place].filter(Boolean).map((text) => element("q", { text, lang: language }));
  if (!quotes.length) return null;
  return element(
    "p",
    { class: "dateline-quoted" },
    ...quotes.flatMap((quote, index) => (index ? [" · ", quote] : [quote])),
  );
}

/**
 * Versions that say the same for the same reason, together.
 * @param {Payload.Version[]} versions
 */
export function grouped(versions) {
  /** @type {Map<string, Payload.Version[]>} */
  const groups = new Map();
  for (const version of versions) {
    const key = JSON.stringify([version.says, version.drawn, version.why]);
    groups.set(key, [...(groups.get(key) ?? []), version]);
  }
  return [...groups.values()];
}

/**
 * Why there is no event to show.
 * @param {Moment} now
 */
export function absence({ selection, record, edition }) {
  if (!selection.sequence.length) return "no_match";
  return record.isByDay && !edition ? "unpublished" : "no_event";
}

/**
 * All that a card of an event depends on.
 * @param {Payload.Event} event
 * @param {Moment} now
 * @param {string[]} leg
 */
function keyOf(event, now, leg) {
  /** @param {Payload.Event[]} events */
  const ids = (events) => events.map(({ id }) => id);
  const versions = now.disagreements().map((question) => question.versions.length);
  const lists = [ids(now.sameTime()), ids(now.alsoHere()), leg, versions];
  return JSON.stringify([event.id, event.status, event.claims.length, now.edition?.from, ...lists]);
}
