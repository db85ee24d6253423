"""A store in Python: the same records, names, messages and days as on the command line."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest

from graph.model.calibration import load_calibration
from loaders.asked import Asked
from swaymap import AmbiguousName, InputError, Scope, Store, SwaymapError, UnknownRecord, open_store
from swaymap.store import today
from tests.swaymap.conftest import AS_OF


def test_an_account_by_id_or_name(store: Store) -> None:
    for asked in ("qinglan", "Qinglan Mobile", "青岚移动"):
        assert store.account(asked, as_of=AS_OF).id == store.account_id(asked) == "qinglan"
    for find in (store.account, store.account_id, store.history):
        with pytest.raises(UnknownRecord, match="qinglan"):
            find("qinglam")


def test_days_are_dates_or_text_or_today(store: Store) -> None:
    assert store.account("qinglan", as_of="2026-11-23").as_of == AS_OF
    assert store.account("qinglan").as_of == today()
    with pytest.raises(InputError, match="as_of"):
        store.account("qinglan", as_of="23.11.2026")


def test_numbers_of_a_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text('{"tie": 0.2}')
    for given in (path, str(path), load_calibration(path)):
        assert store.account("qinglan", calibration=given).report.tie == 0.2
    with pytest.raises(InputError):
        store.account("qinglan", calibration=tmp_path / "nowhere.json")


def test_a_person_of_any_account(store: Store) -> None:
    assert store.find_person("lin-qiuyue") == store.find_person("林秋月") == ("qinglan", "lin-qiuyue")
    with pytest.raises(UnknownRecord, match="lin-qiuyue"):
        store.find_person("lin-qiuyu")


def test_what_is_out_of_scope_is_not_there(sample_url: str) -> None:
    with open_store(sample_url, scope=Scope(frozenset({"linjiang"}))) as store:
        assert store.account_ids() == ["linjiang"]
        assert store.accounts()["id"].tolist() == ["linjiang"]
        assert len(store.portfolio(as_of=AS_OF)) == 1
        for ask in (
            lambda: store.account("qinglan"),
            lambda: store.account("Qinglan Mobile"),
            lambda: store.account_id("qinglan"),
            lambda: store.find_person("lin-qiuyue"),
            lambda: store.find_person("Lin Qiuyue"),
            lambda: store.compare("qinglan", "2026-11-01", "2026-11-23"),
        ):
            with pytest.raises(UnknownRecord):
                ask()


def test_a_withheld_column_is_empty(sample_url: str) -> None:
    with open_store(sample_url, scope=Scope(withheld=frozenset({("people", "title")}))) as store:
        assert {person.title for person in store.account("qinglan", as_of=AS_OF).report.people} == {None}


def test_files_with_errors_are_refused_with_all_of_them(own_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,account,level\nnew,qinglan,77\nother,nowhere,5\n")
    before = own_store.graph_store.digest()
    with pytest.raises(InputError, match=r"people\.csv") as refused:
        own_store.import_files(path)
    assert [finding.row for finding in refused.value.findings] == [2, 3]
    assert own_store.graph_store.digest() == before
    assert "处错误" in refused.value.message.render("zh")


def test_a_dry_run_shows_the_cells_and_stores_nothing(own_store: Store) -> None:
    people = pd.DataFrame({"id": ["wu-tao"], "account": ["qinglan"], "title": ["Chief Engineer"]})
    before = own_store.graph_store.digest()
    receipt = own_store.import_frames(people=people, dry_run=True)
    assert [(cell.key, cell.column, cell.new) for cell in receipt.cells] == [(("wu-tao",), "title", "Chief Engineer")]
    assert own_store.graph_store.digest() == before
    own_store.import_frames({"people": people})
    titles = {person.id: person.title for person in own_store.account("qinglan", as_of=AS_OF).report.people}
    assert titles["wu-tao"] == "Chief Engineer"


def test_frames_and_files_of_the_same_content_give_the_same_digest(tmp_path: Path) -> None:
    rows = "id,name\nacme,Acme\n", "id,account,level\nann,acme,5\nben,acme,\n"
    digests = []
    for name in ("files", "frames"):
        with open_store(f"sqlite:///{tmp_path / f'{name}.db'}") as store:
            for sheet, text in zip(("accounts", "people"), rows, strict=True):
                (tmp_path / f"{sheet}.csv").write_text(text)
            frames = {sheet: pd.read_csv(tmp_path / f"{sheet}.csv") for sheet in ("accounts", "people")}
            if name == "files":
                store.import_files(tmp_path / "accounts.csv", tmp_path / "people.csv")
            else:
                store.import_frames(frames)
            digests.append(store.graph_store.digest())
    assert digests[0] == digests[1]


def test_a_wrong_frame_is_named(own_store: Store) -> None:
    wrong = pd.DataFrame({"id": ["new"], "account": ["qinglan"], "level": [77]})
    with pytest.raises(InputError, match="people") as refused:
        own_store.import_frames(people=wrong)
    assert len(refused.value.findings) == 1


def test_another_name_of_somebody_is_refused(own_store: Store) -> None:
    people = pd.DataFrame({"id": ["wu-tao"], "account": ["qinglan"], "name": ["Somebody Else"]})
    with pytest.raises(SwaymapError, match="Somebody Else"):
        own_store.import_frames(people=people)
    assert own_store.import_frames(people=people, new_names=True).written == 1


def test_the_portfolio_of_the_command_line(store: Store) -> None:
    frame = store.portfolio(as_of=AS_OF)
    assert frame["account"].tolist() == ["linjiang", "qinglan"]


def test_history_since_a_day(own_store: Store) -> None:
    tomorrow = datetime.date.today() + datetime.timedelta(days=2)
    assert len(own_store.history()) > len(own_store.history("linjiang")) > 0
    assert len(own_store.history(since=tomorrow)) == 0


def test_a_name_of_several(own_store: Store) -> None:
    accounts = pd.DataFrame({"id": ["a1", "a2"], "name": ["Twice", "Twice"]})
    own_store.import_frames(accounts=accounts, asked=Asked(today=AS_OF))
    with pytest.raises(AmbiguousName, match="a1"):
        own_store.account("Twice")


def test_no_store_there() -> None:
    with pytest.raises(InputError):
        open_store("nowhere")
