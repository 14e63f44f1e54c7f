import ast
import string
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po

from geo.evidence import french_dates as expressions
from geo.map import axis, scene
from geo.story import rules
from geo.story.faults import Rule
from geo.story.when import parse_when
from geo.wording import vocabulary
from geo.wording.language import CATALOGUES, LANGUAGES, Language, offset_text, preferred
from ui.filters import LABELS

ROOT = Path(__file__).resolve().parents[2]
KHASAN = ZoneInfo("Asia/Vladivostok")


def literals(path: Path) -> set[str]:
    """The messages that a module hands to `text` or `count` as literals."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        wanted = 1 if called == "text" or (called == "count" and len(node.args) >= 3) else 0
        found |= {a.value for a in node.args[:wanted] if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found


def messages() -> set[str]:
    """Every message the app, the map and the validation can show."""
    found = set()
    for path in [ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("ui/*.py"), *ROOT.glob("geo/**/*.py")]:
        found |= literals(path)
    codes = ("STATUS", "KIND", "STANCE", "STANCE_FROM", "EVIDENCE", "GEO_PRECISION", "TIME_PRECISION")
    for name in (*codes, "PRECISION", "WHEN_BASIS", "GEOCODE_REASON", "GEOCODE_REJECTION"):
        found |= set(getattr(vocabulary, name).values())
    found |= {vocabulary.BACKGROUND, vocabulary.BASIS_INFERRED}
    found |= set(scene._WORDS.values()) | set(axis.CHAPTER_TITLES.values())
    found |= set(LABELS.values()) | {rule for _, rule, _ in expressions._RULES}
    for rule in vars(rules).values():
        if isinstance(rule, Rule):
            found |= {rule.rule, rule.remedy}
    return found - {""}


def test_every_message_is_translated() -> None:
    """French says everything that English says, with the same slots, and nothing that is no longer said."""
    with (CATALOGUES / "fr" / "LC_MESSAGES" / "dateline.po").open("rb") as source:
        catalogue = read_po(source, locale="fr")
    translated = {
        (message.id if isinstance(message.id, str) else message.id[0]): message.string
        for message in catalogue
        if message.id and not message.fuzzy
    }
    assert messages() == set(translated)
    for message, strings in translated.items():
        for translation in [strings] if isinstance(strings, str) else strings or [""]:
            assert translation, message
            assert slots(message) <= slots(translation) | {"n"}, message


def slots(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("2002", "2002", "2002"),
        ("1945~", "about 1945", "vers 1945"),
        ("2023-07", "July 2023", "juillet 2023"),
        ("2023-09-13?", "Wednesday, 13 September 2023 (uncertain)", "mercredi 13 septembre 2023 (incertain)"),
        ("1950/1953", "1950–1953", "1950–1953"),
        ("2023-09-15/..", "from Friday, 15 September 2023", "dès vendredi 15 septembre 2023"),
        (
            "2023-09-12T06:00+10:00/2023-09-12T12:00+10:00",
            "Tuesday, 12 September 2023, between 06:00 and 12:00",
            "mardi 12 septembre 2023, entre 06:00 et 12:00",
        ),
    ],
)
def test_dates_are_written_as_precisely_as_they_are_known(text: str, english: str, french: str) -> None:
    """A date shows the unit it is known to, on the place's own calendar and clock, in both languages."""
    when = parse_when(text, KHASAN)
    assert english == Language("en").when(when, KHASAN)
    assert french == Language("fr").when(when, KHASAN)


def test_a_day_in_the_far_east_keeps_its_date() -> None:
    """The 13th at Khasan begins on the 12th in UTC and is still written as the 13th."""
    when = parse_when("2023-09-13", KHASAN)
    assert "13 Sept 2023" == Language("en").short_when(when, KHASAN)


def test_offsets_are_short() -> None:
    """An offset is written without idle zeros."""
    assert "UTC+10" == offset_text(parse_when("2023-09-13", UTC).start, KHASAN)
    assert "UTC+5:30" == offset_text(parse_when("2023-09-13", UTC).start, ZoneInfo("Asia/Kolkata"))
    assert "UTC" == offset_text(parse_when("2023-09-13", UTC).start, UTC)


@pytest.mark.parametrize(("asked", "given"), [("fr-CA", "fr"), ("fr", "fr"), ("de-DE", "en"), (None, "en"), ("", "en")])
def test_the_browsers_language_is_taken_if_there_is_a_catalogue(asked: str | None, given: str) -> None:
    """A French browser is greeted in French, any other in English."""
    assert given == preferred(asked)


def test_an_unknown_language_is_refused_by_name() -> None:
    """The error quotes the value and lists the languages."""
    with pytest.raises(ValueError, match=r"en, fr; instead got 'xx'"):
        Language("xx")
    assert LANGUAGES[0] == "en"


@pytest.mark.parametrize(
    ("seconds", "english", "french"),
    [
        (59, "0 minutes", "0 minute"),
        (60, "1 minute", "1 minute"),
        (3 * 3600 + 61, "3 hours 1 minute", "3 heures 1 minute"),
        (2 * 86400 + 59, "2 days", "2 jours"),
        (86400 + 3600 + 60, "1 day 1 hour", "1 jour 1 heure"),
    ],
)
def test_a_length_of_time_is_told_in_its_two_largest_units(seconds: int, english: str, french: str) -> None:
    """Units that are zero are left out, and nothing is shorter than a minute."""
    found = [Language(code).duration(seconds).replace("\u00a0", " ") for code in LANGUAGES]
    assert [english, french] == found


def test_memory_is_told_in_megabytes() -> None:
    """Megabytes are a million bytes, with a decimal only where it tells something."""
    found = [Language(code).megabytes(size).replace("\u00a0", " ") for code in LANGUAGES for size in (1_250_000, 612e6)]
    assert ["1.2 MB", "612 MB", "1,2 Mo", "612 Mo"] == [text.replace("\u202f", " ") for text in found]
