"""A workbook that holds every text exactly.

xlsxwriter takes a text between <r> and </r> for markup, and writes two escapes that share an underscore so that they
melt into one. Both are in how it writes the shared strings; it lets its packager be replaced, which is done here.
"""

from __future__ import annotations

import re

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook

_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class ExactWorkbook(Workbook):  # type: ignore[misc]
    """xlsxwriter's workbook, its texts written as they are."""

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
        self._xml_si_element(escaped(string), [("xml:space", "preserve")])


def escaped(text: str) -> str:
    """A text as a workbook writes it: what XML may not hold as _x000D_, and what looks like that as _x005F_x000D_."""
    return _NOT_IN_XML.sub(lambda one: f"_x{ord(one[0]):04X}_", _LIKE_AN_ESCAPE.sub("_x005F_", text))
