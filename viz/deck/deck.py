"""The deck of an account: one slide a view, the ten worst gaps, the plan, and the value that we offer."""

from __future__ import annotations

from pathlib import Path

from graph.analysis.map import Dossier
from graph.model.names import in_script
from viz.deck.coverage_slide import coverage_slide
from viz.deck.fishbone_slide import fishbone_slide
from viz.deck.frame import HEIGHT, WIDTH
from viz.deck.package import saved
from viz.deck.power_slide import power_slide
from viz.deck.shapes import Board
from viz.deck.table_slides import gaps_slide, plan_slide
from viz.deck.template import opened_template, plain_deck, title_layout
from viz.deck.value_slide import value_slide
from viz.written import contained

SLIDES = (power_slide, fishbone_slide, coverage_slide, gaps_slide, plan_slide, value_slide)


def deck(dossier: Dossier, lang: str = "en", template: Path | None = None) -> bytes:
    """The slides of a dossier in a language, on a house template if one is given.

    Raises InputError where the template cannot be used. The same dossier gives the same bytes.
    """
    made = plain_deck() if template is None else opened_template(template)
    layout = title_layout(made)
    width, height = int(made.slide_width or 0), int(made.slide_height or 0)
    scale = min(width / WIDTH, height / HEIGHT)
    for number, draw in enumerate(SLIDES, 1):
        slide = made.slides.add_slide(layout)
        for holder in list(slide.placeholders):
            if holder.placeholder_format.idx != 0:
                holder._element.getparent().remove(holder._element)
        board = Board(slide, lang, scale, (width - WIDTH * scale) / 2, (height - HEIGHT * scale) / 2)
        slide.notes_slide.notes_text_frame.text = "\n".join(map(contained, draw(board, dossier, lang, number)))
    account = dossier.map.report.account
    title = in_script(account.name, lang) if account.name else account.id
    return saved(made, contained(title), dossier.map.report.as_of)
