"""`swaymap map`: an account's map as a file, of one day or of two compared; or all that a team takes along."""

from __future__ import annotations

import datetime
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.account_options import ViewOptions, with_options
from api.options import AccountArgument, screen_text
from api.terminal import say
from api.text.output import write_file
from graph.model.days import read_day
from graph.model.file_problems import template_without_deck, unknown_ending
from graph.model.words import text
from swaymap.power_map import COMPARED_ENDINGS, DECK, ENDINGS, compared_picture, ending_of
from swaymap.store import today

if TYPE_CHECKING:
    from swaymap.power_map import PowerMap

PIXELS = ".png"


class ViewChoice(StrEnum):
    """The views of an account, as the command line names them."""

    power = "power"
    fishbone = "fishbone"
    coverage = "coverage"


@with_options
def map_file(
    account: AccountArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=screen_text("map.output"))],
    view: Annotated[ViewChoice, typer.Option("--view", help=screen_text("map.view"))] = ViewChoice.power,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help=screen_text("map.from"))] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help=screen_text("map.to"))] = None,
    *,
    asked: ViewOptions,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="DECK.pptx", help=screen_text("map.template"))
    ] = None,
) -> None:
    ending, lang = ending_of(output), asked.lang
    if ending not in (*ENDINGS, PIXELS):
        raise unknown_ending(output, ", ".join((*ENDINGS, PIXELS)))
    if template is not None and ending != DECK:
        raise template_without_deck(output)
    first, last = _days(from_, to, asked.as_of)
    if first is not None and ending not in COMPARED_ENDINGS.get(view.value, ()):
        raise typer.BadParameter(screen_text("map.from_ending"))
    with asked.opened() as store:
        written: str | bytes
        if first is not None:
            two_days = store.compared_map(account, first, last, asked.opportunity, asked.calibration)
            written = compared_picture(two_days, ending, lang, view.value)
        else:
            power_map = replace(asked, as_of=last).account_in(store, account).map(view.value, lang)
            written = _pixels(power_map) if ending == PIXELS else power_map.written(ending, template)
    write_file(output, written)
    key = "cli.map.written" if ending == ".html" else "cli.map.exported"
    say(text(key, lang, path=output, date=last.isoformat()))


def _pixels(power_map: PowerMap) -> bytes:
    from api.browser import png_of
    from api.settings import load_settings

    return png_of(str(power_map.written(".svg")), load_settings().browser)


def _days(from_: str | None, to: str | None, as_of: datetime.date | None) -> tuple[datetime.date | None, datetime.date]:
    """The earlier day, None where one day is asked for, and the day of the map."""
    if to is not None and (from_ is None or as_of is not None):
        raise typer.BadParameter(screen_text("map.to_alone"))
    last = read_day(to, "--to") if to is not None else as_of or today()
    return None if from_ is None else read_day(from_, "--from"), last
