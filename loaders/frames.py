"""Read pandas DataFrames with the checks and messages of files.

Each frame becomes the table that a CSV file of the same content becomes, so that equal content gives equal records.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from graph.model.echo import cut
from graph.model.gc_pause import gc_paused
from graph.model.kind import KINDS, Kind
from graph.model.problem import InputError
from graph.model.scales import fold
from graph.model.words import message
from loaders.asked import Asked
from loaders.batch import Batch
from loaders.findings import Finding, shown_value
from loaders.headers import SHEETS, kind_named, understand
from loaders.problems import Unreadable, unreadable
from loaders.python_values import cell_text_of, is_storable, type_name
from loaders.reading import Reading
from loaders.tables import CHUNK, Chunk, FileFacts, Flaw, Table, columns_of, header_cells

if TYPE_CHECKING:
    from pandas import DataFrame, Index, Series

    from graph.model.columns import Column
    from loaders.mapping import TableMap

FILE = "DataFrame"
"""The place that findings name instead of a file; the sheet is the name of the frame."""

BLOCK = 40 * CHUNK
"""Rows whose values are taken out of a frame at a time."""

_EXACT = 2**53
"""The last digits of a larger float are not certain."""


def read_frames(frames: Mapping[str, DataFrame], asked: Asked) -> Batch:
    """Read and check DataFrames; the keys are names of sheets (`people`, `influences`, … or 人员, …) or of tables that
    a mapping knows.

    Columns are named as in files. NaN, NaT, None and NA are empty cells; a timestamp at midnight is a day; a float
    without a fraction is a whole number; a text stays as it is; a list is read in a column of lists. The levels of a
    named index are columns; an index without a name gives the labels by which findings name rows.

    Problems of the content are not raised: they are in `findings` of the batch. Raises InputError where `frames` is no
    mapping of names.

    >>> import datetime, pandas
    >>> people = pandas.DataFrame({"id": ["wu-tao"], "account": ["qinglan"], "name": ["Wu Tao"], "level": [5.0]})
    >>> batch = read_frames({"people": people}, Asked(today=datetime.date(2026, 11, 23)))
    >>> [person.level for person in batch.dataset]
    [5]
    """
    check_names(frames)
    reading = Reading(asked)
    reading.load_own_mapping()
    facts = FileFacts(FILE, "frame")
    reading.facts.append(facts)
    with gc_paused():
        for name, frame in frames.items():
            try:
                _take(reading, facts, name, frame)
            except Unreadable as problem:
                kind = kind_named(name)
                reading.refuse(problem, KINDS if kind is None else (kind.sheet,))
        return reading.batch(FILE)


def check_names(frames: object) -> None:
    """Raise InputError unless DataFrames come by name.

    >>> check_names({"people": None})
    """
    if not isinstance(frames, Mapping):
        raise InputError("frames_without_names", message("problem.frames_without_names", type=type_name(frames)))
    for name in frames:
        if not isinstance(name, str):
            raise InputError("frames_without_names", message("problem.frame_name", value=cut(str(name))))


def _take(reading: Reading, facts: FileFacts, name: str, frame: Any) -> None:
    from pandas import DataFrame

    if not isinstance(frame, DataFrame):
        raise unreadable("not_a_frame", FILE, name, type=type_name(frame))
    columns, labels = _columns(frame), _labels(frame.index)
    header = header_cells([_header_cell(label) for label, _ in columns])
    caps = reading.asked.caps
    if not header:
        raise unreadable("empty_file", FILE, name)
    if len(columns) > caps.columns:
        raise unreadable("too_many_columns", FILE, name, found=len(columns), most=caps.columns)
    if len(frame) > caps.rows:
        raise unreadable("too_many_rows", FILE, name, most=caps.rows)
    if _has_unread_labels(frame.index):
        reading.findings.append(Finding("index_not_read", FILE, name))
    meaning = _meaning(reading, name, header)
    kind = meaning if isinstance(meaning, Kind) else None

    def table(sheet: str) -> Table:
        frame_values = _Frame(sheet, kind, header, [values for _, values in columns], facts)
        return Table(FILE, sheet, header, None, frame_values.chunks(len(frame)), labels)

    if isinstance(meaning, Kind):
        reading.add_table(meaning, replace(table(meaning.sheet), sheet=name))
    else:
        reading.add_foreign(meaning, FILE, table)


def _meaning(reading: Reading, name: str, header: Sequence[str]) -> Kind | TableMap:
    """The kind of a frame's records. Raises Unreadable where its name is neither a sheet nor a mapped table's."""
    meaning = reading.recognising.meaning(FILE, name, header)
    if meaning is None or (isinstance(meaning, Kind) and kind_named(name) is None):
        near = get_close_matches(fold(name)[:80], SHEETS, n=1, cutoff=0.5)
        places = {"near": SHEETS[near[0]].sheet} if near else {"sheets": ", ".join(KINDS)}
        raise Unreadable(Finding("unknown_frame", FILE, value=shown_value(name), places=places))
    return meaning


def _columns(frame: DataFrame) -> list[tuple[Hashable, Series]]:
    """Label and values of each column, the named levels of the index first, as `reset_index` puts them."""
    from pandas import Series

    index = frame.index
    levels = [(name, Series(index.get_level_values(at))) for at, name in enumerate(index.names) if name is not None]
    return [*levels, *((label, frame.iloc[:, at]) for at, label in enumerate(frame.columns))]


def _header_cell(label: Hashable) -> str:
    if isinstance(label, tuple):
        return " ".join(filter(None, map(_header_cell, label)))
    return cell_text_of(label)[0]


def _labels(index: Index) -> Sequence[Hashable] | None:
    """The names of the rows; None where they are their positions."""
    from pandas import RangeIndex

    counted = isinstance(index, RangeIndex) and index.start == 0 and index.step == 1
    return None if counted else index  # type: ignore[return-value]


def _has_unread_labels(index: Index) -> bool:
    """Whether an index without a name holds more than numbers, which are usually left from sorting or filtering."""
    return any(
        name is None and index.get_level_values(at).dtype.kind not in "iu" for at, name in enumerate(index.names)
    ) and bool(len(index))


@dataclass
class _Frame:
    """The values of a frame on their way to chunks of text. `kind` is None for a table that a mapping knows."""

    sheet: str
    kind: Kind | None
    header: list[str]
    columns: list[Series]
    facts: FileFacts
    flaws: list[Flaw] = field(default_factory=list)

    def chunks(self, rows: int) -> Iterator[Chunk]:
        """The rows in chunks, without the empty ones; row numbers are positions in the frame."""
        self.facts.rows[self.sheet] = 0
        at = {} if self.kind is None else {at: name for name, at in understand(self.kind, self.header).at.items()}
        for start in range(0, rows, BLOCK):
            texts = [
                self._texts(place, at.get(place), column.iloc[start : start + BLOCK], start)
                for place, column in enumerate(self.columns)
            ]
            yield from self._cut(texts, start)

    def _cut(self, texts: list[list[str]], start: int) -> Iterator[Chunk]:
        """Cut a block of columns into chunks, each with the flaws of its rows."""
        width = len(self.header)
        flaws, self.flaws = self.flaws, []
        for first in range(0, len(texts[0]), CHUNK):
            part = [column[first : first + CHUNK] for column in texts]
            numbers = range(start + first, start + first + len(part[0]))
            own = [flaw for flaw in flaws if flaw.row in numbers] if flaws else []
            rows: Sequence[int] = numbers
            if not any(map(all, part)):
                full = [row for row in zip(numbers, *part, strict=True) if any(row[1:])]
                rows = [row[0] for row in full]
                part = columns_of([list(row[1:]) for row in full], len(texts))
            for place in range(width, len(part)):
                cells = zip(rows, part[place], strict=True)
                own += [Flaw(row, place, "value_without_header", cell) for row, cell in cells if cell]
            self.facts.rows[self.sheet] += len(rows)
            yield Chunk(rows, part[:width], own)

    def _texts(self, place: int, name: str | None, values: Series, start: int) -> list[str]:
        """The texts of a column's values; what cannot be taken is noted as a flaw."""
        column = None if self.kind is None or name is None else self.kind.by_name[name]
        objects = _objects(values)
        texts = _plain_texts(objects)
        if texts is not None:
            return texts
        texts = []
        for row, value in enumerate(objects, start):
            text, error = cell_text_of(value)
            code = None if error is None else error.code
            places = {} if error is None else dict(error.places)
            if column is not None and code is None:
                if isinstance(value, list | tuple | set | frozenset) and not column.is_list:
                    code, places = "not_a_cell_value", {"type": type(value).__name__}
                elif isinstance(value, float) and _EXACT < abs(value) < math.inf and _is_text(column):
                    code = "inexact_number"
            if code is not None:
                self.flaws.append(Flaw(row, place, code, text, places))
            texts.append(text)
        return texts


def _is_text(column: Column) -> bool:
    return column.cell in ("text", "list") and column.scale is None


def _objects(values: Series) -> list[Any]:
    """The values as Python objects. A float of 32 bits is the shortest decimal that stands for it, 0.1 and not
    0.10000000149."""
    if values.dtype.name.lower() in ("float16", "float32"):
        return [float(str(value)) for value in values.to_numpy("float32", na_value=float("nan"))]
    if values.dtype.name.startswith("str"):
        return values.astype(object).where(values.notna(), None).tolist()
    return values.tolist()


def _plain_texts(objects: list[Any]) -> list[str] | None:
    """The texts of a column of integers, or of texts that can be stored: quicker than one by one; None for others."""
    kinds = set(map(type, objects))
    if kinds == {int}:
        return list(map(str, objects))
    if kinds <= {str, type(None)}:
        texts = [value or "" for value in objects]
        return texts if is_storable("".join(texts)) else None
    return None
