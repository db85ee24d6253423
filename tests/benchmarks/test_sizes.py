"""The benchmarks of a large account and of the portfolio run, and measure what they say, on small accounts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks import people, portfolio


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Accounts of a size that takes no time."""
    for name, size in (("PEOPLE", 40), ("LINES", 120), ("INTERACTIONS", 80)):
        monkeypatch.setattr(people, name, size)
    monkeypatch.setattr(portfolio, "FIRST", portfolio.DIFFERENT)
    people._store.cache_clear()
    yield
    people._store.cache_clear()


def test_the_report_of_a_large_account(small: None) -> None:
    for measured in (people.people_20000(), people.people_20000_from_store()):
        assert measured.ours > 0


def test_the_memory_of_a_large_account_is_that_of_a_whole_process(small: None) -> None:
    assert 30 < people.people_20000_memory().ours < people.MEGABYTES


def test_columns_are_smaller_than_records(small: None) -> None:
    found = portfolio.columns_size()
    assert found.ours < found.peer
