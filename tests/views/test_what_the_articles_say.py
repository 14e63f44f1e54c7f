"""The story that comes with the project, held against a second reading of its articles, paragraph by paragraph."""

import re
from collections import defaultdict
from typing import Any

import pytest

from geo.story import Story
from geo.story.names import fold
from geo.views.claims import claims_by_event
from geo.views.events import event_view
from geo.views.sources import source_views
from geo.wording.language import LANGUAGES, Language, Named

ENGLISH, FRENCH = map(Language, LANGUAGES)


def heading(story: Story, event_id: str, language: Language = ENGLISH) -> tuple[str, str]:
    """Status and kind of an event, as its card has them."""
    view = event_view(story, story.event_by_id[event_id], story.claims_by_event[event_id], language)
    return view.status_text, view.kind_text


def test_only_the_kremlin_denies_a_signed_accord(shipped_story: Story) -> None:
    """Article 004, paragraphs 1, 3 and 5; Pyongyang is not heard. In 000 ¶13 and 002 ¶14 both deny."""
    assert "Denied by the Kremlin" == heading(shipped_story, "agreement-during-visit")[0]
    assert "Démenti par le Kremlin" == heading(shipped_story, "agreement-during-visit", FRENCH)[0]
    for event in ("arms-denial-2023", "arms-denial-2024"):
        assert "Denied by Russia and North Korea" == heading(shipped_story, event)[0]
        assert "Démenti par la Russie et la Corée du Nord" == heading(shipped_story, event, FRENCH)[0]


@pytest.mark.parametrize(
    ("claim", "cells"),
    [
        # 003 ¶1: South Korean media reported that he had left.
        ("c-003-01-5", {"stance": "reports", "origin_id": "south-korean-media"}),
        # 001 ¶9 tells of a stay, not of a meeting.
        ("c-001-09-4", {"event_id": "kim-vladivostok-2019"}),
        # 003 ¶5: that the White House spoke has no origin but the article.
        ("c-003-05-1", {"origin_id": "", "attributed_to": ""}),
        # 003 ¶19: the year belongs to the sentence before.
        ("c-003-19-3", {"when_as_written": "", "when_basis": "publication"}),
        # 000 ¶7: KCNA confirms what a source had told Reuters.
        ("c-000-07-5", {"event_id": "departure-pyongyang", "origin_id": "reuters-source", "when": None}),
        # 004 ¶5, 000 ¶15 and ¶17, 002 ¶15 and ¶17.
        ("c-004-05-4", {"event_id": "kim-visit-2023", "stance": "reports"}),
        ("c-000-15-5", {"event_id": "historic-ties", "stance": "reports"}),
        ("c-000-17-2", {"event_id": "kim-rare-travel", "stance": "reports"}),
        ("c-002-15-2", {"event_id": "political-cover-2024", "stance": "alleges"}),
        ("c-002-17-2", {"event_id": "missiles-reach-america", "stance": "reports"}),
    ],
)
def test_a_claim_is_what_its_paragraph_says(shipped_story: Story, claim: str, cells: dict[str, Any]) -> None:
    """Event, stance, origin and date are those of the paragraph itself."""
    row = shipped_story.claim_by_id[claim]
    assert cells == {column: getattr(row, column) for column in cells}


def test_kcna_announces_no_visit_of_putin(shipped_story: Story) -> None:
    """001 ¶6: KCNA tells of an invitation; of the visit only the Kremlin speaks (¶1, ¶7), on Thursday."""
    claims = shipped_story.claims_by_event["putin-visit-planned"]
    assert {"kremlin-peskov", ""} == {claim.origin_id for claim in claims}
    assert "2023-09-14/.." == shipped_story.event_by_id["putin-visit-planned"].when.text


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ("us-north-korea-talks-2019", "Relations"),
        ("no-official-word-on-arms", "Relations"),
        ("biden-tokyo-seoul", "Relations"),
        ("famine-1990s", "Conflict and crisis"),
        ("soviet-collapse-1991", "Conflict and crisis"),
        ("kim-no-foreign-travel", "Travel"),
    ],
)
def test_a_kind_is_true_of_its_events(shipped_story: Story, event: str, kind: str) -> None:
    """Talks that fail are no agreement, a famine is no war, and no trip abroad is no border."""
    assert kind == heading(shipped_story, event)[1]


@pytest.mark.parametrize(
    ("event", "column", "said", "not_said"),
    [
        ("journey-20-hours", "summary_en", "as the crow flies", ""),
        ("journey-20-hours", "summary_fr", "à vol d’oiseau", ""),
        ("kim-jong-dae-geopolitics", "title_en", "reflects", "shifts"),
        ("kim-jong-dae-geopolitics", "title_fr", "traduit", "change la donne"),
        ("vladivostok-meeting-2019", "summary_fr", "déjà", "première"),
        ("shell-production-2023", "summary_en", "British institute", "in Britain"),
        ("shell-production-2023", "summary_fr", "institut britannique", "chercheur britannique"),
        ("oil-food-forecast", "summary_en", "oil", "fuel"),
        ("oil-food-forecast", "summary_fr", "pétrole", "carburant"),
        ("iran-arms-russia", "title_en", "turns to", "obtains"),
        ("iran-arms-russia", "title_fr", "se tourne", "obtient"),
        ("loudspeakers-2024", "summary_en", "", "answers"),
        ("loudspeakers-2024", "summary_fr", "", "répond"),
        ("meeting-expected-far-east", "title_en", "", "Far East"),
        ("meeting-expected-far-east", "title_fr", "", "Extrême-Orient"),
        ("communist-regime-1945", "summary_fr", "Seconde Guerre mondiale", ""),
        ("meeting-12-september", "summary_en", "12 September, when Putin", "the forum’s 12 September"),
        ("departure-monday", "summary_en", "armoured", ""),
        ("departure-monday", "summary_fr", "blindé", ""),
        ("kim-visit-2023", "summary_en", "its end is not told", ""),
        ("kim-visit-2023", "summary_fr", "sa fin n’est pas dite", ""),
        ("train-russian-locomotive", "actors", "", "Kim"),
        ("north-korea-war-support", "title_en", "North Korea", "Kim"),
        ("gagarin-plant-visit", "summary_en", "", "Manturov"),
        ("veto-accusations-2024", "summary_en", "accusations", "governments"),
        ("institute-labour-forecast", "summary_en", "could", "expects"),
        ("institute-labour-forecast", "summary_fr", "possibles", "prévoit"),
        ("gift-space-glove", "summary_fr", "qui est allée", "Le gant est allé"),
        ("kim-jong-dae-shells-tested", "summary_en", "ready", "wants"),
        ("lankov-seoul-signal", "summary_en", "may be", "sees the meeting as"),
        ("dgap-study", "title_en", "imports", "arms imports"),
        ("analysts-any-support", "summary_en", "hopes to use", "offers"),
        ("putin-visit-2024", "summary_en", "our reading", "agreed in"),
        ("putin-visit-planned", "summary_en", "our reading", "it takes place"),
        ("cheong-submarines-satellites", "title_en", "North Korea", "Russia could"),
        ("missiles-reach-america", "title_fr", "capables d’atteindre", "à portée du"),
        ("arms-transfers-alleged-2024", "summary_fr", "à la Russie", "matériel pour l’Ukraine"),
        ("arms-denial-2023", "title_en", "transactions", "deny"),
        ("arms-denial-2024", "title_en", "transfers", "deny"),
        ("un-sanctions-north-korea", "summary_en", "some of which", ", which Russia"),
        ("peskov-confirms-acceptance", "title_en", "accepted", "will visit"),
    ],
)
def test_our_words_say_no_more_than_the_articles(
    shipped_story: Story, event: str, column: str, said: str, not_said: str
) -> None:
    """What a title or a summary says is in the articles; what they do not say is not in it."""
    text = getattr(shipped_story.event_by_id[event], column)
    assert said in text
    assert not not_said or not_said not in text


@pytest.mark.parametrize(
    ("version", "column", "text"),
    [
        ("accord-signed-003-24-1", "says_en", "Both want an accord to seem near."),
        ("accord-signed-003-24-1", "says_fr", "Les deux veulent qu’un accord paraisse proche."),
        ("first-trip-abroad-003-06-3", "why_en", "claims less"),
        ("first-trip-abroad-004-07-5", "why_fr", "affirme moins"),
        ("arms-trade-2023-003-05-3", "says_fr", "Pyongyang s’était engagé "),
        ("return-visit-001-06-1", "says_en", "whenever he likes"),
    ],
)
def test_a_version_says_what_its_claim_says(shipped_story: Story, version: str, column: str, text: str) -> None:
    """Neither more nor less."""
    row = next(row for row in shipped_story.versions if row.version_id == version)
    assert text in getattr(row, column)


@pytest.mark.parametrize(
    ("question", "claims", "is_settled"),
    [
        ("departure-first-told", {"c-003-01-6", "c-000-07-4"}, True),
        ("south-korea-arms", {"c-000-19-1", "c-003-15-2", "c-003-16-1"}, False),
    ],
)
def test_articles_that_differ_are_set_side_by_side(
    shipped_story: Story, question: str, claims: set[str], is_settled: bool
) -> None:
    """Who was first with the departure (003 ¶1, 000 ¶7), and whether Seoul arms Ukraine (000 ¶19, 003 ¶15–16)."""
    versions = [row for row in shipped_story.versions if row.disagreement_id == question]
    assert claims == {row.claim_id for row in versions}
    assert is_settled is any(row.drawn for row in versions)


def test_the_visit_holds_its_parts(shipped_story: Story) -> None:
    """Kim's visit to Russia (004 ¶5) is one event, which the arrival, the summit and the rest belong to."""
    parts = {event.event_id for event in shipped_story.events if event.part_of == "kim-visit-2023"}
    assert {"arrival-khasan", "summit-vostochny", "komsomolsk-visit", "visit-continues-friday"} <= parts


@pytest.mark.parametrize("event", ["putin-military-prospects", "putin-announces-itinerary"])
def test_putins_words_of_the_meeting_have_its_place(shipped_story: Story, event: str) -> None:
    """As Kim's of the same meeting have: inferred (001 ¶8, ¶15; 004 ¶17)."""
    row = shipped_story.event_by_id[event]
    assert ("vostochny-cosmodrome", "inferred") == (row.place_id, row.place_basis)


@pytest.mark.parametrize(
    ("claim", "english", "french"),
    [
        ("c-003-06-1", "armoured", "blindé"),
        ("c-001-08-2", "Several plants", "Plusieurs usines"),
        ("c-004-07-1", "Several plants", "Plusieurs usines"),
        ("c-002-24-1", "Sergei Shoigu", "Sergueï Choïgou"),
        ("c-004-05-4", "its end is not", "sa fin ne l’est pas"),
    ],
)
def test_a_note_says_what_a_reader_should_know(shipped_story: Story, claim: str, english: str, french: str) -> None:
    """Several plants, of which one is named; two ministers of defence; an end that nobody tells."""
    row = shipped_story.claim_by_id[claim]
    assert english in row.note_en
    assert french in row.note_fr


def test_no_rule_speaks_of_words_that_a_claim_has_not(shipped_story: Story) -> None:
    """“No words for the time” is not followed by “the words …”, in either language."""
    for language, words in ((ENGLISH, "the words"), (FRENCH, "les mots")):
        none = language.text("no words for the time")
        for claims in claims_by_event(shipped_story, language).values():
            for claim in claims:
                assert none not in (claim.dating or "") or words not in (claim.dating or ""), claim.id


def test_an_inferred_agency_says_so(shipped_story: Story) -> None:
    """Article 001 credits AFP for photographs only (¶12, ¶21)."""
    agencies = {sheet.source_id: sheet.wire_text for sheet in source_views(shipped_story, ENGLISH)}
    assert {"s000": "AFP", "s001": "AFP (inferred)", "s002": "", "s003": "", "s004": "AFP"} == agencies


def test_origins_have_the_article_that_french_needs(shipped_story: Story) -> None:
    """After “d'après” stands a name of a person or a publication, or an article."""
    bare = r"[A-Z][\w.’-]+( |$)"
    common = r"(le|la|les|l’|un|une|des)\b"
    for origin in shipped_story.origins:
        named = FRENCH.named(origin)
        people = origin.kind in ("expert", "official", "agency", "state-media") and re.match(bare, named)
        assert people or re.match(common, named), named
    stances = {claim.stance_text for claims in claims_by_event(shipped_story, ENGLISH).values() for claim in claims}
    assert "Alleges it, from the US government" in stances


def test_places_have_the_article_that_french_needs(shipped_story: Story) -> None:
    """Sites, regions and countries have one, and towns have none: du cosmodrome, de la gare, de Pyongyang."""
    for place in shipped_story.places:
        named = FRENCH.named(place)
        if place.geo_precision != "settlement" or place.kind in ("residence", "square"):
            assert named != place.name_fr, place.place_id
            assert re.match(r"(le |la |l’|une )", named), place.place_id
        assert f"{Named(named):de}".startswith(("de ", "du ", "d’", "des ")), place.place_id


def test_a_name_has_one_french_spelling(shipped_story: Story) -> None:
    """No two names in our French differ in doubled letters or accents only."""
    texts = [text for event in shipped_story.events for text in (event.title_fr, event.summary_fr)]
    texts += [row.says_fr for row in shipped_story.versions]
    texts += shipped_story.names_fr.values()
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for word in re.findall(r"\b[A-ZÀ-Ý]\w{3,}", " ".join(texts)):
        spellings[re.sub(r"(.)\1", r"\1", fold(word))].add(word)
    assert [] == [found for found in spellings.values() if len(found) > 1]
