"""What readers read of an event's date: on its card, in lists, and in the map's head."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.story import Story
from geo.story.format import Event
from geo.views.events import EventView, event_view
from geo.wording.language import LANGUAGES, Language, offset_text
from tests.support.stories import edited

TINY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.dates(date(1950, 1, 1), date(2030, 1, 1))
MARKS = st.sampled_from(["", "~", "?"])
WHENS = st.one_of(
    st.builds(lambda day, length, mark: day.isoformat()[:length] + mark, DAYS, st.sampled_from([4, 7, 10]), MARKS),
    st.builds(lambda day, days: f"{day}/{day + timedelta(days=days)}", DAYS, st.integers(0, 400)),
    st.builds(lambda day: f"{day}/..", DAYS),
)
PLACES = st.sampled_from(["alpha", "gamma", ""])


def view_of(story: Story, event_id: str, language: Language) -> EventView:
    return event_view(story, story.event_by_id[event_id], story.claims_by_event[event_id], language)


def dated(story: Story, when: str, place: str = "alpha", **cells: str) -> Story:
    return edited(story, "events", "departure", when=when, place_id=place, **cells)


@TINY
@given(when=WHENS, place=PLACES, code=st.sampled_from(LANGUAGES))
def test_the_head_says_what_the_card_says(story: Story, when: str, place: str, code: str) -> None:
    """Of an event without an hour the map's head has the card's date, in the unit that is known, and no clock."""
    view = view_of(dated(story, when, place), "departure", Language(code))
    assert (view.when_text, "") == (view.head_date, view.head_clock)


@TINY
@given(day=DAYS, hour=st.integers(0, 20), hours=st.integers(0, 3), place=PLACES, code=st.sampled_from(LANGUAGES))
def test_the_head_tells_hours_on_the_clock_of_the_place(
    story: Story, day: date, hour: int, hours: int, place: str, code: str
) -> None:
    """Date, hours and offset of the head are in the card's own line and note: those of the event's place."""
    zone = story.zone(place)
    start = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    when = start.isoformat(timespec="minutes")
    if hours:
        when += f"/{(start + timedelta(hours=hours)).isoformat(timespec='minutes')}"
    view = view_of(dated(story, when, place), "departure", Language(code))
    assert view.head_date in view.when_text
    assert view.hour_text
    assert view.hour_text in view.when_text
    assert view.head_clock.endswith(offset_text(view.event.when.anchor, zone))
    if place:
        assert offset_text(view.event.when.anchor, zone) in (view.when_note or "")


@pytest.mark.parametrize(
    ("when", "means", "note"),
    [
        ("1950/1953", "", "A moment somewhere in this span"),
        ("1950/1953", "within", "A moment somewhere in this span"),
        ("1950/1953", "throughout", "Throughout this span"),
        ("2023-09-15/..", "", None),
        ("1991~", "", None),
        ("2023-09-13?", "", None),
        ("2023-09-13", "", "The day is known, the hour is not"),
        ("1950", "", "The year is known, the day is not"),
    ],
)
def test_a_note_says_how_exactly_a_date_is_known(story: Story, when: str, means: str, note: str | None) -> None:
    """Within, throughout, from … on and about are different things; what the date says itself is not said twice."""
    assert note == view_of(dated(story, when, "", when_means=means), "departure", Language("en")).when_note


def test_an_event_without_a_date_says_so(story: Story) -> None:
    """Placed at the day of its article, it is undated; told when the first article came out."""
    undated = edited(edited(story, "events", "visit", when="2023-09-14~"), "claims", "c-001-02-1", when=None)
    view = view_of(undated, "visit", Language("en"))
    assert ("undated; told on 14 September 2023", None, "") == (view.when_text, view.when_note, view.hour_text)
    assert "sans date\u00a0; raconté le 14 septembre 2023" == view_of(undated, "visit", Language("fr")).head_date


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ("2023-09-12/2023-09-14", "undated; first told on 12 September 2023"),
        ("2023-09-11/2023-09-14", "11–14 Sept 2023"),
    ],
)
def test_days_of_publication_are_no_span_of_the_event(story: Story, when: str, text: str) -> None:
    """What two articles tell without a date did not begin with the first of them and end with the second."""
    days = {story.published(claim).isoformat() for claim in story.claims}
    assert {"2023-09-12", "2023-09-14"} <= days
    told = edited(edited(story, "events", "visit", when=when), "claims", "c-001-02-1", when=None)
    first = next(claim for claim in told.claims if story.published(claim).isoformat() == "2023-09-12")
    claims = [*told.claims_by_event["visit"], first.model_copy(update={"when": None})]
    assert text == event_view(told, told.event_by_id["visit"], claims, Language("en")).when_text


@pytest.mark.parametrize(
    ("when", "means", "english", "french"),
    [
        ("1991/..", "", "from 1991", "à partir de 1991"),
        ("1991/..", "within", "no earlier than 1991", "au plus tôt 1991"),
        (
            "2022/2023-09-12",
            "throughout",
            "from 2022 to Tuesday, 12 September 2023",
            "de 2022 au mardi 12 septembre 2023",
        ),
        (
            "2022/2023-09-12",
            "",
            "between 2022 and Tuesday, 12 September 2023",
            "entre 2022 et le mardi 12 septembre 2023",
        ),
        ("2022~", "", "about 2022", "vers 2022"),
    ],
)
def test_what_a_span_means_is_in_its_words(story: Story, when: str, means: str, english: str, french: str) -> None:
    """Lasting is from … to, a moment within is between … and; of an open start the moment is no earlier."""
    event = dated(story, when, "", when_means=means)
    assert [english, french] == [view_of(event, "departure", Language(code)).when_text for code in LANGUAGES]


def test_a_short_date_is_no_surer_than_a_long_one(story: Story) -> None:
    """What is about a year, a day or a span on the card is so in a list."""
    for when, english, french in [
        ("2022~", "about 2022", "vers 2022"),
        (
            "2023-08-14~/2023-09-11",
            "about 14 Aug\u2009–\u200911 Sept 2023",
            "environ 14 août\u2009–\u200911 sept. 2023",
        ),
    ]:
        event = dated(story, when, "")
        assert [english, french] == [view_of(event, "departure", Language(code)).short_when for code in LANGUAGES]


@pytest.mark.parametrize(("when", "basis"), [("2023-09-14~", "context"), ("2023-09-13~", "publication")])
def test_a_day_that_words_give_is_about_that_day(story: Story, when: str, basis: str) -> None:
    """A claim's own words, or a day that is no article's, make an approximate date."""
    dated_by = edited(edited(story, "events", "visit", when=when), "claims", "c-001-02-1", when=when, when_basis=basis)
    assert view_of(dated_by, "visit", Language("en")).when_text.startswith("about ")


def undated(story: Story) -> list[Event]:
    english = Language("en")
    return [event for event in story.events if view_of(story, event.event_id, english).when_text.startswith("undated")]


def test_the_shipped_storys_dates_are_what_the_articles_give(shipped_story: Story) -> None:
    """Wars and stays last, gifts fall somewhere within the visit, analyses and standing things are undated."""
    english = Language("en")
    notes = {
        event.event_id: view_of(shipped_story, event.event_id, english).when_note for event in shipped_story.events
    }
    for lasting in ("korean-war", "soviet-aid-dependence", "kim-visit-2023", "kim-no-foreign-travel"):
        assert "Throughout this span" == notes[lasting], lasting
    assert "A moment somewhere in this span" == notes["gift-space-glove"]
    assert "no earlier than 1991" == view_of(shipped_story, "famine-1990s", english).when_text
    assert "18–19 June 2024 (uncertain)" == view_of(shipped_story, "putin-visit-2024", english).when_text.replace(
        "Jun ", "June "
    )
    ids = {event.event_id for event in undated(shipped_story)}
    assert {"un-sanctions-north-korea", "western-sanctions-russia", "us-suspects-arms-purchase"} <= ids
    assert {"ukraine-counteroffensive", "lankov-blackmail", "unease-after-summit", "balloons-2024"} <= ids
    assert not {"departure-pyongyang", "korean-war", "invasion-ukraine"} & ids
    assert 50 < len(ids)


@pytest.mark.parametrize(
    ("event", "head"),
    [
        ("korean-war", "1950–1953"),
        ("soviet-aid-dependence", "1953–1991"),
        ("meeting-expected-far-east", "from Tuesday, 12 September 2023"),
        ("vladivostok-planned", "from Friday, 15 September 2023"),
        ("arrival-khasan", "Tuesday, 12 September 2023"),
    ],
)
def test_the_head_has_the_events_own_day(shipped_story: Story, event: str, head: str) -> None:
    """In its own place's zone and no finer than the articles: no December of the year before, no day before."""
    assert head == view_of(shipped_story, event, Language("en")).head_date


def test_zones_differ_in_the_tiny_story(story: Story) -> None:
    """The places that the properties above draw from keep different clocks."""
    assert 3 == len({story.zone(place) for place in ("alpha", "gamma", "")})
    assert ZoneInfo("Asia/Yakutsk") == story.zone("gamma")
