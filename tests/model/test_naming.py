"""How names and ids are compared, and what ids are made from names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Account, Opportunity, Person, TeamMember
from graph.model.naming import SLUG_LENGTH, folded_id, folded_name, index_of, names_of, slug

SLUGS = {
    "Lin Qiuyue / 林秋月": "lin-qiuyue",
    "林秋月": "lin-qiu-yue",
    "王　伟": "wang-wei",
    "Müller, Jörg": "muller-jorg",
    "Éric 李": "eric-li",
    "Straße": "strasse",
    "R&D / IT": "r-d-it",
    "华为Huawei 2期": "hua-wei-huawei-2-qi",
    "Иванов": "иванов",
    "김철수": "김철수",
    "???": "",
    "": "",
}


@pytest.mark.parametrize("name", SLUGS)
def test_a_name_becomes_an_id(name: str) -> None:
    assert slug(name) == SLUGS[name]


@given(st.text())
def test_a_slug_is_short_and_stays_as_it_is(name: str) -> None:
    made = slug(name)
    assert len(made) <= SLUG_LENGTH
    assert not set(made) & set(" ;/,")
    assert slug(made) == made


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Lin Qiuyue", "LIN  QIUYUE"),
        ("Lin Qiuyue", "Ｌｉｎ　Ｑｉｕｙｕｅ"),
        ("Lin Qiuyue", "\u00a0Lin\u00a0Qiuyue "),
        ("王伟", "王　伟"),
        ("王伟", "王 伟"),
        ("José", unicodedata.normalize("NFD", "José")),
        ("Straße", "STRASSE"),
    ],
)
def test_names_are_compared_without_case_width_and_blanks(name: str, same: str) -> None:
    assert folded_name(name) == folded_name(same)


def test_a_blank_between_words_of_other_scripts_counts() -> None:
    assert folded_name("Li Na") != folded_name("Lina")


def test_each_script_of_a_name_is_a_name() -> None:
    assert names_of("Lin Qiuyue / 林秋月") == {"lin qiuyue / 林秋月", "lin qiuyue", "林秋月"}
    assert names_of("Ｌｉｎ　／　林") >= {"lin", "林"}
    assert names_of(None) == names_of("  ") == frozenset()


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded_name(folded_name(text)) == folded_name(text)
    assert folded_id(folded_id(text)) == folded_id(text)


@given(st.text())
def test_ids_that_differ_in_composition_or_case_alone_look_the_same(text: str) -> None:
    assert folded_id(unicodedata.normalize("NFD", text)) == folded_id(unicodedata.normalize("NFC", text))
    if text.isascii():
        assert folded_id(text.upper()) == folded_id(text.lower()) == folded_id(text)


def test_ids_are_told_apart_by_everything_else() -> None:
    assert folded_id("Ｐ１") == folded_id("p1")
    assert folded_id("H2") != folded_id("H²")
    assert folded_id("a-b") != folded_id("a_b")


INDEX = index_of(
    [
        Account("q", "Quay / 码头"),
        Person("p1", "q", name="Lin Qiuyue / 林秋月", title="CFO"),
        Person("p2", "q", name="Wu Tao"),
        Person("p3", "z", name="Wu Tao", title="Buyer"),
        Person("wu tao", "z", name="Somebody"),
        TeamMember("p1", "Sun Li"),
        Opportunity("o", "q", "Core"),
    ]
)


def test_an_id_goes_before_a_name() -> None:
    assert INDEX.called("people", "wu tao") == ["wu tao"]
    assert INDEX.called("people", "WU TAO") == ["p2", "p3"]
    assert INDEX.called("people", "林秋月") == INDEX.called("people", "Lin Qiuyue / 林 秋月") == ["p1"]
    assert INDEX.called("people", "P1") == []
    assert INDEX.called("team", "p1") == INDEX.called("team", "sun li") == ["p1"]


def test_the_nearest_are_found_by_id_and_by_name() -> None:
    assert INDEX.near("people", "Lin Quiyue") == ["p1"]
    assert INDEX.near("accounts", "Q")[0] == "q"
    assert INDEX.near("people", "zzzzzz") == []


def test_a_record_is_offered_with_what_tells_it_apart() -> None:
    assert INDEX.described("people", ["p1"]) == ["p1 (Lin Qiuyue / 林秋月, CFO)"]
    assert INDEX.described("people", ["p2", "p3"]) == ["p2 (Wu Tao, q)", "p3 (Wu Tao, Buyer, z)"]
