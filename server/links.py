"""What a link to the app shows where it is shared: title, description and picture of what it leads to."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final, NamedTuple, cast
from urllib.parse import urlencode, urlsplit

from geo.map.payload import Event, Scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from ui import address, pages, stories

# What of an address tells one thing that is shown from another.
_TELLING: Final = ("event", "time", "clock")
_LONGEST: Final = 200  # characters of a description


class Alternate(NamedTuple):
    """The same in another language."""

    code: str
    href: str


@dataclass(frozen=True)
class Card:
    """What the head of a page says of it."""

    title: str
    description: str
    locale: str
    address: str
    picture: str
    picture_alt: str
    oembed: str
    alternates: list[Alternate]


def base() -> str:
    """The app's own address as `DATELINE_URL` names it, ending in a slash; "./" where it names none.

    Never what a browser says in `Host`: whoever asks may say there what they like.
    """
    named = os.environ.get("DATELINE_URL", "").strip()
    parts = urlsplit(named)
    is_whole = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    return f"{named.rstrip('/')}/" if is_whole else "./"


def card(scene: Scene, page: pages.Offered, held: dict[str, Any], language: Language) -> Card:
    """The card of a page at what its address holds."""
    event = chosen(scene, held) if page.name == pages.FIRST else None
    story = language.typeset(scene["title"])
    first = event["title"] if event else "" if page.name == pages.FIRST else page.title
    where = pages.path(page.name)
    here = {name: held[name] for name in _TELLING if held.get(name)} if page.name == pages.FIRST else {}
    own = base() + where + query(here | {"lang": language.code})
    return Card(
        title=" — ".join(part for part in (first, story, "Dateline") if part),
        description=description(scene, event, language),
        locale=str(language.locale),
        address=own,
        picture=f"{base()}picture.png{query(here | {'lang': language.code})}",
        picture_alt=event["title"] if event else language.text("Map of the journey"),
        oembed=f"{base()}oembed{query({'url': own, 'format': 'json'})}",
        alternates=[Alternate(code, base() + where + query(here | {"lang": code})) for code in LANGUAGES],
    )


def chosen(scene: Scene, held: dict[str, Any]) -> Event | None:
    """The event that an address names, or the last one by the moment that it names; None if it names neither.

    On the clock of the news it is told as it was when it was first told.
    """
    is_news = held.get("clock") == "news"
    named = next((event for event in scene["events"] if event["id"] == held.get("event")), None)
    if named is None and held.get("time"):
        named = _last(scene, datetime.fromisoformat(held["time"]).timestamp() * 1000, is_news)
    if named is None or not is_news:
        return named
    told = next((edition for edition in named["editions"] if edition["from"] <= named["known"]), None)
    if told is None:
        return named
    changed = {name: value for name, value in told.items() if name in named and name != "claims"}
    return cast(Event, {**named, **changed, "claims": named["claims"][: told["claims"]]})


def _last(scene: Scene, time: float, is_news: bool) -> Event | None:
    """The last event by a moment in Unix milliseconds, on either clock."""

    def at(event: Event) -> int:
        return event["known"] if is_news else event["anchor"]

    past = [event for event in scene["events"] if at(event) <= time and event["status"] != "superseded"]
    return max(past, key=at, default=None)


def description(scene: Scene, event: Event | None, language: Language) -> str:
    """When and where an event was and which outlets tell it; without one, what the story is."""
    if event is None:
        return _shortened(" ".join(part for part in (scene["intro"], scene["told_by"]) if part))
    outlets = language.listed(list(dict.fromkeys(claim["outlet"] for claim in event["claims"])))
    parts = (event["when_text"], event["place_name"], outlets)
    return _shortened(" · ".join(part for part in parts if part))


def query(values: dict[str, Any]) -> str:
    """The query of an address, "" for none; the language first."""
    held = {name: values[name] for name in ("lang", *values) if values.get(name)}
    return f"?{urlencode(held, doseq=True)}" if held else ""


def oembed(story: Story, held: dict[str, Any], language: Language, size: tuple[int, int]) -> dict[str, Any]:
    """An oEmbed answer of the type `rich`: the player in a frame of `size`, width and height in pixels."""
    scene = stories.scene_of(story, language.code)
    told = card(scene, pages.offered(story, language)[0], held, language)
    width, height = size
    source = f"{base()}embed{query(address.written(held) | {'lang': language.code})}"
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(told.title)}" width="{width}" height="{height}"'
        ' style="border:0" allow="fullscreen" loading="lazy"></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": told.title,
        "provider_name": "Dateline",
        "provider_url": base(),
        "html": frame,
        "width": width,
        "height": height,
        "thumbnail_url": told.picture,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def sitemap(offered: Iterable[pages.Offered]) -> str:
    """The pages of the app in every language, for search engines; "" where the app does not know its own address."""
    if base() == "./":
        return ""
    names = [pages.path(page.name) for page in offered if page.visible]
    urls = [f"{base()}{name}?lang={code}" for name in names for code in LANGUAGES]
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rsplit(' ', 1)[0]}…"
