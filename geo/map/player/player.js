/**
 * The time player: one steady map, drawn for any moment of a story.
 *
 * It receives the whole story once, draws it for the playhead's moment, and plays it. It depends on Leaflet alone, so
 * that the same player runs in the app and in a single HTML file. Where Streamlit is around, it is told when the
 * playhead comes to rest, and it may send commands through `Dateline.command`.
 */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});
  const { element, fill } = Dateline;

  const SLIDER_STEPS = 6000;
  const AXIS_SECONDS = 90;
  const SETTLE_MS = 250;
  const CARD_MS = 80;
  const STILL_PAUSE_MS = 2500;
  // After a stall (a hidden tab, a busy machine) playing goes on from where it was, without a jump.
  const LONGEST_FRAME_MS = 100;
  const SPEEDS = [0.5, 1, 2, 4];
  const DASHES = { stated: null, inferred: "9 6", planned: "1 8" };
  // Half the width of an event's flag, and its height with its pointer.
  const FLAG_HALF_PX = 130;
  const FLAG_HEIGHT_PX = 70;
  const LAND = "#f7f5f0";
  const FAR_FUTURE = 8.64e15;
  // The news clock counts in days; an event stands at noon of the day it was first told of.
  const NOON_MS = 12 * 3600e3;
  // Of several events at one moment the card shows the weightiest first.
  const WEIGHTY_KINDS = ["summit", "travel", "ceremony", "visit", "display"];

  /** Fetch what is given as an address, or take it as it is (as in a single HTML file). */
  async function resolve(given) {
    if (typeof given !== "string") return given;
    const answer = await fetch(given);
    if (!answer.ok) throw new Error(`${given}: ${answer.status}`);
    return answer.json();
  }

  let player = null;
  let waiting = null;

  /** A command from Python: {number, seek, event, time, show, superseded, clock, session}. Kept until the player can. */
  Dateline.command = (command) => {
    if (player) player.obey(command);
    else waiting = command;
  };

  /** Start the player on a Leaflet map. `story` and `basemap` are what Python told, or addresses of JSON files. */
  Dateline.start = async (map, { story, basemap }) => {
    const [scene, land] = await Promise.all([resolve(story), resolve(basemap)]);
    player = new Dateline.TimePlayer(map, scene);
    player.obey(waiting || { number: 0, seek: true });
    // Now that the map shows what it is to show: what lies on it already is projected anew with every move.
    player.drawBasemap(land);
    window.dateline = {
      seek: (moment) => player.seek(moment),
      play: () => player.play(),
      pause: () => player.pause(),
      choose: (id) => player.choose(id),
      state: () => player.state(),
    };
    document.documentElement.dataset.dateline = "ready";
    document.querySelector(".dateline-failure")?.remove();
    return player;
  };

  const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  Dateline.TimePlayer = class TimePlayer {
    constructor(map, scene) {
      this.map = map;
      this.scene = scene;
      this.words = scene.words;
      this.axis = new Dateline.TimeAxis(scene.chapters);
      this.clock = new Dateline.Clock(scene.language);
      this.trains = scene.trains.map((itinerary) => new Dateline.Train(itinerary));
      this.events = scene.events.map((event, rank) => ({ ...event, rank }));
      this.byId = new Map(this.events.map((event) => [event.id, event]));
      for (const event of this.events) {
        event.until = event.end ?? this._overtaken(event);
        event.happens = event.anchor;
      }
      this.news = false;
      this._tellings = new Map();
      this.editionStarts = scene.editions.map((edition) => edition.from);
      this.time = this.axis.start;
      this.chosen = null;
      this.playing = false;
      this.speed = 1;
      this.shown = null;
      this.superseded = false;
      this._build();
      this._drawLegs();
      this._setClock(false);
      this._listen();
    }

    /** When something without an end was overtaken: by what came of it, or by the version that replaced it. */
    _overtaken(event) {
      const next = [...event.fulfilled_by, event.replaced_by].map((id) => this.byId.get(id)).filter(Boolean);
      const times = next.map((other) => other.start).filter((start) => start > event.start);
      return times.length ? Math.min(...times) : FAR_FUTURE;
    }

    /**
     * Choose the clock: what happened (an event stands at its own time), or the news as it came in (an event stands
     * at the day when an article first told of it, and is what was known of it by the playhead).
     */
    _setClock(news) {
      this.news = news;
      for (const event of this.events) {
        event.anchor = news ? event.known + NOON_MS : event.happens;
        event.from = news ? event.known : event.start;
        event.slice = this._slice(this.axis.clamp(event.anchor));
      }
      this.events.sort((a, b) => a.anchor - b.anchor || a.rank - b.rank);
      this.events.forEach((event, place) => { event.place = place; });
      for (const [name, input] of Object.entries(this._clocks)) input.checked = (name === "news") === news;
      this._filter();
    }

    /** What readers of the playhead's day knew: an edition, or null on the other clock or before the first one. */
    get edition() {
      if (!this.news) return null;
      return this.scene.editions[Dateline.lastAtMost(this.editionStarts, this.time)] || null;
    }

    /** An event as it is told at the playhead. */
    _told(event) {
      const { edition } = this;
      if (!event || !edition) return event;
      // An edition tells an event once for all; drawing asks for it at every frame.
      if (!this._tellings.has(edition)) this._tellings.set(edition, new Map());
      const tellings = this._tellings.get(edition);
      if (!tellings.has(event.id)) tellings.set(event.id, this._retold(event, edition.events[event.id]));
      return tellings.get(event.id);
    }

    /** An event with what an edition told otherwise; as it is if the edition does not know it. */
    _retold(event, otherwise) {
      if (!otherwise) return event;
      const told = { ...event, ...otherwise, claims: event.claims.slice(0, otherwise.claims) };
      const isAllKnown = told.claims.length === event.claims.length && told.status === event.status;
      if (isAllKnown) return told;
      // Our summary and notes were written with all articles at hand; readers of the day had only the words of some.
      return { ...told, summary: "", claims: told.claims.map((claim) => ({ ...claim, note: "" })) };
    }

    /** The slider's own step that a moment falls on. */
    _slice(moment) {
      return Math.round(this.axis.position(moment) * SLIDER_STEPS);
    }

    // -- what is shown ------------------------------------------------------------------------------------------

    /** Carry out a command. The first one sets the scene; later ones move the playhead only if they say so. */
    obey(command) {
      const first = this._obeyed === undefined;
      // The server lost this reader, or was replaced; the reader did not lose the place.
      const reconnected = this._session !== undefined && command.session !== this._session;
      if (command.number === this._obeyed && !reconnected) return;
      this._obeyed = command.number;
      this._session = command.session;
      this.shown = command.show ? new Set(command.show) : null;
      this.superseded = Boolean(command.superseded);
      this._setClock(reconnected ? this.news : command.clock === "news");
      if (first || (command.seek && !reconnected)) this._go(command);
      else this._moveTo(this.time);
      this._settle();
    }

    _go({ event, time }) {
      if (event && this.byId.has(event) && !time) return this.choose(event);
      if (time && Number.isFinite(Date.parse(time))) return this.seek(time);
      const opening = this.sequence.find((candidate) => candidate.id === this.scene.opening) || this.sequence[0];
      return opening ? this.choose(opening.id) : this.seek(this.axis.start);
    }

    /** Which events take part, in time order, and which of them share a step of the slider. */
    _filter() {
      this.sequence = this.events.filter((event) => !this.shown || this.shown.has(event.id));
      this.slices = new Map();
      for (const event of this.sequence) {
        if (!this.slices.has(event.slice)) this.slices.set(event.slice, []);
        this.slices.get(event.slice).push(event);
      }
      this.sliceNumbers = [...this.slices.keys()].sort((a, b) => a - b);
      this.places = this._byPlace(this.sequence.filter((event) => event.lat !== null));
      this._drawTicks();
    }

    /** Located events by place, each list in the order in which its events begin. */
    _byPlace(located) {
      const places = new Map();
      for (const event of located) {
        const key = `${event.lat},${event.lon}`;
        if (!places.has(key)) places.set(key, { events: [], mark: { lat: event.lat, lon: event.lon } });
        places.get(key).events.push(event);
      }
      for (const place of places.values()) place.events.sort((a, b) => a.from - b.from || a.rank - b.rank);
      return places;
    }

    _isDrawn(event) {
      return event.from <= this.time && (this.news || event.status !== "superseded" || this.superseded);
    }

    /**
     * Set the mark of a place for the playhead; false if nothing has begun there.
     *
     * It bears the sign of the chosen event, else of the latest one that happened, this chapter's before others';
     * a plan that is still open shows as a ring around it.
     */
    _setMark({ events, mark }) {
      const trip = this.chapter.trip;
      let told = null;
      let summit = false;
      let open = false;
      for (const listed of events) {
        if (listed.from > this.time) break;
        if (!this._isDrawn(listed)) continue;
        const event = this.news ? this._told(listed) : listed;
        if (event.lat === null) continue;
        if (!told || rankOf(event, trip) >= rankOf(told, trip)) told = event;
        summit ||= event.summit && event.trip === trip;
        open ||= isPlan(event) && event.trip === trip && event.until > this.time;
      }
      const chosen = this.chosen && events.includes(this.chosen) ? this._told(this.chosen) : null;
      const event = chosen && chosen.lat !== null ? chosen : told;
      if (!event) return false;
      mark.id = event.id;
      mark.status = event.status;
      mark.summit = summit || event.summit;
      mark.pending = open && !isPlan(event);
      mark.chosen = chosen !== null;
      mark.faint = !chosen && event.trip !== trip;
      mark.radiusKm = event.radius_km;
      return true;
    }

    // -- moving in time -----------------------------------------------------------------------------------------

    /** Move the playhead to a moment (ISO 8601 text or milliseconds); moments outside go to the nearest edge. */
    seek(moment) {
      const time = typeof moment === "number" ? moment : Date.parse(moment);
      if (!Number.isFinite(time)) return;
      this._moveTo(time);
      this._settle();
    }

    /** Choose an event: the playhead goes to its moment, the card and the map show it. */
    choose(id) {
      const event = this.byId.get(id);
      if (!event) return;
      this.pause();
      this.time = this.axis.clamp(event.anchor);
      this.chosen = event;
      this._refresh();
      this._flush();
      this._frame(true);
      this._settle();
    }

    step(direction) {
      const place = this.chosen ? this.chosen.place : -1;
      const next = direction > 0
        ? this.sequence.find((event) => event.place > place)
        : this.sequence.findLast((event) => event.place < place);
      if (next) this.choose(next.id);
    }

    play() {
      if (this.playing) return;
      if (this.time >= this.axis.end) this._moveTo(this.axis.start);
      this.playing = true;
      this._showPlaying();
      if (isStill()) this._pace = setInterval(() => this._playStill(), STILL_PAUSE_MS / this.speed);
      else this._ticking = requestAnimationFrame((now) => this._play(now, now));
    }

    pause() {
      if (!this.playing) return;
      this.playing = false;
      cancelAnimationFrame(this._ticking);
      clearInterval(this._pace);
      this._showPlaying();
      this._settle();
    }

    _play(now, before) {
      if (!this.playing) return;
      const elapsed = Math.min(now - before, LONGEST_FRAME_MS) / 1000;
      const position = this.axis.position(this.time) + (elapsed / AXIS_SECONDS) * this.speed;
      this._moveTo(position >= 1 ? this.axis.end : Math.max(this.time, this.axis.moment(position)));
      if (position >= 1) this.pause();
      else this._ticking = requestAnimationFrame((next) => this._play(next, now));
    }

    /** Without motion: from event to event, with time to read. */
    _playStill() {
      const place = this.chosen ? this.chosen.place : -1;
      const next = this.sequence.find((event) => event.place > place);
      if (!next) return this.pause();
      this.time = this.axis.clamp(next.anchor);
      this.chosen = next;
      return this._refresh();
    }

    /** The playhead goes to a moment; the card follows to the weightiest of the latest events. */
    _moveTo(time) {
      const before = this.chapter;
      this.time = this.axis.clamp(time);
      if (this.chapter !== before) this._framed = null;
      const index = Dateline.lastAtMost(this.sliceNumbers, this._slice(this.time));
      const latest = index < 0 ? [] : this.slices.get(this.sliceNumbers[index]);
      if (!latest.includes(this.chosen)) {
        const weight = (event) => weightOf(this._told(event));
        this.chosen = latest.reduce((best, event) => (best && weight(best) >= weight(event) ? best : event), null);
      }
      this._refresh();
      if (this._framed !== this.chapter.id && !this._touched) this._frameChapter();
    }

    // -- drawing ------------------------------------------------------------------------------------------------

    get chapter() {
      return this.axis.chapterAt(this.time);
    }

    /** Draw for the playhead: the controls at once, the rest once a frame, the card when there is time to read. */
    _refresh() {
      const chapter = this.chapter;
      if (chapter !== this._lastChapter) this._touched = false;
      this._lastChapter = chapter;
      this._place = this._placeTrain();
      this._refreshMoment();
      if (!this._drawing) this._drawing = requestAnimationFrame(() => this._draw());
      if (!this._telling) this._telling = setTimeout(() => this._tell(), this.playing ? CARD_MS : 0);
    }

    /** Draw at once what waits: one choice is not a stream of them. */
    _flush() {
      cancelAnimationFrame(this._drawing);
      clearTimeout(this._telling);
      this._draw();
      this._tell();
    }

    _draw() {
      this._drawing = 0;
      this._refreshMarks();
      for (const leg of this._legs) this._refreshLeg(leg);
      this._refreshBand();
    }

    _tell() {
      this._telling = 0;
      this._refreshCard();
      this._refreshFlag();
      const lines = this._legs.filter((leg) => this._isBegun(leg)).map((leg) => leg.evidence);
      this.legend.show(this._onMap || [], lines, this._place !== null);
      for (const [index, button] of this._chapterButtons.entries()) {
        button.setAttribute("aria-current", String(this.axis.chapters[index] === this.chapter));
      }
    }

    _refreshMarks() {
      const layers = [[], [], []];
      for (const place of this.places.values()) {
        if (!this._setMark(place)) continue;
        layers[place.mark.chosen ? 2 : Number(place.mark.summit)].push(place.mark);
      }
      // An event that the filters leave out is still shown while it is chosen.
      const { chosen } = this;
      if (chosen && chosen.lat !== null && !layers[2].length) {
        const alone = { events: [chosen], mark: { lat: chosen.lat, lon: chosen.lon } };
        this._setMark(alone);
        layers[2].push(alone.mark);
      }
      this._onMap = layers.flat();
      this._marks.show(this._onMap);
    }

    /** The train of this chapter; on the clock of the news there is none, for no article follows it by the hour. */
    get train() {
      if (this.news) return null;
      return this.trains.find((train) => train.trip === this.chapter.trip) || null;
    }

    /** {train, km, fromKm, toKm} at the playhead, or null where no article places a train. */
    _placeTrain() {
      const { train } = this;
      const found = train ? train.at(this.time) : null;
      return found ? { train, ...found } : null;
    }

    /** Whether a leg is drawn: begun, or on the clock of the news, known of. */
    _isBegun(leg) {
      if (this.news) return this.edition !== null && this.edition.legs.includes(leg.id);
      return leg.start <= this.time && !leg.only_then;
    }

    /** A leg: strong as far as it has been travelled, thin ahead, faint in another chapter. */
    _refreshLeg(leg) {
      const begun = this._isBegun(leg);
      const present = leg.trip === this.chapter.trip;
      const place = this._place && this._place.train === leg.train ? this._place : null;
      const reached = place ? Math.min(place.km, leg.to_km) : leg.to_km;
      const travelled = leg.done !== null && begun && present && reached > leg.from_km;
      const ahead = begun && !(travelled && reached === leg.to_km);
      setOpacity(leg.whole, ahead ? (present ? 0.55 : 0.3) : 0);
      if (!leg.done) return;
      setOpacity(leg.casing, Number(travelled));
      setOpacity(leg.done, Number(travelled));
      if (!travelled || reached === leg.drawnTo) return;
      leg.drawnTo = reached;
      const line = leg.train.line(leg.from_km, reached);
      leg.casing.setLatLngs(line);
      leg.done.setLatLngs(line);
    }

    _refreshBand() {
      const place = this._place;
      this._engine.getElement()?.style.setProperty("opacity", Number(place !== null));
      setOpacity(this._band, place ? 0.35 : 0);
      if (!place) return;
      this._engine.setLatLng(place.train.pointAt(place.km));
      this._band.setLatLngs(place.train.line(place.fromKm, place.toKm));
    }

    _refreshMoment() {
      const { zone, name } = this._zone();
      const read = this.clock.read(this.time, zone, this.chapter.step);
      this._date.textContent = read.date;
      // On an event itself the hour is told as its sources tell it: a day is not noon.
      const told = this.news && read.time ? "" : this._isOnChosen() && read.time ? this.chosen.hour_text : null;
      this._time.textContent = told ?? read.time;
      this._offset.textContent = read.time && told !== "" ? [name, read.offset].filter(Boolean).join(" · ") : "";
      this._chapterName.textContent = this.chapter.title;
      this._where.textContent = this.edition ? this.edition.title : this._trainText();
      this._slider.value = this._slice(this.time);
      const moment = [read.date, told ?? read.time, read.time && name].filter(Boolean).join(", ");
      this._slider.setAttribute("aria-valuetext", this.chosen ? `${moment}. ${this.chosen.title}.` : `${moment}.`);
      this._refreshBlock();
    }

    /**
     * Zone and name of the place whose clock is shown: the train's last stop, else the chosen event's place where
     * it keeps the chapter's time. So the clock only ever goes forward with the playhead, but for the train's own zones.
     */
    _zone() {
      // Days of publication have no place; they are counted in UTC.
      if (this.news) return { zone: "UTC", name: null };
      if (this._place) return this._place.train.between(this._place.km, this._place.km)[0];
      const { chosen, chapter } = this;
      const isHere = chosen && chosen.place_name && !chosen.radius_km && chosen.zone === chapter.zone;
      return { zone: chapter.zone, name: isHere ? chosen.place_name : null };
    }

    _trainText() {
      const { train } = this;
      if (!train) return "";
      if (!this._place) return this.time >= train.until ? this.words.train_unknown : "";
      const { fromKm, toKm } = this._place;
      const [behind, ahead] = train.between(fromKm, toKm);
      if (behind === ahead) return fill(this.words.train_at, { place: behind.name });
      return fill(this.words.train_between, {
        from: behind.name,
        to: ahead.name,
        least: this.clock.number(fromKm),
        most: this.clock.number(toKm),
        origin: train.stops[0].name,
      });
    }

    /** The chosen event as a block on the time bar: as wide as its date is vague. */
    _refreshBlock() {
      const event = this._told(this.chosen);
      const key = event ? `${event.id} ${this.news} ${event.start}` : null;
      this._block.hidden = !event;
      if (!event || key === this._blocked) return;
      this._blocked = key;
      const from = this.axis.position(this.axis.clamp(event.start));
      const to = this.axis.position(this.axis.clamp(Math.min(event.until, this.axis.end)));
      this._block.style.left = `${from * 100}%`;
      this._block.style.width = `max(${(to - from) * 100}%, 4px)`;
      this._block.classList.toggle("is-open", event.until === FAR_FUTURE);
    }

    _refreshCard() {
      const event = this._told(this.chosen);
      const { train } = this;
      const leg = train ? this._legs.findLast((found) => found.trip === train.trip && found.start <= this.time) : null;
      this.card.empty = !this.sequence.length;
      this.card.unpublished = this.news && !this.edition;
      this.card.show(event, {
        sameTime: this._listed(event ? (this.slices.get(event.slice) || []) : [])
          .sort((one, other) => weightOf(other) - weightOf(one)),
        here: this._listed(this._here(this.chosen)),
        edition: this.edition ? this.edition.title : null,
        disagreements: event ? this._disagreements(event) : [],
        line: leg ? [this.words[`leg_${leg.evidence}`], leg.note] : [],
      });
    }

    /** Other events than the chosen one, as they are told now. */
    _listed(events) {
      return events.filter((other) => other !== this.chosen).map((other) => this._told(other));
    }

    /** The questions that bear on an event, each with the versions published by now. */
    _disagreements(event) {
      const isOut = (version) => !this.news || version.known <= this.time;
      return this.scene.disagreements
        .filter((found) => found.events.includes(event.id))
        .map((found) => {
          const out = found.versions.filter(isOut);
          const isSettled = out.length === found.versions.length;
          return { ...found, versions: isSettled ? out : out.map((version) => ({ ...version, drawn: false, why: "" })) };
        })
        .filter((found) => found.versions.length > 1);
    }

    /** What else has begun at an event's place on the same trip. */
    _here(event) {
      const place = event && event.lat !== null ? this.places.get(`${event.lat},${event.lon}`) : null;
      if (!place) return [];
      return place.events.filter((other) => other !== event && other.slice !== event.slice
        && other.trip === event.trip && this._isDrawn(other));
    }

    /** The title of the chosen event, at its place. */
    _refreshFlag() {
      const event = this._told(this.chosen);
      if (!event || event.lat === null) return void this._flag.remove();
      this._flag.setLatLng([event.lat, event.lon]);
      this._flagText.textContent = event.title;
      if (!this.map.hasLayer(this._flag)) this._flag.addTo(this.map);
    }

    // -- the map ------------------------------------------------------------------------------------------------

    /** Draw land, water, borders and names under the story. `basemap` is as `geo/map/basemap.py` packed it. */
    drawBasemap(basemap) {
      const looks = {
        land: { stroke: false, fill: true, fillColor: LAND, fillOpacity: 1 },
        lake: { stroke: false, fill: true, fillColor: "#dde7ec", fillOpacity: 1 },
        border: { color: "#b5a995", weight: 1.2, dashArray: "6 3" },
        river: { color: "#bdd0da", weight: 1 },
      };
      L.geoJSON(Dateline.basemapFeatures(basemap), {
        renderer: L.canvas({ padding: 0.6, pane: "tilePane" }),
        interactive: false,
        style: (feature) => ({ fill: false, ...looks[feature.properties.layer] }),
      }).addTo(this.map);
      this.map.attributionControl.setPrefix(false);
      this.map.attributionControl.addAttribution(element("span", { text: this.scene.attribution }).innerHTML);
      new Dateline.LabelLayer(this.scene.labels).addTo(this.map);
    }

    _drawLegs() {
      const { ink, accent } = Dateline.COLOURS;
      this._legs = this.scene.legs.map((leg) => {
        const look = { color: ink, interactive: false, dashArray: DASHES[leg.evidence], opacity: 0 };
        const whole = L.polyline(leg.line, { ...look, weight: leg.evidence === "planned" ? 3 : 1.5 }).addTo(this.map);
        const train = this.trains.find((candidate) => candidate.trip === leg.trip && leg.to_km !== null) || null;
        if (!train) return { ...leg, whole, casing: null, done: null, train };
        // Where the way back lies on the way out, the casing keeps one line's gaps from being filled by the other.
        const casing = L.polyline([], { ...look, color: LAND, dashArray: null, weight: 6 }).addTo(this.map);
        const done = L.polyline([], { ...look, weight: 3 }).addTo(this.map);
        return { ...leg, whole, casing, done, train };
      });
      this._band = L.polyline([], { color: accent, weight: 13, opacity: 0, lineCap: "round", interactive: false })
        .addTo(this.map);
      const glyph = element("span", { class: "dateline-engine" });
      this._engine = L.marker([0, 0], {
        icon: L.divIcon({ className: "dateline-engine-icon", html: glyph, iconSize: [22, 22] }),
        interactive: false,
        keyboard: false,
        alt: "",
      }).addTo(this.map);
      this._marks = new Dateline.MarkLayer().addTo(this.map);
      this._flagText = element("span", { class: "dateline-flag" });
      // Not a tooltip: Leaflet measures those, which has the whole page laid out at every step.
      this._flag = L.marker([0, 0], {
        icon: L.divIcon({ className: "", html: this._flagText, iconSize: null }),
        pane: "tooltipPane",
        interactive: false,
        keyboard: false,
      });
    }

    /**
     * Bring what is to be seen into view: the chapter's part of the world, and in it the chosen event, if it has
     * a point of its own, clear of the date, the legend and the edges. A map that the reader moved stays, unless
     * the point would be out of sight.
     */
    _frame(smoothly) {
      const { chapter, chosen } = this;
      if (chapter.bounds && !this._touched && this._framed !== chapter.id) {
        // A cut, not a flight: Leaflet ignores whatever is asked of it while it zooms.
        this.map.fitBounds(chapter.bounds, { ...this._margins(30, 60), maxZoom: 9, animate: false });
        this._framed = chapter.id;
      }
      if (!chosen || chosen.lat === null || chosen.radius_km) return;
      const before = this.map.getCenter();
      this.map.panInside([chosen.lat, chosen.lon], {
        ...this._margins(FLAG_HALF_PX, FLAG_HALF_PX), animate: smoothly && !isStill(),
      });
      if (!before.equals(this.map.getCenter(), 1e-6)) this._framed = chosen.id;
    }

    /** While time runs the chapter stays in view; a single event is not run after. */
    _frameChapter() {
      const { chosen } = this;
      this.chosen = null;
      this._frame(true);
      this.chosen = chosen;
      this._framed = this.chapter.id;
    }

    /** What is laid over the map's edges, pixels: the date and a flag's height at the top. */
    _margins(left, right) {
      const overMap = getComputedStyle(this._momentBox).position === "absolute";
      const top = (overMap ? this._momentBox.offsetHeight : 0) + FLAG_HEIGHT_PX;
      const { x } = this.map.getSize();
      const side = (wanted) => Math.min(wanted, x / 3);
      return { paddingTopLeft: [side(left), top], paddingBottomRight: [side(right), 36] };
    }

    /** The keys work on the page around the frame, too, as long as nothing there has the focus. */
    _listenOutside() {
      const outside = window.frameElement?.ownerDocument;
      if (!outside) return;
      const left = new AbortController();
      outside.addEventListener("keydown", (event) => {
        if (outside.activeElement === outside.body) this._key(event);
      }, { signal: left.signal });
      window.addEventListener("pagehide", () => left.abort());
      // Stacked under one another on a phone, the parts take the height they need and the page scrolls.
      new ResizeObserver(() => {
        window.frameElement.style.setProperty("--dateline-height", `${this.root.scrollHeight}px`);
      }).observe(this.root);
    }

    /** Another size of window: the chapter stays in view, unless the reader has moved the map. */
    _resized() {
      this.map.invalidateSize({ animate: false, pan: false });
      this._drawTicks();
      this._framed = null;
      this._frame(false);
    }

    // -- controls -----------------------------------------------------------------------------------------------

    _build() {
      const { words } = this;
      document.documentElement.lang = this.scene.language;
      document.title = this.scene.title;
      window.frameElement?.setAttribute("aria-label", words.map);
      // folium forbids zooming the page by hand; a reader with weak eyes needs it.
      for (const meta of document.querySelectorAll("meta[name=viewport]")) {
        meta.setAttribute("content", "width=device-width, initial-scale=1");
      }
      this._said = element("p", { class: "dateline-said", role: "status", "aria-live": "polite" });
      this._cardBox = element("aside", {
        class: "dateline-card", "aria-label": words.event, tabindex: "0", "data-testid": "card",
      });
      this.root = element("main", { class: "dateline" }, this._stage(), this._controls(), this._cardBox, this._said);
      document.body.append(this.root);
      this.card = new Dateline.Card(this._cardBox, this.scene, (id) => this.choose(id));
      this.map.invalidateSize({ animate: false });
    }

    _stage() {
      const { words } = this;
      this._date = element("strong", { class: "dateline-date" });
      this._time = element("span", { class: "dateline-clock" });
      this._offset = element("span", { class: "dateline-offset" });
      this._chapterName = element("span", { class: "dateline-chapter-name" });
      this._momentBox = element("div", { class: "dateline-moment", "data-testid": "moment" },
        this._chapterName, this._date, element("span", {}, this._time, " ", this._offset));
      this.legend = new Dateline.Legend(this.scene);
      this.legend.root.open = matchMedia("(min-width: 1400px)").matches;
      const container = this.map.getContainer();
      container.setAttribute("role", "application");
      container.setAttribute("aria-label", words.map);
      for (const [name, label] of [["in", words.zoom_in], ["out", words.zoom_out]]) {
        const button = container.querySelector(`.leaflet-control-zoom-${name}`);
        button?.setAttribute("title", label);
        button?.setAttribute("aria-label", label);
      }
      return element("section", { class: "dateline-stage", "aria-label": words.map },
        container, this._momentBox, this.legend.root);
    }

    _controls() {
      const { words } = this;
      this._ticks = element("canvas", { class: "dateline-ticks", "aria-hidden": "true" });
      this._block = element("div", { class: "dateline-block", hidden: true });
      this._slider = element("input", {
        type: "range", min: "0", max: String(SLIDER_STEPS), step: "1", "aria-label": words.time, "data-testid": "time-slider",
      });
      this._where = element("p", { class: "dateline-train", "data-testid": "train" });
      this._speedBox = element("select", { "aria-label": words.speed, "data-testid": "speed" },
        ...SPEEDS.map((speed) => element("option", {
          value: String(speed), text: `${speed.toLocaleString(this.scene.language)} ×`, selected: speed === 1,
        })));
      this._previous = button("previous-event", "previous", words.previous);
      this._playButton = button("play", "play", words.play);
      this._next = button("next-event", "next", words.next);
      this._full = button("fullscreen", "fullscreen", words.fullscreen);
      return element("section", { class: "dateline-controls", "aria-label": words.time },
        this._clockChoice(),
        this._chapters(),
        element("div", { class: "dateline-bar" }, this._ticks, this._block, this._slider),
        element("div", { class: "dateline-buttons" },
          this._previous, this._playButton, this._next, this._speedBox, this._where, this._full));
    }

    /** The choice between the two clocks, as radio buttons. */
    _clockChoice() {
      this._clocks = {};
      const choices = ["happened", "news"].map((name) => {
        const input = element("input", { type: "radio", name: "dateline-clock", value: name, "data-testid": `clock-${name}` });
        this._clocks[name] = input;
        input.addEventListener("change", () => this._changeClock(name === "news"));
        return element("label", {}, input, element("span", { text: this.words[`clock_${name}`] }));
      });
      return element("fieldset", { class: "dateline-clocks" },
        element("legend", { text: this.words.clock }), ...choices);
    }

    /** The reader changed the clock: the chosen event stays chosen, at its place on the new clock. */
    _changeClock(news) {
      this.pause();
      this._setClock(news);
      if (this.chosen) this.choose(this.chosen.id);
      else this._moveTo(this.time);
      this._settle();
    }

    _chapters() {
      this._chapterButtons = this.axis.chapters.map((chapter) => {
        const entry = element("button", { type: "button", text: chapter.short_title, title: chapter.hint });
        entry.style.flexGrow = String(chapter.share);
        entry.addEventListener("click", () => this._enter(chapter));
        return entry;
      });
      return element("div", { class: "dateline-chapters", role: "group", "aria-label": this.words.chapters },
        ...this._chapterButtons);
    }

    /** To the first event of a chapter, one that happened if there is one, or to its start. */
    _enter(chapter) {
      const inside = this.sequence.filter((event) => event.chapter === chapter.id);
      const first = inside.find((event) => event.trip === chapter.trip && weightOf(event) > 100) || inside[0];
      this._framed = null;
      this._touched = false;
      if (first) this.choose(first.id);
      else this.seek(chapter.start);
    }

    _listen() {
      this._slider.addEventListener("input", () => {
        this.pause();
        this.seek(this.axis.moment(this._slider.valueAsNumber / SLIDER_STEPS));
      });
      this._previous.addEventListener("click", () => this.step(-1));
      this._next.addEventListener("click", () => this.step(1));
      this._playButton.addEventListener("click", () => this._toggle());
      this._speedBox.addEventListener("change", () => this._setSpeed(Number(this._speedBox.value)));
      this._full.addEventListener("click", () => this._toggleFullscreen());
      document.addEventListener("keydown", (event) => this._key(event));
      this._listenOutside();
      const container = this.map.getContainer();
      this.map.on("click", (event) => this._click(event.containerPoint));
      this.map.on("mousemove", (event) => {
        container.style.cursor = this._marks.hit(event.containerPoint) ? "pointer" : "";
      });
      for (const gesture of ["wheel", "pointerdown", "keydown"]) {
        container.addEventListener(gesture, () => { this._touched = true; }, { passive: true });
      }
      new ResizeObserver(() => this._resized()).observe(container);
    }

    /** Choose the event under the pointer; where it is chosen already, the next one of that place. */
    _click(point) {
      const mark = this._marks.hit(point);
      if (!mark) return;
      const here = (this.places.get(`${mark.lat},${mark.lon}`)?.events || []).filter((event) => this._isDrawn(event));
      const index = here.indexOf(this.chosen);
      this.choose(index < 0 || here.length < 2 ? mark.id : here[(index + here.length - 1) % here.length].id);
    }

    _toggle() {
      if (this.playing) this.pause();
      else this.play();
    }

    _setSpeed(speed) {
      const { playing } = this;
      this.pause();
      this.speed = speed;
      if (playing) this.play();
    }

    async _toggleFullscreen() {
      if (document.fullscreenElement) await document.exitFullscreen();
      else if (this.root.requestFullscreen) await this.root.requestFullscreen();
    }

    _key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || this._cardBox.contains(event.target)) return;
      const onSlider = event.target === this._slider;
      if (event.target.type === "radio") return;
      const inControl = ["BUTTON", "SELECT", "SUMMARY", "A"].includes(event.target.tagName);
      const anywhere = { PageUp: () => this.step(-1), PageDown: () => this.step(1) };
      const outsideControls = { " ": () => this._toggle() };
      const slider = {
        ArrowLeft: () => this._jump(this.axis.stepped(this.time, -1)),
        ArrowDown: () => this._jump(this.axis.stepped(this.time, -1)),
        ArrowRight: () => this._jump(this.axis.stepped(this.time, 1)),
        ArrowUp: () => this._jump(this.axis.stepped(this.time, 1)),
        Home: () => this._jump(this.axis.start),
        End: () => this._jump(this.axis.end),
      };
      const action = anywhere[event.key] || (!inControl && outsideControls[event.key]) || (onSlider && slider[event.key]);
      if (!action) return;
      event.preventDefault();
      action();
    }

    _jump(time) {
      this.pause();
      this.seek(time);
    }

    _showPlaying() {
      const label = this.playing ? this.words.pause : this.words.play;
      this._playButton.setAttribute("aria-label", label);
      this._playButton.title = label;
      this._playButton.firstChild.className = `dateline-sign dateline-sign-${this.playing ? "pause" : "play"}`;
    }

    _drawTicks() {
      Dateline.drawTicks(this._ticks, this.axis, this.sequence);
    }

    // -- reports ------------------------------------------------------------------------------------------------

    /** The playhead has come to rest: tell the screen reader and, if there is one, the server. */
    _settle() {
      clearTimeout(this._settling);
      this._settling = setTimeout(() => {
        if (this.playing) return;
        this._said.textContent = this._spoken();
        if (!window.Streamlit) return;
        window.Streamlit.setComponentValue({
          event: this.chosen ? this.chosen.id : null,
          // Where the playhead stands on the event itself, the event says it all.
          time: this._isOnChosen() ? null : `${new Date(this.time).toISOString().slice(0, 19)}Z`,
          command: this._obeyed,
          clock: this.news ? "news" : null,
        });
      }, SETTLE_MS);
    }

    _isOnChosen() {
      return this.chosen !== null && this.time === this.axis.clamp(this.chosen.anchor);
    }

    _spoken() {
      const event = this.chosen;
      if (!event) return this._date.textContent;
      return [event.short_when, event.place_name, event.title, event.claims_heading].filter(Boolean).join(". ");
    }

    /** What is shown: for tests, for other scripts, and for whoever asks in the console. */
    state() {
      const place = this._place;
      const point = place ? place.train.pointAt(place.km) : null;
      return {
        time: new Date(this.time).toISOString(),
        playing: this.playing,
        clock: this.news ? "news" : "happened",
        chosen: this.chosen ? this.chosen.id : null,
        train: place ? {
          lat: point[0],
          lon: point[1],
          from: place.train.pointAt(place.fromKm),
          to: place.train.pointAt(place.toKm),
        } : null,
        visible: this.sequence
          .filter((event) => this._isDrawn(event) || event === this.chosen)
          .map((event) => this._told(event))
          .filter((event) => event.lat !== null)
          .map((event) => event.id),
        statuses: Object.fromEntries(this.sequence.filter((event) => this._isDrawn(event))
          .map((event) => [event.id, this._told(event).status])),
        legs: this._legs.filter((leg) => this._isBegun(leg)).map((leg) => leg.id),
        current: this.sequence
          .filter((event) => event.from <= this.time && this.time < event.until)
          .map((event) => event.id),
      };
    }
  };

  function weightOf(event) {
    const kind = WEIGHTY_KINDS.indexOf(event.kind);
    const own = event.trip === "background" ? 0 : 40;
    return (event.status === "happened" ? 100 : 0) + own + (kind < 0 ? 0 : 20 - kind) + (event.lat === null ? 0 : 1);
  }

  function isPlan(event) {
    return event.status === "planned" || event.status === "predicted";
  }

  /** Which event a place's mark bears: one of this trip before others, one that happened before what did not. */
  function rankOf(event, trip) {
    return (event.trip === trip ? 2 : 0) + (event.status === "happened" ? 1 : 0);
  }

  function setOpacity(line, opacity) {
    if (line.options.opacity !== opacity) line.setStyle({ opacity });
  }

  function button(id, sign, label) {
    return element("button", { type: "button", "data-testid": id, "aria-label": label, title: label },
      element("span", { "aria-hidden": "true", class: `dateline-sign dateline-sign-${sign}` }));
  }
})();
