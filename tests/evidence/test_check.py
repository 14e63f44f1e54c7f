"""What a story states that rests on nothing."""

from pathlib import Path

import pytest

from geo.evidence.check import ACCEPTED, accepted, findings, main
from geo.story import Story
from tests.support.stories import SHIPPED, edited


def found(story: Story) -> set[tuple[str, str]]:
    return {(finding.check, finding.id) for finding in findings(story)}


def test_the_shipped_story_states_nothing_without_a_claim(capsys: pytest.CaptureFixture[str]) -> None:
    """All that is found is accepted, each with a reason that names article and paragraph."""
    assert 0 == main([str(SHIPPED)])
    assert "0 open" in capsys.readouterr().out
    assert all("article" in reason and "paragraph" in reason for reason in accepted(SHIPPED).values())


def test_a_date_finer_than_its_claims_is_found(story: Story) -> None:
    """An hour of which the claims know the day, and a day that no claim gives; not one marked as approximate."""
    assert ("date", "departure") in found(story)
    day = edited(story, "events", "departure", when="2023-09-11")
    assert ("date", "departure") not in found(day)
    assert ("date", "visit") not in found(story)
    assert ("date", "visit") in found(edited(story, "events", "visit", when="2023-09-13"))


def test_a_stated_place_that_no_claim_names_is_found(story: Story) -> None:
    """A claim must name the place or what it lies in; what is inferred says so and is not found."""
    assert ("place", "departure") not in found(story)
    assert ("place", "departure") in found(edited(story, "claims", "c-000-02-1", place_as_written=""))
    assert ("place", "departure") not in found(edited(story, "claims", "c-000-02-1", place_as_written="Country"))
    assert ("place", "visit") not in found(story)


def test_a_status_that_no_stance_supports_is_found(story: Story) -> None:
    """A plan that is told as a fact; a forecast that was set aside is supported by what replaced it."""
    assert ("status", "plan") in found(edited(story, "events", "plan", status="happened"))
    assert {"plan", "forecast"}.isdisjoint(row_id for check, row_id in found(story) if check == "status")


def test_a_stated_leg_that_nobody_reports_is_found(story: Story) -> None:
    """A leg without an event, or of one that is only announced."""
    assert ("leg", "flight") in found(story)
    assert ("leg", "first") not in found(story)
    assert ("leg", "first") in found(edited(story, "legs", "first", event_id="plan"))


def test_a_drawn_version_agrees_with_its_event(story: Story) -> None:
    """A denial is drawn only of an event that is denied."""
    denied = edited(story, "claims", "c-000-02-1", stance="denies")
    assert ("version", "day-1") in found(denied)
    assert ("version", "day-1") not in found(edited(denied, "events", "departure", status="denied"))
    assert ("version", "day-1") not in found(story)


def test_an_origin_without_a_claim_is_found(story: Story) -> None:
    """One that claims or other origins come down to is not."""
    assert not {row_id for check, row_id in found(story) if check == "origin"}
    assert ("origin", "kcna") in found(edited(story, "claims", origin_id="", attributed_to=""))


def test_what_is_accepted_has_a_reason(story_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is accepted by check and id; a row without a reason, or for what is found no more, is a fault."""
    assert 1 == main([str(story_folder)])
    lines = [line.split(": ") for line in capsys.readouterr().out.splitlines()[:-1]]
    rows = [f"{check},{where.split(', ')[1]},told" for check, where, *_ in lines]
    (story_folder / ACCEPTED).write_text("\n".join(["check,id,reason", *rows]) + "\n", "utf-8")
    assert 0 == main([str(story_folder)])
    (story_folder / ACCEPTED).write_text("\n".join(["check,id,reason", *rows, "date,nothing,told"]) + "\n", "utf-8")
    capsys.readouterr()
    assert 1 == main([str(story_folder)])
    assert "date, nothing: found no more" in capsys.readouterr().out
    (story_folder / ACCEPTED).write_text("check,id,reason\ndate,war,\n", "utf-8")
    assert 1 == main([str(story_folder)])
    assert "row 2" in capsys.readouterr().err


def test_faults_of_the_format_come_first(story_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A story that cannot be loaded is listed with its faults."""
    (story_folder / "events.csv").write_text("event_id\n", "utf-8")
    assert 1 == main([str(story_folder)])
    assert "events" in capsys.readouterr().err
