"""The story format, defined once: a class for each table, a field for each column.

From these classes follow the checks of every cell, the typed rows of a `Story`, and, by `python -m geo.story.describe`,
the Table Schema in `datapackage.json` and the tables of the codebook. The order of the classes is the order in which
faults are listed, the order of the fields that of the columns.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Annotated, Any, ClassVar, Final, Literal, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationInfo, WithJsonSchema

from geo.story import rules
from geo.story.faults import RuleError
from geo.story.when import When, parse_day, parse_when

ID_PATTERN: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_LONGEST_DATE: Final = 80
_DAY_TO_OPEN: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[?~%]?/[.]{2}")
_FEW_DAYS: Final = timedelta(days=7)
# What spreadsheets write. float() and int() read more (nan, inf, 1_000, ٣).
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)


def _decimal(cell: str) -> float:
    if not _DECIMAL.fullmatch(cell):
        raise RuleError(rules.CELL_NUMBER)
    return float(cell)


def _whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise RuleError(rules.CELL_WHOLE)
    return int(cell)


def _date(cell: str, info: ValidationInfo) -> When:
    """The date of a cell; the context is the time zone whose calendar it is read on."""
    if len(cell) > _LONGEST_DATE:
        raise RuleError(rules.CELL_LENGTH, limit=_LONGEST_DATE, length=len(cell))
    return parse_when(cell, cast(tzinfo, info.context))


def _truth(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise RuleError(rules.CELL_ALLOWED, allowed="true, false")
    return cell == "true"


def _matching(pattern: str, longest: int) -> Any:
    """Text of a form: the whole of it matches, as in Table Schema."""
    return Field(pattern=f"^(?:{pattern})$", max_length=longest)


Id = Annotated[str, _matching(ID_PATTERN, 80)]
LanguageCode = Annotated[str, _matching("[a-z]{2,3}", 3)]
LanguageTag = Annotated[str, _matching("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", 20)]
CountryCode = Annotated[str, _matching("[A-Z]{2}", 2)]
Text = Annotated[str, Field(max_length=20_000)]
ShortText = Annotated[str, Field(max_length=200)]
ZoneName = Annotated[str, Field(max_length=80)]
Latitude = Annotated[float, Field(ge=-90, le=90), BeforeValidator(_decimal)]
Longitude = Annotated[float, Field(ge=-180, le=180), BeforeValidator(_decimal)]
Kilometres = Annotated[float, Field(ge=0, le=40_000), BeforeValidator(_decimal)]
Distance = Annotated[float, Field(ge=0), BeforeValidator(_decimal)]
Speed = Annotated[float, Field(ge=1, le=1000), BeforeValidator(_decimal)]
Score = Annotated[float, Field(ge=0, le=1), BeforeValidator(_decimal)]
Population = Annotated[int, Field(ge=0, le=10_000_000_000), BeforeValidator(_whole)]
Number = Annotated[int, Field(ge=1, le=100_000), BeforeValidator(_whole)]
Position = Annotated[int, Field(ge=0, le=100_000), BeforeValidator(_whole)]
Day = Annotated[date, PlainValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Date = Annotated[When, PlainValidator(_date), WithJsonSchema({"type": "string", "maxLength": _LONGEST_DATE})]
Truth = Annotated[bool, PlainValidator(_truth), WithJsonSchema({"type": "string", "enum": ["true", "false"]})]


def column(title: str, description: str, *, default: Any = ..., references: Sequence[str] = ()) -> Any:
    """A column with its title and meaning.

    `default` is what an empty cell stands for; without one the cell must be filled. `references` are the table and
    the column whose ids it holds.
    """
    return Field(default, title=title, description=description, json_schema_extra={"references": list(references)})


# What readers read inside a sentence: “from the White House”, “entre Khassan et la gare de Komsomolsk”.
_IN_SENTENCE: Final = (
    "The name as a sentence takes it, with its article: “the White House”, “la gare de Komsomolsk”. Empty where it is "
    "the name as it stands."
)

BACKGROUND: Final = "background"
"""The trip of an event that belongs to none."""


def _as_written(value: Any) -> Any:
    match value:
        case When():
            return value.text
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
        case _:
            return value


class Row(BaseModel):
    """A row of a table. Text and ids are "" where the cell is empty; numbers and dates are None.

    A date is read on the calendar of its place, or of the story where there is none. A story need not have a table
    that is `optional`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    optional: ClassVar[bool] = False

    def cells(self) -> dict[str, str | float | int | None]:
        """The row by column as JSON can hold it: dates and truth values as written, numbers as numbers or None."""
        return {name: _as_written(getattr(self, name)) for name in type(self).model_fields}


class Source(Row):
    """The publications the story rests on, one row each."""

    table: ClassVar = "sources"
    key: ClassVar = ("source_id",)

    source_id: Id = column("Source", "Id of the source.")
    outlet: Text = column("Outlet", "Who published it, as far as the page itself names one; otherwise “Article NNN”.")
    title: Text = column(
        "Title", "The headline of the page, in its own language, or a description of the page in our words.", default=""
    )
    language: LanguageCode = column("Language", "Language of the text: an ISO 639 code.")
    published: Day = column("Published", "Calendar day of publication, YYYY-MM-DD.")
    published_basis: Literal["stated", "inferred"] = column(
        "Basis of the date", "Whether the page states its date or we worked it out."
    )
    published_note_en: Text = column(
        "How the date is known (English)", "From what the date of publication is read or inferred.", default=""
    )
    published_note_fr: Text = column("How the date is known (French)", "The same in French.", default="")
    wire: ShortText = column(
        "Wire", "News agency whose text the page carries, as far as it credits or shows one.", default=""
    )
    wire_basis: Literal["stated", "inferred", ""] = column(
        "Basis of the wire",
        "Whether the page credits the agency for its text or we worked it out; empty is stated, or no agency.",
        default="",
    )
    article: Id = column(
        "Article", "Stem of the file that holds the text of the article; the file is not part of the project."
    )


class Place(Row):
    """Where something happened, is planned, or lies on the way, one row each."""

    table: ClassVar = "places"
    key: ClassVar = ("place_id",)

    place_id: Id = column("Place", "Id of the place.")
    name_en: Text = column("Name (English)", "Name shown to readers in English.")
    name_fr: Text = column("Name (French)", "Name shown to readers in French.")
    name_in_sentence_en: Text = column("In a sentence (English)", _IN_SENTENCE, default="")
    name_in_sentence_fr: Text = column("In a sentence (French)", _IN_SENTENCE, default="")
    name_local: Text = column(
        "Name (local)", "Name in the language and script of the place; empty where it has none of its own.", default=""
    )
    kind: Literal[
        "settlement",
        "station",
        "airport",
        "cosmodrome",
        "factory",
        "residence",
        "square",
        "junction",
        "region",
        "country",
    ] = column("Kind", "What the place is.")
    country: CountryCode = column("Country", "Country the place lies in: ISO 3166-1 alpha-2 code.", default="")
    lat: Latitude = column("Latitude", "WGS 84 latitude in decimal degrees, north positive.")
    lon: Longitude = column("Longitude", "WGS 84 longitude in decimal degrees, east positive.")
    geo_precision: Literal["site", "settlement", "region", "country"] = column(
        "Precision", "What the coordinates stand for: the site itself, the settlement, the region or the country."
    )
    timezone: ZoneName = column("Time zone", "IANA name of the time zone kept there.")
    part_of: Id = column(
        "Part of",
        "The place this place is a part of (place_id), or empty.",
        default="",
        references=("places", "place_id"),
    )
    geocoder: Literal["geonames", "nominatim", "manual"] = column("Geocoder", "What the coordinates come from.")
    geocoder_ref: Text = column(
        "Reference",
        "Where to find it there: the GeoNames id, the OpenStreetMap id, or the public source named.",
        default="",
    )
    note: Text = column("Note", "Anything a reader of the coordinates should know.", default="")
    note_fr: Text = column("Note (French)", "The same in French; where it is empty, `note` is shown.", default="")

    @property
    def lat_lon(self) -> tuple[float, float]:
        """The point, WGS 84 degrees."""
        return self.lat, self.lon


class Toponym(Row):
    """The names of places as sources and languages spell them, one row a name and language."""

    table: ClassVar = "toponyms"
    key: ClassVar = ("toponym", "lang")

    toponym: Text = column("Toponym", "One name of the place, in one spelling.")
    lang: LanguageTag = column(
        "Language", "Language of the name: an ISO 639 code, with a script subtag where it takes one (ko-Latn)."
    )
    place_id: Id = column("Place", "The place the name means in this story.", references=("places", "place_id"))


class Event(Row):
    """What happened, was planned, foretold, alleged or denied, one row an event however many sources tell it."""

    table: ClassVar = "events"
    key: ClassVar = ("event_id",)

    event_id: Id = column("Event", "Id of the event.")
    trip: Id = column("Trip", "The trip the event belongs to (a trip of the story), or background.")
    kind: Literal[
        "travel",
        "ceremony",
        "summit",
        "visit",
        "display",
        "gift",
        "statement",
        "arms",
        "agreement",
        "sanctions",
        "conflict",
        "space",
        "border",
    ] = column(
        "Kind",
        "travel; ceremony (welcomes); summit (meetings of the leaders); visit (tours, inspections, "
        "visits by officials); display (military or flight displays); gift; statement (announcements, "
        "offers, invitations, declarations); arms (arms deals alleged or denied); agreement (treaties, "
        "documents, talks and ties between states); sanctions (UN votes, resolutions, monitoring); conflict (wars, "
        "tests, tensions, crises of a state); space; border.",
    )
    status: Literal["happened", "planned", "predicted", "claimed", "denied", "superseded"] = column(
        "Status",
        "In the light of all sources: happened; planned; predicted; claimed (said, not borne out by "
        "others); denied; superseded (a forecast not borne out or a version a better one replaces).",
    )
    when: Date = column(
        "When",
        "Date, time or interval, ISO 8601 with EDTF marks. Without offset: in the time zone of the "
        "place, or of the story where there is no place.",
    )
    place_id: Id = column(
        "Place", "Where; empty where the event has no place.", default="", references=("places", "place_id")
    )
    place_basis: Literal["stated", "inferred", ""] = column(
        "Basis of the place",
        "Whether a source states the place or we inferred it; empty where there is no place.",
        default="",
    )
    title_en: Text = column("Title (English)", "A headline of ours.")
    title_fr: Text = column("Title (French)", "A headline of ours.")
    summary_en: Text = column(
        "Summary (English)", "What the sources say of it, in one or a few sentences of ours.", default=""
    )
    summary_fr: Text = column(
        "Summary (French)", "What the sources say of it, in one or a few sentences of ours.", default=""
    )
    actors: Text = column("Actors", "Who took part: names in English separated by “; ”.", default="")
    part_of: Id = column(
        "Part of",
        "The event this event is a part of (event_id), or empty.",
        default="",
        references=("events", "event_id"),
    )
    fulfils: Id = column(
        "Fulfils",
        "The plan or forecast (event_id) that this event made true, or empty.",
        default="",
        references=("events", "event_id"),
    )
    replaced_by: Id = column(
        "Replaced by",
        "For a superseded event: the event (event_id) that replaces it.",
        default="",
        references=("events", "event_id"),
    )
    when_means: Literal["within", "throughout", ""] = column(
        "Meaning of an interval",
        "Whether the event is a moment somewhere within the interval (also if empty), or lasts throughout it. "
        "Of an open interval `within` says that its start is only the earliest that it can be.",
        default="",
    )
    known_with: Id = column(
        "Known with",
        "The source (source_id) with whose publication all of this row is told: title, summary, date, place, and the "
        "notes of its claims; empty for the last source of its claims.",
        default="",
        references=("sources", "source_id"),
    )
    title_then_en: Text = column(
        "Title before (English)",
        "Until then, the headline of ours that holds from the first of its claims on; empty where the title does.",
        default="",
    )
    title_then_fr: Text = column("Title before (French)", "The same in French.", default="")
    key_moment: Number | None = column(
        "Key moment",
        "The number of the key moment that the event is, rising with time; empty for all others. Eight to twelve of "
        "them tell a story; where none is marked, they are chosen by a rule.",
        default=None,
    )
    label_en: Text = column(
        "Label (English)", "A short label for the map and the time strip; empty where the title is short.", default=""
    )
    label_fr: Text = column("Label (French)", "The same in French.", default="")

    @property
    def anchor(self) -> datetime:
        """Where the playhead goes for the event, in UTC.

        Years and months share one start, so that the table decides their order. What happened somewhere within a few
        days is told in their middle: at their start it may still have been ahead. What is open from a day on is so
        by its last minute, when whatever made it so has happened.
        """
        when = self.when
        if when.precision in ("year", "month"):
            return max(when.start, parse_when(when.text, UTC).start)
        if when.end is None and _DAY_TO_OPEN.fullmatch(when.text):
            return when.start + timedelta(days=1, minutes=-1)
        if when.precision == "window" and when.end and self.when_means != "throughout":
            span = when.end - when.start
            return when.start + span / 2 if span <= _FEW_DAYS else when.start
        return when.anchor


class Origin(Row):
    """Who the articles have their claims from, one row each."""

    table: ClassVar = "origins"
    key: ClassVar = ("origin_id",)

    origin_id: Id = column("Origin", "Id of the origin.")
    name_en: Text = column("Name (English)", "Name shown to readers in English.")
    name_fr: Text = column("Name (French)", "Name shown to readers in French.")
    name_in_sentence_en: Text = column("In a sentence (English)", _IN_SENTENCE, default="")
    name_in_sentence_fr: Text = column("In a sentence (French)", _IN_SENTENCE, default="")
    kind: Literal["state-media", "agency", "government", "official", "expert", "institute", "media", "unnamed"] = (
        column("Kind", "What the origin is.")
    )
    root: Id = column(
        "Root",
        "The origin it repeats or speaks for; empty if it is one itself.",
        default="",
        references=("origins", "origin_id"),
    )
    note_en: Text = column("Note (English)", "Why it counts as it does.", default="")
    note_fr: Text = column("Note (French)", "The same in French.", default="")


class Claim(Row):
    """What one paragraph of one source says of one event."""

    table: ClassVar = "claims"
    key: ClassVar = ("claim_id",)

    claim_id: Id = column("Claim", "Id of the claim: c-<article>-<paragraph>-<n>.")
    event_id: Id = column("Event", "The event it is about.", references=("events", "event_id"))
    source_id: Id = column("Source", "The source that says it.", references=("sources", "source_id"))
    paragraph: Number = column(
        "Paragraph",
        "Which non-blank line of the article's text, counted from 1 (headline, by-line and captions count).",
    )
    stance: Literal["reports", "announces", "predicts", "alleges", "denies"] = column(
        "Stance", "What the paragraph does: reports it as done; announces it; predicts it; alleges it; denies it."
    )
    attributed_to: Text = column(
        "Origin",
        "Who the article has it from (an agency, a government, an expert); empty where it speaks for itself.",
        default="",
    )
    when: Date | None = column(
        "When",
        "The date the claim's own words come to, in the form of events.when; empty where it gives none.",
        default=None,
    )
    when_as_written: ShortText = column(
        "When, as written", "The few words the paragraph uses for the time, in its language.", default=""
    )
    place_as_written: ShortText = column(
        "Place, as written", "The few words the paragraph uses for the place, in its language.", default=""
    )
    origin_id: Id = column(
        "Origin",
        "Who vouches for the claim; empty where the article itself does.",
        default="",
        references=("origins", "origin_id"),
    )
    when_basis: Literal["rule", "stated", "lasting", "context", "estimate", "publication", "none"] = column(
        "Basis of the date", "How `when` follows from the words of the paragraph."
    )
    note_en: Text = column(
        "Note (English)",
        "What a reader of the claim should know: how the date was worked out, what it contradicts.",
        default="",
    )
    note_fr: Text = column(
        "Note (French)",
        "What a reader of the claim should know: how the date was worked out, what it contradicts.",
        default="",
    )


class Person(Row):
    """Who the people are whom the sources name, as far as these say it, one row each; a story may leave it out."""

    table: ClassVar = "people"
    key: ClassVar = ("person_id",)
    optional: ClassVar = True

    person_id: Id = column("Person", "Id of the person.")
    name: ShortText = column(
        "Name",
        "The name in English, as `actors` of events have it; `names_fr` of datapackage.json has the French one where "
        "it differs. No two people have the same.",
    )
    family_name_first: Truth = column(
        "Family name first",
        "true where the name begins with the family name, as Korean ones do; otherwise the family name is its last "
        "word. People are listed by it.",
        default=False,
    )
    line_en: Text = column("Line (English)", "Who the person is, in one line of ours: only what the sources say.")
    line_fr: Text = column("Line (French)", "The same in French.")
    source_id: Id = column("Source", "The source that says it.", references=("sources", "source_id"))
    paragraph: Number = column(
        "Paragraph", "The paragraph that says it, counted as in claims; the person is named there."
    )
    origin_id: Id = column(
        "Origin",
        "The origin that is this person speaking; empty where no claim is attributed to the person.",
        default="",
        references=("origins", "origin_id"),
    )


class Disagreement(Row):
    """Questions that the sources answer differently, one row each."""

    table: ClassVar = "disagreements"
    key: ClassVar = ("disagreement_id",)

    disagreement_id: Id = column("Disagreement", "Id of the question.")
    question_en: Text = column("Question (English)", "The question in English.")
    question_fr: Text = column("Question (French)", "The question in French.")
    settle_en: Text = column(
        "What would settle it (English)",
        "What kind of document or report would settle the question, in a sentence of ours; it states nothing new.",
        default="",
    )
    settle_fr: Text = column("What would settle it (French)", "The same in French.", default="")


class Version(Row):
    """What each claim answers to a disagreement, one row each."""

    table: ClassVar = "versions"
    key: ClassVar = ("version_id",)

    version_id: Id = column("Version", "Id of the version.")
    disagreement_id: Id = column(
        "Disagreement", "The question it answers.", references=("disagreements", "disagreement_id")
    )
    claim_id: Id = column("Claim", "The claim that answers.", references=("claims", "claim_id"))
    says_en: Text = column("Says (English)", "The answer, in our words.")
    says_fr: Text = column("Says (French)", "The same in French.")
    drawn: Truth = column("Drawn", "Whether the story takes this version for what happened.")
    why_en: Text = column("Why (English)", "Why it is drawn or not.")
    why_fr: Text = column("Why (French)", "The same in French.")


class Leg(Row):
    """One movement from one stop to the next by one mode, one row each."""

    table: ClassVar = "legs"
    key: ClassVar = ("leg_id",)

    leg_id: Id = column("Leg", "Id of the leg.")
    trip: Id = column("Trip", "The trip the leg belongs to.")
    event_id: Id = column(
        "Event", "The event whose being known makes the leg known.", default="", references=("events", "event_id")
    )
    from_place: Id = column(
        "From",
        "Where it starts (place_id); empty where no source tells.",
        default="",
        references=("places", "place_id"),
    )
    to_place: Id = column("To", "Where it ends (place_id).", references=("places", "place_id"))
    mode: Literal["train", "car", "aeroplane"] = column("Mode", "Means of transport.")
    depart: Date | None = column(
        "Departure",
        "When it left: a date or time, or the window from the earliest to the latest possible; without "
        "offset in the time zone of the start. Empty where no source tells.",
        default=None,
    )
    arrive: Date | None = column(
        "Arrival",
        "When it arrived: a date or time, or the window from the earliest to the latest possible; "
        "without offset in the time zone of the end. Empty where no source tells.",
        default=None,
    )
    evidence: Literal["stated", "inferred", "planned"] = column(
        "Evidence", "Whether a source states the leg, we inferred it, or it was only planned."
    )
    track_id: Id = column(
        "Track",
        "The line it is drawn along (track_id of tracks), from its start to its end; empty where none is drawn.",
        default="",
        references=("tracks", "track_id"),
    )
    rail_km: Kilometres | None = column(
        "Length",
        "Length of the leg along its track, in kilometres; the note says how it was measured. Empty "
        "where there is no track.",
        default=None,
    )
    max_km_h: Speed | None = column(
        "Greatest speed",
        "The speed that it cannot have exceeded, in kilometres an hour; the note says why. Empty where no source gives "
        "one: then it can have been anywhere on the leg from when it may have left until it must have arrived.",
        default=None,
    )
    note_en: Text = column("Note (English)", "What the departure, arrival, speed and line rest on.", default="")
    note_fr: Text = column("Note (French)", "What the departure, arrival, speed and line rest on.", default="")

    @property
    def is_reported_train(self) -> bool:
        """Whether the leg moves the train: by rail, along a track, and more than planned."""
        return self.mode == "train" and bool(self.track_id) and self.evidence != "planned"


class Waypoint(Row):
    """The lines as drawn, one row a waypoint; no source gives them."""

    table: ClassVar = "tracks"
    key: ClassVar = ("track_id", "seq")

    track_id: Id = column("Track", "Id of the line.")
    seq: Position = column("Order", "Position of the waypoint on the line, rising from its start.")
    name: Text = column("Name", "Name of the waypoint in English; may be empty for a bend of the line.", default="")
    lat: Latitude = column("Latitude", "WGS 84 latitude in decimal degrees, north positive.")
    lon: Longitude = column("Longitude", "WGS 84 longitude in decimal degrees, east positive.")
    kind: Literal["station", "junction", "border", "waypoint"] = column(
        "Kind", "What the waypoint is: a station, a junction, a border crossing, or a mere bend."
    )
    ref: Text = column("Reference", "Where the coordinates come from.", default="")

    @property
    def lat_lon(self) -> tuple[float, float]:
        """The point, WGS 84 degrees."""
        return self.lat, self.lon


class Figure(Row):
    """Distances the articles state that can be checked, one row each."""

    table: ClassVar = "figures"
    key: ClassVar = ("figure_id",)

    figure_id: Id = column("Figure", "Id of the figure.")
    claim_id: Id = column("Claim", "The claim that states it.", references=("claims", "claim_id"))
    value: Distance = column("Value", "The number as stated.")
    unit: Literal["mi", "km"] = column("Unit", "Unit of the value: international miles or kilometres.")
    from_place: Id = column("From", "Where the distance starts.", references=("places", "place_id"))
    to_place: Id = column("To", "Where it ends.", references=("places", "place_id"))
    track_id: Id = column(
        "Track", "The drawn line between the two, if there is one.", default="", references=("tracks", "track_id")
    )


class Geocode(Row):
    """How each place of the story became a point: the candidate chosen and those rejected, one row each."""

    table: ClassVar = "geocodes"
    key: ClassVar = ("place_id", "provider", "provider_ref")

    place_id: Id = column("Place", "The place that the name means.", references=("places", "place_id"))
    toponym: Text = column(
        "Toponym", "The spelling that led to the candidate, of those that the place has in the story."
    )
    decision: Literal["chosen", "rejected"] = column(
        "Decision", "chosen: the place stands where this candidate is; rejected: it could have been meant and was not."
    )
    provider: Literal["geonames", "nominatim", "manual"] = column(
        "Provider", "Where the candidate comes from: geonames; nominatim; manual (entered by a person)."
    )
    provider_ref: Text = column(
        "Id with the provider", "The provider's id of the candidate, or for manual entries where the point comes from."
    )
    name: Text = column("Name", "The candidate's own name with its provider.")
    kind: Literal["site", "settlement", "region", "country"] = column(
        "Kind", "What the candidate is, in the words of geo_precision."
    )
    country: CountryCode = column("Country", "ISO 3166-1 alpha-2 code; empty for what lies in several.", default="")
    population: Population | None = column(
        "Population", "Inhabitants, as the provider has them; empty where it has none.", default=None
    )
    lat: Latitude = column("Latitude", "WGS 84 latitude in decimal degrees, north positive.")
    lon: Longitude = column("Longitude", "WGS 84 longitude in decimal degrees, east positive.")
    score: Score | None = column(
        "Score",
        "How well the candidate fits name, prominence and the other places of the story, 0 to 1; empty "
        "where a person decided or the candidate cannot be the place.",
        default=None,
    )
    reasons: Text = column(
        "Reasons",
        "Codes of what its rank rests on, separated by “; ”: name, similar-name, country, capital, "
        "population, importance; in, near, same-region, same-country with the name of the place that "
        "speaks for it; other-country, other-kind for what cannot be the place; settled where a person "
        "had decided before; naive for what the name alone would have led to.",
        default="",
    )
    decided_by: Literal["geonames", "nominatim", "curator"] = column(
        "Decided by", "The provider, or curator where a person decided. What a person decided, a refresh keeps."
    )
    decided_on: Day = column("Decided on", "The day of the decision, ISO 8601.")
    note_en: Text = column("Note (English)", "Why a person decided so.", default="")
    note_fr: Text = column("Note (French)", "Why a person decided so.", default="")

    @property
    def reason_codes(self) -> list[str]:
        """The codes of the reasons, each with what it names: `near:Khasan`."""
        return [reason for reason in self.reasons.split("; ") if reason]

    @property
    def is_naive(self) -> bool:
        """Whether the name alone would have led to the candidate: its most populous bearer anywhere."""
        return "naive" in self.reason_codes

    @property
    def lat_lon(self) -> tuple[float, float]:
        """The point, WGS 84 degrees."""
        return self.lat, self.lon


TABLES: Final[dict[str, type[Row]]] = {
    row.table: row
    for row in (
        Source,
        Place,
        Toponym,
        Event,
        Origin,
        Claim,
        Person,
        Disagreement,
        Version,
        Leg,
        Waypoint,
        Figure,
        Geocode,
    )
}
"""The row of each table of the format, in the order in which faults are listed."""
REQUIRED: Final = {
    table: [name for name, column in row.model_fields.items() if column.is_required()] for table, row in TABLES.items()
}
"""The columns that a table must have: those whose cells must be filled. The others may be left out."""
COLUMNS: Final = {table: list(row.model_fields) for table, row in TABLES.items()}
