"""The declaration of a column of a record kind: words, bounds, field class, reference.

A column is declared once, in the annotation of a record's field; the sheet, the table, the graph, the JSON schema,
the template and the documentation are all derived from it.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from graph.model.scales import Scale

CellType = Literal["text", "integer", "number", "boolean", "date", "list"]


class FieldClass(StrEnum):
    """The readers of a value: everyone, the account's own team, or only those with the right to it."""

    PLAIN = "plain"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Link:
    """The relationship by which a node shows a reference: its type, and whether it leaves the node or enters it."""

    type: str
    outgoing: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind. `name`, `cell`, `required` and the bounds are filled in from the field's annotation.

    `before` is what a record has in this column that was stored before the column was declared.
    """

    zh: str
    note: str = ""
    note_zh: str = ""
    field_class: FieldClass = FieldClass.PLAIN
    key: bool = False
    ref: str | None = None
    link: Link | None = None
    scale: Scale | None = None
    before: Any = None
    name: str = ""
    cell: CellType = "text"
    required: bool = False
    above: float | None = None
    least: float | None = None
    most: float | None = None
    annotation: Any = None

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values, separated by a semicolon."""
        return self.cell == "list"

    @property
    def bounds(self) -> str:
        """The bounds in signs, `> 0, ≤ 1`; empty where there are none."""
        signs = ((">", self.above), ("≥", self.least), ("≤", self.most))
        return ", ".join(f"{sign} {bound:g}" for sign, bound in signs if bound is not None)

    @property
    def must_be_filled(self) -> bool:
        """Whether a cell of a swaymap workbook must be filled. An empty id is made from name or content."""
        return self.required and not (self.key and self.name == "id")

    @property
    def camel(self) -> str:
        """The name in camelCase, as a graph's properties are written."""
        first, *rest = self.name.split("_")
        return first + "".join(map(str.capitalize, rest))

    def adapter(self) -> TypeAdapter[Any]:
        """The pydantic check of one value of this column (not of the empty cell)."""
        return TypeAdapter(self.annotation)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        if self.scale is None:
            return schema
        return core_schema.no_info_after_validator_function(self._on_scale, schema)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        described = handler.resolve_ref_schema(handler(schema))
        described["title"] = self.zh
        if self.note:
            described["description"] = self.note
        if self.scale is not None:
            described["x-scale"] = self.scale.name
            described_value = described.get("items") or next(iter(described.get("anyOf", ())), described)
            described_value["enum"] = [
                int(code) if described_value["type"] == "integer" else code for code in self.scale.by_code
            ]
        if self.ref is not None:
            described["x-refers-to"] = self.ref
        described["x-field-class"] = self.field_class.value
        return described

    def _on_scale(self, value: Any) -> Any:
        assert self.scale is not None
        for code in value if isinstance(value, tuple) else (value,):
            if code is not None and str(code) not in self.scale.by_code:
                raise ValueError(f"not a value of the scale {self.scale.name}")
        return value


def column(
    zh: str,
    note: str = "",
    note_zh: str = "",
    *,
    see: FieldClass = FieldClass.PLAIN,
    key: bool = False,
    ref: str | None = None,
    link: Link | None = None,
    scale: Scale | None = None,
    before: Any = None,
) -> Column:
    """Declare a column: Chinese name, notes in both languages, field class, key, reference and scale.

    A required column that is added to a kind also says what the records hold that are stored already: `before`, a
    text, a number or a boolean. Other columns are empty in them.
    """
    return Column(
        zh=zh, note=note, note_zh=note_zh, field_class=see, key=key, ref=ref, link=link, scale=scale, before=before
    )


_CELLS: dict[str, CellType] = {
    "str": "text",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "date": "date",
    "tuple": "list",
}


def resolve(name: str, annotation: Any, required: bool) -> Column:
    """The full column of a field, from its annotation `Annotated[type | None, column(...)]`.

    Raises TypeError where a field has no column, so that a field cannot be added by halves, and where `before` is
    given for a column that may be empty, is part of the key or refers to another kind.
    """
    declared = next((note for note in getattr(annotation, "__metadata__", ()) if isinstance(note, Column)), None)
    if declared is None:
        raise TypeError(f"field {name!r} has no column(...)")
    if declared.before is not None and (not required or declared.key or declared.ref is not None):
        raise TypeError(f"field {name!r} has before=, which is for required columns that are no key and no reference")
    plain = _without_none(annotation.__origin__)
    beside = [note for note in annotation.__metadata__ if note is not declared]
    bounds = [*getattr(plain, "__metadata__", ()), *beside]
    base = getattr(plain, "__origin__", plain) if hasattr(plain, "__metadata__") else plain
    base_name = (get_origin(base) or base).__name__
    return replace(
        declared,
        name=name,
        cell=_CELLS[base_name],
        required=required,
        before=() if _CELLS[base_name] == "list" else declared.before,
        above=next((float(str(bound.gt)) for bound in bounds if isinstance(bound, Gt)), None),
        least=next((float(str(bound.ge)) for bound in bounds if isinstance(bound, Ge)), None),
        most=next((float(str(bound.le)) for bound in bounds if isinstance(bound, Le)), None),
        annotation=Annotated[(plain, *beside, declared)],
    )


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, types.UnionType):
        return next(arg for arg in get_args(annotation) if arg is not types.NoneType)
    return annotation
