"""Match people across sources: by address, else by id, else by name within the account.

Similar names are suggested, never merged. Of known people only empty cells are filled.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.model import Person
from graph.model.columns import Column
from graph.model.kind import Kind
from loaders.directory import Directory, addresses_of, names_of
from loaders.findings import Finding, shown_value
from loaders.read_table import Read
from loaders.review import Decision, Suggestion

ALIKE = 85
"""The least similarity of two names for a suggestion, of 100 (token sort ratio)."""

MATCHED = ("accounts", "people", "team")


@dataclass(frozen=True, slots=True)
class Match:
    """An incoming record that is a known record; `by` is address, name or review."""

    sheet: str
    incoming: str
    known: str
    by: str
    file: str


@dataclass
class Matching:
    """Matches the records of foreign tables with known records, table by table, and adds them to the directory.

    `account` is the account in which names are looked up.
    """

    directory: Directory
    decided: Mapping[tuple[str, str], Decision]
    account: str | None = None
    matches: list[Match] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    moved: list[Finding] = field(default_factory=list)
    lost: Counter[tuple[str, str]] = field(default_factory=Counter)
    _pending: set[str] = field(default_factory=set)
    _names: dict[str, _Names] = field(default_factory=dict)
    _same: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, reads: Iterable[Read]) -> None:
        """Replace the ids of matched records by the known ids, and fill in what is known."""
        foreign = [read for read in reads if read.foreign]
        for sheet in MATCHED:
            for read in (read for read in foreign if read.kind.sheet == sheet):
                self._rename(read.kind, read.records)
                self._match(read)
        for read in foreign:
            self._rename(read.kind, read.records)
            self._identify(read)
            if read.exported:
                self._drop_unknown_references(read)

    def _identify(self, read: Read) -> None:
        """Replace references by address or name by the ids of the records that they refer to."""
        for column in (
            reference
            for reference in read.kind.references
            if reference.ref in MATCHED and reference.name in read.columns
        ):
            there, meant = self.directory.of(column.ref or ""), dict[str, str]()
            for record in read.records:
                value = getattr(record, column.name)
                for text in value if column.is_list else [value]:
                    if text is not None and text not in there and text not in meant:
                        meant[text] = self._called(column.ref or "", text) or text
            if any(text != known for text, known in meant.items()):
                _put(column, read.records, meant)
                replaced = sorted((text, known) for text, known in meant.items() if text != known)
                by = ("address" if "@" in text else "name" for text, _ in replaced)
                self.matches += [
                    Match(column.ref or "", text, known, how, read.table.file)
                    for (text, known), how in zip(replaced, by, strict=True)
                ]

    def _called(self, sheet: str, called: str) -> str | None:
        """The id of the record with this address or name."""
        directory, address = self.directory, called.strip().lower()
        if sheet == "people":
            named = directory.person_named(self.account, called) if self.account else None
            return directory.person_at(address) or named
        if sheet == "team":
            return directory.member_at(address) or directory.member_named(called)
        return directory.account_named(called)

    def _drop_unknown_references(self, read: Read) -> None:
        """Drop references to people, accounts and members that are unknown: exports also name leads and robots.

        A record without a required reference, and a contact without people, is dropped.
        """
        lost = 0
        keep = [True] * len(read.records)
        for column in (
            reference
            for reference in read.kind.references
            if reference.ref in MATCHED and reference.name in read.columns
        ):
            there = self.directory.of(column.ref or "")
            for place, record in enumerate(read.records):
                value = getattr(record, column.name)
                if column.is_list:
                    left = tuple(identity for identity in value if identity in there)
                    lost += len(value) - len(left)
                    setattr(record, column.name, left)
                    keep[place] &= bool(left) or not value or column.ref != "people"
                elif value is not None and value not in there:
                    lost += 1
                    if column.required:
                        keep[place] = False
                    else:
                        setattr(record, column.name, None)
        if lost:
            self.lost[read.table.file, read.table.sheet] += lost
            read.records = [record for record, kept in zip(read.records, keep, strict=True) if kept]
            read.rows = array("L", (row for row, kept in zip(read.rows, keep, strict=True) if kept))

    def findings(self) -> Iterator[Finding]:
        """Findings about matches that are not by id, and the number of suggestions."""
        for match in self.matches:
            places = {"known": match.known}
            yield Finding(
                f"matched_by_{match.by}", match.file, match.sheet, value=shown_value(match.incoming), places=places
            )
        yield from self.moved
        for (file, sheet), count in sorted(self.lost.items()):
            yield Finding("strangers_left_out", file, sheet, places={"count": str(count)})
        if self.suggestions:
            yield Finding("to_review", self.suggestions[0].source, places={"count": str(len(self.suggestions))})

    def suggest(self, account: str, incoming: str, name: str | None, source: str) -> str | None:
        """The person that the review file decided for; otherwise None, and similar people are suggested."""
        pairs = [(other, person) for (other, person), word in self.decided.items() if other == incoming]
        for _, person in pairs:
            if self.decided[incoming, person] != "reject" and person in self.directory.people:
                return person
        for person, known, score in self._alike(account, name):
            if (incoming, person) not in self.decided:
                self.suggestions.append(Suggestion(account, incoming, name or "", person, known, score, source))
                self._pending.add(incoming)
        return None

    def is_pending(self, incoming: str) -> bool:
        """Whether a suggestion for an incoming person waits for a decision."""
        return incoming in self._pending

    def _alike(self, account: str, name: str | None) -> Iterator[tuple[str, str, int]]:
        from rapidfuzz import fuzz, process

        names = self._names.get(account)
        if names is None:
            names = self._names[account] = _Names(self.directory.people_of(account))
        best: dict[int, float] = {}
        for own in names_of(name):
            words = _in_order(own)
            for _, score, at in process.extract(words, names.words, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
                best[names.whose[at]] = max(score, best.get(names.whose[at], 0.0))
        for place, score in sorted(best.items()):
            yield names.people[place].id, names.people[place].name or "", int(score)

    def _match(self, read: Read) -> None:
        same: dict[str, str] = {}
        shared = Counter(
            address for _, address in {(record.id, at) for record in read.records for at in _addresses(record)}
        )
        called = {
            (record.id, _place_and_name(record, part)) for record in read.records for part in names_of(record.name)
        }
        named = Counter(name for _, name in called)
        for record in read.records:
            match = self._known(read, record, shared, named)
            if match is None:
                continue
            known, by = match
            same[record.id] = known
            self.matches.append(Match(read.kind.sheet, record.id, known, by, read.table.file))
            _fill(read, record, self.directory.of(read.kind.sheet)[known])
        self._same[read.kind.sheet].update(same)
        self._names.clear()
        self.directory.know(read.records)

    def _known(
        self, read: Read, record: Any, shared: Counter[str], named: Counter[tuple[str, str]]
    ) -> tuple[str, str] | None:
        """The known id of a record and how it was matched; None if it is matched by its own id or unknown."""
        sheet, directory = read.kind.sheet, self.directory
        stored = directory.of(sheet)
        for address in sorted(_addresses(record)):
            known = directory.person_at(address) if sheet == "people" else directory.member_at(address)
            if known is not None and shared[address] == 1 and self._is_here(record, known):
                return None if known == record.id else (known, "address")
        if record.id in stored:
            self._note_another_account(read, record, stored[record.id])
            return None
        if all(named[_place_and_name(record, part)] == 1 for part in names_of(record.name)):
            known = self._named(sheet, record)
            if known is not None:
                return known, "name"
        if sheet == "people":
            known = self.suggest(record.account, record.id, record.name, read.table.file)
            return None if known is None else (known, "review")
        return None

    def _note_another_account(self, read: Read, record: Any, known: Any) -> None:
        """Report a known person who belongs to another account here: two sources may use the same id."""
        if read.kind.sheet == "people" and record.account != known.account:
            places = {"before": known.account, "account": record.account}
            self.moved.append(
                Finding("other_account_before", read.table.file, "people", value=shown_value(record.id), places=places)
            )

    def _named(self, sheet: str, record: Any) -> str | None:
        if sheet == "accounts":
            return self.directory.account_named(record.name)
        if sheet == "team":
            return self.directory.member_named(record.name)
        return self.directory.person_named(record.account, record.name)

    def _is_here(self, record: Any, known: str) -> bool:
        """Whether a known record belongs to the account of a record; team members belong to every account."""
        return not hasattr(record, "account") or self.directory.people[known].account == record.account

    def _rename(self, kind: Kind, records: list[Any]) -> None:
        """Replace references to matched records by the known ids."""
        for column in kind.references:
            same = self._same.get(column.ref or "", {})
            if same:
                _put(column, records, same)


class _Names:
    """The names of the people of an account, prepared for comparison."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = [person for person in people if person.name]
        each = [(place, part) for place, person in enumerate(self.people) for part in names_of(person.name)]
        self.whose = [place for place, _ in each]
        self.words = [_in_order(part) for _, part in each]


def _in_order(name: str) -> str:
    """The words of a name, sorted, so that first and last name may be exchanged."""
    return " ".join(sorted(name.split()))


def _put(column: Column, records: Iterable[Any], same: Mapping[str, str]) -> None:
    """Replace ids in a column of references; lists are sorted."""
    for record in records:
        value = getattr(record, column.name)
        if column.is_list:
            setattr(record, column.name, tuple(sorted({same.get(identity, identity) for identity in value})))
        elif value in same:
            setattr(record, column.name, same[value])


def _fill(read: Read, record: Any, known: Any) -> None:
    """Merge the known record into a record: known values win, empty ones are filled, lists are joined."""
    record.id = known.id
    for name in read.columns - {"id"}:
        there = getattr(known, name)
        if read.kind.by_name[name].is_list:
            setattr(record, name, tuple(dict.fromkeys((*there, *getattr(record, name)))))
        elif there is not None:
            setattr(record, name, there)


def _addresses(record: Any) -> frozenset[str]:
    return addresses_of(record) if hasattr(record, "addresses") else frozenset()


def _place_and_name(record: Any, name: str) -> tuple[str, str]:
    return getattr(record, "account", ""), name
