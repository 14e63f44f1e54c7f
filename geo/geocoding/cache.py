"""The folder where what took time to get is kept: the index of GeoNames, answers of online geocoders."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

VARIABLE: Final = "DATELINE_CACHE"


def cache_folder() -> Path:
    """The cache folder: what the environment variable `DATELINE_CACHE` names, else the user's own for Dateline.

    It is made if it is not there. Raises OSError, with the remedy, where it cannot be.
    """
    named = os.environ.get(VARIABLE)
    folder = Path(named) if named else user_cache_path("dateline", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        remedy = f"Set {VARIABLE} to a folder that can be written."
        raise OSError(f"The cache folder {str(folder)!r} cannot be made: {error.strerror}. {remedy}") from error
    return folder
