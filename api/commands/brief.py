"""`swaymap brief`: what one of ours should know, want and ask at the next visit, on one page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from api.answers import Question, somebody
from api.answers import brief as brief_of
from api.opening import calibration_from, opened_store, today
from api.options import (
    DEFAULT_LANG,
    AsOfOption,
    CalibrationOption,
    LangOption,
    OpportunityOption,
    OutOption,
    StoreOption,
    screen_text,
)
from api.terminal import DataText
from api.text.output import json_text, write_out


class BriefFormat(StrEnum):
    """How a brief is written."""

    text = "text"
    md = "md"
    html = "html"
    json = "json"


def brief(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=screen_text("brief.person"))],
    member: Annotated[str | None, typer.Option("--member", metavar="ID", help=screen_text("brief.member"))] = None,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: Annotated[BriefFormat, typer.Option("--format", help=screen_text("brief.format"))] = BriefFormat.text,
    output: OutOption = None,
) -> None:
    numbers = calibration_from(calibration)
    with opened_store(store) as opened:
        account, person = somebody(opened, person)
        question = Question(account, as_of or today(), numbers, opportunity)
        found = brief_of(opened, question, person, member)
    if format_ is BriefFormat.json:
        from graph.analysis.ground.as_json import as_json

        written = json_text(as_json(found, lang))
    elif format_ is BriefFormat.html:
        from viz.brief.page import brief_page

        written = DataText(brief_page(found, lang))
    else:
        from api.text.brief import brief_markdown, brief_text

        written = brief_markdown(found, lang) if format_ is BriefFormat.md else brief_text(found, lang)
    write_out(written, output)
