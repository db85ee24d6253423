"""The colours of the page's style sheet, from the encodings: light, dark by choice or by the system, light on paper."""

from __future__ import annotations

from viz import encodings
from viz.encodings import Theme


def colour_rules() -> str:
    """Custom properties for every colour in each theme, and the rules of the marks."""
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
    found = {name.replace("_", "-"): colour for name, colour in encodings.COLOURS[theme].items()}
    for code, form in encodings.FORMS[theme].items():
        found[f"form{code}-fill"] = form.fill
        found[f"form{code}-glyph"] = form.glyph
        found[f"form{code}-outline"] = form.outline or "none"
    return " ".join(f"--{name}: {colour};" for name, colour in found.items())


def _mark_rules(code: str) -> str:
    form = encodings.FORMS["light"][code]
    name = _class(code)
    outline = f" stroke: var(--form{code}-outline); stroke-width: {form.outline_width};" if form.outline else ""
    dashes = " stroke-dasharray: 4 3;" if form.dashed else ""
    glyph = f"fill: var(--form{code}-glyph); stroke-width: 1.2;" if code in encodings.FILLED_GLYPHS else "fill: none;"
    foot = f" stroke: var(--form{code}-outline); stroke-dasharray: 2 2;" if form.dashed else ""
    return (
        f".mark-shape.{name} {{ fill: var(--form{code}-fill);{outline}{dashes} }} "
        f".mark-glyph.{name} {{ stroke: var(--form{code}-glyph); {glyph} }} "
        f".foot.{name} {{ fill: var(--form{code}-fill);{foot} }}"
    )


def _class(code: str) -> str:
    return f"form-{code}"
