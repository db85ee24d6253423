"""A dataset answers the same whether its records came one by one or as the columns of a table."""

from __future__ import annotations

from graph.model import Influence, Person
from graph.model.dataset import Dataset
from graph.model.kind import kind_of
from graph.model.table import Table

LINES = [Influence("a", "b", 0.5), Influence("b", "c", 0.25, basis="formal")]
KIND = kind_of(Influence)


def in_columns() -> Dataset:
    columns = list(zip(*map(KIND.values_of, LINES), strict=True))
    return Dataset(tables={Influence: Table(KIND, columns, {})})


def test_columns_and_records_say_the_same() -> None:
    for dataset in (Dataset.collect(LINES), in_columns()):
        assert [tuple(column) for column in dataset.columns(Influence, "source", "weight")] == [("a", "b"), (0.5, 0.25)]
        assert [tuple(column) for column in dataset.columns(Influence, "basis")] == [(None, "formal")]
        assert dataset.of(Influence) == LINES
        assert list(dataset) == LINES
        assert len(dataset) == 2
        assert dataset == Dataset.collect(LINES)


def test_a_kind_without_records_has_empty_columns() -> None:
    for dataset in (
        Dataset(),
        Dataset(tables={Person: Table(kind_of(Person), [()] * len(kind_of(Person).fields), {})}),
    ):
        assert dataset.columns(Person, "id", "name") == ((), ())
        assert dataset.of(Person) == []


def test_what_is_added_to_a_table_is_in_its_columns() -> None:
    dataset = in_columns()
    dataset.add(Influence("c", "d", 1.0))
    assert dataset.columns(Influence, "target") == (["b", "c", "d"],)


def test_a_column_is_read_once_and_only_when_asked_for() -> None:
    read: list[str] = []

    def upper(values: object) -> list[str]:
        read.append("source")
        return [str(value).upper() for value in values]  # type: ignore[attr-defined]

    table = Table(KIND, list(zip(*map(KIND.values_of, LINES), strict=True)), {"source": upper})
    assert table.column("weight") == (0.5, 0.25)
    assert read == []
    assert table.column("source") == table.column("source") == ["A", "B"]
    assert read == ["source"]
    assert [record.source for record in table.records()] == ["A", "B"]
