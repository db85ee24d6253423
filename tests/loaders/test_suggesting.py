"""A suggested mapping can be loaded, and takes the table that it was made for."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from loaders.suggesting import suggested_mapping, suggestion
from tests.loaders.other_workbooks import write_ods, write_parquet, write_xls


def suggested(header: str, *rows: str) -> tuple[str, dict[str, object], str]:
    text = suggestion("list", header.split(","), [row.split(",") for row in rows])
    (into,) = yaml.safe_load(text)["tables"][0]["into"]
    return into["sheet"], into["fields"], text


@pytest.mark.parametrize(
    ("header", "sheet", "fields"),
    [
        (
            "First Name,Last Name,Email,contact_id,company_id,Favourite Colour",
            "people",
            {
                "id": "contact_id",
                "account": "company_id",
                "name": {"columns": ["First Name", "Last Name"]},
                "addresses": "Email",
            },
        ),
        ("工号,公司,姓名,职位", "people", {"id": "工号", "account": "公司", "name": "姓名", "title": "职位"}),
        (
            "Company Name,Company ID,Industry",
            "accounts",
            {"id": "Company ID", "name": "Company Name", "industry": "Industry"},
        ),
        ("Employee,Boss", "reports_to", {"person": "Employee", "manager": "Boss"}),
        ("source,target,weight", "influences", {"source": "source", "target": "target", "weight": "weight"}),
    ],
)
def test_sheet_and_fields_are_guessed_from_the_header(header: str, sheet: str, fields: dict[str, object]) -> None:
    assert suggested(header)[:2] == (sheet, fields)


def test_words_of_a_scale_become_a_table_to_fill_in() -> None:
    _, fields, text = suggested("id,company,Status,Shoe", "1,q,在职,43", "2,q,gone,44", "3,q,gone,45")
    assert fields["status"] == {"columns": ["Status"], "values": {"gone": "", "在职": "active"}}
    assert "# Not used: Shoe" in text
    assert "# Still needed (a column or a constant): weight" in suggested("source,target,basis")[2]


def whole(header: str, *rows: str) -> list[dict[str, object]]:
    text = suggestion("list", header.split(","), [row.split(",") for row in rows])
    return yaml.safe_load(text)["tables"][0]["into"]


def test_a_list_of_staff_becomes_people_units_and_lines_to_managers() -> None:
    people, units, lines = whole("Staff no,Full name,Dept,Boss", "1,Ann Li,Board,", "2,Ben Wu,Works,Ann Li")
    own = {"columns": ["Staff no"], "scoped": True}
    assert people["needs"] == ["Staff no"]
    assert people["fields"] == {
        "id": own,
        "account": {"asked": "account"},
        "unit": {"columns": ["Dept"], "scoped": True},
        "name": "Full name",
    }
    assert units["fields"] == {
        "id": {"columns": ["Dept"], "scoped": True},
        "account": {"asked": "account"},
        "name": "Dept",
    }
    assert lines == {
        "sheet": "reports_to",
        "needs": ["Staff no", "Boss"],
        "fields": {
            "person": own,
            "manager": {"columns": ["Boss"], "lookup": {"find": "Full name", "give": "Staff no"}, "scoped": True},
        },
    }


def test_where_there_is_no_id_one_is_made() -> None:
    (people,) = whole("Full name,Position", "Ann Li,CEO")
    assert people["fields"]["id"] == {"columns": ["Full name"], "scoped": True}
    (visits,) = whole("When,Who,Ours,How", "3.11.2026,Ann Li;Ben Wu,Sun Li,visit")
    assert visits["fields"]["id"] == {"columns": ["When", "Who", "Ours"], "digest": True}
    assert visits["fields"]["method"] == {"constant": "daily_contact"}


@pytest.mark.parametrize(
    ("days", "form", "others"),
    [
        (["13/04/2026", "03/04/2026"], "%d/%m/%Y", []),
        (["04/13/2026", "03/04/2026"], "%m/%d/%Y", []),
        (["03/04/2026"], "%d/%m/%Y", ["%d/%m/%Y or %m/%d/%Y"]),
        (["2026年11月3日"], "%Y年%m月%d日", []),
        (["3 Nov 2026"], "%d %b %Y", []),
        (["2026-11-03", "2026-11-03 09:30:00"], None, []),
        (["soon"], None, []),
    ],
)
def test_the_form_of_days_is_told_by_the_days(days: list[str], form: str | None, others: list[str]) -> None:
    text = suggestion("log", ["id", "date", "people", "members"], [["1", day, "a", "b"] for day in days])
    field = yaml.safe_load(text)["tables"][0]["into"][0]["fields"]["date"]
    assert field == ("date" if form is None else {"columns": ["date"], "day": form})
    assert all(other in text for other in others)
    assert ("several ways" in text) == bool(others)


@pytest.mark.parametrize(
    ("cell", "separator"), [("a、b", "、"), ("a, b", ","), ("a/b", "/"), ("a;b", None), ("a", None)]
)
def test_what_separates_a_list_is_told_by_the_lists(cell: str, separator: str | None) -> None:
    text = suggestion("log", ["id", "date", "people", "members"], [["1", "2026-11-03", cell, "b"]])
    field = yaml.safe_load(text)["tables"][0]["into"][0]["fields"]["people"]
    assert field == ("people" if separator is None else {"columns": ["people"], "separator": separator})


@pytest.mark.parametrize("name", ["list.ods", "list.xls", "list.parquet"])
def test_other_workbooks_get_a_suggestion(name: str, tmp_path: Path) -> None:
    rows = [["Staff no", "Full name", "Dept"], ["1", "Ann", "Sales"]]
    path = tmp_path / name
    if name.endswith(".parquet"):
        write_parquet(path, rows)
    else:
        (write_ods if name.endswith(".ods") else write_xls)(path, {"list": rows})
    text = suggested_mapping([path], None)
    assert "sheet: people" in text
    assert "Full name" in text
