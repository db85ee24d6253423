"""A map is saved by its ending as the command line does, shown in a notebook, and given to pyvis."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from swaymap import Account, InputError
from swaymap.power_map import ENDINGS
from tests.api.conftest import Run


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_saved_is_what_the_command_writes(
    qinglan: Account, run: Run, sample_url: str, tmp_path: Path, ending: str
) -> None:
    done = run("map", "qinglan", "--store", sample_url, "--as-of", "2026-11-23", "-o", f"command{ending}")
    assert (done.returncode, done.stderr) == (0, "")
    saved = qinglan.map().save(tmp_path / f"python{ending}")
    assert saved.read_bytes() == (tmp_path / f"command{ending}").read_bytes()


def test_view_and_language(qinglan: Account, tmp_path: Path) -> None:
    saved = {
        qinglan.map(view, lang).save(tmp_path / f"{view}-{lang}.svg").read_text()
        for view in ("power", "fishbone", "coverage")
        for lang in ("en", "zh")
    }
    assert len(saved) == 6


def test_wrong_endings_and_places_are_one_sentence(qinglan: Account, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.svg"):
        qinglan.map().save("map.doc")
    for path in ("", ".", "map.", ".html"):
        with pytest.raises(InputError, match=r"^\.?[a-z]*\.?: the ending says no known form"):
            qinglan.map().save(path)
    with pytest.raises(InputError, match=r"^\.doc: the ending"):
        qinglan.map().written(".doc")
    with pytest.raises(InputError, match="template"):
        qinglan.map().save("map.svg", template="house.pptx")
    with pytest.raises(InputError, match="nowhere"):
        qinglan.map().save(tmp_path / "nowhere" / "map.svg")


def test_an_unknown_view_or_language_is_one_sentence(qinglan: Account) -> None:
    with pytest.raises(InputError, match=r"view: “powr” is none of power, fishbone, coverage\."):
        qinglan.map("powr")  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"lang: “de” is none of en, zh\."):
        qinglan.map(lang="de")


def test_a_notebook_shows_the_page_in_a_frame(qinglan: Account) -> None:
    shown = qinglan.map()._repr_html_()
    (page,) = re.findall(r'^<iframe srcdoc="([^"]*)" sandbox="[^"]*" style="[^"]*"></iframe>$', shown)
    assert html.unescape(page) == qinglan.map().written(".html")
    assert "allow-same-origin" not in shown


def test_pyvis_may_be_changed_and_saved(qinglan: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    network = qinglan.map().to_pyvis()
    people = len(network.nodes)
    network.add_node("note", label="ask Wu Tao first", x=0, y=0)
    network.write_html("own.html")
    assert "ask Wu Tao first" in Path("own.html").read_text(encoding="utf-8")
    assert len(qinglan.map().to_pyvis().nodes) == people
