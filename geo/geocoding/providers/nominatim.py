"""Nominatim, the geocoder of OpenStreetMap, online: the one module that opens connections, for whoever names a server.

What the public server asks of its users (https://operations.osmfoundation.org/policies/nominatim/) is kept with every
server: requests say who asks, at most one a second leaves this process, one after another, and what was answered
is never asked again. A server that refuses this client, or wants to be left alone for long, is not asked again in
this run. What a server sends is not trusted: its size, the time it takes and every field are bounded and checked, and
what does not pass is a fault with a name, never an answer.
"""

import io
import json
import os
import sqlite3
import ssl
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from socket import SocketIO, socket
from typing import Annotated, Any, Final, Literal, TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    AbstractHTTPHandler,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError
from rapidfuzz import fuzz
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from geo.geocoding.cache import VARIABLE as CACHE_VARIABLE
from geo.geocoding.cache import cache_folder
from geo.geocoding.chain import BoundingBox, Candidate, Provider, Query, within
from geo.story.names import fold

USER_AGENT: Final = "DATELINE_USER_AGENT"
POLICY: Final = "https://operations.osmfoundation.org/policies/nominatim/"
CACHE_NAME: Final = "nominatim-1.sqlite"  # raise the number when Place changes

SECONDS_BETWEEN_REQUESTS: Final = 1.0
# A name is asked for this often before it is given up, after 1, 2 and 4 seconds or what the server asks for.
ATTEMPTS: Final = 4
# A server that asks to wait for longer is left alone for the rest of the run.
LONGEST_WAIT: Final = 120.0
# So is one that was out of reach for so many names one after another.
NAMES_OUT_OF_REACH: Final = 10
# Seconds to connect, and again to the last byte of the answer.
TIMEOUT: Final = 15.0
# Ten places with all their names take some 50 kB.
LARGEST_ANSWER: Final = 2_000_000

_PLACES_ASKED_FOR: Final = 10
# No name of a place is longer: what is longer is not asked for, and cut where a server sends it.
_LONGEST_TEXT: Final = 200
_MOST_NAMES: Final = 1000
_MOST_PLACES: Final = 100
_PIECE: Final = 65536
_BUSY_SECONDS: Final = 30.0

_EMBEDDINGS: Final = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_T = TypeVar("_T")


# What an answer holds.


def plain(text: object) -> object:
    """A text without what draws nothing or redraws the rest, on one line, cut at 200 characters.

    Control characters, halves of characters and embeddings of another direction go. What is no text is left for
    validation; null is an empty text.
    """
    if text is None:
        return ""
    if not isinstance(text, str):
        return text
    # What is cut is cut twice, so that a text of a megabyte is not looked at letter by letter.
    words = " ".join(text[: 4 * _LONGEST_TEXT].split())
    return "".join(letter for letter in words if _draws(letter))[:_LONGEST_TEXT].strip()


def _draws(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cc", "Cs") and unicodedata.bidirectional(letter) not in _EMBEDDINGS


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("should be a number")
    return value


def _mapping(value: object) -> object:
    # A server written in PHP sends an empty mapping as an empty list.
    return {} if value is None or value == [] else value


_Text = Annotated[str, BeforeValidator(plain)]
_Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]


class _Address(BaseModel):
    country_code: _Text = ""
    admin1: _Text = Field("", validation_alias=AliasChoices("admin1", "ISO3166-2-lvl4"))


class Place(BaseModel):
    """What is kept of a place that Nominatim answers with, in its format ``json`` or ``jsonv2``.

    https://nominatim.org/release-docs/latest/api/Output/
    """

    lat: _Number = Field(ge=-90, le=90)
    lon: _Number = Field(ge=-180, le=180)
    osm_type: Literal["node", "way", "relation"] | None = None
    osm_id: int | None = None
    place_id: int | None = None
    name: _Text = ""
    display_name: _Text = ""
    category: _Text = Field("", validation_alias=AliasChoices("category", "class"))
    type: _Text = ""
    addresstype: _Text = ""
    place_rank: int = 30
    importance: _Number | None = None
    address: Annotated[_Address, BeforeValidator(_mapping)] = _Address.model_validate({})
    namedetails: Annotated[dict[_Text, _Text], BeforeValidator(_mapping), Field(max_length=_MOST_NAMES)] = {}

    @property
    def ref(self) -> str:
        """OpenStreetMap's id, ``node/123``; where a place has none, as a postcode, the server's own."""
        if self.osm_type and self.osm_id is not None:
            return f"{self.osm_type}/{self.osm_id}"
        return f"place/{self.place_id}" if self.place_id is not None else f"point/{self.lat},{self.lon}"


_PLACES: Final = TypeAdapter(Annotated[list[Place], Field(max_length=_MOST_PLACES)])

# The kinds of the story format by Nominatim's types; a type that is not here is a site.
_KINDS: Final = {
    "country": "country",
    **dict.fromkeys(("continent", "state", "region", "province", "state_district", "county", "district"), "region"),
    **dict.fromkeys(("ocean", "sea", "bay", "strait", "river", "peninsula", "archipelago", "island"), "region"),
    **dict.fromkeys(("city", "municipality", "town", "village", "hamlet", "isolated_dwelling"), "settlement"),
    **dict.fromkeys(("borough", "city_district", "suburb", "quarter", "neighbourhood"), "settlement"),
    **dict.fromkeys(("locality", "postcode"), "settlement"),
}
# https://nominatim.org/release-docs/latest/customize/Ranking/
_COUNTRY_RANK: Final = 4
_COUNTY_RANK: Final = 12


def kind(place: Place) -> str:
    """The ``geo_precision`` of a place."""
    for word in (place.addresstype, place.type):
        if word in _KINDS:
            return _KINDS[word]
    # Servers older than 4.3 give no address type, and call every area "administrative".
    if place.category != "boundary":
        return "site"
    if place.place_rank <= _COUNTRY_RANK:
        return "country"
    return "region" if place.place_rank <= _COUNTY_RANK else "settlement"


def match(asked: str, place: Place) -> float:
    """How well the best of a place's names is the name asked for, or what stands before its comma; 0 to 1."""
    wanted = {fold(asked), fold(asked.partition(",")[0])}
    written = [place.name or place.display_name.partition(",")[0], *place.namedetails.values()]
    names = {fold(name) for one_or_more in written for name in one_or_more.split(";")}
    return max(fuzz.ratio(name, other) for name in wanted for other in names) / 100


def candidate(asked: str, place: Place) -> Candidate:
    """A place as a candidate for the name that was asked for."""
    country = place.address.country_code.upper()
    # The states of the United States have the same codes in ISO 3166-2 and GeoNames, others do not.
    admin1 = place.address.admin1.replace("US-", "US.", 1)
    return Candidate(
        provider=OnlineNominatim.provider,
        ref=place.ref,
        name=place.name or place.display_name.partition(",")[0],
        kind=kind(place),
        country=country if len(country) == 2 and country.isascii() and country.isalpha() else "",
        lat=place.lat,
        lon=place.lon,
        importance=min(1.0, max(0.0, place.importance or 0.0)),
        match=match(asked, place),
        admin1=admin1,
    )


class _BrokenOffError(GeocoderParseError):  # type: ignore[misc]  # geopy has no types
    """The answer starts as JSON and does not end as such: asked again, it may come whole."""


def places(body: bytes) -> list[Place]:
    """The places of an answer. Raises GeocoderParseError, with the fault, where it is no answer of Nominatim's."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        start = body.lstrip()[:1]
        if start in (b"", b"[", b"{") and not isinstance(error, RecursionError):
            raise _BrokenOffError("its answer broke off before its end.") from error
        raise GeocoderParseError(f"its answer is no JSON; it starts with {plain(repr(body[:40]))}.") from error
    try:
        return _PLACES.validate_python(answer)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(plain(str(step))) for step in fault["loc"])
        what = f"{where}: {fault['msg']}" if where else fault["msg"]
        raise GeocoderParseError(f"its answer is not of Nominatim's shape ({what}).") from error


# How it is fetched.


class _Timed(io.RawIOBase):
    """A connection's bytes, until the time is up: a timeout of the socket's alone begins anew with every byte."""

    def __init__(self, stream: SocketIO, connection: socket) -> None:
        self._stream, self._connection = stream, connection
        self._end = time.monotonic() + (connection.gettimeout() or TIMEOUT)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self._connection.settimeout(left)
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


class _TimedResponse(HTTPResponse):
    fp: Any

    def __init__(self, sock: socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_Timed(self.fp.detach(), sock))


class _Connection(HTTPConnection):
    response_class = _TimedResponse


class _SecureConnection(HTTPSConnection):
    response_class = _TimedResponse


class _Fetching(AbstractHTTPHandler):
    """urllib's handler, whose answers come in time or not at all."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        super().__init__()
        self._tls = tls

    http_request = https_request = AbstractHTTPHandler.do_request_

    def http_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_Connection, request)

    def https_open(self, request: Request) -> HTTPResponse:
        return self.do_open(_SecureConnection, request, context=self._tls)


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """geopy's way to the network, as narrow as it can be: no redirects, no large answers, no slow ones.

    The certificates of servers are checked. The proxies are those of the environment unless some are given.
    """

    def __init__(self, *, proxies: Mapping[str, str] | None, ssl_context: ssl.SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        # urllib's usual opener also follows redirects and opens files: this one knows nothing but HTTP.
        self._opener = OpenerDirector()
        tls = ssl_context or ssl.create_default_context()
        known = dict(proxies) if proxies is not None else None
        for handler in (ProxyHandler(known), _Fetching(tls), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
            self._opener.add_handler(handler)
        self._opener.add_handler(UnknownHandler())

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """The text at an address. Raises geopy's errors."""
        return self._body(url, timeout, headers).decode("utf-8", "replace")

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> list[dict[str, Any]]:
        """The places at an address, as `Place` keeps them. Raises geopy's errors."""
        return [place.model_dump() for place in places(self._body(url, timeout, headers))]

    def _body(self, url: str, timeout: float, headers: Mapping[str, str]) -> bytes:
        try:
            with self._opener.open(Request(url, headers=dict(headers)), timeout=timeout) as response:
                return _bounded(response)
        except HTTPError as error:
            with error:
                raise _status_fault(error) from error
        except (OSError, HTTPException) as error:
            raise _connection_fault(error, timeout) from error


def _bounded(response: HTTPResponse) -> bytes:
    """The whole of an answer, or GeocoderParseError as soon as it is known to be too long."""
    body = bytearray()
    expected = response.length or 0
    while expected <= LARGEST_ANSWER and (piece := response.read1(_PIECE)):
        body += piece
        expected = max(expected, len(body))
    if expected > LARGEST_ANSWER:
        raise GeocoderParseError(f"its answer is longer than {LARGEST_ANSWER:,} bytes.")
    return bytes(body)


def _status_fault(error: HTTPError) -> AdapterHTTPError:
    """An answer with another status than 2xx, as geopy wants to hear of it."""
    what = f"it answered {error.code} {plain(error.reason)}".rstrip()
    if target := error.headers.get("Location"):
        what += f", and sends on to {plain(target)!r}"
    kept = {"retry-after": wait} if (wait := error.headers.get("Retry-After")) and _is_wait(wait) else {}
    return AdapterHTTPError(f"{what}.", status_code=error.code, headers=kept, text="")


def _is_wait(wait: str) -> bool:
    """Whether geopy can read it: it stumbles over a date after the year 9999."""
    try:
        return get_retry_after({"retry-after": wait}) is not None
    except (ValueError, OverflowError):
        return False


def _connection_fault(error: Exception, timeout: float) -> GeocoderServiceError:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, TimeoutError):
        return GeocoderTimedOut(f"it did not answer within {timeout:g} s.")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return GeocoderServiceError(f"its certificate is not valid ({cause.verify_message}).")
    return GeocoderUnavailable(f"the connection failed ({plain(str(cause)) or type(cause).__name__}).")


# How often it is asked.


class _Turns(RateLimiter):  # type: ignore[misc]  # geopy has no types
    """geopy's limiter, by the clock of a run; what it calls is what it is given."""

    def __init__(self, run: "Run") -> None:
        super().__init__(
            lambda call: call(),
            min_delay_seconds=SECONDS_BETWEEN_REQUESTS,
            max_retries=0,
            swallow_exceptions=False,
        )
        self._run = run

    def _clock(self) -> float:
        return self._run.clock()

    def _sleep(self, seconds: float) -> None:
        self._run.sleep(seconds)


class Run:
    """What the geocoders of one process share: when each server was last asked, and which are to be left alone.

    ``clock`` gives seconds, ``sleep`` lets them pass.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.clock, self.sleep = clock, sleep
        self._servers: dict[str, _Server] = {}
        self._lock = threading.Lock()

    def server(self, host: str) -> "_Server":
        """The server of that name and port."""
        with self._lock:
            return self._servers.setdefault(host, _Server(self))


PROCESS: Final = Run()


class _Server:
    """A server's turns, and whether it wants to be left alone."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._turns = _Turns(run)
        self._lock = threading.Lock()
        self._out_of_reach = 0
        self._left_alone = ""

    def ask(self, call: Callable[[], _T]) -> _T:
        """Call once it is this call's turn, again where that may help. Nobody else asks the server meanwhile."""
        with self._lock:
            if self._left_alone:
                raise GeocoderUnavailable(f"it is not asked again in this run: {self._left_alone}")
            try:
                answer: _T = self._retrying()(self._turns, call)
            except GeocoderServiceError as error:
                self._heed(error)
                raise
            self._out_of_reach = 0
            return answer

    def _retrying(self) -> Retrying:
        return Retrying(
            sleep=self._run.sleep,
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            retry=retry_if_exception(_may_pass),
            reraise=True,
        )

    def _heed(self, error: GeocoderServiceError) -> None:
        self._out_of_reach = self._out_of_reach + 1 if _may_pass(error) else 0
        if isinstance(error, (GeocoderInsufficientPrivileges, GeocoderAuthenticationFailure)):
            self._left_alone = str(error)
        elif (wait := _asked_to_wait(error)) > LONGEST_WAIT:
            self._left_alone = f"it asked for a pause of {wait:.0f} s."
        elif self._out_of_reach == NAMES_OUT_OF_REACH:
            self._left_alone = f"{NAMES_OUT_OF_REACH} names in a row had no answer, the last because {error}"


_backing_off: Final = wait_exponential(multiplier=1, max=LONGEST_WAIT)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return max(_backing_off(state), _asked_to_wait(error))


def _asked_to_wait(error: BaseException | None) -> float:
    """The seconds that the server wants to be left alone, 0 where it does not say."""
    answer = error.__cause__ if error else None
    return float(get_retry_after(answer.headers) or 0) if isinstance(answer, AdapterHTTPError) else 0.0


def _may_pass(error: BaseException) -> bool:
    """Whether the same request may be answered a little later."""
    if _asked_to_wait(error) > LONGEST_WAIT:
        return False
    if isinstance(error, (GeocoderTimedOut, GeocoderUnavailable, GeocoderRateLimited, _BrokenOffError)):
        return True
    answer = error.__cause__
    return isinstance(answer, AdapterHTTPError) and answer.status_code >= 500


# What was answered.


class _Answers:
    """Answers on disk, for good. Several threads and processes may use one file: each use opens it anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, key: str) -> list[Place] | None:
        """What was answered; None where it was not asked for, or what is kept is no longer whole."""
        with self._open() as answers:
            row = answers.execute("SELECT places FROM answer WHERE key = ?", (key,)).fetchone()
        try:
            return _PLACES.validate_json(row[0]) if row else None
        except ValidationError:
            return None

    def keep(self, key: str, found: list[Place]) -> None:
        """Keep an answer; an empty one is an answer, too."""
        with self._open() as answers:
            answers.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (key, _PLACES.dump_json(found)))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # SQLite's own journal rather than its write-ahead log, which needs shared memory: the folder may be a
        # network's.
        try:
            with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as answers, answers:
                answers.execute("CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, places TEXT) WITHOUT ROWID")
                yield answers
        except sqlite3.Error as error:
            remedy = f"Delete the file, or set {CACHE_VARIABLE} to a folder that can be written."
            raise ConfigurationError(f"Answers cannot be kept in {str(self._path)!r}: {error}. {remedy}") from error


# The provider.


class OnlineNominatim(Provider):
    """A Nominatim server, asked over the network for what was not asked before."""

    provider = "nominatim"

    def __init__(
        self,
        url: str,
        *,
        user_agent: str | None = None,
        folder: Path | None = None,
        timeout: float = TIMEOUT,
        run: Run = PROCESS,
    ) -> None:
        """Ask the server at that address, as ``https://nominatim.openstreetmap.org``.

        ``user_agent`` says who asks, by default with the environment variable ``DATELINE_USER_AGENT``; answers are
        kept in ``folder``, by default the cache folder; ``timeout`` is in seconds. Raises geopy's
        ConfigurationError where the address is none or nobody says who asks, and OSError where the folder cannot
        be made.
        """
        super().__init__()
        self._url = _server_url(url)
        scheme, _, domain = self._url.partition("://")
        self._client = Nominatim(
            domain=domain,
            scheme=scheme,
            user_agent=_identifying(os.environ.get(USER_AGENT, "") if user_agent is None else user_agent),
            timeout=timeout,
            adapter_factory=BoundedAdapter,
        )
        self._host = urlsplit(self._url).netloc
        self._server = run.server(self._host)
        self._answers = _Answers((folder or cache_folder()) / CACHE_NAME)

    def candidates(self, query: Query) -> list[Candidate]:
        """The places of that name, as many as ten.

        Raises a GeopyError that names the name, the server and the remedy where it has no answer.
        """
        name = str(plain(query.name))
        if not name or len(query.name) > _LONGEST_TEXT:
            return []
        found = {
            place.ref: candidate(name, place)
            for box in _boxes(query.box)
            for place in self._places(replace(query, name=name, box=box))
        }
        return [each for each in found.values() if _wanted(each, query)]

    def _places(self, query: Query) -> list[Place]:
        key = json.dumps([self._url, query.name, query.language, sorted(query.countries), query.box])
        kept = self._answers.find(key)
        if kept is not None:
            return kept
        try:
            answered = self._server.ask(partial(self._request, query))
        except GeopyError as error:
            raise _explained(error, query.name, self._host) from error
        self._answers.keep(key, answered)
        return answered

    def _request(self, query: Query) -> list[Place]:
        locations = self._client.geocode(
            query.name,
            exactly_one=False,
            limit=_PLACES_ASKED_FOR,
            addressdetails=True,
            namedetails=True,
            language=query.language or False,
            country_codes=sorted(code.lower() for code in query.countries),
            viewbox=query.box,
            bounded=query.box is not None,
        )
        return [Place.model_validate(location.raw) for location in locations or ()]


def _wanted(found: Candidate, query: Query) -> bool:
    """Whether a place lies where it was asked for: not every server keeps to that."""
    if query.countries and found.country and found.country not in query.countries:
        return False
    return query.box is None or within((found.lat, found.lon), query.box)


def _boxes(box: BoundingBox | None) -> Sequence[BoundingBox | None]:
    """A box as Nominatim knows boxes: one that crosses the antimeridian is two."""
    if box is None:
        return [None]
    (south, west), (north, east) = box
    if west <= east:
        return [box]
    return [((south, west), (north, 180.0)), ((south, -180.0), (north, east))]


def _server_url(url: str) -> str:
    """The address of a server without a stroke at its end. Raises ConfigurationError where it is none."""
    try:
        parts = urlsplit(url.strip())
        whole = parts.port != 0 and bool((parts.hostname or "").encode("idna")) and parts.path.isascii()
    except ValueError:
        whole = False
    extra = whole and (parts.query or parts.fragment or parts.username is not None)
    if not whole or extra or parts.scheme not in ("http", "https") or any(c.isspace() for c in url.strip()):
        rule = "A Nominatim server has an address as https://nominatim.example.org, without user, query or fragment"
        raise ConfigurationError(f"{rule}; instead got {url!r}.")
    host = str(parts.hostname).encode("idna").decode()
    port = f":{parts.port}" if parts.port else ""
    bracketed = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{bracketed}{port}{parts.path.rstrip('/')}"


def _identifying(user_agent: str) -> str:
    """What says who asks. Raises ConfigurationError where it does not."""
    said = user_agent.strip()
    if said.isascii() and said.isprintable() and ("@" in said or "://" in said):
        return said
    remedy = f"Set {USER_AGENT} to the name of your project and your e-mail or web address, in ASCII"
    raise ConfigurationError(
        f"A Nominatim server wants to know who asks ({POLICY}). {remedy}; instead got {user_agent!r}."
    )


def _explained(error: GeopyError, name: str, host: str) -> GeopyError:
    """The same error in words: the name, the server, what happened, and what to do."""
    message = f"{host} has no answer for {name!r}: {error} {_remedy(error)}"
    more = {"retry_after": error.retry_after} if isinstance(error, GeocoderRateLimited) else {}
    explained: GeopyError = type(error)(message, **more)
    return explained


_REMEDIES: Final = (
    (
        (GeocoderInsufficientPrivileges, GeocoderAuthenticationFailure),
        f"Read its usage policy (the public server's: {POLICY}), and say in {USER_AGENT} who you are.",
    ),
    (GeocoderQuotaExceeded, "Run again later: what was found is kept."),
    (GeocoderParseError, "Check that a Nominatim server is at that address."),
    (GeocoderQueryError, "Check the name, the countries and the box."),
    (GeocoderServiceError, "Run again later, or name another server: what was found is kept."),
)


def _remedy(error: GeopyError) -> str:
    answer = error.__cause__
    if isinstance(answer, AdapterHTTPError) and 300 <= answer.status_code < 400:
        return "If you trust the server it sends on to, name that one."
    if isinstance(answer, AdapterHTTPError) and answer.status_code == 404:
        return "Check the server's address: its search was not found there."
    return next(remedy for kinds, remedy in _REMEDIES if isinstance(error, kinds))
