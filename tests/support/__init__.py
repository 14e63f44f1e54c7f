"""What tests and benchmarks share: stories to load, servers to start, and clients of them."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
