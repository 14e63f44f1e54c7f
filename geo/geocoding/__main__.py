"""Geocode a CSV file of names: each row's name becomes a point, with the candidates it was chosen from.

    python -m geo.geocoding names.csv                            # offline, into names.geocoded.csv
    python -m geo.geocoding names.csv --country RU,KP --story data/kim-putin
    python -m geo.geocoding names.csv --online https://nominatim.example.org
    python -m geo.geocoding --story data/kim-putin               # the story's own coordinates, from its names

The input is read as a stream, so that it may be of any size.
"""

import argparse
import os
import sqlite3
import sys
import time
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Final

from geopy.exc import ConfigurationError

from geo.geocoding._batch import Options, Resolver, carry_out, note
from geo.geocoding._input import Sheet, country_remedy, read_sheet
from geo.geocoding.cache import cache_folder
from geo.geocoding.candidates import BoundingBox, Provider
from geo.geocoding.chain import Chain
from geo.geocoding.decisions import rebuild
from geo.geocoding.providers.geonames import OfflineGeoNames, index_name
from geo.geocoding.providers.nominatim import OnlineNominatim
from geo.geocoding.providers.story import StoryGeocoder
from geo.story.files import FileError

ALL_FOUND, INCOMPLETE, UNUSABLE, INTERRUPTED = 0, 1, 2, 130

_HELP: Final = """\
Without INPUT.csv the command rebuilds the story itself: it looks every name of its places up, ranks what it finds
in the light of all of them, and writes geocodes.csv and the coordinates of places.csv. What was decided by hand
in geocodes.csv stays.

INPUT is a CSV file in UTF-8; the delimiter (comma, semicolon, tab or vertical bar) is recognised, and kept.
It has a column “toponym” and may have
  document   rows of one document, wherever they stand, are resolved together; without it each row stands alone
  lang       the language of the name (BCP 47)
  country    where the place must lie (ISO 3166-1 alpha-2); it goes before --country

The output has the same rows in the same order with these columns, empty where nothing was found:
  lat, lon (WGS 84 degrees), geo_precision, provider, provider_ref, name, country, score (0 to 1) and
  candidates (the best five, as JSON)
A column of these that the input has already is filled in place, and nothing in it is overwritten: a row that
has lat and lon is kept as it is, and so are values of “country” and “geo_precision”; any other value in a
result column of a row without coordinates is reported. A name that begins like a formula (= + - @) is not looked
up, and a name found that does so is written with an apostrophe before it.

OUTPUT is written whole or not at all, and takes the place of one that is there. After Ctrl-C, a crash or an answer
that could not be had, run the same command again: what a server has answered is kept, and not asked for again.

exit status: 0 all rows have a point; 1 some were not found, not looked up or could not be asked everywhere;
2 the input or an option is unusable; 130 interrupted
"""


def main(arguments: Sequence[str] | None = None, chain: Resolver | None = None) -> int:
    """Run the command and return its exit status. ``chain`` takes the place of the geocoders of the options."""
    parser = _parser()
    given = parser.parse_args(_joined(sys.argv[1:] if arguments is None else arguments))
    if isinstance(sys.stdout, TextIOWrapper):  # names are in all scripts; not every terminal is
        sys.stdout.reconfigure(errors="backslashreplace")
    if given.input is None:
        return _rebuild(given, parser)
    options = _options(given, parser)
    try:
        sheet = read_sheet(options.source)
        return _geocode(sheet, options, chain or Chain(_providers(options.story, options.online)))
    except KeyboardInterrupt:
        note("Interrupted: no output is written. The same command starts again.")
        return INTERRUPTED
    except FileError as error:
        note(str(error.fault(options.source.name, "")))
    except (ConfigurationError, OSError) as error:
        note(f"error: {error}")
    except sqlite3.Error as error:
        note(f"error: the temporary file cannot be used: {error}. Is there room in the folder of temporary files?")
    return UNUSABLE


def _rebuild(given: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    """Rebuild a story's own coordinates, and print what changed."""
    if not given.story:
        parser.error("INPUT.csv is missing. Name it, or with --story alone a story to rebuild.")
    if given.output or given.country or given.bbox:
        parser.error("-o, --country and --bbox are for an INPUT.csv; a story is rebuilt in place. Leave them out.")
    try:
        report = rebuild(given.story, _providers(None, given.online), date.today())
    except (ConfigurationError, ValueError, OSError) as error:
        note(f"error: {error}")
        return UNUSABLE
    print(f"{'Online' if given.online else 'Offline'}. {report}")
    for fault in report.faults:
        note(fault)
    return INCOMPLETE if report.lost or report.faults else ALL_FOUND


def _geocode(sheet: Sheet, options: Options, chain: Resolver) -> int:
    began = time.perf_counter()
    summary = carry_out(sheet, options, chain)
    print(f"{'Online' if options.online else 'Offline'}. {sheet}, as in the input.")
    print(f"{summary}\n{options.output} is written.")
    seconds = time.perf_counter() - began
    note(f"{summary.rows:,} rows in {seconds:.1f} s, {summary.rows / seconds:,.0f} a second.")
    return ALL_FOUND if summary.complete else INCOMPLETE


# The options.


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geo.geocoding",
        description="Geocode the names of a CSV file or of a story, offline unless --online names a server.",
        epilog=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("input", type=Path, metavar="INPUT.csv", nargs="?", help="the names")
    parser.add_argument("-o", "--output", type=Path, metavar="OUTPUT.csv", help="default: INPUT.geocoded.csv")
    parser.add_argument("--online", default="", metavar="URL", help="ask this Nominatim server, too")
    parser.add_argument("--country", type=_countries, default=frozenset(), metavar="RU,KP", help="only places there")
    parser.add_argument("--bbox", type=_box, metavar="S,W,N,E", help="only places within: south,west,north,east in °")
    parser.add_argument("--story", type=Path, metavar="FOLDER", help="the places of this story go first")
    return parser


def _options(given: argparse.Namespace, parser: argparse.ArgumentParser) -> Options:
    source: Path = given.input
    output: Path = given.output or source.parent / f"{source.stem}.geocoded.csv"
    options = Options(source, output, given.online, given.country, given.bbox, given.story)
    wrong = _unusable_paths(options)
    if wrong:
        parser.error(wrong)
    return options


def _joined(arguments: Sequence[str]) -> list[str]:
    """The arguments, with a box that begins with a minus joined to its option: argparse takes it for another."""
    joined: list[str] = []
    for argument in arguments:
        if joined and joined[-1] == "--bbox":
            joined[-1] = f"--bbox={argument}"
        else:
            joined.append(argument)
    return joined


def _unusable_paths(options: Options) -> str:
    """What is wrong with the paths; "" where nothing is."""
    source, output = options.source, options.output
    if not source.is_file():
        return f"INPUT.csv must be a file that is there; instead got {str(source)!r}."
    if output.is_dir() or not output.parent.is_dir() or not os.access(output.parent, os.W_OK):
        return f"OUTPUT.csv must be a file in a folder that is there and can be written; instead got {str(output)!r}."
    if output.exists() and output.samefile(source):
        return f"OUTPUT.csv must be another file than the input; instead got {str(output)!r}. Name another with -o."
    if options.story and not all((options.story / table).is_file() for table in ("places.csv", "toponyms.csv")):
        return f"--story must be a folder with places.csv and toponyms.csv; instead got {str(options.story)!r}."
    return ""


def _countries(text: str) -> frozenset[str]:
    codes = [code.strip() for code in text.split(",")]
    wrong = {code: remedy for code in codes if (remedy := country_remedy(code))}
    if wrong:
        remedies = " ".join(f"{code!r}: {remedy}" for code, remedy in wrong.items())
        raise argparse.ArgumentTypeError(f"a country is a two-letter code of ISO 3166-1. {remedies}")
    return frozenset(code.upper() for code in codes)


def _box(text: str) -> BoundingBox:
    wanted = "a box is south,west,north,east in degrees, as 28,105,62,155"
    try:
        south, west, north, east = (float(edge) for edge in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{wanted}; instead got {text!r}") from error
    if not -90 <= south <= north <= 90:
        raise argparse.ArgumentTypeError(f"{wanted}: -90 ≤ south ≤ north ≤ 90; instead got {text!r}")
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise argparse.ArgumentTypeError(f"{wanted}: west and east from -180 to 180; instead got {text!r}")
    return (south, west), (north, east)


def _story(folder: Path) -> StoryGeocoder:
    try:
        return StoryGeocoder(folder)
    except ValueError as error:
        rule = "The tables of --story are places.csv and toponyms.csv of a story"
        raise ConfigurationError(f"{rule}; in {str(folder)!r} they are not: {error}. Name another folder.") from error


def _providers(story: Path | None, online: str) -> list[Provider]:
    """The geocoders of the options, in the order in which they are asked."""
    providers: list[Provider] = [_story(story)] if story else []
    if not (cache_folder() / index_name()).exists():
        note("Building the index of GeoNames, once; this takes up to a minute.")
    providers.append(OfflineGeoNames())
    if online:
        providers.append(OnlineNominatim(online))
    return providers


if __name__ == "__main__":
    sys.exit(main())
