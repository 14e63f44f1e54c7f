"""Nominatim, the geocoder of OpenStreetMap, online, for those who name a server. No other module opens connections.

What the public server asks of its users (https://operations.osmfoundation.org/policies/nominatim/) holds for every
server: requests say who asks, this process sends at most one a second, and what was answered is never asked again.
A server that refuses this client, or asks for a long pause, is not asked again.

What a server sends is not trusted. Its size, the time it takes and every field are bounded and checked below the
cache, so that the cache only ever holds answers that passed; whatever does not pass is an error of geopy's.
"""

import hashlib
import io
import os
import sqlite3
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from http.client import HTTPResponse
from pathlib import Path
from socket import SocketIO, socket
from typing import Any, Final
from urllib.parse import urlsplit

import requests
import urllib3
from geopy.adapters import AdapterHTTPError, RequestsAdapter, RequestsHTTPWithSSLContextAdapter, get_retry_after
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
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from pydantic import ValidationError
from requests.utils import should_bypass_proxies
from requests_cache import CachedSession, CacheMixin
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from geo.geocoding.cache import VARIABLE as CACHE_VARIABLE
from geo.geocoding.cache import cache_folder
from geo.geocoding.candidates import BoundingBox, Candidate, Provider, Query, within
from geo.geocoding.providers.nominatim_places import (
    LONGEST_TEXT,
    PLACES,
    BrokenOffError,
    Place,
    candidate,
    places,
    plain,
)

USER_AGENT: Final = "DATELINE_USER_AGENT"
POLICY: Final = "https://operations.osmfoundation.org/policies/nominatim/"
CACHE_NAME: Final = "nominatim-2.sqlite"  # raise the number when Place changes

# A name is asked for this often before it is given up, after 1, 2 and 4 seconds or what the server asks for.
ATTEMPTS: Final = 4
# A server that asks to wait for longer is not asked again.
LONGEST_WAIT: Final = 120.0
# Nor is one that had no answer for so many names one after another.
NAMES_OUT_OF_REACH: Final = 10
# Seconds to connect, and again to the last byte of the answer.
TIMEOUT: Final = 15.0
# Ten places with all their names take some 50 kB.
LARGEST_ANSWER: Final = 2_000_000

_PLACES_ASKED_FOR: Final = 10
_BUSY_SECONDS: Final = 30.0

TURNS: Final = RateLimiter(lambda send: send(), min_delay_seconds=1.0, max_retries=0, swallow_exceptions=False)
"""Lets this process send one request a second, whatever geocoder asks."""


# How an answer is fetched.


class _Timed(io.RawIOBase):
    """A connection's bytes, until the time is up: a socket's own timeout starts again with every byte."""

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


class _Connection(urllib3.connection.HTTPConnection):
    response_class = _TimedResponse


class _SecureConnection(urllib3.connection.HTTPSConnection):
    response_class = _TimedResponse


class _Transport(RequestsHTTPWithSSLContextAdapter):  # type: ignore[misc]  # geopy has no types
    """What lies below the cache: an answer that is in time, in bounds and Nominatim's, or an error of geopy's."""

    def get_connection_with_tls_context(self, *arguments: Any, **options: Any) -> urllib3.HTTPConnectionPool:
        pool: urllib3.HTTPConnectionPool = super().get_connection_with_tls_context(*arguments, **options)
        pool.ConnectionCls = _SecureConnection if pool.scheme == "https" else _Connection
        return pool

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send a request when it is its turn. The content of the response is JSON of `Place`."""
        if should_bypass_proxies(str(request.url), no_proxy=None):
            options["proxies"] = None
        with TURNS(partial(super().send, request, **options | {"stream": True})) as response:
            if not 200 <= response.status_code < 300:
                raise _status_fault(response)
            body = response.raw.read(LARGEST_ANSWER + 1, decode_content=False)
        if len(body) > LARGEST_ANSWER:
            raise GeocoderParseError(f"its answer is longer than {LARGEST_ANSWER:,} bytes.")
        checked = io.BytesIO(PLACES.dump_json(places(body)))
        answer = urllib3.HTTPResponse(checked, status=200, preload_content=False, request_url=request.url)
        built: requests.Response = self.build_response(request, answer)
        return built


class BoundedAdapter(RequestsAdapter):  # type: ignore[misc]  # geopy has no types
    """geopy's way to the network by requests, with a cache, as narrow as it can be.

    No redirects, no large answers, no slow ones; certificates are checked; the proxies are the environment's unless
    some are given. Answers are kept for good in the file `kept`; ``left_alone`` says why the server is asked for
    nothing else, "" while it is. Raises ConfigurationError where the file cannot be written.
    """

    session: CacheMixin

    def __init__(self, kept: Path, *, proxies: Mapping[str, str] | None, ssl_context: ssl.SSLContext | None) -> None:
        tls = ssl_context or ssl.create_default_context()
        super().__init__(proxies=proxies, ssl_context=tls)
        self._kept = kept
        self.left_alone = ""
        for scheme in ("http://", "https://"):
            self.session.mount(scheme, _Transport(ssl_context=tls))
        try:
            # requests-cache would wait for ever for a file that it may not write.
            with closing(sqlite3.connect(kept, timeout=_BUSY_SECONDS)) as answers:
                answers.execute("BEGIN IMMEDIATE")
            self.session = CachedSession.wrap(self.session, cache_name=kept, serializer="json", key_fn=_key)
        except sqlite3.Error as error:
            raise self._unkept(error) from error

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> list[dict[str, Any]]:
        """The places at an address, as `Place` keeps them. Raises geopy's errors."""
        # What is compressed could be of any size.
        asked = {**headers, "Accept-Encoding": "identity"}
        get = partial(self.session.get, url, timeout=timeout, headers=asked)
        try:
            kept = get(only_if_cached=bool(self.left_alone))
            if kept.status_code == requests.codes.gateway_timeout:  # the cache does not have it
                raise GeocoderUnavailable(f"it is not asked again in this run: {self.left_alone}")
            try:
                found = PLACES.validate_json(kept.content)
            except ValidationError:  # what is kept is spoilt
                found = PLACES.validate_json(get(force_refresh=True).content)
        except sqlite3.Error as error:
            raise self._unkept(error) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise _connection_fault(error, timeout) from error
        return [place.model_dump() for place in found]

    def _unkept(self, error: sqlite3.Error) -> ConfigurationError:
        remedy = f"Delete the file, or set {CACHE_VARIABLE} to a folder that can be written."
        return ConfigurationError(f"Answers cannot be kept in {str(self._kept)!r}: {error}. {remedy}")


def _key(request: requests.PreparedRequest, **_: object) -> str:
    """What an answer is kept under: all that was asked is in the address. requests-cache puts it into SQL as it is."""
    return hashlib.sha256(str(request.url).encode()).hexdigest()


def _status_fault(response: requests.Response) -> AdapterHTTPError:
    """An answer with another status than 2xx, as an error that geopy understands."""
    what = f"it answered {response.status_code} {plain(response.reason)}".rstrip()
    if target := response.headers.get("Location"):
        what += f", and sends on to {plain(target)!r}"
    wait = response.headers.get("Retry-After", "")
    kept = {"retry-after": wait} if _is_wait(wait) else {}
    return AdapterHTTPError(f"{what}.", status_code=response.status_code, headers=kept, text="")


def _is_wait(wait: str) -> bool:
    """Whether geopy can read it: it stumbles over a date after the year 9999."""
    try:
        return get_retry_after({"retry-after": wait}) is not None
    except (ValueError, OverflowError):
        return False


def _connection_fault(error: BaseException, timeout: float) -> GeocoderServiceError:
    cause = error
    while inner := cause.__cause__ or cause.__context__:
        cause = inner
    if isinstance(cause, TimeoutError):
        return GeocoderTimedOut(f"it did not answer within {timeout:g} s.")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return GeocoderServiceError(f"its certificate is not valid ({cause.verify_message}).")
    return GeocoderUnavailable(f"the connection failed ({plain(str(cause)) or type(cause).__name__}).")


# How often a server is asked.

_backing_off: Final = wait_exponential(multiplier=1, max=LONGEST_WAIT)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return max(_backing_off(state), _asked_to_wait(error))


def _asked_to_wait(error: BaseException | None) -> float:
    """The seconds that the server asks to wait, 0 where it does not say."""
    answer = error.__cause__ if error else None
    return float(get_retry_after(answer.headers) or 0) if isinstance(answer, AdapterHTTPError) else 0.0


def _may_pass(error: BaseException) -> bool:
    """Whether the same request may be answered a little later."""
    if _asked_to_wait(error) > LONGEST_WAIT:
        return False
    if isinstance(error, (GeocoderTimedOut, GeocoderUnavailable, GeocoderRateLimited, BrokenOffError)):
        return True
    answer = error.__cause__
    return isinstance(answer, AdapterHTTPError) and answer.status_code >= 500


class OnlineNominatim(Provider):
    """A Nominatim server, asked over the network for what was not asked before."""

    provider = "nominatim"

    def __init__(
        self, url: str, *, user_agent: str | None = None, folder: Path | None = None, timeout: float = TIMEOUT
    ) -> None:
        """Ask the server at that address, and keep what it answers in that folder (by default the cache folder).

        ``user_agent`` says who asks, by default the environment variable ``DATELINE_USER_AGENT`` does; ``timeout`` is
        in seconds. Raises ConfigurationError where the address is no server's, where the user agent names nobody, or
        where answers cannot be kept.
        """
        address = _server_url(url)
        scheme, _, domain = address.partition("://")
        self._client = Nominatim(
            domain=domain,
            scheme=scheme,
            user_agent=_identifying(os.environ.get(USER_AGENT, "") if user_agent is None else user_agent),
            timeout=timeout,
            adapter_factory=partial(BoundedAdapter, (folder or cache_folder()) / CACHE_NAME),
        )
        self._host = urlsplit(address).netloc
        self._adapter: BoundedAdapter = self._client.adapter
        self._out_of_reach = 0

    def candidates(self, query: Query) -> list[Candidate]:
        """The places of that name, as many as ten.

        Raises a GeopyError that names the name, the server and the remedy where it has no answer.
        """
        name = str(plain(query.name))
        if not name or len(query.name) > LONGEST_TEXT:
            return []
        found = {
            place.ref: candidate(name, place)
            for box in _boxes(query.box)
            for place in self._places(replace(query, name=name, box=box))
        }
        return [each for each in found.values() if _wanted(each, query)]

    def _places(self, query: Query) -> list[Place]:
        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_wait,
            retry=retry_if_exception(lambda error: not self._adapter.left_alone and _may_pass(error)),
            reraise=True,
        )
        try:
            answered: list[Place] = retrying(self._request, query)
        except GeocoderServiceError as error:
            self._heed(error)
            raise _explained(error, query.name, self._host) from error
        self._out_of_reach = 0
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

    def _heed(self, error: GeocoderServiceError) -> None:
        """Stop asking a server that refuses, asks for a long pause, or is out of reach."""
        self._out_of_reach = self._out_of_reach + 1 if _may_pass(error) else 0
        if self._adapter.left_alone:
            return
        if isinstance(error, (GeocoderInsufficientPrivileges, GeocoderAuthenticationFailure)):
            self._adapter.left_alone = str(error)
        elif (wait := _asked_to_wait(error)) > LONGEST_WAIT:
            self._adapter.left_alone = f"it asked for a pause of {wait:.0f} s."
        elif self._out_of_reach == NAMES_OUT_OF_REACH:
            self._adapter.left_alone = f"{NAMES_OUT_OF_REACH} names in a row had no answer, the last because {error}"


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


def _explained(error: GeocoderServiceError, name: str, host: str) -> GeocoderServiceError:
    """The same error in words: the name, the server, what happened, and what to do."""
    message = f"{host} has no answer for {name!r}: {error} {_remedy(error)}"
    more = {"retry_after": error.retry_after} if isinstance(error, GeocoderRateLimited) else {}
    explained: GeocoderServiceError = type(error)(message, **more)
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


def _remedy(error: GeocoderServiceError) -> str:
    answer = error.__cause__
    if isinstance(answer, AdapterHTTPError) and 300 <= answer.status_code < 400:
        return "If you trust the server it sends on to, name that one."
    if isinstance(answer, AdapterHTTPError) and answer.status_code == 404:
        return "Check the server's address: its search was not found there."
    return next(remedy for kinds, remedy in _REMEDIES if isinstance(error, kinds))
