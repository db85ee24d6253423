"""Mappings: YAML files that declare how tables of another program become our sheets.

Mappings of well-known programs are shipped in `loaders/sources/`, one file for each program.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from graph.model.kind import KINDS
from graph.model.scales import fold
from loaders.problems import Unreadable, unreadable
from loaders.text_files import written_text


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _one_column(value: Any) -> Any:
    return {"columns": [value]} if isinstance(value, str) else value


class Lookup(_Strict):
    """Replace a cell: find it in the column `find` of the same table and take the cell of the column `give` there."""

    find: str
    give: str


class Value(_Strict):
    """The source of a field: columns joined by a blank, a constant, or the account of the import.

    Attributes:
        columns: the columns that are joined.
        all: leave the field empty if any of the columns is empty.
        digest: make an id from a digest of the columns.
        constant: the same value for every row.
        asked: the account of the import.
        lookup: replace the cell by another cell of the same table.
        scoped: put the account before the id, for ids that every company uses.
        values: word of the source → our code; other words leave the field empty and are reported.
        separator: splits the parts of a list.
        prefix: put before ids, so that ids of different programs do not meet.
        day: forms of dates for strptime; ISO dates are always understood.
    """

    columns: tuple[str, ...] = ()
    all: bool = False
    digest: bool = False
    constant: str | None = None
    asked: Literal["account"] | None = None
    lookup: Lookup | None = None
    scoped: bool = False
    values: dict[str, str] | None = None
    separator: str | None = None
    prefix: str = ""
    day: Annotated[tuple[str, ...], BeforeValidator(_several)] = ()

    @field_validator("day")
    @classmethod
    def _forms_are_forms(cls, forms: tuple[str, ...]) -> tuple[str, ...]:
        for form in forms:
            try:
                datetime.datetime.strptime(datetime.datetime(2026, 11, 23).strftime(form), form)
            except (ValueError, re.error) as error:
                raise ValueError(f"{form} is no form of a date ({error})") from error
        return forms

    @model_validator(mode="after")
    def _from_somewhere(self) -> Value:
        if [bool(self.columns), self.constant is not None, self.asked is not None].count(True) != 1:
            raise ValueError("needs either columns or a constant or what is asked")
        return self


class Into(_Strict):
    """How a row becomes a record of a sheet.

    Attributes:
        sheet: the sheet.
        fields: field → its source.
        needs: columns that must not be empty; other rows are left out and counted.
        where: column → words of which it must have one; other rows are left out silently.
        unless: column → words of which it must have none; other rows did not take place, and are counted.
    """

    sheet: str
    fields: dict[str, Annotated[Value, BeforeValidator(_one_column)]] = Field(min_length=1)
    needs: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    unless: dict[str, tuple[str, ...]] = {}

    @property
    def asks_account(self) -> bool:
        """Whether a field needs the account of the import."""
        return any(field.asked is not None or field.scoped for field in self.fields.values())

    @model_validator(mode="after")
    def _fields_are_there(self) -> Into:
        if self.sheet not in KINDS:
            raise ValueError(f"there is no sheet {self.sheet}; there are {', '.join(KINDS)}")
        unknown = sorted(set(self.fields) - set(KINDS[self.sheet].fields))
        if unknown:
            raise ValueError(
                f"{self.sheet} has no field {', '.join(unknown)}; it has {', '.join(KINDS[self.sheet].fields)}"
            )
        return self


class TableMap(_Strict):
    """A table of another program and what its rows become.

    Attributes:
        name: the name of the table.
        columns: columns by which it is recognised.
        named: its name must fit too, since its columns do not distinguish it.
        headless: the file has no header: `columns` are all its columns in order, and its name must fit.
        short: rows may end before their empty cells.
        into: the sheets that each row becomes a record of.
    """

    name: str
    columns: tuple[str, ...] = Field(min_length=1)
    named: bool = False
    headless: bool = False
    short: bool = False
    into: tuple[Into, ...] = Field(min_length=1)

    @property
    def header(self) -> tuple[str, ...] | None:
        """The header, for a table without one in the file; else None."""
        return self.columns if self.headless else None

    def fits(self, name: str, header: Sequence[str]) -> bool:
        """Whether a table of this name and header is this table."""
        if self.headless:
            return self.is_called(name) and len(header) == len(self.columns)
        there = {fold(cell) for cell in header}
        return there.issuperset(map(fold, self.columns)) and (not self.named or self.is_called(name))

    def could_be(self, header: Sequence[str]) -> bool:
        """Whether a header has a column for each required field of the first sheet."""
        if self.headless:
            return len(header) == len(self.columns)
        first, there = self.into[0], {fold(cell) for cell in header}
        required = (column.name for column in KINDS[first.sheet].columns if column.required)
        columns = [first.fields[name].columns for name in required if name in first.fields]
        return all(there.intersection(map(fold, several)) for several in columns if several)

    def is_called(self, name: str) -> bool:
        """Whether this is the name of the table, in any case."""
        return fold(name) == fold(self.name)


class Mapping(_Strict):
    """A program and its tables."""

    source: str
    tables: tuple[TableMap, ...] = Field(min_length=1)


def load_mapping(path: Path) -> Mapping:
    """Load a mapping file. Raises Unreadable, with place and reason, if it is not valid."""
    text = written_text(path)
    try:
        return Mapping.model_validate(yaml.load(text, Loader=_Loader))  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, ValidationError):
            raise _bad(path, error) from error
        raise unreadable("bad_mapping", path.name, place="-", why=" ".join(str(error).split())[:200]) from error


class _Loader(yaml.SafeLoader):
    """YAML without references, which can make a small file expand to a large one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*name) are not read here")
        return super().compose_node(parent, index)


def _bad(path: Path, error: ValidationError) -> Unreadable:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))[:80] or "-"
    why = " ".join(first["msg"].removeprefix("Value error, ").split())[:300]
    return unreadable("bad_mapping", path.name, place=place, why=why)


@cache
def shipped_mappings() -> tuple[Mapping, ...]:
    """The mappings of well-known programs, which come with swaymap."""
    folder = files("loaders").joinpath("sources")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".yaml"))
    return tuple(Mapping.model_validate(yaml.safe_load(folder.joinpath(name).read_text("utf-8"))) for name in names)


def fingerprint(header: Sequence[str]) -> str:
    """A hexadecimal digest of a header, independent of the order and case of its cells."""
    return sha256("\n".join(sorted(map(fold, header))).encode()).hexdigest()[:16]


def table_map(mappings: Iterable[Mapping], name: str, header: Sequence[str]) -> TableMap | None:
    """The mapped table that fits best: one of this name, else the one with most columns; the first of equals."""
    return max(
        _fitting(mappings, name, header), key=lambda item: (item.is_called(name), len(item.columns)), default=None
    )


def _fitting(mappings: Iterable[Mapping], name: str, header: Sequence[str]) -> Iterator[TableMap]:
    return (table for mapping in mappings for table in mapping.tables if table.fits(name, header))
