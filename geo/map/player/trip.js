/** Which trip the map shows. */

/** @import { Moment } from "./moment.js" */

export const BACKGROUND = "background";

/**
 * The chapter's own trip; before the trips the first one, between and after them the last one that has begun.
 * @param {Moment} now
 * @returns {string}
 */
export function shownTrip({ chapter, record, time }) {
  if (chapter.trip !== BACKGROUND) return chapter.trip;
  const trips = record.scene.chapters.filter(({ trip }) => trip !== BACKGROUND);
  return (trips.findLast(({ start }) => start <= time) ?? trips[0])?.trip ?? BACKGROUND;
}
