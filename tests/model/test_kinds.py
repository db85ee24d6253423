"""The declarations: one place for a field, from which the other forms come."""

from dataclasses import MISSING, fields
from typing import Annotated

import pytest
from pydantic import ValidationError

from graph.model import KINDS, Influence, Kind, Participation, Person, kind_of
from graph.model.columns import FieldClass, resolve

ALL = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())

SHEETS = (
    "accounts units people reports_to influences conflicts opportunities participation steps votes pains claims "
    "insights propositions team covers interactions commitments duties competitors competitor_ties"
)


def test_every_sheet_of_the_model_is_a_kind() -> None:
    assert set(KINDS) == set(SHEETS.split())


@ALL
def test_a_kind_is_a_node_or_a_relationship_and_has_a_key(kind: Kind) -> None:
    assert (kind.label is None) != (kind.edge is None)
    assert kind.key
    if kind.edge is not None:
        assert {kind.edge.source, kind.edge.target} <= {column.name for column in kind.references}


@ALL
def test_columns_follow_the_record(kind: Kind) -> None:
    declared = fields(kind.record)
    assert kind.fields == tuple(field.name for field in declared)
    for column, field in zip(kind.columns, declared, strict=True):
        assert column.required == (field.default is MISSING)
        assert column.zh
        assert column.ref is None or column.ref in KINDS


@ALL
def test_references_name_their_relationship(kind: Kind) -> None:
    ends = set() if kind.edge is None else {kind.edge.source, kind.edge.target}
    for column in kind.references:
        assert (column.link is None) == (column.name in ends)


@ALL
def test_the_json_schema_knows_every_field(kind: Kind) -> None:
    properties = kind.adapter.json_schema()["properties"]
    assert set(properties) == set(kind.fields)
    for column in kind.columns:
        assert properties[column.name]["x-field-class"] == column.field_class


def test_bounds_are_checked_by_the_declaration() -> None:
    weight = kind_of(Influence).by_name["weight"]
    assert (weight.above, weight.most) == (0, 1)
    assert weight.adapter().validate_python(1.0) == 1.0
    for wrong in (0.0, 1.01, float("nan")):
        with pytest.raises(ValidationError):
            weight.adapter().validate_python(wrong)


def test_values_off_the_scale_are_refused() -> None:
    roles = kind_of(Participation).by_name["roles"]
    assert roles.adapter().validate_python(("D", "A")) == ("D", "A")
    with pytest.raises(ValidationError, match="scale role"):
        roles.adapter().validate_python(("X",))


def test_restricted_values_are_those_of_the_model() -> None:
    restricted = {
        f"{kind.sheet}.{column.name}"
        for kind in KINDS.values()
        for column in kind.columns
        if column.field_class is FieldClass.RESTRICTED
    }
    assert {
        "participation.stance",
        "participation.win",
        "people.notes",
        "influences.evidence",
        "claims.statement",
    } <= restricted
    assert "people.name" not in restricted


def test_a_field_cannot_be_added_by_halves() -> None:
    with pytest.raises(TypeError, match="no column"):
        resolve("age", Annotated[int, "years"], required=True)


def test_records_compare_by_value() -> None:
    assert Person("a", "x") == Person(id="a", account="x")
    assert kind_of(Person).key_of(Person("a", "x")) == ("a",)
    assert kind_of(Participation).key_of(Participation("o", "p")) == ("o", "p")
