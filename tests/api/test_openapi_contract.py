"""The API against its own OpenAPI document: whatever is asked, the answer is one that the document names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from api.http.app import create_app
from graph.model.calibration import load_calibration
from graph.store import open_store

HERE = {"host": "127.0.0.1"}


@pytest.fixture(scope="module")
def operations(sample_url: str) -> Iterator[list[Any]]:
    """Every operation of the API on the sample company, as schemathesis reads them from the document."""
    store = open_store(sample_url)
    app = create_app(store, load_calibration(None))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HERE)
    yield [operation.ok() for operation in schema.get_all_operations()]
    store.close()


def test_every_answer_is_one_that_the_document_names(operations: list[Any]) -> None:
    assert len(operations) >= 9
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=HERE)

        answers()
