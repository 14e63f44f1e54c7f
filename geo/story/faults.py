"""What is wrong with a file or a story, as values: where, what, the rule and the remedy.

A template is filled with ``str.format`` from the values of the fault it is used in. ``N_`` marks a message
for translation without translating it: the domain speaks English, the page that shows a fault translates.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

_SHOWN: Final = 200  # characters of a wrong value that a fault repeats


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools (Babel among them) look for
    """Return the message as it is; the name marks it for extraction."""
    return message


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a story.

    ``table`` is a table's name, or ``datapackage.json``. ``row`` is the row of the CSV file as a spreadsheet
    counts it (the header is row 1), None where the fault is not of a row; ``column`` is None where it is not
    of a column. ``value`` is the wrong value as written, cut to its first 200 characters. ``rule`` and
    ``remedy`` are English templates, equal for all faults of a kind: ``rule.format(**values)`` fills one.
    """

    table: str
    row: int | None
    column: str | None
    value: str
    rule: str
    remedy: str
    values: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The fault as one English sentence or two, its place before it."""
        place = [self.table, f"row {self.row}" if self.row else "", self.column or ""]
        shown = f" {self.value!r}" if self.value else ""
        told = f"{self.rule.format(**self.values)} {self.remedy.format(**self.values)}"
        return f"{', '.join(filter(None, place))}:{shown} {told}"


class Rule(NamedTuple):
    """What must hold, and what to do where it does not; both are ``str.format`` templates."""

    rule: str
    remedy: str

    def fault(self, table: str, row: int | None, column: str | None, value: str = "", /, **values: object) -> Fault:
        """A breach of the rule at a place; ``values`` fill its templates."""
        shown = {name: _cut(str(filler)) for name, filler in values.items()}
        return Fault(table, row, column, _cut(value), self.rule, self.remedy, shown)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


class RuleError(ValueError):
    """A value breaks a rule. ``fault`` tells so of the place where the value stands."""

    def __init__(self, rule: Rule, **values: object) -> None:
        """Keep the rule and what fills its templates."""
        self.rule = rule
        self.values = values
        super().__init__(f"{rule.rule.format(**values)} {rule.remedy.format(**values)}")

    def fault(self, table: str, row: int | None, column: str | None, value: str) -> Fault:
        """The breach at a place."""
        return self.rule.fault(table, row, column, value, **self.values)
