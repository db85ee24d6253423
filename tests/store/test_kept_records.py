"""The records of an account in one piece are the records, value by value and type by type."""

from __future__ import annotations

import pytest

from graph.model import KINDS
from graph.store.belonging import is_shared
from graph.store.kept_records import coded_records, format_number, records_of
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of


@pytest.mark.parametrize("seed", range(6))
def test_records_come_back_as_they_were(seed: int) -> None:
    records = dataset_of(random_account(seed, people=15))
    again = records_of(coded_records(records, shared=False), coded_records(records, shared=True))
    assert again == records
    for kind in KINDS.values():
        for before, after in zip(records.of(kind.record), again.of(kind.record), strict=True):
            assert list(map(type, kind.values_of(after))) == list(map(type, kind.values_of(before)))


def test_a_kind_is_decoded_when_it_is_asked_for() -> None:
    records = dataset_of(random_account(2, people=8))
    own = coded_records(records, shared=False)
    broken = own._replace(data=own.data[:-1] + b"!")  # the last piece is no JSON any more
    again = records_of(broken, coded_records(records, shared=True))
    first, *_, last = (kind for kind in KINDS.values() if not is_shared(kind))
    assert again.of(first.record) == records.of(first.record)
    with pytest.raises(ValueError, match="unexpected"):
        again.of(last.record)


def test_the_format_has_a_number_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before = format_number.__wrapped__()
    monkeypatch.setattr("graph.store.kept_records.LAYOUT", 0)
    assert format_number.__wrapped__() != before
