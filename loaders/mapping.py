"""How somebody else's tables become ours: column → field, with constants, tables of values and joined columns.

A mapping is a YAML file. Those of well-known programs are shipped in `loaders/sources/`, one file a program.
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
from loaders.texts import written_text


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _one_column(value: Any) -> Any:
    return {"columns": [value]} if isinstance(value, str) else value


class Lookup(_Strict):
    """A cell is found again in a column of the same table, and stands for what another column has there."""

    find: str
    give: str


class Value(_Strict):
    """What a field is filled with: columns joined by a blank, a constant, or the account that was asked for.

    With `all` it stays empty where one of the columns is; with `digest` it is an id made of them, which says nothing.
    `values` are the words of the source and what they mean here; a word that is not in it stays empty, and is said.
    `day` is the form of a date, as strptime takes it, or several; an ISO day is one always. `separator` is what stands
    between the parts of a list; `prefix` keeps ids apart that another program counts from 1 too, and `scoped` ids that
    every company has, by the account.
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
            except (ValueError, re.error) as wrong:
                raise ValueError(f"{form} is no form of a date ({wrong})") from wrong
        return forms

    @model_validator(mode="after")
    def _from_somewhere(self) -> Value:
        if [bool(self.columns), self.constant is not None, self.asked is not None].count(True) != 1:
            raise ValueError("needs either columns or a constant or what is asked")
        return self


class Into(_Strict):
    """The sheet that a row becomes a record of. A row where one of the `needs` columns is empty becomes none.

    Nor does one where a column of `where` has none of its words; such rows are not meant, and nothing is said of them.
    One where a column of `unless` has one of its words did not take place; such rows are counted.
    """

    sheet: str
    fields: dict[str, Annotated[Value, BeforeValidator(_one_column)]] = Field(min_length=1)
    needs: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    unless: dict[str, tuple[str, ...]] = {}

    @property
    def asks_account(self) -> bool:
        """Whether the account must be said, since the table does not say it."""
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
    """A table of the source, known by columns that it has; `named` where only its name tells it from others.

    `headless` where the file has no header: `columns` are then all of its columns in order, and its name tells it.
    `short` where the program leaves out empty cells at the end of a row.
    """

    name: str
    columns: tuple[str, ...] = Field(min_length=1)
    named: bool = False
    headless: bool = False
    short: bool = False
    into: tuple[Into, ...] = Field(min_length=1)

    @property
    def header(self) -> tuple[str, ...] | None:
        """The header of a file that has none."""
        return self.columns if self.headless else None

    def fits(self, name: str, header: Sequence[str]) -> bool:
        """Whether a table of this name and header is one."""
        if self.headless:
            return self.is_called(name) and len(header) == len(self.columns)
        there = {fold(cell) for cell in header}
        return there.issuperset(map(fold, self.columns)) and (not self.named or self.is_called(name))

    def could_be(self, header: Sequence[str]) -> bool:
        """Whether a table of this header can become what it is to become first: each required field has a column."""
        if self.headless:
            return len(header) == len(self.columns)
        first, there = self.into[0], {fold(cell) for cell in header}
        required = (column.name for column in KINDS[first.sheet].columns if column.required)
        columns = [first.fields[name].columns for name in required if name in first.fields]
        return all(there.intersection(map(fold, several)) for several in columns if several)

    def is_called(self, name: str) -> bool:
        """Whether a table is called so, in any case."""
        return fold(name) == fold(self.name)


class Mapping(_Strict):
    """The tables of a source, and what it is called."""

    source: str
    tables: tuple[TableMap, ...] = Field(min_length=1)


def load_mapping(path: Path) -> Mapping:
    """A mapping of a file. Raises Unreadable, with place and reason, where it is none."""
    text = written_text(path)
    try:
        return Mapping.model_validate(yaml.load(text, Loader=_Loader))  # noqa: S506
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        if isinstance(wrong, ValidationError):
            raise _bad(path, wrong) from wrong
        raise unreadable("bad_mapping", path.name, place="-", why=" ".join(str(wrong).split())[:200]) from wrong


class _Loader(yaml.SafeLoader):
    """YAML without references: nobody needs them in a mapping of his own, and they make a small file a large one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*name) are not read here")
        return super().compose_node(parent, index)


def _bad(path: Path, wrong: ValidationError) -> Unreadable:
    first = wrong.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))[:80] or "-"
    why = " ".join(first["msg"].removeprefix("Value error, ").split())[:300]
    return unreadable("bad_mapping", path.name, place=place, why=why)


@cache
def shipped_mappings() -> tuple[Mapping, ...]:
    """The mappings of well-known programs."""
    folder = files("loaders").joinpath("sources")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml"))
    return tuple(Mapping.model_validate(yaml.safe_load(folder.joinpath(name).read_text("utf-8"))) for name in names)


def fingerprint(header: Sequence[str]) -> str:
    """What a header is known by: its cells in any order and case; hexadecimal."""
    return sha256("\n".join(sorted(map(fold, header))).encode()).hexdigest()[:16]


def table_map(mappings: Iterable[Mapping], name: str, header: Sequence[str]) -> TableMap | None:
    """The table that fits best: one that is called so, else the one with most columns; the first of equals."""
    return max(
        _fitting(mappings, name, header), key=lambda item: (item.is_called(name), len(item.columns)), default=None
    )


def _fitting(mappings: Iterable[Mapping], name: str, header: Sequence[str]) -> Iterator[TableMap]:
    return (table for mapping in mappings for table in mapping.tables if table.fits(name, header))
