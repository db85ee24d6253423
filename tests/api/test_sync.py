"""An account made equal to a file: what would go is listed first, `--yes` does it, undo brings it back."""

from __future__ import annotations

from pathlib import Path

from tests.api.conftest import Run

STORE = ("--store", "sqlite:///sync.db")


def write(folder: Path, **sheets: str) -> None:
    folder.mkdir(exist_ok=True)
    for sheet, text in sheets.items():
        (folder / f"{sheet}.csv").write_text(text.replace("|", "\n") + "\n", encoding="utf-8")


def stored(run: Run) -> str:
    return run("store", "digest", *STORE).stdout


def first(run: Run, tmp_path: Path) -> None:
    write(
        tmp_path / "full",
        accounts="id|q|z",
        people="id,account|ann,q|ben,q|zoe,z",
        team="id|uma",
        influences="source,target,weight|ann,ben,0.5",
        interactions="id,date,method,people,members|both,2026-11-01,forum,ben;zoe,uma|mine,2026-11-02,forum,ben,uma",
    )
    assert run("import", "full", *STORE).returncode == 0


def test_what_would_go_is_listed_and_yes_does_it(run: Run, tmp_path: Path) -> None:
    first(run, tmp_path)
    write(tmp_path / "now", accounts="id|q", people="id,account|ann,q|ben,q", team="id|uma")
    before = stored(run)
    told = run("import", "now", "--sync", "q", *STORE)
    assert told.returncode == 0, told.stderr
    assert "2 stored records are not in the files" in told.stdout
    assert "influences: ann / ben" in told.stdout
    assert "interactions: mine" in told.stdout
    assert "both" not in told.stdout  # people of another account were there too
    assert "Nothing was stored. With --yes" in told.stdout
    for form in ("json", "csv"):
        assert "Nothing was stored. With --yes" in run("import", "now", "--sync", "q", "--format", form, *STORE).stderr
    assert stored(run) == before
    done = run("import", "now", "--sync", "q", "--yes", *STORE)
    assert done.returncode == 0, done.stderr
    assert "Removed" in done.stdout
    assert stored(run) != before
    assert run("undo", "2", *STORE).returncode == 0
    assert stored(run) == before


def test_the_account_must_be_in_the_file(run: Run, tmp_path: Path) -> None:
    first(run, tmp_path)
    before = stored(run)
    write(tmp_path / "other", accounts="id|z", people="id,account|zoe,z")
    refused = run("import", "other", "--sync", "q", "--yes", *STORE)
    assert refused.returncode == 2
    assert "do not hold the account q" in refused.stderr
    assert stored(run) == before


def test_what_others_name_cannot_go(run: Run, tmp_path: Path) -> None:
    first(run, tmp_path)
    before = stored(run)
    write(tmp_path / "less", accounts="id|q", people="id,account|ann,q", team="id|uma")
    refused = run("import", "less", "--sync", "q", "--yes", *STORE)
    assert refused.returncode == 2  # ben was at the forum with zoe of another account
    assert "Traceback" not in refused.stderr
    assert stored(run) == before


def test_an_equal_file_takes_nothing_away(run: Run, tmp_path: Path) -> None:
    first(run, tmp_path)
    before = stored(run)
    done = run("import", "full", "--sync", "q", "--yes", *STORE)
    assert done.returncode == 0, done.stderr
    assert "not in the files" not in done.stdout
    assert stored(run) == before
