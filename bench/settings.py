"""What the caller of a run chose."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """`quick`: a short form. `before`: the folder of an earlier state of the project, measured beside this one."""

    quick: bool = False
    before: Path | None = None
