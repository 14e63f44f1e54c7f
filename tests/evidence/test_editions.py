from collections.abc import Hashable
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geo.evidence.editions import as_known, editions
from geo.story.format import COLUMNS
from geo.story import Story
from geo.story.when import parse_when

DAYS = st.dates(date(2023, 9, 8), date(2023, 9, 20))
# The stories are shared by all examples; as_known leaves them as they are, which is tested too.
shared = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(params=["tiny", "shipped"])
def any_story(request: pytest.FixtureRequest, story: Story, shipped_story: Story) -> Story:
    """The tiny story, then the shipped one."""
    return story if request.param == "tiny" else shipped_story


def redated(story: Story, days: st.DataObject) -> Story:
    """The story with its articles published on other days."""
    published = [day.isoformat() for day in days.draw(st.tuples(*[DAYS] * len(story.sources)))]
    return replace(story, sources=story.sources.assign(published=published))


def event(story: Story, event_id: str) -> dict[Hashable, str]:
    (row,) = story.events[story.events["event_id"] == event_id].to_dict("records")
    return row


def test_editions_are_the_days_of_publication(shipped_story: Story) -> None:
    """The five articles came out on five days, told in order."""
    expected = ["2023-09-11", "2023-09-12", "2023-09-14", "2023-09-15", "2024-06-19"]
    assert expected == [day.isoformat() for day in editions(shipped_story)]


def test_nothing_is_known_before_the_first_article(any_story: Story) -> None:
    """On the day before the first edition the map is empty, and its tables keep their columns."""
    known = as_known(any_story, editions(any_story)[0] - timedelta(days=1))
    for table in ("sources", "claims", "events", "legs", "disagreements", "versions", "figures"):
        assert 0 == len(getattr(known, table))
        assert COLUMNS[table] == list(getattr(known, table))


def test_once_all_is_known_it_is_hindsight(any_story: Story) -> None:
    """After the last edition events equal the record in all columns: status and all follow from the claims."""
    known = as_known(any_story, editions(any_story)[-1])
    for table in ("sources", "events", "claims", "disagreements", "versions", "figures"):
        assert_frame_equal(getattr(any_story, table), getattr(known, table))
    given_up = any_story.events.loc[any_story.events["status"] == "superseded", "event_id"]
    standing = any_story.legs[~any_story.legs["event_id"].isin(given_up)].reset_index(drop=True)
    assert_frame_equal(standing, known.legs)


@shared
@given(days=st.data(), at=DAYS)
def test_knowledge_never_comes_from_the_future(any_story: Story, days: st.DataObject, at: date) -> None:
    """No claim, event, leg or version rests on an article published later, whenever each was published."""
    told = redated(any_story, days)
    known = as_known(told, at)
    assert (known.sources["published"] <= at.isoformat()).all()
    assert set(known.claims["source_id"]) <= set(known.sources["source_id"])
    assert set(known.claims["event_id"]) == set(known.events["event_id"])
    assert set(known.figures["claim_id"]) <= set(known.claims["claim_id"])
    assert set(known.versions["claim_id"]) <= set(known.claims["claim_id"])
    assert set(known.versions["disagreement_id"]) == set(known.disagreements["disagreement_id"])
    assert (known.versions.groupby("disagreement_id").size() >= 2).all()
    for column in ("part_of", "fulfils", "replaced_by"):
        assert set(known.events[column]) <= {"", *known.events["event_id"]}
    standing = known.events.loc[known.events["status"] != "superseded", "event_id"]
    assert set(known.legs["event_id"]) <= {"", *standing}
    assert set(known.legs["trip"]) <= set(known.events["trip"])


@shared
@given(days=st.data(), at=DAYS)
def test_later_articles_change_nothing_known_before(any_story: Story, days: st.DataObject, at: date) -> None:
    """What is known on a day is the same whatever the days of the articles still to come."""
    told = redated(any_story, days)
    later = told.sources["published"] > at.isoformat()
    shifted = told.sources.assign(published=told.sources["published"].where(~later, "2030-01-01"))
    before, after = as_known(told, at), as_known(replace(told, sources=shifted), at)
    assert_frame_equal(before.events, after.events)
    assert_frame_equal(before.legs, after.legs)


@shared
@given(days=st.data(), at=DAYS)
def test_claims_are_never_unlearnt(any_story: Story, days: st.DataObject, at: date) -> None:
    """From one day to the next claims are only added, and by the last edition the events are the record's."""
    told = redated(any_story, days)
    today, tomorrow = as_known(told, at), as_known(told, at + timedelta(days=1))
    assert set(today.claims["claim_id"]) <= set(tomorrow.claims["claim_id"])
    assert set(today.events["event_id"]) <= set(tomorrow.events["event_id"])
    assert_frame_equal(told.events, as_known(told, editions(told)[-1]).events)


@shared
@given(days=st.data(), at=DAYS)
def test_what_is_known_can_be_drawn(any_story: Story, days: st.DataObject, at: date) -> None:
    """Every date of a known event can be read on the clock of its known place; the story given is unchanged."""
    told = redated(any_story, days)
    events = told.events.copy()
    known = as_known(told, at)
    for row in known.events.to_dict("records"):
        assert parse_when(row["when"], known.zone(row["place_id"]))
    assert_frame_equal(events, told.events)


def test_a_forecast_stands_until_an_article_tells_otherwise(shipped_story: Story) -> None:
    """Vladivostok is the destination on 11 September, with a leg to it, and given up once Vostochny is known."""
    monday, friday = (as_known(shipped_story, date(2023, 9, day)) for day in (11, 15))
    assert "superseded" not in set(monday.events["status"])
    assert "predicted" == event(monday, "journey-20-hours")["status"]
    assert "" == event(monday, "destination-vladivostok")["replaced_by"]
    assert ["train-pyongyang-vladivostok-expected"] == list(monday.legs["leg_id"])
    assert "superseded" == event(friday, "destination-vladivostok")["status"]
    assert "train-pyongyang-vladivostok-expected" not in set(friday.legs["leg_id"])
    assert "train-vostochny-komsomolsk" in set(friday.legs["leg_id"])


def test_a_date_is_as_the_articles_gave_it(shipped_story: Story) -> None:
    """The way on to Vladivostok is open from the 13th on Thursday, and from the 15th on Friday."""
    thursday, friday = (as_known(shipped_story, date(2023, 9, day)) for day in (14, 15))
    assert "2023-09-13/.." == event(thursday, "vladivostok-planned")["when"]
    assert "2023-09-15/.." == event(friday, "vladivostok-planned")["when"]


def with_departure(story: Story, whens: list[str], published: tuple[str, str] = ("2023-09-12", "2023-09-14")) -> Story:
    """The tiny story with three claims of the departure, a third one still to be published."""
    sources = pd.concat([story.sources, story.sources.tail(1).assign(source_id="s009")], ignore_index=True)
    sources["published"] = [*published, "2024-01-01"]
    claims = story.claims[story.claims["event_id"] == "departure"]
    claims = pd.concat([claims, claims.tail(1).assign(claim_id="c-009-01-1", source_id="s009")], ignore_index=True)
    claims["when"] = [*whens, ""]
    claims["place_as_written"] = ""
    return replace(story, sources=sources, claims=claims)


@pytest.mark.parametrize(
    ("whens", "expected"),
    [
        (["2023-09-11", "2023"], "2023-09-11"),
        (["2023-09-10", "2023-09-11"], "2023-09-11"),
        (["2023-09-10/..", "2023-09"], "2023-09"),
        (["2023-09-11T06:00+10:00", "2023-09-11T06:30+10:00"], "2023-09-11T06:00+10:00"),
        (["", ""], "2023-09-12~"),
    ],
)
def test_the_narrowest_date_known_holds(story: Story, whens: list[str], expected: str) -> None:
    """The record's date if a claim gives it, else the narrowest and latest told, else about the first article."""
    known = as_known(with_departure(story, whens), date(2023, 9, 14))
    assert expected == event(known, "departure")["when"]


def test_of_equal_dates_of_a_day_the_first_claim_holds(story: Story) -> None:
    """Between two days told on one day, the claim with the first id decides."""
    told = with_departure(story, ["2023-09-10", "2023-09-09"], ("2023-09-12", "2023-09-12"))
    assert "2023-09-10" == event(as_known(told, date(2023, 9, 12)), "departure")["when"]


def test_a_place_is_known_once_an_article_names_it(story: Story) -> None:
    """A stated place waits for a claim that states it; one that we inferred does not."""
    told = with_departure(story, ["2023-09-11", ""])
    assert "" == event(as_known(told, date(2023, 9, 12)), "departure")["place_id"]
    assert "alpha" == event(as_known(told, date(2024, 1, 1)), "departure")["place_id"]
    told.claims.loc[0, "place_as_written"] = "Alfa"
    assert "alpha" == event(as_known(told, date(2023, 9, 12)), "departure")["place_id"]
    inferred = replace(with_departure(story, ["", ""]), events=story.events.assign(place_basis="inferred"))
    assert "alpha" == event(as_known(inferred, date(2023, 9, 12)), "departure")["place_id"]


def test_each_state_of_knowledge_has_its_own_version(shipped_story: Story) -> None:
    """Days between two editions share a version; two editions never do."""
    days = [date(2023, 9, day) for day in (11, 12, 13, 14)]
    versions = [as_known(shipped_story, day).version for day in days]
    assert versions[1] == versions[2]
    assert 3 == len({*versions})
    assert shipped_story.version not in versions
