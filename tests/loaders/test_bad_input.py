"""Bad input gets one clear message with its place, in both languages, and gives no record of a bad row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.model.rules import violations
from loaders import Batch, read
from loaders.codes import CODES
from loaders.findings import VALUE_LENGTH, Finding
from loaders.problems import Unreadable
from loaders.review import read_review
from tests.loaders.bad_hostile_cases import CASES
from tests.loaders.bad_input_cases import TODAY, BadInput


def findings_of(batch: Batch) -> list[Finding]:
    """The findings of reading, and the rules that the records break together."""
    broken = [
        violation
        for violation in violations(batch.dataset, batch.dataset)
        if not (violation.code == "dangling" and violation.value in batch.claimed[violation.places["sheet"]])
    ]
    return list(batch.findings.plus(batch.findings_of(broken)))


def errors_of(case: BadInput, folder: Path) -> list[Finding]:
    """The findings that keep a case from being stored."""
    path = case.build(folder)
    if case.review:
        with pytest.raises(Unreadable) as refused:
            read_review(folder / case.review)
        return [refused.value.finding]
    mapping = folder / case.mapping if case.mapping else None
    said = {"encoding": case.encoding, "strict": case.strict, "mapping": mapping, **case.said}
    return [finding for finding in findings_of(read([path], today=TODAY, **said)) if finding.severity == "error"]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_bad_input_gets_its_message(case: BadInput, tmp_path: Path) -> None:
    errors = errors_of(case, tmp_path)
    assert case.code in {error.code for error in errors}, [(error.code, error.place()) for error in errors]
    found = next(error for error in errors if error.code == case.code)
    assert (found.sheet, found.row, found.column) == (case.sheet, case.row, case.column)
    assert case.words in found.text("en")
    assert re.search("[\u4e00-\u9fff]", found.text("zh"))
    assert found.value is None or len(found.value) <= VALUE_LENGTH
    if case.code not in ("unknown_encoding", "wrong_encoding", "loop"):
        assert len({(error.file, error.sheet, error.row) for error in errors}) == 1, "one thing wrong, one place named"


def test_there_are_enough_cases_and_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names) >= 270


def test_every_error_code_has_a_case() -> None:
    without = {  # each has a test of its own
        "account_changed",
        "cannot_read",
        "different_columns",
        "inexact_number",
        "no_table",
        "not_a_frame",
        "parquet_not_installed",
        "reader_stopped",
        "took_too_long",
        "too_many_bytes",
        "too_many_letters",
        "too_many_rows",
        "unknown_frame",
    }
    refused = {code for code, severity in CODES.items() if severity == "error"}
    assert refused - {case.code for case in CASES} == without
