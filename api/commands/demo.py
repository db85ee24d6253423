"""`swaymap demo`: the sample company, from nothing to maps and reports in a folder."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.options import DEFAULT_LANG, LangOption, screen_text
from api.terminal import say
from api.text.output import write_out
from swaymap.store import calibration_of

LOOKS_FROM = datetime.date(2026, 11, 23)
"""The day the sample looks from: its dates are fixed, so its numbers are too."""


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=screen_text("demo.out"))] = Path("swaymap-demo"),
    lang: LangOption = DEFAULT_LANG,
) -> None:
    from api.demonstration import demonstrate

    write_out(demonstrate(out, LOOKS_FROM, calibration_of(None), lang, progress=say), None)
