"""What a reader reads, in English or French: sentences from gettext catalogues, dates from Babel's CLDR.

English is the language of the message ids; every other language is a folder of `locale/` with a `.po` catalogue.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_interval, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.units import format_unit

from geo.story.when import When

LANGUAGES: Final = ("en", "fr")
CATALOGUES: Final = Path(__file__).resolve().parent / "locale"

# CLDR's "en" is American; the story's readers expect day before month.
_LOCALES: Final = {"en": "en_GB", "fr": "fr"}
_CLOSING: Final = re.compile(r"[ \u202f]([:;?!»])")
_OPENING: Final = re.compile(r"(«)[ \u202f]")
_SKELETONS: Final = {"year": "y", "month": "yMMMM", "day": "yMMMMEEEEd"}
_SHORT_SKELETONS: Final = {"year": "y", "month": "yMMM", "day": "yMMMd", "time": "yMMMd"}


def de(name: str) -> str:
    """A French name, with its article if it has one, after “de”: du cosmodrome, de l’aéroport, d’Irkoutsk."""
    for article, joined in (("le ", "du "), ("les ", "des "), ("des ", "de ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    # An h is aspirated more often than not in foreign names: de Hanoï.
    return f"d’{name}" if _plain(name)[:1] in "aeiouœæ" and name else f"de {name}"


def a(name: str) -> str:
    """A French name, with its article if it has one, after “à”: au cosmodrome, à l’aéroport, à Irkoutsk."""
    for article, joined in (("le ", "au "), ("les ", "aux ")):
        if name.startswith(article):
            return joined + name.removeprefix(article)
    return f"à {name}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFD", text).lower()


def isolated(text: str) -> str:
    """Text inside a sentence: what is written from right to left is set apart, so that it moves nothing around it."""
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return f"\u2068{text}\u2069"
    return text


def _apart(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: isolated(value) if isinstance(value, str) and not isinstance(value, Named) else value
        for name, value in values.items()
    }


class Named(str):
    """A name in a sentence. A French sentence writes {place:de} or {place:à} for the preposition with the name."""

    def __format__(self, spec: str) -> str:
        """The name as it stands, or after the preposition."""
        name = str(self)
        return isolated({"": name, "de": de(name), "à": a(name)}[spec])


class Language:
    """One of `LANGUAGES`: translates sentences and writes dates."""

    def __init__(self, code: str) -> None:
        """Load the catalogue of `code`.

        Raises ValueError if the code is not one of `LANGUAGES`.
        """
        if code not in LANGUAGES:
            raise ValueError(f"language must be one of {', '.join(LANGUAGES)}; instead got {code!r}")
        self.code = code
        self.locale = Locale.parse(_LOCALES[code])
        self._catalogue = _catalogue(code)

    def text(self, message: str, **values: object) -> str:
        """The sentence `message` in this language, its {slots} filled. Nothing stays nothing."""
        if not message:
            return ""  # gettext would answer with the catalogue's header
        translated = self.typeset(self._catalogue.gettext(message))
        return translated.format(**_apart(values)) if values else translated

    def count(self, singular: str, plural: str, n: int, **values: object) -> str:
        """The sentence for `n` things, its {n} and other slots filled."""
        return self.typeset(self._catalogue.ngettext(singular, plural, n)).format(n=n, **_apart(values))

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with at most so many decimals, grouped as the language does."""
        return str(format_decimal(round(value, decimals), locale=self.locale, decimal_quantization=False))

    def duration(self, seconds: float) -> str:
        """A length of time in its two largest units, down to minutes: 2 days 3 hours."""
        minutes = int(seconds // 60)
        units = {"day": minutes // 1440, "hour": minutes // 60 % 24, "minute": minutes % 60}
        parts = [(unit, n) for unit, n in units.items() if n][:2] or [("minute", 0)]
        return " ".join(str(format_unit(n, f"duration-{unit}", locale=self.locale)) for unit, n in parts)

    def megabytes(self, size: float) -> str:
        """A number of bytes in megabytes, of a million bytes each, with one decimal below ten."""
        value = size / 1_000_000
        shown = round(value, 1 if value < 10 else 0)
        return str(format_unit(shown, "digital-megabyte", length="short", locale=self.locale))

    def typeset(self, text: str) -> str:
        """A story's text with the spaces that must not break: French puts one before : ; ? ! » and after «."""
        if self.code != "fr":
            return text
        return _OPENING.sub("\\1\u00a0", _CLOSING.sub("\u00a0\\1", text))

    def of(self, row: object, name: str) -> str:
        """The text that a row has in this language: of `title` its column `title_en` or `title_fr`."""
        text: str = getattr(row, f"{name}_{self.code}")
        return text

    def named(self, row: object) -> Named:
        """The name of a place or an origin as a sentence takes it: with its article, where it has one."""
        return Named(self.of(row, "name_in_sentence") or self.of(row, "name"))

    def listed(self, names: Sequence[str]) -> str:
        """Names as a sentence lists them: A, B and C."""
        return str(format_list([isolated(name) for name in names], locale=self.locale))

    def country(self, code: str) -> str:
        """The name of a country (ISO 3166-1 alpha-2), or the code where it has none."""
        return str(self.locale.territories.get(code, code))

    def day(self, day: date) -> str:
        """A calendar day without weekday: 12 September 2023."""
        return self._date(datetime(day.year, day.month, day.day, tzinfo=UTC), "day", UTC, {"day": "yMMMMd"})

    def when(self, when: When, zone: tzinfo, *, means: str = "") -> str:
        """A date as precisely as it is known, on the calendar and clock of `zone`.

        `means` says whether an event is somewhere within a window, or throughout it, as `Event.when_means` does.
        """
        return self._qualified(when, self._span(when, zone, means))

    def short_when(self, when: When, zone: tzinfo, *, means: str = "") -> str:
        """A date in short, without weekday and hours: 12 Sept 2023, 12–14 Sept 2023, from 12 Sept 2023."""
        text = self._short_span(when, zone, means)
        return self._about(when, text) if when.approximate else text

    def _short_span(self, when: When, zone: tzinfo, means: str) -> str:
        if when.has_open_start:
            return self._no_later(when, zone, _SHORT_SKELETONS)
        first, last = _ends_precision(when)
        start = self._date(when.start, first, zone, _SHORT_SKELETONS)
        if when.precision != "window":
            return start
        if when.end is None:
            return self._open(self._in_sentence(start, "day" if first == "time" else first), means)
        final = when.end - timedelta(microseconds=1)
        first, last = ("day" if unit == "time" else unit for unit in (first, last))
        if first != last:
            return f"{start} – {self._date(final, last, zone, _SHORT_SKELETONS)}"
        return self._interval(when.start.astimezone(zone), final.astimezone(zone), _SHORT_SKELETONS[first])

    def day_of(self, when: When, zone: tzinfo) -> str:
        """The day of a time, or of a window within one day."""
        return self._date(when.start, "day", zone, _SKELETONS)

    def hours(self, when: When, zone: tzinfo) -> str:
        """The hours of a time or of a window within one day; nothing where it is longer or open."""
        start = when.start.astimezone(zone)
        if when.precision == "time":
            return self._clock(start)
        if when.end is None or (when.end.astimezone(zone) - timedelta(microseconds=1)).date() != start.date():
            return ""
        return self.text(
            "between {start} and {end}", start=self._clock(start), end=self._closing(when.end.astimezone(zone))
        )

    def _span(self, when: When, zone: tzinfo, means: str) -> str:
        if when.precision in _SKELETONS:
            return self._date(when.start, when.precision, zone, _SKELETONS)
        if when.precision == "time":
            return self._moment(when.start, zone)
        return self._window(when, zone, means)

    def _window(self, when: When, zone: tzinfo, means: str) -> str:
        first, last = _ends_precision(when)
        if when.has_open_start:
            return self._no_later(when, zone, _SKELETONS)
        if when.end is None:
            return self._open(self._end(when.start, first, zone), means)
        start, end = when.start.astimezone(zone), when.end.astimezone(zone)
        if first == last == "time":
            if (end - timedelta(microseconds=1)).date() == start.date():
                day = self._date(start, "day", zone, _SKELETONS)
                return self.text(
                    "{day}, between {start} and {end}",
                    day=day,
                    start=self._clock(start),
                    end=self._closing(end),
                )
        elif first == last:
            return self._interval(start, end - timedelta(microseconds=1), _SKELETONS[first].replace("EEEE", ""))
        ends = {"start": self._end(when.start, first, zone), "end": self._end(when.end, last, zone, closing=True)}
        if means == "throughout":
            return self.text("from {start} to {end}", **ends)
        return self.text("between {start} and {end}", **ends)

    def _open(self, start: Named, means: str) -> str:
        if means == "within":
            return self.text("no earlier than {date}", date=start)
        return self.text("from {start}", start=start)

    def _no_later(self, when: When, zone: tzinfo, skeletons: dict[str, str]) -> str:
        last = (when.end or when.start) - timedelta(microseconds=1)
        precision = _ends_precision(when)[1]
        return self.text(
            "no later than {date}", date=self._in_sentence(self._date(last, precision, zone, skeletons), precision)
        )

    def _end(self, at: datetime, precision: str, zone: tzinfo, closing: bool = False) -> Named:
        if precision == "time":
            return self._in_sentence(self._moment(at, zone), "day")
        inside = at - timedelta(microseconds=1) if closing else at
        return self._in_sentence(self._date(inside, precision, zone, _SKELETONS), precision)

    def _in_sentence(self, text: str, precision: str) -> Named:
        """A date as a sentence takes it: French gives a day its article."""
        return Named(f"le {text}" if self.code == "fr" and precision == "day" else text)

    def _moment(self, at: datetime, zone: tzinfo) -> str:
        local = at.astimezone(zone)
        return self.text("{day}, {time}", day=self._date(at, "day", zone, _SKELETONS), time=self._clock(local))

    def _clock(self, local: datetime) -> str:
        if self.code == "fr":
            return f"{local.hour}\u00a0h" + (f"\u00a0{local.minute:02d}" if local.minute else "")
        return str(format_time(local, "HH:mm", tzinfo=local.tzinfo, locale=self.locale))

    def _closing(self, local: datetime) -> str:
        """The time at which a day's window ends: a day ends at 24:00, the next one begins at 00:00."""
        if local.hour or local.minute:
            return self._clock(local)
        return "24\u00a0h" if self.code == "fr" else "24:00"

    def _date(self, at: datetime, precision: str, zone: tzinfo, skeletons: dict[str, str]) -> str:
        skeleton = skeletons[precision]
        pattern = self.locale.datetime_skeletons.get(skeleton)
        local = at.astimezone(zone)
        return self._ordinal(str(format_date(local, pattern or _PATTERNS[skeleton], locale=self.locale)))

    def _interval(self, first: datetime, last: datetime, skeleton: str) -> str:
        return self._ordinal(str(format_interval(first.date(), last.date(), skeleton, locale=self.locale)))

    def _ordinal(self, text: str) -> str:
        """French writes the first of a month as 1er; CLDR does not."""
        return _FIRST.sub("1er", text) if self.code == "fr" else text

    def _about(self, when: When, text: str) -> str:
        if when.precision == "window":
            return self.text("about {start_and_end}", start_and_end=text)
        return self.text("about {date}", date=self._in_sentence(text, when.precision))

    def _qualified(self, when: When, text: str) -> str:
        if when.approximate:
            text = self._about(when, text)
        return self.text("{date} (uncertain)", date=text) if when.uncertain else text


# The first day of a month, alone or before a dash: 1 janvier, 1–3 janvier.
_FIRST: Final = re.compile(r"(?<!\d)1(?=(?:\s?–\s?\d+)?\s[^\W\d])")

# Patterns for the skeletons that CLDR gives no locale of ours.
_PATTERNS: Final = {
    "y": "y",
    "yMMM": "MMM y",
    "yMMMM": "MMMM y",
    "yMMMd": "d MMM y",
    "yMMMMd": "d MMMM y",
    "yMMMMEEEEd": "EEEE d MMMM y",
}


def offset_text(at: datetime, zone: tzinfo) -> str:
    """The offset of `zone` at `at` as UTC+10 or UTC+5:30."""
    offset = at.astimezone(zone).utcoffset() or timedelta(0)
    minutes = round(abs(offset).total_seconds() / 60)
    sign = "-" if offset < timedelta(0) else "+"
    hours = f"{minutes // 60}:{minutes % 60:02d}" if minutes % 60 else str(minutes // 60)
    return f"UTC{sign}{hours}" if minutes else "UTC"


def preferred(locales: str | None) -> str:
    """The language to greet a browser with that asks for `locales` (such as `fr-CA`); English if in doubt."""
    code = (locales or "").lower().replace("_", "-").split("-")[0]
    return code if code in LANGUAGES else LANGUAGES[0]


def zone_of(name: str) -> ZoneInfo:
    """The IANA time zone `name` of a story that has been validated."""
    return ZoneInfo(name)


def _ends_precision(when: When) -> tuple[str, str]:
    """The units a window's two ends are written in: year, month, day or time."""
    first, _, last = when.text.partition("/")
    return _unit(first), _unit(last or first)


def _unit(text: str) -> str:
    if "T" in text:
        return "time"
    return ("year", "month", "day")[min(text.count("-"), 2)]


@cache
def _catalogue(code: str) -> NullTranslations:
    path = CATALOGUES / code / "LC_MESSAGES" / "dateline.po"
    if not path.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
