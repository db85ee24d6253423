"""The portfolio sorted and filtered, from the command line and over HTTP: the same rows in every form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.text.output import page_width, table
from api.text.portfolio_table import fitting_columns
from graph.model.calibration import load_calibration
from graph.store import open_store
from swaymap.portfolio import portfolio_query, portfolio_rows
from swaymap.store import Store
from tests.api.conftest import AS_OF, Run
from tests.api.test_http import problem
from tests.portfolio_store import filled

DAY = ("--as-of", AS_OF.isoformat())
ROUTE = "/api/v1/coverage"
ASKED: list[tuple[dict[str, Any], list[str]]] = [
    ({"sort": ["amount", "bid_date"]}, ["--sort", "amount", "--sort", "bid_date"]),
    ({"sort": ["status"], "tier": ["S", "B"]}, ["--sort", "status", "--tier", "S", "--tier", "B"]),
    (
        {"status": ["red", "amber"], "owner": "Bob Wu", "unit": "销售部"},
        ["--status", "red", "--status", "amber", "--owner", "Bob Wu", "--unit", "销售部"],
    ),
]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return filled(tmp_path_factory.mktemp("many"))


@pytest.fixture(scope="module")
def ask(url: str) -> Iterator[TestClient]:
    app = create_app(open_store(url), load_calibration(None))
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def store(url: str) -> Iterator[Store]:
    opened = Store(open_store(url))
    yield opened
    opened.close()


def rows_of(store: Store, **asked: Any) -> list[dict[str, Any]]:
    query = portfolio_query(store.graph_store, store.scope, **asked)
    return list(query.ordered(portfolio_rows(store, AS_OF, load_calibration(None), query=query)))


@pytest.mark.parametrize(("asked", "options"), ASKED)
def test_a_command_writes_the_same_rows_in_every_form(
    run: Run, url: str, store: Store, tmp_path: Path, asked: dict[str, Any], options: list[str]
) -> None:
    wanted, command = rows_of(store, **asked), ("coverage", "--store", url, *DAY, *options)
    assert len(wanted) > 1
    found = run(*command, "--format", "json")
    assert (json.loads(found.stdout), found.stderr) == ({"rows": wanted}, "")
    assert run(*command, "--format", "json", "--jobs", "2").stdout == found.stdout
    ids = [(row["account"], row["opportunity"] or "") for row in wanted]
    read = csv.DictReader(io.StringIO(run(*command, "--format", "csv").stdout))
    assert [(row["account"], row["opportunity"]) for row in read] == ids
    assert run(*command, "--format", "xlsx", "-o", "all.xlsx").returncode == 0
    head, *cells = openpyxl.load_workbook(tmp_path / "all.xlsx").worksheets[0].iter_rows(values_only=True)
    assert [row[head.index("Amount")] for row in cells] == [row["amount"] for row in wanted]
    assert {"Currency", "At risk"} <= set(head)


@pytest.mark.parametrize("asked", [asked for asked, _ in ASKED])
def test_http_answers_the_same_rows_in_every_form(ask: TestClient, store: Store, asked: dict[str, Any]) -> None:
    wanted, query = rows_of(store, **asked), {"as_of": AS_OF.isoformat(), **asked}
    assert ask.get(ROUTE, params={**query, "limit": 1000}).json() == {"rows": wanted, "next": None}
    lines = ask.get(ROUTE, params=query, headers={"accept": "application/x-ndjson"})
    assert [json.loads(line) for line in lines.text.splitlines()] == wanted
    assert lines.headers["content-type"] == "application/x-ndjson"
    read = csv.DictReader(io.StringIO(ask.get(ROUTE, params=query, headers={"accept": "text/csv"}).text))
    assert [row["account"] for row in read] == [row["account"] for row in wanted]


def pages(ask: TestClient, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    after = {}
    while True:
        page = ask.get(ROUTE, params={"as_of": AS_OF.isoformat(), **query, **after}).json()
        yield page
        if page["next"] is None:
            return
        after = {"after": page["next"]}


def test_pages_of_a_sorted_portfolio_are_of_rows(ask: TestClient, store: Store) -> None:
    wanted = rows_of(store, sort="amount")
    found = list(pages(ask, {"sort": "amount", "limit": 30}))
    assert [row for page in found for row in page["rows"]] == wanted
    assert {len(page["rows"]) for page in found[:-1]} == {30}
    assert list(pages(ask, {"sort": "amount", "limit": len(wanted)})) == [{"rows": wanted, "next": None}]


def test_pages_of_a_filtered_portfolio_are_of_accounts(ask: TestClient, store: Store) -> None:
    found = list(pages(ask, {"tier": "S", "limit": 4}))
    assert [row for page in found for row in page["rows"]] == rows_of(store, tier="S")
    assert [] in [page["rows"] for page in found], "accounts of a page may all be left out"


@pytest.mark.parametrize(
    ("query", "status", "code", "said"),
    [
        ("sort=amout", 400, "unknown_choice", "Did you mean amount"),
        ("sort=amount&sort=", 400, "unknown_choice", "at_risk"),
        ("status=blue", 400, "unknown_choice", "red, amber, green"),
        ("tier=Z", 400, "unknown_choice", "S, A, B, C"),
        ("owner=anm", 404, "unknown_member", "Did you mean ann (Ann Li"),
        ("unit=Finanse", 404, "unknown_unit", "Did you mean u"),
        ("unit=" + "x" * 201, 400, "bad_request", "unit"),
        ("sort=amount&after=a003", 400, "bad_request", "a number from 1"),
        ("sort=amount&after=0", 400, "bad_request", "“0”"),
        ("sort=amount&after=" + "9" * 40, 400, "bad_request", "a number from 1"),
        ("sort=amount&after=%D9%A3", 400, "bad_request", "a number from 1"),
    ],
)
def test_what_http_cannot_answer_is_a_problem(ask: TestClient, query: str, status: int, code: str, said: str) -> None:
    for accept in ("application/json", "application/x-ndjson", "text/csv"):
        if "after=" in query and accept != "application/json":
            continue  # these forms have no pages
        reply = ask.get(f"{ROUTE}?{query}", headers={"accept": accept})
        problem(reply, status, code)
        assert said in reply.json()["detail"]
    assert ask.get(f"{ROUTE}?{query}&lang=zh").json()["detail"]


def test_a_page_behind_the_last_row_is_empty(ask: TestClient) -> None:
    assert ask.get(f"{ROUTE}?sort=amount&after=999").json() == {"rows": [], "next": None}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--sort", "amout"), "sort: there is no “amout”. Did you mean amount, account?"),
        (("--status", "blue"), "status: “blue” is none of red, amber, green."),
        (("--tier", "s"), "tier: “s” is none of S, A, B, C."),
        (("--owner", "anm"), "Did you mean ann (Ann Li / 李安)"),
        (("--unit", "Finanse"), "No account has a unit called Finanse. Did you mean u"),
        (("a003", "--sort", "amount", "--unit", "u003"), "--sort, --unit: only for the portfolio; leave ACCOUNT out."),
        (("a003", "--status", "blue"), "--status: only for the portfolio"),
        (("--opportunity", "o002-1"), "--opportunity: only for one account; name it as ACCOUNT."),
    ],
)
def test_what_a_command_cannot_answer_is_one_sentence(run: Run, url: str, options: tuple[str, ...], said: str) -> None:
    done = run("coverage", *options, "--store", url)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.splitlines()[-1].endswith((".", "?"))
    chinese = run("coverage", *options, "--store", url, SWAYMAP_LANG="zh")
    assert chinese.returncode == 2
    assert said not in chinese.stderr


def test_the_table_says_which_rows_these_are_and_in_which_order(run: Run, url: str) -> None:
    command = ("coverage", "--store", url, *DAY, "--sort", "amount", "--tier", "S", "--tier", "B", "--owner", "bob")
    english, chinese = run(*command).stdout, run(*command, "--lang", "zh").stdout
    assert "\nOnly: owner bob; tier S/B.\nOrder: Amount (largest first); then by account and opportunity." in english
    assert "CNY 2M" in english
    assert "\n筛选：负责人 bob；等级 S/B。\n排序：金额（从大到小）；其次按客户和机会。未知值排在最后。\n" in chinese
    assert "CNY 200万" in chinese
    plain = run("coverage", "--store", url, *DAY).stdout
    assert "Only:" not in plain
    assert "Order:" not in plain
    none = run("coverage", "--store", url, *DAY, "--tier", "S", "--status", "green", "--unit", "u003", "--lang", "zh")
    assert (none.returncode, none.stdout) == (0, "没有符合条件的机会：状态 绿；等级 S；部门 u003。\n")
    empty = run("coverage", "--store", url, *DAY, "--tier", "S", "--status", "green", "--format", "json")
    assert json.loads(empty.stdout) == {"rows": []}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 120, 180])
def test_the_table_has_the_columns_that_fit(store: Store, width: int, lang: str) -> None:
    long = {"account_name": "Linjiang Rural Commercial Bank", "opportunity_name": "Core network renewal and support"}
    rows = [
        {**row, **long, "amount": 186_000_000.0, "currency": "CNY", "at_risk": risk}
        for row, risk in zip(rows_of(store)[:9], [None, 86_400_000.0, 0.0] * 3, strict=True)
    ]
    columns = fitting_columns(rows, lang, width)
    written = drawn(rows, lang, width)
    assert max(map(cells, written)) <= width
    heads = [column.head for column in columns]
    assert heads[:2] == ["head.account", "head.opportunity"]
    assert {"head.status", "head.coverage"} <= set(heads)
    whole = " ".join(written)
    for column in columns:
        if column.head not in ("head.account", "head.opportunity"):
            assert all(column.value(row) in whole for row in rows), "only names are folded"
    assert ("head.at_risk" in heads) == (width >= 80)
    assert {"head.amount", "head.bid_date"} <= set(heads) or width < 120
    assert len(heads) == 12 or width < 180


def test_value_columns_are_there_only_where_a_row_has_a_value(store: Store) -> None:
    rows = [{**row, "amount": None} for row in rows_of(store)]
    heads = {column.head for column in fitting_columns(rows, "en", 180)}
    assert heads.isdisjoint({"head.amount", "head.at_risk"})
    assert "head.amount" in {column.head for column in fitting_columns(rows_of(store), "en", 180)}


def cells(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)


def drawn(rows: list[dict[str, Any]], lang: str, width: int) -> list[str]:
    """The lines of the table on a page of this width."""
    from rich.console import Console

    written = io.StringIO()
    made = table(rows, fitting_columns(rows, lang, width), lang)
    Console(file=written, width=width, color_system=None).print(made)
    return written.getvalue().splitlines()


def test_a_page_that_is_no_terminal_is_wide() -> None:
    assert page_width(to_file=True) == 180
