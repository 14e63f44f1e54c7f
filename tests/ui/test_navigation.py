"""The server, the dashboard and the files of pages/ know one another."""

import ast

from geo.story import Story
from geo.wording.language import Language
from tests.support import ROOT
from ui import pages


def test_app_leaves_the_work_to_server_and_ui() -> None:
    """app.py, a script that import-linter does not read, imports Streamlit and the server and nothing else."""
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {"streamlit", "server"} == imported


def test_every_page_is_offered(shipped_story: Story) -> None:
    """Each file of pages/ is a page of the app that a story may have, and no other."""
    files = {page.stem for page in ROOT.glob("pages/*.py")}
    assert files == {pages.FIRST, *pages.OTHERS}
    assert files == {page.name for page in pages.offered(shipped_story, Language("en"))}
    assert all(pages.file(name).is_file() for name in files)
