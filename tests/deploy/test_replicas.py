"""Readers stay with their replica, and go on where they were when it is gone."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Frame, TimeoutError, expect

from tests.support.app_server import AppServer
from tests.support.audience import Audience, audience
from tests.support.browser import Reader
from tests.support.hosting import Hosting
from tests.support.loopback import ask, until

READERS = 48


@pytest.fixture(scope="module")
def _everyone(_two_replicas: Hosting) -> Iterator[Audience]:
    with audience(_two_replicas.address, READERS) as gathered:
        yield gathered


@pytest.fixture
def everyone(_everyone: Audience, hosted: Hosting) -> Audience:
    """A class and a half of readers, each at a place of the story; whoever was cut off is back."""
    _everyone.come_back()
    return _everyone


def play(reader: Reader, frame: Frame) -> None:
    """Press play, and mark the map as this one; through every event, or the story would end before the test does."""
    reader.settled()
    frame.get_by_test_id("every-event").check()
    frame.evaluate("window.marked = true; Dateline.play()")


def assert_plays_on(frame: Frame) -> None:
    """It is the map that was marked, and it moves."""
    now = frame.evaluate("Dateline.state().time")
    frame.wait_for_function("now => window.marked && Dateline.state().playing && Dateline.state().time > now", arg=now)


def assert_is_followed(reader: Reader, frame: Frame) -> None:
    """Where the map stops the address bar says so, and nothing on the page speaks of an error."""
    frame.evaluate("Dateline.pause()")
    stands, chosen = frame.evaluate("[Dateline.state().time, Dateline.state().chosen]")
    # On an event itself the address has the event.
    told = {f"time={stands[:19].replace(':', '%3A')}", f"event={chosen}"}
    reader.page.wait_for_url(lambda address: any(part in address for part in told))
    reader.settled()
    assert frame.evaluate("window.marked")
    assert stands == frame.evaluate("Dateline.state().time")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    expect(reader.page.get_by_test_id("stException")).to_have_count(0)


def show_only(reader: Reader, status: str) -> None:
    """Choose a status among the filters."""
    reader.settled()
    reader.page.get_by_test_id("stPopoverButton").click()
    reader.page.get_by_role("toolbar", name="Status").get_by_role("button", name=status).click()
    reader.page.wait_for_url(f"**/?*status={status.lower()}*")
    reader.page.keyboard.press("Escape")


def home(hosted: Hosting, before: list[int]) -> AppServer:
    """The replica that has one reader more than before."""
    return next(replica for replica, n in zip(hosted.replicas, before, strict=True) if replica.sessions() > n)


def test_a_reader_stays_with_one_replica(hosted: Hosting, everyone: Audience) -> None:
    """Readers behind one address are spread over the replicas; whoever was cut off comes back to the same session."""
    counts = hosted.sessions()
    assert READERS == sum(counts)
    assert min(counts) > READERS // 8
    sessions = [seat.reader.session for seat in everyone.seats]
    everyone.cut_off()
    # Whoever is back before the server has noticed the loss would be somebody new to it.
    assert until(lambda: 0 == sum(hosted.sessions()))
    everyone.come_back()
    assert sessions == [seat.reader.session for seat in everyone.seats]
    assert counts == hosted.sessions()


def test_a_killed_replica_stops_nobody(hosted: Hosting, everyone: Audience, reader_of: Callable[[], Reader]) -> None:
    """Maps play on while their replica is killed, and are not created anew; all are then where they were."""
    before = hosted.sessions()
    first, second = reader_of(), reader_of()
    frames = [first.open(f"{hosted.address}/?event=arrival-khasan"), second.open(hosted.address)]
    show_only(first, "Happened")
    for reader, frame in zip((first, second), frames, strict=True):
        play(reader, frame)
    readers = len(everyone.seats) + len(frames)
    assert readers == sum(hosted.sessions())
    home(hosted, before).kill()
    for frame in frames:
        assert_plays_on(frame)
    assert until(lambda: len(everyone.lost()) > 0)
    everyone.come_back()
    assert [] == everyone.astray()
    assert until(lambda: [readers] == hosted.sessions())
    for reader, frame in zip((first, second), frames, strict=True):
        assert_plays_on(frame)
        assert_is_followed(reader, frame)
    assert "status=happened" in first.page.url


def test_no_error_stays_when_all_replicas_were_down(hosted: Hosting, reader_of: Callable[[], Reader]) -> None:
    """Whoever plays plays on, and is reconnected; whoever comes meanwhile is told to wait, and then has the map."""
    reader, late = reader_of(), reader_of()
    play(reader, frame := reader.open(f"{hosted.address}/?event=arrival-khasan"))
    for replica in hosted.replicas:
        replica.kill()
    answer = ask(hosted.address + "/")
    assert (503, True) == (answer.status, b"http-equiv=refresh" in answer.body)
    late.page.goto(hosted.address)
    expect(late.page.get_by_text("tries again by itself")).to_be_visible()
    assert_plays_on(frame)
    hosted.mend()
    try:
        map_of_late = late.map()
    except TimeoutError:
        # The page came back between two replicas' starts, and a script of Streamlit's did not: a reader loads it again.
        map_of_late = late.open(hosted.address)
    assert map_of_late.evaluate("Dateline.state().time")
    assert until(lambda: sum(hosted.sessions()) >= 2)
    assert_plays_on(frame)
    assert_is_followed(reader, frame)


def test_a_rolling_restart_loses_nobody(hosted: Hosting, everyone: Audience, reader: Reader) -> None:
    """One replica after the other is replaced while all move about: everyone is served on, and keeps the place."""
    play(reader, frame := reader.open(f"{hosted.address}/?event=arrival-khasan"))
    with everyone.on_the_move(pause=2):
        for replica in hosted.replicas:
            replica.stop()
            hosted.mend()
    everyone.come_back()
    assert [] == everyone.astray()
    assert_plays_on(frame)
    assert until(lambda: len(everyone.seats) + 1 == sum(hosted.sessions()))
    assert_is_followed(reader, frame)


def test_a_choice_after_the_loss_counts(hosted: Hosting, reader: Reader) -> None:
    """The replica that takes a reader over knows at once where the reader was; the next click is not taken back."""
    before = hosted.sessions()
    reader.page.goto(f"{hosted.address}/events?lang=en&trip=russia-2023")
    reader.settled()
    assert until(lambda: sum(hosted.sessions()) > sum(before))
    lost = home(hosted, before)
    answers: list[str | bytes] = []
    reader.page.on("websocket", lambda stream: stream.on("framereceived", lambda answer: answers.append(answer)))
    lost.kill()
    # The front server may still hold the other one for lost, too: the browser then tries more than once. Playwright
    # tells of events only while it is asked something.
    assert until(lambda: bool(reader.page.evaluate("true") and answers))
    reader.settled()
    reader.page.get_by_role("radio", name="Français").click()
    reader.page.wait_for_selector("html[lang='fr']", state="attached")
    reader.page.wait_for_url("**/events?*lang=fr*")
    assert "trip=russia-2023" in reader.page.url
