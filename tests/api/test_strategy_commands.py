"""Strategy commands: every output format in both languages, and one sentence when something is wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.api.conftest import Run

DAY = ("--as-of", "2026-11-23")
ASKED: dict[str, tuple[tuple[str, ...], str, str]] = {
    "explain": (("people", "qinglan", "--explain", "su-wen", *DAY), "Where it comes from", "影响力来自"),
    "whom": (("paths", "qinglan", "--whom", "wu-tao", *DAY), "Su Wen", "苏雯"),
    "introduce": (("paths", "qinglan", "--introduce", "lin-qiuyue", *DAY), "Pan Yi", "潘毅"),
    "fewest": (("paths", "qinglan", "--fewest", *DAY), "Lin Qiuyue", "林秋月"),
    "independent": (("paths", "qinglan", "--independent", *DAY), "4 independent routes", "独立路径 4"),
    "independent of none": (("paths", "linjiang", "--independent", *DAY), "No decider is known", "尚不知决策者"),
    "groups": (("people", "qinglan", "--groups", *DAY), "5 informal groups", "5 个非正式群体"),
    "groups of none": (("people", "linjiang", "--groups", *DAY), "No influence line", "尚未记录影响关系"),
    "what-if": (("what-if", "qinglan", "--without", "wu-tao", "--stance", "pan-yi=2", *DAY), "coverage", "覆盖度"),
    "touch": (("what-if", "qinglan", "--touch", "sun-li,su-wen,visit", *DAY), "coverage", "覆盖度"),
    "each": (("what-if", "qinglan", "--each", *DAY), "costliest", "损失最大"),
    "plan": (("plan", "qinglan", *DAY), "Xu Heng meets", "徐衡于"),
    "compare": (("compare", "qinglan", "--from", "2026-09-01", "--to", "2026-11-23"), "time alone", "仅时间"),
    "leads": (("leads", "qinglan", *DAY), "Ask next", "下一问"),
    "team": (("team", "qinglan", *DAY), "Joint work", "协同"),
    "portfolio": (("coverage", *DAY), "Qinglan", "青岚"),
    "leads of none": (("leads", "linjiang", *DAY), "no lead", "没有可验证的线索"),
    "plan of none": (("plan", "linjiang", *DAY), "Next best actions", "最佳行动"),
    "team of none": (("team", "linjiang", *DAY), "corners", "铁三角"),
}


@pytest.mark.parametrize("case", ASKED)
def test_a_page_in_each_language(run: Run, sample_url: str, case: str) -> None:
    asked, english, chinese = ASKED[case]
    for lang, word in (("en", english), ("zh", chinese)):
        done = run(*asked, "--store", sample_url, "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert word in done.stdout
        assert "{" not in done.stdout


@pytest.mark.parametrize("case", ASKED)
def test_json_and_csv_of_the_same(run: Run, sample_url: str, case: str) -> None:
    asked = (*ASKED[case][0], "--store", sample_url, "--format")
    assert json.loads(run(*asked, "json").stdout)
    done = run(*asked, "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows or case in ("leads of none", "independent of none", "groups of none")
    assert all(None not in row and None not in row.values() for row in rows)


def test_the_report_says_who_is_for_us(run: Run, sample_url: str) -> None:
    page = run("coverage", "qinglan", "--store", sample_url, *DAY).stdout
    assert "Champions: Wu Tao, He Jianguo (lacks a promise kept to us)" in page
    assert "Camps by the forecast: for us" in page
    assert "Vantar leads on 24 %; win back first: Gao Feng" in page
    torn = next(line for line in page.split("\n") if line.startswith("Most torn"))
    assert "Meng Jie" in torn
    assert "Zheng Hao" not in torn  # who has left cannot be talked to
    assert "Champions" not in run("coverage", "linjiang", "--store", sample_url, *DAY).stdout


def test_a_brief_in_each_of_its_forms(run: Run, sample_url: str, tmp_path: Path) -> None:
    asked = ("brief", "pan-yi", "--member", "liu-yang", "--store", sample_url, *DAY)
    assert "Liu Yang visits Pan Yi" in run(*asked).stdout
    assert run(*asked, "--format", "md", "--lang", "zh").stdout.startswith("# 刘洋拜访潘毅\n")
    assert json.loads(run(*asked, "--format", "json").stdout)["person"]["id"] == "pan-yi"
    assert run(*asked, "--format", "html", "-o", "brief.html").returncode == 0
    assert (tmp_path / "brief.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_saved_maps_are_compared(run: Run, sample_url: str) -> None:
    for day, name in (("2026-09-01", "then.json"), ("2026-11-23", "now.json")):
        run("coverage", "qinglan", "--store", sample_url, "--as-of", day, "--format", "json", "-o", name)
    done = run("compare", "qinglan", "--from", "then.json", "--to", "now.json")
    assert done.returncode == 0, done.stderr
    assert "Sun Li – Meng Jie" not in done.stdout  # a saved report names our people by id
    assert "sun-li – Meng Jie" in done.stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("people", "qinglan", "--explain", "wu-tap"), "Did you mean wu-tao"),
        (("what-if", "qinglan"), "--without"),
        (("what-if", "qinglan", "--without", "guo-rui"), "guo-rui"),
        (("what-if", "qinglan", "--touch", "guo-rui,wu-tao,visit"), "guo-rui"),
        (("what-if", "qinglan", "--touch", "sun-li,wu-tao,dance"), "no contact method dance"),
        (("what-if", "qinglan", "--stance", "wu-tao=9"), "from -2 (enemy) to 3 (coach)"),
        (("what-if", "qinglan", "--each", "--without", "wu-tao"), "--each"),
        (("compare", "qinglan", "--from", "2026-12-01", "--to", "2026-11-01"), "earlier one first"),
        (("compare", "qinglan", "--from", "yesterday"), "2026-11-23"),
        (("compare", "qinglan", "--from", "a.json"), "not a day with a file"),
        (("compare", "qinglan", "--from", "a.json", "--to", "b.json"), "a.json cannot be read"),
        (("leads", "qinglan", "--opportunity", "core"), "no opportunity core"),
        (("leads", "qinglam"), "Did you mean qinglan"),
        (("brief", "wu-tap"), "Did you mean wu-tao"),
        (("brief", "zheng-hao"), "seat without a person"),
        (("brief", "wu-tao", "--member", "guo-rui"), "guo-rui"),
        (("team", "qinglan", "--capacity", "0"), "--capacity"),
        (("plan", "qinglan", "--days", "0"), "--days"),
    ],
)
def test_what_cannot_be_asked_gets_one_sentence(run: Run, sample_url: str, asked: tuple[str, ...], said: str) -> None:
    done = run(*asked, "--store", sample_url)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
