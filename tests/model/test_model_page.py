"""The documentation page is what the declarations say now."""

from pathlib import Path

import pytest

from graph.model.kind import KINDS, Kind, scales_of
from graph.model.page import model_page

PAGE = Path(__file__).parents[2] / "docs" / "model.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == model_page(), "run make docs"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_kind_names_its_place_in_the_graph(kind: Kind) -> None:
    section = model_page().split(f"### {kind.sheet} · {kind.zh}\n")[1].split("\n###")[0]
    assert (f"(:{kind.label})" if kind.edge is None else f"[:{kind.edge.type}]") in section
    assert kind.note in section


def test_every_scale_lists_its_words() -> None:
    page = model_page()
    for scale in scales_of(list(KINDS.values())).values():
        section = page.split(f"\n### {scale.name}\n")[1].split("\n###")[0]
        for choice in scale.choices:
            assert f"| `{choice.code}` | {choice.en} | {choice.zh} |" in section
