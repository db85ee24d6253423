"""How somebody else's tables become ours: column → field, with constants, tables of values and joined columns.

A mapping is a YAML file. Those of well-known programs are shipped in `loaders/sources/`, one file a program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from graph.model.kind import KINDS
from graph.model.scales import fold
from loaders.problems import unreadable


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _one_column(value: Any) -> Any:
    return {"columns": [value]} if isinstance(value, str) else value


class Lookup(_Strict):
    """A cell is found again in a column of the same table, and stands for what another column has there."""

    find: str
    give: str


class Value(_Strict):
    """What a field is filled with: columns joined by a blank, a constant, or the account that was asked for.

    `values` are the words of the source and what they mean here; a word that is not in it stays empty, and is said.
    `day` is the form of a date, as strptime takes it; `separator` is what stands between the parts of a list; `prefix`
    keeps ids apart that another program counts from 1 too, and `scoped` ids that every company has, by the account.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    asked: Literal["account"] | None = None
    lookup: Lookup | None = None
    scoped: bool = False
    values: dict[str, str] | None = None
    separator: str | None = None
    prefix: str = ""
    day: str | None = None

    @model_validator(mode="after")
    def _from_somewhere(self) -> Value:
        if [bool(self.columns), self.constant is not None, self.asked is not None].count(True) != 1:
            raise ValueError("needs either columns or a constant or what is asked")
        return self


class Into(_Strict):
    """The sheet that a row becomes a record of. A row where one of the `needs` columns is empty becomes none.

    Nor does one where a column of `where` has none of its words; such rows are not meant, and nothing is said of them.
    """

    sheet: str
    fields: dict[str, Annotated[Value, BeforeValidator(_one_column)]] = Field(min_length=1)
    needs: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}

    @property
    def asks_account(self) -> bool:
        """Whether the account must be said, since the table does not say it."""
        return any(one.asked is not None or one.scoped for one in self.fields.values())

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
    """

    name: str
    columns: tuple[str, ...] = Field(min_length=1)
    named: bool = False
    headless: bool = False
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

    def is_called(self, name: str) -> bool:
        """Whether a table is called so, in any case."""
        return fold(name) == fold(self.name)


class Mapping(_Strict):
    """The tables of a source, and what it is called."""

    source: str
    tables: tuple[TableMap, ...] = Field(min_length=1)


def load_mapping(path: Path) -> Mapping:
    """A mapping of a file. Raises Unreadable, with place and reason, where it is none."""
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as wrong:
        raise unreadable("cannot_read", str(path), why=wrong.strerror or str(wrong)) from wrong
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise unreadable("bad_mapping", path.name, place="-", why=" ".join(str(wrong).split())[:200]) from wrong
    except ValidationError as wrong:
        first = wrong.errors()[0]
        place = ".".join(map(str, first["loc"])) or "-"
        raise unreadable(
            "bad_mapping", path.name, place=place, why=first["msg"].removeprefix("Value error, ")
        ) from wrong


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
    return max(_fitting(mappings, name, header), key=lambda one: (one.is_called(name), len(one.columns)), default=None)


def _fitting(mappings: Iterable[Mapping], name: str, header: Sequence[str]) -> Iterator[TableMap]:
    return (table for one in mappings for table in one.tables if table.fits(name, header))
