from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.evidence.french_dates import _WEEKDAYS, DAY_PARTS, resolve
from geo.story import Story
from geo.story.when import parse_when

KHASAN = ZoneInfo("Asia/Vladivostok")
TUESDAY = date(2023, 9, 12)
ZONES = st.sampled_from(["Asia/Vladivostok", "Asia/Pyongyang", "Europe/Paris", "America/New_York", "UTC"])
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
BACK, AHEAD = st.sampled_from(["reports", "alleges", "denies"]), st.sampled_from(["announces", "predicts"])


@pytest.mark.parametrize(
    ("words", "back", "ahead"),
    [
        ("mardi", "2023-09-12", "2023-09-12"),
        ("Ce mardi", "2023-09-12", "2023-09-12"),
        ("mercredi", "2023-09-06", "2023-09-13"),
        ("Également mercredi", "2023-09-06", "2023-09-13"),
        ("débutée lundi", "2023-09-11", "2023-09-18"),
        (
            "Ce mardi matin",
            "2023-09-12T06:00+10:00/2023-09-12T12:00+10:00",
            "2023-09-12T06:00+10:00/2023-09-12T12:00+10:00",
        ),
        (
            "dimanche après-midi",
            "2023-09-10T12:00+10:00/2023-09-10T18:00+10:00",
            "2023-09-17T12:00+10:00/2023-09-17T18:00+10:00",
        ),
        (
            "lundi soir",
            "2023-09-11T18:00+10:00/2023-09-12T00:00+10:00",
            "2023-09-18T18:00+10:00/2023-09-19T00:00+10:00",
        ),
        ("ce vendredi 15 septembre", "2023-09-15", "2023-09-15"),
        ("le 1er octobre", "2023-10-01", "2023-10-01"),
        ("le 31 décembre", "2023-12-31", "2023-12-31"),
        ("2 janvier", "2024-01-02", "2024-01-02"),
        ("le 29 février", "2024-02-29", "2024-02-29"),
        ("Aujourd’hui", "2023-09-12", "2023-09-12"),
        ("Pour l'heure", "2023-09-12", "2023-09-12"),
        ("La veille", "2023-09-11", "2023-09-11"),
        ("cette semaine", "2023-09-11/2023-09-17", "2023-09-11/2023-09-17"),
        ("la semaine dernière", "2023-09-04/2023-09-10", "2023-09-04/2023-09-10"),
        ("cette année", "2023", "2023"),
        ("l’année dernière", "2022", "2022"),
        ("dans les prochains jours", "2023-09-12/..", "2023-09-12/.."),
        ("en juillet", "2023-07", "2024-07"),
        ("en septembre", "2023-09", "2023-09"),
        ("en décembre", "2022-12", "2023-12"),
        ("en 2019", "2019", "2019"),
        ("début 2020", "2020-01/2020-03", "2020-01/2020-03"),
        ("1950-1953", "1950/1953", "1950/1953"),
    ],
)
def test_words_are_dated_from_the_day_of_the_article(words: str, back: str, ahead: str) -> None:
    """The same words look back in a report and ahead in an announcement."""
    looking_back, looking_ahead = (resolve(words, TUESDAY, stance, KHASAN) for stance in ("reports", "announces"))
    assert looking_back is not None
    assert looking_ahead is not None
    assert (back, ahead) == (looking_back.when, looking_ahead.when)


@pytest.mark.parametrize(
    "words", ["", "depuis la pandémie", "le 31 février", "le 0 mai", "1953-1950", "en 0000", "mar"]
)
def test_what_no_rule_reads_is_left_to_us(words: str) -> None:
    """Vague words, and days and periods that no calendar has, are not dated."""
    assert resolve(words, TUESDAY, "reports", KHASAN) is None


def test_a_leap_day_is_of_the_year_that_has_it() -> None:
    """29 February is dated only within a year of one."""
    found = resolve("29 février", date(2021, 3, 1), "reports", KHASAN)
    assert found is not None
    assert "2020-02-29" == found.when
    assert resolve("29 février", date(2022, 3, 1), "reports", KHASAN) is None


@given(st.sampled_from(_WEEKDAYS), DAYS, BACK, AHEAD)
def test_a_weekday_is_the_nearest_in_its_direction(weekday: str, published: date, back: str, ahead: str) -> None:
    """A weekday falls on itself, within six days, before publication or after it as the stance looks."""
    for stance, direction in ((back, -1), (ahead, 1)):
        found = resolve(weekday, published, stance, KHASAN)
        assert found is not None
        day = date.fromisoformat(found.when)
        assert _WEEKDAYS.index(weekday) == day.weekday()
        assert timedelta(0) <= direction * (day - published) <= timedelta(days=6)


@given(st.sampled_from(_WEEKDAYS), st.sampled_from(["matin", "après-midi", "soir", "nuit"]), DAYS, BACK | AHEAD, ZONES)
def test_a_part_of_day_lies_within_its_day(weekday: str, part: str, published: date, stance: str, name: str) -> None:
    """A morning begins and ends on its own day, on the clock of the place."""
    zone = ZoneInfo(name)
    day, hours = (resolve(words, published, stance, zone) for words in (weekday, f"{weekday} {part}"))
    assert day is not None
    assert hours is not None
    whole, found = parse_when(day.when, zone), parse_when(hours.when, zone)
    assert found.end is not None
    assert whole.end is not None
    assert whole.start <= found.start < found.end <= whole.end
    assert DAY_PARTS[part.replace("è", "e").replace("-", " ")][0] == found.start.astimezone(zone).hour


@given(st.text(), DAYS, BACK | AHEAD)
def test_any_text_is_read_or_not(words: str, published: date, stance: str) -> None:
    """Whatever the words are, what comes out is nothing or a date of the story's format."""
    found = resolve(words, published, stance, KHASAN)
    assert found is None or parse_when(found.when, KHASAN).start


def test_every_date_of_the_story_follows_its_rule_or_is_listed_as_ours(shipped_story: Story) -> None:
    """Claims are dated by a rule exactly where a rule reads their words as the date they have."""
    for claim in shipped_story.claims:
        zone = shipped_story.zone(shipped_story.event_by_id[claim.event_id].place_id)
        found = resolve(claim.when_as_written, shipped_story.published(claim), claim.stance, zone)
        dated = claim.when.text.rstrip("~?%") if claim.when else ""
        follows = found is not None and found.when == dated
        assert (claim.when_basis == "rule") == follows, claim.claim_id
