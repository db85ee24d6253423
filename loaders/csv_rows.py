"""Write rows of results as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from loaders.formulas import neutralised


def rows_as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV with a header; lists joined by a semicolon; text that a spreadsheet would run is neutralised.

    >>> rows_as_csv([{"id": "wu-tao", "name": "=1+1", "roles": ["D", "U"], "veto": True, "stance": None}])
    "id,name,roles,veto,stance\\nwu-tao,'=1+1,D;U,yes,\\n"
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    for number, row in enumerate(rows):
        if number == 0:
            writer.writerow(row)
        writer.writerow([_cell(value) for value in row.values()])
    return written.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return neutralised(";".join(str(item["person"]) if isinstance(item, dict) else str(item) for item in value))
    return neutralised(str(value))
