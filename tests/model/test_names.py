"""Two-script names: each language its own part, anything else whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model.names import in_script


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("Lin Qiuyue / 林秋月", "Lin Qiuyue", "林秋月"),
        ("林秋月 / Lin Qiuyue", "Lin Qiuyue", "林秋月"),
        ("Lin Qiuyue", "Lin Qiuyue", "Lin Qiuyue"),
        ("林秋月", "林秋月", "林秋月"),
        ("QA / Test", "QA / Test", "QA / Test"),
        ("规划 / 架构", "规划 / 架构", "规划 / 架构"),
        ("A / B / 丙", "A / B / 丙", "A / B / 丙"),
        ("IT/信息技术", "IT/信息技术", "IT/信息技术"),
    ],
)
def test_each_language_shows_its_part(text: str, en: str, zh: str) -> None:
    assert in_script(text, "en") == en
    assert in_script(text, "zh") == zh


@given(st.text(min_size=1))
def test_a_shown_name_is_a_part_of_the_written_one_and_never_empty(text: str) -> None:
    for lang in ("en", "zh"):
        assert in_script(text, lang)
        assert in_script(text, lang) in text
