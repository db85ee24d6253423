"""The presentation that a deck starts from: a given template without its slides, or a plain one of 16:9."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Emu

from graph.model.problem import InputError
from graph.model.words import Message, message

WIDE = (12192000, 6858000)
LATIN, CHINESE = "Arial", "Microsoft YaHei"
MOST_BYTES = 200_000_000
"""The largest size of a template when unpacked."""

LEAST = 3_000_000
"""A slide narrower or lower than this, in EMU (some 8 cm), has no room for a map."""

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def opened_template(path: Path) -> Deck:
    """A house template without its slides. Raises InputError where it is none that can be drawn on."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as wrong:
        key = "missing" if isinstance(wrong, FileNotFoundError) else "unreadable"
        raise _bad(path, message(f"template.why.{key}", what=wrong.strerror or str(wrong))) from wrong
    if content is None or _unpacked(path, content) > MOST_BYTES:
        raise _bad(path, message("template.why.too_large", most=MOST_BYTES // 1_000_000))
    try:
        deck = Presentation(io.BytesIO(content))
        layouts = list(deck.slide_layouts)
        _without_slides(deck)
    except (
        PythonPptxError,
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        TypeError,
        SyntaxError,
        OSError,
    ) as wrong:
        raise _bad(path, message("template.why.not_pptx")) from wrong
    if not layouts:
        raise _bad(path, message("template.why.no_layout"))
    if min(deck.slide_width or 0, deck.slide_height or 0) < LEAST:
        raise _bad(path, message("template.why.size"))
    return deck


def plain_deck() -> Deck:
    """A deck of our own: wide slides, fonts that are everywhere, Chinese ones named too."""
    deck = Presentation()
    wider = WIDE[0] / (deck.slide_width or WIDE[0])
    deck.slide_width, deck.slide_height = Emu(WIDE[0]), Emu(WIDE[1])
    for shapes in (deck.slide_master.shapes, *(layout.shapes for layout in deck.slide_layouts)):
        for shape in list(shapes):
            shape.left, shape.width = Emu(round(shape.left * wider)), Emu(round(shape.width * wider))
    _name_fonts(deck)
    for name, relation in list(deck.part.package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            deck.part.package._rels.pop(name)
    return deck


def title_layout(deck: Deck) -> SlideLayout:
    """The layout with a title and the least else."""
    layouts = list(deck.slide_layouts)

    def fits(layout: SlideLayout) -> tuple[bool, int]:
        kinds = [shape.placeholder_format.idx for shape in layout.shapes if shape.is_placeholder]
        return 0 not in kinds, sum(idx < 10 for idx in kinds)

    return min(layouts, key=fits)


def _without_slides(deck: Deck) -> None:
    """Take the template's slides out, and the sections that name them."""
    slides = deck.slides._sldIdLst
    for slide in list(slides):
        deck.part.drop_rel(slide.rId)
        slides.remove(slide)
    extensions = deck.part._element.find(f"{_SLIDES}extLst")
    if extensions is not None:
        deck.part._element.remove(extensions)


def _name_fonts(deck: Deck) -> None:
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    tree = parse_xml(theme.blob)
    for kind in ("majorFont", "minorFont"):
        fonts = tree.find(f".//{_DRAWING}{kind}")
        fonts.find(f"{_DRAWING}latin").set("typeface", LATIN)
        fonts.find(f"{_DRAWING}ea").set("typeface", CHINESE)
        for script in fonts.findall(f"{_DRAWING}font"):
            if script.get("script") == "Hans":
                script.set("typeface", CHINESE)
    theme._blob = serialize_part_xml(tree)


def _unpacked(path: Path, content: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as wrong:
        raise _bad(path, message("template.why.not_pptx")) from wrong


def _bad(path: Path, why: Message) -> InputError:
    return InputError("bad_template", message("problem.bad_template", path=str(path), why=why))
