"""The foot of every printed sheet: account, day, calibration, who may see it; in the language that the page shows.

It stands in the margin, where only style rules can write: so its text is a string of the style sheet, each character
that is not a plain letter or digit escaped, and nothing in a name can end it.
"""

from __future__ import annotations

from graph.analysis.map import MapContent
from graph.model.names import in_script
from graph.model.words import LANGUAGES, text
from viz.words.legend import Made
from viz.words.printable import contained


def paper_rules(content: MapContent, made: Made) -> str:
    """A named page a language, with its foot."""
    return "".join(_rules(content, made, lang) for lang in LANGUAGES)


def _rules(content: MapContent, made: Made, lang: str) -> str:
    account = content.report.account
    parts = [in_script(account.name, lang) if account.name else account.id, getattr(made.as_of, lang)]
    parts += [getattr(note.text, lang) for note in made.notes]
    parts.append(text("viz.confidential", lang))
    foot = _string(" · ".join(contained(part) for part in parts))
    look = "font: 7.5pt var(--font); color: #4F5B68; vertical-align: top; padding-top: 1mm;"
    return (
        f"@page {lang} {{ @bottom-left {{ content: {foot}; {look} white-space: nowrap; }} "
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {look} }} }}\n'
        f'@media print {{ html[data-lang="{lang}"] body {{ page: {lang}; }} }}\n'
    )


def _string(words: str) -> str:
    """A string of CSS."""
    return '"' + "".join(ch if ch.isascii() and ch.isalnum() else f"\\{ord(ch):06X}" for ch in words) + '"'
