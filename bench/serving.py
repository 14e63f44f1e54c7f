"""How many readers a server holds, how long they wait, and what a reader costs: one process, then replicas."""

import asyncio
import random
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any, Final

import psutil

from bench.figures import percentiles
from bench.hosts import BUILD, streamlit
from bench.readers import Crowd, act, crowd
from bench.settings import Settings
from tests.support import ROOT
from tests.support.hosting import hosting, nginx_version
from tests.support.streamlit_client import StreamlitClient

SIZES: Final = (1, 10, 50, 200, 1_000)
# So many readers come in a second, at most; each then acts once in so many seconds on average.
_COME_A_SECOND: Final = 20
PAUSE_SECONDS: Final = 10
STAY_SECONDS: Final = 20
PATIENCE_SECONDS: Final = 60
_SETTLES: Final = 50
OURS: Final = "one process"
BEFORE: Final = "one process, before"
REPLICAS: Final = 2


@dataclass
class Held:
    """A crowd at a server: what it went through (seconds), and what it cost.

    `cpu` is seconds of processor time of all processes of the server, `memory` bytes that they grew by, `start` bytes
    before the first of the crowd came; `seconds` is how long the crowd took from the first arrival to the end.
    """

    server: str
    readers: int
    held: int
    opened: dict[int, float]
    acted: dict[int, float]
    settled: dict[int, float]
    acts: int
    failures: dict[str, int]
    seconds: float
    cpu: float
    memory: int
    start: int


def measure(settings: Settings) -> dict[str, Any]:
    """Crowds of growing size at each server, in turn, each at a fresh server; then single settles."""
    sizes = SIZES[:2] if settings.quick else SIZES
    stay = 5.0 if settings.quick else STAY_SECONDS
    found = [_hold(name, size, stay, settings) for size in sizes for name in _servers(settings)]
    return {
        "crowds": [asdict(one) for one in found],
        "settle": {name: _settles(name, settings) for name in _servers(settings)},
        "stay": stay,
        "nginx": nginx_version(),
    }


def _servers(settings: Settings) -> list[str]:
    behind = [_behind(1), _behind(REPLICAS)] if nginx_version() else []
    return [OURS, *([BEFORE] if settings.before else []), *behind]


def _behind(replicas: int) -> str:
    return f"{replicas} replica{'s' if replicas > 1 else ''} behind nginx"


def _enter(stack: ExitStack, name: str, settings: Settings) -> tuple[str, list[psutil.Process]]:
    """Start a server; returns its address and the processes of the app."""
    if name in (OURS, BEFORE):
        folder = settings.before if name == BEFORE and settings.before else ROOT
        server = stack.enter_context(streamlit(folder / "app.py", folder))
        return server.address, [psutil.Process(server.pid)]
    hosted = stack.enter_context(hosting(BUILD, 1 if name == _behind(1) else REPLICAS))
    return hosted.address, [psutil.Process(replica.pid) for replica in hosted.replicas]


def _hold(name: str, size: int, stay: float, settings: Settings) -> Held:
    with ExitStack() as stack:
        address, processes = _enter(stack, name, settings)
        asyncio.run(_warm(address, 2 * len(processes)))
        start, spent = _memory(processes), _cpu(processes)
        arrive = size / _COME_A_SECOND
        went = asyncio.run(
            crowd(address, size, seconds=stay, arrive=arrive, pause=PAUSE_SECONDS, patience=PATIENCE_SECONDS)
        )
        acted = [wait for name, waits in went.acted.items() if name != "settle" for wait in waits]
        settled = went.acted.get("settle", [])
        found = Held(
            server=name,
            readers=size,
            held=went.held,
            opened=percentiles(went.opened),
            acted=percentiles(acted + settled),
            settled=percentiles(settled),
            acts=len(acted) + len(settled),
            failures=dict(went.failures.most_common()),
            seconds=arrive + stay,
            cpu=_cpu(processes) - spent,
            memory=_memory(processes) - start,
            start=start,
        )
    print(f"  {name}, {size} readers: {went.held} held, {sum(went.failures.values())} failed", flush=True)
    return found


async def _warm(address: str, readers: int) -> Crowd:
    """The first readers of a server pay for what all others share."""
    return await crowd(address, readers, seconds=3, arrive=0, pause=1, patience=PATIENCE_SECONDS)


def _settles(name: str, settings: Settings) -> dict[str, float]:
    """What a map's report costs a server that has nothing else to do, milliseconds of its processor."""
    with ExitStack() as stack:
        address, processes = _enter(stack, name, settings)
        return asyncio.run(_settle(address, processes))


async def _settle(address: str, processes: list[psutil.Process]) -> dict[str, float]:
    chance = random.Random(1)
    async with StreamlitClient(patience=PATIENCE_SECONDS) as reader:
        await reader.open(address)
        await act(reader, "settle", chance)
        spent = _cpu(processes)
        waits = [await act(reader, "settle", chance) for _ in range(_SETTLES)]
        return {"cpu_ms": (_cpu(processes) - spent) * 1000 / _SETTLES, "wait_ms": percentiles(waits)[50] * 1000}


def _cpu(processes: list[psutil.Process]) -> float:
    return float(sum(sum(process.cpu_times()[:2]) for process in processes))


def _memory(processes: list[psutil.Process]) -> int:
    return sum(process.memory_info().rss for process in processes)


# -- the page -------------------------------------------------------------------------------------------------------


def page(found: dict[str, Any]) -> list[str]:
    """The results as Markdown."""
    crowds = [Held(**one) for one in found["crowds"]]
    lines = [
        f"Readers come {_COME_A_SECOND} a second, open Journey, and act every {PAUSE_SECONDS} s on average for "
        f"{found['stay']:.0f} s after the last one came: of ten actions eight are reports of the map, one a filter, "
        "one the language. They are `bench.readers`, on the same machine. Each row is a fresh server, warmed by its "
        "first readers. Times are milliseconds at p50 / p95 / p99.",
        "",
        "| server | readers | held | first render | interaction | reports of the map alone | actions | failed "
        "| processor ms a reader and minute | cores busy | kB a reader | MB at the start |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(_row(one) for one in crowds),
    ]
    reasons = {
        f"{one.server}, {one.readers:,} readers: {reason} ({n} ×)"
        for one in crowds
        for reason, n in one.failures.items()
    }
    if reasons:
        lines += ["", "What failed:", "", *(f"- {reason}" for reason in sorted(reasons))]
    lines += [
        "",
        "**One report of the map, on an idle server** (processor time of the server, and the reader's wait)",
        "",
    ]
    lines += [f"- {name}: {one['cpu_ms']:.1f} ms, {one['wait_ms']:.0f} ms" for name, one in found["settle"].items()]
    return lines


def _row(one: Held) -> str:
    a_minute = one.cpu * 1000 / one.readers / (one.seconds / 60)
    return (
        f"| {one.server} | {one.readers:,} | {one.held:,} | {_told(one.opened)} | {_told(one.acted)} "
        f"| {_told(one.settled)} | {one.acts:,} | {sum(one.failures.values())} | {a_minute:.0f} | "
        f"{one.cpu / one.seconds:.2f} | {one.memory / one.readers / 1000:,.0f} | {one.start / 1e6:.0f} |"
    )


def _told(at: dict[int, float]) -> str:
    return " / ".join(f"{wait * 1000:.0f}" for wait in at.values()) or "none"
