"""The power map as one HTML file: both languages, both themes, offline, nothing from a record ever markup."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from graph.analysis.report.gap_subjects import subjects
from graph.model.words import catalogue
from viz.page.assets import inert_json, page_script, page_style, policy, vis_network
from viz.page.bilingual import named, said
from viz.page.briefs import briefs_data
from viz.page.colours import colour_rules
from viz.page.compared import compared_data
from viz.page.header import header_of, profile_of
from viz.page.legend import BAND_WORDS, FORM_WORDS, ROLE_WORDS, layers_of, made_of, role_legend, stance_legend, symbols
from viz.page.paper import paper_rules
from viz.page.people import people_data, shared
from viz.page.proposition import elements_data
from viz.page.scenes import drawing_data, scenes_data, scenes_of, still_pictures
from viz.page.subject_lines import subject_lines
from viz.page.supposing import supposing_data
from viz.page.views import KEYS, still_picture, view_words, views_data

if TYPE_CHECKING:
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.map import MapContent
    from graph.analysis.report.results import CoverageReport
    from viz.scene.views import View

STATIC_WORDS = (
    "toolbar",
    "panel",
    "worst",
    "no_gap",
    "profile_key",
    "routes_fact",
    "seats_fact",
    "views",
    "side",
    "people_toggle",
    "export",
    "print",
    "stance",
    "role",
    "area",
    "ring",
    "gap_by_cost",
    "assumed_line",
    "list_heading",
    "list_columns",
    "bone_width",
    "votes_width",
    "quota_tick",
    "tie_now",
    "all_of_ours",
)
"""The words that stand in the page itself; the scripts say all others."""


SCRIPT_WORDS = ("viz.", "map.", "cover.", "status.red", "status.amber", "status.green")


def compared_page(found: ComparedMap, lang: str = "en", view: View = "power") -> str:
    """The page of two days: the later one's, with what is different since the earlier."""
    return power_map_page(found.content, lang, view, found)


def power_map_page(
    content: MapContent, lang: str = "en", view: View = "power", compared: ComparedMap | None = None
) -> str:
    """The page of an account, opened in a language and on a view; the reader may switch to the others.

    `compared` is what the content is compared with, where the page is of two days.
    """
    report = content.report
    scenes = scenes_of(content)
    made = made_of(content, datetime.date.fromisoformat(compared.comparison.from_date) if compared else None)
    style = colour_rules() + page_style() + paper_rules(content, made)
    return (
        _environment()
        .get_template("power_map.html")
        .render(
            lang=lang,
            title=said(
                "viz.title", account=named(report.account.name, report.account.id), view=said(f"viz.view.{view}")
            ),
            header=header_of(report),
            profile=profile_of(report),
            subjects=subject_lines(subjects(report)),
            layers=layers_of(content),
            pictures=still_pictures(scenes, content, compared.comparison if compared else None),
            view=view,
            views=view_words(),
            view_keys=KEYS,
            still=None if view == "power" else still_picture(content, view, lang),
            symbols=symbols(),
            stance_legend=stance_legend(),
            role_legend=role_legend(),
            made=made,
            assumed=any(line.assumed for line in content.influences),
            words={key.replace(".", "_"): said(f"viz.{key}") for key in STATIC_WORDS},
            policy=policy((vis_network(), page_script()), (style,)),
            style=style,
            vis=vis_network(),
            script=page_script(),
            content=inert_json(
                {
                    **_content(content, lang, view, scenes_data(scenes, content)),
                    "compared": compared and compared_data(compared, scenes),
                }
            ),
        )
    )


def _content(content: MapContent, lang: str, view: View, scenes: dict[str, Any]) -> dict[str, Any]:
    """What the scripts show, as data.js declares it."""
    report = content.report
    return {
        "lang": lang,
        "view": view,
        "account": shared(named(report.account.name, report.account.id)),
        "file": _file_name(report),
        "people": people_data(content),
        "members": [
            {
                "id": member.id,
                "name": shared(named(member.name, member.id)),
                "role": member.role or "",
                "ties": _ties(content, member.id),
            }
            for member in content.members
        ],
        "rivals": [{"id": rival.id, "name": shared(named(rival.name, rival.id))} for rival in content.rivals],
        "units": [{"id": unit.id, "name": shared(named(unit.name, unit.id))} for unit in report.units],
        "words": {key: [both["en"], both["zh"]] for key, both in catalogue().items() if key.startswith(SCRIPT_WORDS)},
        "roles": {letter: shared(word) for letter, word in ROLE_WORDS.items()},
        "forms": {form: shared(word) for form, word in FORM_WORDS.items()},
        "supposing": supposing_data(content),
        "elements": elements_data(content),
        "briefs": briefs_data(content),
        "bands": {band: shared(word) for band, word in BAND_WORDS.items()},
        "gapKinds": _gap_kinds(report),
        "scenes": scenes,
        **views_data(content),
        "drawing": drawing_data(content),
    }


def _ties(content: MapContent, member: str) -> int:
    return sum(tie.member == member for tie in content.ties)


def _gap_kinds(report: CoverageReport) -> dict[str, Any]:
    """The word of each type of gap that somebody has."""
    return {kind: shared(said(f"gap.{kind}")) for kind in sorted({gap.type for gap in report.gaps})}


def _file_name(report: CoverageReport) -> str:
    """What an exported picture is called: the account's id, in characters that every file system takes."""
    plain = unicodedata.normalize("NFKD", report.account.id)
    return re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-")[:60] + f"-{report.as_of.isoformat()}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("viz.page", "template"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
