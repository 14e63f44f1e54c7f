"""What Python tells the player, and what the player tells Python: the declared interface between the two.

All of it is JSON. Times are Unix milliseconds, points WGS 84 degrees as `[latitude, longitude]`, distances kilometres,
texts already in the reader's language. `scripts/payload_types.py` makes `player/payload.d.ts` of these declarations,
which the player's scripts are checked against.
"""

from typing import Annotated, Literal, NotRequired, Required

from pydantic import Field
from typing_extensions import TypedDict  # pydantic cannot read those of typing before Python 3.12

Status = Literal["happened", "planned", "predicted", "claimed", "denied", "superseded"]
Evidence = Literal["stated", "inferred", "planned"]
LabelKind = Literal["story", "city", "country", "region", "sea"]

# Latitude and longitude in degrees.
LatLon = Annotated[list[float], Field(min_length=2, max_length=2)]
# A moment in Unix milliseconds and kilometres from the start of a train's line.
Knot = Annotated[list[float], Field(min_length=2, max_length=2)]
# South-west and north-east corner.
Bounds = Annotated[list[LatLon], Field(min_length=2, max_length=2)]


class Words(TypedDict):
    """The player's own words; `{slots}` are filled by the player."""

    time: str
    map: str
    event: str
    chapters: str
    play: str
    pause: str
    previous: str
    next: str
    key_moments: str
    key_moment: str
    every_event: str
    options: str
    pace: str
    pace_slow: str
    pace_steady: str
    pace_quick: str
    later: str
    time_more: str
    time_less: str
    introduction: str
    follow: str
    what_was_known: str
    see_differences: str
    see_question: str
    who_says: str
    they_disagree: str
    more: str
    how_we_know: str
    fullscreen: str
    legend: str
    summit_site: str
    train_band: str
    train_at: str
    train_between: str
    train_steady: str
    train_set_aside: str
    train_unknown: str
    when: str
    your_time: str
    where: str
    who: str
    no_place: str
    no_match: str
    no_event: str
    also_here: str
    clock: str
    clock_happened: str
    clock_news: str
    unpublished: str
    drawn: str
    checked: str
    set_aside: str
    not_settled: str
    how_known: str
    same_time: str
    told_same_day: str
    train: str
    zoom_in: str
    zoom_out: str
    zoom_hint: str
    touch_hint: str
    open_whole: str
    pending: str
    vague: str
    key_mark: str
    ahead: str
    earlier_summit: str
    no_point: str
    far: str
    show_far: str
    home: str
    marks: str
    mark: str
    fulfils: str
    fulfilled_by: str
    replaced_by: str
    replaces: str
    part_of: str
    parts: str
    graph: str
    graph_train: str
    graph_train_hint: str
    graph_aside_hint: str
    graph_places: str
    graph_places_hint: str
    graph_news: str
    graph_news_hint: str
    graph_dots: str
    graph_several: str
    graph_tell: str
    graph_table: str
    graph_table_train: str
    graph_stop: str
    graph_arrived: str
    graph_left: str
    graph_seen: str
    graph_event: str
    graph_status: str
    graph_more: str
    graph_no_place: str
    graph_pace: str
    graph_pace_note: str
    graph_aside: str
    leg_stated: str
    leg_inferred: str
    leg_planned: str


class Chapter(TypedDict):
    """A stretch of the time axis, linear in itself.

    `share` is its part of the axis (all chapters sum to 1), `zone` the IANA time zone of its clock, `trip` the id of
    its trip or "background", `bounds` what the map shows in it (None: the map stays where it is).
    """

    id: str
    trip: str
    title: str
    short_title: str
    hint: str
    zone: str
    start: int
    end: int
    share: float
    bounds: Bounds | None


class Claim(TypedDict):
    """What one source says of an event, with its words as they were written, in the source's `language`.

    `dating` and `placing` lead from these words to the date and the place (None: there is nothing to lead from).
    """

    id: str
    source: str
    outlet: str
    language: str
    published_text: str
    paragraph: int
    paragraph_text: str
    stance_text: str
    when_as_written: str
    place_as_written: str
    note: str
    dating: str | None
    placing: str | None


class Event(TypedDict):
    """A dated occurrence.

    - `start` ≤ t < `end`: its span in milliseconds; `end` None: open. `anchor`: where the playhead goes for it.
    - `known`: midnight, UTC, of the day on which its first source was published.
    - `zone`: the IANA time zone of its place, or the story's. `hour_text`: the time of day as far as it is known.
    - `head_date`, `head_clock`: its date no finer than it is known, and place and offset of its hour, for the head.
    - `lat`, `lon`: degrees, None without a place; `is_area`: the point only stands for a region or a country.
    - `key`: its number among the key moments (None: it is none). `label`: its title, or a shorter one.
    - `fulfils` … `parts`: ids of related events. `claims` come in the order of publication.
    - `editions`: what was known of it, in the order of time; each holds until the next. Before the first one, nothing.
    """

    id: str
    trip: str
    chapter: str
    kind: str
    kind_text: str
    status: Status
    status_text: str
    title: str
    key: int | None
    label: str
    summary: str
    actors: str
    summit: bool
    start: int
    end: int | None
    anchor: int
    known: int
    zone: str
    when_text: str
    short_when: str
    when_note: str | None
    hour_text: str
    head_date: str
    head_clock: str
    has_hours: bool
    lat: float | None
    lon: float | None
    place_name: str | None
    place_note: str | None
    is_area: bool
    fulfils: str | None
    fulfilled_by: list[str]
    replaced_by: str | None
    replaces: list[str]
    part_of: str | None
    parts: list[str]
    claims_heading: str
    claims: list[Claim]
    editions: list["EventEdition"]


_Dated = TypedDict("_Dated", {"from": int})


class EventEdition(_Dated, total=False):
    """What was known of an event from a day of publication on: its fields that differ from hindsight.

    `from` is the day's midnight in UTC, milliseconds; `claims` counts the claims that had been published, and `noted`
    says whether our notes on them tell no more than was known. `placings` are those of these claims, where they differ.
    """

    title: str
    label: str
    summary: str
    status: Status
    status_text: str
    summit: bool
    start: int
    end: int | None
    zone: str
    when_text: str
    short_when: str
    when_note: str | None
    hour_text: str
    head_date: str
    head_clock: str
    has_hours: bool
    lat: float | None
    lon: float | None
    place_name: str | None
    place_note: str | None
    is_area: bool
    fulfils: str | None
    fulfilled_by: list[str]
    replaced_by: str | None
    replaces: list[str]
    part_of: str | None
    parts: list[str]
    claims_heading: str
    claims: Required[int]
    noted: Required[bool]
    placings: list[str | None]


class Edition(_Dated):
    """A day of publication, in words how many articles were known by its end; `from` is its midnight in UTC."""

    title: str


class Version(TypedDict):
    """One answer to a disputed question: the id of the claim that gives it, and whether the map draws it.

    `known` is midnight, UTC, of the day of publication, milliseconds.
    """

    says: str
    claim: str
    known: int
    drawn: bool
    why: str


class Disagreement(TypedDict):
    """A disputed question, the ids of the events that it bears on, and its versions in the order of publication."""

    id: str
    question: str
    events: list[str]
    versions: list[Version]


class Figure(TypedDict):
    """A distance that an article states, checked: the id of its claim, and the arithmetic as lines of text."""

    claim: str
    lines: list[str]


class Leg(TypedDict):
    """A movement by one mode, as a line of points.

    `from_km` and `to_km` are its ends on its train's line; None where no train of the payload runs on it.
    `only_then`: hindsight sets it aside, and only editions draw it. To them it is known from `known` on (None: never)
    until it was `given_up` (None: not yet); milliseconds. A leg of the train in a version that was set aside is drawn
    by neither: it is that train's line, and its `note` is on the card of its event.
    """

    id: str
    trip: str
    only_then: bool
    known: int | None
    given_up: int | None
    evidence: Evidence
    start: int
    line: list[LatLon]
    from_km: float | None
    to_km: float | None
    note: str


class Stop(TypedDict):
    """A halt: kilometres from the start of the line, name (also as “at it”) in a sentence, and IANA time zone.

    `label` is its name by itself. `arrived` and `left` say on its own clock between when and when the train did.
    """

    km: float
    name: str
    at: str
    label: str
    zone: str
    arrived: str
    left: str


class Run(TypedDict):
    """The id of a leg, and from when on, at a steady pace, a train is on it; milliseconds."""

    leg: str
    start: int


class Sighting(TypedDict):
    """The id of an event at a stop of a train while it can have been there, and the stop's kilometres."""

    event: str
    km: float


class Bound(TypedDict):
    """How long a movement took at most or at least, and the average speed that follows (empty: none does)."""

    words: str
    arithmetic: str


class Pace(TypedDict):
    """How long and how fast a train went, on one leg or all the way; the longest time before the shortest."""

    title: str
    evidence: str
    bounds: list[Bound]


class Train(_Dated):
    """Where a train can have been, on one trip.

    `version` is the id of the event whose version this is, if that version was set aside (None: what happened).
    `legs` are what it runs on in turn, then what was planned on from its last stop; `lat_lon` the points of its line
    and `km` their distances from its start. `least`, `steady` and `greatest` are piecewise-linear functions from
    milliseconds to kilometres of travel: what it must have behind it, what it has at a steady pace, what it can have.
    Two knots at one time are a step; at it `greatest` has the value before, the others the value after. It is known of
    from `from` to `until`, both included, milliseconds. `paces` of a version are those that it does not share.
    """

    trip: str
    version: str | None
    legs: list[Run]
    lat_lon: list[LatLon]
    km: list[float]
    least: list[Knot]
    steady: list[Knot]
    greatest: list[Knot]
    until: int
    stops: list[Stop]
    sightings: list[Sighting]
    paces: list[Pace]


class Label(TypedDict):
    """A name on the map, from Leaflet's zoom `min_zoom` on, `clearance` pixels from the middle of its point.

    `known` is midnight, UTC, of the day from which an article puts an event there; None for a name of the basemap.
    """

    name: str
    lat: float
    lon: float
    kind: LabelKind
    min_zoom: float
    clearance: float
    known: int | None


class Area(TypedDict):
    """A country as a shape, packed as a `BasemapLayer`; `lat` and `lon` are the point that its events have."""

    lat: float
    lon: float
    steps: int
    polygons: list[list[list[int]]]


class Scene(TypedDict):
    """A story in one language: all that the player needs to draw it for any moment.

    `intro` is the story's own introduction ("" where it has none); `told_by` says how many articles tell it and on
    how many questions they differ; `is_disputed`: whether there is such a question.

    Chapters, events, editions and legs are in the order of time, labels in that of importance. `opening` is the id of
    the event that a first-time reader sees.
    """

    language: str
    title: str
    intro: str
    told_by: str
    is_disputed: bool
    attribution: str
    words: Words
    statuses: dict[Status, str]
    chapters: list[Chapter]
    events: list[Event]
    editions: list[Edition]
    disagreements: list[Disagreement]
    figures: list[Figure]
    opening: str | None
    legs: list[Leg]
    trains: list[Train]
    labels: list[Label]
    areas: list[Area]


class BasemapLayer(TypedDict):
    """Land, water or borders, as `polygons` (lists of rings) or `lines`.

    A ring or line is flat, longitude and latitude in turn, in whole steps of 1/`steps` degree; each point but the
    first is given as the way from the one before it. `cuts` are the longitudes and latitudes along which land was cut.
    """

    layer: Literal["land", "lake", "river", "border"]
    steps: int
    polygons: NotRequired[list[list[list[int]]]]
    lines: NotRequired[list[list[int]]]
    cuts: NotRequired[list[dict[Literal["lon", "lat"], float]]]


class Facts(TypedDict):
    """What the card says of an event under “How we know”, as in `Event`."""

    actors: str
    when_note: str | None
    place_note: str | None


class Details(TypedDict):
    """What no first sight of a scene needs, and what comes after the map where it comes over a line.

    `claims`, in the order of publication, and `facts` by the id of their event; `waters` are the lakes and
    rivers of the basemap; all else as in a scene.
    """

    claims: dict[str, list[Claim]]
    facts: dict[str, Facts]
    disagreements: list[Disagreement]
    figures: list[Figure]
    areas: list[Area]
    waters: list[BasemapLayer]


class Start(TypedDict):
    """What the player starts with: a story and a basemap, or the addresses of such JSON files.

    `details` is the address of what the story lacks (None: it lacks nothing); `order` is the first command, where
    there is one already.
    """

    story: str | Scene
    basemap: str | list[BasemapLayer]
    details: str | None
    order: "Command | None"


class Command(TypedDict):
    """An order to the player: which events take part, and where the playhead goes.

    `number` tells commands apart, and `session` who gives them. `seek`: whether the playhead moves even if the player
    runs already. `show`: ids of the events that take part (None: all). `superseded`: whether events are drawn that
    were not borne out. `every`: whether one goes through every event, not from key moment to key moment. `event`: an
    id, `time`: ISO 8601; where the playhead goes. `clock`: "news" for the news as it came in, None for what happened.
    """

    number: int
    seek: bool
    show: list[str] | None
    superseded: bool
    every: bool
    event: str | None
    time: str | None
    clock: str | None
    session: str


class Report(TypedDict):
    """What the player tells the server when the playhead has come to rest.

    `event` is the chosen event's id; `time` (ISO 8601) is None where the playhead stands on the event itself.
    `command` is the number of the last command obeyed.
    """

    event: str | None
    time: str | None
    command: int
    clock: Literal["news"] | None
    every: bool
