"""A client of a running Dateline that speaks Streamlit's own websocket messages, as the page does in a browser.

It fetches the page, opens the stream, asks for a run of the script, keeps the messages that the server may refer to
later, and sends what the reader changes. It draws nothing.
"""

import asyncio
import json
import re
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

STREAM: Final = "_stcore/stream"
# What the browser says where it has no token, and how many runs it keeps a message that nothing referred to.
_NO_TOKEN: Final = "PLACEHOLDER_AUTH_TOKEN"
_RUNS_KEPT: Final = 2
# Streamlit's ids of elements are `$$ID-<hash>-<key>`.
_PARTS_OF_ID: Final = 3
_COMMAND_NUMBER: Final = re.compile(r'Dateline\.command\(\{[^}]*?\\*"number\\*": ?(\d+)')


class ClientError(Exception):
    """The app or the stream failed a reader; the message says how."""


@dataclass(frozen=True)
class Widget:
    """What a reader can change on the page.

    Its id, what it is in Streamlit's protocol, the fragment it is in, and the words there are to choose from.
    """

    id: str
    kind: str
    fragment: str
    options: tuple[str, ...] = ()


class StreamlitClient:
    """One reader's tab. All waiting is bounded by `patience`, seconds: TimeoutError when it is over.

    `source` is the address that a front server is told the reader comes from (X-Forwarded-For), if it believes us.
    `query` is what stands in the address bar; `received` counts the bytes that came in; `complaint` is an exception
    that the last run showed on the page.
    """

    def __init__(self, *, patience: float = 60.0, source: str = "") -> None:
        self.source = source
        self.patience = patience
        self.query = ""
        self.page = ""
        self.session: str | None = None
        self.cookies: SimpleCookie = SimpleCookie()
        self.widgets: dict[str, Widget] = {}
        self.map: Widget | None = None
        self.command = 0
        self.received = 0
        self._address = ""
        self._script = ""
        self._states: dict[str, WidgetState] = {}
        self._kept: dict[str, tuple[Element, str, int]] = {}
        self._runs = 0
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._finished: asyncio.Future[None] | None = None
        self.complaint = ""

    async def __aenter__(self) -> Self:
        """The reader, to be closed at the end of the block."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the reader."""
        await self.close()

    # -- what a reader does -----------------------------------------------------------------------------------------

    async def open(self, address: str, query: str = "", page: str = "") -> float:
        """Open `page` (`""`, `events`, `sources`) of the app at `address`, which may end in a base path.

        Returns the seconds from opening the stream to the end of the script's first run.
        Raises ClientError if the app shows an exception or the stream breaks off.
        """
        self._address, self.query, self.page = address.rstrip("/"), query.lstrip("?"), page
        async with asyncio.timeout(self.patience):
            # A front server that keeps a reader on one replica may say so in a cookie of the page.
            for cookie in await asyncio.to_thread(_cookies_of, f"{self._address}/{page}", self._headers()):
                self.cookies.load(cookie)
        started = time.perf_counter()
        await self._connect()
        await self._run()
        return time.perf_counter() - started

    async def choose(self, key: str, value: str | bool | Sequence[str]) -> float:
        """Set the widget of this key; returns the seconds of the run.

        `value` is True or False for a switch (`superseded`), a text for a field (`q`), and the words shown, one or
        several, for a choice (`lang`, `trip`, `kind`, `status`, `source`).
        """
        widget = self.widgets[key]
        state = WidgetState(id=widget.id)
        if isinstance(value, bool):
            state.bool_value = value
        elif isinstance(value, str):
            state.string_value = value
        else:
            if unknown := set(value) - set(widget.options):
                raise ValueError(f"{key} is one of {', '.join(widget.options)}; instead got {', '.join(unknown)}")
            state.string_array_value.data.extend(value)
        self._states[widget.id] = state
        return await self._timed_run(widget.fragment)

    async def settle(self, *, event: str | None = None, moment: str | None = None, clock: str | None = None) -> float:
        """Tell the server what the map tells it when the playhead comes to rest; returns the seconds of the run."""
        if self.map is None:
            raise ClientError("there is no map on this page; open the page Journey")
        told = {"event": event, "time": moment, "command": self.command, "clock": clock}
        self._states[self.map.id] = WidgetState(id=self.map.id, json_value=json.dumps(told))
        return await self._timed_run(self.map.fragment)

    async def reconnect(self) -> float:
        """Open the stream again, in the same session if the server still has it; returns the seconds until it shows.

        As in a browser the page asks for a run: every page of the app has something that makes it.
        """
        await self.close()
        started = time.perf_counter()
        await self._connect()
        await self._run()
        return time.perf_counter() - started

    async def close(self) -> None:
        """Close the stream; a reader may open or reconnect again."""
        if self._listening:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        if self._socket:
            await self._socket.close()
        self._socket = self._listening = None

    @property
    def connected(self) -> bool:
        """Whether the stream is open."""
        return self._listening is not None and not self._listening.done()

    # -- the stream -------------------------------------------------------------------------------------------------

    async def _connect(self) -> None:
        origin = urlsplit(self._address)
        stream = f"{self._address}/{STREAM}".replace("http", "ws", 1)
        tokens = ["streamlit", self._token(), *([self.session] if self.session else [])]
        try:
            self._socket = await connect(
                stream,
                subprotocols=[Subprotocol(token) for token in tokens],
                additional_headers=self._headers(),
                origin=f"{origin.scheme}://{origin.netloc}",  # type: ignore[arg-type]  # a NewType of str
                open_timeout=self.patience,
                close_timeout=5,
                ping_interval=None,
                max_size=None,
                proxy=None,
            )
        except (InvalidHandshake, OSError) as error:
            raise ClientError(f"{stream} does not open: {error}") from error
        answer = self._socket.response
        for cookie in answer.headers.get_all("Set-Cookie") if answer else ():
            self.cookies.load(cookie)
        self._listening = asyncio.create_task(self._listen(self._socket))

    def _token(self) -> str:
        held = self.cookies.get("_streamlit_xsrf")
        return held.value if held else _NO_TOKEN

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={held.value}" for name, held in self.cookies.items())
        return {name: value for name, value in (("Cookie", cookies), ("X-Forwarded-For", self.source)) if value}

    async def _timed_run(self, fragment: str) -> float:
        started = time.perf_counter()
        await self._run(fragment)
        return time.perf_counter() - started

    async def _run(self, fragment: str = "") -> None:
        """Ask for a run of the script, or of one fragment, and wait for its end."""
        if self._socket is None:
            raise ClientError("the stream is closed; open or reconnect first")
        self.complaint = ""
        self._finished = asyncio.get_running_loop().create_future()
        client = ClientState(
            query_string=self.query,
            page_script_hash=self._script,
            page_name="" if self._script else self.page,
            fragment_id=fragment,
            cached_message_hashes=list(self._kept),
        )
        client.widget_states.widgets.extend(self._states.values())
        client.context_info.locale = "en-GB"
        client.context_info.timezone = "Europe/Paris"
        client.context_info.url = f"{self._address}/{self.page}"
        try:
            await self._socket.send(BackMsg(rerun_script=client).SerializeToString())
            async with asyncio.timeout(self.patience):
                await self._finished
        except ConnectionClosed as error:
            raise ClientError(f"the stream broke off: {error}") from error
        if self.complaint:
            raise ClientError(f"the app shows an exception: {self.complaint}")

    async def _listen(self, socket: ClientConnection) -> None:
        """Take in messages until the stream ends; whoever waits for a run then learns that it will not come."""
        reason = "the stream was closed"
        try:
            async for given in socket:
                assert isinstance(given, bytes)
                self.received += len(given)
                self._take(ForwardMsg.FromString(given))
        except (ConnectionClosed, ClientError) as error:
            reason = str(error)
        if self._finished and not self._finished.done():
            self._finished.set_exception(ClientError(reason))

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind in ("delta", "ref_hash"):
            self._take_element(message)
        elif kind == "new_session":
            self.session = message.new_session.initialize.session_id
            self._script = message.new_session.page_script_hash
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            self._finish(message.script_finished)

    def _take_element(self, message: ForwardMsg) -> None:
        """An element of the page, or a reference to one that came before."""
        name = message.ref_hash or message.hash
        if message.ref_hash:
            if name not in self._kept:
                raise ClientError(f"the server refers to message {name}, which this reader does not have")
            element, fragment, _ = self._kept[name]
        else:
            # A block has no element; then this one is empty.
            element, fragment = message.delta.new_element, message.delta.fragment_id
        if message.ref_hash or message.metadata.cacheable:
            self._kept[name] = (element, fragment, self._runs)
        self._note(element, fragment)

    def _note(self, element: Element, fragment: str) -> None:
        """Keep what of an element matters to a reader without eyes: what can be changed, and what went wrong."""
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.complaint = f"{element.exception.type}: {element.exception.message}"
        content = getattr(element, kind) if kind else None
        parts = str(getattr(content, "id", "")).split("-", _PARTS_OF_ID - 1)
        if kind is None or content is None or len(parts) < _PARTS_OF_ID:
            return
        options = tuple(getattr(option, "content", option) for option in getattr(content, "options", ()))
        widget = Widget(content.id, kind, fragment, options)
        self.widgets[parts[-1]] = widget
        if kind == "component_instance" and (command := _COMMAND_NUMBER.search(content.json_args)):
            self.map, self.command = widget, int(command[1])

    def _finish(self, status: int) -> None:
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        if status == ForwardMsg.FINISHED_SUCCESSFULLY:
            self._runs += 1
            self._kept = {name: kept for name, kept in self._kept.items() if self._runs - kept[2] <= _RUNS_KEPT}
        if self._finished and not self._finished.done():
            self._finished.set_result(None)


def _cookies_of(address: str, headers: Mapping[str, str]) -> list[str]:
    """The `Set-Cookie` headers of a page."""
    asked = urllib.request.Request(address, headers=dict(headers))
    try:
        # The machine's proxy is not asked: the address is the one to measure.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(asked, timeout=60) as answer:
            answer.read()
            return list(answer.headers.get_all("Set-Cookie") or [])
    except OSError as error:
        raise ClientError(f"{address} does not arrive: {error}") from error
