"""The review file: pairs of people who may be the same, for a person to decide; the next import reads the decisions.

`review.csv` has a row for each pair. `decision` is accept (the same person), merge (the same, and store the address
with them), reject (different people), or empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from loaders.formulas import as_written, neutralised
from loaders.problems import unreadable
from loaders.text_files import written_text

Decision = Literal["accept", "merge", "reject"]
Decisions = Mapping[tuple[str, str], Decision]
"""Pair of incoming person (id or address) and known person (id) → decision."""

COLUMNS = ("decision", "account", "from", "from_name", "person", "person_name", "score", "source")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An incoming person who may be a known person; `score` is the similarity of their names, 0 to 100."""

    account: str
    incoming: str
    incoming_name: str
    person: str
    person_name: str
    score: int
    source: str


def decisions_of(text: str, file: str) -> dict[tuple[str, str], Decision]:
    """The decisions of a review file. Raises Unreadable if it is not one, or has an unknown decision."""
    rows = csv.DictReader(io.StringIO(text), strict=True)
    decisions: dict[tuple[str, str], Decision] = {}
    try:
        if not {"decision", "from", "person"} <= set(rows.fieldnames or ()):
            raise unreadable("bad_review", file, row=1, value=", ".join(rows.fieldnames or ())[:40])
        for row in rows:
            word = (row["decision"] or "").strip().lower()
            if word and word not in get_args(Decision):
                raise unreadable("bad_review", file, row=rows.line_num, value=word[:40])
            if word:
                decisions[as_written(row["from"] or ""), as_written(row["person"] or "")] = cast(Decision, word)
    except csv.Error as error:
        raise unreadable("bad_review", file, row=rows.reader.line_num, value=str(error)[:40]) from error
    return decisions


def review_text(suggestions: Iterable[Suggestion], decided: Decisions) -> str:
    """The text of a review file with these suggestions and earlier decisions."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = {
        (suggestion.incoming, suggestion.person): (
            suggestion.account,
            suggestion.incoming_name,
            suggestion.person_name,
            str(suggestion.score),
            suggestion.source,
        )
        for suggestion in suggestions
    }
    for incoming, person in sorted({*rows, *decided}):
        account, name, known, score, source = rows.get((incoming, person), ("", "", "", "", ""))
        cells = (decided.get((incoming, person), ""), account, incoming, name, person, known, score, source)
        writer.writerow([neutralised(cell) for cell in cells])
    return out.getvalue()


def read_review(path: Path) -> dict[tuple[str, str], Decision]:
    """Read the decisions of a review file; empty if there is no file. Raises Unreadable."""
    if not path.exists() and not path.is_symlink():
        return {}
    return decisions_of(written_text(path), path.name)
