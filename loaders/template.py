"""Write our workbooks: the blank template, and datasets in the same form, which are read back unchanged."""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook

from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.private_files import write_file
from loaders.csv_folder import write_csv_folder
from loaders.workbook_guides import add_example, add_guide
from loaders.workbook_sheets import Sheets
from loaders.workbook_styles import Styles

__all__ = ["write_csv_folder", "write_template", "write_workbook"]

_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")

# A fixed time: the same content gives the same bytes.
_WRITTEN = datetime.datetime(2026, 1, 1)


def write_template(path: Path, lang: str = "en") -> None:
    """Write a blank workbook with choices, notes and one example. Raises OSError where it cannot be written."""
    write_file(path, _workbook(Dataset(), lang))


def write_workbook(path: Path, dataset: Dataset, lang: str = "en") -> None:
    """Write a dataset as a workbook of the same form as the template.

    Raises OSError where it cannot be written, InputError where a text is longer than a workbook's cell may be.
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


class ExactWorkbook(Workbook):  # type: ignore[misc]
    """xlsxwriter's workbook, but with every text written exactly.

    xlsxwriter takes a text between <r> and </r> for markup, and writes two adjoining escapes so that they merge into
    one. Both happen where it writes the shared strings; its packager can be replaced, which is done here.
    """

    def _get_packager(self) -> Packager:
        return _ExactPackager()


class _ExactPackager(Packager):  # type: ignore[misc]
    def _write_shared_strings_file(self) -> None:
        if self.workbook.str_table.count:
            strings = _ExactStrings()
            strings.string_table = self.workbook.str_table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


class _ExactStrings(SharedStrings):  # type: ignore[misc]
    def _write_si(self, string: str) -> None:
        self._xml_si_element(_escaped(string), [("xml:space", "preserve")])


def _escaped(text: str) -> str:
    """A text as a workbook stores it: what XML forbids as _x000D_, and such a text itself as _x005F_x000D_."""
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", _LIKE_AN_ESCAPE.sub("_x005F_", text))
