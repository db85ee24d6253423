"""What SVG is written with: colours of a theme or of the page's style sheet, numbers, texts, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from viz import encodings
from viz.encodings import Form, Theme
from viz.written import printable as printable

Ink = Theme | Literal["page"]
"""Colours of a theme, or those that the page's style sheet has at the moment."""


@dataclass(frozen=True)
class Pen:
    """Colours by name and forms of marks by code, as they stand in the document."""

    colour: Mapping[str, str]
    forms: Mapping[str, Form]

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        anchor: str = "start",
        colour: str = "text",
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> str:
        """A line of text: y is the baseline."""
        look = (' font-weight="600"' if bold else "") + (' font-style="italic"' if italic else "")
        at = "" if anchor == "start" else f' text-anchor="{anchor}"'
        return (
            f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}" fill="{self.colour[colour]}"{at}{look}>'
            f"{escape(printable(words))}</text>"
        )

    def document(self, width: float, height: float, lang: str, parts: Iterable[str]) -> Iterator[str]:
        """One SVG document with a ground of the page's colour."""
        size = f'viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" height="{n(height)}"'
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="{lang}" role="img" '
            f"font-family={quoteattr(encodings.FONTS)}>"
        )
        yield f'<rect width="{n(width)}" height="{n(height)}" fill="{self.colour["page"]}"/>'
        yield from parts
        yield "</svg>"


def pen_of(ink: Ink) -> Pen:
    """The pen of a theme, or one that leaves the theme to the page's style sheet."""
    if ink != "page":
        return Pen(encodings.COLOURS[ink], encodings.FORMS[ink])
    colours = {name: f"var(--{name.replace('_', '-')})" for name in encodings.COLOURS["light"]}
    forms = {
        code: replace(
            form,
            fill=f"var(--form{code}-fill)",
            glyph=f"var(--form{code}-glyph)",
            outline=f"var(--form{code}-outline)" if form.outline else None,
        )
        for code, form in encodings.FORMS["light"].items()
    }
    return Pen(colours, forms)


def about(person: str) -> str:
    """The attribute by which a page knows whom a part of the picture is about."""
    return f" data-person={quoteattr(printable(person))}"


def xy(point: tuple[float, float]) -> str:
    """A point as two numbers."""
    return f"{n(point[0])} {n(point[1])}"


def n(value: float) -> str:
    """A number as short as two decimals allow."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
