/**
 * The record on its two clocks.
 *
 * On the clock “what happened” an event stands at its own time, told with hindsight: `Hindsight`. On the clock “as the
 * news came in” it stands at the day on which an article first told of it, and is told as it was known by the
 * playhead: `News`. Both are views of the same story, which neither changes.
 */

/** @import * as Payload from "./payload" */
/** @import { TimeAxis } from "./axis.js" */
import { lastAtMost } from "./series.js";

const FAR_FUTURE = 8.64e15;
// The news clock counts in days; an event stands at noon of the day it was first told of.
const NOON_MS = 12 * 3600e3;
// Of several events at one moment the card shows the weightiest first.
const WEIGHTY_KINDS = ["summit", "travel", "ceremony", "visit", "display"];

/**
 * @typedef {object} Entry an event as it stands on one clock
 * @property {string} id
 * @property {Payload.Event} event with hindsight
 * @property {number} rank its place among the story's events
 * @property {number} index its place among the entries
 * @property {number} at where the playhead goes for it, milliseconds
 * @property {number} notch the slider's notch there
 * @property {number} from when it begins on this clock, milliseconds
 *
 * @typedef {Hindsight | News} Clocked
 */

class View {
  /** @type {Map<string, Entry>} */
  #byId;
  /** When each event began, with hindsight. @type {Map<string, number>} */
  #starts;

  /**
   * @param {Payload.Scene} scene
   * @param {TimeAxis} axis
   * @param {(event: Payload.Event) => number} at where an event stands on this clock
   * @param {(event: Payload.Event) => number} from when it begins on it
   */
  constructor(scene, axis, at, from) {
    this.#starts = new Map(scene.events.map((event) => [event.id, event.start]));
    this.scene = scene;
    /** @type {Entry[]} in the order of this clock */
    this.entries = scene.events
      .map((event, rank) => ({ event, rank }))
      .sort((one, other) => at(one.event) - at(other.event) || one.rank - other.rank)
      .map(({ event, rank }, index) => {
        const moment = axis.clamp(at(event));
        return { id: event.id, event, rank, index, at: moment, notch: axis.notch(moment), from: from(event) };
      });
    this.#byId = new Map(this.entries.map((entry) => [entry.id, entry]));
  }

  /** @param {string | null | undefined} id */
  entry(id) {
    return (id && this.#byId.get(id)) || null;
  }

  /**
   * When an event ended or was overtaken, as it is told: by what came of it, or by the version that replaced it;
   * `FAR_FUTURE` if it never was.
   * @param {Payload.Event} told
   */
  until({ end, start, fulfilled_by: fulfilled, replaced_by: replaced }) {
    if (end !== null) return end;
    const later = [...fulfilled, replaced ?? ""].map((id) => this.#starts.get(id) ?? FAR_FUTURE);
    return Math.min(FAR_FUTURE, ...later.filter((other) => other > start));
  }

  /**
   * The questions that bear on an event.
   * @param {string} id
   */
  disputed(id) {
    return this.scene.disagreements.filter((question) => question.events.includes(id));
  }
}

export class Hindsight extends View {
  clock = /** @type {const} */ ("happened");
  isByDay = false;
  /** @type {Set<string>} */
  heads = new Set();

  /**
   * @param {Payload.Scene} scene
   * @param {TimeAxis} axis
   */
  constructor(scene, axis) {
    super(
      scene,
      axis,
      (event) => event.anchor,
      (event) => event.start,
    );
  }

  /** @returns {Payload.Edition | null} */
  edition() {
    return null;
  }

  /**
   * An event as it is told at a moment.
   * @param {Entry} entry
   */
  told(entry) {
    return entry.event;
  }

  /**
   * Whether an event is on the map at a moment.
   * @param {Entry} entry
   * @param {number} time
   * @param {boolean} superseded whether events are drawn that were not borne out
   */
  isDrawn(entry, time, superseded) {
    return entry.from <= time && (superseded || entry.event.status !== "superseded");
  }

  /**
   * @param {Payload.Leg} leg
   * @param {number} time
   */
  isLegDrawn(leg, time) {
    return leg.start <= time && !leg.only_then;
  }

  /**
   * The questions that bear on an event, with their versions.
   * @param {string} id
   */
  disagreements(id) {
    return this.disputed(id).filter(({ versions }) => versions.length > 1);
  }
}

export class News extends View {
  clock = /** @type {const} */ ("news");
  isByDay = true;
  /** @type {number[]} */
  #editionStarts;
  /** @type {Set<string> | null} */
  #heads = null;
  /** An edition tells an event once for all; drawing asks for it at every frame.
   * @type {Map<Payload.EventEdition, Payload.Event>} */
  #told = new Map();

  /**
   * @param {Payload.Scene} scene
   * @param {TimeAxis} axis
   */
  constructor(scene, axis) {
    super(
      scene,
      axis,
      (event) => event.known + NOON_MS,
      (event) => event.known,
    );
    this.#editionStarts = scene.editions.map((edition) => edition.from);
  }

  /** The claims of the events have come, which what was told before lacks. */
  inform() {
    this.#told.clear();
  }

  /** The ids of the weightiest event of each day's news, which leads the day; weighed when they are first asked for. */
  get heads() {
    return (this.#heads ??= new Set(this.#editionStarts.flatMap((day) => this.#headOf(day))));
  }

  /**
   * @param {number} day midnight, milliseconds
   * @returns {string[]} the id of one event, if anything was first told on the day
   */
  #headOf(day) {
    /** @param {Entry} entry */
    const weight = (entry) => weightOf(this.told(entry, entry.at));
    /** @type {Entry | null} */
    let head = null;
    for (const entry of this.entries) if (entry.from === day && (!head || weight(entry) > weight(head))) head = entry;
    return head ? [head.id] : [];
  }

  /**
   * What readers of a moment's day knew; null before the first article.
   * @param {number} time
   * @returns {Payload.Edition | null}
   */
  edition(time) {
    return this.scene.editions[lastAtMost(this.#editionStarts, time)] || null;
  }

  /**
   * An event as it was told at a moment.
   * @param {Entry} entry
   * @param {number} time
   */
  told(entry, time) {
    const edition = entry.event.editions.findLast(({ from }) => from <= time);
    if (!edition) return entry.event;
    let event = this.#told.get(edition);
    if (!event) this.#told.set(edition, (event = retold(entry.event, edition)));
    return event;
  }

  /**
   * Whether an event is on the map at a moment.
   * @param {Entry} entry
   * @param {number} time
   */
  isDrawn(entry, time) {
    return entry.from <= time;
  }

  /**
   * @param {Payload.Leg} leg
   * @param {number} time
   */
  isLegDrawn(leg, time) {
    return leg.known !== null && leg.known <= time && (leg.given_up === null || time < leg.given_up);
  }

  /**
   * The questions that bear on an event, each with the versions published by a moment.
   * @param {string} id
   * @param {number} time
   */
  disagreements(id, time) {
    return this.disputed(id)
      .map((question) => {
        if (time >= (this.#editionStarts.at(-1) ?? FAR_FUTURE)) return question;
        const versions = question.versions.filter((version) => version.known <= time);
        // Which version is right was judged with all articles at hand.
        return { ...question, versions: versions.map((version) => ({ ...version, drawn: false, why: "" })) };
      })
      .filter(({ versions }) => versions.length > 1);
  }
}

/**
 * An event with what an edition told otherwise.
 * @param {Payload.Event} event
 * @param {Payload.EventEdition} edition
 * @returns {Payload.Event}
 */
function retold(event, { from: _from, claims: count, noted, placings, ...otherwise }) {
  const claims = event.claims.slice(0, count).map((claim, index) => ({
    ...claim,
    note: noted ? claim.note : "",
    placing: placings ? placings[index] : claim.placing,
  }));
  return { ...event, ...otherwise, claims };
}

/**
 * Whether something that lasts until a moment never ended.
 * @param {number} until milliseconds
 */
export function isOpen(until) {
  return until === FAR_FUTURE;
}

/** @param {Payload.Event} event */
export function isPlan(event) {
  return event.status === "planned" || event.status === "predicted";
}

/** @param {Payload.Event} event */
export function weightOf(event) {
  const kind = WEIGHTY_KINDS.indexOf(event.kind);
  const own = event.trip === "background" ? 0 : 40;
  const happened = event.status === "happened" ? 100 : 0;
  return happened + own + (kind < 0 ? 0 : 20 - kind) + (event.lat === null ? 0 : 1);
}
