"""Every command and route takes a name where it takes an id, and says who may be meant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from graph.model.calibration import load_calibration
from graph.store import open_store
from loaders.asked import Asked
from swaymap.importing import import_paths
from tests.api.conftest import AS_OF, Run

DAY = ("--as-of", "2026-11-23")
QINGLAN = "Qinglan Mobile"

BY_NAME = {
    "people": (("people", "qinglan"), ("people", "青岚移动")),
    "explained": (("people", "qinglan", "--explain", "lin-qiuyue"), ("people", QINGLAN, "--explain", "Lin  Qiuyue")),
    "coverage": (
        ("coverage", "qinglan", "--opportunity", "core-renewal"),
        ("coverage", "qinglan MOBILE / 青岚移动", "--opportunity", "核心网更新"),
    ),
    "paths": (
        ("paths", "qinglan", "--to", "zhao-mingyuan", "--from", "liu-yang"),
        ("paths", QINGLAN, "--to", "赵明远", "--from", "Liu Yang"),
    ),
    "whom": (("paths", "qinglan", "--whom", "su-wen"), ("paths", QINGLAN, "--whom", "苏 雯")),
    "introduce": (("paths", "qinglan", "--introduce", "su-wen"), ("paths", QINGLAN, "--introduce", "Su Wen")),
    "without": (
        ("what-if", "qinglan", "--without", "su-wen", "--without", "liu-yang"),
        ("what-if", QINGLAN, "--without", "Su Wen", "--without", "刘洋"),
    ),
    "stance and touch": (
        ("what-if", "qinglan", "--stance", "gao-feng=1", "--touch", "liu-yang,lin-qiuyue,visit"),
        ("what-if", QINGLAN, "--stance", "高峰=1", "--touch", "Liu Yang, Lin Qiuyue, visit"),
    ),
    "brief": (("brief", "lin-qiuyue", "--member", "liu-yang"), ("brief", "林秋月", "--member", "Liu Yang")),
    "compare": (
        ("compare", "qinglan", "--from", "2026-11-22", "--to", "2026-11-23"),
        ("compare", QINGLAN, "--from", "2026-11-22", "--to", "2026-11-23"),
    ),
    "leads": (("leads", "qinglan"), ("leads", QINGLAN)),
    "plan": (("plan", "qinglan"), ("plan", QINGLAN)),
    "team": (("team", "qinglan"), ("team", QINGLAN)),
}


@pytest.mark.parametrize("what", BY_NAME)
def test_a_command_answers_by_name_as_by_id(run: Run, sample_url: str, what: str) -> None:
    more = ("--store", sample_url, "--format", "json", *(() if what == "compare" else DAY))
    by_id, by_name = (run(*asked, *more) for asked in BY_NAME[what])
    assert by_id.returncode == 0, by_id.stderr
    assert by_name.stdout == by_id.stdout, by_name.stderr


def test_a_command_writes_the_map_by_name(run: Run, sample_url: str, tmp_path: Path) -> None:
    for asked, name in (("qinglan", "a.json"), (QINGLAN, "b.json")):
        assert run("map", asked, "-o", name, "--store", sample_url, *DAY).returncode == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    done = run("compare", QINGLAN, "--from", "a.json", "--to", "b.json")
    assert done.returncode == 0, done.stderr


ROUTES = (
    ("accounts/{account}/people", {}),
    ("accounts/{account}/people/{person}", {}),
    ("accounts/{account}/people/{person}/brief", {"member": ("liu-yang", "刘洋")}),
    ("accounts/{account}/people/{person}/sways", {}),
    ("accounts/{account}/people/{person}/introductions", {}),
    ("accounts/{account}/coverage", {"opportunity": ("core-renewal", "Core network renewal")}),
    ("accounts/{account}/paths", {"to": ("lin-qiuyue", "林秋月"), "from": ("liu-yang", "Liu Yang")}),
    ("accounts/{account}/plan", {}),
    ("accounts/{account}/leads", {}),
    ("accounts/{account}/team", {}),
    ("accounts/{account}/departures", {}),
    ("accounts/{account}/fewest", {}),
    ("accounts/{account}/independent", {}),
    ("accounts/{account}/groups", {}),
    ("accounts/{account}/compare", {"from": ("2026-11-22", "2026-11-22")}),
    ("accounts/{account}/map.json", {}),
)


@pytest.mark.parametrize(("route", "params"), ROUTES, ids=[route for route, _ in ROUTES])
def test_a_route_answers_by_name_as_by_id(client: TestClient, route: str, params: dict[str, tuple[str, str]]) -> None:
    answers = []
    for place, account, person in ((0, "qinglan", "lin-qiuyue"), (1, "Qinglan Mobile / 青岚移动", "Lin Qiuyue")):
        asked = {"as_of": "2026-11-23", **{name: both[place] for name, both in params.items()}}
        answers.append(client.get(f"/api/v1/{route.format(account=account, person=person)}", params=asked))
    assert [answer.status_code for answer in answers] == [200, 200], answers[1].text
    assert answers[0].json() == answers[1].json()


def test_the_body_of_what_if_takes_names(client: TestClient) -> None:
    bodies = (
        {
            "without": ["su-wen"],
            "stance": [{"person": "gao-feng", "stance": 1}],
            "touch": [{"member": "liu-yang", "person": "lin-qiuyue", "method": "visit"}],
        },
        {
            "without": ["苏雯"],
            "stance": [{"person": "Gao Feng", "stance": 1}],
            "touch": [{"member": "Liu Yang", "person": "林秋月", "method": "visit"}],
        },
    )
    answers = [
        client.post(f"/api/v1/accounts/{account}/what-if", params={"as_of": "2026-11-23"}, json=body)
        for account, body in zip(("qinglan", "青岚移动"), bodies, strict=True)
    ]
    assert answers[0].status_code == 200
    assert answers[0].json() == answers[1].json()


FILES = {
    "accounts": "id,name\na,Acme\nb,Bolt\nc,Acme\n",
    "people": "id,account,name,title\nl1,a,Li Na,CFO\nl2,a,Li Na,Buyer\nl3,b,Li Na,\nw,a,Wu Tao,\n",
    "team": "id,name\nt,Sun Li\nw,Wu Tao\n",
    "opportunities": "id,account,name\no,a,Core\n",
}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store with names that several have."""
    at = tmp_path_factory.mktemp("twins")
    (at / "files").mkdir()
    for name, written in FILES.items():
        (at / "files" / f"{name}.csv").write_text(written)
    url = f"sqlite:///{at / 'twins.db'}"
    store = open_store(url)
    done = import_paths(store, [at / "files"], Asked(today=AS_OF))
    store.close()
    assert done.receipt is not None
    return url


ASKED = [
    (("people", "Acme"), "Acme may be one of these accounts: a (Acme), c (Acme)"),
    (("people", "a", "--explain", "Li Na"), "l1 (Li Na, CFO), l2 (Li Na, Buyer)"),
    (("brief", "Li Na"), "l1 (Li Na, CFO, a), l2 (Li Na, Buyer, a), l3 (Li Na, b)"),
    (("what-if", "a", "--without", "Wu Tao"), "person:w (Wu Tao), member:w (Wu Tao)"),
    (("what-if", "a", "--without", "w"), "person:w (Wu Tao), member:w (Wu Tao)"),
    (("people", "Bolts"), "Did you mean b (Bolt)?"),
    (("people", "a", "--explain", "Wu Toa"), "Did you mean w (Wu Tao)?"),
    (("people", "a", "--opportunity", "Corr"), "Did you mean o (Core)?"),
    (("paths", "a", "--to", "w", "--from", "San Li"), "Did you mean t (Sun Li)?"),
]


@pytest.mark.parametrize(("asked", "said"), ASKED, ids=[" ".join(asked) for asked, _ in ASKED])
def test_a_command_says_who_may_be_meant(run: Run, twins: str, asked: tuple[str, ...], said: str) -> None:
    done = run(*asked, "--store", twins)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def test_one_side_of_a_shared_id_may_be_said(run: Run, twins: str) -> None:
    for side in ("person", "member"):
        done = run("what-if", "a", "--without", f"{side}:w", "--store", twins)
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def twins_client(twins: str) -> Iterator[TestClient]:
    with TestClient(create_app(open_store(twins), load_calibration(None)), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize(
    ("route", "status", "code"),
    [
        ("accounts/Acme/people", 400, "ambiguous_account"),
        ("accounts/a/people/Li Na", 400, "ambiguous_person"),
        ("accounts/a/paths?to=li na", 400, "ambiguous_person"),
        ("accounts/Acne/people", 404, "unknown_account"),
        ("accounts/a/people/Wu Toa", 404, "unknown_person"),
    ],
)
def test_a_route_says_who_may_be_meant(twins_client: TestClient, route: str, status: int, code: str) -> None:
    answer = twins_client.get(f"/api/v1/{route}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "(" in answer.json()["detail"]


def test_an_import_takes_names_and_says_what_it_made_of_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "accounts.csv").write_text("name\nQinglan Energy / 青岚能源\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("account,name,title\n青岚能源,林秋月,CFO\n青岚能源,王伟,\n", encoding="utf-8")
    (tmp_path / "reports_to.csv").write_text("person,manager\n王　伟,林秋月\n", encoding="utf-8")
    files = ("accounts.csv", "people.csv", "reports_to.csv")
    first = run("import", *files, "--no-derive")
    assert first.returncode == 0, first.stderr
    assert "“林秋月” has no id and is given lin-qiu-yue." in first.stderr
    found = run("people", "Qinglan Energy", "--format", "json", *DAY)
    assert {person["id"] for person in json.loads(found.stdout)["people"]} == {"lin-qiu-yue", "wang-wei"}
    again = run("import", *files, "--no-derive")
    assert again.returncode == 0, again.stderr
    assert "has no id" not in again.stderr
    # One table at a time: the names are looked up in the store.
    (tmp_path / "reports_to.csv").write_text("person,manager\nWang Wei,林秋月\n", encoding="utf-8")
    refused = run("import", "reports_to.csv", "--no-derive")
    assert refused.returncode == 2
    (tmp_path / "reports_to.csv").write_text("person,manager\n王伟,林秋月\n", encoding="utf-8")
    assert run("import", "reports_to.csv", "--no-derive").returncode == 0
    (tmp_path / "twin.csv").write_text("id,account,name\nother,qinglan-energy,王伟\n", encoding="utf-8")
    warned = run("import", "twin.csv", "--as", "people", "--no-derive", "--dry-run")
    assert "warning twin.csv:people:2:name" in warned.stderr
    assert "is also the name of wang-wei" in warned.stderr
