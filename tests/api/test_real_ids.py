"""Random questions with the ids that the sample company really has: whatever is asked, the server has an answer."""

from __future__ import annotations

import datetime
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from api.http.app import create_app
from graph.model.calibration import load_calibration
from graph.model.limits import FIRST_DAY, LAST_DAY
from graph.model.scales import METHOD, SUBTYPE
from graph.store import open_store
from tests.api.operations import Operation, RealIds, operations_of, real_ids

SHARDS = 4
"""How many tests share the requests, each with a seed of its own, so that several processes can."""


def days(first: datetime.date, last: datetime.date) -> st.SearchStrategy[str]:
    """Days of some two years, mostly, and of the whole range."""
    return st.one_of(
        st.dates(first, last),
        st.dates(first, last),
        st.dates(FIRST_DAY, LAST_DAY),
        st.sampled_from([FIRST_DAY, LAST_DAY]),
    ).map(datetime.date.isoformat)


EARLIER = days(datetime.date(2025, 6, 1), datetime.date(2026, 8, 31))
LATER = days(datetime.date(2026, 9, 1), datetime.date(2027, 12, 31))

UNITS = ("ql-executive", "ql-procurement")

ODD = st.one_of(
    st.text(max_size=250),
    st.sampled_from(["0001-01-01", "9999-12-31", "../..", "\x00", "a/b", "'}) DETACH DELETE n //", "=1+1", "🙂" * 200]),
)

Asked = tuple[Operation, str, dict[str, Any], dict[str, str], Any]


@pytest.fixture(scope="module")
def client(sample_url: str) -> Iterator[TestClient]:
    """The API on the sample company; a fault of the server is raised in the test."""
    app = create_app(open_store(sample_url), load_calibration(None))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture(scope="module")
def operations(client: TestClient) -> list[Operation]:
    return operations_of(client.get("/api/v1/openapi.json").json())


@pytest.fixture(scope="module")
def ids(sample_url: str) -> list[RealIds]:
    store = open_store(sample_url)
    try:
        return real_ids(store)
    finally:
        store.close()


@pytest.mark.slow
@pytest.mark.sampled(sample=2_000, full=20_000)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_any_question_about_what_there_is_is_answered(
    client: TestClient, operations: list[Operation], ids: list[RealIds], shard: int, size: int
) -> None:
    found: Counter[tuple[str, int]] = Counter()
    each = math.ceil(size / SHARDS / len(operations))
    for operation in operations:

        @seed(shard)
        @given(st.sampled_from(ids).flatmap(lambda ids, operation=operation: question(operation, ids)))
        @settings(
            max_examples=each,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        def answers(asked: Asked) -> None:
            operation, path, query, headers, body = asked
            answer = client.request(operation.method, path, params=query, headers=headers, json=body)
            found[operation.template, answer.status_code] += 1
            assert answer.status_code in {200, *operation.statuses} - {500, 502, 504}
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"
                assert answer.json()["status"] == answer.status_code

        # Those without parameters have few different questions.
        while found.total() < each * (operations.index(operation) + 1):
            answers()
    answered = {template for template, status in found if status == 200}
    assert answered == {operation.template for operation in operations}
    assert sum(count for (_, status), count in found.items() if status == 200) > found.total() / 3


@st.composite
def question(draw: st.DrawFn, operation: Operation, ids: RealIds) -> Asked:
    """A question that an operation understands, mostly about what is there."""
    values = {"account": draw(mostly(st.just(ids.account))), "person": draw(mostly(st.sampled_from(ids.people)))}
    path = operation.path({parameter["name"]: values[parameter["name"]] for parameter in operation.named("path")})
    query = {}
    for parameter in operation.named("query"):
        if parameter["required"] or draw(st.booleans()):
            query[parameter["name"]] = draw(mostly(values_of(operation, parameter, ids)))
    accept = draw(st.sampled_from(["*/*", "application/json", "text/csv", "application/x-ndjson", "text/html;q=0.5"]))
    body = draw(what_if(ids)) if operation.body is not None else None
    return operation, path, query, {"accept": accept}, body


def mostly(right: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The right kind of value nine times out of ten, else anything."""
    return st.integers(0, 9).flatmap(lambda drawn: right if drawn else ODD)


def values_of(operation: Operation, parameter: Mapping[str, Any], ids: RealIds) -> st.SearchStrategy[Any]:
    """Values of a parameter of the query, by what it names or else by its schema."""
    name, schema = parameter["name"], parameter["schema"]
    described = json.dumps(schema)
    if '"date"' in described:
        return EARLIER if name == "from" else LATER
    real = {
        "opportunity": ids.opportunities,
        "to": ids.people,
        "from": ids.members,
        "member": ids.members,
        "owner": ids.members,
        "unit": UNITS,
    }
    if name in real:
        return st.sampled_from(real[name] or ["none"])
    if name == "after":
        return st.sampled_from([ids.account, *ids.people])
    # What may be left out may also be null, which is no value of a query.
    schema = next((alternative for alternative in schema.get("anyOf", []) if alternative["type"] != "null"), schema)
    if schema.get("type") == "array":
        return st.lists(st.sampled_from(schema["items"]["enum"]), min_size=1, max_size=3)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema.get("type") == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    if schema.get("type") == "boolean":
        return st.booleans()
    raise AssertionError(f"{operation.template}: no strategy for {parameter}")


def what_if(ids: RealIds) -> st.SearchStrategy[Any]:
    """Changes for what-if, of people and members who are there."""
    people, members = st.sampled_from(ids.people), st.sampled_from(ids.members)
    methods = st.sampled_from([*METHOD.by_code, *SUBTYPE.by_code])
    return st.fixed_dictionaries(
        {},
        optional={
            "without": st.lists(mostly(people | members), max_size=3),
            "stance": st.lists(
                st.fixed_dictionaries({"person": mostly(people), "stance": st.integers(-2, 3) | st.none()}), max_size=3
            ),
            "touch": st.lists(
                st.fixed_dictionaries({"member": mostly(members), "person": mostly(people), "method": methods}),
                max_size=3,
            ),
        },
    )
