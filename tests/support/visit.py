"""A reader's visit to a page of the app without a server or a browser, by Streamlit's own AppTest."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, Final

from streamlit.testing.v1 import AppTest

from tests.support import ROOT

_SECONDS: Final = 60

Visitor = Callable[..., "Visit"]


class Visit:
    """A reader's session on one page."""

    def __init__(self, page: str, query: dict[str, Any]) -> None:
        # An absolute path: AppTest takes another for one beside the test.
        self.app = AppTest.from_file(str(ROOT / "ui" / "dashboard.py"), default_timeout=_SECONDS)
        for name, value in query.items():
            self.app.query_params[name] = value
        if page != "journey":
            self.app.switch_page(f"../pages/{page}.py")
        self.again()

    def again(self) -> "Visit":
        """Run the page as the reader left it."""
        self.app.run()
        return self

    @property
    def address(self) -> dict[str, list[str]]:
        """What the address bar holds, each value as a list."""
        return {
            name: [value] if isinstance(value, str) else list(value) for name, value in self.app.query_params.items()
        }

    @property
    def listed(self) -> list[str]:
        """The ids of the events that the list shows, in its order."""
        keys = [button.key or "" for button in self.app.button]
        return [key.removeprefix("show-") for key in keys if key.startswith("show-")]

    @property
    def html(self) -> str:
        """The page's own HTML."""
        return "\n".join(element.proto.body for element in self.app.get("html"))

    @property
    def parsed(self) -> "Parsed":
        """What the page shows as HTML of its own."""
        return Parsed(self.html)

    @property
    def titles(self) -> list[str]:
        """The headings of the first level, be they Streamlit's or ours."""
        return [title.value for title in self.app.title] + self.parsed.texts("h1")

    @property
    def headings(self) -> list[str]:
        """The headings of the second level, be they Streamlit's or ours."""
        return [header.value for header in self.app.header] + self.parsed.texts("h2")

    @property
    def faults(self) -> list[list[str]]:
        """The cells of the table of faults, row by row under its head."""
        cells, width = self.parsed.texts("td"), len(self.parsed.texts("th"))
        return [cells[start : start + width] for start in range(0, len(cells), width)] if width else []


class Parsed(HTMLParser):
    """The elements of an HTML text, each with all the text within it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, str]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(html)
        self.close()

    def texts(self, tag: str) -> list[str]:
        """The texts of the elements of one kind, in order."""
        return [" ".join(text.split()) for name, text in self.elements if name == tag]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _, parts in self._open:
            parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, parts = self._open.pop()
            self.elements.append((name, "".join(parts)))
            if name == tag:
                return
