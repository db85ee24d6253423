"""Parse the text of a cell into its value; each distinct text of a column is parsed once."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache, partial
from typing import Any

from pydantic import TypeAdapter, ValidationError

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from loaders.caps import Caps
from loaders.cell_error import CellError
from loaders.hidden_characters import hidden_in, is_plain

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d{1,15}(\.0*)?")
_BOOLEANS = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}
_NOT_FINITE = {"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity"}
_SPREADSHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_SEMICOLONS = re.compile("[;；]")
_ODD_BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?)?")
_PARTS = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?")
_DAY_NUMBER = re.compile(r"\d{5}(?:\.0+)?")
_EPOCH = datetime.date(1899, 12, 30)


class ColumnReader(dict[str, Any]):
    """Maps the texts of a column to their values; a text is parsed when it is first looked up.

    An empty cell is () in a column of lists and None elsewhere; in a required column it is an error, unless it
    `may_be_empty`. The value of a text that is refused is a CellError; `wrong` says whether there is one.
    """

    def __init__(self, kind: Kind, column: Column, caps: Caps, may_be_empty: bool = False) -> None:
        super().__init__()
        self.column = column
        self.required = column.required and not may_be_empty
        self.wrong = False
        self._longest = caps.cell_characters
        self._read = _Items(column, caps).together if column.is_list else partial(_READERS[column.cell], column, caps)
        self._check = _adapter(kind.sheet, column.name) if _is_bounded(column) else None

    def __missing__(self, text: str) -> Any:
        value = self._parsed(text)
        self.wrong = self.wrong or isinstance(value, CellError)
        self[text] = value
        return value

    def _parsed(self, text: str) -> Any:
        if not text or text.isspace():
            if self.required:
                return CellError("missing_value")
            return () if self.column.is_list else None
        if len(text) > self._longest:
            return CellError("cell_too_long", (("most", str(self._longest)),))
        if text in _SPREADSHEET_ERRORS and not _is_free_text(self.column):
            return CellError("spreadsheet_error")
        value = self._read(text)
        if self._check is None or isinstance(value, CellError):
            return value
        try:
            return self._check.validate_python(value)
        except ValidationError:
            return CellError("out_of_range", (("range", self.column.bounds),))


class _Items(dict[str, Any]):
    """Maps the items of lists to their values; each distinct item is parsed once; None for a blank one."""

    def __init__(self, column: Column, caps: Caps) -> None:
        super().__init__()
        self.column, self.caps = column, caps
        self.wrong = False

    def __missing__(self, item: str) -> Any:
        value = _text(self.column, self.caps, item) if item.strip() else None
        if isinstance(value, CellError):
            self.wrong = True
        elif value is not None:
            value = value.strip()
        self[item] = value
        return value

    def together(self, text: str) -> Any:
        """The items of a cell, each once; references are sorted, since their order has no meaning."""
        if self.column.ref is not None and len(text) <= self.caps.id_characters and is_plain(text):
            return (text,)
        values = [self[item] for item in (text.replace("；", ";") if "；" in text else text).split(";")]
        if self.wrong:
            wrong = next((value for value in values if isinstance(value, CellError)), None)
            if wrong is not None:
                return wrong
        unique = dict.fromkeys(values)
        unique.pop(None, None)
        return tuple(sorted(unique)) if self.column.ref else tuple(unique)


@cache
def _adapter(sheet: str, name: str) -> TypeAdapter[Any]:
    return KINDS[sheet].by_name[name].adapter()


def _is_bounded(column: Column) -> bool:
    """Whether the declaration has bounds beyond the type that parsing gives."""
    beyond_column = [extra for extra in column.annotation.__metadata__ if not isinstance(extra, Column)]
    return bool(beyond_column) or column.bounds != "" or column.cell in ("integer", "number")


def is_identity(column: Column) -> bool:
    """Whether a cell holds ids or names: of the record itself, or of records that it refers to."""
    return column.scale is None and (column.key or column.ref is not None)


def _is_free_text(column: Column) -> bool:
    """Whether a cell, or each item of its list, is stored as written."""
    return column.cell in ("text", "list") and column.scale is None and not is_identity(column)


def _text(column: Column, caps: Caps, text: str) -> Any:
    if column.scale is not None:
        return _code(column, text)
    return _identity(column, caps, text) if is_identity(column) else text


def _identity(column: Column, caps: Caps, text: str) -> Any:
    stripped = text.strip()
    if column.ref is not None:
        # Names may be written with odd blanks; ids have none.
        stripped = _ODD_BLANKS.sub(" ", stripped)
    if len(stripped) > caps.id_characters:
        return CellError("id_too_long", (("most", str(caps.id_characters)),))
    hidden = hidden_in(stripped)
    if hidden is not None:
        return CellError("invisible_character", (("character", f"U+{ord(hidden):04X}"),))
    if _SEMICOLONS.search(stripped) and (column.ref is not None or column.name == "id"):
        return CellError("semicolon_in_id")
    return stripped


def _code(column: Column, text: str) -> Any:
    assert column.scale is not None
    code = column.scale.code_of(text) or column.scale.code_of(unicodedata.normalize("NFKC", text))
    if code is None:
        words = [word for choice in column.scale.choices for word in (choice.code, choice.en, choice.zh)]
        near = get_close_matches(text.strip().casefold()[:80], [word.casefold() for word in words], n=1, cutoff=0.6)
        if near:
            meant = next(word for word in words if word.casefold() == near[0])
            return CellError("unknown_word_near", (("near", meant),))
        return CellError("unknown_word", (("choices", ", ".join(choice.code for choice in column.scale.choices)),))
    return int(code) if column.cell == "integer" else code


def _integer(column: Column, caps: Caps, text: str) -> Any:
    written = text.strip()
    whole = _WHOLE.fullmatch(written)
    if column.scale is not None:
        if whole is None:
            return _code(column, written)
        code = str(int(written.split(".")[0]))
        return int(code) if code in column.scale.by_code else CellError("out_of_range", (("range", column.bounds),))
    if whole is None:
        if written.lstrip("+-").isdigit():
            return CellError("out_of_range", (("range", column.bounds),))
        return CellError("not_finite") if written.casefold() in _NOT_FINITE else CellError("not_a_whole_number")
    return int(written.split(".")[0])


def _number(column: Column, caps: Caps, text: str) -> Any:
    written = text.strip()
    if written.casefold() in _NOT_FINITE:
        return CellError("not_finite")
    if not _NUMBER.fullmatch(written):
        return CellError("not_a_number")
    value = float(written)
    # Adding 0 turns -0.0 into 0.0.
    return CellError("not_finite") if value in (float("inf"), float("-inf")) else value + 0.0


def _boolean(column: Column, caps: Caps, text: str) -> Any:
    value = _BOOLEANS.get(text.strip().casefold().removesuffix(".0"))
    return CellError("not_yes_or_no") if value is None else value


def _date(column: Column, caps: Caps, text: str) -> Any:
    return read_date(text)


def read_date(written: str) -> datetime.date | CellError:
    """The day of an ISO date (2026-11-23). Any other form is an error that suggests the days that it may mean."""
    text = unicodedata.normalize("NFKC", written).strip()
    iso = _ISO_DAY.fullmatch(text)
    if iso is not None:
        try:
            day = datetime.date.fromisoformat(iso[1])
        except ValueError:
            return CellError("impossible_date")
        return day if not (iso[2] or "").strip("0:.") else CellError("date_with_time", (("iso", iso[1]),))
    if _DAY_NUMBER.fullmatch(text):
        day = _EPOCH + datetime.timedelta(days=int(text[:5]))
        return CellError("day_number", (("iso", day.isoformat()),))
    return _error_of_date(text)


def _error_of_date(text: str) -> CellError:
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return CellError("not_a_date")
    days = sorted(set(_possible_days(parts[1], parts[2], parts[3])))
    if not days:
        return CellError("impossible_date")
    places = (("iso", " / ".join(day.isoformat() for day in days)),)
    return CellError("not_iso_date" if len(days) == 1 else "ambiguous_date", places)


def _possible_days(first: str, second: str, third: str) -> Iterator[datetime.date]:
    """The days that three numbers may mean: year first, day first, month first."""
    orders = [(first, second, third)] if len(first) > 2 else [(third, second, first), (third, first, second)]
    if len(first) <= 2 and len(third) <= 2:
        orders.append((first, second, third))
    for year, month, day in orders:
        try:
            yield datetime.date(int(year) + (2000 if len(year) <= 2 else 0), int(month), int(day))
        except ValueError:
            continue


_READERS: dict[str, Callable[[Column, Caps, str], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
