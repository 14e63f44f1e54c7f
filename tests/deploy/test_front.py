"""What the front server sends, keeps, refuses and says."""

import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.support.browser import Reader
from tests.support.hosting import Hosting
from tests.support.loopback import Answer, ask

SECURITY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# Streamlit looks for the app's root at the page's own address, too, and not finding it there is the answer.
PROBES: Final = re.compile(r"/(events|sources|places|status)/_stcore/(health|host-config)$")
FILE: Final = re.compile(r"/(static|component|map)/")
FINGERPRINTED: Final = re.compile(r"/(static/(js|css|media)/|map/|st_folium/static/js/)")


def test_what_never_changes_is_kept_and_what_is_text_is_compressed(hosted: Hosting, reader: Reader) -> None:
    """All that a visit needs passes nginx as the app sends it: compressed, and kept for a year or asked for again."""
    reader.open(hosted.address)
    reader.settled()
    kept = compressed = 0
    for path in dict.fromkeys(asked.removeprefix(hosted.address) for asked in reader.asked):
        answer = ask(hosted.address + path, Accept_Encoding="gzip, br")
        assert 200 == answer.status, path
        if FILE.search(path):
            is_kept = answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert bool(FINGERPRINTED.search(path)) == is_kept, path
            assert answer.headers["Set-Cookie"] is None, path
            kept += is_kept
            compressed += answer.headers["Content-Encoding"] == "br"
        if re.search("javascript|json|css|svg|html", answer.headers["Content-Type"]):
            assert answer.headers["Content-Encoding"] or len(answer.body) < 1000, path
    assert kept > 50
    assert compressed > 30


def test_a_second_visit_asks_for_no_file_again(hosted: Hosting, reader: Reader) -> None:
    """What the browser keeps it does not ask for."""
    counts = []
    for _ in range(2):
        before = len(hosted.asked())
        reader.open(hosted.address)
        reader.settled()
        counts.append(sum(bool(FINGERPRINTED.search(line)) for line in hosted.asked()[before:]))
    assert counts[0] > 50
    assert 0 == counts[1]


def test_a_file_that_is_not_there_is_not_kept(hosted: Hosting) -> None:
    """Streamlit answers an unknown file with its page; nobody may take that for the file for a year."""
    unknown = ask(f"{hosted.address}/static/js/index.AAAAAAAA.js")
    assert (404, None) == (unknown.status, unknown.headers["Cache-Control"])
    missing = ask(f"{hosted.address}/map/story-en.0123456789ab.json")
    assert (404, None) == (missing.status, missing.headers["Cache-Control"])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/events",
        "/no/such/page",
        "/component/streamlit_folium.st_folium/index.html",
    ],
)
def test_every_page_has_every_security_header_once(hosted: Hosting, path: str) -> None:
    """Each page says what a browser may do, and not who serves it."""
    headers = ask(hosted.address + path).headers
    for name, value in SECURITY.items():
        assert [value] == headers.get_all(name)
    assert "camera=()" in headers["Permissions-Policy"]
    assert ["nginx"] == headers.get_all("Server")
    assert 1 == len(headers.get_all("Content-Security-Policy") or [])


def test_the_pages_live_with_the_policy(hosted: Hosting, reader_of: Callable[..., Reader]) -> None:
    """While the map plays, filters open and pages change, the browser refuses and misses nothing."""
    reader = reader_of(bypass_csp=False)
    missed: list[str] = []
    reader.page.on("response", lambda answer: missed.append(answer.url) if answer.status >= 400 else None)
    frame = reader.open(f"{hosted.address}/?event=arrival-khasan")
    frame.get_by_test_id("play").click()
    expect(frame.get_by_test_id("card-title")).not_to_contain_text("Khasan")
    frame.get_by_test_id("play").click()
    reader.page.get_by_role("button", name="Filters").click()
    expect(reader.page.get_by_role("toolbar", name="Status")).to_be_visible()
    reader.page.keyboard.press("Escape")
    for name in ("Events", "Sources"):
        reader.page.get_by_role("link", name=name).first.click()
        reader.page.wait_for_url(f"**/{name.lower()}?*")
        reader.settled()
    assert [] == reader.complaints
    assert [] == reader.outside
    assert [] == missed


@pytest.mark.parametrize("page", ["events", "sources", "status"])
def test_a_deep_link_leads_to_its_page(hosted: Hosting, reader: Reader, page: str) -> None:
    """A page opened by its own address shows; the browser misses only what Streamlit looks for in vain."""
    missed: list[str] = []
    reader.page.on("response", lambda answer: missed.append(answer.url) if answer.status >= 400 else None)
    reader.page.goto(f"{hosted.address}/{page}?lang=fr")
    reader.page.wait_for_selector("html[lang='fr']", state="attached")
    reader.settled()
    assert [] == [address for address in missed if not PROBES.search(address)]
    assert [] == [complaint for complaint in reader.complaints if "404" not in complaint]
    assert [] == reader.outside


def test_the_readers_cookie_names_nobody(hosted: Hosting) -> None:
    """It is a new random number for each browser, out of scripts' reach, gone with the browser, and given once."""

    (first,), (second,) = (ask(hosted.address + "/").headers.get_all("Set-Cookie") or [] for _ in range(2))
    form = re.compile(r"dateline=[0-9a-f]{32}; Path=/; HttpOnly; SameSite=Lax")
    assert form.fullmatch(first)
    assert form.fullmatch(second)
    assert first != second
    assert ask(hosted.address + "/", Cookie=first.partition(";")[0]).headers["Set-Cookie"] is None


def test_the_log_says_nothing_about_readers(hosted: Hosting) -> None:
    """A line a request, without address, query, cookie or browser."""
    ask(f"{hosted.address}/events?q=a-private-word", Cookie="dateline=a-private-number", User_Agent="a-private-browser")
    lines = hosted.asked()
    assert any(" 200 GET /events " in line for line in lines)
    assert [] == [line for line in lines if "private" in line or "127.0.0.1" in line]


@pytest.mark.parametrize(
    ("refused", "status"),
    [
        (lambda at: ask(f"{at}/", "POST", b"x" * 100_000), 413),
        (lambda at: ask(f"{at}/_stcore/upload_file/a/b", "PUT", b"x"), 404),
        (lambda at: ask(f"{at}/_stcore/metrics"), 404),
        (lambda at: ask(f"{at}/_stcore/agent/openapi.json"), 404),
        (lambda at: ask(f"{at}/_stcore/agent/interact", "POST", b"{}"), 404),
        (lambda at: ask(f"{at}/{'x' * 20_000}"), 414),
        (lambda at: ask(f"{at}/", Cookie="x" * 20_000), 400),
    ],
    ids=["large body", "upload", "measurements", "agents", "agent", "long address", "long header"],
)
def test_what_no_reader_needs_is_refused(hosted: Hosting, refused: Callable[[str], Answer], status: int) -> None:
    """Uploads, measurements, Streamlit's interface for agents, and requests of no sensible size."""
    assert status == refused(hosted.address).status
