"""What a browser may fetch before the page Journey asks for it; the front server of `deploy/` puts it into the page."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit

from geo.map import files
from geo.story.files import write_whole

SCRIPTS: Final = Path(streamlit.__file__).parent / "static" / "static" / "js"
_SCRIPT: Final = Path(__file__).with_suffix(".js")
# Streamlit's scripts that Journey needs and that Streamlit's page learns of only from the server, by the beginning of
# their names. A browser test says which are missing when Streamlit is updated.
_LATE: Final = (
    "ButtonGroup",
    "ComponentInstance",
    "Html",
    "IFrameUtil",
    "PageLink",
    "WidgetLabel",
    "WidgetLabelHelpIconInline",
    "purify.es",
    "styled-components",
    "urls",
    "useBasicWidgetState",
    "withCalculatedWidth",
)


def write(folder: Path, player: files.Files, code: str, frame: Sequence[str]) -> None:
    """Write `prefetch-<code>.js` into `folder`, beside the player's files of that language.

    `player` are these files, `frame` the scripts of the frame that they run in; both at addresses relative to
    `folder`, which is two levels below the app's.
    """
    late = [f"../../static/js/{path.name}" for stem in _LATE for path in sorted(SCRIPTS.glob(f"{stem}.*.js"))]
    small = [*late, player.guard, player.style]
    large = [player.script, *frame, player.stories[code], player.basemap]
    script = _SCRIPT.read_text("utf-8").rstrip(";\n")
    called = f"({script})({json.dumps(small)}, {json.dumps(large)});\n"
    write_whole(folder / f"prefetch-{code}.js", called.encode("utf-8"))
