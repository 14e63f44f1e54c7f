"""The early page, and what its head says of it."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from geo.map.payload import Scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from server import early, links, routes
from server.security import policy
from tests.support.asgi import Asked, asked
from tests.support.loopback import ask
from tests.support.stories import HOSTILE
from tests.support.visit import Parsed
from ui import address, pages, stories

NOTHING: dict[str, Any] = address.read(None, {})


@pytest.fixture
def shown(hostile_story: Story, monkeypatch: pytest.MonkeyPatch) -> Story:
    """The app shows a story of hostile texts."""
    monkeypatch.setattr(stories, "load", lambda: (hostile_story, []))
    return hostile_story


def page(**held: Any) -> str:
    return early.page(pages.FIRST, NOTHING | held, Language("en"))


def head(text: str) -> dict[str, str]:
    """The tags of a page's head by their name."""
    tags = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', text)
    return {name: html.unescape(content) for name, content in tags}


# -- what it holds -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_has_the_story_without_scripts(shipped_story: Story, code: str) -> None:
    """Headline, links to the pages, both languages, and every event that was not set aside, in plain HTML."""
    text = early.page(pages.FIRST, NOTHING, Language(code))
    parsed = Parsed(text)
    assert [Language(code).of(shipped_story, "title")] == parsed.texts("h1")
    assert f'<html lang="{code}"' in text
    listed = re.findall(r'<li><a href="./\?lang=\w\w&amp;event=([^"]+)"', text)
    assert {event.event_id for event in shipped_story.events if event.status != "superseded"} == set(listed)
    offered = pages.offered(shipped_story, Language(code))
    assert {one.title for one in offered if one.visible} <= set(parsed.texts("a"))
    assert {"English", "Français"} <= set(parsed.texts("a"))


def test_the_map_begins_where_the_address_says(shipped_story: Story) -> None:
    """Event, clock, filters and path are part of the player's first order."""
    held = {"event": "arrival-khasan", "clock": "news", "every": True, "status": ["planned"]}
    text = html.unescape(page(**held))
    (order,) = [json.JSONDecoder().raw_decode(text, at.end())[0] for at in re.finditer(r'"order": ', text)]
    assert ("arrival-khasan", "news", True) == (order["event"], order["clock"], order["every"])
    planned = {event.event_id for event in shipped_story.events if event.status == "planned"}
    assert planned == set(order["show"])
    assert json.loads(json.dumps(early.order(shipped_story, NOTHING)))["show"] is None


def test_streamlit_waits_for_the_map_alone() -> None:
    """Where there is a map its scripts come after it; other pages ask for them at once."""
    with_map, without = page(), early.page("events", NOTHING, Language("en"))
    for text, waits in ((with_map, True), (without, False)):
        before, _, after = text.partition('<template id="streamlit">')
        assert waits == ("static/js/index" not in before)
        assert waits == ("static/js/index" in after)
    assert "SourceSans" not in with_map


def test_hostile_text_is_text(shown: Story) -> None:
    """A story's words add no element and end no script, in the page, its head and the map in it."""
    text = page()
    assert HOSTILE in html.unescape(text.partition("<title>")[2].partition("</title>")[0])
    assert "<script>alert" not in text
    assert [" ".join(HOSTILE.split())] == Parsed(text).texts("h1")
    assert 1 == text.count("<h1")


def test_faults_are_shown_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A story that is not valid: what is wrong and what to do stands in the page, and there is no map."""
    monkeypatch.setenv("DATELINE_STORY", str(tmp_path / "nowhere"))
    text = page()
    assert ["This story cannot be shown yet"] == Parsed(text).texts("h1")
    assert len(Parsed(text).texts("td")) >= 6
    assert "<iframe" not in text


# -- what a shared link shows ------------------------------------------------------------------------------------------


def test_a_link_to_an_event_shows_the_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """Title, day, place and outlets of the event, its picture, and the same in the other language."""
    monkeypatch.setenv("DATELINE_URL", "https://dateline.example/app")
    text = page(event="arrival-khasan")
    told = head(text)
    assert told["og:title"].startswith("Kim’s train arrives in Russia at Khasan — ")
    assert "12 September 2023" in told["og:description"]
    assert "BFMTV" in told["description"]
    assert told["og:image"].startswith("https://dateline.example/app/picture.png?lang=en&event=arrival-khasan")
    assert "https://dateline.example/app/?lang=en&event=arrival-khasan" == told["og:url"]
    assert {"summary_large_image", told["og:title"]} == {told["twitter:card"], told["twitter:title"]}
    for code in LANGUAGES:
        href = f"https://dateline.example/app/?lang={code}&amp;event=arrival-khasan"
        assert f'<link rel="alternate" hreflang="{code}" href="{href}">' in text


def test_a_moment_shows_what_was_last_told_by_then(shipped_scenes: dict[str, Scene]) -> None:
    """The last event by the moment; on the clock of the news as it was told first, and nothing later."""
    scene = shipped_scenes["en"]
    at = {"time": "2023-09-12T09:00:00+10:00"}
    last = links.chosen(scene, at)
    assert last is not None
    assert last["anchor"] <= 1694473200000
    news = links.chosen(scene, at | {"clock": "news"})
    assert news is not None
    assert news["known"] <= 1694473200000
    assert links.chosen(scene, {}) is None


def test_on_the_clock_of_the_news_the_head_tells_nothing_later(shipped_scenes: dict[str, Scene]) -> None:
    """For every event: title and outlets are those of its first edition."""
    changed = 0
    for event in shipped_scenes["en"]["events"]:
        told = links.chosen(shipped_scenes["en"], {"event": event["id"], "clock": "news"})
        assert told is not None
        first = next((edition for edition in event["editions"] if edition["from"] <= event["known"]), None)
        if first is not None:
            assert first.get("title", event["title"]) == told["title"]
            assert first["claims"] == len(told["claims"])
            changed += told != event
    assert changed > 20


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("https://a.example", "https://a.example/"),
        ("https://a.example/dateline/", "https://a.example/dateline/"),
        ("", "./"),
        ("javascript:alert(1)", "./"),
        ("https://a.example/?x=1", "./"),
        ("a.example", "./"),
    ],
)
def test_the_apps_address_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch, named: str, found: str) -> None:
    """A whole address of the web, or none at all."""
    monkeypatch.setenv("DATELINE_URL", named)
    assert found == links.base()


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_what_a_browser_says_of_the_host_is_not_believed(server: str, name: str) -> None:
    """A forged host reaches no tag and no link."""
    forged: dict[str, Any] = {name.replace("-", "_"): "host=evil.example"}
    answer = ask(f"{server}/?lang=en&event=arrival-khasan", **forged)
    assert 200 == answer.status
    assert b"evil.example" not in answer.body + str(answer.headers).encode()


@pytest.mark.parametrize(
    "query", ["event=" + "x" * 9_000, "lang=<script>alert(1)</script>", "time=%00&clock=%ff", "trip=" * 3_000]
)
@pytest.mark.parametrize("path", ["", "events", "embed", "picture.svg", "manifest.webmanifest"])
def test_any_address_is_answered(server: str, path: str, query: str) -> None:
    """Ten thousand characters, markup, bytes that are no text: as if they were not there."""
    answer = ask(f"{server}/{path}?{query}")
    assert 200 == answer.status
    assert b"<script>alert" not in answer.body


# -- embedding ---------------------------------------------------------------------------------------------------------


def test_an_oembed_answer_has_the_player(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """For an address of ours, no larger than was asked for; for another's there is none."""
    monkeypatch.setenv("DATELINE_URL", "https://dateline.example/")
    own = "https://dateline.example/?lang=fr%26event=arrival-khasan"
    answer = oembed(f"/oembed?url={own}&maxwidth=400")
    told = json.loads(answer.body)
    assert ("rich", 400, 640) == (told["type"], told["width"], told["height"])
    assert 'src="https://dateline.example/embed?lang=fr&amp;event=arrival-khasan"' in told["html"]
    assert 404 == oembed("/oembed?url=https://evil.example/").status
    assert 501 == oembed(f"/oembed?url={own}&format=xml").status
    monkeypatch.delenv("DATELINE_URL")
    assert 404 == oembed(f"/oembed?url={own}").status
    assert 404 == ask(f"{server}/oembed?url={own}").status


def oembed(path: str) -> Asked:
    (route,) = [route for route in routes.routes() if getattr(route, "path", "") == "/oembed"]
    return asked(route, path)


def test_search_engines_find_the_pages(monkeypatch: pytest.MonkeyPatch, shipped_story: Story) -> None:
    """With an address of its own the app names its pages in both languages; without one it names none."""
    offered = pages.offered(shipped_story, Language("en"))
    assert "" == links.sitemap(offered)
    monkeypatch.setenv("DATELINE_URL", "https://dateline.example")
    told = links.sitemap(offered)
    assert len(re.findall("<loc>", told)) == 2 * sum(one.visible for one in offered)
    assert "<loc>https://dateline.example/events?lang=fr</loc>" in told


# -- what a browser may do ---------------------------------------------------------------------------------------------


def rules(path: str) -> dict[str, list[str]]:
    return {name: values.split() for name, _, values in (rule.partition(" ") for rule in policy(path).split("; "))}


def test_pages_are_framed_by_whom_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """By nobody else; the player alone by anyone; where sites are named, both by these. What is no site is left out."""
    assert (["'self'"], ["*"]) == (rules("/")["frame-ancestors"], rules("/embed")["frame-ancestors"])
    monkeypatch.setenv("DATELINE_FRAMED_BY", "https://school.example *.edu.example evil;script-src https://x/y")
    named = ["'self'", "https://school.example", "*.edu.example"]
    assert named == rules("/")["frame-ancestors"] == rules("/embed")["frame-ancestors"]
    assert 1 == policy("/").count("script-src")


def test_only_one_frame_may_evaluate_text() -> None:
    """streamlit-folium's, which is handed the map's script; no policy names another host."""
    evaluating = [
        path
        for path in ("/", "/embed", "/component/streamlit_folium.st_folium/index.html", "/events")
        if "'unsafe-eval'" in rules(path)["script-src"]
    ]
    assert ["/component/streamlit_folium.st_folium/index.html"] == evaluating
    assert ["'none'"] == rules("/")["object-src"]
    assert not re.search(r"https?:|\w\.\w", policy("/"))
