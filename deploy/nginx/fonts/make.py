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
from fontTools.varLib.instancer import instantiateVariableFont

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
    cut(icons, HERE / "icons.woff2", TTFont(icons), string.ascii_lowercase + string.digits + "_", names)
    # One weight of it: what a page shows before the theme's own font is there is not bold.
    regular = instantiateVariableFont(TTFont(text), {"wght": 400})
    cut(text, HERE / "text.woff2", regular, "".join(map(chr, range(0x20, 0x7F))) + "àâçéèêëîïôùûœ’…")


def cut(source: Path, target: Path, font: TTFont, characters: str, icons: Collection[str] = ()) -> None:
    """Keep some characters of a font, and some icons; an icon's name is a ligature of its letters."""
    # With the closure over ligatures the letters alone would keep every icon.
    options = Options(ignore_missing_glyphs=True, layout_closure=not icons, glyph_names=bool(icons))
    options.layout_features = ["*"] if icons else ["kern"]
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=sorted(icons), text=characters)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)
    print(f"{target.name}: {source.stat().st_size:,} bytes, now {target.stat().st_size:,}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
