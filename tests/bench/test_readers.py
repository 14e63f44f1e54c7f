"""The load generator speaks to a real server as a browser does; nothing here is timed."""

import asyncio
import random
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from urllib.parse import parse_qs

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.readers import Crowd, act, crowd, main
from tests.support.app_server import AppServer
from tests.support.streamlit_client import ClientError, StreamlitClient, Widget

Result = TypeVar("Result")


def run(task: Coroutine[Any, Any, Result]) -> Result:
    """What a task comes to, in a thread of its own: the browser tests keep a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app under a base path, as behind a front server."""
    folder = tmp_path_factory.mktemp("server")
    with AppServer(folder / "output.log", prefix="/dateline") as app:
        yield app.address


def test_a_reader_opens_a_link_and_finds_what_it_says(address: str) -> None:
    """The address's language and filter reach the app, and what it writes into the address bar reaches the reader."""

    async def read() -> StreamlitClient:
        async with StreamlitClient() as reader:
            assert 0 < await reader.open(address, "lang=fr&status=planned&nonsense=1")
        return reader

    reader = run(read())
    assert {"lang": ["fr"], "status": ["planned"]} == parse_qs(reader.query)
    assert {"lang", "trip", "kind", "status", "source", "superseded"} <= set(reader.widgets)
    assert reader.map is not None
    assert reader.map.fragment


def test_what_a_reader_does_shows_in_the_address_bar(address: str) -> None:
    """Language, filter and playhead are taken over by the app; the report of the map runs the fragment alone."""

    async def read() -> StreamlitClient:
        async with StreamlitClient() as reader:
            await reader.open(address)
            await reader.choose("lang", ["Français"])
            await reader.choose("trip", [words for words in reader.widgets["trip"].options if "Russie" in words])
            await reader.choose("superseded", True)
            await reader.settle(moment="2023-09-13T03:00:00Z", clock="news")
        return reader

    asked = parse_qs(run(read()).query)
    expected = {"lang": "fr", "trip": "russia-2023", "superseded": "1", "time": "2023-09-13T03:00:00Z", "clock": "news"}
    assert {name: [value] for name, value in expected.items()} == asked


def test_only_what_is_shown_can_be_chosen(address: str) -> None:
    """A reader cannot choose words that are not there, as the page offers none."""

    async def read() -> None:
        async with StreamlitClient() as reader:
            await reader.open(address)
            with pytest.raises(ValueError, match="lang is one of English, Français; instead got fr"):
                await reader.choose("lang", ["fr"])

    run(read())


@pytest.mark.parametrize("action", ["settle", "filter", "language"])
def test_every_action_of_a_reader_changes_the_address(address: str, action: str) -> None:
    """Each habit of the crowd is a change that the app takes over."""

    async def read() -> tuple[str, str]:
        async with StreamlitClient() as reader:
            await reader.open(address)
            before = reader.query
            await act(reader, action, random.Random(1))
            return before, reader.query

    before, after = run(read())
    assert before != after


def test_messages_that_the_server_refers_to_are_known() -> None:
    """A reference stands for the message that came before it, until two runs went by without one."""
    reader = StreamlitClient()
    message = ForwardMsg(hash="abc")
    message.metadata.cacheable = True
    message.delta.fragment_id = "part"
    message.delta.new_element.checkbox.id = "$$ID-0-switch"
    finished = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    reader._take(message)
    reader.widgets.clear()
    for given in (finished, finished, ForwardMsg(ref_hash="abc")):
        reader._take(given)
    assert {"switch": Widget("$$ID-0-switch", "checkbox", "part")} == reader.widgets
    for _ in range(3):
        reader._take(finished)
    with pytest.raises(ClientError, match="refers to message abc"):
        reader._take(ForwardMsg(ref_hash="abc"))


def test_an_exception_on_the_page_is_the_readers_failure() -> None:
    """A run that ends with an exception on the page is not taken for a quick answer."""
    reader = StreamlitClient()
    message = ForwardMsg()
    message.delta.new_element.exception.type = "KeyError"
    reader._take(message)
    assert "KeyError" in reader.complaint


def test_after_a_loss_the_reader_is_in_the_same_session(address: str) -> None:
    """The session id is sent along when reconnecting, and the server still knows what the reader chose."""

    async def read() -> tuple[str | None, str | None, str]:
        async with StreamlitClient() as reader:
            await reader.open(address)
            await reader.choose("lang", ["Français"])
            before = reader.session
            await reader.reconnect()
            await reader.choose("superseded", True)
            return before, reader.session, reader.query

    before, after, query = run(read())
    assert before == after
    assert {"lang": ["fr"], "superseded": ["1"]} == parse_qs(query)


def test_a_page_can_be_opened_by_its_own_address(address: str) -> None:
    """The page Sources has a widget for each claim and no map; a report of the map is refused there."""

    async def read() -> StreamlitClient:
        async with StreamlitClient() as reader:
            await reader.open(address, page="sources")
            with pytest.raises(ClientError, match="no map"):
                await reader.settle()
        return reader

    assert run(read()).map is None


def test_a_crowd_comes_acts_and_is_held(address: str) -> None:
    """Each of a small crowd opens the page and is still there at the end; meanwhile they act, when chance has it."""
    found: Crowd = run(crowd(address, 3, seconds=3, arrive=0.3, pause=1))
    assert {} == found.failures
    assert 3 == found.held
    assert 3 == len(found.opened)
    assert 1 <= sum(len(times) for times in found.acted.values())
    assert 0 < found.received


def test_a_server_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says what failed and ends with 1."""
    with ThreadPoolExecutor(1) as thread:
        arguments = ["http://127.0.0.1:9", "--readers", "1", "--seconds", "0", "--arrive", "0"]
        assert 1 == thread.submit(main, arguments).result()
    assert "does not arrive" in capsys.readouterr().out
