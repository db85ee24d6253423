"""The pen of a drawing that writes SVG, in the colours of a theme or of the page's style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from graph.analysis.report.results import PersonResult
from viz import encodings
from viz.drawing.pen import FACTOR_HEIGHT, FACTOR_OPACITY, FACTOR_STEP, FACTORS_LEFT, FACTORS_TOP, HATCH, Anchor
from viz.encodings import Form, Theme
from viz.scene.scene import Chip
from viz.svg import marks
from viz.svg.text import n
from viz.words.printable import printable

Ink = Theme | Literal["page"]
"""A theme, or `page` for the custom properties of the page's style sheet."""


@dataclass(frozen=True)
class SvgPen:
    """Colours by name and forms of marks by code, as they stand in the document."""

    colour: Mapping[str, str]
    forms: Mapping[str, Form]

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        anchor: Anchor = "start",
        colour: str = "text",
        *,
        bold: bool = False,
        italic: bool = False,
        slant: float = 0.0,
    ) -> str:
        """A line of text."""
        look = (' font-weight="600"' if bold else "") + (' font-style="italic"' if italic else "")
        at = "" if anchor == "start" else f' text-anchor="{anchor}"'
        turned = f' transform="rotate({n(slant)} {n(x)} {n(y)})"' if slant else ""
        return (
            f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}" fill="{self.colour[colour]}"{at}{look}{turned}>'
            f"{escape(printable(words))}</text>"
        )

    def mark(self, person: PersonResult, x: float, y: float, radius: float, *, slim: bool = False) -> str:
        """A person in full, on a ground of the page's colour."""
        ground = radius + marks.outer(radius)
        below = f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(ground)}" fill="{self.colour["page"]}"/>'
        return "\n".join((below, *marks.mark(self, person, x, y, radius, slim=slim)))

    def dot(self, person: PersonResult, x: float, y: float) -> str:
        """A person as a dot."""
        return marks.dot(self, person, x, y)

    def glyph(self, form: str, x: float, y: float, scale: float) -> str:
        """The glyph of a form."""
        return marks.glyph(self, form, x, y, scale)

    def chip(self, chip: Chip) -> str:
        """A role letter in its square."""
        return "\n".join(marks.chip(self, chip))

    def badge(self, number: int, x: float, y: float) -> str:
        """The number of a gap."""
        return "\n".join(marks.badge(self, number, x, y))

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        rounded: float = 0.0,
        opacity: float = 1.0,
        edge: str = "",
        edge_width: float = 1.0,
        dashed: bool = False,
    ) -> str:
        """A rectangle."""
        filled = "none" if not fill else f"url(#{HATCH})" if fill == HATCH else self.colour[fill]
        look = f' rx="{n(rounded)}"' if rounded else ""
        look += f' fill-opacity="{n(opacity)}"' if opacity < 1 else ""
        if edge:
            look += f' stroke="{self.colour[edge]}" stroke-width="{n(edge_width)}"'
            look += ' stroke-dasharray="4 3"' if dashed else ""
        box = f'x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}"'
        return f'<rect {box} fill="{filled}"{look}/>'

    def disc(self, x: float, y: float, radius: float, fill: str) -> str:
        """A filled circle."""
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" fill="{self.colour[fill]}"/>'

    def tie(self, x: float, y: float, radius: float, factors: tuple[float, float, float], room: float) -> str:
        """A tie: a dot and three bars."""
        bars = (
            self.rect(
                x + FACTORS_LEFT,
                y + FACTORS_TOP + FACTOR_STEP * place,
                max(1.0, room * factor),
                FACTOR_HEIGHT,
                "ours",
                opacity=FACTOR_OPACITY,
            )
            for place, factor in enumerate(factors)
        )
        return "\n".join((self.disc(x, y, radius, "ours"), *bars))

    def path(self, d: str, stroke: str, width: float, *, fill: str = "", rounded: bool = False) -> str:
        """A path."""
        filled = self.colour[fill] if fill else "none"
        line = f' stroke="{self.colour[stroke]}" stroke-width="{n(width)}"' if stroke else ""
        ends = ' stroke-linecap="round" stroke-linejoin="round"' if rounded else ""
        return f'<path d="{d}" fill="{filled}"{line}{ends}/>'

    def begin(self, kind: str, person: str) -> str:
        """The start of the parts of a person."""
        return f'<g class="{kind}" data-person={quoteattr(printable(person))}>'

    def end(self) -> str:
        """The end of the parts of a person."""
        return "</g>"

    def document(
        self, width: float, height: float, lang: str, parts: Iterable[str], *, hatched: bool = False
    ) -> Iterator[str]:
        """One SVG document with a ground of the page's colour."""
        size = f'viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" height="{n(height)}"'
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="{lang}" role="img" '
            f"font-family={quoteattr(encodings.FONTS)}>"
        )
        if hatched:
            yield (
                f'<defs><pattern id="{HATCH}" width="6" height="6" patternUnits="userSpaceOnUse" '
                f'patternTransform="rotate(45)"><path d="M0 0V6" stroke="{self.colour["line"]}" stroke-width="1.6"/>'
                "</pattern></defs>"
            )
        yield f'<rect width="{n(width)}" height="{n(height)}" fill="{self.colour["page"]}"/>'
        yield from parts
        yield "</svg>"


def pen_of(ink: Ink) -> SvgPen:
    """The pen of a theme, or one that leaves the theme to the page's style sheet."""
    theme: Theme = "light" if ink == "page" else ink
    colours, forms = dict(encodings.COLOURS[theme]), dict(encodings.FORMS[theme])
    if ink == "page":
        colours = {name: f"var(--{name})" for name in colours}
        forms = {code: _of_page(code, form) for code, form in forms.items()}
    for code, form in forms.items():
        colours |= {f"form{code}-fill": form.fill, f"form{code}-glyph": form.glyph}
        colours[f"form{code}-outline"] = form.outline or form.fill
    return SvgPen(colours, forms)


def _of_page(code: str, form: Form) -> Form:
    outline = f"var(--form{code}-outline)" if form.outline else None
    return replace(form, fill=f"var(--form{code}-fill)", glyph=f"var(--form{code}-glyph)", outline=outline)
