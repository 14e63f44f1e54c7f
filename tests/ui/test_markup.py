"""Scripts of ours that are put into a page."""

import re

import pytest

from ui.markup import inline_script


@pytest.mark.parametrize("name", ["document.js", "preflight.js"])
def test_an_inline_script_holds_nothing_that_looks_like_markup(name: str) -> None:
    """Streamlit's sanitizer drops a script with a `<` before a letter, an exclamation mark or a slash."""
    script = inline_script(name)
    assert script.strip()
    assert not re.search(r"<[/\w!]", script)
