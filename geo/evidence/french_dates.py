"""From the words of an article to a date: French expressions of time, read from the day they were published.

“Mardi” is no date until one knows when it was written and whether it looks back or ahead. The rules here are the
ones a reader applies; what they cannot read is dated by hand, and the story says so (`claims.when_basis`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from geo.story.faults import N_
from geo.story.names import fold

_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS: Final = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
# A part of the day as hours of the place's own clock.
DAY_PARTS: Final = {"matin": (6, 12), "apres midi": (12, 18), "soir": (18, 24), "nuit": (0, 6)}
# Who announces or predicts speaks of what is to come; every other stance looks back.
_AHEAD: Final = frozenset({"announces", "predicts"})


@dataclass(frozen=True)
class Resolution:
    """What an expression means: `when` (the story's date format) and the `rule` that read it (a message id)."""

    when: str
    rule: str


@dataclass(frozen=True)
class _Context:
    published: date
    ahead: bool
    zone: tzinfo


_Reader = Callable[[re.Match[str], _Context], str | None]


def resolve(expression: str, published: date, stance: str, zone: tzinfo) -> Resolution | None:
    """Date a French expression from an article's day of publication; None if no rule reads it.

    `stance` gives the direction: announcements and predictions look ahead from `published`, all else looks back.
    Parts of a day are hours on the clock of `zone`.
    """
    words = fold(expression).removeprefix("egalement ").removeprefix("debutee ")
    context = _Context(published, stance in _AHEAD, zone)
    for pattern, rule, read in _RULES:
        if match := re.fullmatch(pattern, words):
            when = read(match, context)
            return None if when is None else Resolution(when, rule)
    return None


def _weekday(match: re.Match[str], context: _Context) -> str:
    """The nearest such weekday, the day of publication included, in the direction the claim looks."""
    wanted = _WEEKDAYS.index(match["weekday"])
    away = (wanted - context.published.weekday()) % 7
    if not context.ahead and away:
        away -= 7
    day = context.published + timedelta(days=away)
    part = match["part"]
    return day.isoformat() if part is None else _part_of(day, part, context.zone)


def _part_of(day: date, part: str, zone: tzinfo) -> str:
    first, last = (_at(day, hour, zone) for hour in DAY_PARTS[part])
    return f"{first}/{last}"


def _at(day: date, hour: int, zone: tzinfo) -> str:
    at = datetime.combine(day, time(), zone) + timedelta(hours=hour)
    return at.isoformat(timespec="minutes")


def _calendar_day(match: re.Match[str], context: _Context) -> str | None:
    """A day of a month: of the year in which it is nearest to the day of publication, if any has it."""
    month, number = _MONTHS.index(match["month"]) + 1, int(match["day"])
    years = (context.published.year + step for step in (-1, 0, 1))
    days = [day for year in years if (day := _existing(year, month, number))]
    return min(days, key=lambda day: abs(day - context.published)).isoformat() if days else None


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(match: re.Match[str], context: _Context) -> str | None:
    return f"{match['first']}/{match['last']}" if match["first"] < match["last"] else None


def _month(match: re.Match[str], context: _Context) -> str:
    month = _MONTHS.index(match["month"]) + 1
    year = context.published.year
    if context.ahead and month < context.published.month:
        year += 1
    if not context.ahead and month > context.published.month:
        year -= 1
    return f"{year}-{month:02d}"


def _week(weeks: int) -> _Reader:
    def read(match: re.Match[str], context: _Context) -> str:
        monday = context.published - timedelta(days=context.published.weekday()) + timedelta(weeks=weeks)
        return f"{monday}/{monday + timedelta(days=6)}"

    return read


def _days(days: int) -> _Reader:
    return lambda match, context: (context.published + timedelta(days=days)).isoformat()


def _year(years: int) -> _Reader:
    return lambda match, context: str(context.published.year + years)


_DAY: Final = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})"
_PART: Final = rf"(?: (?P<part>{'|'.join(DAY_PARTS)}))?"
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})"

_RULES: Final[tuple[tuple[str, str, _Reader], ...]] = (
    (
        rf"(?:le |ce )?(?:(?:{'|'.join(_WEEKDAYS)}) )?(?P<day>[0-9]{{1,2}})(?:er)? {_MONTH}",
        N_("a day of the month: of the year that brings it nearest to the day of publication"),
        _calendar_day,
    ),
    (
        rf"(?:ce )?{_DAY}{_PART}",
        N_("a weekday: the nearest one, on the day of publication or before it; after it for what is to come"),
        _weekday,
    ),
    (r"aujourd ?hui|actuellement|pour l ?heure", N_("the present: the day of publication"), _days(0)),
    (r"la veille|hier", N_("the day before: the day before publication"), _days(-1)),
    (r"cette semaine", N_("this week: Monday to Sunday around the day of publication"), _week(0)),
    (r"la semaine derniere", N_("last week: Monday to Sunday before the week of publication"), _week(-1)),
    (r"cette annee", N_("this year: the year of publication"), _year(0)),
    (r"l ?annee derniere", N_("last year: the year before publication"), _year(-1)),
    (
        r"dans les prochains jours|encore quelques jours",
        N_("the coming days: from the day of publication, with no end given"),
        lambda match, context: f"{context.published.isoformat()}/..",
    ),
    (rf"en {_MONTH}", N_("a month: the nearest one before publication; after it for what is to come"), _month),
    (r"en (?P<year>[12][0-9]{3})", N_("a year, as written"), lambda match, context: match["year"]),
    (
        r"debut (?P<year>[12][0-9]{3})",
        N_("the beginning of a year: its first three months"),
        lambda match, context: f"{match['year']}-01/{match['year']}-03",
    ),
    (r"(?P<first>[12][0-9]{3}) (?P<last>[12][0-9]{3})", N_("two years, as written"), _years),
)
