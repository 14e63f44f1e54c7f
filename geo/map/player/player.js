/**
 * The time player: one steady map, drawn for any moment of a story.
 *
 * It receives the whole story once, draws it for the playhead's moment, and plays it. It depends on Leaflet alone, so
 * that the same player runs in the app and in a single HTML file. This file wires its parts.
 */

/** @import * as Payload from "./payload" */
/** @import { Chapter } from "./axis.js" */
/** @import { Colours } from "./colours.js" */
/** @import { Clock } from "./controls.js" */
/** @import { Told } from "./moment.js" */
/** @import { Entry } from "./record.js" */
import { TimeAxis } from "./axis.js";
import { Areas } from "./areas.js";
import { addWaters, basemapLayer } from "./basemap.js";
import { Card } from "./card.js";
import { Controls, FIRST_PACE, wordsAMinute } from "./controls.js";
import { DateBox } from "./date_box.js";
import { Dates } from "./dates.js";
import { element } from "./dom.js";
import { Edge } from "./edge.js";
import { Flag } from "./flag.js";
import { giveWay, wholeAddress, wholeLink } from "./gestures.js";
import { Graph } from "./graph.js";
import { Host } from "./host.js";
import { Keys } from "./keys.js";
import { LabelLayer } from "./labels.js";
import { Legend, signsOn } from "./legend.js";
import { HomeControl, ScaleControl } from "./map_controls.js";
import { MarkLayer } from "./mark_layer.js";
import { MarkList } from "./mark_list.js";
import { clicked, marksAt } from "./marks.js";
import { Moment } from "./moment.js";
import { Opening } from "./opening.js";
import { Overlays } from "./overlays.js";
import { Playback, lengthOf } from "./playback.js";
import { Hindsight, News, weightOf } from "./record.js";
import { Route } from "./route.js";
import { Selection } from "./selection.js";
import { Signs } from "./signs.js";
import { TimeStrip } from "./strip.js";
import { onSwipe } from "./swipe.js";
import { Train } from "./train.js";
import { ViewFitting } from "./view.js";

const SETTLE_MS = 250;
const CARD_MS = 80;

/** @typedef {Pick<Payload.Command, "number" | "seek"> & Partial<Payload.Command>} Order */

export class Player {
  #map;
  #scene;
  #colours;
  #axis;
  /** @type {{happened: Hindsight, news: News}} */
  #records;
  /** What is played: the record on a clock, and which events take part. @type {Told} */
  #told;
  /** What is shown. */
  #now;
  /** Ids of the events that take part; null: all. @type {Set<string> | null} */
  #shown = null;
  /** Whether one goes through every event, not from key moment to key moment. */
  #every = false;
  #pace = wordsAMinute(FIRST_PACE);
  /** The last command obeyed. @type {Order | null} */
  #obeyed = null;

  #host;
  #playback;
  #controls;
  #strip;
  #dateBox;
  #opening;
  #card;
  #legend;
  #route;
  #marks;
  #markList;
  #overlays;
  #areas;
  /** Land, waters and borders. @type {L.GeoJSON | null} */
  #base = null;
  #edge;
  #flag;
  #graph;
  #view;
  /** @type {LabelLayer | null} */
  #labels = null;
  #said = element("p", { class: "dateline-said", role: "status", "aria-live": "polite" });

  // What waits for its time: a frame to draw, the card to be told, the playhead to come to rest.
  #drawing = 0;
  #telling = 0;
  #settling = 0;

  /**
   * @param {L.Map} map
   * @param {Payload.Scene} scene
   * @param {Colours} colours
   */
  constructor(map, scene, colours) {
    const { words } = scene;
    const dates = new Dates(scene.language);
    const signs = new Signs(colours);
    const axis = new TimeAxis(scene.chapters);
    const trains = scene.trains.map((itinerary) => new Train(itinerary));
    const record = new Hindsight(scene, axis);
    this.#map = map;
    this.#scene = scene;
    this.#colours = colours;
    this.#axis = axis;
    this.#records = { happened: record, news: new News(scene, axis) };
    this.#told = {
      axis,
      trains,
      record,
      selection: new Selection(record.entries, null, false, record.heads),
      superseded: false,
    };
    this.#now = new Moment(this.#told, axis.start, null);

    this.#host = new Host(scene);
    this.#playback = new Playback(this.#tour(), this.#pace);
    this.#strip = new TimeStrip(axis, words, dates, colours, {
      seek: (time) => this.#jump(time),
      choose: (id) => this.choose(id),
      enter: (chapter) => this.#enter(chapter),
    });
    this.#dateBox = new DateBox(dates);
    this.#controls = new Controls(scene, dates, this.#dateBox, this.#strip, {
      step: (direction) => this.step(direction),
      toggle: () => this.#playback.toggle(),
      setPace: (pace) => this.#setPace(pace),
      setClock: (clock) => this.#setClock(clock),
      setEvery: (every) => this.#setEvery(every),
      introduce: () => this.#introduce(),
      setGraph: (isShown) => this.#setGraph(isShown),
      fullscreen: () => void this.#toggleFullscreen(),
    });
    this.#opening = new Opening(scene, { follow: () => this.#follow(), news: () => this.#openNews() }, this.#host);
    this.#legend = new Legend(scene, signs);
    this.#card = new Card(scene, dates, signs, colours, this.#host, (id) => this.choose(id));
    this.#graph = new Graph(scene, dates, words, { seek: (time) => this.#jump(time), choose: (id) => this.choose(id) });
    this.#graph.root.hidden = true;
    this.root = element(
      "main",
      { class: "dateline" },
      element("h1", { class: "dateline-unseen", text: scene.title }),
      this.#stage(),
      this.#opening.root,
      this.#card.root,
      this.#graph.root,
      this.#controls.root,
      this.#said,
    );
    document.body.append(this.root);
    map.invalidateSize({ animate: false });

    this.#route = new Route(map, scene.legs, trains, colours);
    this.#marks = new MarkLayer(signs, colours).addTo(map);
    this.#overlays = new Overlays(map);
    this.#view = new ViewFitting(map, this.#overlays, axis.chapters);
    this.#flag = new Flag(map, this.#marks, this.#overlays, this.#route);
    this.#areas = new Areas(map, scene.areas, colours);
    this.#edge = new Edge(map, this.#overlays, scene, (lat, lon) => this.#view.visit(lat, lon));
    this.#markList = new MarkList(map, this.#marks, words, (mark) => this.choose(clicked(mark, this.#now)));
    map.getContainer().after(this.#markList.root);
    new HomeControl(words.home, () => this.#view.home()).addTo(map);
    new ScaleControl(scene.language).addTo(map);
    if (this.#host.isEmbedded) this.#embed();
    this.#listen();
  }

  /** In somebody's article the article scrolls, and a link leads from the player alone to the whole app. */
  #embed() {
    const { words, language } = this.#scene;
    this.root.classList.add("is-embedded");
    giveWay(this.#map.getContainer(), words);
    if (!location.pathname.endsWith("/embed")) return;
    const nowhere = { event: null, time: null };
    const address = () =>
      wholeAddress(location.search, language, { ...this.#report(), ...(this.#opening.isShown && nowhere) });
    this.#controls.root.querySelector(".dateline-settings")?.append(wholeLink(words.open_whole, address));
  }

  /** The map, with what lies over it. */
  #stage() {
    const { words } = this.#scene;
    const container = this.#map.getContainer();
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", words.map);
    for (const [name, label] of [
      ["in", words.zoom_in],
      ["out", words.zoom_out],
    ]) {
      const zoom = container.querySelector(`.leaflet-control-zoom-${name}`);
      zoom?.setAttribute("title", label);
      zoom?.setAttribute("aria-label", label);
    }
    return element("section", { class: "dateline-stage", "aria-label": words.map }, container, this.#legend.root);
  }

  #listen() {
    const axis = this.#axis;
    const keys = new Keys(this.#strip.slider, this.#card.root, {
      previous: () => this.step(-1),
      next: () => this.step(1),
      toggle: () => this.#playback.toggle(),
      home: () => this.#view.home(),
      back: () => this.#jump(axis.stepped(this.#now.time, -1)),
      forward: () => this.#jump(axis.stepped(this.#now.time, 1)),
      start: () => this.#jump(axis.start),
      end: () => this.#jump(axis.end),
    });
    this.#host.listen((event) => keys.handle(event));
    for (const panel of [this.#card.root, this.#opening.root]) onSwipe(panel, (direction) => this.step(direction));
    const container = this.#map.getContainer();
    this.#map.on("click", ({ containerPoint }) => {
      const mark = this.#marks.hit(containerPoint);
      if (mark) this.choose(clicked(mark, this.#now));
    });
    this.#map.on("mousemove", ({ containerPoint }) => {
      container.style.cursor = this.#marks.hit(containerPoint) ? "pointer" : "";
    });
    new ResizeObserver(() => {
      this.#view.resize(this.#now.chapter, this.#now.event);
      this.#strip.resize(this.#now);
    }).observe(container);
  }

  /**
   * Draw land, water, borders and names under the story.
   * @param {Payload.BasemapLayer[]} layers
   */
  drawBasemap(layers) {
    this.#base = basemapLayer(layers, this.#colours).addTo(this.#map);
    this.#map.attributionControl.setPrefix(false);
    this.#map.attributionControl.addAttribution(element("span", { text: this.#scene.attribution }).innerHTML);
    const taken = { marks: this.#marks, flag: this.#flag, overlays: this.#overlays, route: this.#route };
    this.#labels = new LabelLayer(this.#scene.labels, this.#colours, taken).addTo(this.#map);
    this.#labels.show(this.#now);
  }

  /**
   * Take in what came after the map: what the card holds folded, shapes of countries, lakes and rivers.
   * @param {Payload.Details} details
   */
  inform({ claims, facts, disagreements, figures, areas, waters }) {
    const scene = this.#scene;
    for (const event of scene.events) Object.assign(event, facts[event.id], { claims: claims[event.id] });
    Object.assign(scene, { disagreements, figures });
    this.#areas.inform(areas);
    if (this.#base) addWaters(this.#base, waters);
    this.#records.news.inform();
    this.#card.inform();
    this.#now = new Moment(this.#told, this.#now.time, this.#now.chosen);
    this.#tellCard();
  }

  // -- what is shown --------------------------------------------------------------------------------------------------

  /**
   * Carry out a command. The first one sets the scene; later ones move the playhead only if they say so.
   * @param {Order} command
   */
  obey(command) {
    const before = this.#obeyed;
    // The server lost this reader, or was replaced, or comes only now; the reader did not lose the place.
    const isReconnected = before?.session !== undefined && command.session !== before.session;
    if (command.number === before?.number && !isReconnected) return;
    this.#obeyed = command;
    // Whoever plays or looks around does not notice that the server has come.
    if (!isReconnected || !asksForTheSame(command, before)) this.#carryOut(command, !before, isReconnected);
    this.#settle();
  }

  /**
   * @param {Order} command
   * @param {boolean} isFirst
   * @param {boolean} isReconnected
   */
  #carryOut(command, isFirst, isReconnected) {
    this.#shown = command.show ? new Set(command.show) : null;
    if (!isReconnected) this.#every = Boolean(command.every);
    this.#tell(isReconnected ? this.#told.record.clock : clockOf(command), Boolean(command.superseded));
    if (isFirst || (command.seek && !isReconnected)) this.#go(command);
    else this.#stay();
  }

  /** Show the same moment anew, with what takes part now; the whole story stays introduced. */
  #stay() {
    if (this.#opening.isShown && !this.#shown) return this.#introduce();
    this.#begin();
    return this.#moveTo(this.#now.time);
  }

  /** @param {Order} command */
  #go({ event, time }) {
    if (time && Number.isFinite(Date.parse(time))) {
      this.seek(time);
      return;
    }
    if (event && !time && this.#told.record.entry(event)) {
      this.choose(event);
      if (this.#host.isIdle) this.#card.focus();
      return;
    }
    const [first] = this.#told.selection.path;
    if (!this.#shown) this.#introduce();
    else if (first) this.choose(first.id);
    else this.seek(this.#axis.start);
  }

  /** Introduce the story: nothing is chosen, the whole of it is on the map, and the playhead is where it begins. */
  #introduce() {
    this.pause();
    this.#show(this.#firstStop()?.at ?? this.#axis.start, null);
    const stops = this.#told.selection.path.map(stopAt(this.#told));
    this.#opening.show(Math.max(1, Math.round(lengthOf(stops, this.#pace) / 60e3)));
    this.#card.root.hidden = true;
    this.#flush();
    this.#view.home();
  }

  /** Where one begins to follow the story; null where nothing takes part. */
  #firstStop() {
    const { path } = this.#told.selection;
    return path.find(({ id }) => id === this.#scene.opening) ?? path[0] ?? null;
  }

  /** The introduction is read. */
  #begin() {
    if (!this.#opening.isShown) return;
    this.#opening.hide();
    this.#card.root.hidden = false;
  }

  #follow() {
    this.#begin();
    const first = this.#firstStop();
    if (first) this.choose(first.id);
    this.play();
    this.#controls.focusPlay();
  }

  /** What was known: the clock of the news, at the first day on which anything was. */
  #openNews() {
    this.#begin();
    this.#tell("news", this.#told.superseded);
    const [first] = this.#told.selection.path;
    if (first) this.choose(first.id);
    this.#controls.focusClock();
  }

  /**
   * Tell the story on a clock; what was chosen stays chosen.
   * @param {Clock} clock
   * @param {boolean} superseded
   */
  #tell(clock, superseded) {
    const record = this.#records[clock];
    const selection = new Selection(record.entries, this.#shown, this.#every, record.heads);
    this.#told = { ...this.#told, record, selection, superseded };
    this.#now = new Moment(this.#told, this.#now.time, record.entry(this.#now.chosen?.id));
    this.#controls.showClock(clock);
    this.#controls.showEvery(this.#every);
    this.#strip.draw(this.#now);
  }

  /** @param {boolean} every whether one goes through every event */
  #setEvery(every) {
    this.#every = every;
    this.pause();
    this.#tell(this.#told.record.clock, this.#told.superseded);
    this.#settle();
  }

  /** @param {number} pace words a minute */
  #setPace(pace) {
    this.#pace = pace;
    this.#playback.setPace(pace);
  }

  /**
   * The reader changed the clock: the chosen event stays chosen, at its place on the new clock.
   * @param {Clock} clock
   */
  #setClock(clock) {
    this.pause();
    this.#begin();
    this.#tell(clock, this.#told.superseded);
    if (this.#now.chosen) this.choose(this.#now.chosen.id);
    else this.#moveTo(this.#now.time);
    this.#settle();
  }

  // -- moving in time -------------------------------------------------------------------------------------------------

  /**
   * Move the playhead; moments outside go to the nearest edge, what is no moment moves nothing.
   * @param {string | number} moment ISO 8601 or milliseconds
   */
  seek(moment) {
    const time = typeof moment === "number" ? moment : Date.parse(moment);
    if (!Number.isFinite(time)) return;
    this.#begin();
    this.#moveTo(time);
    this.#settle();
  }

  /**
   * Choose an event: the playhead goes to its moment, the card and the map show it.
   * @param {string} id
   */
  choose(id) {
    const entry = this.#told.record.entry(id);
    if (!entry) return;
    this.pause();
    this.#arrive(entry);
    this.#settle();
  }

  /** @param {Entry} entry */
  #arrive(entry) {
    this.#begin();
    this.#show(entry.at, entry);
    this.#flush();
    this.#view.focus(this.#now.chapter, this.#now.event);
  }

  /** @param {1 | -1} direction */
  step(direction) {
    const { selection, chosen } = this.#now;
    const next = direction > 0 ? selection.after(chosen) : selection.before(chosen);
    if (next) this.choose(next.id);
  }

  play() {
    this.#playback.play();
  }

  /** What is played. */
  #tour() {
    const after = () => this.#told.selection.after(this.#now.chosen);
    /** @param {Entry | null} entry */
    const stop = (entry) => entry && stopAt(this.#told)(entry);
    return {
      time: () => this.#now.time,
      here: () => (this.#now.isOnChosen ? stop(this.#now.chosen) : null),
      next: () => stop(after()),
      rewind: () => {
        const [first] = this.#told.selection.path;
        if (first) this.#arrive(first);
      },
      moveTo: (/** @type {number} */ time) => this.#show(this.#axis.clamp(time), this.#now.chosen),
      arrive: () => {
        const next = after();
        if (next) this.#arrive(next);
      },
      skip: (/** @type {number} */ duration) => this.#controls.showSkipped(duration),
      changed: (/** @type {boolean} */ isPlaying) => this.#playingChanged(isPlaying),
    };
  }

  pause() {
    this.#playback.pause();
  }

  /** @param {boolean} isPlaying */
  #playingChanged(isPlaying) {
    this.#controls.showPlaying(isPlaying);
    if (isPlaying) this.#begin();
    else this.#settle();
  }

  /** @param {number} time */
  #jump(time) {
    this.pause();
    this.seek(time);
  }

  /**
   * The playhead goes to a moment; the card follows to the weightiest of the latest events.
   * @param {number} time
   */
  #moveTo(time) {
    const { record, selection } = this.#told;
    const { chapter, chosen } = this.#now;
    const inside = this.#axis.clamp(time);
    const latest = selection.latest(this.#axis.notch(inside));
    /** @param {Entry} entry */
    const weight = (entry) => weightOf(record.told(entry, inside));
    /** @type {Entry | null} */
    let weightiest = null;
    for (const entry of latest) if (!weightiest || weight(entry) > weight(weightiest)) weightiest = entry;
    this.#show(inside, chosen && latest.includes(chosen) ? chosen : weightiest);
    this.#view.follow(this.#now.chapter, this.#now.chapter !== chapter);
  }

  /**
   * To the first key moment of a chapter, else to its first event, one that happened if there is one, or to its start.
   * @param {Chapter} chapter
   */
  #enter(chapter) {
    const inside = this.#told.selection.sequence.filter(({ event }) => event.chapter === chapter.id);
    const key = inside.find(({ event }) => event.key !== null);
    const first = key || inside.find(({ event }) => event.trip === chapter.trip && weightOf(event) > 100) || inside[0];
    this.#view.release();
    if (first) this.choose(first.id);
    else this.#jump(chapter.start);
  }

  // -- drawing --------------------------------------------------------------------------------------------------------

  /**
   * Show a moment: the controls at once, the rest once a frame, the card when there is time to read.
   * @param {number} time
   * @param {Entry | null} chosen
   */
  #show(time, chosen) {
    this.#now = new Moment(this.#told, time, chosen);
    this.#view.enter(this.#now.chapter);
    this.#strip.show(this.#now, this.#dateBox.show(this.#now));
    this.#controls.showTrain(this.#now);
    this.#drawing ||= requestAnimationFrame(() => this.#draw());
    this.#telling ||= window.setTimeout(() => this.#tellCard(), this.#playback.isPlaying ? CARD_MS : 0);
  }

  /** Draw at once what waits: one choice is not a stream of them. */
  #flush() {
    cancelAnimationFrame(this.#drawing);
    clearTimeout(this.#telling);
    this.#draw();
    this.#tellCard();
  }

  #draw() {
    this.#drawing = 0;
    this.#marks.show(marksAt(this.#now));
    this.#markList.show();
    this.#route.show(this.#now);
    this.#labels?.show(this.#now);
  }

  #tellCard() {
    this.#telling = 0;
    const { words } = this.#scene;
    this.#controls.showEnds(this.#now.selection, this.#now.chosen);
    const leg = this.#route.legOfTrain(this.#now);
    this.#card.show(this.#now, leg ? [words[`leg_${leg.evidence}`], leg.note] : []);
    this.#flag.show(this.#now.event);
    this.#areas.show(this.#now.event);
    this.#edge.show(this.#now.event);
    const lines = this.#route.legsAt(this.#now).map(({ evidence }) => evidence);
    const others = { ahead: this.#route.ahead(this.#now).length > 0, vague: Boolean(this.#now.event?.is_area) };
    this.#legend.show(signsOn(this.#marks.marks, lines, this.#now.position !== null, others));
    if (!this.#graph.root.hidden) this.#graph.show(this.#now);
  }

  /** @param {boolean} isShown whether the journey is shown as a graph, too */
  #setGraph(isShown) {
    this.#graph.root.hidden = !isShown;
    this.root.classList.toggle("has-graph", isShown);
    if (isShown) this.#graph.show(this.#now);
  }

  async #toggleFullscreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.root.requestFullscreen?.();
  }

  // -- reports --------------------------------------------------------------------------------------------------------

  /** The playhead has come to rest: tell the screen reader and, if there is one, the server. */
  #settle() {
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => {
      if (this.#playback.isPlaying || this.#opening.isShown) return;
      this.#said.textContent = this.#spoken();
      this.#host.report(this.#report());
    }, SETTLE_MS);
  }

  /** @returns {Payload.Report} */
  #report() {
    const { chosen, isOnChosen, time, record } = this.#now;
    return {
      event: chosen && chosen.id,
      // Where the playhead stands on the event itself, the event says it all.
      time: isOnChosen ? null : `${new Date(time).toISOString().slice(0, 19)}Z`,
      command: this.#obeyed ? this.#obeyed.number : 0,
      clock: record.clock === "news" ? "news" : null,
      every: this.#every,
    };
  }

  #spoken() {
    const { event } = this.#now;
    if (!event) return this.#dateBox.date;
    return [event.short_when, event.place_name, event.title, event.claims_heading].filter(Boolean).join(". ");
  }

  /** What is shown: for tests, for other scripts, and for whoever asks in the console. */
  state() {
    const now = this.#now;
    const { train, position } = now;
    const { sequence } = now.selection;
    const drawn = sequence.filter((entry) => now.isDrawn(entry));
    return {
      time: new Date(now.time).toISOString(),
      playing: this.#playback.isPlaying,
      clock: now.record.clock,
      introduced: this.#opening.isShown,
      every: this.#every,
      chosen: now.chosen && now.chosen.id,
      train:
        train && position
          ? {
              lat: train.pointAt(position.km)[0],
              lon: train.pointAt(position.km)[1],
              from: train.pointAt(position.fromKm),
              to: train.pointAt(position.toKm),
            }
          : null,
      visible: sequence
        .filter((entry) => now.isDrawn(entry) || entry === now.chosen)
        .filter((entry) => now.told(entry).lat !== null)
        .map(({ id }) => id),
      statuses: Object.fromEntries(drawn.map((entry) => [entry.id, now.told(entry).status])),
      legs: this.#route.legsAt(now).map(({ id }) => id),
      current: sequence
        .filter((entry) => entry.from <= now.time && now.time < now.record.until(now.told(entry)))
        .map(({ id }) => id),
    };
  }
}

/**
 * Whether two orders let the same events take part.
 * @param {Order} one
 * @param {Order} other
 */
function asksForTheSame(one, other) {
  const isShown = Boolean(one.superseded) === Boolean(other.superseded);
  return isShown && JSON.stringify(one.show ?? null) === JSON.stringify(other.show ?? null);
}

/**
 * @param {Order} command
 * @returns {Clock}
 */
function clockOf({ clock }) {
  return clock === "news" ? "news" : "happened";
}

/**
 * A moment that playing halts at: where it is, and how much there is to read.
 * @param {Told} told
 */
function stopAt({ record }) {
  /** @param {Entry} entry */
  return (entry) => {
    const { title, summary } = record.told(entry, entry.at);
    return { at: entry.at, words: `${title} ${summary}`.split(/\s+/u).length };
  };
}
