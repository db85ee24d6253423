"""The sides: champions, camps and the race with the rival, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.text.rows import shown, two_digits
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from graph.analysis.report.champions import ChampionTest
    from graph.analysis.report.results import CoverageReport

NAMED = 3
"""How many people a line names."""


def sides_lines(report: CoverageReport, lang: str) -> Iterator[str]:
    """Champions and what they lack, the camps' shares, who is torn, and where who leads."""
    joiner, names = (
        "、" if lang == "zh" else ", ",
        {person.id: shown(person.name, person.id, lang) for person in report.people},
    )
    if report.champions is not None:
        champions = joiner.join(_champion(champion, names, lang) for champion in report.champions) or text(
            "sides.nobody", lang
        )
        yield text("sides.champions", lang, people=champions)
    if report.camps is not None:
        shares = report.camps.shares
        yield text(
            "sides.camps",
            lang,
            shares=" · ".join(f"{text(f'camp.{camp}', lang)} {whole_percent(share)}" for camp, share in shares.items()),
        )
        there = {person.id for person in report.people if person.status == "active"}
        torn = [person for person in report.camps.people if person.person in there and person.cross_pressure > 0]
        torn.sort(key=lambda camp: (-round(camp.cross_pressure, 9), camp.person))
        pulled = [f"{names[camp.person]} {two_digits(camp.cross_pressure)}" for camp in torn[:NAMED]]
        if pulled:
            yield text("sides.torn", lang, people=joiner.join(pulled))
    yield _race(report, names, joiner, lang)


def _champion(test: ChampionTest, names: dict[str, str], lang: str) -> str:
    if test.champion:
        return names[test.person]
    lacks = ("、" if lang == "zh" else ", ").join(text(f"champion.{lack}", lang) for lack in test.missing)
    return text("sides.lacks", lang, person=names[test.person], lacks=lacks)


def _race(report: CoverageReport, names: dict[str, str], joiner: str, lang: str) -> str:
    race = report.race
    behind = [
        text("sides.behind", lang, rival=shown(report.rival_names.get(rival), rival, lang), share=whole_percent(share))
        for rival, share in race.behind.items()
        if share > 0
    ]
    line = text(
        "sides.race", lang, ahead=whole_percent(race.ahead), open=whole_percent(race.open), behind="".join(behind)
    )
    if race.win_back:
        line += text("sides.win_back", lang, people=joiner.join(names[person] for person in race.win_back[:NAMED]))
    return line
