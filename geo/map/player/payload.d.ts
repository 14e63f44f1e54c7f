// Made by scripts/payload_types.py from geo/map/payload.py; do not edit.

export type Status = "happened" | "planned" | "predicted" | "claimed" | "denied" | "superseded";

export type Evidence = "stated" | "inferred" | "planned";

export type LabelKind = "story" | "city" | "country" | "region" | "sea";

/**
 * The player's own words; `{slots}` are filled by the player.
 */
export interface Words {
  time: string;
  map: string;
  event: string;
  chapters: string;
  play: string;
  pause: string;
  previous: string;
  next: string;
  key_moments: string;
  key_moment: string;
  every_event: string;
  options: string;
  pace: string;
  pace_slow: string;
  pace_steady: string;
  pace_quick: string;
  later: string;
  time_more: string;
  time_less: string;
  introduction: string;
  follow: string;
  what_was_known: string;
  see_differences: string;
  see_question: string;
  who_says: string;
  they_disagree: string;
  more: string;
  how_we_know: string;
  fullscreen: string;
  legend: string;
  summit_site: string;
  train_band: string;
  train_at: string;
  train_between: string;
  train_steady: string;
  train_set_aside: string;
  train_unknown: string;
  when: string;
  your_time: string;
  where: string;
  who: string;
  no_place: string;
  no_match: string;
  no_event: string;
  also_here: string;
  clock: string;
  clock_happened: string;
  clock_news: string;
  unpublished: string;
  drawn: string;
  checked: string;
  set_aside: string;
  not_settled: string;
  how_known: string;
  same_time: string;
  told_same_day: string;
  train: string;
  zoom_in: string;
  zoom_out: string;
  zoom_hint: string;
  touch_hint: string;
  open_whole: string;
  pending: string;
  vague: string;
  key_mark: string;
  ahead: string;
  earlier_summit: string;
  no_point: string;
  far: string;
  show_far: string;
  home: string;
  marks: string;
  mark: string;
  fulfils: string;
  fulfilled_by: string;
  replaced_by: string;
  replaces: string;
  part_of: string;
  parts: string;
  graph: string;
  graph_train: string;
  graph_train_hint: string;
  graph_aside_hint: string;
  graph_places: string;
  graph_places_hint: string;
  graph_news: string;
  graph_news_hint: string;
  graph_dots: string;
  graph_several: string;
  graph_tell: string;
  graph_table: string;
  graph_table_train: string;
  graph_stop: string;
  graph_arrived: string;
  graph_left: string;
  graph_seen: string;
  graph_event: string;
  graph_status: string;
  graph_more: string;
  graph_no_place: string;
  graph_pace: string;
  graph_pace_note: string;
  graph_aside: string;
  leg_stated: string;
  leg_inferred: string;
  leg_planned: string;
}

/**
 * A stretch of the time axis, linear in itself.
 *
 * `share` is its part of the axis (all chapters sum to 1), `zone` the IANA time zone of its clock, `trip` the id of
 * its trip or "background", `bounds` what the map shows in it (None: the map stays where it is).
 */
export interface Chapter {
  id: string;
  trip: string;
  title: string;
  short_title: string;
  hint: string;
  zone: string;
  start: number;
  end: number;
  share: number;
  bounds: [[number, number], [number, number]] | null;
}

/**
 * What one source says of an event, with its words as they were written, in the source's `language`.
 *
 * `dating` and `placing` lead from these words to the date and the place (None: there is nothing to lead from).
 */
export interface Claim {
  id: string;
  source: string;
  outlet: string;
  language: string;
  published_text: string;
  paragraph: number;
  paragraph_text: string;
  stance_text: string;
  when_as_written: string;
  place_as_written: string;
  note: string;
  dating: string | null;
  placing: string | null;
}

/**
 * A dated occurrence.
 *
 * - `start` ≤ t < `end`: its span in milliseconds; `end` None: open. `anchor`: where the playhead goes for it.
 * - `known`: midnight, UTC, of the day on which its first source was published.
 * - `zone`: the IANA time zone of its place, or the story's. `hour_text`: the time of day as far as it is known.
 * - `head_date`, `head_clock`: its date no finer than it is known, and place and offset of its hour, for the head.
 * - `lat`, `lon`: degrees, None without a place; `is_area`: the point only stands for a region or a country.
 * - `key`: its number among the key moments (None: it is none). `label`: its title, or a shorter one.
 * - `fulfils` … `parts`: ids of related events. `claims` come in the order of publication.
 * - `editions`: what was known of it, in the order of time; each holds until the next. Before the first one, nothing.
 */
export interface Event {
  id: string;
  trip: string;
  chapter: string;
  kind: string;
  kind_text: string;
  status: Status;
  status_text: string;
  title: string;
  key: number | null;
  label: string;
  summary: string;
  actors: string;
  summit: boolean;
  start: number;
  end: number | null;
  anchor: number;
  known: number;
  zone: string;
  when_text: string;
  short_when: string;
  when_note: string | null;
  hour_text: string;
  head_date: string;
  head_clock: string;
  has_hours: boolean;
  lat: number | null;
  lon: number | null;
  place_name: string | null;
  place_note: string | null;
  is_area: boolean;
  fulfils: string | null;
  fulfilled_by: Array<string>;
  replaced_by: string | null;
  replaces: Array<string>;
  part_of: string | null;
  parts: Array<string>;
  claims_heading: string;
  claims: Array<Claim>;
  editions: Array<EventEdition>;
}

/**
 * What was known of an event from a day of publication on: its fields that differ from hindsight.
 *
 * `from` is the day's midnight in UTC, milliseconds; `claims` counts the claims that had been published, and `noted`
 * says whether our notes on them tell no more than was known. `placings` are those of these claims, where they differ.
 */
export interface EventEdition {
  from: number;
  title?: string;
  label?: string;
  summary?: string;
  status?: Status;
  status_text?: string;
  summit?: boolean;
  start?: number;
  end?: number | null;
  zone?: string;
  when_text?: string;
  short_when?: string;
  when_note?: string | null;
  hour_text?: string;
  head_date?: string;
  head_clock?: string;
  has_hours?: boolean;
  lat?: number | null;
  lon?: number | null;
  place_name?: string | null;
  place_note?: string | null;
  is_area?: boolean;
  fulfils?: string | null;
  fulfilled_by?: Array<string>;
  replaced_by?: string | null;
  replaces?: Array<string>;
  part_of?: string | null;
  parts?: Array<string>;
  claims_heading?: string;
  claims: number;
  noted: boolean;
  placings?: Array<string | null>;
}

/**
 * A day of publication, in words how many articles were known by its end; `from` is its midnight in UTC.
 */
export interface Edition {
  from: number;
  title: string;
}

/**
 * One answer to a disputed question: the id of the claim that gives it, and whether the map draws it.
 *
 * `known` is midnight, UTC, of the day of publication, milliseconds.
 */
export interface Version {
  says: string;
  claim: string;
  known: number;
  drawn: boolean;
  why: string;
}

/**
 * A disputed question, the ids of the events that it bears on, and its versions in the order of publication.
 */
export interface Disagreement {
  id: string;
  question: string;
  events: Array<string>;
  versions: Array<Version>;
}

/**
 * A distance that an article states, checked: the id of its claim, and the arithmetic as lines of text.
 */
export interface Figure {
  claim: string;
  lines: Array<string>;
}

/**
 * A movement by one mode, as a line of points.
 *
 * `from_km` and `to_km` are its ends on its train's line; None where no train of the payload runs on it.
 * `only_then`: hindsight sets it aside, and only editions draw it. To them it is known from `known` on (None: never)
 * until it was `given_up` (None: not yet); milliseconds. A leg of the train in a version that was set aside is drawn
 * by neither: it is that train's line, and its `note` is on the card of its event.
 */
export interface Leg {
  id: string;
  trip: string;
  only_then: boolean;
  known: number | null;
  given_up: number | null;
  evidence: Evidence;
  start: number;
  line: Array<[number, number]>;
  from_km: number | null;
  to_km: number | null;
  note: string;
}

/**
 * A halt: kilometres from the start of the line, name (also as “at it”) in a sentence, and IANA time zone.
 *
 * `label` is its name by itself. `arrived` and `left` say on its own clock between when and when the train did.
 */
export interface Stop {
  km: number;
  name: string;
  at: string;
  label: string;
  zone: string;
  arrived: string;
  left: string;
}

/**
 * The id of a leg, and from when on, at a steady pace, a train is on it; milliseconds.
 */
export interface Run {
  leg: string;
  start: number;
}

/**
 * The id of an event at a stop of a train while it can have been there, and the stop's kilometres.
 */
export interface Sighting {
  event: string;
  km: number;
}

/**
 * How long a movement took at most or at least, and the average speed that follows (empty: none does).
 */
export interface Bound {
  words: string;
  arithmetic: string;
}

/**
 * How long and how fast a train went, on one leg or all the way; the longest time before the shortest.
 */
export interface Pace {
  title: string;
  evidence: string;
  bounds: Array<Bound>;
}

/**
 * Where a train can have been, on one trip.
 *
 * `version` is the id of the event whose version this is, if that version was set aside (None: what happened).
 * `legs` are what it runs on in turn, then what was planned on from its last stop; `lat_lon` the points of its line
 * and `km` their distances from its start. `least`, `steady` and `greatest` are piecewise-linear functions from
 * milliseconds to kilometres of travel: what it must have behind it, what it has at a steady pace, what it can have.
 * Two knots at one time are a step; at it `greatest` has the value before, the others the value after. It is known of
 * from `from` to `until`, both included, milliseconds. `paces` of a version are those that it does not share.
 */
export interface Train {
  from: number;
  trip: string;
  version: string | null;
  legs: Array<Run>;
  lat_lon: Array<[number, number]>;
  km: Array<number>;
  least: Array<[number, number]>;
  steady: Array<[number, number]>;
  greatest: Array<[number, number]>;
  until: number;
  stops: Array<Stop>;
  sightings: Array<Sighting>;
  paces: Array<Pace>;
}

/**
 * A name on the map, from Leaflet's zoom `min_zoom` on, `clearance` pixels from the middle of its point.
 *
 * `known` is midnight, UTC, of the day from which an article puts an event there; None for a name of the basemap.
 */
export interface Label {
  name: string;
  lat: number;
  lon: number;
  kind: LabelKind;
  min_zoom: number;
  clearance: number;
  known: number | null;
}

/**
 * A country as a shape, packed as a `BasemapLayer`; `lat` and `lon` are the point that its events have.
 */
export interface Area {
  lat: number;
  lon: number;
  steps: number;
  polygons: Array<Array<Array<number>>>;
}

/**
 * A story in one language: all that the player needs to draw it for any moment.
 *
 * `intro` is the story's own introduction ("" where it has none); `told_by` says how many articles tell it and on
 * how many questions they differ; `is_disputed`: whether there is such a question.
 *
 * Chapters, events, editions and legs are in the order of time, labels in that of importance. `opening` is the id of
 * the event that a first-time reader sees.
 */
export interface Scene {
  language: string;
  title: string;
  intro: string;
  told_by: string;
  is_disputed: boolean;
  attribution: string;
  words: Words;
  statuses: Record<Status, string>;
  chapters: Array<Chapter>;
  events: Array<Event>;
  editions: Array<Edition>;
  disagreements: Array<Disagreement>;
  figures: Array<Figure>;
  opening: string | null;
  legs: Array<Leg>;
  trains: Array<Train>;
  labels: Array<Label>;
  areas: Array<Area>;
}

/**
 * Land, water or borders, as `polygons` (lists of rings) or `lines`.
 *
 * A ring or line is flat, longitude and latitude in turn, in whole steps of 1/`steps` degree; each point but the
 * first is given as the way from the one before it. `cuts` are the longitudes and latitudes along which land was cut.
 */
export interface BasemapLayer {
  layer: "land" | "lake" | "river" | "border";
  steps: number;
  polygons?: Array<Array<Array<number>>>;
  lines?: Array<Array<number>>;
  cuts?: Array<Record<"lon" | "lat", number>>;
}

/**
 * What the card says of an event under “How we know”, as in `Event`.
 */
export interface Facts {
  actors: string;
  when_note: string | null;
  place_note: string | null;
}

/**
 * What no first sight of a scene needs, and what comes after the map where it comes over a line.
 *
 * `claims`, in the order of publication, and `facts` by the id of their event; `waters` are the lakes and
 * rivers of the basemap; all else as in a scene.
 */
export interface Details {
  claims: Record<string, Array<Claim>>;
  facts: Record<string, Facts>;
  disagreements: Array<Disagreement>;
  figures: Array<Figure>;
  areas: Array<Area>;
  waters: Array<BasemapLayer>;
}

/**
 * What the player starts with: a story and a basemap, or the addresses of such JSON files.
 *
 * `details` is the address of what the story lacks (None: it lacks nothing); `order` is the first command, where
 * there is one already.
 */
export interface Start {
  story: string | Scene;
  basemap: string | Array<BasemapLayer>;
  details: string | null;
  order: Command | null;
}

/**
 * An order to the player: which events take part, and where the playhead goes.
 *
 * `number` tells commands apart, and `session` who gives them. `seek`: whether the playhead moves even if the player
 * runs already. `show`: ids of the events that take part (None: all). `superseded`: whether events are drawn that
 * were not borne out. `every`: whether one goes through every event, not from key moment to key moment. `event`: an
 * id, `time`: ISO 8601; where the playhead goes. `clock`: "news" for the news as it came in, None for what happened.
 */
export interface Command {
  number: number;
  seek: boolean;
  show: Array<string> | null;
  superseded: boolean;
  every: boolean;
  event: string | null;
  time: string | null;
  clock: string | null;
  session: string;
}

/**
 * What the player tells the server when the playhead has come to rest.
 *
 * `event` is the chosen event's id; `time` (ISO 8601) is None where the playhead stands on the event itself.
 * `command` is the number of the last command obeyed.
 */
export interface Report {
  event: string | null;
  time: string | null;
  command: number;
  clock: "news" | null;
  every: boolean;
}
