"""`swaymap template`: a blank workbook to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.options import DEFAULT_LANG, LangOption, screen_text
from api.terminal import say
from graph.model.file_problems import cannot_write, file_is_there, unknown_ending
from graph.model.words import text


def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help=screen_text("template.file"))],
    force: Annotated[bool, typer.Option("--force", help=screen_text("template.force"))] = False,
    lang: LangOption = DEFAULT_LANG,
) -> None:
    from loaders.template import write_template

    if file.suffix.lower() != ".xlsx":
        raise unknown_ending(file, ".xlsx")
    if file.exists() and not force:
        raise file_is_there(file)
    try:
        write_template(file, lang)
    except OSError as wrong:
        raise cannot_write(file, wrong) from wrong
    say(text("cli.template.written", lang, path=file))
