"""Dates with precision: when something happened, exactly as finely as a source says.

The texts are ISO 8601 with as much precision as there is, and the marks of EDTF (the Extended Date/Time
Format of ISO 8601-2): `2002`, `2023-07`, `2023-09-13`, `2023-09-12T06:00+10:00`, an interval `A/B`
of any two of these, `A/..` where the end is open, and after a date `?` (uncertain), `~` (approximate)
or `%` (both).
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, Literal

from geo.story import rules
from geo.story.faults import Rule, RuleError

Precision = Literal["year", "month", "day", "time", "window"]

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}(:[0-9]{2})?(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?([?~%]?)"
)
_OPEN: Final = ".."
# One year short of datetime's range at both ends, so that no zone or following day leaves it.
_YEARS: Final = range(2, 9999)
_EARLIEST: Final = datetime(_YEARS.start, 1, 1, tzinfo=UTC)
_ANCHOR_SPAN: Final = timedelta(hours=48)


class WhenError(RuleError):
    """A date cannot be read. `text` is the whole of it, `rule` what it breaks."""

    def __init__(self, text: str, rule: Rule, **values: str) -> None:
        """Tell which rule a text breaks, its templates filled from `values`."""
        super().__init__(rule, **values)
        self.text = text


@dataclass(frozen=True)
class When:
    """A span of time as a source gives it.

    `start` is inclusive, `end` exclusive, both in UTC; `end` is None where the span is open.
    `precision` is the unit of the text; an interval is a `window` whatever its ends are.
    """

    text: str
    start: datetime
    end: datetime | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @property
    def has_open_start(self) -> bool:
        """Whether only its end is known; see `by_day`."""
        return self.text.startswith(_OPEN)

    @property
    def anchor(self) -> datetime:
        """The one time to file the span under, in UTC: its middle up to two days, else its start.

        The middle keeps a day on its own day in every reader's sorting; a year has no middle worth naming.
        """
        if self.end is None or self.end - self.start > _ANCHOR_SPAN:
            return self.start
        return self.start + (self.end - self.start) / 2


def parse_when(text: str, zone: tzinfo) -> When:
    """Read a date, a time or an interval.

    A date without offset is a span of the calendar of `zone`: a day runs from local midnight to the next.
    A time alone spans its last written unit (an hour, a minute or a second). An interval ends with the last
    unit of its end if that is a date, and at the very instant if it is a time.

    Raises WhenError with the rule the text breaks and the remedy.
    """
    return _window(text, zone) if "/" in text else _single(text, text, zone)


def by_day(day: date, zone: tzinfo) -> When:
    """What has no date of its own but was told on a day: it came about no later than on that day, in `zone`."""
    return When(f"{_OPEN}/{day}", _EARLIEST, _midnight(day + timedelta(days=1), zone), "window")


def parse_day(text: str) -> date:
    """Read a calendar day, YYYY-MM-DD.

    Raises RuleError if the text is of another form, or no calendar has the day.
    """
    match = _DATE.fullmatch(text)
    if match is None or not match[3] or match[4] or int(match[1]) not in _YEARS:
        raise RuleError(rules.CELL_DAY)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RuleError(rules.CELL_DAY) from error


def _window(text: str, zone: tzinfo) -> When:
    first, _, last = text.partition("/")
    if first in ("", _OPEN) or last == "" or "/" in last:
        raise WhenError(text, rules.WINDOW_ENDS)
    start = _single(text, first, zone)
    if last == _OPEN:
        return When(text, start.start, None, "window", start.approximate, start.uncertain)
    stop = _single(text, last, zone)
    end = stop.start if stop.precision == "time" else stop.end
    if end is None or end <= start.start:
        raise WhenError(text, rules.WINDOW_ORDER)
    return When(
        text,
        start.start,
        end,
        "window",
        start.approximate or stop.approximate,
        start.uncertain or stop.uncertain,
    )


def _single(text: str, part: str, zone: tzinfo) -> When:
    match = _DATE.fullmatch(part) or _TIME.fullmatch(part)
    if match is None:
        raise WhenError(text, rules.DATE_FORM, part=part)
    if int(part[:4]) not in _YEARS:
        raise WhenError(text, rules.DATE_RANGE, part=part)
    if match.re is _DATE:
        return _calendar_span(text, part, match, zone)
    return _time_of_day(text, part, match)


def _calendar_span(text: str, part: str, match: re.Match[str], zone: tzinfo) -> When:
    year, month, day, mark = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise WhenError(text, rules.DATE_EXISTS, part=part) from error
    precision: Precision = "day" if day else "month" if month else "year"
    start, end = _midnight(first, zone), _midnight(_following(first, precision), zone)
    if start >= end:  # Samoa, for one, had no 30 December 2011
        raise WhenError(text, rules.DATE_IN_ZONE, part=part, zone=str(zone))
    return When(text, start, end, precision, approximate=mark in ("~", "%"), uncertain=mark in ("?", "%"))


def _following(first: date, precision: Precision) -> date:
    """The first day of the next year, month or day."""
    if precision == "day":
        return first + timedelta(days=1)
    if precision == "year" or first.month == 12:
        return date(first.year + 1, 1, 1)
    return date(first.year, first.month + 1, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _time_of_day(text: str, part: str, match: re.Match[str]) -> When:
    minute, second, offset, mark = match.groups()
    if mark:
        raise WhenError(text, rules.TIME_MARK, part=part)
    if offset is None:
        raise WhenError(text, rules.TIME_OFFSET, part=part)
    try:
        if int(part[11:13]) > 23 or int(offset[4:6] or 0) > 59:  # Pythons differ on 24:00 and on +10:60
            raise ValueError(part)
        start = datetime.fromisoformat(part).astimezone(UTC)
    except ValueError as error:
        raise WhenError(text, rules.DATE_EXISTS, part=part) from error
    unit = timedelta(seconds=1) if second else timedelta(minutes=1) if minute else timedelta(hours=1)
    return When(text, start, start + unit, "time")
