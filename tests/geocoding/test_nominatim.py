import gzip
import json
import socket
import sqlite3
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme
from geopy.exc import (
    ConfigurationError,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from hypothesis import given
from hypothesis import strategies as st
from requests_cache.backends.sqlite import SQLiteCache

from geo.geocoding import __main__ as geocode
from geo.geocoding.candidates import Candidate, Provider, Query
from geo.geocoding.chain import Chain
from geo.geocoding.providers import nominatim, nominatim_places
from geo.geocoding.providers.nominatim import (
    ATTEMPTS,
    CACHE_NAME,
    LARGEST_ANSWER,
    NAMES_OUT_OF_REACH,
    POLICY,
    USER_AGENT,
    BoundedAdapter,
    OnlineNominatim,
)
from geo.geocoding.providers.nominatim_places import Place, kind, match, places
from tests.support.nominatim import (
    MEGABYTES_100,
    Act,
    Handler,
    NominatimServer,
    answer,
    body,
    cut_off,
    drip,
    dripping_head,
    good,
    hang_up,
    html,
    huge,
    huge_unannounced,
    place,
    serving,
    silence,
    status,
)
from tests.support.stories import HOSTILE

WHO = "dateline-tests (tests@example.org)"


class Clock:
    """A clock that goes on only when somebody sleeps by it."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that the environment names is not asked for loopback."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def server() -> Iterator[NominatimServer]:
    with serving() as running:
        yield running


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock by which requests wait for their turn, and between attempts."""
    clock = Clock()
    monkeypatch.setattr(nominatim.TURNS, "_last_call", None)
    monkeypatch.setattr("geopy.extra.rate_limiter.default_timer", clock)
    sleep_by(clock.sleep, monkeypatch)
    return clock


def sleep_by(sleep: Callable[[float], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Sleep like this instead of letting time pass."""
    monkeypatch.setattr("geopy.extra.rate_limiter.sleep", sleep)
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=sleep))


def compressed(handler: Handler, _: str) -> None:
    """Send a good answer in a form that nobody asked for, which could hold any number of bytes."""
    assert "identity" == handler.headers["Accept-Encoding"]
    handler.send(gzip.compress(json.dumps([place("Khasan")]).encode()), Content_Encoding="gzip")


@pytest.fixture
def online(server: NominatimServer, tmp_path: Path) -> OnlineNominatim:
    """A geocoder that asks the server, and sleeps by the test's clock."""
    return OnlineNominatim(server.url, user_agent=WHO, folder=tmp_path, timeout=20)


def kept(folder: Path) -> dict[str, Any]:
    """What the cache in a folder holds, by the name that was asked for."""
    answers = SQLiteCache(folder / CACHE_NAME, serializer="json")
    with closing(answers):
        return {
            parse_qs(urlsplit(answer.request.url).query)["q"][0]: answer.json() for answer in answers.responses.values()
        }


# What is asked and what is understood.


def test_a_place_becomes_a_candidate(online: OnlineNominatim, server: NominatimServer) -> None:
    """Id, name, kind, country, division, point and importance are Nominatim's; the match is ours."""
    server.play("Khassan", answer([place("Хасан")]))

    assert [
        Candidate(
            provider="nominatim",
            ref="node/277678113",
            name="Хасан",
            kind="settlement",
            country="RU",
            lat=42.4289,
            lon=130.6453,
            importance=0.4064,
            match=1.0,
            admin1="RU-PRI",
        )
    ] == online.candidates(Query("Khassan"))


def test_a_request_says_all_that_is_asked_and_who_asks(online: OnlineNominatim, server: NominatimServer) -> None:
    """Language, countries, box, ten results with their names and addresses, and the user agent reach the server."""
    online.candidates(Query("Khasan", "fr", frozenset({"RU", "KP"}), ((40.0, 125.0), (45.0, 135.0))))

    (asked,) = server.asked
    assert asked.path == "/search"
    assert asked.user_agent == WHO
    assert asked.query == {
        "q": "Khasan",
        "format": "json",
        "limit": "10",
        "addressdetails": "1",
        "namedetails": "1",
        "accept-language": "fr",
        "countrycodes": "kp,ru",
        "viewbox": "125.0,40.0,135.0,45.0",
        "bounded": "1",
    }


def test_a_server_may_live_below_a_path(server: NominatimServer, tmp_path: Path) -> None:
    """The search is looked for below the path of the server's address."""
    online = OnlineNominatim(f"{server.url}/nominatim/", user_agent=WHO, folder=tmp_path)

    assert 1 == len(online.candidates(Query("Khasan")))
    assert ["/nominatim/search"] == [asked.path for asked in server.asked]


def test_a_box_across_the_antimeridian_is_asked_for_in_two(online: OnlineNominatim, server: NominatimServer) -> None:
    """Nominatim knows no such box: either side is asked for, and a place that both answer comes once."""
    east = place("Анадырь", osm_id=1, lat="64.73", lon="177.5")
    west = place("Уэлен", osm_id=2, lat="66.15", lon="-169.8")
    server.play("Chukotka", answer([east]), answer([west, east]))

    found = online.candidates(Query("Chukotka", box=((60.0, 170.0), (70.0, -165.0))))

    assert ["170.0,60.0,180.0,70.0", "-180.0,60.0,-165.0,70.0"] == [asked.query["viewbox"] for asked in server.asked]
    assert ["node/1", "node/2"] == [candidate.ref for candidate in found]


def test_what_lies_elsewhere_is_left_out(online: OnlineNominatim, server: NominatimServer) -> None:
    """A server that does not keep to the countries or the box does not change what was asked for."""
    iran = place("Khasan", osm_id=1, lat="35.5", lon="47.0", address={"country_code": "ir"})
    server.play("Khasan", answer([iran, place("Khasan", osm_id=2)]))

    assert ["node/2"] == [found.ref for found in online.candidates(Query("Khasan", countries=frozenset({"RU"})))]
    box = ((40.0, 125.0), (45.0, 135.0))
    assert ["node/2"] == [found.ref for found in online.candidates(Query("Khasan", box=box))]


@pytest.mark.parametrize("name", ["", "  ", "\x00\x1b", "a" * 201])
def test_what_is_no_name_is_not_asked_for(online: OnlineNominatim, server: NominatimServer, name: str) -> None:
    """Nothing, and what is longer than any name, is not found, without a request."""
    assert [] == online.candidates(Query(name))
    assert [] == server.asked


def test_a_hostile_name_is_asked_for_as_text(online: OnlineNominatim, server: NominatimServer) -> None:
    """Parameters, ends of lines and halves of characters in a name stay in the name, or are left out of it."""
    online.candidates(Query("Kha&limit=99#\r\nHost: x\ud800san"))

    (asked,) = server.asked
    assert asked.query["q"] == "Kha&limit=99# Host: xsan"
    assert asked.query["limit"] == "10"


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ({"class": "boundary", "type": "administrative", "addresstype": "country", "place_rank": 4}, "country"),
        ({"class": "boundary", "type": "administrative", "addresstype": "state", "place_rank": 8}, "region"),
        ({"class": "boundary", "type": "administrative", "addresstype": "city", "place_rank": 16}, "settlement"),
        ({"class": "place", "type": "hamlet", "addresstype": "hamlet", "place_rank": 20}, "settlement"),
        ({"class": "railway", "type": "station", "addresstype": "railway", "place_rank": 30}, "site"),
        ({"category": "aeroway", "type": "spaceport", "addresstype": "aeroway", "place_rank": 30}, "site"),
        ({"class": "waterway", "type": "river", "addresstype": "river", "place_rank": 19}, "region"),
        ({"class": "boundary", "type": "administrative", "place_rank": 4}, "country"),
        ({"class": "boundary", "type": "administrative", "place_rank": 10}, "region"),
        ({"class": "boundary", "type": "administrative", "place_rank": 14}, "settlement"),
        ({}, "site"),
    ],
)
def test_kinds_are_those_of_the_story_format(described: dict[str, Any], expected: str) -> None:
    """Countries, areas, settlements and sites are told apart, on servers without address types, too."""
    assert expected == kind(Place.model_validate({"lat": 1, "lon": 1} | described))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Khassan", 1.0),
        ("KHASAN", 1.0),
        ("Khasan, Russia", 1.0),
        ("Хасан", 1.0),
        ("Khasam", 10 / 12),
        ("Gagarine", 6 / 13),
    ],
)
def test_the_match_is_that_of_the_best_name(asked: str, expected: float) -> None:
    """Every name in any spelling counts, one of several in a field, too, and what stands before a comma."""
    found = match(asked, Place.model_validate(place("Хасан")))

    assert pytest.approx(expected, abs=0.001) == found


def test_a_place_without_an_id_of_openstreetmap_has_the_servers(
    online: OnlineNominatim, server: NominatimServer
) -> None:
    """A postcode is no object of OpenStreetMap's; its id is the server's own."""
    postcode = {key: value for key, value in place("692730").items() if not key.startswith("osm")}
    server.play("692730", answer([postcode]))

    assert ["place/100149"] == [found.ref for found in online.candidates(Query("692730"))]


def test_what_php_and_old_servers_leave_out_is_empty(online: OnlineNominatim, server: NominatimServer) -> None:
    """Empty lists for mappings, nulls and missing fields are no fault: a place needs a point and no more."""
    bare = {"lat": "1", "lon": "2", "place_id": 7, "display_name": "Khasan, Россия", "namedetails": [], "address": []}
    server.play("Khasan", answer([bare | {"name": None, "importance": None}]))

    (found,) = online.candidates(Query("Khasan"))

    assert ("Khasan", "", 0.0, 1.0) == (found.name, found.country, found.importance, found.match)


# Who asks, and whom.


@pytest.mark.parametrize("agent", ["", "dateline", "python-requests/2.34", "né@example.org", "a@b.example\r\nX: y"])
def test_who_does_not_say_who_asks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agent: str) -> None:
    """Without a way to reach whoever asks nothing is asked; the message has the rule and the way out."""
    monkeypatch.setenv(USER_AGENT, agent)

    with pytest.raises(ConfigurationError, match=f"{USER_AGENT}.* e-mail") as refused:
        OnlineNominatim("http://127.0.0.1:1", folder=tmp_path)

    assert POLICY in str(refused.value)
    assert repr(agent) in str(refused.value)


def test_the_environment_says_who_asks(
    server: NominatimServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The user agent is a matter of configuration."""
    monkeypatch.setenv(USER_AGENT, f" {WHO} ")
    OnlineNominatim(server.url, folder=tmp_path).candidates(Query("Khasan"))

    assert [WHO] == [asked.user_agent for asked in server.asked]


@pytest.mark.parametrize(
    "url",
    [
        *("", "nominatim.example.org", "file:///etc/passwd", "ftp://example.org", "http://", "http://[", "http://a b"),
        *("http://a:b@example.org", "http://example.org?q=1", "http://example.org#x", "http://a:99999"),
        f"http://{'a' * 64}.example",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(tmp_path: Path, url: str) -> None:
    """Another scheme, a user, a query or no host: nothing is asked, and the message shows what an address is."""
    with pytest.raises(ConfigurationError, match=r"https://nominatim\.example\.org") as refused:
        OnlineNominatim(url, user_agent=WHO, folder=tmp_path)

    assert repr(url) in str(refused.value)


def test_the_environments_proxy_is_asked(
    server: NominatimServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets the address whole, unless the environment says that the host needs no proxy."""
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving() as other:
        OnlineNominatim(other.url, user_agent=WHO, folder=tmp_path).candidates(Query("Khasan"))
        assert [1, 0] == [len(other.asked), len(server.asked)]

    elsewhere = OnlineNominatim("http://nominatim.example.org", user_agent=WHO, folder=tmp_path)
    assert 1 == len(elsewhere.candidates(Query("Khasan")))
    assert ["/search"] == [asked.path for asked in server.asked]


# One request a second.


def test_all_geocoders_of_a_process_share_one_request_a_second(
    server: NominatimServer, tmp_path: Path, clock: Clock
) -> None:
    """Four geocoders ask for twelve names: no two requests within a second of the clock."""
    server.clock = clock
    geocoders = [OnlineNominatim(server.url, user_agent=WHO, folder=tmp_path) for _ in range(4)]

    assert [1] * 12 == [len(geocoders[n % 4].candidates(Query(f"Place {n}"))) for n in range(12)]
    assert [1.0] * 11 == [later.at - earlier.at for earlier, later in pairwise(server.asked)]


def test_what_is_kept_waits_for_no_turn(online: OnlineNominatim, clock: Clock) -> None:
    """A name that was asked for before is answered at once."""
    for _ in range(3):
        online.candidates(Query("Khasan"))

    assert [] == clock.slept


def test_attempts_keep_to_the_limit_too(online: OnlineNominatim, server: NominatimServer, clock: Clock) -> None:
    """What is asked again is asked after 1, 2 and 4 seconds."""
    server.clock = clock
    server.play("Khasan", status(500), status(503), hang_up, good)

    assert 1 == len(online.candidates(Query("Khasan")))
    assert [0.0, 1.0, 3.0, 7.0] == [asked.at for asked in server.asked]


def test_an_interruption_ends_the_waiting_at_once(
    online: OnlineNominatim, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while a geocoder waits for its turn is no fault to be tried again."""

    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    online.candidates(Query("Khasan"))
    sleep_by(interrupted, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        online.candidates(Query("Pyongyang"))

    sleep_by(clock.sleep, monkeypatch)
    assert 1 == len(online.candidates(Query("Pyongyang")))
    assert {"Khasan", "Pyongyang"} == kept(tmp_path).keys()


# Faults.

COORDINATES: dict[str, dict[str, Any]] = {
    "latitude out of range": {"lat": "91"},
    "longitude out of range": {"lon": "200"},
    "latitude no number": {"lat": "north"},
    "longitude true": {"lon": True},
    "latitude NaN": {"lat": "NaN"},
    "latitude bare NaN": {"lat": float("nan")},
    "longitude infinite": {"lon": "1e999"},
    "latitude null": {"lat": None},
    "longitude a list": {"lon": [130.6]},
}
SHAPES: dict[str, object] = {
    "a mapping": {"error": {"code": 500, "message": "Internal"}},
    "an error of Nominatim's": {"error": "Unable to geocode"},
    "a nested list": [[place("Khasan")]],
    "a number": 42,
    "null": None,
    "a text": "Khasan",
    "a list of texts": ["Khasan"],
    "no coordinates": [{"place_id": 1, "display_name": "Khasan"}],
    "another id": [place("Khasan", osm_id={"$gt": ""})],
    "another type": [place("Khasan", osm_type="javascript")],
    "importance NaN": [place("Khasan", importance=float("nan"))],
    "names a text": [place("Khasan", namedetails="Khasan")],
    "a name a mapping": [place("Khasan") | {"name": {"en": "Khasan"}}],
    "too many places": [place("Khasan")] * 101,
}
# What the server does; the error it becomes; how often it is asked; what the message says of it.
FAULTS: dict[str, tuple[Act, type[GeopyError], int, str]] = {
    "silence": (silence, GeocoderTimedOut, ATTEMPTS, "did not answer within"),
    "a slow drip": (drip, GeocoderTimedOut, ATTEMPTS, "did not answer within"),
    "a slow drip of the head": (dripping_head, GeocoderTimedOut, ATTEMPTS, "did not answer within"),
    "no answer": (hang_up, GeocoderUnavailable, ATTEMPTS, "connection failed"),
    "403": (status(403), GeocoderInsufficientPrivileges, 1, "403 Forbidden"),
    "400": (status(400), GeocoderQueryError, 1, "400 Bad Request"),
    "404": (status(404), GeocoderServiceError, 1, "404 Not Found"),
    "429": (status(429), GeocoderRateLimited, ATTEMPTS, "429 Too Many Requests"),
    "429 with Retry-After": (status(429, Retry_After="30"), GeocoderRateLimited, ATTEMPTS, "429 Too Many Requests"),
    "429 for an hour": (status(429, Retry_After="3600"), GeocoderRateLimited, 1, "429 Too Many Requests"),
    "500": (status(500), GeocoderServiceError, ATTEMPTS, "500 Internal Server Error"),
    "503": (status(503), GeocoderTimedOut, ATTEMPTS, "503 Service Unavailable"),
    "an HTML page": (html, GeocoderParseError, 1, "no JSON"),
    "an HTML page that says it is JSON": (body(b"\n<html>"), GeocoderParseError, 1, "no JSON"),
    "cut-off JSON": (cut_off, GeocoderParseError, ATTEMPTS, "broke off"),
    "nothing": (body(b""), GeocoderParseError, ATTEMPTS, "broke off"),
    "nested without end": (body(b"[" * 100_000), GeocoderParseError, 1, "no JSON"),
    "no UTF-8": (body(b"\xff\xfe\xff"), GeocoderParseError, 1, "no JSON"),
    "compressed": (compressed, GeocoderParseError, 1, "no JSON"),
    "100 MB": (huge, GeocoderParseError, 1, "longer than 2,000,000 bytes"),
    "100 MB unannounced": (huge_unannounced, GeocoderParseError, 1, "longer than 2,000,000 bytes"),
    **{
        f"coordinates: {fault}": (answer([place("Khasan", **wrong)]), GeocoderParseError, 1, "shape")
        for fault, wrong in COORDINATES.items()
    },
    **{f"shape: {fault}": (answer(wrong), GeocoderParseError, 1, "shape") for fault, wrong in SHAPES.items()},
}
# After these the server is left alone; after all others the next name is asked for.
LEFT_ALONE = ("403", "429 for an hour")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_and_the_batch_goes_on(server: NominatimServer, tmp_path: Path, fault: str) -> None:
    """Each fault is asked again where that may help and is then a sentence with the name, the server and the remedy.

    What comes before and after it is found, and nothing but what was found is kept.
    """
    act, _, requests, said = FAULTS[fault]
    server.play("Broken", act)
    slow = fault.startswith(("silence", "a slow"))
    online = OnlineNominatim(server.url, user_agent=WHO, folder=tmp_path, timeout=0.3 if slow else 20)

    before, broken, after = Chain([online]).answers([Query("Khasan"), Query("Broken"), Query("Pyongyang")])

    assert "found" == before.verdict
    assert "not found" == broken.verdict
    (sentence,) = broken.faults
    assert "'Broken'" in sentence
    assert server.host in sentence
    assert said in sentence
    assert sentence.rstrip().endswith((".", ")."))
    assert requests == server.times_asked("Broken")
    if fault in LEFT_ALONE:
        assert 0 == server.times_asked("Pyongyang")
        assert "not asked again in this run" in after.faults[0]
        assert {"Khasan"} == kept(tmp_path).keys()
    else:
        assert "found" == after.verdict
        assert {"Khasan", "Pyongyang"} == kept(tmp_path).keys()


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if not fault.startswith(("silence", "a slow"))])
def test_a_fault_has_geopys_name(online: OnlineNominatim, server: NominatimServer, fault: str) -> None:
    """What a fault raises is the error of geopy's that is meant for it."""
    act, error, _, _ = FAULTS[fault]
    server.play("Broken", act)

    with pytest.raises(GeopyError) as raised:
        online.candidates(Query("Broken"))

    # An error of our own bears the name of the one of geopy's that it is a kind of.
    assert error is next(kind for kind in raised.type.__mro__ if kind.__module__ == "geopy.exc")


@pytest.mark.parametrize("act", [silence, drip])
def test_time_that_is_up_has_geopys_name(server: NominatimServer, tmp_path: Path, act: Act) -> None:
    """No answer in time, and an answer that takes too long in all, are a time-out."""
    server.play("Broken", act)
    online = OnlineNominatim(server.url, user_agent=WHO, folder=tmp_path, timeout=0.1)

    with pytest.raises(GeocoderTimedOut, match=r"within 0\.1 s.* Run again later"):
        online.candidates(Query("Broken"))


def test_a_refused_connection_is_tried_again_and_reported(tmp_path: Path, clock: Clock) -> None:
    """Nobody listens at that port: tried four times, then a fault that says so."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # taken, so that nobody else can listen there
        host = f"127.0.0.1:{deaf.getsockname()[1]}"
        online = OnlineNominatim(f"http://{host}", user_agent=WHO, folder=tmp_path)
        with pytest.raises(GeocoderUnavailable, match=f"{host} has no answer for 'Khasan': .*refused"):
            online.candidates(Query("Khasan"))

    assert [1.0, 2.0, 4.0] == clock.slept
    assert {} == kept(tmp_path)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(
    online: OnlineNominatim, server: NominatimServer, tmp_path: Path, code: int
) -> None:
    """Another host is told neither the name nor who asks; the message says where the server wanted to send it."""
    with serving() as other:
        elsewhere = f"http://localhost:{other.server_address[1]}/search?q=Khasan"
        server.play("Khasan", status(code, Location=elsewhere))
        with pytest.raises(GeocoderServiceError, match="name that one") as raised:
            online.candidates(Query("Khasan"))

        assert [] == other.asked
    assert elsewhere in str(raised.value)
    assert 1 == server.times_asked("Khasan")
    assert {} == kept(tmp_path)


@pytest.mark.parametrize("act", [huge, huge_unannounced])
def test_a_huge_answer_is_dropped_early(online: OnlineNominatim, server: NominatimServer, act: Act) -> None:
    """The client hangs up: of 100 MB the server gets rid of a fraction."""
    server.play("Khasan", act)
    with pytest.raises(GeocoderParseError):
        online.candidates(Query("Khasan"))

    assert server.hung_up.wait(20)
    assert MEGABYTES_100 / 4 > server.sent


def test_an_answer_as_large_as_is_allowed_is_read(online: OnlineNominatim, server: NominatimServer) -> None:
    """The bound is on what is longer."""
    whole = json.dumps([place("Khasan")]).encode()
    server.play("Khasan", body(whole.ljust(LARGEST_ANSWER)))
    server.play("Khassan", body(whole.ljust(LARGEST_ANSWER + 1)))

    assert 1 == len(online.candidates(Query("Khasan")))
    with pytest.raises(GeocoderParseError):
        online.candidates(Query("Khassan"))


def test_a_passing_fault_leaves_no_trace(online: OnlineNominatim, server: NominatimServer, tmp_path: Path) -> None:
    """What is answered at the third attempt is found and kept."""
    server.play("Khasan", cut_off, status(429), good)

    assert 1 == len(online.candidates(Query("Khasan")))
    assert 3 == server.times_asked("Khasan")
    assert {"Khasan"} == kept(tmp_path).keys()


@pytest.mark.parametrize(
    ("wait", "expected"),
    [("30", 30.0), ("0", 1.0), ("-5", 1.0), ("soon", 1.0), ("", 1.0), ("Fri, 31 Dec 99999 23:59:59 GMT", 1.0)],
)
def test_retry_after_in_seconds_is_kept_to(
    online: OnlineNominatim, server: NominatimServer, clock: Clock, wait: str, expected: float
) -> None:
    """The server's wish counts where it is longer than ours; what is no time is no wish."""
    server.play("Khasan", status(429, Retry_After=wait), good)

    assert 1 == len(online.candidates(Query("Khasan")))
    assert [expected] == clock.slept


@pytest.mark.parametrize("code", [429, 503])
def test_retry_after_as_a_date_is_kept_to(
    online: OnlineNominatim, server: NominatimServer, clock: Clock, code: int
) -> None:
    """A date in a minute and a half is waited for, with either status that may come with one."""
    then = datetime.now(UTC) + timedelta(seconds=90)
    server.play("Khasan", status(code, Retry_After=format_datetime(then, usegmt=True)), good)

    assert 1 == len(online.candidates(Query("Khasan")))
    (slept,) = clock.slept
    assert 60 < slept <= 90


@pytest.mark.parametrize(
    "act", [status(403), status(401), status(429, Retry_After="3600"), status(503, Retry_After="121")]
)
def test_a_server_that_wants_to_be_left_alone_is(
    online: OnlineNominatim, server: NominatimServer, tmp_path: Path, clock: Clock, act: Act
) -> None:
    """After a refusal, or a wish for a long pause, it is not asked again; what is kept is still there."""
    online.candidates(Query("Khasan"))
    server.play("Broken", act)
    for name in ("Broken", "Broken", "Pyongyang"):
        with pytest.raises(GeocoderServiceError, match=name):
            online.candidates(Query(name))

    assert ["Khasan", "Broken"] == [asked.query["q"] for asked in server.asked]
    assert [1.0] == clock.slept
    assert 1 == len(online.candidates(Query("Khasan")))


def test_retry_after_is_told_to_whoever_catches_it(online: OnlineNominatim, server: NominatimServer) -> None:
    """The error keeps what the server asked for."""
    server.play("Khasan", status(429, Retry_After="3600"))
    with pytest.raises(GeocoderRateLimited) as raised:
        online.candidates(Query("Khasan"))

    assert 3600 == raised.value.retry_after


def test_a_server_out_of_reach_is_left_alone_in_the_end(online: OnlineNominatim, server: NominatimServer) -> None:
    """A server that has no answer for ten names in a row is not asked for the eleventh; one answer begins anew."""
    for name in range(2 * NAMES_OUT_OF_REACH):
        server.play(str(name), status(503))
    for name in range(NAMES_OUT_OF_REACH - 1):
        with pytest.raises(GeocoderTimedOut):
            online.candidates(Query(str(name)))
    online.candidates(Query("Khasan"))
    for name in range(NAMES_OUT_OF_REACH):
        with pytest.raises(GeocoderTimedOut):
            online.candidates(Query(str(name)))
    requests = len(server.asked)

    with pytest.raises(GeocoderUnavailable, match=f"{NAMES_OUT_OF_REACH} names in a row"):
        online.candidates(Query("Pyongyang"))
    assert requests == len(server.asked)


def test_a_certificate_nobody_vouches_for_is_refused(server: NominatimServer, tmp_path: Path) -> None:
    """TLS is checked: a server is asked only where its certificate is trusted."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    url = server.url.replace("http:", "https:")
    online = OnlineNominatim(url, user_agent=WHO, folder=tmp_path)

    with pytest.raises(GeocoderServiceError, match="certificate is not valid"):
        online.candidates(Query("Khasan"))
    assert [] == server.asked

    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    adapter = BoundedAdapter(tmp_path / CACHE_NAME, proxies=None, ssl_context=trusting)
    assert 1 == len(adapter.get_json(f"{url}/search?q=Khasan", timeout=20, headers={}))


def test_files_are_not_opened(tmp_path: Path) -> None:
    """The way to the network knows HTTP alone."""
    secret = tmp_path / "secret.json"
    secret.write_text("[]", "utf-8")

    with pytest.raises(GeocoderServiceError):
        BoundedAdapter(tmp_path / CACHE_NAME, proxies=None, ssl_context=None).get_json(
            secret.as_uri(), timeout=1, headers={}
        )


# What is kept.


def test_the_cache_is_asked_first_and_without_a_network(server: NominatimServer, tmp_path: Path) -> None:
    """What was answered once is answered again, the same, with the server gone."""
    with serving() as gone:
        url = gone.url
        first = OnlineNominatim(url, user_agent=WHO, folder=tmp_path)
        found = first.candidates(Query("Khasan", "ru"))
        assert found == first.candidates(Query("Khasan", "ru"))
        assert 1 == len(gone.asked)

    assert found == OnlineNominatim(url, user_agent=WHO, folder=tmp_path).candidates(Query("Khasan", "ru"))


def test_an_empty_answer_is_an_answer(online: OnlineNominatim, server: NominatimServer, tmp_path: Path) -> None:
    """A name that the server does not know is not asked for again."""
    server.play("Atlantis", answer([]))

    assert [] == online.candidates(Query("Atlantis"))
    assert [] == online.candidates(Query("Atlantis"))
    assert 1 == server.times_asked("Atlantis")
    assert {"Atlantis": []} == kept(tmp_path)


def test_another_question_is_another_answer(online: OnlineNominatim, server: NominatimServer, tmp_path: Path) -> None:
    """Name, language, countries, box and server make a question."""
    box = ((40.0, 125.0), (45.0, 135.0))
    questions = [
        Query("Khasan"),
        Query("Khasan", "fr"),
        Query("Khasan", "fr", frozenset({"RU"})),
        Query("Khasan", "fr", frozenset({"RU", "KP"})),
        Query("Khasan", "fr", frozenset({"RU"}), box),
        Query("Khassan"),
    ]
    for question in (*questions, *questions):
        online.candidates(question)
    assert len(questions) == len(server.asked)

    with serving() as other:
        OnlineNominatim(other.url, user_agent=WHO, folder=tmp_path).candidates(questions[0])
        assert 1 == len(other.asked)


def test_the_cache_is_the_users_unless_told_otherwise(
    server: NominatimServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder answers go to the cache folder."""
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    OnlineNominatim(server.url, user_agent=WHO).candidates(Query("Khasan"))

    assert {"Khasan"} == kept(tmp_path / "cache").keys()


@pytest.mark.parametrize("spoilt", [b'[{"lat": 999, "lon": 0}]', b"no JSON"])
def test_what_is_spoilt_in_the_cache_is_asked_for_again(
    online: OnlineNominatim, server: NominatimServer, tmp_path: Path, spoilt: bytes
) -> None:
    """A row that somebody changed into nonsense is not believed, and is put right."""
    online.candidates(Query("Khasan"))
    with closing(SQLiteCache(tmp_path / CACHE_NAME, serializer="json")) as answers:
        for key, answer_kept in list(answers.responses.items()):
            answer_kept._content = spoilt
            answers.responses[key] = answer_kept

    assert [42.4289] == [found.lat for found in online.candidates(Query("Khasan"))]
    assert 42.4289 == kept(tmp_path)["Khasan"][0]["lat"]


def test_a_file_that_is_no_cache_is_a_fault_before_anything_is_asked(server: NominatimServer, tmp_path: Path) -> None:
    """Without a cache every run would ask for every name anew: the fault names the file and the remedy."""
    (tmp_path / CACHE_NAME).write_bytes(b"no database" * 100)

    with pytest.raises(ConfigurationError, match=rf"{CACHE_NAME}.* Delete the file"):
        OnlineNominatim(server.url, user_agent=WHO, folder=tmp_path)

    assert [] == server.asked


def test_a_cache_that_cannot_be_written_is_a_fault(
    server: NominatimServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not waited for without end."""
    monkeypatch.setattr(nominatim, "_BUSY_SECONDS", 0.0)
    with closing(sqlite3.connect(tmp_path / CACHE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ConfigurationError, match="locked"):
            OnlineNominatim(server.url, user_agent=WHO, folder=tmp_path)


def test_a_cache_that_breaks_on_the_way_is_a_fault(
    online: OnlineNominatim, server: NominatimServer, tmp_path: Path
) -> None:
    """The other providers of a chain go on."""
    (tmp_path / CACHE_NAME).write_bytes(b"no database" * 100)

    (found,) = Chain([online]).answers([Query("Khasan")])

    assert "Delete the file" in found.faults[0]
    assert [] == server.asked


# What a server may send.


def test_hostile_text_is_bounded_text(online: OnlineNominatim, server: NominatimServer, tmp_path: Path) -> None:
    """Markup stays text; what draws nothing or turns the rest around goes; a megabyte is cut, in the cache, too."""
    long = "x" * 1_000_000
    names = {"name": long[:500_000], "name:en": HOSTILE, "alt_name": "\ud800\x00Khasan\x1b[31m", long[:1000]: "y"}
    hostile = place(f"{HOSTILE}\x00\x07\n\ud83d", display_name=long, namedetails=names, addresstype=HOSTILE)
    server.play("Khasan", answer([hostile]))

    (found,) = online.candidates(Query("Khasan"))

    assert found.name.startswith("</script><script>window.pwned = 1</script><img src=x")
    assert "abc </title>" in found.name
    assert not set("\x00\x07\n\u2028\u2029\u202e\ud83d") & set(found.name)
    assert 200 >= len(found.name)
    assert "site" == kind(Place.model_validate(hostile | {"type": "x"}))
    assert 5000 > len(json.dumps(kept(tmp_path)))


def test_names_without_end_are_refused(online: OnlineNominatim, server: NominatimServer) -> None:
    """A place has hundreds of names at most."""
    server.play("Khasan", answer([place("Khasan", namedetails={str(n): "x" for n in range(1001)})]))

    with pytest.raises(GeocoderParseError, match="namedetails"):
        online.candidates(Query("Khasan"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
almost_places = st.lists(
    st.builds(
        lambda fields: place("Khasan") | fields,
        st.dictionaries(st.sampled_from(sorted(place("Khasan"))), json_values, max_size=3),
    ),
    max_size=3,
)


@given(st.binary() | (json_values | almost_places).map(lambda value: json.dumps(value).encode()))
def test_whatever_is_sent_is_an_answer_or_a_fault(sent: bytes) -> None:
    """Of any bytes come places on Earth with short texts, or the one error that says that it was no answer."""
    with suppress(GeocoderParseError):
        for each in places(sent):
            assert -90 <= each.lat <= 90
            assert -180 <= each.lon <= 180
            made = nominatim_places.candidate("Khasan", each)
            assert 0 <= made.match <= 1
            assert 0 <= made.importance <= 1
            assert made.country == "" or len(made.country) == 2
            assert 200 >= max(map(len, (made.name, made.admin1, each.display_name, each.addresstype)))


class Nothing(Provider):
    """A provider that knows nothing."""

    provider = "geonames"

    def candidates(self, query: Query) -> list[Candidate]:
        return []


def test_the_command_asks_a_server_and_goes_on_after_its_faults(
    server: NominatimServer,
    online: OnlineNominatim,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A name that the server refuses is told and asked again by the next run; what was found is not."""
    monkeypatch.setattr("geo.geocoding.__main__.OnlineNominatim", lambda url: online)
    monkeypatch.setattr("geo.geocoding.__main__.OfflineGeoNames", Nothing)
    source, output = tmp_path / "names.csv", tmp_path / "points.csv"
    source.write_text("toponym\nKhasan\nTumangang\n", "utf-8")
    server.play("Khasan", answer([place("Khasan", lat="42.43", lon="130.65")]))
    server.play("Tumangang", *[status(500)] * 8)
    arguments = [str(source), "-o", str(output), "--online", server.url]
    assert 1 == geocode.main(arguments)
    assert "Tumangang" in capsys.readouterr().out
    assert "Khasan,42.43,130.65" in output.read_text("utf-8")

    server.play("Tumangang", answer([place("Tumangang", lat="42.41", lon="130.61")]))
    assert 0 == geocode.main(arguments)
    assert "Tumangang,42.41,130.61" in output.read_text("utf-8")
    assert 1 == server.times_asked("Khasan")
