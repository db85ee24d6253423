"""Write our workbooks: the blank template, and datasets in the same form, which are read back unchanged."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.private_files import write_file
from loaders.csv_folder import write_csv_folder
from loaders.exact_workbook import ExactWorkbook
from loaders.workbook_guides import add_example, add_guide
from loaders.workbook_sheets import Sheets
from loaders.workbook_styles import Styles

__all__ = ["write_csv_folder", "write_template", "write_workbook"]

# A fixed time: the same content gives the same bytes.
_WRITTEN = datetime.datetime(2026, 1, 1)


def write_template(path: Path, lang: str = "en") -> None:
    """Write a blank workbook with choices, notes and one example. Raises OSError where it cannot be written."""
    write_file(path, _workbook(Dataset(), lang))


def write_workbook(path: Path, dataset: Dataset, lang: str = "en") -> None:
    """Write a dataset as a workbook of the same form as the template.

    Raises OSError where it cannot be written, Problem where a text is longer than a workbook's cell may be.
    """
    write_file(path, _workbook(dataset, lang))


def _workbook(dataset: Dataset, lang: str) -> bytes:
    out = io.BytesIO()
    with ExactWorkbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN, "title": "swaymap"})
        styles = Styles(book)
        sheets = Sheets(book, styles, lang)
        add_guide(book, styles, lang)
        add_example(book, styles, sheets)
        sheets.add_choices()
        for kind in KINDS.values():
            sheets.add(kind, sorted(dataset.of(kind.record), key=kind.key_of))
    return out.getvalue()
