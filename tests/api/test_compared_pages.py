"""Two days compared on one page, by command line and HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Run

DAYS = ("--from", "2026-09-01", "--to", "2026-11-23")


def test_a_page_of_two_days_and_the_same_over_http(
    run: Run, sample_url: str, tmp_path: Path, client: TestClient
) -> None:
    done = run("map", "qinglan", *DAYS, "-o", "changes.html", "--store", sample_url)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "changes.html").read_text(encoding="utf-8")
    assert '"compared":{"from":["1 Sep 2026","2026年9月1日"],"to":["23 Nov 2026","2026年11月23日"]' in written
    asked = {"from": "2026-09-01", "to": "2026-11-23"}
    answered = client.get("/api/v1/accounts/qinglan/map", params=asked)
    assert answered.status_code == 200
    assert answered.text == written
    until = client.get("/api/v1/accounts/qinglan/map", params={"from": "2026-09-01", "as_of": "2026-11-23"})
    assert until.text == written
    assert '"compared":null' in client.get("/api/v1/accounts/qinglan/map", params={"as_of": "2026-11-23"}).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--from", "2026-12-01", "--to", "2026-11-01", "-o", "a.html"), "earlier one first"),
        ((*DAYS, "-o", "a.json"), "ends in .html or .svg"),
        (("--to", "2026-11-01", "-o", "a.html"), "--to goes with --from"),
        ((*DAYS, "--as-of", "2026-11-01", "-o", "a.html"), "--to goes with --from"),
        (("--from", "yesterday", "-o", "a.html"), "2026-11-23"),
    ],
)
def test_what_cannot_be_compared_gets_one_sentence(
    run: Run, sample_url: str, tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    done = run("map", "qinglan", *asked, "--store", sample_url)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
    assert list(tmp_path.glob("a.*")) == []


def test_days_out_of_order_are_refused_over_http(client: TestClient) -> None:
    answered = client.get("/api/v1/accounts/qinglan/map", params={"from": "2026-12-01", "to": "2026-11-01"})
    assert answered.status_code in (400, 409)
    assert "earlier one first" in answered.json()["detail"]
