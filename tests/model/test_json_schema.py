"""The JSON schema: every kind and column, with bounds and codes as the declarations have them."""

import pytest

from graph.model.kind import KINDS, Kind
from graph.model.schema import json_schema

SCHEMA = json_schema()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_every_kind_is_described(kind: Kind) -> None:
    name = kind.record.__name__
    assert SCHEMA["properties"][kind.sheet]["items"] == {"$ref": f"#/$defs/{name}"}
    described = SCHEMA["$defs"][name]
    assert set(described["properties"]) == set(kind.fields)
    assert set(described.get("required", ())) == {column.name for column in kind.columns if column.required}
    assert tuple(described["x-key"]) == kind.key
    assert not described["additionalProperties"]


def test_bounds_codes_and_references_are_those_of_the_declaration() -> None:
    weight = SCHEMA["$defs"]["Influence"]["properties"]["weight"]
    assert (weight["exclusiveMinimum"], weight["maximum"]) == (0, 1)
    part = SCHEMA["$defs"]["Participation"]["properties"]
    assert part["roles"]["items"]["enum"] == list("DAEPIUGSN")
    assert part["stance"]["anyOf"][0]["enum"] == [3, 2, 1, 0, -1, -2]
    assert part["person"]["x-refers-to"] == "people"
    assert part["win"]["x-field-class"] == "restricted"
