"""app.py and the files of pages/: what each begins with, and that they know one another."""

import ast
import re

from tests.support import ROOT


def test_app_leaves_the_work_to_ui() -> None:
    """app.py, a script that import-linter does not read, imports streamlit and ui and nothing else of ours."""
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert {"streamlit", "ui"} == {name.partition(".")[0] for name in imported}


def test_every_page_puts_the_frame_around_itself_first() -> None:
    """Each file of pages/ calls `frame.around()` before anything else, or a cold link would show a bare page."""
    for page in sorted(ROOT.glob("pages/*.py")):
        docstring, *statements = ast.parse(page.read_text("utf-8")).body
        assert isinstance(docstring, ast.Expr), page.name
        first = next(node for node in statements if not isinstance(node, ast.Import | ast.ImportFrom))
        assert "frame.around()" == ast.unparse(first), page.name


def test_every_page_is_in_the_navigation() -> None:
    """app.py names each file of pages/, and no other."""
    named = set(re.findall(r"pages/\w+\.py", (ROOT / "app.py").read_text("utf-8")))
    assert {f"pages/{page.name}" for page in ROOT.glob("pages/*.py")} == named
