"""The documents speak of what is there."""

import re
from pathlib import Path

import pytest

from tests.support import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "data" / "README.md", *ROOT.glob("data/*/README.md")]
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
PATH = re.compile(r"`((?:geo|server|ui|pages|data|deploy|docs|tests|bench|scripts)/[\w./-]*)`")
COMMAND = re.compile(r"python -m ((?:geo|scripts|bench)[\w.]*)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_name_what_is_there(document: Path) -> None:
    """Links, paths of the project and modules that are run as commands exist."""
    text = document.read_text("utf-8")
    named = [document.parent / link for link in LINK.findall(text)] + [ROOT / path for path in PATH.findall(text)]
    for module in COMMAND.findall(text):
        path = ROOT.joinpath(*module.split("."))
        named.append(path / "__main__.py" if path.is_dir() else path.with_suffix(".py"))
    assert [] == [str(path) for path in named if not path.exists()]


def test_the_readme_begins_with_the_two_commands() -> None:
    """Whoever has cloned the project needs these two lines and no more."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert ["    make run ", "    make test"] == [line[:13] for line in readme.splitlines() if line.startswith("    ")]
