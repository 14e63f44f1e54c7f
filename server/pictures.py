"""Pictures of the map at a moment: drawn on request, a few at a time, and kept for the next who asks."""

from collections import OrderedDict
from functools import cache, partial
from typing import Any, Final

import anyio

from geo.map import picture
from geo.map.basemap import basemap
from geo.map.payload import Scene
from geo.story import Story
from geo.wording.language import Language
from server import links
from ui import stories

# So many are drawn at once, and so many readers may wait: a picture takes a quarter of a second.
_AT_ONCE: Final = 2
_WAITING: Final = 20
_MOST_KEPT: Final = 200  # of some 150 kB

_turns = anyio.CapacityLimiter(_AT_ONCE)
_locks: dict[tuple[str, ...], anyio.Lock] = {}
_kept: OrderedDict[tuple[str, ...], bytes] = OrderedDict()


class BusyError(Exception):
    """Too many pictures are being drawn; whoever asks may do so again a little later."""

    def __init__(self) -> None:
        super().__init__(f"{_WAITING} pictures are being drawn or wait for it. Ask again in some seconds.")


async def drawn(story: Story, language: Language, held: dict[str, Any], kind: str) -> bytes:
    """The picture of what an address holds, as `png` or `svg`.

    Raises BusyError where too many wait already.
    """
    event = links.chosen(stories.scene_of(story, language.code), held)
    clock = held.get("clock") or "happened"
    key = (story.version, language.code, event["id"] if event else "", clock, kind)
    if key not in _kept:
        if len(_locks) >= _WAITING and key not in _locks:
            raise BusyError
        await _draw(key, story, language)
    _kept.move_to_end(key)
    return _kept[key]


async def _draw(key: tuple[str, ...], story: Story, language: Language) -> None:
    """Draw a picture, once for all who wait for it, and keep it."""
    _, _, event, clock, kind = key
    lock = _locks.setdefault(key, anyio.Lock())
    try:
        async with lock:
            if key not in _kept:
                scene = stories.scene_of(story, language.code)
                drawing = partial(_drawing, scene, event or None, clock, kind)
                _kept[key] = await anyio.to_thread.run_sync(drawing, limiter=_turns)
    finally:
        if not lock.statistics().tasks_waiting:
            _locks.pop(key, None)
    while len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)


def _drawing(scene: Scene, event: str | None, clock: str, kind: str) -> bytes:
    text = picture.svg(scene, _land(), event=event, clock=clock)
    return text.encode("utf-8") if kind == "svg" else picture.png(text)


@cache
def _land() -> list[dict[str, Any]]:
    return basemap()
