"""The review file: who may be whom, for a person to decide; the next import reads what was decided.

`review.csv` has a row for each pair. In `decision`: accept (it is them), merge (it is them, and their address is stored
with them), reject (somebody else), or nothing yet.
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
from loaders.texts import written_text

Decision = Literal["accept", "merge", "reject"]
Decisions = Mapping[tuple[str, str], Decision]
"""Who came in (id or address) and whom we know → what was decided."""

COLUMNS = ("decision", "account", "from", "from_name", "person", "person_name", "score", "source")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody of a source who may be somebody we know; `score` is how alike the names are, 0 to 100."""

    account: str
    incoming: str
    incoming_name: str
    person: str
    person_name: str
    score: int
    source: str


def decisions_of(text: str, file: str) -> dict[tuple[str, str], Decision]:
    """What a review file decides. Raises Unreadable where it is none, or has another word than the three."""
    rows = csv.DictReader(io.StringIO(text), strict=True)
    found: dict[tuple[str, str], Decision] = {}
    try:
        if not {"decision", "from", "person"} <= set(rows.fieldnames or ()):
            raise unreadable("bad_review", file, row=1, value=", ".join(rows.fieldnames or ())[:40])
        for row in rows:
            word = (row["decision"] or "").strip().lower()
            if word and word not in get_args(Decision):
                raise unreadable("bad_review", file, row=rows.line_num, value=word[:40])
            if word:
                found[as_written(row["from"] or ""), as_written(row["person"] or "")] = cast(Decision, word)
    except csv.Error as wrong:
        raise unreadable("bad_review", file, row=rows.reader.line_num, value=str(wrong)[:40]) from wrong
    return found


def review_text(suggestions: Iterable[Suggestion], decided: Decisions) -> str:
    """The review file of these suggestions, with what was decided before."""
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
    """What a review file decides, nothing where there is none. Raises Unreadable."""
    if not path.exists() and not path.is_symlink():
        return {}
    return decisions_of(written_text(path), path.name)
