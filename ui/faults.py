"""The faults of a story that cannot be shown, as a list that says what to do."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from geo.story import Fault
from geo.wording.language import Language
from ui import markup

STYLE: Final = Path(__file__).with_suffix(".css").read_text("utf-8")


def fault_list(faults: Sequence[Fault], language: Language) -> None:
    """Say that the story cannot be shown, and list every fault with place, value, rule and remedy."""
    markup.render("heading.html", level=1, id="", text=language.text("This story cannot be shown yet"))
    st.error(
        language.count(
            "{n} fault was found in its tables. Nothing was changed or lost: correct it and reload the page.",
            "{n} faults were found in its tables. Nothing was changed or lost: correct them and reload the page.",
            len(faults),
        )
    )
    markup.render("faults.html", columns=columns(language), rows=rows(faults, language))


def columns(language: Language) -> list[str]:
    """The headings of the table of faults."""
    text = language.text
    return [text("Table"), text("Row"), text("Column"), text("Value"), text("What is wrong"), text("What to do")]


def rows(faults: Sequence[Fault], language: Language) -> list[tuple[str, ...]]:
    """One row a fault: table, row, column, value, rule and remedy, in words."""
    return [
        (
            fault.table,
            "" if fault.row is None else str(fault.row),
            fault.column or "",
            fault.value,
            language.text(fault.rule, **fault.values),
            language.text(fault.remedy, **fault.values),
        )
        for fault in faults
    ]
