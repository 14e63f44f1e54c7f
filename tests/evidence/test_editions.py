from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.evidence.editions import Editions, as_known
from geo.story import Story
from geo.story.when import by_day, parse_when
from tests.support.stories import edited

DAYS = st.dates(date(2023, 9, 8), date(2023, 9, 20))
# The stories are shared by all examples; as_known leaves them as they are, which is tested too.
shared = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=["tiny", "shipped"])
def any_story(request: pytest.FixtureRequest, story: Story, shipped_story: Story) -> Story:
    """The tiny story, then the shipped one."""
    return story if request.param == "tiny" else shipped_story


def redated(story: Story, days: st.DataObject) -> Story:
    """The story with its articles published on other days."""
    published = days.draw(st.tuples(*[DAYS] * len(story.sources)))
    sources = zip(story.sources, published, strict=True)
    return replace(story, sources=tuple(source.model_copy(update={"published": day}) for source, day in sources))


def test_editions_are_the_days_of_publication(shipped_story: Story) -> None:
    """The five articles came out on five days, told in order."""
    expected = ["2023-09-11", "2023-09-12", "2023-09-14", "2023-09-15", "2024-06-19"]
    assert expected == [day.isoformat() for day in Editions(shipped_story).days]


def test_nothing_is_known_before_the_first_article(any_story: Story) -> None:
    """On the day before the first edition the map is empty."""
    known = as_known(any_story, Editions(any_story).days[0] - timedelta(days=1))
    for table in ("sources", "claims", "events", "legs", "disagreements", "versions", "figures"):
        assert () == getattr(known, table)


def test_once_all_is_known_it_is_hindsight(any_story: Story) -> None:
    """After the last edition events equal the record in all columns: status and all follow from the claims."""
    known = as_known(any_story, Editions(any_story).days[-1])
    for table in ("sources", "events", "claims", "disagreements", "versions", "figures"):
        assert getattr(any_story, table) == getattr(known, table)
    given_up = {event.event_id for event in any_story.events if event.status == "superseded"}
    assert tuple(leg for leg in any_story.legs if leg.event_id not in given_up) == known.legs


@shared
@given(days=st.data(), at=DAYS)
def test_knowledge_never_comes_from_the_future(any_story: Story, days: st.DataObject, at: date) -> None:
    """No claim, event, leg or version rests on an article published later, whenever each was published."""
    told = redated(any_story, days)
    known = as_known(told, at)
    assert all(source.published <= at for source in known.sources)
    assert {claim.source_id for claim in known.claims} <= set(known.source_by_id)
    assert {claim.event_id for claim in known.claims} == set(known.event_by_id)
    assert {figure.claim_id for figure in known.figures} <= set(known.claim_by_id)
    assert {version.claim_id for version in known.versions} <= set(known.claim_by_id)
    versions = Counter(version.disagreement_id for version in known.versions)
    assert set(versions) == {question.disagreement_id for question in known.disagreements}
    assert all(count >= 2 for count in versions.values())
    for event in known.events:
        assert {event.part_of, event.fulfils, event.replaced_by} <= {"", *known.event_by_id}
    standing = {event.event_id for event in known.events if event.status != "superseded"}
    assert {leg.event_id for leg in known.legs} <= {"", *standing}
    assert {leg.trip for leg in known.legs} <= {event.trip for event in known.events}


@shared
@given(days=st.data(), at=DAYS)
def test_later_articles_change_nothing_known_before(any_story: Story, days: st.DataObject, at: date) -> None:
    """What is known on a day is the same whatever the days of the articles still to come."""
    told = redated(any_story, days)
    late = {"published": date(2030, 1, 1)}
    shifted = tuple(source if source.published <= at else source.model_copy(update=late) for source in told.sources)
    before, after = as_known(told, at), as_known(replace(told, sources=shifted), at)
    assert before.events == after.events
    assert before.legs == after.legs


@shared
@given(days=st.data(), at=DAYS)
def test_claims_are_never_unlearnt(any_story: Story, days: st.DataObject, at: date) -> None:
    """From one day to the next claims are only added, and by the last edition the events are the record's."""
    told = redated(any_story, days)
    today, tomorrow = as_known(told, at), as_known(told, at + timedelta(days=1))
    assert set(today.claim_by_id) <= set(tomorrow.claim_by_id)
    assert set(today.event_by_id) <= set(tomorrow.event_by_id)
    assert told.events == as_known(told, Editions(told).days[-1]).events


@shared
@given(days=st.data(), at=DAYS)
def test_between_its_changes_an_event_stays_as_it_is(any_story: Story, days: st.DataObject, at: date) -> None:
    """What is known of an event on any day is what was known on the last day on which that changed."""
    told = redated(any_story, days)
    editions = Editions(told)
    for event in told.events:
        changes = [day for day in editions.changes(event) if day <= at]
        assert editions.knows(event.event_id, at) == bool(changes)
        if changes:
            assert editions.event(event, at) == editions.event(event, changes[-1])


@shared
@given(days=st.data(), at=DAYS)
def test_what_is_known_can_be_drawn(any_story: Story, days: st.DataObject, at: date) -> None:
    """Every date of a known event is on the clock of its known place."""
    known = as_known(redated(any_story, days), at)
    for event in known.events:
        text, zone = event.when.text, known.zone(event.place_id)
        open_start = text.removeprefix("../")
        read = parse_when(text, zone) if open_start == text else by_day(date.fromisoformat(open_start), zone)
        assert event.when == read


def test_a_forecast_stands_until_an_article_tells_otherwise(shipped_story: Story) -> None:
    """Vladivostok is the destination on 11 September, with a leg to it, and given up once Vostochny is known."""
    monday, friday = (as_known(shipped_story, date(2023, 9, day)) for day in (11, 15))
    assert "superseded" not in {event.status for event in monday.events}
    assert "predicted" == monday.event_by_id["journey-20-hours"].status
    assert "" == monday.event_by_id["destination-vladivostok"].replaced_by
    assert ["train-pyongyang-vladivostok-expected"] == [leg.leg_id for leg in monday.legs]
    assert "superseded" == friday.event_by_id["destination-vladivostok"].status
    assert "train-pyongyang-vladivostok-expected" not in {leg.leg_id for leg in friday.legs}
    assert "train-vostochny-komsomolsk" in {leg.leg_id for leg in friday.legs}


def test_a_date_is_as_the_articles_gave_it(shipped_story: Story) -> None:
    """The way on to Vladivostok is open from the 13th on Thursday, and from the 15th on Friday."""
    thursday, friday = (as_known(shipped_story, date(2023, 9, day)) for day in (14, 15))
    assert "2023-09-13/.." == thursday.event_by_id["vladivostok-planned"].when.text
    assert "2023-09-15/.." == friday.event_by_id["vladivostok-planned"].when.text


def with_departure(story: Story, whens: list[str], published: tuple[str, str] = ("2023-09-12", "2023-09-14")) -> Story:
    """The tiny story with three claims of the departure, a third one still to be published."""
    days = [date.fromisoformat(day) for day in (*published, "2024-01-01")]
    sources = (*story.sources, story.sources[-1].model_copy(update={"source_id": "s009"}))
    sources = tuple(row.model_copy(update={"published": day}) for row, day in zip(sources, days, strict=True))
    first, second = story.claims_by_event["departure"]
    claims = (first, second, second.model_copy(update={"claim_id": "c-009-01-1", "source_id": "s009"}))
    zone = story.zone("alpha")
    dates = [parse_when(when, zone) if when else None for when in (*whens, "")]
    dated = (
        row.model_copy(update={"when": when, "place_as_written": ""}) for row, when in zip(claims, dates, strict=True)
    )
    return replace(story, sources=sources, claims=tuple(dated))


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        (["2023-09-11", "2023"], "2023-09-11"),
        (["2023-09-10", "2023-09-11"], "2023-09-11"),
        (["2023-09-10/..", "2023-09"], "2023-09"),
        (["2023-09-11T06:00+10:00", "2023-09-11T06:30+10:00"], "2023-09-11T06:00+10:00"),
        (["", ""], "../2023-09-12"),
    ],
)
def test_the_narrowest_date_known_holds(story: Story, whens: list[str], expected: str) -> None:
    """The record's date if a claim gives it, else the narrowest, latest told, else no later than the first article."""
    known = as_known(with_departure(story, whens), date(2023, 9, 14))
    assert expected == known.event_by_id["departure"].when.text


def test_of_equal_dates_of_a_day_the_first_claim_holds(story: Story) -> None:
    """Between two days told on one day, the claim with the first id decides."""
    told = with_departure(story, ["2023-09-10", "2023-09-09"], ("2023-09-12", "2023-09-12"))
    assert "2023-09-10" == as_known(told, date(2023, 9, 12)).event_by_id["departure"].when.text


def test_a_place_is_known_once_an_article_names_it(story: Story) -> None:
    """A place waits for a claim that names it, or for all that it was inferred from."""
    told = with_departure(story, ["2023-09-11", ""])
    tuesday = date(2023, 9, 12)

    def place(story: Story, at: date) -> str:
        return as_known(story, at).event_by_id["departure"].place_id

    assert "" == place(told, tuesday)
    assert "alpha" == place(told, date(2024, 1, 1))
    assert "alpha" == place(edited(told, "claims", "c-000-02-1", place_as_written="Alfa"), tuesday)
    inferred = edited(with_departure(story, ["", ""]), "events", place_basis="inferred")
    assert "" == place(inferred, tuesday)
    assert "alpha" == place(edited(inferred, "claims", "c-000-02-1", place_as_written="Alfa"), tuesday)
    assert "alpha" == place(edited(inferred, "events", known_with="s000"), tuesday)
    assert "gamma" == place(edited(told, "claims", "c-000-02-1", place_as_written="Gamma-sur-l’Eau"), tuesday)


def test_until_then_an_event_is_where_the_articles_put_it(shipped_story: Story) -> None:
    """003 ¶1 expects the meeting in Russia, 001 ¶1 has the visit there: a country is a place, too."""
    monday = as_known(shipped_story, date(2023, 9, 11)).event_by_id["meeting-expected-far-east"]
    thursday = as_known(shipped_story, date(2023, 9, 14)).event_by_id["kim-visit-2023"]
    assert ["russia", "russia"] == [monday.place_id, thursday.place_id]
    assert (
        "russian-far-east"
        == as_known(shipped_story, date(2023, 9, 12)).event_by_id["meeting-expected-far-east"].place_id
    )


def test_the_war_has_no_year_until_an_article_gives_one(shipped_story: Story) -> None:
    """003 ¶18 and 000 ¶15 tell of support since the invasion; only 001 ¶23 lets date it."""
    dates = {
        at.day: as_known(shipped_story, at).event_by_id["north-korea-war-support"].when.text
        for at in (date(2023, 9, 11), date(2023, 9, 12), date(2023, 9, 14))
    }
    assert "2022" not in dates[11] + dates[12]
    assert "2022/2023-09-12" == dates[14]


def test_each_state_of_knowledge_has_its_own_version(shipped_story: Story) -> None:
    """Days between two editions share a version; two editions never do."""
    days = [date(2023, 9, day) for day in (11, 12, 13, 14)]
    versions = [as_known(shipped_story, day).version for day in days]
    assert versions[1] == versions[2]
    assert 3 == len({*versions})
    assert shipped_story.version not in versions
