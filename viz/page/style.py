"""The page's style sheet, and the foot of every printed sheet: account, day, calibration, confidentiality.

The foot stands in the margin, where only style rules can write: its text is a string of the style sheet in which every
character that is not an ASCII letter or digit is escaped, so that no name can end the string.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from graph.analysis.map import MapContent
from graph.model.words import LANGUAGES, text
from viz.words.legend import Made
from viz.words.names import record_name
from viz.words.printable import contained


@cache
def page_style() -> str:
    """The page's style sheet, without colours: those come from `viz.html.colour_rules`."""
    folder = files(__package__).joinpath("style")
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".css"))
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


def paper_rules(content: MapContent, made: Made) -> str:
    """The foot of printed sheets in each language, for the language that the page shows."""
    return "".join(_rules(content, made, lang) for lang in LANGUAGES)


def _rules(content: MapContent, made: Made, lang: str) -> str:
    account = content.report.account
    parts = [record_name(account.name, account.id, lang), getattr(made.as_of, lang)]
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
