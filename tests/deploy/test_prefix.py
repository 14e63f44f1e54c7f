"""The same front server with the app under a path."""

import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.support import ROOT
from tests.support.browser import Reader
from tests.support.hosting import Hosting
from tests.support.loopback import ask


def test_the_map_plays_under_a_path(under_path: Hosting, reader: Reader) -> None:
    """Page, stream and the map's files all come from under the path, and the browser misses nothing."""
    frame = reader.open(f"{under_path.address}/?event=arrival-khasan")
    started = frame.evaluate("Dateline.play(); Dateline.state().time")
    frame.wait_for_function("before => Dateline.state().time > before", arg=started)
    frame.evaluate("Dateline.pause()")
    reader.page.wait_for_url("**/dateline/?*time=*")
    assert [] == [asked for asked in map(urlsplit, reader.asked) if not asked.path.startswith("/dateline/")]
    assert ([], []) == (reader.complaints, reader.outside)


def test_links_stay_under_the_path(under_path: Hosting, reader: Reader) -> None:
    """From page to page the reader stays under the path."""
    reader.page.goto(f"{under_path.address}/events?lang=en")
    reader.settled()
    reader.page.get_by_role("link", name="Sources").first.click()
    reader.page.wait_for_url("**/dateline/sources?*")
    reader.page.get_by_role("link", name="Journey").first.click()
    reader.page.wait_for_url("**/dateline/?*")
    assert reader.map().evaluate("Dateline.state().introduced")


def test_what_a_page_links_to_is_under_the_path(under_path: Hosting, reader: Reader) -> None:
    """The links of the ledger and of the navigation."""
    reader.page.goto(f"{under_path.address}/sources?lang=en")
    reader.page.wait_for_selector("a[href*='#source-']")
    links = reader.page.eval_on_selector_all("a[href]", "found => found.map(link => link.href)")
    assert [] == [link for link in links if not link.startswith(f"{under_path.address}/")]


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/dateline", 301, "/dateline/"),
        ("/dateline/", 200, None),
        ("/dateline/_stcore/health", 200, None),
        ("/", 404, None),
        ("/events", 404, None),
        ("/_stcore/health", 404, None),
        ("/datelines/", 404, None),
        ("/dateline/_stcore/metrics", 404, None),
    ],
)
def test_only_what_is_under_the_path_is_there(
    under_path: Hosting, path: str, status: int, location: str | None
) -> None:
    """The path without its slash leads to it; beside it there is nothing."""
    answer = ask(f"http://127.0.0.1:{under_path.port}{path}")
    assert (status, location) == (answer.status, answer.headers["Location"])


def test_the_cookie_is_for_the_path(under_path: Hosting) -> None:
    """Another app of the same host never sees it."""
    assert "; Path=/dateline/;" in ask(f"{under_path.address}/").headers["Set-Cookie"]


def test_the_check_before_class_passes(under_path: Hosting, reader: Reader) -> None:
    """Behind the front server and under a path the teacher's button says “Ready”, and the browser refuses nothing."""
    reader.page.goto(f"{under_path.address}/status?lang=en")
    reader.settled()
    reader.page.get_by_role("button", name="Check now").click()
    expect(reader.page.get_by_test_id("preflight-verdict")).to_have_text("Ready.", timeout=60_000)
    assert [] == [complaint for complaint in reader.complaints if "404" not in complaint]


def test_the_check_of_a_deployment_passes(under_path: Hosting) -> None:
    """The command that checks a deployment finds nothing amiss behind the front server."""
    command = [sys.executable, "-m", "scripts.preflight", under_path.address]
    checked = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert 0 == checked.returncode, checked.stdout + checked.stderr
