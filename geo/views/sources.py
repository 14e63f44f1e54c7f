"""What readers read of a source: what each of its paragraphs claims, and which of them claim nothing."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from geo.story import Story
from geo.story.articles import Articles
from geo.story.format import Source
from geo.views.claims import origin_text, published_text
from geo.wording import vocabulary
from geo.wording.language import Language

_NO_ARTICLES: Final = Articles({})


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph; `quoted` if a claim quotes it for its time or its place."""

    text: str
    quoted: bool


@dataclass(frozen=True)
class CitedClaim:
    """One claim of a paragraph, in words.

    `when_as_written` and `place_as_written` are in the article's language; `when_text` is the date that the
    claim's words come to, on the calendar of the event's place, "" where it gives none.
    """

    claim_id: str
    event_id: str
    title: str
    stance_text: str
    when_as_written: str
    when_text: str
    place_as_written: str
    note: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph by its number from 1, its claims, and its text in runs where the article is at hand."""

    number: int
    entries: tuple[CitedClaim, ...]
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Who a source has claims from, how many, and whom the origin repeats or speaks for ("" if itself)."""

    name: str
    root: str
    claims: int


@dataclass(frozen=True)
class SourceView:
    """A source and its paragraphs.

    `outlet` is who published it or, if no outlet is named, the number it goes by; `title` its headline or "".
    `paragraphs` are those that claims cite or, where the text is at hand (`has_text`), all of them.
    `last_cited` is the number of the last one cited, 0 if none is; `without_event` are first and last numbers of
    the runs of paragraphs that no claim cites: up to the last one cited, or with the text up to its end.
    `own_claims` counts what the article says in its own words.
    """

    source_id: str
    outlet: str
    outlet_named: bool
    title: str
    language: str
    language_text: str
    published: date
    published_text: str
    inferred: bool
    published_note: str
    wire_text: str
    origins: tuple[Origin, ...]
    own_claims: int
    paragraphs: tuple[Paragraph, ...]
    has_text: bool
    last_cited: int
    without_event: tuple[tuple[int, int], ...]

    @property
    def claims(self) -> int:
        """How many claims the source makes."""
        return sum(len(paragraph.entries) for paragraph in self.paragraphs)


def source_views(story: Story, language: Language, articles: Articles = _NO_ARTICLES) -> list[SourceView]:
    """A sheet for each source, in order of publication, with the texts that `articles` holds."""
    entries = _entries(story, language)
    origins = _origins(story, language)
    sources = sorted(story.sources, key=lambda source: (source.published, source.source_id))
    return [
        _sheet(story, source, language, entries[source.source_id], origins[source.source_id], articles)
        for source in sources
    ]


def marked(text: str, quotes: Iterable[str]) -> tuple[Run, ...]:
    """`text` in runs, those that are one of the `quotes` marked. Put together they are the text, composed (NFC).

    White space counts alike, whatever it is; where a quote stands as words of its own, it is marked only there.
    """
    text = unicodedata.normalize("NFC", text)
    spans = sorted(span for quote in quotes for span in _spans(text, unicodedata.normalize("NFC", quote)))
    runs, at = [], 0
    for start, end in _merged(spans):
        runs += [Run(text[at:start], False), Run(text[start:end], True)]
        at = end
    runs.append(Run(text[at:], False))
    return tuple(run for run in runs if run.text)


def _spans(text: str, quote: str) -> list[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    if not pattern:
        return []
    for form in (rf"(?<!\w){pattern}(?!\w)", pattern):
        if found := [match.span() for match in re.finditer(form, text)]:
            return found
    return []


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            start, end = merged[-1][0], max(end, merged.pop()[1])
        merged.append((start, end))
    return merged


def _sheet(
    story: Story,
    source: Source,
    language: Language,
    entries: Mapping[int, list[CitedClaim]],
    origins: Mapping[str, Origin],
    articles: Articles,
) -> SourceView:
    texts = articles.paragraphs.get(source.source_id)
    last_cited = max(entries, default=0)
    cited = sorted(entries)
    # A text may end before the last paragraph cited: no claim is dropped for that.
    numbers = cited if texts is None else sorted({*cited, *range(1, len(texts) + 1)})
    named = tuple(origin for key, origin in origins.items() if key)
    return SourceView(
        source_id=source.source_id,
        outlet=source.outlet,
        outlet_named=vocabulary.is_outlet_named(source),
        title=source.title,
        language=source.language,
        language_text=str(language.locale.languages.get(source.language, source.language)),
        published=source.published,
        published_text=published_text(story, source.source_id, language),
        inferred=source.published_basis == "inferred",
        published_note=language.typeset(language.of(source, "published_note")),
        wire_text=_wire(source, language),
        origins=named,
        own_claims=origins[""].claims if "" in origins else 0,
        paragraphs=tuple(_paragraph(number, entries.get(number, []), texts or ()) for number in numbers),
        has_text=texts is not None,
        last_cited=last_cited,
        without_event=_ranges(set(range(1, max(last_cited, len(texts or ())) + 1)) - set(cited)),
    )


def _paragraph(number: int, entries: Sequence[CitedClaim], texts: Sequence[str]) -> Paragraph:
    quotes = [quote for entry in entries for quote in (entry.when_as_written, entry.place_as_written)]
    runs = marked(texts[number - 1], quotes) if number <= len(texts) else ()
    return Paragraph(number, tuple(entries), runs)


def _ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)


def _entries(story: Story, language: Language) -> Mapping[str, Mapping[int, list[CitedClaim]]]:
    """By source and paragraph the claims, in the order of the table."""
    found: dict[str, dict[int, list[CitedClaim]]] = defaultdict(lambda: defaultdict(list))
    for claim in story.claims:
        event = story.event_by_id[claim.event_id]
        origin = origin_text(story, claim, language)
        entry = CitedClaim(
            claim_id=claim.claim_id,
            event_id=claim.event_id,
            title=language.typeset(language.of(event, "title")),
            stance_text=vocabulary.stance_text(claim.stance, origin, language),
            when_as_written=claim.when_as_written,
            when_text=language.when(claim.when, story.zone(event.place_id)) if claim.when else "",
            place_as_written=claim.place_as_written,
            note=language.typeset(language.of(claim, "note")),
        )
        found[claim.source_id][claim.paragraph].append(entry)
    return found


def _wire(source: Source, language: Language) -> str:
    """The agency whose text a source carries, and whether that is inferred."""
    if source.wire and source.wire_basis == "inferred":
        return language.text("{agency} (inferred)", agency=source.wire)
    return source.wire


def _origin_name(story: Story, origin_id: str, language: Language) -> str:
    return language.of(story.origin_by_id[origin_id], "name") if origin_id else ""


def _origins(story: Story, language: Language) -> Mapping[str, Mapping[str, Origin]]:
    """By source its origins by id, "" for the article itself, in the order in which its paragraphs name them."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in sorted(story.claims, key=lambda claim: claim.paragraph):
        counts[claim.source_id][claim.origin_id] += 1
    found: dict[str, dict[str, Origin]] = defaultdict(dict)
    for source, of_source in counts.items():
        for origin, claims in of_source.items():
            root = story.origin_by_id[origin].root if origin else ""
            name = _origin_name(story, origin, language)
            found[source][origin] = Origin(name, language.named(story.origin_by_id[root]) if root else "", claims)
    return found
