"""The page as HTML: both languages, both themes, no requests; texts of records are escaped, never markup."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from graph.analysis.report.gap_subjects import subjects
from viz.html import colour_rules, policy
from viz.page.compared import compared_data
from viz.page.content import content_data
from viz.page.data import inert_json
from viz.page.legend import layers_of, role_legend, stance_legend, symbols
from viz.page.profile import profile_of
from viz.page.scenes import scenes_data
from viz.page.scripts import page_script, vis_network
from viz.page.style import page_style, paper_rules
from viz.page.views import KEYS, view_words
from viz.words.bilingual import both_texts, named
from viz.words.header import header_of
from viz.words.legend import made_of
from viz.words.subject_lines import subject_lines

if TYPE_CHECKING:
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.map import MapContent
    from viz.scene.scene import Scene
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


@dataclass(frozen=True, slots=True)
class Stills:
    """SVG pictures that the page shows before and without its scripts, and on paper.

    `power` is the power map by language; `opened` the view that the page opens on, None where that is the power map.
    """

    power: Mapping[str, str]
    opened: str | None


def page_html(
    content: MapContent,
    lang: str,
    view: View,
    scenes: Mapping[str, tuple[Scene, ...]],
    stills: Stills,
    compared: ComparedMap | None = None,
) -> str:
    """The page of an account, opened in a language and on a view; `scenes` are its power maps by language.

    `compared` is the comparison whose later day the content is, where the page shows two days.
    """
    report = content.report
    made = made_of(content, datetime.date.fromisoformat(compared.comparison.from_date) if compared else None)
    style = colour_rules() + page_style() + paper_rules(content, made)
    account = named(report.account.name, report.account.id)
    return (
        _environment()
        .get_template("power_map.html")
        .render(
            lang=lang,
            title=both_texts("viz.title", account=account, view=both_texts(f"viz.view.{view}")),
            header=header_of(report),
            profile=profile_of(report),
            subjects=subject_lines(subjects(report)),
            layers=layers_of(content),
            pictures=stills.power.items(),
            view=view,
            views=view_words(),
            view_keys=KEYS,
            still=stills.opened,
            symbols=symbols(),
            stance_legend=stance_legend(),
            role_legend=role_legend(),
            made=made,
            assumed=any(line.assumed for line in content.influences),
            words={key.replace(".", "_"): both_texts(f"viz.{key}") for key in STATIC_WORDS},
            policy=policy((vis_network(), page_script()), (style,)),
            style=style,
            vis=vis_network(),
            script=page_script(),
            content=inert_json(
                {
                    **content_data(content, lang, view, scenes_data(scenes, content)),
                    "compared": compared and compared_data(compared, scenes),
                }
            ),
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("viz.page", "template"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
