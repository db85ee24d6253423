"""Parts of the page: data that cannot end its element, a policy of hashes, words that exist."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import viz
from graph.model.words import catalogue, message
from viz.html import policy
from viz.page.data import inert_json
from viz.page.scripts import page_script, vis_network
from viz.page.style import page_style
from viz.words.bilingual import Both, both_texts, named, rendered, written_date
from viz.words.numbers import percent, strength, whole_percent

PAGE = files("viz.page")
VIZ = Path(viz.__file__).parent


@given(st.recursive(st.text() | st.floats(allow_nan=False, allow_infinity=False) | st.none(), lambda of: st.lists(of)))
def test_inert_json_is_the_value_and_cannot_end_its_element(value: object) -> None:
    written = inert_json(value)
    assert json.loads(written) == value
    assert not set(written) & {"<", "\u2028", "\u2029"}


def test_inert_json_refuses_what_json_does_not_have() -> None:
    with pytest.raises(ValueError):
        inert_json(float("nan"))


def test_the_policy_is_hashes_and_nothing_else() -> None:
    digest = base64.b64encode(hashlib.sha256(b"a()").digest()).decode()
    parts = dict(part.split(" ", 1) for part in policy(("a()",), ("b{}",)).split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == f"'sha256-{digest}'"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", parts["style-src"])
    assert set(parts) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}


def test_nothing_of_ours_reaches_out_or_reads_markup() -> None:
    """The script loads nothing and uses no function by which a text could become markup or code."""
    for source in (page_script(), page_style()):
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|url\((?!#)", source)
    unsafe = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\("
        r"|new Function|DOMParser|createContextualFragment"
    )
    assert not re.search(unsafe, page_script())


def test_inlined_sources_cannot_end_their_element() -> None:
    for source in (vis_network(), page_script()):
        assert "</script" not in source.lower()
        assert "<!--" not in source
        assert "\r" not in source
        assert "sourceMappingURL" not in source
    assert "</style" not in page_style().lower()


def test_a_page_carries_the_scripts_without_comments_and_indents() -> None:
    written = PAGE.joinpath("script", "state.js").read_text(encoding="utf-8")
    lines = [line.strip().removeprefix("export ") for line in written.splitlines()]
    code = [line for line in lines if line and not line.startswith(("//", "/**", "*", "import "))]
    assert "\n".join(code) in page_script()
    assert not [line for line in page_script().splitlines() if line.lstrip().startswith(("//", "/**", "* "))]


def test_every_word_that_the_page_says_is_in_the_catalogue_and_none_is_there_for_nothing() -> None:
    known = {key for key in catalogue() if key.startswith("viz.")}
    said_in_scripts = set(re.findall(r'"(viz\.[a-z_.]+)"', page_script()))
    template = PAGE.joinpath("template", "power_map.html").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in VIZ.rglob("*.py")]
    everywhere = "\n".join((page_script(), template, *sources))
    assert sorted(said_in_scripts - known) == []
    stems = ("viz.role.", "viz.form.", "viz.layer.", "viz.tie.")
    unused = [key for key in known if key not in everywhere and not key.startswith(stems)]
    bare = [key for key in unused if f'"{key.removeprefix("viz.")}"' not in everywhere]
    assert bare == []


@pytest.mark.parametrize(
    ("value", "shown"), [(0.374, ".37"), (1.0, "1.00"), (0.0, ".00"), (0.996, "1.00"), (None, "–")]
)
def test_strengths(value: float | None, shown: str) -> None:
    assert strength(value) == shown


def test_shares() -> None:
    assert percent(0.1174) == "11.7 %"
    assert whole_percent(0.5649) == "56 %"
    assert whole_percent(None) == "–"
    assert whole_percent(0.0) == "0 %"


def test_both_languages_at_once() -> None:
    assert named("Lin Qiuyue / 林秋月", "p1") == Both("Lin Qiuyue", "林秋月")
    assert named(None, "p1") == Both("p1", "p1")
    assert written_date(datetime.date(2026, 9, 5)) == Both("5 Sep 2026", "2026年9月5日")
    assert both_texts("viz.title", account=Both("A", "甲"), view=both_texts("viz.view.power")) == Both(
        "A · Power map", "甲 · 权力地图"
    )
    assert rendered(message("status.red")) == Both("Red", "红")
    assert rendered(None) is None
