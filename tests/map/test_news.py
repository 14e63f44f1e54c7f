"""On the clock of the news no sentence tells more than the articles published by then.

All strings that an edition of the shipped story shows are gone through, in both languages: titles, summaries, dates,
places, counts, notes, how a place was found, the questions with their versions, and checked figures. What can be told
apart by a program is held against what had been published: the names of places and of people, years, months, days of
the week and other numbers, which article is spoken of, and whether all articles are. Without the articles' texts the
measure is the claims: their words, dates, places and origins, and the actors of events that are known; it then tells
nothing of places that our sentences name, which may stand for governments, and of numbers that are no dates. With the
texts (`DATELINE_ARTICLES`) it is these.

It cannot see hindsight without a name or a number (“elsewhere”, “in vain”), one that is older news in another article
of the day, or a name that no table of the story has. For these, read the cards.
"""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from geo.evidence.editions import Editions
from geo.evidence.stated_distances import checks
from geo.geocoding.gazetteer import Gazetteer
from geo.map.events import midnight
from geo.map.payload import Scene
from geo.story import Story
from geo.story.articles import read_articles
from geo.story.format import Claim
from geo.wording.language import LANGUAGES, Language

FOLDER: Final = Path(os.environ.get("DATELINE_ARTICLES") or "no folder named")
WITH_ARTICLES: Final = pytest.param(
    "articles",
    marks=pytest.mark.skipif(not FOLDER.is_dir(), reason="DATELINE_ARTICLES names no folder with the articles' texts"),
)
# Of all articles together one can speak only once all are out.
OF_ALL: Final = re.compile(r"\b(no article|aucun article|five articles|cinq articles)\b", re.IGNORECASE)
ARTICLE: Final = re.compile(r"\barticle (\d{3})\b", re.IGNORECASE)
NUMBER: Final = re.compile(r"\d+")
YEAR: Final = re.compile(r"(19|20)\d\d")
TOLD: Final = ("status_text", "kind_text", "title", "summary", "actors", "when_text", "short_when", "when_note")
PLACED: Final = ("hour_text", "place_name", "place_note", "claims_heading")
SAID: Final = ("when_as_written", "place_as_written", "note", "stance_text", "dating", "placing")


def folded(text: str) -> str:
    """A text for comparison: letters without accents, words between single blanks, which also begin and end it."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return f" {' '.join(re.findall(r'[a-z0-9]+', plain.encode('ascii', 'ignore').decode()))} "


def days_of(scene: Scene) -> list[int]:
    """The days of the editions, as the payload has them."""
    return [edition["from"] for edition in scene["editions"]]


def told_by(event: Any, day: int) -> dict[str, Any] | None:
    """An event as the player tells it in the edition of a day, as `retold` in record.js; None before the first."""
    editions = [edition for edition in event["editions"] if edition["from"] <= day]
    if not editions:
        return None
    edition = editions[-1]
    claims = [dict(claim) for claim in event["claims"][: edition["claims"]]]
    for index, claim in enumerate(claims):
        claim["note"] = claim["note"] if edition["noted"] else ""
        claim["placing"] = edition["placings"][index] if "placings" in edition else claim["placing"]
    return {**event, **edition, "claims": claims}


def strings(scene: Scene, day: int) -> Iterator[tuple[str, str]]:
    """Every string of an edition that is about an event, with the event's id."""
    known: set[str] = set()
    for event in scene["events"]:
        if told := told_by(event, day):
            texts = [told[name] for name in TOLD + PLACED]
            texts += [claim[name] for claim in told["claims"] for name in SAID]
            known |= {claim["id"] for claim in told["claims"]}
            yield from ((event["id"], text) for text in texts if text)
    for question in scene["disagreements"]:
        versions = [version for version in question["versions"] if version["known"] <= day]
        if len(versions) > 1:
            judged = day == days_of(scene)[-1]
            texts = [question["question"], *(version["says"] for version in versions)]
            texts += [version["why"] for version in versions if judged]
            yield from ((question["events"][0], text) for text in texts if text)
    for figure in scene["figures"]:
        if figure["claim"] in known:
            yield from ((figure["claim"], text) for text in figure["lines"])


class Published:
    """What had been published by the end of a day, as text to look names and numbers up in."""

    def __init__(self, story: Story, day: date, articles: Mapping[str, tuple[str, ...]] | None) -> None:
        """Gather the claims, or the articles, of that day and before."""
        self.sources = [source for source in story.sources if source.published <= day]
        self.claims = [claim for claim in story.claims if story.published(claim) <= day]
        self.has_articles = articles is not None
        self._gazetteer = Gazetteer(story)
        self._story = story
        told = {claim.event_id for claim in self.claims}
        said = [text for claim in self.claims for text in self._said(claim)]
        actors = [name for event_id in told for name in story.event_by_id[event_id].actors.split("; ")]
        if articles is None:
            self.text = folded(" . ".join([*said, *actors, *(self._french(name) for name in actors)]))
        else:
            ids = {source.source_id for source in self.sources}
            self.text = folded(" . ".join(line for source in ids for line in articles[source]))

    def _said(self, claim: Claim) -> list[str]:
        origin = claim.attributed_to
        said = [claim.when_as_written, claim.place_as_written, origin, self._french(origin)]
        place_id = self._gazetteer.find(claim.place_as_written) if claim.place_as_written else None
        return [*said, *(names_of(self._story, place_id) if place_id else [])]

    def _french(self, name: str) -> str:
        return self._story.names_fr.get(name, name)

    def has(self, *names: str) -> bool:
        """Whether any of these names was in print."""
        return any(folded(name) in self.text for name in names)

    def judges(self, number: str) -> bool:
        """Whether it can be said that a number was not in print: without the articles, of years alone."""
        return self.has_articles or YEAR.fullmatch(number) is not None

    def numbers(self) -> set[tuple[str, int]]:
        """The parts of the dates that claims come to and of the days of publication, and all numbers in print."""
        spans = [claim.when for claim in self.claims if claim.when]
        ends = [at.date() for when in spans for at in (when.start, when.end) if at]
        days = [*ends, *(source.published for source in self.sources)]
        found = {("month", day.month) for day in days} | {("weekday", day.weekday()) for day in days}
        found |= {("number", part) for day in days for part in (day.year, day.month, day.day)}
        known = {claim.claim_id for claim in self.claims}
        figures = [check.stated_km for check in checks(self._story) if check.claim_id in known]
        found |= {("number", round(km, -places)) for km in map(round, figures) for places in range(3)}
        return found | {("number", int(number)) for number in NUMBER.findall(self.text)}


def names_of(story: Story, place_id: str) -> list[str]:
    """All names of a place."""
    place = story.place_by_id[place_id]
    own = [place.name_en, place.name_fr, place.name_local]
    return [*own, *(toponym.toponym for toponym in story.toponyms_by_place.get(place_id, []))]


@pytest.fixture(scope="module", params=["claims", WITH_ARTICLES])
def published(request: pytest.FixtureRequest, shipped_story: Story) -> Mapping[int, Published]:
    """What was in print at each edition, by its day."""
    articles = None if request.param == "claims" else read_articles(FOLDER, shipped_story).paragraphs
    return {midnight(day): Published(shipped_story, day, articles) for day in Editions(shipped_story).days}


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_place_is_named_before_it_was_in_print(
    shipped_story: Story, shipped_scenes: dict[str, Scene], published: Mapping[int, Published], code: str
) -> None:
    """Whatever an edition says of an event, each place of the story that it names was named by then."""
    scene, language = shipped_scenes[code], Language(code)
    named = {language.of(place, "name"): names_of(shipped_story, place.place_id) for place in shipped_story.places}
    early = {
        (day, event, name, text)
        for day in days_of(scene)
        for event, text in (strings if published[day].has_articles else places)(scene, day)
        for name, names in named.items()
        if folded(name) in folded(text) and not published[day].has(*names)
    }
    assert set() == early


def places(scene: Scene, day: int) -> Iterator[tuple[str, str]]:
    """Where an edition says that its events are."""
    for event in scene["events"]:
        if (told := told_by(event, day)) and told["place_name"]:
            yield event["id"], told["place_name"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_nobody_is_named_before_being_in_print(
    shipped_story: Story, shipped_scenes: dict[str, Scene], published: Mapping[int, Published], code: str
) -> None:
    """Whatever an edition says of an event, each person of the story that it names was named by then."""
    people = people_of(shipped_story)
    early = {
        (day, event, text)
        for day in days_of(shipped_scenes[code])
        for event, text in strings(shipped_scenes[code], day)
        for names in people
        if any(folded(name) in folded(text) for name in names) and not published[day].has(*names)
    }
    assert set() == early


def people_of(story: Story) -> list[set[str]]:
    """The surnames of each person who acts or speaks in the story, in both languages."""
    cells = [event.actors for event in story.events] + [claim.attributed_to for claim in story.claims]
    names = {re.sub(r" \(.*", "", name) for cell in cells for name in cell.split("; ")}
    persons = {name for name in names if re.fullmatch(r"[A-Z][a-z]+(-[A-Z][a-z]+)? [A-Z][a-z]+(-[a-z]+)?", name)}
    return [{each.split()[-1] for each in (name, story.names_fr.get(name, name))} for name in sorted(persons)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_date_or_number_is_told_before_it_was_in_print(
    shipped_scenes: dict[str, Scene], published: Mapping[int, Published], code: str
) -> None:
    """In our own words every year, month, day of the week and number was given by a claim or an article by then."""
    locale = Language(code).locale
    months = {name: number for number, name in locale.months["format"]["wide"].items()}
    weekdays = {name: number for number, name in locale.days["format"]["wide"].items()}
    early = set()
    for day in days_of(shipped_scenes[code]):
        in_print = published[day]
        numbers = in_print.numbers()
        for event, text in own_words(shipped_scenes[code], day):
            words = set(re.findall(r"\w+", text))
            told = {("month", number) for name, number in months.items() if name in words}
            told |= {("weekday", number) for name, number in weekdays.items() if name in words}
            told |= {("number", int(number)) for number in NUMBER.findall(text) if in_print.judges(number)}
            early |= {(day, event, text, *unit) for unit in told - numbers}
    assert set() == early


def own_words(scene: Scene, day: int) -> Iterator[tuple[str, str]]:
    """The sentences of the record that an edition shows of its events."""
    for event in scene["events"]:
        if told := told_by(event, day):
            yield event["id"], told["title"]
            yield event["id"], told["summary"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_edition_speaks_of_an_article_to_come(
    shipped_story: Story, shipped_scenes: dict[str, Scene], code: str
) -> None:
    """An article is named once it is out, all are spoken of once all are, and no more are counted than there are."""
    scene = shipped_scenes[code]
    published = {source.article: midnight(source.published) for source in shipped_story.sources}
    for day in days_of(scene):
        out = sum(first <= day for first in published.values())
        for event, text in strings(scene, day):
            assert all(published[article] <= day for article in ARTICLE.findall(text)), (event, text)
            assert out == len(published) or not OF_ALL.search(text), (event, text)
        for known in scene["events"]:
            if told := told_by(known, day):
                (counted,) = re.findall(r"(\d+) article", told["claims_heading"])
                assert int(counted) <= out, known["id"]


def test_every_place_and_date_of_an_edition_is_given_by_then(shipped_story: Story) -> None:
    """No event is dated to the days of an article that only looks back on it, nor placed where none yet puts it."""
    editions = Editions(shipped_story)
    monday, tuesday, thursday = (date(2023, 9, day) for day in (11, 12, 14))

    def when(event_id: str, day: date) -> str:
        return editions.event(shipped_story.event_by_id[event_id], day).when.text

    def place(event_id: str, day: date) -> str:
        return editions.event(shipped_story.event_by_id[event_id], day).place_id

    assert ["../2023-09-11", "../2023-09-11", "2022~"] == [
        when("invasion-ukraine", day) for day in (monday, tuesday, thursday)
    ]
    assert ["2023-09-11~", "2023-09-11/2023-09-14"] == [
        when("un-sanctions-north-korea", day) for day in (monday, thursday)
    ]
    assert ["2023-09-12~", "2023-09-12/2023-09-14"] == [
        when("us-suspects-arms-purchase", day) for day in (tuesday, thursday)
    ]
    assert shipped_story.event_by_id["arrival-khasan"].when.text == when("arrival-khasan", tuesday)
    assert ["", "vladivostok"] == [place("putin-forum-planned", day) for day in (monday, tuesday)]
    assert ["", ""] == [place(event, monday) for event in ("meeting-12-september", "economic-forum-2023")]
    assert "vladivostok" == place("journey-20-hours", monday)
    assert "pyongyang" == place("lavrov-visit-planned", thursday)


@pytest.mark.parametrize(
    ("event_id", "day", "title", "summary"),
    [
        ("meeting-expected-far-east", "2023-09-11", "Kim and Putin due to meet in Russia", False),
        ("kim-no-foreign-travel", "2023-09-11", "Kim makes no known trip abroad after the borders close", False),
        ("kim-no-foreign-travel", "2023-09-12", "Kim makes no trip abroad after the pandemic begins", True),
        ("iran-arms-russia", "2023-09-11", "Russia turns to Iran for arms", False),
        ("economic-forum-2023", "2023-09-11", "The Eastern Economic Forum is held", False),
        ("putin-visit-planned", "2023-09-15", "Putin is to visit Pyongyang", False),
        ("putin-visit-planned", "2024-06-19", "Putin is to visit Pyongyang", True),
        ("lavrov-visit-planned", "2023-09-14", "Lavrov is expected in Pyongyang in October", False),
        ("vladivostok-planned", "2023-09-15", "Kim is to travel on to Vladivostok", False),
        ("pacific-fleet-planned", "2023-09-15", "Pacific Fleet display planned for Kim", False),
    ],
)
def test_our_words_wait_for_the_articles(
    shipped_scenes: dict[str, Scene], event_id: str, day: str, title: str, summary: bool
) -> None:
    """A headline that knows more has one for before, and a summary that does is not told yet."""
    event = next(event for event in shipped_scenes["en"]["events"] if event["id"] == event_id)
    told = told_by(event, round(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000))
    assert told is not None
    assert (title, summary) == (told["title"], bool(told["summary"]))
