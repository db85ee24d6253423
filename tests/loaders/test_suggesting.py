"""A suggested mapping can be loaded, and takes the table that it was made for."""

from __future__ import annotations

import pytest
import yaml

from loaders.suggesting import suggestion


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
            {"id": "contact_id", "account": "company_id", "name": {"columns": ["First Name", "Last Name"]}},
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
    assert "# Still needed (a column or a constant): account" in suggested("id,name,title,kpis,profile")[2]
