"""What the front server sends, keeps, refuses and says."""

import gzip
import re
from collections import Counter
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import brotli
import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import expect

from tests.support import ROOT
from tests.support.browser import Reader
from tests.support.hosting import FONTS, Hosting
from tests.support.loopback import Answer, ask

SECURITY: Final = {
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# Streamlit looks for the app's root at the page's own address, too, and not finding it there is the answer.
PROBES: Final = re.compile(r"/(events|sources|places|status)/_stcore/(health|host-config)$")
FILE: Final = re.compile(r"/(static|component)/(?!ui\.map_panel\.player/prefetch-)")
FINGERPRINTED: Final = re.compile(r"/(static/(js|css|media)/|ui\.map_panel\.player/(?!prefetch-)|st_folium/static/js/)")


@pytest.mark.parametrize(("encoding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_what_never_changes_is_kept_and_what_is_text_is_compressed(
    hosted: Hosting, reader: Reader, encoding: str, decompress: Callable[[bytes], bytes]
) -> None:
    """Files with a hash in their name are kept for a year, all others asked for again; text travels compressed."""
    kept = compressed = 0
    reader.open(hosted.address)
    reader.settled()
    for path in (asked.removeprefix(hosted.address) for asked in reader.asked):
        # Pages, which differ from reader to reader, are gzipped as they pass.
        answer = ask(hosted.address + path, Accept_Encoding=f"gzip, {encoding}" if FILE.search(path) else "gzip")
        assert 200 == answer.status, path
        is_kept = answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert bool(FINGERPRINTED.search(path)) == is_kept, path
        assert is_kept or answer.headers["Cache-Control"] == "no-cache", path
        assert not (is_kept and answer.headers["Set-Cookie"]), path
        kept += is_kept
        if answer.headers["Content-Encoding"]:
            compressed += 1
            assert "Accept-Encoding" == answer.headers["Vary"], path
            used = encoding if FILE.search(path) else "gzip"
            assert used == answer.headers["Content-Encoding"], path
            whole = decompress(answer.body) if used == encoding else gzip.decompress(answer.body)
            assert len(answer.body) < len(whole), path
            assert whole == ask(hosted.address + path).body or not FILE.search(path), path
        else:
            is_text = re.search("javascript|json|css|svg", answer.headers["Content-Type"])
            assert len(answer.body) < 1000 or not is_text, path
    assert kept > 50
    assert compressed > 30


@pytest.mark.parametrize(
    ("locale", "query", "code"), [("en-GB", "", "en"), ("fr-CA", "", "fr"), ("fr", "?lang=en", "en"), ("de", "", "en")]
)
def test_what_the_map_needs_is_fetched_early(
    hosted: Hosting, reader_of: Callable[..., Reader], locale: str, query: str, code: str
) -> None:
    """What the page asks for once it is told what to show has been fetched before, and comes over the line once.

    If this fails after an update of Streamlit, the scripts that it names belong into `ui/prefetch.py`.
    """
    reader_of().open(f"{hosted.address}/?lang={code}")  # from now on a replica has the files
    before = len(hosted.asked())
    reader = reader_of(locale=locale)
    asked: list[tuple[str, str]] = []
    reader.page.on("request", lambda request: asked.append((urlsplit(request.url).path, request.resource_type)))
    reader.open(f"{hosted.address}/{query}")
    at_start = ask(hosted.address + "/").body.decode()
    early = {path for path, kind in asked if kind == "fetch" and FINGERPRINTED.search(path)}
    late = {path for path, kind in asked if kind == "script" and f'"./{path.strip("/")}"' not in at_start}
    late -= {f"/component/ui.map_panel.player/prefetch-{code}.js"}
    assert len(late) > 10
    assert set() == late - early
    assert any(f"/story-{code}." in path for path in early)
    sent = Counter(line.split()[3] for line in hosted.asked()[before:])
    assert [] == [path for path in early | late if sent[path] != 1]


def test_nothing_is_fetched_early_for_other_pages(hosted: Hosting) -> None:
    """Only the page with the map names the script."""
    told = {path: b"prefetch" in ask(hosted.address + path).body for path in ("/", "/events", "/sources", "/places")}
    assert {"/": True, "/events": False, "/sources": False, "/places": False} == told


def test_before_the_first_reader_nothing_is_fetched_early(hosted: Hosting) -> None:
    """A replica writes the map's files for its first reader: until then the script is empty, not an error."""
    for replica in hosted.replicas:
        replica.stop()
    hosted.mend()
    answer = ask(f"{hosted.address}/component/ui.map_panel.player/prefetch-en.js")
    assert (200, "text/javascript", b"") == (answer.status, answer.headers["Content-Type"], answer.body)
    assert "no-cache" == answer.headers["Cache-Control"]


def test_the_fonts_of_the_start_are_cut_and_kept(hosted: Hosting, reader: Reader) -> None:
    """Streamlit's icon font and text font come as the few glyphs that a page shows, and are kept like the rest."""
    reader.open(hosted.address)
    fonts = {urlsplit(asked).path for asked in reader.asked if asked.endswith(".woff2")}
    assert {"icons.woff2", "text.woff2"} == {font.name for font in FONTS.glob("*.woff2")}
    assert 2 == len(fonts)
    sizes = set()
    for path in fonts:
        answer = ask(f"http://127.0.0.1:{hosted.port}{path}")
        assert ("font/woff2", 200) == (answer.headers["Content-Type"], answer.status)
        assert "immutable" in answer.headers["Cache-Control"]
        sizes.add(len(answer.body))
    assert {font.stat().st_size for font in FONTS.glob("*.woff2")} == sizes


def test_the_cut_fonts_have_every_icon_and_letter_of_ours() -> None:
    """An icon that is not in the font would be shown as its name."""
    used = {
        name
        for file in [ROOT / "app.py", *ROOT.glob("ui/*.py"), *ROOT.glob("pages/*.py")]
        for name in re.findall(r":material/([a-z0-9_]+)", file.read_text("utf-8"))
    }
    with TTFont(FONTS / "icons.woff2") as icons, TTFont(FONTS / "text.woff2") as text:
        assert used
        assert set() == used - set(icons.getGlyphOrder())
        assert set("Dateline démarre…") - {" "} <= {chr(code) for code in text.getBestCmap()}


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
    for _ in range(2):
        answer = ask(f"{hosted.address}/static/js/index.AAAAAAAA.js")
        assert "no-cache" == answer.headers["Cache-Control"]
    missing = ask(f"{hosted.address}/component/ui.map_panel.player/story.0123456789ab.json")
    assert (404, None) == (missing.status, missing.headers["Cache-Control"])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/events",
        "/_stcore/health",
        "/_stcore/metrics",
        "/no/such/page",
        "/component/no.such/file.js",
        "/component/streamlit_folium.st_folium/index.html",
        "/static/css/none.css",
    ],
)
def test_every_answer_has_every_security_header_once(hosted: Hosting, path: str) -> None:
    """Pages, files, refusals and what does not exist: each says what a browser may do, and not who serves it."""
    headers = ask(hosted.address + path).headers
    for name, value in SECURITY.items():
        assert [value] == headers.get_all(name)
    assert "camera=()" in headers["Permissions-Policy"]
    assert "nginx" == headers["Server"]
    (policy,) = headers.get_all("Content-Security-Policy") or []
    rules = {name: values.split() for name, _, values in (rule.strip().partition(" ") for rule in policy.split(";"))}
    assert ["'self'"] == rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"]
    assert ["'none'"] == rules["object-src"]
    own = hosted.address.partition("//")[2]
    outside = {word for values in rules.values() for word in values if "." in word} - {f"ws://{own}", f"wss://{own}"}
    assert set() == outside
    # Only the map's own frame evaluates a text, the script that streamlit-folium hands to it.
    assert ("st_folium" in path) == ("'unsafe-eval'" in rules["script-src"])


def test_the_pages_live_with_the_policy(hosted: Hosting, reader: Reader) -> None:
    """While the map plays, filters open and pages change, the browser refuses and misses nothing."""
    missed: list[str] = []
    reader.page.on("response", lambda answer: missed.append(answer.url) if answer.status >= 400 else None)
    frame = reader.open(f"{hosted.address}/?event=arrival-khasan")
    started = frame.evaluate("Dateline.play(); Dateline.state().time")
    frame.wait_for_function("before => Dateline.state().time > before", arg=started)
    frame.evaluate("Dateline.pause()")
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
