"""The deck of an account: a slide per view, the ten worst gaps, the plan, the value proposition."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from graph.analysis.map import Dossier
from viz.deck.coverage_slide import coverage_slide
from viz.deck.fishbone_slide import fishbone_slide
from viz.deck.frame import HEIGHT, WIDTH
from viz.deck.power_slide import power_slide
from viz.deck.shapes import Board
from viz.deck.table_slides import gaps_slide, plan_slide
from viz.deck.template import opened_template, plain_deck, title_layout
from viz.deck.value_slide import value_slide
from viz.words.names import record_name
from viz.words.printable import contained

if TYPE_CHECKING:
    from pptx.presentation import Presentation

SLIDES = (power_slide, fishbone_slide, coverage_slide, gaps_slide, plan_slide, value_slide)
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a ZIP file knows."""


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
    title = record_name(account.name, account.id, lang)
    return saved(made, contained(title), dossier.map.report.as_of)


def saved(deck: Presentation, title: str, as_of: datetime.date) -> bytes:
    """The deck as bytes. Its dates are the day that it shows, so that the same content gives the same bytes."""
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = title[:255], "swaymap", "swaymap"
    properties.created = properties.modified = datetime.datetime.combine(as_of, datetime.time())
    properties.revision = 1
    written = io.BytesIO()
    deck.save(written)
    return undated(written.getvalue())


def undated(package: bytes) -> bytes:
    """The same ZIP file with every member dated to `EPOCH`."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as read, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as write:
        for member in read.infolist():
            plain = zipfile.ZipInfo(member.filename, EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.external_attr = 0o600 << 16
            plain.create_system = 3
            write.writestr(plain, read.read(member.filename))
    return made.getvalue()
