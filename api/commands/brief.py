"""`swaymap brief`: what a team member should know, want and ask at the next visit, on one page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from api.account_options import ViewOptions, with_options
from api.options import OutOption, screen_text
from api.terminal import DataText
from api.text.output import json_text, write_out


class BriefFormat(StrEnum):
    """How a brief is written."""

    text = "text"
    md = "md"
    html = "html"
    json = "json"


@with_options
def brief(
    person: Annotated[str, typer.Argument(metavar="PERSON", help=screen_text("brief.person"))],
    member: Annotated[str | None, typer.Option("--member", metavar="ID", help=screen_text("brief.member"))] = None,
    *,
    asked: ViewOptions,
    format_: Annotated[BriefFormat, typer.Option("--format", help=screen_text("brief.format"))] = BriefFormat.text,
    output: OutOption = None,
) -> None:
    lang = asked.lang
    with asked.opened() as store:
        account, person = store.find_person(person)
        visit_brief = asked.account_in(store, account).brief(person, member)
    if format_ is BriefFormat.json:
        from graph.analysis.ground.as_json import as_json

        written = json_text(as_json(visit_brief, lang))
    elif format_ is BriefFormat.html:
        from viz.brief.page import brief_page

        written = DataText(brief_page(visit_brief, lang))
    else:
        from api.text.brief import brief_markdown, brief_text

        written = brief_markdown(visit_brief, lang) if format_ is BriefFormat.md else brief_text(visit_brief, lang)
    write_out(written, output)
