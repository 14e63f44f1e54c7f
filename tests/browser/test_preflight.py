"""The check before class in a real Chromium, and the command that checks a deployment."""

import json
import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from scripts import preflight
from tests.support.app_server import AppServer
from tests.support.browser import Reader

VERDICTS = {"en": ("Ready.", "Not ready yet."), "fr": ("Prêt.", "Pas encore prêt.")}
BUTTONS = {"en": "Check now", "fr": "Vérifier maintenant"}
# Two downloads and an opened map on a busy machine.
PATIENCE_MS = 90_000


def check(page: Page, language: str = "en") -> None:
    """Press the button and wait for a verdict."""
    page.get_by_role("button", name=BUTTONS[language]).click()
    verdict = page.get_by_test_id("preflight-verdict")
    expect(verdict).to_have_attribute("data-verdict", re.compile("ready"), timeout=PATIENCE_MS)


def steps(page: Page) -> dict[str, str]:
    """The sentences of the check by their kind."""
    lines = page.get_by_test_id("preflight-steps").locator("li").all()
    return {str(line.get_attribute("data-step")): line.inner_text() for line in lines}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_cold_link_leads_to_the_check_that_says_ready(reader: Reader, server: str, language: str) -> None:
    """Opened directly the page checks every file, opens the map unseen, says so, and asks no other host."""
    reader.page.goto(f"{server}/status?lang={language}")
    check(reader.page, language)
    expect(reader.page.get_by_test_id("preflight-verdict")).to_have_text(VERDICTS[language][0])
    assert ["answers", "arrived", "opened", "next"] == list(steps(reader.page))
    expect(reader.page.locator(".preflight-rehearsal")).to_have_count(0)
    asked = {address.rpartition("/")[2].partition(".")[0] for address in reader.asked if "/map/" in address}
    assert {"guard", "dateline", "basemap", "story-en", "story-fr", "details-en", "details-fr"} == asked
    assert [] == reader.outside
    expect(reader.page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_passes_the_accessibility_rules(reader: Reader, server: str, language: str) -> None:
    """axe finds nothing against WCAG 2.2 A and AA, before a check and after one."""
    reader.page.goto(f"{server}/status?lang={language}")
    reader.page.get_by_role("button", name=BUTTONS[language]).wait_for()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    for _ in range(2):
        reader.settled()
        found = Axe().run(reader.page, context=".stMain", options=options).response["violations"]
        assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found]
        check(reader.page, language)


def test_the_page_is_not_in_the_bar_but_linked_from_the_map(reader: Reader, server: str) -> None:
    """The readers' bar has six pages; the link at the foot of the map leads to the check."""
    reader.open(server)
    bar = reader.page.get_by_test_id("stTopNavLink")
    assert ["Journey", "Events", "They disagree", "Sources", "Places", "People"] == bar.all_inner_texts()
    reader.page.get_by_role("link", name="Check before class").click()
    reader.page.wait_for_url("**/status*")
    expect(reader.page.get_by_role("button", name="Check now")).to_be_visible()
    expect(bar).to_have_count(6)


FAILURES: list[tuple[str, Callable[[Route], None], dict[str, str]]] = [
    (
        "missing",
        lambda route: route.fulfill(status=404, body="Not Found"),
        {"en": "restart", "fr": "redémarrer"},
    ),
    ("refused", lambda route: route.fulfill(status=503, body=""), {"en": "HTTP 503", "fr": "HTTP 503"}),
    ("blocked", lambda route: route.abort(), {"en": "let 127.0.0.1", "fr": "laisser passer 127.0.0.1"}),
    (
        "changed",
        lambda route: route.fulfill(status=200, body="<h1>Log in</h1>"),
        {"en": "15 bytes instead of", "fr": "15 octets sont arrivés"},
    ),
]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("why", "answer", "remedy"), FAILURES, ids=[name for name, *_ in FAILURES])
def test_a_file_that_fails_is_named_with_what_to_do(
    reader: Reader, server: str, language: str, why: str, answer: Callable[[Route], None], remedy: dict[str, str]
) -> None:
    """One file that is missing, refused, held back or changed: the check names it, says what to do, is not ready."""
    reader.page.route("**/story-fr.*.json", answer)
    reader.page.goto(f"{server}/status?lang={language}")
    check(reader.page, language)
    expect(reader.page.get_by_test_id("preflight-verdict")).to_have_text(VERDICTS[language][1])
    found = steps(reader.page)
    assert ["answers", "arrived", why] == list(found)
    assert re.match(r"story-fr\.[0-9a-f]{12}\.json ?:", found[why].replace("\u00a0", " "))
    assert remedy[language] in found[why]
    numbers = [int(number) for number in re.findall(r"\d+", found["arrived"])]
    assert numbers[0] == numbers[1] - 1
    reader.page.unroute("**/story-fr.*.json")
    check(reader.page, language)
    expect(reader.page.get_by_test_id("preflight-verdict")).to_have_text(VERDICTS[language][0])


def test_a_map_that_does_not_open_is_told(reader: Reader, server: str) -> None:
    """Files that arrive are not enough: a map that fails to start in the rehearsal keeps the check from “ready”."""
    reader.page.goto(f"{server}/status?lang=en")
    reader.page.get_by_role("button", name="Check now").wait_for()

    def broken(route: Route) -> None:
        # The check's own request is whole; what the map's frame asks for is not.
        if route.request.resource_type == "script":
            route.fulfill(status=200, content_type="text/javascript", body="throw new Error('broken');")
        else:
            route.continue_()

    reader.page.route("**/dateline.*.js", broken)
    check(reader.page)
    expect(reader.page.get_by_test_id("preflight-verdict")).to_have_text("Not ready yet.")
    assert ["answers", "arrived", "unopened"] == list(steps(reader.page))


def test_a_server_that_is_not_well_is_told(reader: Reader, server: str) -> None:
    """A health of 503 is told with what to do, and is not ready."""
    reader.page.goto(f"{server}/status?lang=en")
    reader.page.get_by_role("button", name="Check now").wait_for()
    reader.page.route("**/_stcore/health", lambda route: route.fulfill(status=503, body="not yet"))
    check(reader.page)
    assert "HTTP 503" in steps(reader.page)["down"]
    expect(reader.page.get_by_test_id("preflight-verdict")).to_have_text("Not ready yet.")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_without_a_network_the_check_says_what_is_kept(browser: Browser, server: str, language: str) -> None:
    """With the network cut after a check, the button still answers: nothing is reached, every file is kept here."""
    # Not the fixture's reader: what looks at each request turns the browser's store off.
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{server}/status?lang={language}")
    check(page, language)
    expect(page.get_by_test_id("preflight-verdict")).to_have_text(VERDICTS[language][0])
    context.set_offline(True)
    check(page, language)
    expect(page.get_by_test_id("preflight-verdict")).to_have_text(VERDICTS[language][1])
    found = steps(page)
    assert ["unreachable", "kept", "alone"] == list(found)
    kept, total = re.findall(r"\d+", found["kept"])
    assert kept == total
    context.close()


def test_metrics_tell_of_the_app(reader: Reader, server: str) -> None:
    """Once a page was shown, the server's metrics hold the app's beside the sessions that are open."""
    reader.page.goto(f"{server}/status?lang=en")
    reader.page.get_by_text("As JSON").click()
    told = json.loads(reader.page.locator(".status pre").inner_text())
    metrics = reader.page.request.get(f"{server}/_stcore/metrics").text()
    assert f'story_version="{told["story_version"]}"' in metrics
    assert re.search(r"^dateline_uptime_seconds \d+$", metrics, re.MULTILINE)
    assert re.search(r"^dateline_resident_memory_bytes \d{8,}$", metrics, re.MULTILINE)
    assert told["sessions"] >= 1
    assert re.search(r"^active_sessions [1-9]", metrics, re.MULTILINE)


def test_the_servers_log_is_a_line_a_record(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    """From the first reader on every line has time, level and session; two readers differ; nobody is told of."""
    log = tmp_path / "output.log"
    agent = "A very private browser"
    with AppServer(log) as app:
        for page, shown in (("events?q=a+private+word&lang=en", "stAlert"), ("status?lang=fr", "preflight-steps")):
            reader = reader_of(user_agent=agent)
            reader.page.goto(f"{app.address}/{page}")
            reader.page.get_by_test_id(shown).wait_for(state="attached")
            reader.settled()
    text = log.read_text("utf-8")
    lines = [line for line in text[text.index("started version=") - 50 :].splitlines()[1:] if line.strip()]
    form = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [A-Z]+ ([0-9a-f]{8}|-) \S.*")
    found = [match for line in lines if (match := form.fullmatch(line))]
    assert {"Stopping..."} >= {line.strip() for line in lines if not form.fullmatch(line)}
    assert 2 == len({match[1] for match in found} - {"-"})
    assert 2 == sum(" page shown page=" in match[0] for match in found)
    assert [] == [word for word in ("private", agent, "q=", "HeadlessChrome") if word in text]
    assert "127.0.0.1" not in "\n".join(match[0] for match in found)


# -- the command -------------------------------------------------------------------------------------------------------


def test_the_command_finds_a_deployment_well(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Health, frame, two sessions and every file are a line each; the exit status is 0."""
    assert 0 == preflight.main([f"{server}/"])
    lines = capsys.readouterr().out.splitlines()
    assert "ready" == lines.pop()
    assert all(line.startswith("ok") for line in lines)
    for part in ("_stcore/health", "session on /status", "session on /:", "story kim-putin", "story-fr.", "index.html"):
        assert 1 == sum(part in line for line in lines), part


def test_the_command_and_the_check_know_a_path_prefix(
    reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under a path both find the same files; beside it the command finds none, and its exit status is 1."""
    with AppServer(tmp_path / "log", prefix="/dateline") as app:
        assert 0 == preflight.main([app.address])
        found = re.findall(r"/(map/\S+)", capsys.readouterr().out)
        reader.page.goto(f"{app.address}/status?lang=en")
        check(reader.page)
        expect(reader.page.get_by_test_id("preflight-verdict")).to_have_text("Ready.")
        assert {address for address in reader.asked if "/map/" in address} >= {
            f"{app.address}/{path.rstrip(':')}" for path in found
        }
        assert found
        assert 1 == preflight.main([app.address.removesuffix("/dateline")])
    assert "FAIL" in capsys.readouterr().out


def test_the_command_tells_of_a_story_with_faults(
    story_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server that shows faults instead of a story is not ready, and the line says why."""
    (story_folder / "events.csv").unlink()
    with AppServer(tmp_path / "log", DATELINE_STORY=str(story_folder)) as app:
        assert 1 == preflight.main([app.address])
    out = capsys.readouterr().out
    assert "FAIL session on /status: the story has faults" in out
    assert out.endswith("not ready\n")


@pytest.fixture
def deaf() -> Iterator[str]:
    """A server that is well and has a page, but passes no WebSocket on, as a proxy that is set up half."""

    class Deaf(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/_stcore/health": "text/plain", "/": "text/html"}.get(self.path)
            self.send_response(200 if known else 400)
            self.send_header("Content-Type", known or "text/plain")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Nothing: the test's output is not a server's log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Deaf) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_command_tells_of_a_proxy_without_websockets(deaf: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where health and page arrive but no session does, the line asks about the proxies."""
    assert 1 == preflight.main([deaf])
    lines = capsys.readouterr().out.splitlines()
    assert ["ok", "ok", "FAIL", "not"] == [line.split()[0] for line in lines]
    assert "Does every proxy on the way pass WebSockets on?" in lines[2]


@pytest.mark.parametrize("arguments", [[], ["localhost:8501"], ["http://"], ["http://a", "http://b"]])
def test_the_command_says_how_it_is_used(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Anything but one address is answered with the usage and the exit status 2."""
    assert 2 == preflight.main(arguments)
    assert capsys.readouterr().err.startswith("usage: ")


def test_the_command_tells_of_a_server_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """A refused connection is one line, and nothing further is asked."""
    assert 1 == preflight.main(["http://127.0.0.1:1"])
    lines = capsys.readouterr().out.splitlines()
    assert 2 == len(lines)
    assert lines[0].startswith("FAIL /_stcore/health: URLError")
