"""The map's head and the card in a real Chromium: one clock at a time."""

import pytest

from tests.support.browser import Reader


@pytest.mark.parametrize("code", ["en", "fr"])
@pytest.mark.parametrize(
    "event", ["economic-forum-2023", "korean-war", "lankov-blackmail", "reception-khasan", "border-closure-2020"]
)
def test_the_head_and_the_card_tell_one_date(reader: Reader, server: str, event: str, code: str) -> None:
    """On an event the large date is the card's own, in the zone of its place and no finer than its source."""
    frame = reader.open(f"{server}/?lang={code}&event={event}")
    head = frame.locator(".dateline-date").inner_text()
    when = frame.get_by_test_id("card").locator(".dateline-when span").first.inner_text()
    assert head.casefold() in when.casefold()
