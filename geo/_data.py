"""Where the basemap and the gazetteer are: beside the package in the repository, inside it once it is installed."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_INSTALLED: Final = _PACKAGE / "data"
DATA: Final = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "data"
