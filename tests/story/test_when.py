"""Dates with precision."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.story import rules as rules
from geo.story.faults import Rule
from geo.story.when import WhenError, parse_when

VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")
PYONGYANG = ZoneInfo("Asia/Pyongyang")

DAYS = st.dates(date(2, 1, 1), date(9998, 12, 31))
# Zones without a history: the others may lack a day (Samoa), which has a test of its own.
ZONES = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
TIMES = st.builds(
    lambda at, zone: at.replace(microsecond=0, tzinfo=zone),
    st.datetimes(datetime(2, 1, 2), datetime(9998, 12, 30)),
    ZONES,
)
MARKS = st.sampled_from(["", "?", "~", "%"])
DATES = st.builds(
    lambda day, length, mark: f"{day.isoformat()[:length]}{mark}", DAYS, st.sampled_from([4, 7, 10]), MARKS
)
SINGLES = DATES | TIMES.map(lambda at: at.isoformat())


def utc(text: str) -> datetime:
    """An instant in UTC, written without its offset."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2002", "2001-12-31T14:00", "2002-12-31T14:00", "year"),
        ("2023-07", "2023-06-30T14:00", "2023-07-31T14:00", "month"),
        ("2023-12", "2023-11-30T14:00", "2023-12-31T14:00", "month"),
        ("2023-09-13", "2023-09-12T14:00", "2023-09-13T14:00", "day"),
        ("2024-02-29", "2024-02-28T14:00", "2024-02-29T14:00", "day"),
        ("2023-09-12T06+10:00", "2023-09-11T20:00", "2023-09-11T21:00", "time"),
        ("2023-09-12T06:30+10:00", "2023-09-11T20:30", "2023-09-11T20:31", "time"),
        ("2023-09-12T06:30:15+10:00", "2023-09-11T20:30:15", "2023-09-11T20:30:16", "time"),
        ("2023-09-12T06:30Z", "2023-09-12T06:30", "2023-09-12T06:31", "time"),
        ("2023-09-12T06:00+10:00/2023-09-12T12:00+10:00", "2023-09-11T20:00", "2023-09-12T02:00", "window"),
        ("2023-09-12/2023-09-14", "2023-09-11T14:00", "2023-09-14T14:00", "window"),
        ("2023-09-12/2023-09", "2023-09-11T14:00", "2023-09-30T14:00", "window"),
        ("1950/1953", "1949-12-31T14:00", "1953-12-31T14:00", "window"),
        ("2023-09-12T18:00+10:00/2023-09-13", "2023-09-12T08:00", "2023-09-13T14:00", "window"),
        ("2023-09-15/..", "2023-09-14T14:00", None, "window"),
    ],
)
def test_span(text: str, start: str, end: str | None, precision: str) -> None:
    """A span starts with its first unit and ends with its last, in the calendar of the zone."""
    when = parse_when(text, VLADIVOSTOK)
    assert (utc(start), end and utc(end), precision) == (when.start, when.end, when.precision)


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2023", False, False),
        ("2023-09?", False, True),
        ("1945~", True, False),
        ("2023-09-13%", True, True),
        ("2023-09-12~/2023-09-13?", True, True),
        ("2023-09-12~/..", True, False),
    ],
)
def test_marks(text: str, approximate: bool, uncertain: bool) -> None:
    """“?” is uncertain, “~” approximate, “%” both; an interval is what either end is."""
    when = parse_when(text, UTC)
    assert (approximate, uncertain) == (when.approximate, when.uncertain)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", rules.DATE_FORM),
        ("soon", rules.DATE_FORM),
        (" 2023", rules.DATE_FORM),
        ("2023-9-13", rules.DATE_FORM),
        ("2023-09-13\n", rules.DATE_FORM),
        ("20230913", rules.DATE_FORM),
        ("195X", rules.DATE_FORM),
        ("-0044", rules.DATE_FORM),
        ("２０２３", rules.DATE_FORM),
        ("2023-09-12 06:00+10:00", rules.DATE_FORM),
        ("2023-09-12T06:00+1000", rules.DATE_FORM),
        ("2023-13", rules.DATE_EXISTS),
        ("2023-02-29", rules.DATE_EXISTS),
        ("2023-09-12T24:00Z", rules.DATE_EXISTS),
        ("2023-09-12T06:60Z", rules.DATE_EXISTS),
        ("2023-09-12T06:00+25:00", rules.DATE_EXISTS),
        ("2023-09-12T06:00+10:60", rules.DATE_EXISTS),
        ("0000", rules.DATE_RANGE),
        ("9999", rules.DATE_RANGE),
        ("2023-09-12T06:00", rules.TIME_OFFSET),
        ("2023-09-12T06:00/2023-09-12T12:00+10:00", rules.TIME_OFFSET),
        ("2023-09-12T06:00+10:00?", rules.TIME_MARK),
        ("../2023", rules.WINDOW_ENDS),
        ("../..", rules.WINDOW_ENDS),
        ("2023/", rules.WINDOW_ENDS),
        ("2021/2022/2023", rules.WINDOW_ENDS),
        ("2023/2022", rules.WINDOW_ORDER),
        ("2023-09-12T06:00+10:00/2023-09-12T06:00+10:00", rules.WINDOW_ORDER),
    ],
)
def test_refused(text: str, rule: Rule) -> None:
    """What is no date is refused with its value, the rule it breaks and the remedy."""
    with pytest.raises(WhenError) as caught:
        parse_when(text, VLADIVOSTOK)
    error = caught.value
    assert (text, rule) == (error.text, error.rule)
    assert rule.remedy.format(**error.values) in str(error)


def test_day_that_never_was() -> None:
    """Samoa crossed the date line and had no 30 December 2011."""
    with pytest.raises(WhenError, match="Pacific/Apia"):
        parse_when("2011-12-30", ZoneInfo("Pacific/Apia"))


def test_anchor() -> None:
    """A span of up to two days is filed under its middle, a longer or an open one under its start."""
    assert utc("2023-09-13T12:00") == parse_when("2023-09-13", UTC).anchor
    assert utc("2023-01-01T00:00") == parse_when("2023", UTC).anchor
    assert utc("2023-09-15T00:00") == parse_when("2023-09-15/..", UTC).anchor


@given(SINGLES, ZONES)
def test_start_before_end(text: str, zone: timezone) -> None:
    """Every span has a length, is in UTC, keeps its text and contains its anchor."""
    when = parse_when(text, zone)
    assert when.end is not None
    assert when.start <= when.anchor < when.end
    assert when.start.tzinfo is when.end.tzinfo is UTC
    assert text == when.text
    assert when == parse_when(when.text, zone)


@given(DAYS, ZONES)
def test_finer_within_coarser(day: date, zone: timezone) -> None:
    """A day lies within its month, and a month within its year."""
    spans = [parse_when(day.isoformat()[:length], zone) for length in (4, 7, 10)]
    ends = [span.end for span in spans if span.end is not None]
    assert [span.start for span in spans] == sorted(span.start for span in spans)
    assert sorted(ends, reverse=True) == ends


@given(SINGLES, SINGLES, ZONES)
def test_interval_contains_its_ends(one: str, other: str, zone: timezone) -> None:
    """An interval starts as its first end does and goes on to the last of its second, or is refused."""
    first, last = parse_when(one, zone), parse_when(other, zone)
    end = last.start if last.precision == "time" else last.end
    assert end is not None
    if first.start >= end:
        with pytest.raises(WhenError):
            parse_when(f"{one}/{other}", zone)
    else:
        when = parse_when(f"{one}/{other}", zone)
        assert (first.start, end) == (when.start, when.end)
    assert first.start == parse_when(f"{one}/..", zone).start


@given(DATES)
def test_zone_moves_a_date(text: str) -> None:
    """A date starts one hour earlier in UTC for each hour that its zone is further east."""
    west, east = timezone(timedelta(hours=9)), timezone(timedelta(hours=10))
    assert parse_when(text, west).start - timedelta(hours=1) == parse_when(text, east).start


@given(TIMES, ZONES)
def test_zone_leaves_a_time(at: datetime, zone: timezone) -> None:
    """A time carries its own offset, so the zone of the place does not move it."""
    assert at == parse_when(at.isoformat(), zone).start
    assert parse_when(at.isoformat(), PYONGYANG) == parse_when(at.isoformat(), zone)


@given(DATES, st.timezones())
def test_any_zone(text: str, zone: ZoneInfo) -> None:
    """In any zone of the world a date has a length, or did not exist there."""
    try:
        when = parse_when(text, zone)
    except WhenError as error:
        refused = error.rule
    else:
        assert when.end is not None
        assert when.start < when.end
        return
    assert rules.DATE_IN_ZONE == refused


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text is a date or refused in words."""
    try:
        parse_when(text, UTC)
    except WhenError as error:
        told = str(error)
    else:
        return
    assert repr(text) in told
