"""Cut Streamlit's two start-up fonts to what a page of Dateline shows; README.md says why and how to run it.

python make.py /path/to/site-packages/streamlit
"""

import re
import string
import sys
from collections.abc import Collection
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent.parent
ICON = re.compile(r":material/([a-z0-9_]+)")


def main(streamlit: Path) -> None:
    """Write icons.woff2 and text.woff2 beside this file."""
    media = streamlit / "static" / "static" / "media"
    (icons,) = media.glob("MaterialSymbols-Rounded.*.woff2")
    (text,) = media.glob("SourceSansVF-Upright.*.woff2")
    scripts = [*(streamlit / "static" / "static" / "js").glob("*.js"), PROJECT / "app.py"]
    scripts += [*PROJECT.glob("ui/*.py"), *PROJECT.glob("pages/*.py")]
    names = {name for script in scripts for name in ICON.findall(script.read_text("utf-8"))}
    cut(icons, HERE / "icons.woff2", string.ascii_lowercase + string.digits + "_", names)
    cut(text, HERE / "text.woff2", "".join(map(chr, range(0x20, 0x7F))) + "àâçéèêëîïôùûœ’…")


def cut(font: Path, target: Path, characters: str, icons: Collection[str] = ()) -> None:
    """Keep some characters of a font, and some icons; an icon's name is a ligature of its letters."""
    opened = TTFont(font)
    # With the closure over ligatures the letters alone would keep every icon.
    subsetter = Subsetter(
        Options(layout_features=["*"], ignore_missing_glyphs=True, layout_closure=not icons, glyph_names=True)
    )
    subsetter.populate(glyphs=sorted(icons), text=characters)
    subsetter.subset(opened)
    opened.flavor = "woff2"
    opened.save(target)
    print(f"{target.name}: {font.stat().st_size:,} bytes, now {target.stat().st_size:,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
