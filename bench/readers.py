"""A crowd of readers of a running Dateline, as large as one wants, and how long it waits.

`python -m bench.readers ADDRESS --readers 50 --seconds 20` prints how long a crowd of them waited.
"""

import argparse
import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs

from bench.figures import percentiles
from tests.support.streamlit_client import ClientError, StreamlitClient

# So many readers share an address.
_A_CLASS: Final = 30
# Between which moments readers of the story move the playhead.
_FIRST_MOMENT: Final = datetime(2023, 9, 10, tzinfo=UTC)
_HOURS_OF_STORY: Final = 9 * 24
# Of ten things a reader does, eight only move time on the map; the others run the whole script.
_HABITS: Final = ("settle",) * 8 + ("filter", "language")


async def act(reader: StreamlitClient, action: str, chance: random.Random) -> float:
    """Do one of `settle` (somewhere else), `filter` (another one) and `language` (the other one); returns seconds."""
    shown = parse_qs(reader.query)
    if action == "settle":
        moment = _FIRST_MOMENT + timedelta(hours=chance.randrange(_HOURS_OF_STORY))
        return await reader.settle(moment=moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    if action == "filter":
        return await reader.choose("superseded", "superseded" not in shown)
    if action == "language":
        return await reader.choose("lang", ["English" if shown["lang"] == ["fr"] else "Français"])
    raise ValueError(f"a reader can settle, filter or change the language; instead got {action!r}")


@dataclass
class Crowd:
    """What a crowd went through: seconds of each first render, of each action by name, and what failed how often."""

    readers: int
    opened: list[float] = field(default_factory=list)
    acted: dict[str, list[float]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)
    held: int = 0
    received: int = 0


async def crowd(
    address: str, readers: int, *, seconds: float, arrive: float, pause: float, patience: float = 60.0
) -> Crowd:
    """Let readers come evenly within `arrive` seconds, and each act every `pause` seconds on average.

    They leave `seconds` after the last one came. The same numbers give the same crowd.
    """
    found = Crowd(readers)
    ends = time.monotonic() + arrive + seconds
    everyone = [StreamlitClient(patience=patience, source=_source(number)) for number in range(readers)]
    try:
        async with asyncio.TaskGroup() as group:
            for number, reader in enumerate(everyone):
                chance = random.Random(number)
                come = arrive * number / readers
                group.create_task(_visit(reader, address, chance, come, pause, ends, found))
    finally:
        found.held = sum(reader.connected for reader in everyone)
        found.received = sum(reader.received for reader in everyone)
        await asyncio.gather(*(reader.close() for reader in everyone))
    return found


def _source(number: int) -> str:
    """Where a reader comes from: a front server that limits what one address may do sees a class behind each."""
    return f"10.0.0.{number // _A_CLASS + 1}"


async def _visit(
    reader: StreamlitClient, address: str, chance: random.Random, come: float, pause: float, ends: float, found: Crowd
) -> None:
    """One reader's visit; a failure ends it and is counted."""
    try:
        await asyncio.sleep(come)
        found.opened.append(await reader.open(address))
        # The map's first report follows its first drawing without the reader's doing.
        action = "settle"
        wait = chance.uniform(0.5, 1.5)
        while time.monotonic() + wait < ends:
            await asyncio.sleep(wait)
            found.acted.setdefault(action, []).append(await act(reader, action, chance))
            action, wait = chance.choice(_HABITS), chance.uniform(0.5, 1.5) * pause
        await asyncio.sleep(max(0.0, ends - time.monotonic()))
    except ClientError as error:
        found.failures[str(error)] += 1
    except TimeoutError:
        found.failures[f"no answer within {reader.patience:g} s"] += 1


def _told(found: Crowd) -> list[str]:
    """The crowd's waiting in lines of text."""
    lines = [f"{found.held} of {found.readers} readers held, {found.received / 1e6:.1f} MB received"]
    for name, waits in {"open": found.opened, **found.acted}.items():
        at = {f"p{share}": f"{wait * 1000:.0f} ms" for share, wait in percentiles(waits).items()}
        lines.append(f"{name}: {len(waits)} times, " + ", ".join(f"{share} {wait}" for share, wait in at.items()))
    return lines + [f"failed {n} times: {reason}" for reason, n in found.failures.most_common()]


def main(arguments: list[str] | None = None) -> int:
    """Send a crowd to an address and print how long it waited; returns 1 if a reader was failed."""
    parser = argparse.ArgumentParser(prog="python -m bench.readers", description=__doc__)
    parser.add_argument("address", help="where the app is, with its base path, such as http://localhost:8501")
    parser.add_argument("--readers", type=int, default=50, help="how many come")
    parser.add_argument("--seconds", type=float, default=20, help="how long they stay after the last one came")
    parser.add_argument("--arrive", type=float, default=10, help="within how many seconds they come")
    parser.add_argument("--pause", type=float, default=10, help="seconds between two actions of one reader")
    given = parser.parse_args(arguments)
    found = asyncio.run(
        crowd(given.address, given.readers, seconds=given.seconds, arrive=given.arrive, pause=given.pause)
    )
    print("\n".join(_told(found)))
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main())
