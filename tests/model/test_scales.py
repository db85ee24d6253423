"""Scales: every choice is found by its code, its English and its Chinese word, in any case."""

import pytest

from graph.model.kind import KINDS, scales_of
from graph.model.scales import RESPONSE, ROLE, STANCE, SUBTYPE, SUBTYPES_OF, Scale

SCALES = scales_of(list(KINDS.values()))


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES.keys())
def test_every_word_of_a_choice_means_it(scale: Scale) -> None:
    for choice in scale.choices:
        for word in (choice.code, choice.en, choice.zh, choice.en.upper(), f" {choice.en.lower()} "):
            assert scale.code_of(word) == choice.code


def test_foreign_words_map_in() -> None:
    assert ROLE.code_of("Economic Buyer") == "A"
    assert ROLE.code_of("technical buyer") == "E"
    assert ROLE.code_of("user buyer") == "U"
    assert STANCE.code_of("mentor") == "3"


def test_signs_matter_and_unknown_words_are_none() -> None:
    assert STANCE.code_of("-1") == "-1"
    assert STANCE.code_of("+1") == "1"
    assert STANCE.code_of("4") is None
    assert RESPONSE.code_of("two way") == "two_way"
    assert RESPONSE.code_of("") is None


def test_every_subtype_belongs_to_a_method() -> None:
    assert {subtype for subtypes in SUBTYPES_OF.values() for subtype in subtypes} == set(SUBTYPE.by_code)
