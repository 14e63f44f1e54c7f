"""Stories for tests: a tiny valid one, and text that tries to be more than text."""

import csv
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final, Protocol

from geo.story import Story
from geo.story.format import COLUMNS, Claim, Row
from geo.story.table_schema import resources
from geo.story.when import parse_when
from tests.support import ROOT

SHIPPED: Final = ROOT / "data" / "kim-putin"

DATELINE = {
    "title_en": "A tour",
    "title_fr": "Une tournée",
    "timezone": "UTC",
    "trips": [
        {
            "trip": "tour",
            "title_en": "The tour",
            "title_fr": "La tournée",
            "start": "2023-09-10",
            "end": "2023-09-16",
            "timezone": "Asia/Vladivostok",
        }
    ],
}

TABLES = {
    "sources": """\
source_id,outlet,title,language,published,published_basis,published_note_en,published_note_fr,wire,article
s000,A paper,A headline,fr,2023-09-12,stated,on the page,sur la page,AFP,000
s001,Another paper,,fr,2023-09-14,inferred,from its words,de ses mots,,001
""",
    "places": """\
place_id,name_en,name_fr,name_local,kind,country,lat,lon,geo_precision,timezone,part_of,geocoder,geocoder_ref,note
country,Country,Pays,Страна,country,RU,60.0,100.0,country,Asia/Vladivostok,,manual,an atlas,
alpha,Alpha,Alpha,Альфа,station,RU,42.0,130.0,site,Asia/Vladivostok,country,geonames,1,
beta,Beta,Bêta,Бета,settlement,RU,43.0,131.0,settlement,Asia/Vladivostok,country,geonames,2,
gamma,Gamma-on-Sea,Gamma-sur-l’Eau,Гамма,settlement,RU,44.0,131.0,settlement,Asia/Yakutsk,country,geonames,3,
delta,Delta,Delta,Дельта,settlement,RU,43.0,132.0,settlement,Asia/Vladivostok,country,geonames,4,
""",
    "toponyms": """\
toponym,lang,place_id
Alfa,fr,alpha
Gamma-sur-l'Eau,fr,gamma
""",
    "events": """\
event_id,trip,kind,status,when,place_id,place_basis,title_en,title_fr,summary_en,summary_fr,actors,part_of,fulfils,replaced_by
plan,tour,statement,planned,2023-09-11,,,Plan,Plan,,,,,,
departure,tour,travel,happened,2023-09-11T06:00+10:00,alpha,stated,Departure,Départ,,,A; B,,plan,
visit,tour,visit,happened,2023-09-13~,gamma,inferred,Visit,Visite,,,,,,
forecast,tour,travel,superseded,2023-09-13,beta,stated,Forecast,Prévision,,,,,,visit
war,background,conflict,happened,1950/1953,country,stated,War,Guerre,,,,,,
""",
    "claims": """\
claim_id,event_id,source_id,paragraph,stance,attributed_to,when,when_as_written,place_as_written,origin_id,when_basis,note_en,note_fr
c-000-01-1,plan,s000,1,announces,KCNA,,lundi,,kcna,none,,
c-000-02-1,departure,s000,2,reports,,2023-09-11,lundi matin,Alfa,,context,,
c-001-01-1,departure,s001,1,reports,KCNA,,,,kcna,none,,
c-001-02-1,visit,s001,2,reports,,,,,,none,,
c-000-03-1,forecast,s000,3,predicts,,,,,,none,,
c-001-04-1,war,s001,4,reports,,,,,,none,,
""",
    "geocodes": """\
place_id,toponym,decision,provider,provider_ref,name,kind,country,population,lat,lon,score,reasons,decided_by,decided_on,note_en,note_fr
country,Country,chosen,manual,an atlas,Country,country,RU,,60.0,100.0,,,curator,2026-11-20,In the middle,Au milieu
alpha,Alfa,chosen,geonames,1,Alpha,site,RU,,42.0,130.0,0.5,name,geonames,2026-11-20,,
alpha,Alfa,rejected,geonames,9,Alfa,settlement,RU,900,55.0,37.0,,other-kind; naive,geonames,2026-11-20,,
beta,Beta,chosen,geonames,2,Beta,settlement,RU,200,43.0,131.0,0.5,name; near:Delta,geonames,2026-11-20,,
gamma,Gamma-on-Sea,chosen,geonames,3,Gamma,settlement,RU,300,44.0,131.0,0.5,name,geonames,2026-11-20,,
delta,Delta,chosen,geonames,4,Delta,settlement,RU,400,43.0,132.0,0.5,name,geonames,2026-11-20,,
""",
    "figures": """\
figure_id,claim_id,value,unit,from_place,to_place,track_id
far,c-000-02-1,70,mi,alpha,beta,alpha-beta
""",
    "origins": """\
origin_id,name_en,name_fr,kind,root,note_en,note_fr
state,State media,Médias d’État,state-media,,,
kcna,KCNA,KCNA,agency,state,,
""",
    "people": """\
person_id,name,family_name_first,line_en,line_fr,source_id,paragraph,origin_id
a,A,,Leads the tour.,Conduit la tournée.,s000,2,
anna,Anna Mo,,Only named : there.,Seulement nommée : là.,s000,9,
zet,Zet Bo,true,Speaks for the state.,Parle pour l’État.,s001,1,kcna
carl,Carl Abel,false,Took a picture.,A fait une photo.,s001,1,
""",
    "disagreements": """\
disagreement_id,question_en,question_fr
day,Which day?,Quel jour ?
""",
    "versions": """\
version_id,disagreement_id,claim_id,says_en,says_fr,drawn,why_en,why_fr
day-1,day,c-000-02-1,On Monday.,Lundi.,true,It was there.,Il y était.
day-2,day,c-000-03-1,On Wednesday.,Mercredi.,false,A forecast.,Une prévision.
""",
    "legs": """\
leg_id,trip,event_id,from_place,to_place,mode,depart,arrive,evidence,track_id,rail_km,note_en,note_fr
first,tour,departure,alpha,beta,train,2023-09-11T06:00+10:00/2023-09-11T12:00+10:00,2023-09-12T06:00+10:00/2023-09-12T12:00+10:00,stated,alpha-beta,150,,
second,tour,visit,beta,gamma,train,2023-09-12T12:00+10:00/2023-09-12T18:00+10:00,2023-09-13,inferred,beta-gamma,,,
onward,tour,plan,gamma,delta,train,2023-09-14/..,,planned,gamma-delta,,,
flight,tour,,delta,alpha,aeroplane,,,stated,,,,
""",
    "tracks": """\
track_id,seq,name,lat,lon,kind,ref
alpha-beta,1,Alpha,42.0,130.0,station,geonames:1
alpha-beta,2,,42.4,130.7,waypoint,manual
alpha-beta,3,Beta,43.0,131.0,station,geonames:2
beta-gamma,1,Beta,43.0,131.0,station,geonames:2
beta-gamma,2,Gamma,44.0,131.0,station,geonames:3
gamma-delta,1,Gamma,44.0,131.0,station,geonames:3
gamma-delta,2,Delta,43.0,132.0,station,geonames:4
""",
}


# Text that tries to be more than text: markup, templates, quotes, ends of lines and marks of direction.
HOSTILE = (
    "</script><script>window.pwned = 1</script><img src=x onerror=window.pwned=1> <!-- {{ 7 * 7 }} {% raw %} {# #} "
    "` ${window.pwned = 1} \" ' \\ \u2028 \u2029 \u202eabc </title></style>"
)


def write_story(folder: Path) -> Path:
    """Write a small valid story of every table into a folder, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    package = {"name": "tiny", "dateline": DATELINE, "resources": resources()}
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    for table, text in TABLES.items():
        (folder / f"{table}.csv").write_text(text, "utf-8", newline="\n")
    return folder


class StoryWith(Protocol):
    """Loads the tiny story with rows of its tables changed, added, or left out: see `variant`."""

    def __call__(
        self, without: Collection[str] = (), dateline: dict[str, Any] | None = None, **tables: list[dict[str, str]]
    ) -> Story: ...


# The columns that tell the rows of a table apart, where it is not the first alone.
_KEYS: Final = {"geocodes": ("place_id", "provider_ref"), "tracks": ("track_id", "seq")}


def variant(
    folder: Path, without: Collection[str], dateline: Mapping[str, Any], tables: Mapping[str, Sequence[dict[str, str]]]
) -> Path:
    """Write the tiny story with changes into a folder, and return the folder.

    A row of `tables` changes the one that has the same key, or else is added. `without` names the keys of rows to
    leave out, of whatever table; `dateline` replaces properties of the package.
    """
    write_story(folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    package["dateline"] |= dateline
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    for table in TABLES:
        _rewrite(folder / f"{table}.csv", tables.get(table, []), without)
    return folder


def _rewrite(path: Path, changes: Sequence[dict[str, str]], without: Collection[str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or [])
        key = _KEYS.get(path.stem, columns[:1])
        rows = {tuple(row[column] for column in key): row for row in reader}
    for change in changes:
        # A column that the tiny story leaves out comes with its first cell.
        columns += [column for column in change if column not in columns]
        assert change.keys() <= set(COLUMNS[path.stem]), change.keys() - set(COLUMNS[path.stem])
        own = tuple(change[column] for column in key)
        rows[own] = rows.get(own, dict.fromkeys(columns, "")) | change
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for own, row in rows.items() if own[0] not in without)


def edited(story: Story, table: str, row_id: str | None = None, /, **cells: Any) -> Story:
    """The story with other values in some rows of a table: in those with that id, or in all.

    A date may be given as text; it is read on the calendar of the row's place.
    """

    def changed(row: Row) -> Row:
        if row_id not in (None, getattr(row, row.key[0])):
            return row
        new = row.model_copy(update=cells)
        dates = {
            column: parse_when(cell, _zone(story, new, column))
            for column, cell in cells.items()
            if _is_date(column, cell)
        }
        return new.model_copy(update=dates)

    rows: dict[str, Any] = {table: tuple(map(changed, getattr(story, table)))}
    return replace(story, **rows)


def _is_date(column: str, cell: Any) -> bool:
    return column in ("when", "depart", "arrive") and isinstance(cell, str)


def _zone(story: Story, row: Row, column: str) -> tzinfo:
    if isinstance(row, Claim):
        return story.zone(story.event_by_id[row.event_id].place_id)
    return story.zone(getattr(row, {"when": "place_id", "depart": "from_place", "arrive": "to_place"}[column]))


def with_hostile_text(story: Story) -> Story:
    """The story with every free text replaced by markup, templates, quotes and marks of direction."""
    tables = {
        "events": ["title_en", "title_fr", "title_then_en", "title_then_fr", "summary_en", "summary_fr", "actors"],
        "claims": ["attributed_to", "when_as_written", "place_as_written", "note_en", "note_fr"],
        "sources": ["outlet", "title", "published_note_en", "published_note_fr"],
        "places": ["name_en", "name_fr", "name_local", "note", "note_fr"],
        "geocodes": ["toponym", "name", "provider_ref", "note_en", "note_fr"],
        "legs": ["note_en", "note_fr"],
        "people": ["name", "line_en", "line_fr"],
    }
    for table, columns in tables.items():
        story = edited(story, table, **dict.fromkeys(columns, HOSTILE))
    trips = tuple(replace(trip, title_en=HOSTILE, title_fr=HOSTILE) for trip in story.trips)
    return replace(story, title_en=HOSTILE, title_fr=HOSTILE, trips=trips)
