"""The contract of every store: what goes in comes out, all or nothing, one journal row a change, the same digest."""

from __future__ import annotations

import datetime
import itertools
import random
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from graph.model import (
    KINDS,
    Account,
    Conflict,
    Covers,
    Duty,
    Influence,
    Interaction,
    Person,
    TeamMember,
)
from graph.model.dataset import Dataset
from graph.store import AboutStore, RuleViolations, StoreInputError
from graph.store.protocol import Counts, GraphStore
from tests.store.examples import every_kind, small
from tests.store.places import NOON, Place, put


def typed(dataset: Dataset) -> dict[object, list[tuple[object, type]]]:
    """Every value with its type, so that 1 is not 1.0 and () is not None."""
    return {
        (kind.sheet, kind.key_of(record)): [(value, type(value)) for value in kind.values_of(record)]
        for kind in dataset.kinds()
        for record in dataset.of(kind.record)
    }


def test_every_column_of_every_kind_comes_back_exactly(place: Place) -> None:
    records = every_kind()
    assert {kind.sheet for kind in records.kinds()} == set(KINDS)
    put(place.open(), records)
    assert typed(place.open().read()) == typed(records)


def test_a_change_of_every_column_of_every_kind_is_kept(store: GraphStore) -> None:
    records = every_kind()
    bare = Dataset()
    for kind in records.kinds():
        for record in records.of(kind.record):
            needed = {c.name: getattr(record, c.name) for c in kind.columns if c.required or c.key}
            bare.add(kind.record(**needed))
    put(store, bare)
    assert typed(store.read()) == typed(bare)
    put(store, records)
    assert typed(store.read()) == typed(records)
    put(store, bare)
    assert typed(store.read()) == typed(bare)


def test_the_same_import_again_changes_nothing_and_says_so(store: GraphStore) -> None:
    records = every_kind()
    first = put(store, records)
    assert first.written == len(records)
    assert first.import_id is not None
    assert first.accounts == ("acc'\"",)
    digest, journal = store.digest(), len(store.history())
    again = put(store, records)
    assert (again.import_id, again.written, again.accounts) == (None, 0, ())
    assert again.counts == {kind.sheet: Counts(unchanged=len(records.of(kind.record))) for kind in records.kinds()}
    assert (store.digest(), len(store.history())) == (digest, journal)


def test_a_broken_rule_leaves_the_store_as_it_was(store: GraphStore) -> None:
    put(store, small())
    digest, journal = store.digest(), len(store.history())
    with pytest.raises(RuleViolations) as refused:
        put(
            store,
            Person("a-p0", "a", name="Changed"),
            Person("new", "a"),
            Influence("new", "nobody", 0.5),
            Influence("a-p0", "no one", 0.5),
        )
    assert {(violation.code, violation.key) for violation in refused.value.findings} == {
        ("dangling", ("new", "nobody")),
        ("dangling", ("a-p0", "no one")),
    }
    assert (store.digest(), len(store.history())) == (digest, journal)


def test_a_fault_while_writing_leaves_the_store_as_it_was(store: GraphStore) -> None:
    put(store, small())
    before = store.read(), len(store.history())

    def faulty(done: int, total: int) -> None:
        assert 0 < done <= total
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(store, small("b"), progress=faulty)
    assert (store.read(), len(store.history())) == before
    assert put(store, small("b")).written == len(small("b"))


def test_progress_ends_at_the_total(store: GraphStore) -> None:
    told: list[tuple[int, int]] = []
    receipt = put(store, small(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (receipt.written, receipt.written)
    assert told == sorted(told)


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(store: GraphStore) -> None:
    dry = put(store, small(), dry_run=True)
    assert (dry.import_id, dry.dry_run, dry.written, dry.accounts) == (None, True, len(small()), ("a",))
    assert len(store.read()) == 0
    assert store.history() == []


def test_ids_that_the_file_claims_do_not_dangle(store: GraphStore) -> None:
    put(store, small())
    batch = Dataset.collect([Influence("a-p0", "claimed", 0.5), Influence("a-p1", "unclaimed", 0.5)])
    with pytest.raises(RuleViolations) as refused:
        put(store, batch, dry_run=True, claimed={"people": {"claimed"}})
    assert [violation.value for violation in refused.value.findings] == ["unclaimed"]


def test_columns_that_a_file_does_not_carry_keep_what_is_stored(store: GraphStore) -> None:
    put(store, small())
    batch = Dataset(
        {Person: [Person("a-p0", "a", title="Director"), Person("new", "a", title="Clerk")]},
        given={Person: frozenset({"id", "account", "title"})},
    )
    receipt = put(store, batch)
    assert receipt.counts["people"] == Counts(added=1, changed=1)
    people = {person.id: person for person in store.read(["a"]).of(Person)}
    assert people["a-p0"] == Person("a-p0", "a", name="Person 0", level=1, title="Director")
    assert people["new"] == Person("new", "a", title="Clerk")
    assert put(store, batch).written == 0


def test_one_journal_row_a_change_with_before_and_after(store: GraphStore) -> None:
    put(store, Account("a"), Person("p", "a", name="Old"), Person("q", "a"))
    put(store, Person("p", "a", name="New"), Person("q", "a"), day=24, source="second.csv", recorded_by="bob")
    store.remove([("people", ("q",))], source="cleaning", recorded_by="cy", recorded_at=NOON.replace(day=25))
    entries = store.history()
    assert [entry.seq for entry in entries] == sorted({entry.seq for entry in entries})
    assert [
        (entry.import_id, entry.sheet, entry.key, entry.before is None, entry.after is None) for entry in entries
    ] == [
        (1, "accounts", ("a",), True, False),
        (1, "people", ("p",), True, False),
        (1, "people", ("q",), True, False),
        (2, "people", ("p",), False, False),
        (3, "people", ("q",), False, True),
    ]
    changed = entries[3]
    assert changed.before is not None
    assert changed.after is not None
    assert (changed.before["name"], changed.after["name"]) == ("Old", "New")
    assert set(changed.after) == set(KINDS["people"].fields)
    assert (changed.source, changed.recorded_by) == ("second.csv", "bob")
    assert changed.recorded_at == NOON.replace(day=24)
    assert {entry.accounts for entry in entries} == {("a",)}


def test_history_of_an_account_from_a_day_on_or_of_an_import(store: GraphStore) -> None:
    put(store, small("a"))
    put(store, small("b"), day=24)
    put(store, TeamMember("m"), Covers("m", "a-p0"), day=25)
    both = Interaction("both", datetime.date(2026, 6, 1), "forum", people=("a-p0", "b-p0"))
    put(store, both, day=26)
    of_a = store.history("a")
    assert len(of_a) == len(small("a")) + 2
    assert of_a[-1].accounts == ("a", "b")
    assert [entry.key for entry in store.history("a", since=datetime.date(2026, 11, 25))] == [("m", "a-p0"), ("both",)]
    assert {entry.import_id for entry in store.history(import_id=3)} == {3}
    assert len(store.history(import_id=3)) == 2
    assert store.history("nobody") == []


def test_accounts_filter_gives_exactly_the_accounts_and_what_is_shared(store: GraphStore) -> None:
    first, second = every_kind("one"), every_kind("other")
    put(store, first)
    put(store, second)
    shared = {"team", "competitors"}
    for records in (first, second):
        records.of(Interaction)[:] = [touch for touch in records.of(Interaction) if touch.people]
    got = store.read(["one"])
    for kind in KINDS.values():
        expected = first.of(kind.record) + (second.of(kind.record) if kind.sheet in shared else [])
        assert sorted(map(kind.key_of, got.of(kind.record))) == sorted(map(kind.key_of, expected)), kind.sheet
    both, everything = store.read(["one", "other"]), store.read()
    everything.of(Interaction)[:] = [touch for touch in everything.of(Interaction) if touch.people]
    assert both == everything
    assert {kind.sheet for kind in store.read([]).kinds()} == shared
    assert {kind.sheet for kind in store.read(["unheard of"]).kinds()} == shared


def test_an_interaction_of_two_accounts_comes_whole_with_either(store: GraphStore) -> None:
    put(store, small("a"))
    put(store, small("b"))
    both = Interaction("both", datetime.date(2026, 6, 1), "forum", people=("b-p1", "a-p0"))
    nobody = Interaction("nobody", datetime.date(2026, 6, 2), "forum")
    put(store, both, nobody)
    for account in ("a", "b"):
        there = store.read([account]).of(Interaction)
        assert both in there
        assert nobody not in there
    assert nobody in store.read().of(Interaction)
    assert put(store, nobody).counts["interactions"] == Counts(unchanged=1)
    assert put(store, replace(nobody, source="mail")).counts["interactions"] == Counts(changed=1)


def test_the_digest_is_that_of_the_content_alone(store: GraphStore, embedded: Callable[[], GraphStore]) -> None:
    records = every_kind()
    put(store, records)
    whole = store.digest()

    shuffled = Dataset({kind.record: records.of(kind.record)[::-1] for kind in reversed(list(records.kinds()))})
    backwards = embedded()
    put(backwards, shuffled)
    assert backwards.digest() == whole

    pieces = embedded()
    roots = {"accounts", "units", "people", "team", "competitors", "opportunities", "steps"}
    put(pieces, Dataset({kind.record: records.of(kind.record) for kind in records.kinds() if kind.sheet in roots}))
    rest = [record for kind in records.kinds() if kind.sheet not in roots for record in records.of(kind.record)]
    random.Random(1).shuffle(rest)
    for at in range(0, len(rest), 7):
        put(pieces, *rest[at : at + 7])
    assert pieces.digest() == whole

    assert embedded().digest() != whole
    pieces.remove(
        [("covers", KINDS["covers"].key_of(records.of(Covers)[0]))], source="", recorded_by="", recorded_at=NOON
    )
    assert pieces.digest() != whole


def test_every_column_counts_in_the_digest(embedded: Callable[[], GraphStore]) -> None:
    from graph.store.digest import digest_of

    records = every_kind()
    whole = digest_of(records)
    for kind in records.kinds():
        first = records.of(kind.record)[0]
        for column in kind.columns:
            value = getattr(first, column.name)
            assert value not in (None, ()), (kind.sheet, column.name)
            setattr(first, column.name, ("other",) if column.is_list else 0.75 if column.cell == "number" else "other")
            assert digest_of(records) != whole, (kind.sheet, column.name)
            setattr(first, column.name, value)
    assert digest_of(records) == whole


def test_an_undirected_line_is_one_whichever_end_is_named_first(
    store: GraphStore, embedded: Callable[[], GraphStore]
) -> None:
    other = embedded()
    for each_store in (store, other):
        put(each_store, small())
    put(store, Conflict("a-p0", "a-p1", intensity=0.5))
    put(other, Conflict("a-p1", "a-p0", intensity=0.5))
    assert store.digest() == other.digest()
    assert put(store, Conflict("a-p1", "a-p0", intensity=0.5)).written == 0
    assert put(store, Conflict("a-p1", "a-p0", intensity=0.9)).counts["conflicts"] == Counts(changed=1)
    assert store.read().of(Conflict) == [Conflict("a-p0", "a-p1", intensity=0.9)]


def test_a_key_given_twice_is_taken_once_or_refused(store: GraphStore) -> None:
    same = put(store, *small(), Person("a-p0", "a", name="Person 0", level=1), Person("twin", "a"), Person("twin", "a"))
    assert same.counts["people"] == Counts(added=4)
    with pytest.raises(StoreInputError) as refused:
        put(store, Conflict("a-p0", "a-p1", 0.2), Conflict("a-p1", "a-p0", 0.3))
    assert refused.value.code == "duplicate_key"


def test_a_key_too_long_for_an_index_is_refused(store: GraphStore) -> None:
    put(store, Account("a" * 1000))
    with pytest.raises(StoreInputError) as refused:
        put(store, Account("林" * 1001))
    assert refused.value.code == "key_too_long"


def test_removal_is_journalled_and_refused_where_others_refer(store: GraphStore) -> None:
    put(store, small(), TeamMember("m"), Covers("m", "a-p0"))
    origin = {"source": "s", "recorded_by": "r", "recorded_at": NOON}
    with pytest.raises(RuleViolations) as refused:
        store.remove([("people", ("a-p0",))], **origin)
    assert {(violation.code, violation.sheet) for violation in refused.value.findings} == {
        ("dangling", "interactions"),
        ("dangling", "covers"),
    }
    assert store.remove([("people", ("nobody",)), ("covers", ("m", "nobody"))], **origin).written == 0
    gone = [("covers", ("m", "a-p0")), ("interactions", ("a-i",)), ("people", ("a-p0",)), ("team", ("m",))]
    receipt = store.remove(gone, **origin)
    assert {sheet: counts.removed for sheet, counts in receipt.counts.items()} == {sheet: 1 for sheet, _ in gone}
    left = store.read()
    assert {person.id for person in left.of(Person)} == {"a-p1", "a-p2"}
    assert (left.of(Covers), left.of(Interaction), left.of(TeamMember)) == ([], [], [])
    assert {entry.sheet for entry in store.history() if entry.after is None} == {sheet for sheet, _ in gone}


def test_every_kind_can_be_removed_again(store: GraphStore) -> None:
    records = every_kind()
    put(store, records)
    targets = [(kind.sheet, kind.key_of(record)) for kind in records.kinds() for record in records.of(kind.record)]
    receipt = store.remove(targets, source="s", recorded_by="r", recorded_at=NOON)
    assert receipt.written == len(records)
    assert len(store.read()) == 0
    assert sum(store.info().counts.values()) == 0
    put(store, records)
    assert typed(store.read()) == typed(records)


def test_a_batch_may_remove_what_it_replaces(store: GraphStore) -> None:
    put(store, small())
    receipt = put(store, Person("new", "a"), remove=[("interactions", ("a-i",)), ("people", ("a-p0",))])
    assert receipt.counts["people"] == Counts(added=1, removed=1)
    assert {person.id for person in store.read(["a"]).of(Person)} == {"a-p1", "a-p2", "new"}


def test_what_is_removed_and_given_anew_is_one_change_with_nothing_kept(store: GraphStore) -> None:
    put(store, small(), TeamMember("m"), Covers("m", "a-p0", owner=True))
    before = store.read()
    batch = Dataset(
        {Person: [Person("a-p0", "a", title="Director")], Covers: [Covers("m", "a-p0")]},
        given={Person: frozenset({"id", "account", "title"})},
    )
    receipt = put(store, batch, remove=[("people", ("a-p0",)), ("covers", ("m", "a-p0"))], day=24)
    assert (receipt.counts["people"], receipt.counts["covers"]) == (Counts(changed=1), Counts(changed=1))
    assert Person("a-p0", "a", title="Director") in store.read().of(Person)
    assert store.read().of(Covers) == [Covers("m", "a-p0")]
    assert store.read(recorded_until=NOON.date()) == before


def test_nothing_is_to_be_brought_to_an_end_where_nothing_was_stopped(store: GraphStore) -> None:
    put(store, small())
    assert store.recover() is False


def test_a_person_who_moves_takes_their_lines_or_is_refused(store: GraphStore) -> None:
    put(
        store,
        small("a"),
    )
    put(store, small("b"))
    put(store, Influence("a-p0", "a-p1", 0.5))
    with pytest.raises(RuleViolations) as refused:
        put(store, Person("a-p0", "b"))
    assert [(violation.code, violation.sheet) for violation in refused.value.findings] == [
        ("other_account", "influences")
    ]
    receipt = put(store, Person("a-p0", "b"), remove=[("influences", ("a-p0", "a-p1"))])
    assert receipt.accounts == ("a", "b")
    assert "a-p0" in {person.id for person in store.read(["b"]).of(Person)}
    assert {interaction.id for interaction in store.read(["b"]).of(Interaction)} == {"a-i", "b-i"}
    moves = [entry for entry in store.history("a") if entry.sheet == "people" and entry.before is not None]
    assert [move.accounts for move in moves] == [("a", "b")]


def test_open_duties_and_their_filling(store: GraphStore) -> None:
    open_duty = Duty("a", "head", notes="who?")
    put(store, small(), TeamMember("m"), TeamMember("n"), open_duty, Duty("a", "plan", "m"))
    assert sorted(store.read(["a"]).of(Duty), key=lambda duty: duty.duty) == [open_duty, Duty("a", "plan", "m")]
    for filled in (Duty("a", "head", "m"), Duty("a", "head", "n", notes="soon"), open_duty):
        assert put(store, filled).counts["duties"] == Counts(changed=1)
        assert sorted(store.read(["a"]).of(Duty), key=lambda duty: duty.duty) == [filled, Duty("a", "plan", "m")]


def test_accounts_are_summed_up(store: GraphStore) -> None:
    put(
        store,
        small("b"),
    )
    put(store, small("a"))
    put(store, Account("c"), Interaction("both", datetime.date(2026, 9, 9), "forum", people=("a-p0", "b-p0")))
    summed = [
        (account.id, account.people, account.opportunities, account.interactions, account.last_interaction)
        for account in store.accounts()
    ]
    last = datetime.date(2026, 9, 9)
    assert summed == [("a", 3, 0, 2, last), ("b", 3, 0, 2, last), ("c", 0, 0, 0, None)]
    assert store.accounts()[0].name == "Account a"


def test_info_counts_records_and_changes(place: Place) -> None:
    store = place.open()
    assert store.info().journal == 0
    assert set(store.info().counts.values()) == {0}
    records = every_kind()
    put(store, records)
    info = store.info()
    assert info.counts == {kind.sheet: len(records.of(kind.record)) for kind in records.kinds()}
    assert info.journal == len(records)
    assert info.engine.lower() == place.engine
    assert info.engine_version[0].isdigit()
    assert info.schema_version == {"sqlite": 4, "neo4j": 5}[place.engine]


def test_readers_see_whole_imports_while_another_writes(place: Place) -> None:
    writer, reader = place.open(), place.open()
    put(writer, small("a", people=2))
    seen: list[tuple[str | None, ...]] = []
    done = threading.Event()

    def read_on() -> None:
        while not done.is_set():
            seen.append(tuple(sorted({person.name for person in reader.read(["a"]).of(Person)}, key=str)))

    thread = threading.Thread(target=read_on)
    thread.start()
    try:
        for n in range(20):
            put(writer, *(Person(f"a-p{k}", "a", name=f"name {n}") for k in range(2)))
    finally:
        done.set()
        thread.join()
    assert {len(names) for names in seen[1:-1]} <= {1, 2}
    assert all(len(names) == 1 or names == ("Person 0", "Person 1") for names in seen)


def in_turn(work: Callable[[], object]) -> None:
    """Do what is refused while the import of somebody else is being written in several transactions."""
    while True:
        try:
            work()
        except AboutStore as refused:
            if refused.code != "neo4j_import_running":
                raise
        else:
            return


def test_importers_that_race_take_turns(place: Place) -> None:
    stores = [place.open() for _ in range(4)]
    put(stores[0], Account("a"))
    failed: list[BaseException] = []

    def bring(store: GraphStore, mine: int) -> None:
        try:
            for n in range(5):
                in_turn(lambda n=n: put(store, Person("shared", "a", name=f"{mine}.{n}"), Person(f"p{mine}.{n}", "a")))
        except BaseException as wrong:  # handed to the test's own thread
            failed.append(wrong)

    threads = [threading.Thread(target=bring, args=(store, mine)) for mine, store in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    entries = stores[0].history()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert len(stores[0].read().of(Person)) == 21
    shared = [entry for entry in entries if entry.key == ("shared",)]
    assert all(later.before == earlier.after for earlier, later in itertools.pairwise(shared))


def test_a_moment_without_a_zone_is_refused(store: GraphStore) -> None:
    with pytest.raises(ValueError, match="time zone"):
        put(store, small(), recorded_at=datetime.datetime(2026, 11, 23))
