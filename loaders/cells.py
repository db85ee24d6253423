"""From the text of a cell to its value: each distinct text of a column is understood once."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph.model.columns import Column

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d+(\.0*)?")
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_OTHER_DAY = re.compile(r"\d{1,4}\s*[/.年-]\s*\d{1,2}\s*[/.月-]\s*\d{1,4}日?")
_BOOLEANS = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}
_NOT_FINITE = {"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity"}
_SPREADSHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be taken."""

    code: str
    places: tuple[tuple[str, str], ...] = ()


class ColumnReader(dict[str, Any]):
    """The values of a column's texts; reading a text for the first time understands and keeps it."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.wrong = False
        self._convert = _CONVERTERS[column.cell]
        self._check: TypeAdapter[Any] = adapter_of(column)

    def __missing__(self, text: str) -> Any:
        value = self._understood(text)
        self.wrong = self.wrong or isinstance(value, Wrong)
        self[text] = value
        return value

    def _understood(self, text: str) -> Any:
        if not text.strip():
            if self.column.required:
                return Wrong("missing_value")
            return () if self.column.is_list else None
        if text in _SPREADSHEET_ERRORS and (self.column.cell != "text" or is_identity(self.column)):
            return Wrong("spreadsheet_error")
        value = self._convert(text, self.column)
        if isinstance(value, Wrong):
            return value
        try:
            return self._check.validate_python(value)
        except ValidationError:
            return Wrong("out_of_range", (("range", range_of(self.column)),))


_ADAPTERS: dict[int, TypeAdapter[Any]] = {}


def adapter_of(column: Column) -> TypeAdapter[Any]:
    """pydantic's check of a column, made once: columns are declared once and live as long as the program."""
    if id(column) not in _ADAPTERS:
        _ADAPTERS[id(column)] = column.adapter()
    return _ADAPTERS[id(column)]


def is_identity(column: Column) -> bool:
    """Whether a cell names a record: its own key, or another's."""
    return column.scale is None and (column.key or column.ref is not None)


def range_of(column: Column) -> str:
    """The bounds of a column in signs: `> 0, ≤ 1`."""
    parts = []
    if column.above is not None:
        parts.append(f"> {column.above:g}")
    if column.least is not None:
        parts.append(f"≥ {column.least:g}")
    if column.most is not None:
        parts.append(f"≤ {column.most:g}")
    return ", ".join(parts) or "–"


def _text(text: str, column: Column) -> Any:
    if column.scale is not None:
        return _code(text, column)
    return _identity(text) if is_identity(column) else text


def _identity(text: str) -> Any:
    stripped = text.strip()
    hidden = next((ch for ch in stripped if unicodedata.category(ch) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cs")), None)
    if hidden is not None:
        return Wrong("invisible_character", (("character", f"U+{ord(hidden):04X}"),))
    if ";" in stripped:
        return Wrong("semicolon_in_id")
    return stripped


def _code(text: str, column: Column) -> Any:
    assert column.scale is not None
    code = column.scale.code_of(text)
    if code is None:
        words = [word for one in column.scale.choices for word in (one.code, one.en, one.zh)]
        near = get_close_matches(text.strip().casefold(), [word.casefold() for word in words], n=1, cutoff=0.6)
        if near:
            meant = next(word for word in words if word.casefold() == near[0])
            return Wrong("unknown_word_near", (("near", meant),))
        return Wrong("unknown_word", (("choices", ", ".join(one.code for one in column.scale.choices)),))
    return int(code) if column.cell == "integer" else code


def _integer(text: str, column: Column) -> Any:
    if column.scale is not None:
        whole = text.strip()
        code = whole.split(".")[0] if _WHOLE.fullmatch(whole) else whole
        if _WHOLE.fullmatch(whole) and column.scale.code_of(code) is None:
            return Wrong("out_of_range", (("range", range_of(column)),))
        return _code(code, column)
    if not _WHOLE.fullmatch(text.strip()):
        return Wrong("not_finite") if text.strip().casefold() in _NOT_FINITE else Wrong("not_a_whole_number")
    return int(text.strip().split(".")[0])


def _number(text: str, column: Column) -> Any:
    written = text.strip()
    if written.casefold() in _NOT_FINITE:
        return Wrong("not_finite")
    if not _NUMBER.fullmatch(written):
        return Wrong("not_a_number")
    value = float(written)
    return Wrong("not_finite") if value in (float("inf"), float("-inf")) else value


def _boolean(text: str, column: Column) -> Any:
    value = _BOOLEANS.get(text.strip().casefold())
    return Wrong("not_yes_or_no") if value is None else value


def _date(text: str, column: Column) -> Any:
    match = _ISO_DAY.fullmatch(text.strip())
    if match is None:
        return Wrong("ambiguous_date") if _OTHER_DAY.fullmatch(text.strip()) else Wrong("not_a_date")
    try:
        return datetime.date.fromisoformat(match[1])
    except ValueError:
        return Wrong("impossible_date")


def _list(text: str, column: Column) -> Any:
    values = []
    for part in text.replace("；", ";").split(";") if column.ref or column.scale else text.split(";"):
        if not part.strip():
            continue
        value = _code(part, column) if column.scale is not None else _identity(part) if column.ref else part.strip()
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
