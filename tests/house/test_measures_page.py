"""The page of the measures: every example gives the numbers that stand there, every command and section is there."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


def test_every_example_gives_what_stands_there() -> None:
    tested = doctest.testfile(str(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert tested.attempted > 50
    assert tested.failed == 0


def test_every_measure_has_question_example_source_and_limits() -> None:
    page = PAGE.read_text(encoding="utf-8")
    sections = re.split(r"^## ", page, flags=re.MULTILINE)[1:]
    measures = [section for section in sections if not section.startswith("How fast")]
    assert len(measures) == page.count("Source: ")
    for section in measures:
        assert re.search(r"\n\n\*[A-Z].+?[.?!]\*", section), section.partition("\n")[0]
        assert ">>> " in section
        assert "Source:" in section
        assert "Limits:" in section
