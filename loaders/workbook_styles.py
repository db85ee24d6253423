"""Cell formats of our workbooks."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from graph.model.columns import Column

INK, DEEP, PALE, LINE = "#22223B", "#3D3A7C", "#E8E7F4", "#C9C7DF"
FONT = "Calibri"


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        def style(**properties: Any) -> Format:
            return book.add_format({"font_name": FONT, "font_size": 11, "valign": "vcenter", **properties})

        head = {"bold": True, "border": 1, "border_color": LINE}
        self.required = style(**head, bg_color=DEEP, font_color="#FFFFFF")
        self.optional = style(**head, bg_color=PALE, font_color=INK)
        self.text = style(num_format="@")
        self.date = style(num_format="yyyy-mm-dd", align="left")
        self.number = style(align="left")
        self.title = style(bold=True, font_size=16, font_color=DEEP)
        self.section = style(bold=True, font_size=12, font_color=DEEP)
        self.line = style(text_wrap=True, font_color=INK)
        self.link = style(font_color=DEEP, underline=1)

    def header(self, column: Column) -> Format:
        """The format of a header cell."""
        return self.required if column.required else self.optional

    def cell(self, column: Column) -> Format:
        """The format of a column's cells; text cells stay text, so that `001` is kept."""
        if column.cell == "date":
            return self.date
        return self.number if is_numeric(column) else self.text


def is_numeric(column: Column) -> bool:
    """Whether a column's cells are written as numbers; those of a scale are words."""
    return column.cell in ("integer", "number") and column.scale is None


def width(column: Column) -> int:
    """The width of a column, in characters."""
    if column.name in ("notes", "statement", "evidence", "win", "strategy", "strengths", "weaknesses"):
        return 40
    if column.cell in ("date", "integer", "number", "boolean"):
        return 15
    return 26 if column.is_list or (column.ref is None and not column.key) else 18
