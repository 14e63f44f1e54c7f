"""`python -m geo.map FOLDER`: the story as one HTML page a language, playing without network or server."""

import argparse
import sys
from pathlib import Path

from geo.map.story_map import save
from geo.story import StoryError, load_story
from geo.wording.language import LANGUAGES, Language


def main(arguments: list[str] | None = None) -> int:
    """Write `<story>-<language>.html` for each language; returns 1 if the story has faults."""
    parser = argparse.ArgumentParser(prog="python -m geo.map", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder where the pages go; it is made if it is not there")
    parser.add_argument("--story", type=Path, default=Path("data/kim-putin"), help="folder of the story")
    given = parser.parse_args(arguments)
    try:
        story = load_story(given.story)
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    given.folder.mkdir(parents=True, exist_ok=True)
    for code in LANGUAGES:
        path = given.folder / f"{story.name}-{code}.html"
        save(story, Language(code), path)
        print(f"{path} ({path.stat().st_size / 1e6:.2f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
