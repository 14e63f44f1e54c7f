"""Make `geo/map/player/payload.d.ts`, the player's types, from the declarations in `geo/map/payload.py`."""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, Literal, NotRequired, Required, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from typing_extensions import get_type_hints, is_typeddict

from geo.map import payload

TARGET: Final = Path(payload.__file__).parent / "player" / "payload.d.ts"

_PUBLIC: Final = {name: value for name, value in vars(payload).items() if not name.startswith("_")}
_CODES: Final = {value: name for name, value in _PUBLIC.items() if get_origin(value) is Literal}
_NAMES: Final[dict[Any, str]] = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def declarations() -> str:
    """The text of the file: a type for each named set of codes, an interface for each TypedDict."""
    head = "// Made by scripts/payload_types.py from geo/map/payload.py; do not edit.\n"
    codes = [f"export type {name} = {_literal(*get_args(value))};\n" for value, name in _CODES.items()]
    return "\n".join([head, *codes, *(_interface(value) for value in _PUBLIC.values() if is_typeddict(value))])


def _interface(declared: Any) -> str:
    hints = get_type_hints(declared, include_extras=True)
    lines = [
        f"  {name}{'' if name in declared.__required_keys__ else '?'}: {_type(hint)};" for name, hint in hints.items()
    ]
    return "\n".join(
        [_comment(inspect.getdoc(declared) or ""), f"export interface {declared.__name__} {{", *lines, "}\n"]
    )


def _comment(text: str) -> str:
    return "\n".join(["/**", *(f" * {line}".rstrip() for line in text.splitlines()), " */"])


def _type(hint: Any) -> str:
    if name := (_NAMES | _CODES).get(hint):
        return name
    if is_typeddict(hint):
        return str(hint.__name__)
    return _FORMS[get_origin(hint)](*get_args(hint))


def _literal(*values: str) -> str:
    return " | ".join(f'"{value}"' for value in values)


def _union(*hints: Any) -> str:
    return " | ".join(_type(hint) for hint in hints)


def _counted(hint: Any, limit: FieldInfo) -> str:
    """A list of a fixed number of elements, as a tuple."""
    return f"[{', '.join([_type(get_args(hint)[0])] * limit.metadata[0].min_length)}]"


_FORMS: Final[dict[Any, Callable[..., str]]] = {
    Literal: _literal,
    Union: _union,
    UnionType: _union,
    Annotated: _counted,
    Required: _type,
    NotRequired: _type,
    list: lambda element: f"Array<{_type(element)}>",
    dict: lambda key, value: f"Record<{_type(key)}, {_type(value)}>",
}


def main() -> int:
    """Write the file."""
    TARGET.write_text(declarations(), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
