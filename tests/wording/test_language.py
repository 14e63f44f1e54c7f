import string
import subprocess
import sys
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from geo.story.when import by_day, parse_when
from geo.wording.language import CATALOGUES, LANGUAGES, Language, Named, a, de, isolated, offset_text, preferred
from tests.support import ROOT

KHASAN = ZoneInfo("Asia/Vladivostok")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every message of the app, the map and the validation, as `make messages` extracts them."""
    template = tmp_path_factory.mktemp("messages") / "dateline.pot"
    extract = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    subprocess.run([*extract, "--mapping", "pyproject.toml", "--output", str(template), "."], cwd=ROOT, check=True)
    with template.open("rb") as file:
        return read_po(file)


def test_every_message_is_translated(said: Catalog) -> None:
    """French says everything that English says, with the same slots, and nothing that is no longer said."""
    with (CATALOGUES / "fr" / "LC_MESSAGES" / "dateline.po").open("rb") as source:
        translated = {message.id: message for message in read_po(source, locale="fr") if message.id}
    assert {message.id for message in said if message.id} == set(translated)
    for english, message in translated.items():
        assert not message.fuzzy, english
        singular = english if isinstance(english, str) else english[0]
        for translation in [message.string] if isinstance(message.string, str) else message.string or [""]:
            assert translation, english
            assert slots(singular) <= slots(translation) | {"n"}, english


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
        ("2023-09-15/..", "from Friday, 15 September 2023", "à partir du vendredi 15 septembre 2023"),
        (
            "2023-09-12T06:00+10:00/2023-09-12T12:00+10:00",
            "Tuesday, 12 September 2023, between 06:00 and 12:00",
            "mardi 12 septembre 2023, entre 6\u00a0h et 12\u00a0h",
        ),
    ],
)
def test_dates_are_written_as_precisely_as_they_are_known(text: str, english: str, french: str) -> None:
    """A date shows the unit it is known to, on the place's own calendar and clock, in both languages."""
    when = parse_when(text, KHASAN)
    assert english == Language("en").when(when, KHASAN)
    assert french == Language("fr").when(when, KHASAN)


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("la gare de Tynda", "de la gare de Tynda", "à la gare de Tynda"),
        ("le cosmodrome", "du cosmodrome", "au cosmodrome"),
        ("l’aéroport", "de l’aéroport", "à l’aéroport"),
        ("les îles", "des îles", "aux îles"),
        ("des médias", "de médias", "à des médias"),
        ("une maison", "d’une maison", "à une maison"),
        ("Pyongyang", "de Pyongyang", "à Pyongyang"),
        ("Irkoutsk", "d’Irkoutsk", "à Irkoutsk"),
        ("Évreux", "d’Évreux", "à Évreux"),
        ("Hanoï", "de Hanoï", "à Hanoï"),
        ("Lesotho", "de Lesotho", "à Lesotho"),
        ("", "de ", "à "),
    ],
)
def test_a_french_name_takes_its_preposition(name: str, of: str, at: str) -> None:
    """“De” and “à” join with the article of a name, and “de” drops its vowel before another one."""
    assert (of, at) == (de(name), a(name))
    assert (name, of, at) == tuple(form.format(Named(name)) for form in ("{}", "{:de}", "{:à}"))


def test_a_name_from_right_to_left_is_set_apart() -> None:
    """In a sentence it stands between the marks of an isolate; other names and sentences have none."""
    assert "Alfa" == isolated("Alfa")
    english = Language("en")
    assert "at \u2068القاهرة\u2069" == english.text("at {place}", place="القاهرة")
    assert "at \u2068القاهرة\u2069" == english.text("at {place}", place=Named("القاهرة"))
    assert "\u2068القاهرة\u2069 and Alfa" == english.listed(["القاهرة", "Alfa"])
    assert "{a:de}" == english.text("at {place}", place="{a:de}").removeprefix("at ")


def test_names_are_listed_as_a_sentence_does() -> None:
    """With commas, and a word before the last."""
    assert ["A", "A and B", "A, B and C"] == [Language("en").listed("ABC"[:n]) for n in (1, 2, 3)]
    assert "A, B et C" == Language("fr").listed("ABC")


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("2023-10-01", "dimanche 1er octobre 2023"),
        ("2023-10-01/2023-10-03", "1er–3 oct. 2023"),
        ("2023-10-11", "mercredi 11 octobre 2023"),
        ("2020-01-01/2020-03-31", "1er janv.\u2009–\u200931 mars 2020"),
    ],
)
def test_french_writes_the_first_of_a_month_as_1er(text: str, french: str) -> None:
    """Alone and before a dash, but no other day that ends in 1."""
    assert french == Language("fr").when(parse_when(text, UTC), UTC)


def test_a_day_in_the_far_east_keeps_its_date() -> None:
    """The 13th at Khasan begins on the 12th in UTC and is still written as the 13th."""
    when = parse_when("2023-09-13", KHASAN)
    assert "13 Sept 2023" == Language("en").short_when(when, KHASAN)


def test_what_only_ends_is_told_by_its_end() -> None:
    """What an article tells without a date came about no later than that day, in the calendar of the place."""
    when = by_day(date(2023, 9, 11), KHASAN)
    assert "no later than Monday, 11 September 2023" == Language("en").when(when, KHASAN)
    assert "au plus tard le lundi 11 septembre 2023" == Language("fr").when(when, KHASAN)
    assert "no later than 11 Sept 2023" == Language("en").short_when(when, KHASAN)


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


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("2023-09-12/2023-09-14", "12–14 Sept 2023", "12–14 sept. 2023"),
        ("2023-09-12T06:00+10:00/2023-09-12T12:00+10:00", "12 Sept 2023", "12 sept. 2023"),
        ("1950/1953", "1950–1953", "1950–1953"),
        ("2020/2023-09-10", "2020 – 10 Sept 2023", "2020 – 10 sept. 2023"),
        ("2023-09-15/..", "from 15 Sept 2023", "à partir du 15 sept. 2023"),
        ("1991/..", "from 1991", "à partir de 1991"),
    ],
)
def test_a_short_date_has_both_ends(text: str, english: str, french: str) -> None:
    """A span is not its first day, in short neither."""
    when = parse_when(text, KHASAN)
    assert english == Language("en").short_when(when, KHASAN)
    assert french == Language("fr").short_when(when, KHASAN)
