"""Receipts of changes on every store: the cells that differ, what an empty value says, what an import may not
do, and the list of imports."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import pytest

from graph.model import (
    Account,
    Competitor,
    CompetitorTie,
    Conflict,
    Covers,
    Duty,
    Insight,
    Interaction,
    Opportunity,
    OrgUnit,
    Participation,
    Person,
    ReportsTo,
    TeamMember,
)
from graph.model.dataset import Dataset
from graph.store import RuleViolations
from graph.store.protocol import CellChange, Counts, GraphStore, Guard, ImportSummary
from graph.store.receipt_warnings import NamesReplaced, are_wholly_different, warnings_of
from graph.store.undo import undo
from tests.store.examples import small
from tests.store.places import NOON, put

DAY = datetime.date(2026, 5, 1)


def account() -> list[Any]:
    """An account with two units, two people, a deal, and somebody of every other kind of line."""
    return [
        Account("acme", "Acme"),
        OrgUnit("fin", "acme", "Finance"),
        OrgUnit("ops", "acme", "Operations"),
        Person("claudia", "acme", "fin", "Claudia Neumann", "CFO", kpis=("cost", "cash")),
        Person("wu", "acme", "ops", "Wu Tao / 吴涛"),
        Opportunity("deal", "acme", "New plant"),
        TeamMember("sun", "Sun Li"),
        Participation("deal", "claudia", roles=("D", "A"), stance=1, assessed_on=DAY),
    ]


def filled_in(*records: Any, emptied: dict[type, dict[tuple[str, ...], Iterable[str]]] | None = None) -> Dataset:
    """Records as a person's file gives them: an empty value says nothing, but for the cells that are emptied."""
    made = Dataset.collect(records)
    made.empty_is_unsaid = True
    made.emptied = {kind: {key: frozenset(names) for key, names in of.items()} for kind, of in (emptied or {}).items()}
    return made


def test_an_empty_value_of_a_file_keeps_what_is_stored(store: GraphStore) -> None:
    put(store, *account())
    before = store.read()
    receipt = put(store, filled_in(Person("claudia", "acme"), Participation("deal", "claudia"), Person("new", "acme")))
    assert receipt.counts == {"people": Counts(added=1, unchanged=1), "participation": Counts(unchanged=1)}
    before.add(Person("new", "acme"))
    assert store.read() == before


def test_what_a_file_empties_goes_and_the_rest_stays(store: GraphStore) -> None:
    put(store, *account())
    batch = filled_in(
        Person("claudia", "acme", name="Claudia Neumann-Wolf"),
        Participation("deal", "claudia"),
        emptied={Person: {("claudia",): ["title", "kpis"]}, Participation: {("deal", "claudia"): ["stance"]}},
    )
    receipt = put(store, batch)
    assert [(cell.column, cell.old, cell.new) for cell in receipt.cells] == [
        ("name", "Claudia Neumann", "Claudia Neumann-Wolf"),
        ("title", "CFO", None),
        ("kpis", ("cost", "cash"), ()),
        ("stance", 1, None),
    ]
    stored = store.read()
    assert Person("claudia", "acme", "fin", "Claudia Neumann-Wolf") in stored.of(Person)
    assert stored.of(Participation) == [Participation("deal", "claudia", roles=("D", "A"), assessed_on=DAY)]
    assert put(store, batch).written == 0


def test_a_file_without_a_column_empties_nothing_in_it(store: GraphStore) -> None:
    put(store, *account())
    batch = filled_in(Person("claudia", "acme", title="CEO"))
    batch.given[Person] = frozenset({"id", "account", "title"})
    assert [(cell.column, cell.new) for cell in put(store, batch).cells] == [("title", "CEO")]


def test_records_given_whole_empty_what_they_leave_empty(store: GraphStore) -> None:
    put(store, *account())
    put(store, Participation("deal", "claudia", roles=("D",)))
    assert store.read().of(Participation) == [Participation("deal", "claudia", roles=("D",))]


def test_the_two_ends_of_a_conflict_may_be_named_in_any_order(store: GraphStore) -> None:
    put(store, *account(), Conflict("wu", "claudia", 0.5, "a mail"))
    batch = filled_in(Conflict("claudia", "wu", 0.7), emptied={Conflict: {("claudia", "wu"): ["evidence"]}})
    receipt = put(store, batch)
    assert [(cell.key, cell.column, cell.old, cell.new) for cell in receipt.cells] == [
        (("wu", "claudia"), "intensity", 0.5, 0.7),
        (("wu", "claudia"), "evidence", "a mail", None),
    ]


def test_a_receipt_names_each_cell_with_who_or_what_it_is_about(store: GraphStore) -> None:
    lines: list[tuple[Any, Any, str, str]] = [
        (Account("acme", "Acme"), Account("acme", "Acme", tier="A"), "Acme", "tier"),
        (OrgUnit("fin", "acme", "Finance"), OrgUnit("fin", "acme", "Finance", "finance"), "Finance", "function"),
        (Person("claudia", "acme"), Person("claudia", "acme", title="CFO"), "claudia", "title"),
        (Person("wu", "acme", name="Wu Tao"), Person("wu", "acme", name="Wu Tao", title="CTO"), "Wu Tao", "title"),
        (TeamMember("sun", "Sun Li"), TeamMember("sun", "Sun Li", "AR"), "Sun Li", "role"),
        (Opportunity("deal", "acme"), Opportunity("deal", "acme", "Plant"), "Plant", "name"),
        (Competitor("riv", "Rival"), Competitor("riv", "Rival", "price"), "Rival", "strategy"),
        (Participation("deal", "wu"), Participation("deal", "wu", stance=-1), "Wu Tao", "stance"),
        (ReportsTo("wu", "claudia"), ReportsTo("wu", "claudia", "dotted"), "Wu Tao → claudia", "kind"),
        (Covers("sun", "wu"), Covers("sun", "wu", owner=True), "Sun Li → Wu Tao", "owner"),
        (CompetitorTie("riv", "wu", 0.2), CompetitorTie("riv", "wu", 0.3), "Rival → Wu Tao", "strength"),
        (Duty("acme", "head"), Duty("acme", "head", "sun"), "Acme, head", "member"),
        (
            Insight("deal", "customer", "growth"),
            Insight("deal", "customer", "growth", "fast"),
            "Plant, customer, growth",
            "statement",
        ),
        (
            Interaction("i", DAY, "forum", people=("claudia", "wu")),
            Interaction("i", DAY, "forum", people=("claudia", "wu"), source="mail"),
            "claudia, Wu Tao",
            "source",
        ),
    ]
    put(store, *(before for before, *_ in lines))
    receipt = put(store, *(after for _, after, *_ in lines))
    told = {cell.sheet + cell.key[0]: (cell.name, cell.column) for cell in receipt.cells}
    assert sorted(told.values()) == sorted((name, column) for *_, name, column in lines)
    assert len(list(receipt.cells)) == len(receipt.cells) == len(lines)


def test_a_dry_run_reports_the_cells_that_the_change_does(store: GraphStore) -> None:
    put(store, *account())
    batch = [Person("claudia", "acme", "ops", "Claudia Neumann", "CEO", kpis=("cost",))]
    dry, done = put(store, *batch, dry_run=True), put(store, *batch)
    assert list(dry.cells) == list(done.cells)
    key = ("people", ("claudia",), "Claudia Neumann")
    assert list(done.cells) == [
        CellChange(*key, "unit", "fin", "ops"),
        CellChange(*key, "title", "CFO", "CEO"),
        CellChange(*key, "kpis", ("cost", "cash"), ("cost",)),
    ]
    assert done.name_of("units", "ops") == "Operations"


def test_an_undo_reports_the_cells_that_come_back(store: GraphStore) -> None:
    put(store, *account())
    put(store, Participation("deal", "claudia", roles=("D", "A"), stance=-2, assessed_on=DAY))
    receipt = undo(store, 2, recorded_by="ann", recorded_at=NOON)
    assert list(receipt.cells) == [CellChange("participation", ("deal", "claudia"), "Claudia Neumann", "stance", -2, 1)]


def test_added_and_removed_records_are_counted_and_no_cells(store: GraphStore) -> None:
    assert list(put(store, *account()).cells) == []
    gone = store.remove([("participation", ("deal", "claudia"))], source="s", recorded_by="r", recorded_at=NOON)
    assert list(gone.cells) == []


def test_what_is_emptied_moved_or_wholly_renamed_is_warned_of(store: GraphStore) -> None:
    put(store, *account())
    receipt = put(
        store,
        Person("claudia", "acme", "ops", "Claudia Neumann", kpis=("cost",)),
        Person("wu", "acme", "ops", "Bo"),
        OrgUnit("fin", "acme", "Finance", parent="ops"),
        Participation("deal", "claudia", roles=("D",), stance=3, assessed_on=DAY),
    )
    assert [(warning.code, warning.cell.key, warning.cell.column) for warning in warnings_of(receipt)] == [
        ("moved", ("claudia",), "unit"),
        ("emptied", ("claudia",), "title"),
        ("name_replaced", ("wu",), "name"),
    ]


@pytest.mark.parametrize(
    ("name", "other", "are_different"),
    [
        ("Claudia Neumann", "Claudia Neumann", False),
        ("Claudia Neumann", "NEUMANN, Claudia", False),
        ("Wu Tao", "Wu Tao / 吴涛", False),
        ("吴涛", "Wu Tao / 吴涛", False),
        ("吴涛", "Ｗｕ Ｔａｏ", True),
        ("Ｗｕ Ｔａｏ", "wu  tao", False),
        ("吴涛", "李博", True),
        ("Wu Tao", "Li Bo", True),
        ("Anna Beck", "Tom Fischl", True),
        ("Anna Beck", "Anna Fischl", False),
        ("王", "李", True),
        ("Finance", "Finances", False),
    ],
)
def test_names_are_wholly_different_with_no_two_characters_in_common(
    name: str, other: str, are_different: bool
) -> None:
    assert are_wholly_different(name, other) is are_different
    assert are_wholly_different(other, name) is are_different


def test_a_guarded_import_replaces_no_name_unless_it_may(store: GraphStore) -> None:
    put(store, *account())
    digest, journal = store.digest(), len(store.history())
    batch = [TeamMember("sun", "Bo Ek"), Person("wu", "acme", "ops", "Wu Tao"), Account("acme", "Zeit")]
    with pytest.raises(NamesReplaced) as refused:
        put(store, *batch, guard=Guard())
    assert "--yes" in str(refused.value)
    assert "(2 in all)" in str(refused.value)
    assert [cell.column for cell in refused.value.receipt.cells] == ["name"] * 3
    assert (refused.value.receipt.import_id, refused.value.receipt.dry_run) == (None, True)
    assert (store.digest(), len(store.history())) == (digest, journal)
    assert put(store, *batch, guard=Guard(new_names=True)).written == 3
    assert undo(store, 2, recorded_by="ann", recorded_at=NOON).written == 3
    assert store.digest() == digest


def test_a_name_that_is_filled_or_emptied_is_not_replaced(store: GraphStore) -> None:
    put(store, *account(), Person("new", "acme"))
    assert put(store, Person("new", "acme", name="Bo"), Person("wu", "acme", "ops"), guard=Guard()).written == 2


def test_a_guarded_import_never_changes_the_account_of_a_person(store: GraphStore) -> None:
    put(store, *account(), Account("other"))
    digest = store.digest()
    with pytest.raises(RuleViolations) as refused:
        put(store, Person("wu", "other", name="Wu Tao"), guard=Guard(new_names=True))
    (broken,) = refused.value.findings
    assert (broken.code, broken.sheet, broken.key, broken.column) == ("account_changed", "people", ("wu",), "account")
    assert (broken.value, broken.places) == ("other", {"stored": "acme", "person": "wu"})
    assert store.digest() == digest
    put(store, Person("wu", "other", name="Wu Tao"))
    assert undo(store, 2, recorded_by="ann", recorded_at=NOON).written == 1
    assert store.digest() == digest


def test_imports_are_listed_newest_first_with_their_counts(store: GraphStore) -> None:
    assert store.imports() == []
    put(store, small())
    put(store, Person("a-p0", "a", name="Person 0", title="CFO"), Person("new", "a"), day=24, source="two.xlsx")
    put(store, Person("new", "a"), day=24)
    store.remove([("people", ("new",))], source="cleaning", recorded_by="bob", recorded_at=NOON.replace(day=25))
    third = ImportSummary(3, NOON.replace(day=25), "bob", "cleaning", added=0, changed=0, removed=1)
    second = ImportSummary(2, NOON.replace(day=24), "ann", "two.xlsx", added=1, changed=1, removed=0)
    first = ImportSummary(1, NOON, "ann", "test.xlsx", added=len(small()), changed=0, removed=0)
    assert store.imports() == [third, second, first]
    assert store.imports(2) == [third, second]
    assert store.imports(9) == [third, second, first]
