"""Random datasets for hypothesis: every kind, every column, any text that a file may hold."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from loaders.hidden_characters import hidden_in

# What no file holds: NUL and halves of a character.
_CHARACTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
_AWKWARD = st.sampled_from(
    [
        "001",
        "NA",
        "None",
        "1e5",
        "=1+1",
        "+1",
        "-1",
        "@x",
        "'=x",
        "''=x",
        "'",
        "''",
        "#N/A",
        "TRUE",
        "是",
        "</script>",
        "<r>x</r>",
        "<r></r>",
        "＝1",
        "_x0041_",
        "_x000D_",
        "_x0041_x0042_",
        "_x0041_x0042_x0043_",
        "_x005F_x0041_",
        "x005F_",
        "2026-11-23",
        "03/04/2026",
        ";",
        "；",
        "a,b",
        "陈宇/Chen",
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",
        "=cmd|'/C'!A0",
        "'})DETACH//",
        " x ",
        "\tx",
        "\rx",
        "a\r\nb",
        "a\nb",
        'say "x"',
        "x\u2028y",
        "\x01\x1f\x7f",
        "\ufeffx",
        "\ufffe\uffff",
        "\u202ex",
    ]
)
TEXT = (st.text(_CHARACTERS, max_size=12) | _AWKWARD).filter(lambda text: text != "" and not text.isspace())
ID = (st.text(_CHARACTERS, min_size=1, max_size=8) | _AWKWARD).filter(
    lambda text: text == text.strip() != "" and not hidden_in(text) and not set(";；") & set(text) and text[:1] != "#"
)


def _numbers(column: Column) -> st.SearchStrategy[Any]:
    least = column.least if column.least is not None else column.above
    if column.scale is not None:
        return st.sampled_from([int(code) for code in column.scale.by_code])
    if column.cell == "integer":
        return st.integers(int(least or 0), int(column.most or 1_000_000))
    exclude = column.above is not None
    numbers = st.floats(least, column.most, exclude_min=exclude, allow_nan=False, allow_infinity=False)
    return numbers.map(lambda number: number + 0.0)


def _value(column: Column) -> st.SearchStrategy[Any]:
    if column.is_list:
        items = ID if column.ref else TEXT.filter(lambda text: not set(";；") & set(text)).map(str.strip)
        if column.scale is not None:
            items = st.sampled_from(list(column.scale.by_code))
        lists = st.lists(items, max_size=3, unique=True)
        return lists.map(lambda items: tuple(sorted(items)) if column.ref else tuple(items))
    if column.cell in ("integer", "number"):
        return _numbers(column)
    if column.cell == "boolean":
        return st.booleans()
    if column.cell == "date":
        return st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2026, 11, 23))
    if column.scale is not None:
        return st.sampled_from(list(column.scale.by_code))
    if column.name == "name":
        return TEXT.filter(lambda text: text == text.strip())  # names are stored without blanks around them
    return ID if column.key or column.ref is not None else TEXT


def records(kind: Kind) -> st.SearchStrategy[Any]:
    """Records of a kind: every value that its columns may have, empty ones too."""
    values = {
        column.name: _value(column) if column.required or column.is_list else st.none() | _value(column)
        for column in kind.columns
    }
    made = st.builds(kind.record, **values)
    if kind.edge is not None and not kind.edge.directed:
        return made.filter(lambda record: getattr(record, kind.edge.source) <= getattr(record, kind.edge.target))
    return made


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Datasets of a few kinds, each key once."""
    kinds = draw(
        st.lists(st.sampled_from(list(KINDS.values())), min_size=1, max_size=3, unique_by=lambda kind: kind.sheet)
    )
    made = Dataset()
    for kind in kinds:
        for record in draw(st.lists(records(kind), min_size=1, max_size=3, unique_by=kind.key_of)):
            made.add(record)
    return made
