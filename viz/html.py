"""Shared by the HTML renderers: the Content-Security-Policy of a page, and its colours as CSS custom properties."""

from __future__ import annotations

import base64
import hashlib

from viz import encodings
from viz.encodings import Theme


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """The Content-Security-Policy of a page that holds these scripts and styles and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_source_hash(script) for script in scripts),
            "style-src " + " ".join(_source_hash(style) for style in styles),
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def colour_rules() -> str:
    """Custom properties for every colour in each theme, and the rules of the marks.

    The theme is dark where `data-theme` or the system asks for it; paper is always light.
    """
    dark = _properties("dark")
    return "\n".join(
        (
            f":root {{ color-scheme: light; --font: {encodings.FONTS}; {_properties('light')} }}",
            f"@media screen {{ :root[data-theme='dark'] {{ color-scheme: dark; {dark} }} }}",
            "@media screen and (prefers-color-scheme: dark) "
            f"{{ :root:not([data-theme]) {{ color-scheme: dark; {dark} }} }}",
            *(_mark_rules(code) for code in encodings.FORMS["light"]),
            "",
        )
    )


def _properties(theme: Theme) -> str:
    colours = {name.replace("_", "-"): colour for name, colour in encodings.COLOURS[theme].items()}
    for code, form in encodings.FORMS[theme].items():
        colours[f"form{code}-fill"] = form.fill
        colours[f"form{code}-glyph"] = form.glyph
        colours[f"form{code}-outline"] = form.outline or "none"
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _mark_rules(code: str) -> str:
    form = encodings.FORMS["light"][code]
    name = f"form-{code}"
    outline = f" stroke: var(--form{code}-outline); stroke-width: {form.outline_width};" if form.outline else ""
    dashes = " stroke-dasharray: 4 3;" if form.dashed else ""
    glyph = f"fill: var(--form{code}-glyph); stroke-width: 1.2;" if code in encodings.FILLED_GLYPHS else "fill: none;"
    foot = f" stroke: var(--form{code}-outline); stroke-dasharray: 2 2;" if form.dashed else ""
    return (
        f".mark-shape.{name} {{ fill: var(--form{code}-fill);{outline}{dashes} }} "
        f".mark-glyph.{name} {{ stroke: var(--form{code}-glyph); {glyph} }} "
        f".foot.{name} {{ fill: var(--form{code}-fill);{foot} }}"
    )


def _source_hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
