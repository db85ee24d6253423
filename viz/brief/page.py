"""The visit brief as one HTML page for a screen or a sheet of A4, without scripts or requests; texts are escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from graph.model.words import text
from viz.brief.sections import heading, sections
from viz.html import colour_rules, policy

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief


def brief_page(brief: Brief, lang: str = "en") -> str:
    """The page in a language."""
    title, under = heading(brief, lang)
    style = colour_rules() + _style()
    return (
        _environment()
        .get_template("brief.html")
        .render(
            lang=lang,
            title=title,
            under=under,
            sections=list(sections(brief, lang)),
            calibration=text("brief.calibration", lang, calibration=brief.calibration),
            style=style,
            policy=policy((), (style,)),
        )
    )


@cache
def _style() -> str:
    return files(__package__).joinpath("brief.css").read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("viz.brief", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
