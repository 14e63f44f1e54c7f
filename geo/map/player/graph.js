/**
 * The journey as a graph: kilometres against time, with what the reports of the train leave open as an area; or, where
 * there is no train, places against time. The same stands beneath it as a table.
 */

/** @import * as Payload from "./payload" */
/** @import { Dates } from "./dates.js" */
/** @import { Cluster, Dot, Row, Shape } from "./graph_layout.js" */
/** @import { Moment } from "./moment.js" */
/** @import { Entry } from "./record.js" */
import { element, fill, svg } from "./dom.js";
import { clusters, named, otherwise, rowsOf, shapes, ticks } from "./graph_layout.js";
import { isPlan } from "./record.js";

const MOST_ROWS = 12;
// What a finger needs; nearer dots become one.
const TARGET_PX = 24;
const TOP_PX = 26;
const EDGE_PX = 16;
const MOST_TOLD = 4;

/** @typedef {[number, number][]} Corners times and kilometres */

/**
 * @typedef {object} Line a horizontal line of the graph: a stop or a place
 * @property {string} name
 * @property {number} y pixels
 *
 * @typedef {object} Frame how a graph lies in its box, pixels
 * @property {number} width
 * @property {number} height
 * @property {number} left where time begins
 * @property {number} right where it ends
 * @property {boolean} isNarrow names stand over their lines
 * @property {Line[]} lines
 * @property {(time: number) => number} x
 * @property {(km: number) => number} y
 *
 * @typedef {object} Told what is drawn: a chapter on a clock
 * @property {Moment} now
 * @property {Payload.Train | null} train
 * @property {Payload.Train[]} versions that were set aside
 * @property {Row[]} rows places, where there is no train
 * @property {Row[]} rest
 * @property {number} placeless how many events have no place
 */

export class Graph {
  #scene;
  #dates;
  #words;
  #seek;
  #choose;
  #heading = element("h2", { id: "dateline-graph-heading" });
  #hint = element("p", { class: "dateline-graph-hint" });
  #box = element("div", { class: "dateline-graph-box", "data-testid": "graph" });
  #about = element("p", { class: "dateline-graph-told", "data-testid": "graph-told" });
  #more = element("p", { class: "dateline-graph-hint" });
  #summary = element("summary");
  #table = element("div", { class: "dateline-graph-table" });
  #details;

  /** @type {Told | null} */
  #told = null;
  /** @type {Frame | null} */
  #frame = null;
  /** The sign of each event: its button. @type {Map<string, HTMLButtonElement>} */
  #buttons = new Map();
  /** @type {Map<HTMLButtonElement, Cluster>} */
  #clusters = new Map();
  /** The areas of versions that were set aside, by the id of their event. @type {Map<string, SVGElement>} */
  #asides = new Map();
  #playhead = svg("line", { class: "dateline-graph-now" });
  #possible = svg("line", { class: "dateline-graph-possible" });
  #likely = svg("circle", { class: "dateline-graph-likely", r: 4.5 });
  #width = 0;
  /** @type {Moment | null} */
  #now = null;
  /** @type {string | null} */
  #chosen = null;

  /**
   * @param {Payload.Scene} scene
   * @param {Dates} dates
   * @param {Payload.Words} words
   * @param {{seek: (time: number) => void, choose: (id: string) => void}} does what the reader asks for
   */
  constructor(scene, dates, words, { seek, choose }) {
    this.#scene = scene;
    this.#dates = dates;
    this.#words = words;
    this.#seek = seek;
    this.#choose = choose;
    this.#details = element("details", { "data-testid": "graph-table" }, this.#summary, this.#table);
    this.#details.addEventListener("toggle", () => this.#tabulate());
    this.root = element(
      "section",
      { class: "dateline-graph", "aria-labelledby": this.#heading.id },
      this.#heading,
      this.#box,
      this.#about,
      this.#hint,
      this.#more,
      this.#details,
    );
    this.#listen();
  }

  #listen() {
    const box = this.#box;
    box.addEventListener("click", (event) => this.#click(event));
    box.addEventListener("keydown", (event) => this.#walk(event));
    for (const kind of ["pointerover", "focusin"]) {
      box.addEventListener(kind, ({ target }) => this.#tell(this.#clusterOf(target)));
    }
    for (const kind of ["pointerleave", "focusout"]) box.addEventListener(kind, () => this.#tell(null));
    new ResizeObserver(() => {
      const { clientWidth } = box;
      if (clientWidth === this.#width) return;
      this.#width = clientWidth;
      if (this.#now) this.#draw(this.#now);
    }).observe(box);
  }

  /**
   * Show a moment. The graph is drawn anew only for another chapter, clock, edition or selection.
   * @param {Moment} now
   */
  show(now) {
    const before = this.#now;
    this.#now = now;
    const isSame =
      before?.chapter === now.chapter &&
      before.record === now.record &&
      before.edition === now.edition &&
      before.selection === now.selection;
    if (!isSame) this.#draw(now);
    this.#mark(now.chosen?.id ?? null);
    this.#place(now);
  }

  // -- what there is to draw ------------------------------------------------------------------------------------------

  /**
   * @param {Moment} now
   * @returns {Told}
   */
  #gather(now) {
    const { trip } = now.chapter;
    // No article follows a train by the hour: on the clock of the news there is none.
    const trains = now.record.isByDay ? [] : this.#scene.trains.filter((train) => train.trip === trip);
    const train = trains.find(({ version }) => version === null) ?? null;
    const events = train ? [] : this.#entries(now).map((entry) => now.told(entry));
    const placeless = events.filter(({ place_name: name }) => name === null).length;
    const versions = trains.filter(({ version }) => version !== null);
    return { now, train, versions: train ? versions : [], placeless, ...rowsOf(events, MOST_ROWS) };
  }

  /**
   * The events of a chapter that take part and were not set aside; on the clock of the news those told of so far.
   * @param {Moment} now
   */
  #entries(now) {
    return now.selection.sequence.filter((entry) => {
      if (this.#chapterOf(entry, now) !== now.chapter.id) return false;
      return now.record.isByDay ? now.isDrawn(entry) : entry.event.status !== "superseded";
    });
  }

  /**
   * @param {Entry} entry
   * @param {Moment} now
   */
  #chapterOf({ event, at }, { record }) {
    return record.isByDay ? this.#scene.chapters.findLast(({ start }) => start <= at)?.id : event.chapter;
  }

  /**
   * The events at the stops of trains, each with its kilometres; those of versions that were set aside among them.
   * @param {Told} told
   */
  #sightings({ now, train, versions }) {
    const shown = new Set(now.selection.sequence.map(({ id }) => id));
    const own = (train?.sightings ?? []).filter(({ event }) => shown.has(event));
    return [...own, ...versions.flatMap(({ sightings }) => sightings)].flatMap(({ event: id, km }) => {
      const entry = now.record.entry(id);
      return entry ? [{ entry, event: now.told(entry), km }] : [];
    });
  }

  // -- drawing --------------------------------------------------------------------------------------------------------

  /** @param {Moment} now */
  #draw(now) {
    if (!this.#width) return;
    const hadFocus = this.#box.contains(document.activeElement);
    const told = this.#gather(now);
    const frame = told.train ? frameOfTrain(told, told.train, this.#width) : frameOfPlaces(told, this.#width);
    this.#told = told;
    this.#frame = frame;
    this.#name(told);
    const dots = told.train ? this.#dotsOfTrain(told, frame) : this.#dotsOfPlaces(told, frame);
    this.#box.style.aspectRatio = `${frame.width} / ${frame.height}`;
    this.#box.replaceChildren(
      this.#picture(told, frame, dots),
      ...this.#names(told, frame),
      this.#toolbar(frame, dots),
    );
    this.#chosen = null;
    this.#mark(now.chosen?.id ?? null);
    this.#place(now);
    this.#tell(null);
    this.#tabulate();
    if (hadFocus) this.#box.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {Told} told */
  #name({ now, train, versions, rest, placeless }) {
    const words = this.#words;
    const kind = train ? "train" : now.record.isByDay ? "news" : "places";
    this.#heading.textContent = words[`graph_${kind}`];
    const aside = versions.length ? words.graph_aside_hint : "";
    this.#hint.textContent = [words[`graph_${kind}_hint`], aside].filter(Boolean).join(" ");
    this.#summary.textContent = train ? words.graph_table_train : words.graph_table;
    const counts = [
      rest.length ? fill(words.graph_more, { n: this.#dates.number(rest.length) }) : "",
      placeless ? fill(words.graph_no_place, { n: this.#dates.number(placeless) }) : "",
    ];
    this.#more.textContent = counts.filter(Boolean).join(" ");
  }

  /**
   * @param {Told} told
   * @param {Frame} frame
   * @param {Dot[]} dots
   */
  #picture(told, frame, dots) {
    return svg(
      "svg",
      { viewBox: `0 0 ${frame.width} ${frame.height}`, "aria-hidden": "true" },
      ...this.#calendar(told, frame),
      ...frame.lines.map(({ y }) => svg("line", { class: "dateline-graph-row", ...across(frame, y) })),
      ...this.#areas(told, frame),
      ...dots.map((dot) => this.#span(told.now, frame, dot)),
      this.#playhead,
      this.#possible,
      this.#likely,
    );
  }

  /**
   * Days, months or years, in the chapter's zone.
   * @param {Told} told
   * @param {Frame} frame
   */
  #calendar({ now: { chapter } }, frame) {
    const { unit, step, times } = ticks(chapter.start, chapter.end, chapter.zone, frame.right - frame.left);
    // A day is a cell with its name in the middle; what is further apart begins at its line.
    const isCell = unit === "day" && step === 1;
    return times.flatMap((time, index) => {
      const x = frame.x(time);
      const end = frame.x(Math.min(times[index + 1] ?? chapter.end, chapter.end));
      const line = svg("line", { class: "dateline-graph-tick", x1: x, x2: x, y1: TOP_PX - 20, y2: frame.height });
      // A part of a day at the edge has no room for a name.
      if (end - x < 40) return [line];
      const text = this.#dates.tick(time, chapter.zone, unit);
      const [at, anchor] = isCell ? [(x + end) / 2, "middle"] : [x + 5, "start"];
      return [line, svg("text", { class: "dateline-graph-day", x: at, y: TOP_PX - 9, "text-anchor": anchor, text })];
    });
  }

  /**
   * Where the train can have been, and its steady pace; of versions what they tell otherwise.
   * @param {Told} told
   * @param {Frame} frame
   */
  #areas({ train, versions }, frame) {
    this.#asides.clear();
    if (!train) return [];
    const evidence = new Map(this.#scene.legs.map((leg) => [leg.id, leg.evidence]));
    const areas = shapes(train).map((shape) => area(shape, frame, `is-${evidence.get(shape.leg) ?? "inferred"}`));
    const steady = svg("polyline", { class: "dateline-graph-steady", points: pointsOf(train.steady, frame) });
    const asides = versions.map((version) => {
      const drawn = otherwise(version, train).map((shape) => area(shape, frame, "is-aside"));
      const group = svg("g", { class: "dateline-graph-aside" }, ...drawn);
      this.#asides.set(version.version ?? "", group);
      return group;
    });
    return [...areas, ...asides, steady];
  }

  /**
   * How long an event lasted, or how uncertain its time is; nothing on the clock of the news, which counts in days.
   * @param {Moment} now
   * @param {Frame} frame
   * @param {Dot} dot
   */
  #span({ record, chapter }, frame, { event, y }) {
    if (record.isByDay) return null;
    const [from, to] = [Math.max(event.start, chapter.start), Math.min(record.until(event), chapter.end)];
    if (to <= from) return null;
    const [x1, x2] = [frame.x(from), frame.x(to)];
    return svg("line", { class: `dateline-graph-span${event.end === null ? " is-open" : ""}`, x1, x2, y1: y, y2: y });
  }

  /**
   * @param {Told} told
   * @param {Frame} frame
   * @returns {Dot[]}
   */
  #dotsOfTrain(told, frame) {
    const { chapter } = told.now;
    return this.#sightings(told)
      .filter(({ entry }) => entry.at >= chapter.start && entry.at <= chapter.end)
      .map(({ entry, event, km }) => ({ event, x: frame.x(entry.at), y: frame.y(km) }));
  }

  /**
   * @param {Told} told
   * @param {Frame} frame
   * @returns {Dot[]}
   */
  #dotsOfPlaces({ now, rows }, frame) {
    return rows.flatMap(({ events }, index) =>
      events.map((event) => {
        const at = now.record.entry(event.id)?.at ?? event.anchor;
        return { event, x: frame.x(at), y: frame.lines[index].y };
      }),
    );
  }

  /**
   * The names of stops or places; the table has them for a screen reader.
   * @param {Told} told
   * @param {Frame} frame
   */
  #names({ train }, frame) {
    const room = named(
      frame.lines.map(({ y }) => y),
      frame.isNarrow ? 18 : 32,
    );
    return frame.lines.map(({ name, y }, index) => {
      const km =
        train && !frame.isNarrow ? element("small", { text: `${this.#dates.number(train.stops[index].km)} km` }) : null;
      const made = element(
        "div",
        { class: `dateline-graph-name${frame.isNarrow ? " is-over" : ""}`, "aria-hidden": "true" },
        element("span", { text: name }),
        km,
      );
      made.style.top = percent(y, frame.height);
      if (!frame.isNarrow) made.style.width = percent(frame.left - 12, frame.width);
      made.hidden = !room[index];
      return made;
    });
  }

  /**
   * The events as buttons over the drawing; one of them is in the order of the tab key, arrow keys lead to the others.
   * @param {Frame} frame
   * @param {Dot[]} dots
   */
  #toolbar(frame, dots) {
    this.#buttons.clear();
    this.#clusters.clear();
    const buttons = clusters(dots, TARGET_PX).map((cluster) => {
      const made = element(
        "button",
        { type: "button", class: "dateline-dot", "aria-label": this.#labelOf(cluster), tabindex: "-1" },
        sign(cluster),
      );
      made.style.left = percent(cluster.x, frame.width);
      made.style.top = percent(cluster.y, frame.height);
      this.#clusters.set(made, cluster);
      for (const { id } of cluster.events) this.#buttons.set(id, made);
      return made;
    });
    buttons[0]?.setAttribute("tabindex", "0");
    if (!buttons.length) return element("div");
    return element("div", { role: "toolbar", "aria-label": this.#words.graph_dots }, ...buttons);
  }

  // -- in step with the playhead --------------------------------------------------------------------------------------

  /** @param {string | null} id */
  #mark(id) {
    if (id === this.#chosen) return;
    this.#chosen = id;
    const own = id === null ? undefined : this.#buttons.get(id);
    for (const made of this.#clusters.keys()) {
      made.classList.toggle("is-chosen", made === own);
      if (made === own) made.setAttribute("aria-current", "true");
      else made.removeAttribute("aria-current");
      if (own) made.tabIndex = made === own ? 0 : -1;
    }
    for (const [version, group] of this.#asides) group.classList.toggle("is-chosen", version === id);
    if (!this.#box.contains(document.activeElement)) this.#tell(null);
  }

  /** @param {Moment} now */
  #place({ time, train, position }) {
    if (!this.#frame) return;
    const { x, y, height } = this.#frame;
    set(this.#playhead, { x1: x(time), x2: x(time), y1: TOP_PX - 4, y2: height });
    const isFollowed = Boolean(train && position && this.#told?.train);
    for (const part of [this.#possible, this.#likely]) part.style.display = isFollowed ? "" : "none";
    if (!isFollowed || !position) return;
    set(this.#possible, { x1: x(time), x2: x(time), y1: y(position.fromKm), y2: y(position.toKm) });
    set(this.#likely, { cx: x(time), cy: y(position.km) });
  }

  // -- what the reader does -------------------------------------------------------------------------------------------

  /** @param {EventTarget | null} target */
  #clusterOf(target) {
    const made = target instanceof Element ? target.closest("button") : null;
    return (made && this.#clusters.get(made)) ?? null;
  }

  /** @param {MouseEvent} event */
  #click({ target, clientX }) {
    const cluster = this.#clusterOf(target);
    if (cluster) return this.#choose(following(cluster, this.#chosen));
    if (!this.#frame || !this.#told) return;
    const { left, width } = this.#box.getBoundingClientRect();
    const part = (((clientX - left) / width) * this.#frame.width - this.#frame.left) / this.#breadth();
    const { start, end } = this.#told.now.chapter;
    if (part >= 0 && part <= 1) this.#seek(start + part * (end - start));
  }

  #breadth() {
    return this.#frame ? this.#frame.right - this.#frame.left : 1;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const all = [...this.#clusters.keys()].sort((one, other) => this.#xOf(one) - this.#xOf(other));
    const index = all.findIndex((made) => made === document.activeElement);
    const to = destination(event.key, index, all.length - 1);
    if (index < 0 || to === null) return;
    event.preventDefault();
    event.stopPropagation();
    all.forEach((made, other) => (made.tabIndex = other === to ? 0 : -1));
    all[to].focus();
  }

  /** @param {HTMLButtonElement} made */
  #xOf(made) {
    return this.#clusters.get(made)?.x ?? 0;
  }

  /**
   * Tell what a dot stands for; with none pointed at, the chosen one.
   * @param {Cluster | null} cluster
   */
  #tell(cluster) {
    const own = this.#chosen === null ? undefined : this.#buttons.get(this.#chosen);
    const shown = cluster ?? (own ? { events: this.#eventsOf(own) } : null);
    if (!shown) {
      this.#about.replaceChildren(element("span", { text: this.#words.graph_tell }));
      return;
    }
    const parts = shown.events
      .slice(0, MOST_TOLD)
      .flatMap((event, index) => [
        index ? " · " : "",
        element("b", { text: event.title }),
        element("span", { text: ` ${event.short_when}` }),
        ...(shown.events.length === 1 ? [element("span", { text: ` · ${sourcesOf(event)}` })] : []),
      ]);
    this.#about.replaceChildren(...parts, shown.events.length > MOST_TOLD ? " …" : "");
  }

  /**
   * The chosen event alone, of those that share its dot.
   * @param {HTMLButtonElement} made
   */
  #eventsOf(made) {
    return (this.#clusters.get(made)?.events ?? []).filter(({ id }) => id === this.#chosen);
  }

  /** @param {Cluster} cluster */
  #labelOf({ events }) {
    if (events.length > 1) {
      const titles = events.map(({ title }) => title).join(". ");
      return fill(this.#words.graph_several, { n: this.#dates.number(events.length), titles });
    }
    const [{ title, short_when: when, place_name: place, status_text: status }] = events;
    return [title, status, when, place, sourcesOf(events[0])].filter(Boolean).join(". ");
  }

  // -- the same as a table --------------------------------------------------------------------------------------------

  /** Made when it is asked for. */
  #tabulate() {
    if (!this.#told || !this.#details.open) {
      this.#table.replaceChildren();
      return;
    }
    this.#table.replaceChildren(...(this.#told.train ? this.#timetables(this.#told) : [this.#placesTable(this.#told)]));
  }

  /** @param {Told} told */
  #timetables(told) {
    const trains = told.train ? [told.train, ...told.versions] : [];
    const note = element("p", { class: "dateline-note", text: this.#words.graph_pace_note });
    return [...trains.flatMap((train) => this.#timetable(train, told)), note];
  }

  /**
   * @param {Payload.Train} train
   * @param {Told} told
   */
  #timetable(train, told) {
    const words = this.#words;
    const entry = told.now.record.entry(train.version);
    const title = entry ? fill(words.graph_aside, { title: told.now.told(entry).title }) : words.clock_happened;
    const seen = new Set(train.sightings.map(({ event }) => event));
    const sightings = this.#sightings(told).filter(({ event }) => seen.has(event.id));
    const rows = train.stops.map((stop) =>
      element(
        "tr",
        {},
        element("th", { scope: "row", text: stop.label }),
        element("td", { text: stop.arrived }),
        element("td", { text: stop.left }),
        element("td", { class: "is-number", text: this.#dates.number(stop.km) }),
        element("td", {}, ...sightings.filter(({ km }) => km === stop.km).map(({ event }) => this.#link(event))),
      ),
    );
    const heads = [words.graph_stop, words.graph_arrived, words.graph_left, "km", words.graph_seen];
    return [
      scrolled(title, element("table", {}, element("caption", { text: title }), headed(heads), ...rows)),
      element("h3", { text: words.graph_pace }),
      ...train.paces.map((pace) => paced(pace)),
    ];
  }

  /** @param {Told} told */
  #placesTable({ now, rows, rest }) {
    const words = this.#words;
    const body = [...rows, ...rest].flatMap(({ name, events }) =>
      events.map((event, index) =>
        element(
          "tr",
          {},
          index ? null : element("th", { scope: "rowgroup", rowspan: String(events.length), text: name }),
          element("td", {}, this.#link(event)),
          element("td", { text: event.status_text }),
          element("td", { text: now.record.isByDay ? event.short_when : event.when_text }),
        ),
      ),
    );
    const title = this.#heading.textContent ?? "";
    const heads = [words.where, words.graph_event, words.graph_status, words.when];
    return scrolled(title, element("table", {}, element("caption", { text: title }), headed(heads), ...body));
  }

  /** @param {Payload.Event} event */
  #link({ id, title }) {
    const link = element("button", { type: "button", class: "dateline-link", text: title });
    link.addEventListener("click", () => this.#choose(id));
    return link;
  }
}

// -- how it lies in its box ---------------------------------------------------------------------------------------------

/**
 * @param {Told} told
 * @param {number} width pixels
 */
function sides({ now: { chapter } }, width) {
  const isNarrow = width < 620;
  const [left, right] = [isNarrow ? 4 : Math.min(190, width * 0.24), width - EDGE_PX];
  /** @param {number} time */
  const x = (time) => left + ((time - chapter.start) / (chapter.end - chapter.start)) * (right - left);
  return { width, isNarrow, left, right, x };
}

/**
 * @param {Told} told
 * @param {Payload.Train} train
 * @param {number} width pixels
 * @returns {Frame}
 */
function frameOfTrain(told, train, width) {
  const lay = sides(told, width);
  const height = Math.min(420, Math.max(290, width * 0.34));
  const longest = train.stops[train.stops.length - 1].km || 1;
  // Over the uppermost line a name has its room, where names stand over their lines.
  const [bottom, top] = [height - EDGE_PX, TOP_PX + (lay.isNarrow ? 26 : EDGE_PX)];
  /** @param {number} km */
  const y = (km) => bottom - (km / longest) * (bottom - top);
  return { ...lay, height, y, lines: train.stops.map(({ label, km }) => ({ name: label, y: y(km) })) };
}

/**
 * @param {Told} told
 * @param {number} width pixels
 * @returns {Frame}
 */
function frameOfPlaces(told, width) {
  const lay = sides(told, width);
  const each = lay.isNarrow ? 46 : 36;
  const first = TOP_PX + (lay.isNarrow ? 32 : each / 2);
  const lines = told.rows.map(({ name }, index) => ({ name, y: first + index * each }));
  return { ...lay, height: first + Math.max(1, lines.length) * each - each / 2, y: () => 0, lines };
}

/**
 * @param {Frame} frame
 * @param {number} y
 */
function across({ left, right, isNarrow }, y) {
  return { x1: isNarrow ? 0 : left, x2: right, y1: y, y2: y };
}

/**
 * @param {number} pixels
 * @param {number} whole pixels
 */
function percent(pixels, whole) {
  return `${((100 * pixels) / whole).toFixed(3)}%`;
}

/**
 * @param {Shape} shape
 * @param {Frame} frame
 * @param {string} look class
 */
function area({ area: corners, steady }, frame, look) {
  const pace =
    look === "is-aside" && svg("polyline", { class: "dateline-graph-steady", points: pointsOf(steady, frame) });
  const polygon = svg("polygon", { class: `dateline-graph-area ${look}`, points: pointsOf(corners, frame) });
  return svg("g", {}, polygon, pace || null);
}

/**
 * @param {Corners} corners
 * @param {Frame} frame
 */
function pointsOf(corners, { x, y }) {
  return corners.map(([time, km]) => `${x(time).toFixed(1)},${y(km).toFixed(1)}`).join(" ");
}

/**
 * @param {SVGElement} made
 * @param {Record<string, number>} attributes
 */
function set(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value.toFixed(1));
}

// -- signs and words ----------------------------------------------------------------------------------------------------

/**
 * The sign of a dot: its event's status by shape, as on the map, or how many events share it.
 * @param {Cluster} cluster
 */
function sign({ events }) {
  const parts = events.length > 1 ? countOf(events) : shapeOf(events[0]);
  return svg("svg", { viewBox: "-12 -12 24 24", "aria-hidden": "true" }, ...parts);
}

/** @param {Payload.Event[]} events */
function countOf(events) {
  const look = events.every(isPlan) ? " is-open" : "";
  return [
    svg("circle", { class: `dateline-dot-disc${look}`, r: 9 }),
    svg("text", { class: `dateline-dot-count${look}`, y: 4, text: events.length }),
  ];
}

/** Bars across a filled disc: level for a claim, slanted for a denial. @type {Partial<Record<Payload.Status, string>>} */
const BARS = { claimed: "M-4.5 0L4.5 0", denied: "M-4.5 4.5L4.5 -4.5" };

/** @param {Payload.Event} event */
function shapeOf(event) {
  const { status, summit } = event;
  if (status === "superseded") return [svg("path", { class: "dateline-dot-bar is-cross", d: "M-4 -4L4 4M4 -4L-4 4" })];
  const bar = BARS[status];
  return [
    summit ? svg("circle", { class: "dateline-dot-ring", r: 10 }) : null,
    svg("circle", { class: `dateline-dot-disc${isPlan(event) ? " is-open" : ""}`, r: 5.5 }),
    bar ? svg("path", { class: "dateline-dot-bar", d: bar }) : null,
    status === "predicted" ? svg("circle", { class: "dateline-dot-core", r: 1.8 }) : null,
  ];
}

/**
 * Who says so: outlets, each with its paragraphs.
 * @param {Payload.Event} event
 */
export function sourcesOf({ claims }) {
  /** @type {Map<string, string[]>} */
  const paragraphs = new Map();
  for (const { outlet, paragraph_text: paragraph } of claims) {
    paragraphs.set(outlet, [...(paragraphs.get(outlet) ?? [outlet]), paragraph]);
  }
  const found = [...paragraphs.values()].map((parts) => [...new Set(parts)].join(", "));
  return found.slice(0, MOST_TOLD).join(" · ") + (found.length > MOST_TOLD ? " · …" : "");
}

/**
 * The event that a click on a dot chooses: its first, or where one of its events is chosen already, the next.
 * @param {Cluster} cluster
 * @param {string | null} chosen id
 */
export function following({ events }, chosen) {
  const index = events.findIndex(({ id }) => id === chosen);
  return events[(index + 1) % events.length].id;
}

/**
 * Where a key leads from the `index`th of dots, the last of which is `last`; null where it leads nowhere.
 * @param {string} key
 * @param {number} index
 * @param {number} last
 */
export function destination(key, index, last) {
  if (key === "ArrowRight" || key === "ArrowDown") return Math.min(last, index + 1);
  if (key === "ArrowLeft" || key === "ArrowUp") return Math.max(0, index - 1);
  if (key === "Home") return 0;
  return key === "End" ? last : null;
}

/** @param {string[]} heads */
function headed(heads) {
  return element("tr", {}, ...heads.map((text) => element("th", { scope: "col", text })));
}

/**
 * A wide table scrolls by itself, by keyboard, too.
 * @param {string} name
 * @param {HTMLTableElement} table
 */
function scrolled(name, table) {
  return element("div", { class: "dateline-graph-scroll", role: "region", "aria-label": name, tabindex: "0" }, table);
}

/** @param {Payload.Pace} pace */
function paced({ title, evidence, bounds }) {
  return element(
    "div",
    { class: "dateline-graph-pace" },
    element("h4", { text: title }),
    evidence ? element("p", { class: "dateline-note", text: evidence }) : null,
    ...bounds.map(({ words, arithmetic }) =>
      element("p", {}, arithmetic ? element("b", { text: arithmetic }) : null, element("span", { text: words })),
    ),
  );
}
