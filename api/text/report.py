"""The coverage report as a page of text that a person reads from the top."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from api.terminal import lines
from api.text.headline import as_of_line, headline_lines, title_line
from api.text.output import TableColumn, printed, table
from api.text.people_table import person_name, stance_word, tenths, tie_required
from api.text.rows import coverage_rows, gap_rows, shown, two_digits
from graph.model.scales import ROLE
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from rich.table import Table

    from graph.analysis.report.champions import ChampionTest
    from graph.analysis.report.results import CoverageReport, PersonResult

NAMED = 3
"""How many people a line about the sides names."""


def report_text(report: CoverageReport, lang: str, to_file: bool = False) -> str:
    """Headline, gaps worst first, people by influence, coverage by role and unit, who is for us."""
    head = [title_line(report, lang), "", *headline_lines(report, lang), ""]
    foot = [_by_role(report, lang), _by_unit(report, lang), *_sides(report, lang), "", as_of_line(report, lang)]
    tables = (printed(made, to_file) for made in (_gaps(report, lang), _people(report, lang)))
    return "".join([lines(head), *tables, lines(foot)])


def _gaps(report: CoverageReport, lang: str) -> Table:
    return table(
        gap_rows(report, lang),
        [
            TableColumn("head.severity", lambda row: f"{row['severity']:.0f}", right=True),
            TableColumn("head.band", lambda row: text(f"band.{row['band']}", lang)),
            TableColumn("head.gap", lambda row: text(f"gap.{row['type']}", lang)),
            TableColumn("head.reason", lambda row: row["reason"], most=64),
            TableColumn("head.action", lambda row: row["action"], most=52),
        ],
        lang,
        text("line.gaps", lang),
    )


def _people(report: CoverageReport, lang: str) -> Table:
    people = report.people
    return table(
        [
            {**row, "status": person.status, "ties": _ties(person)}
            for row, person in zip(coverage_rows(report, lang), people, strict=True)
        ],
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.name", lambda row: person_name(row, lang)),
            TableColumn("head.title", lambda row: shown(row["title"], "–", lang), most=26),
            TableColumn("head.roles", lambda row: " ".join(row["roles"])),
            TableColumn("head.stance", lambda row: stance_word(row["stance"], lang)),
            TableColumn("head.influence", lambda row: tenths(row["decision_influence"]), right=True),
            TableColumn("head.tie_required", tie_required, right=True),
            TableColumn("head.coverage", lambda row: whole_percent(row["coverage"]), right=True),
            TableColumn(
                "head.rival",
                lambda row: two_digits(row["competitor_strength"]) if row["competitor_strength"] else "",
                right=True,
            ),
            TableColumn("head.covered_by", lambda row: row["ties"], most=44),
        ],
        lang,
        text("line.people", lang),
    )


def _ties(person: PersonResult) -> str:
    return ", ".join(f"{tie.member} {two_digits(tie.strength)}" for tie in person.covered_by if tie.strength > 0)


def _by_role(report: CoverageReport, lang: str) -> str:
    values = (f"{ROLE.word(role, lang)} {whole_percent(value)}" for role, value in report.by_role.items())
    return text("line.by_role", lang, values=" · ".join(values)) if report.by_role else ""


def _by_unit(report: CoverageReport, lang: str) -> str:
    values = (f"{shown(unit.name, unit.id, lang)} {whole_percent(unit.coverage)}" for unit in report.units)
    return text("line.by_unit", lang, values=" · ".join(values)) if report.units else ""


def _sides(report: CoverageReport, lang: str) -> Iterator[str]:
    """A line each: champions and what they lack, the camps and who is torn, the race with the rival."""
    joiner = "、" if lang == "zh" else ", "
    names = {person.id: shown(person.name, person.id, lang) for person in report.people}
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
