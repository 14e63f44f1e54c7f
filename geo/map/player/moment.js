/** A story at the playhead: what there is to draw and to tell at one moment. */

/** @import * as Payload from "./payload" */
/** @import { TimeAxis } from "./axis.js" */
/** @import { Clocked, Entry } from "./record.js" */
/** @import { Selection, Spot } from "./selection.js" */
/** @import { Train } from "./train.js" */
import { weightOf } from "./record.js";

/**
 * @typedef {object} Told what is played
 * @property {TimeAxis} axis
 * @property {Train[]} trains
 * @property {Clocked} record on the clock that the reader chose
 * @property {Selection} selection
 * @property {boolean} superseded whether events are drawn that were not borne out
 */

export class Moment {
  #told;

  /**
   * @param {Told} told
   * @param {number} time milliseconds, inside a chapter
   * @param {Entry | null} chosen
   */
  constructor(told, time, chosen) {
    this.#told = told;
    this.record = told.record;
    this.selection = told.selection;
    this.time = time;
    this.chosen = chosen;
    this.chapter = told.axis.chapterAt(time);
    this.edition = told.record.edition(time);
    /** The chosen event as it is told now. */
    this.event = chosen && this.told(chosen);
    this.isOnChosen = chosen !== null && chosen.at === time;
    // On the clock of the news there is no train, for no article follows it by the hour.
    this.train = this.record.isByDay ? null : this.#train(told.trains);
    /** Where the train is; null where no article places one. */
    this.position = this.train && this.train.at(time);
  }

  /**
   * The train of the chapter's trip: on the chosen event itself in the event's version, if that was set aside.
   * @param {Train[]} trains
   */
  #train(trains) {
    const ofTrip = trains.filter(({ trip }) => trip === this.chapter.trip);
    const ofChosen = ofTrip.find(({ version }) => this.isOnChosen && version === this.chosen?.id);
    return ofChosen || ofTrip.find(({ version }) => version === null) || null;
  }

  /**
   * An event as it is told now.
   * @param {Entry} entry
   */
  told(entry) {
    return this.record.told(entry, this.time);
  }

  /** @param {Entry} entry */
  isDrawn(entry) {
    return this.record.isDrawn(entry, this.time, this.#told.superseded);
  }

  /** @param {Payload.Leg} leg */
  isLegDrawn(leg) {
    return this.record.isLegDrawn(leg, this.time);
  }

  /** The questions that bear on the chosen event. */
  disagreements() {
    return this.chosen ? this.record.disagreements(this.chosen.id, this.time) : [];
  }

  /**
   * The events with these ids, as they are told now.
   * @param {(string | null)[]} ids
   */
  named(ids) {
    return ids.map((id) => this.record.entry(id)).flatMap((entry) => (entry ? [this.told(entry)] : []));
  }

  /** Other events on the chosen one's notch of the slider, or of its day in the news; the weightiest first. */
  sameTime() {
    const { chosen } = this;
    if (!chosen) return [];
    const sharing = this.selection.on(chosen.notch);
    const same = this.record.isByDay ? sharing.filter(({ from }) => from === chosen.from) : sharing;
    return this.#others(same).sort((one, other) => weightOf(other) - weightOf(one));
  }

  /** What else has begun at the chosen event's place on the same trip. */
  alsoHere() {
    const { chosen, event } = this;
    const spot = event && this.selection.spotAt(event.lat, event.lon);
    if (!chosen || !spot) return [];
    const here = this.drawnAt(spot).filter(
      (entry) => entry.notch !== chosen.notch && entry.event.trip === chosen.event.trip,
    );
    return this.#others(here);
  }

  /**
   * The entries that are drawn at a spot: those that are known to have their place there.
   * @param {Spot} spot
   */
  drawnAt({ entries }) {
    return entries.filter((entry) => this.isDrawn(entry) && this.told(entry).lat !== null);
  }

  /** @param {Entry[]} entries */
  #others(entries) {
    return entries.filter((entry) => entry !== this.chosen).map((entry) => this.told(entry));
  }
}
