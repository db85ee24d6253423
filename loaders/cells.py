"""From the text of a cell to its value: each distinct text of a column is understood once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from loaders.caps import Caps
from loaders.dates import read_date
from loaders.hidden_characters import hidden_in
from loaders.wrong import Wrong

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d{1,15}(\.0*)?")
_BOOLEANS = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}
_NOT_FINITE = {"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity"}
_SPREADSHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_SEMICOLONS = re.compile("[;；]")


class ColumnReader(dict[str, Any]):
    """The values of a column's texts; reading a text for the first time understands and keeps it.

    An empty cell is () in a list and None elsewhere. `wrong` says whether any text was refused.
    """

    def __init__(self, kind: Kind, column: Column, caps: Caps) -> None:
        super().__init__()
        self.column = column
        self.wrong = False
        self._caps = caps
        self._convert = _CONVERTERS[column.cell]
        self._check = _adapter(kind.sheet, column.name)

    def __missing__(self, text: str) -> Any:
        value = self._understood(text)
        self.wrong = self.wrong or isinstance(value, Wrong)
        self[text] = value
        return value

    def _understood(self, text: str) -> Any:
        if not text or text.isspace():
            if self.column.required:
                return Wrong("missing_value")
            return () if self.column.is_list else None
        if len(text) > self._caps.cell_characters:
            return Wrong("cell_too_long", (("most", str(self._caps.cell_characters)),))
        if text in _SPREADSHEET_ERRORS and not is_free_text(self.column):
            return Wrong("spreadsheet_error")
        value = self._convert(text, self.column)
        if isinstance(value, Wrong):
            return value
        if is_identity(self.column) and any(len(one) > self._caps.id_characters for one in _each(value)):
            return Wrong("id_too_long", (("most", str(self._caps.id_characters)),))
        try:
            return self._check.validate_python(value)
        except ValidationError:
            return Wrong("out_of_range", (("range", self.column.bounds),))


@cache
def _adapter(sheet: str, name: str) -> TypeAdapter[Any]:
    return KINDS[sheet].by_name[name].adapter()


def _each(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def is_identity(column: Column) -> bool:
    """Whether a cell names records: its own, or others."""
    return column.scale is None and (column.key or column.ref is not None)


def is_free_text(column: Column) -> bool:
    """Whether a cell is kept exactly as it is written."""
    return column.cell == "text" and column.scale is None and not is_identity(column)


def _text(text: str, column: Column) -> Any:
    if column.scale is not None:
        return _code(text, column)
    return _identity(text, column) if is_identity(column) else text


def _identity(text: str, column: Column) -> Any:
    stripped = text.strip()
    hidden = hidden_in(stripped)
    if hidden is not None:
        return Wrong("invisible_character", (("character", f"U+{ord(hidden):04X}"),))
    if _SEMICOLONS.search(stripped) and (column.ref is not None or column.name == "id"):
        return Wrong("semicolon_in_id")
    return stripped


def _code(text: str, column: Column) -> Any:
    assert column.scale is not None
    code = column.scale.code_of(text) or column.scale.code_of(unicodedata.normalize("NFKC", text))
    if code is None:
        words = [word for one in column.scale.choices for word in (one.code, one.en, one.zh)]
        near = get_close_matches(text.strip().casefold()[:80], [word.casefold() for word in words], n=1, cutoff=0.6)
        if near:
            meant = next(word for word in words if word.casefold() == near[0])
            return Wrong("unknown_word_near", (("near", meant),))
        return Wrong("unknown_word", (("choices", ", ".join(one.code for one in column.scale.choices)),))
    return int(code) if column.cell == "integer" else code


def _integer(text: str, column: Column) -> Any:
    written = text.strip()
    whole = _WHOLE.fullmatch(written)
    if column.scale is not None:
        if whole is None:
            return _code(written, column)
        code = str(int(written.split(".")[0]))
        return int(code) if code in column.scale.by_code else Wrong("out_of_range", (("range", column.bounds),))
    if whole is None:
        if written.lstrip("+-").isdigit():
            return Wrong("out_of_range", (("range", column.bounds),))
        return Wrong("not_finite") if written.casefold() in _NOT_FINITE else Wrong("not_a_whole_number")
    return int(written.split(".")[0])


def _number(text: str, column: Column) -> Any:
    written = text.strip()
    if written.casefold() in _NOT_FINITE:
        return Wrong("not_finite")
    if not _NUMBER.fullmatch(written):
        return Wrong("not_a_number")
    value = float(written)
    # Adding 0 makes of -0.0 the 0.0 that it equals.
    return Wrong("not_finite") if value in (float("inf"), float("-inf")) else value + 0.0


def _boolean(text: str, column: Column) -> Any:
    value = _BOOLEANS.get(text.strip().casefold().removesuffix(".0"))
    return Wrong("not_yes_or_no") if value is None else value


def _date(text: str, column: Column) -> Any:
    return read_date(text)


def _list(text: str, column: Column) -> Any:
    values = []
    for part in _SEMICOLONS.split(text):
        if not part.strip():
            continue
        value = _code(part, column) if column.scale else _identity(part, column) if column.ref else part.strip()
        if isinstance(value, Wrong):
            return value
        values.append(value)
    unique = dict.fromkeys(values)
    return tuple(sorted(unique)) if column.ref else tuple(unique)


_CONVERTERS: dict[str, Callable[[str, Column], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "list": _list,
}
