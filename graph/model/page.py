"""The page docs/model.md, derived from the declarations: every kind with its columns, every scale with its words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind, scales_of
from graph.model.scales import Scale

HEAD = """# The model

The record kinds of swaymap. Each is a sheet of the workbook, a CSV file of the same name, a table in SQLite, and a
label or a relationship type in Neo4j. Only `accounts` and `people` are required.

Sheets and headers take the English or the Chinese name. A list in a cell is separated by `;`. Booleans are yes, no,
true, false, 1, 0, 是, 否. Dates are written 2026-11-23. A cell of a scale takes the code, the English or the Chinese
word, in any case. An empty cell is unknown.

Who may see a value: *plain* everyone, *internal* the account's own team, *restricted* only those with the right to it.

An id may be left empty: the row is then the record of its name that is known already, or gets an id made from its name
(Chinese in pinyin), or, where the kind has no name, from its content. A cell that refers to a record takes its id, or
its name where only one record of the account has it.

This page is made by `make docs` from `graph/model/`; change it there."""

MADE = "Empty: made from the name, or the content."


def model_page() -> str:
    """The page, as Markdown."""
    kinds = list(KINDS.values())
    parts = [
        HEAD,
        "## Record kinds",
        *(_kind(kind) for kind in kinds),
        "## Scales",
        *(_scale(scale) for scale in scales_of(kinds).values()),
    ]
    return "\n\n".join(parts) + "\n"


def _kind(kind: Kind) -> str:
    rows = (
        [f"**`{column.name}`**" if column.key else f"`{column.name}`", column.zh, *_described(column)]
        for column in kind.columns
    )
    table = markdown_table(("column", "中文", "cell", "required", "may see", "Neo4j", "note"), rows)
    return f"### {kind.sheet} · {kind.zh}\n\n{kind.note} {_in_graph(kind)}\n\n{table}"


def _described(column: Column) -> tuple[str, ...]:
    required = "yes" if column.must_be_filled else ""
    note = " ".join(filter(None, (column.note, MADE if column.required and not column.must_be_filled else "")))
    return _cell(column), required, column.field_class.value, _drawn(column), note


def _cell(column: Column) -> str:
    if column.ref is not None:
        what = "ids or names" if column.is_list else "id or name"
        return f"{what} of [{column.ref}](#{column.ref}--{KINDS[column.ref].zh})"
    if column.scale is not None:
        return f"{'list of ' if column.is_list else ''}[{column.scale.name}](#{column.scale.name})"
    return f"{column.cell} {column.bounds}".strip()


def _drawn(column: Column) -> str:
    if column.link is None:
        return f"`{column.camel}`" if column.ref is None else ""
    return f"`-[:{column.link.type}]->`" if column.link.outgoing else f"`<-[:{column.link.type}]-`"


def _in_graph(kind: Kind) -> str:
    if kind.edge is None:
        return f"In Neo4j `(:{kind.label})`."
    ends = [KINDS[kind.by_name[name].ref or ""].label for name in (kind.edge.source, kind.edge.target)]
    arrow = "->" if kind.edge.directed else "-"
    return f"In Neo4j `(:{ends[0]})-[:{kind.edge.type}]{arrow}(:{ends[1]})`."


def _scale(scale: Scale) -> str:
    rows = ([f"`{choice.code}`", choice.en, choice.zh, "; ".join(choice.also)] for choice in scale.choices)
    return f"### {scale.name}\n\n{markdown_table(('code', 'English', '中文', 'also'), rows)}"


def markdown_table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    return "\n".join(_lines(head, rows))


def _lines(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        cells = [cell.replace("|", r"\|") for cell in row]
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.buffer.write(model_page().encode())
