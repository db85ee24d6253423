"""The visit brief as text for a screen, and as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from api.terminal import DataText, lines
from graph.model.words import text
from viz.brief.sections import heading, sections

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief

_ANYWHERE = re.compile(r"([\\`*_\[\]<>&|~])")
_AT_START = re.compile(r"^([#+=-]|\d+(?=[.)]))")


def brief_text(brief: Brief, lang: str) -> str:
    """The brief as plain text."""
    title, under = heading(brief, lang)
    blocks = [lines([title, under])]
    for head, items in sections(brief, lang):
        blocks.append(lines([head, *(f"  {item}" for item in items)]))
    blocks.append(lines([text("brief.calibration", lang, calibration=brief.calibration)]))
    return "\n".join(blocks)


def brief_markdown(brief: Brief, lang: str) -> DataText:
    """The brief as Markdown; what stands in a record is text, never markup."""
    title, under = heading(brief, lang)
    blocks = [f"# {_escaped(title)}\n\n{_escaped(under)}"]
    for head, items in sections(brief, lang):
        blocks.append("\n".join([f"## {_escaped(head)}", "", *(f"- {_escaped(item)}" for item in items)]))
    blocks.append(_escaped(text("brief.calibration", lang, calibration=brief.calibration)))
    return DataText("\n\n".join(blocks) + "\n")


def _escaped(line: str) -> str:
    return _AT_START.sub(r"\\\1", _ANYWHERE.sub(r"\\\1", " ".join(line.split())))
