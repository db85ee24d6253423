"""A house template gives fonts, master and size; what is none gets one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Inches

from graph.model.problem import InputError
from tests.viz.dossiers import sample_dossier
from tests.viz.test_deck import inside, shapes_of, words_of
from viz.deck.deck import deck

FONT = "House Sans"


def house(path: Path, width: float = 10.0, height: float = 7.5) -> Path:
    """A template with a font of its own, and two slides that must not stay."""
    made = Presentation()
    made.slide_width, made.slide_height = Inches(width), Inches(height)
    for _ in range(2):
        slide = made.slides.add_slide(made.slide_layouts[0])
        slide.shapes.title.text = "A slide of the house"
    made.save(str(path))
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(path, "w") as write:
        for member in read.namelist():
            part = read.read(member)
            if "theme/theme1.xml" in member:
                part = part.replace(b'<a:latin typeface="Calibri"', f'<a:latin typeface="{FONT}"'.encode())
            write.writestr(member, part)
    return path


@pytest.mark.parametrize(("width", "height"), [(10.0, 7.5), (13.333, 7.5), (20.0, 11.25), (8.27, 11.69)])
def test_a_template_gives_fonts_and_size_and_none_of_its_slides(tmp_path: Path, width: float, height: float) -> None:
    path = house(tmp_path / "house.pptx", width, height)
    made = Presentation(io.BytesIO(deck(sample_dossier(), "en", path)))
    assert made.slide_width == Inches(width)
    assert len(made.slides) == 6
    for slide in made.slides:
        assert "A slide of the house" not in words_of(slide)
        for shape in shapes_of(slide):
            assert inside(shape, made), shape.name
    with zipfile.ZipFile(io.BytesIO(deck(sample_dossier(), "en", path))) as package:
        themes = [name for name in package.namelist() if "theme/theme1.xml" in name]
        assert FONT.encode() in package.read(themes[0])
        assert sum(name.startswith("ppt/slides/slide") for name in package.namelist()) == 6
        fonts = package.read("ppt/slides/slide1.xml")
        assert b'typeface="+mn-lt"' in fonts
        assert b"Arial" not in fonts


def _cut(path: Path) -> None:
    house(path)
    path.write_bytes(path.read_bytes()[:4000])


def _archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no presentation")


def _broken(path: Path) -> None:
    house(path)
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(path, "w") as write:
        for member in read.namelist():
            write.writestr(member, b"<p:broken" if member == "ppt/presentation.xml" else read.read(member))


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 250_000_000)


BAD: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: None,
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("no presentation"),
    "cut": _cut,
    "archive": _archive,
    "broken": _broken,
    "bomb": _bomb,
    "folder": lambda path: path.mkdir(),
    "tiny": lambda path: house(path, 1.0, 1.0),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_template_gets_one_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "house.pptx"
    BAD[kind](path)
    with pytest.raises(InputError) as found:
        deck(sample_dossier(), "en", path)
    assert found.value.code == "bad_template"
    for lang in ("en", "zh"):
        said = found.value.message.render(lang)
        assert "house.pptx" in said
        assert "\n" not in said
        assert "Traceback" not in said
