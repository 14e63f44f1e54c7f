"""Pictures on request."""

from typing import Any

import anyio
import pytest

from geo.map import picture
from geo.story import Story
from geo.wording.language import Language
from server import pictures
from tests.support.asgi import run
from tests.support.loopback import ask

ENGLISH = Language("en")


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The events that were drawn; nothing is kept from other tests."""
    drawn: list[str | None] = []

    def svg(*_: Any, event: str | None, **_others: Any) -> str:
        drawn.append(event)
        return "<svg/>"

    monkeypatch.setattr(picture, "svg", svg)
    monkeypatch.setattr(pictures, "_kept", type(pictures._kept)())
    return drawn


def test_a_picture_is_drawn_once(drawings: list[str | None], shipped_story: Story) -> None:
    """However many ask for it, at once or later; addresses that show the same share it."""

    wanted: list[dict[str, Any]] = [{"event": "arrival-khasan"}, {"event": "arrival-khasan", "every": True}, {}]

    async def crowd() -> None:
        for _ in range(2):
            async with anyio.create_task_group() as tasks:
                for held in wanted * 20:
                    tasks.start_soon(pictures.drawn, shipped_story, ENGLISH, held, "svg")

    run(crowd)
    assert {"arrival-khasan", None} == set(drawings)
    assert 2 == len(drawings)


def test_too_many_pictures_at_once_are_refused(drawings: list[str | None], shipped_story: Story) -> None:
    """Of five hundred different ones some are drawn, the others are told to come again; later all is well."""
    refused: list[str] = []
    events = [event.event_id for event in shipped_story.events]

    async def one(held: dict[str, Any], language: Language, kind: str) -> None:
        try:
            await pictures.drawn(shipped_story, language, held, kind)
        except pictures.BusyError as error:
            refused.append(str(error))

    async def crowd() -> None:
        async with anyio.create_task_group() as tasks:
            for code in ("en", "fr"):
                for event in events:
                    for clock in (None, "news"):
                        tasks.start_soon(one, {"event": event, "clock": clock}, Language(code), "svg")

    run(crowd)
    assert len(drawings) == pictures._WAITING
    assert len(refused) == 4 * len(events) - pictures._WAITING
    refused.clear()
    run(one, {"event": events[-1]}, ENGLISH, "svg")
    assert [] == refused


def test_what_is_kept_is_bounded(
    drawings: list[str | None], shipped_story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The picture that was not asked for the longest is drawn anew."""
    monkeypatch.setattr(pictures, "_MOST_KEPT", 2)
    for event in ("arrival-khasan", "summit-vostochny", "arrival-khasan", "departure-pyongyang", "arrival-khasan"):
        run(pictures.drawn, shipped_story, ENGLISH, {"event": event}, "svg")
    assert ["arrival-khasan", "summit-vostochny", "departure-pyongyang"] == drawings


def test_the_app_sends_pictures(server: str) -> None:
    """As PNG and SVG, to be kept for an hour; asked for again with its tag, nothing is sent."""
    for kind, begins in (("png", b"\x89PNG"), ("svg", b"<svg")):
        answer = ask(f"{server}/picture.{kind}?lang=fr&event=arrival-khasan")
        assert answer.body.lstrip().startswith(begins)
        assert "max-age=3600" in answer.headers["Cache-Control"]
        again = ask(f"{server}/picture.{kind}?lang=fr&event=arrival-khasan", If_None_Match=answer.headers["ETag"])
        assert (304, b"") == (again.status, again.body)
