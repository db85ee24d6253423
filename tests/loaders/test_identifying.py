"""Rows without ids get them, references may be names, and the same file again finds the same records."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.model import (
    Account,
    Claim,
    Commitment,
    Covers,
    DecisionStep,
    Interaction,
    Opportunity,
    OrgUnit,
    Pain,
    Participation,
    Person,
    ReportsTo,
    TeamMember,
    Vote,
)
from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from loaders import Batch, read, sample_company
from loaders.findings import Finding
from loaders.identifying import NAMED
from loaders.template import write_csv_folder
from tests.loaders.bad_input_cases import TODAY


def taken(at: Path, known: Dataset | None = None, **files: str) -> Batch:
    """The reading of these CSV files, beside the records known."""
    folder = at / "files"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, written in files.items():
        (folder / f"{name}.csv").write_text(written, encoding="utf-8")
    return read([folder], today=TODAY, known=lambda: Dataset() if known is None else known)


def said(batch: Batch, code: str) -> list[Finding]:
    return [finding for finding in batch.findings if finding.code == code]


def errors(batch: Batch) -> list[tuple[str, str]]:
    return [(error.code, error.place()) for error in batch.findings.errors]


ACCOUNTS = "id,name\nqinglan,Qinglan Mobile / 青岚移动\n"


def test_rows_without_ids_get_them_from_their_names(tmp_path: Path) -> None:
    batch = taken(
        tmp_path,
        accounts="name\nQinglan Mobile / 青岚移动\n",
        units="account,name,parent\n青岚移动,Finance / 财务部,Executive office\n青岚移动,Executive office,\n",
        people="account,unit,name\nQinglan Mobile,财务部,Lin Qiuyue / 林秋月\nqinglan mobile,,王　伟\n",
        team="name,role\n刘洋,AR\n",
        opportunities="account,name\nqinglan-mobile,Core renewal\n",
        steps="opportunity,position,name\ncore renewal,1,Signature\n",
    )
    assert errors(batch) == []
    data = batch.dataset
    assert data.of(Account) == [Account("qinglan-mobile", "Qinglan Mobile / 青岚移动")]
    assert data.of(OrgUnit) == [
        OrgUnit("finance", "qinglan-mobile", "Finance / 财务部", parent="executive-office"),
        OrgUnit("executive-office", "qinglan-mobile", "Executive office"),
    ]
    assert [(person.id, person.account, person.unit) for person in data.of(Person)] == [
        ("lin-qiuyue", "qinglan-mobile", "finance"),
        ("wang-wei", "qinglan-mobile", None),
    ]
    assert [member.id for member in data.of(TeamMember)] == ["liu-yang"]
    assert [opportunity.id for opportunity in data.of(Opportunity)] == ["core-renewal"]
    assert data.of(DecisionStep) == [DecisionStep("signature", "core-renewal", 1, "Signature")]
    given = {finding.value: finding.places["id"] for finding in said(batch, "id_given")}
    assert given["Lin Qiuyue / 林秋月"] == "lin-qiuyue"
    assert len(given) == 8
    assert "is given lin-qiuyue" in " ".join(finding.text() for finding in said(batch, "id_given"))


def test_an_id_that_is_taken_is_told_apart_by_account_then_by_number(tmp_path: Path) -> None:
    known = Dataset.collect([Account("x", "X"), Person("li-na", "x", name="Li Na"), TeamMember("LIU-yang", "Else")])
    batch = taken(
        tmp_path,
        known,
        accounts="id,name\na,Acme\n",
        people="account,name,title\na,Li Na,CFO\na,Li Na,Buyer\na,Li Na,Clerk\n",
        team="name\nLiu Yang\n",
    )
    assert errors(batch) == []
    assert [person.id for person in batch.dataset.of(Person)] == ["a-li-na", "a-li-na-2", "a-li-na-3"]
    assert [member.id for member in batch.dataset.of(TeamMember)] == ["liu-yang-2"]


def test_a_name_without_letters_gets_a_digest(tmp_path: Path) -> None:
    batch = taken(tmp_path, accounts=ACCOUNTS, people="account,name\nqinglan,???\n")
    assert [person.id.startswith("person-") for person in batch.dataset.of(Person)] == [True]


def test_a_row_is_whoever_is_known_by_its_name_in_its_account(tmp_path: Path) -> None:
    known = Dataset.collect(
        [
            Account("a", "Acme"),
            Account("b", "Other"),
            Person("p7", "a", name="Lin Qiuyue / 林秋月", title="Treasurer"),
            Person("p8", "b", name="Lin Qiuyue"),
            TeamMember("t1", "Liu Yang / 刘洋", "AR"),
        ]
    )
    people = "account,name,title\nAcme,LIN  QIUYUE,CFO\nother,Wu Tao,\n"
    batch = taken(tmp_path, known, people=people, team="name,role\n刘洋,SR\n")
    assert errors(batch) == []
    assert [(person.id, person.title) for person in batch.dataset.of(Person)] == [("p7", "CFO"), ("wu-tao", None)]
    assert [member.id for member in batch.dataset.of(TeamMember)] == ["t1"]
    assert [finding.places["count"] for finding in said(batch, "ids_by_name")] == ["1", "1"]


def test_people_of_one_name_are_told_apart_by_title_and_unit(tmp_path: Path) -> None:
    known = Dataset.collect(
        [
            Account("a", "Acme"),
            Person("w1", "a", name="Wang Wei", title="CFO"),
            Person("w2", "a", name="Wang Wei", title="Buyer"),
        ]
    )
    batch = taken(tmp_path, known, people="account,name,title\na,王伟,Clerk\na,Wang Wei,buyer\na,Wang Wei,CFO\n")
    assert errors(batch) == []
    assert [person.id for person in batch.dataset.of(Person)] == ["wang-wei", "w2", "w1"]
    batch = taken(tmp_path, known, people="account,name\na,Wang Wei\n")
    assert errors(batch) == [("ambiguous_row", "people.csv:people:2:name")]
    assert "w1 (Wang Wei, CFO), w2 (Wang Wei, Buyer)" in batch.findings.errors[0].text()


def test_two_rows_of_one_name_and_title_are_one_person(tmp_path: Path) -> None:
    same = "account,name,title\nqinglan,Wang Wei,CFO\nqinglan,Wang Wei,CFO\n"
    assert [person.id for person in taken(tmp_path, accounts=ACCOUNTS, people=same).dataset.of(Person)] == ["wang-wei"]
    other = "account,name,level\nqinglan,Wang Wei,3\nqinglan,Wang Wei,4\n"
    assert errors(taken(tmp_path, accounts=ACCOUNTS, people=other)) == [("duplicate_key", "people.csv:people:3:id")]


def test_units_of_one_name_are_told_apart_by_what_they_are_part_of(tmp_path: Path) -> None:
    units = "account,name,parent\nqinglan,Sales,North\nqinglan,Sales,South\nqinglan,North,\nqinglan,South,\n"
    first = taken(tmp_path, accounts=ACCOUNTS, units=units)
    assert errors(first) == []
    assert {(unit.id, unit.parent) for unit in first.dataset.of(OrgUnit)} == {
        ("sales", "north"),
        ("qinglan-sales", "south"),
        ("north", None),
        ("south", None),
    }
    again = taken(tmp_path, first.dataset, accounts=ACCOUNTS, units=units)
    assert again.dataset == first.dataset


CONTACTS = "date,method,people,members,notes\n2026-11-02,daily_contact,Wu Tao;lin qiuyue,sun li,a=\n"


def test_rows_without_a_name_get_a_digest_of_their_content(tmp_path: Path) -> None:
    files = {
        "accounts": ACCOUNTS,
        "people": "id,account,name\np1,qinglan,Lin Qiuyue / 林秋月\np2,qinglan,Wu Tao\n",
        "team": "id,name\nm1,Sun Li\n",
        "opportunities": "id,account,name\no1,qinglan,Core\n",
        "interactions": CONTACTS,
        "commitments": "member,person,made_by,statement\nSun Li,林秋月,us,Send it\n",
        "pains": "person,opportunity,statement\nWu Tao,core,Full in 2027\n",
        "claims": "opportunity,topic,source_person\nCore,stance:Lin Qiuyue,Wu Tao\n",
    }
    batch = taken(tmp_path, **files)
    assert errors(batch) == []
    (contact,) = batch.dataset.of(Interaction)
    assert (contact.people, contact.members) == (("p1", "p2"), ("m1",))
    (promise,), (pain,), (claim,) = (batch.dataset.of(kind) for kind in (Commitment, Pain, Claim))
    assert (promise.member, promise.person, pain.person, pain.opportunity) == ("m1", "p1", "p2", "o1")
    assert (claim.topic, claim.source_person) == ("stance:p1", "p2")
    ids = [contact.id, promise.id, pain.id, claim.id]
    assert [identity.partition("-")[0] for identity in ids] == ["interaction", "commitment", "pain", "claim"]
    # The same told by ids, columns in another order, is the same.
    files["interactions"] = "members,people,method,date,notes,source\nm1,p2;p1,daily_contact,2026-11-02,a=,\n"
    again = taken(tmp_path, batch.dataset, **files)
    assert [interaction.id for interaction in again.dataset.of(Interaction)] == [contact.id]
    files["interactions"] = CONTACTS.replace("a=", "b=")
    assert [interaction.id for interaction in taken(tmp_path, **files).dataset.of(Interaction)] != [contact.id]


def test_a_name_means_whoever_has_it_in_the_account_of_the_row(tmp_path: Path) -> None:
    known = Dataset.collect(
        [
            Account("a", "Acme"),
            Account("b", "Bolt"),
            Person("a1", "a", name="Li Na"),
            Person("b1", "b", name="Li Na"),
            Person("b2", "b", name="Wu Tao"),
            Opportunity("oa", "a", "Core"),
            Opportunity("ob", "b", "Core"),
            OrgUnit("ua", "a", "IT"),
            OrgUnit("ub", "b", "IT"),
            DecisionStep("sb", "ob", name="Award"),
            TeamMember("t", "Sun Li"),
        ]
    )
    batch = taken(
        tmp_path,
        known,
        people="id,account,unit,name\nnew,bolt,it,Zhu\n",
        participation="opportunity,person\nob,Li Na\nCore,Wu Tao\n",
        reports_to="person,manager\nLi Na,Wu Tao\n",
        votes="step,person\naward,Li Na\n",
        covers="member,person\nSUN LI,b1\n",
        interactions="date,method,people,members\n2026-11-02,forum,Zhu;a1,t\n",
    )
    assert errors(batch) == []
    assert [person.unit for person in batch.dataset.of(Person)] == ["ub"]
    assert batch.dataset.of(Participation) == [Participation("ob", "b1"), Participation("ob", "b2")]
    assert batch.dataset.of(ReportsTo) == [ReportsTo("b1", "b2")]
    assert batch.dataset.of(Vote) == [Vote("sb", "b1")]
    assert batch.dataset.of(Covers) == [Covers("t", "b1")]
    assert batch.dataset.of(Interaction)[0].people == ("a1", "new")


def test_a_name_of_several_is_refused_with_all_of_them(tmp_path: Path) -> None:
    known = Dataset.collect(
        [
            Account("a", "Acme"),
            Person("l1", "a", name="Li Na", title="CFO"),
            Person("l2", "a", name="李娜 / Li Na", title="Buyer"),
            TeamMember("t", "Sun Li"),
        ]
    )
    batch = taken(tmp_path, known, covers="member,person\nt,Li Na\n")
    assert errors(batch) == [("ambiguous_name", "covers.csv:covers:2:person")]
    assert "l1 (Li Na, CFO), l2 (李娜 / Li Na, Buyer)" in batch.findings.errors[0].text()
    assert "请填写编号" in batch.findings.errors[0].text("zh")
    batch = taken(tmp_path, known, covers="member,person\nt,l1\n")
    assert errors(batch) == []


def test_what_is_asked_for_only_by_ids_looks_nothing_up(tmp_path: Path) -> None:
    def never() -> Dataset:
        raise AssertionError("looked up")

    (tmp_path / "covers.csv").write_text("member,person\nt,p\n")
    asked: list[tuple[str, set[str]]] = []

    def stored(sheet: str, ids: set[str]) -> set[str]:
        asked.append((sheet, set(ids)))
        return set(ids)

    batch = read([tmp_path / "covers.csv"], today=TODAY, known=never, stored=stored)
    assert errors(batch) == []
    assert asked == [("team", {"t"}), ("people", {"p"})]


def test_a_row_that_gives_no_record_is_not_missed_by_its_name(tmp_path: Path) -> None:
    people = "account,name,level\nqinglan,Lin Qiuyue / 林秋月,9\nqinglan,Wu Tao,3\n"
    batch = taken(tmp_path, accounts=ACCOUNTS, people=people, reports_to="person,manager\nWu Tao,林秋月\n")
    assert errors(batch) == [("out_of_range", "people.csv:people:2:level")]
    assert "林秋月" in batch.claimed["people"]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u3000", "\t"])
def test_names_have_no_blanks_around_them_and_it_is_said(tmp_path: Path, blank: str) -> None:
    batch = taken(tmp_path, accounts=ACCOUNTS, people=f"id,account,name\np,qinglan,{blank}Lin Qiuyue{blank}\n")
    assert [person.name for person in batch.dataset.of(Person)] == ["Lin Qiuyue"]
    assert [(finding.value, finding.row) for finding in said(batch, "blanks_around_names")] == [("Lin Qiuyue", 2)]
    nameless = taken(tmp_path, accounts=ACCOUNTS, people=f"id,account,name\np,qinglan,{blank}\n")
    assert said(nameless, "blanks_around_names") == []


def test_a_table_without_ids_needs_names(tmp_path: Path) -> None:
    assert errors(taken(tmp_path, accounts=ACCOUNTS, people="account,title\nqinglan,CFO\n")) == [
        ("missing_column", "people.csv:people:1:id")
    ]


@pytest.fixture(scope="module")
def sample() -> Dataset:
    with sample_company() as folder:
        return read([folder], today=TODAY).dataset


def by_names(data: Dataset, at: Path) -> Path:
    """The records as a folder in which people, team members, rivals, contacts and the like have no ids.

    Seats without a name keep their ids. References to people with a name use the name, in one of its scripts.
    """
    names = {
        sheet: {record.id: record.name.split(" / ")[-1] for record in data.of(KINDS[sheet].record) if record.name}
        for sheet in NAMED
    }
    write_csv_folder(at / "names", data)
    for kind in KINDS.values():
        path = at / "names" / f"{kind.sheet}.csv"
        if path.exists():
            _rewrite(path, kind.sheet, names)
    return at / "names"


def _rewrite(path: Path, sheet: str, names: dict[str, dict[str, str]]) -> None:
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    kind = KINDS[sheet]
    for row in rows:
        for place, name in enumerate(header):
            column = kind.by_name[name]
            if column.ref in ("people", "team", "competitors", "opportunities", "accounts"):
                row[place] = ";".join(names[column.ref].get(part, part) for part in row[place].split(";"))
            elif name == "id" and (sheet in _DIGESTED or (sheet in _BY_NAME and row[place] in names[sheet])):
                row[place] = ""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


_BY_NAME = ("people", "team", "competitors")
_DIGESTED = ("interactions", "commitments", "pains", "claims")


def test_the_sample_company_by_names_is_the_sample_company(sample: Dataset, tmp_path: Path) -> None:
    """Its ids of people are what their names become, so that only those of contacts and the like are others."""
    folder = by_names(sample, tmp_path)
    batch = read([folder], today=TODAY)
    assert errors(batch) == []
    for kind in KINDS.values():
        if kind.sheet not in _DIGESTED:
            found = sorted(batch.dataset.of(kind.record), key=kind.key_of)
            assert found == sorted(sample.of(kind.record), key=kind.key_of), kind.sheet
    for sheet in _DIGESTED:
        assert len(batch.dataset.of(KINDS[sheet].record)) == len(sample.of(KINDS[sheet].record))
    again = read([folder], today=TODAY, known=lambda: batch.dataset)
    assert again.dataset == batch.dataset


NAMES = st.sampled_from(["Li Na", "李娜", "Li Na / 李娜", "Wu Tao", "wu  tao", "Ann", "ＡＮＮ", "王 伟", "?"])
TITLES = st.sampled_from(["", "CFO", "Buyer"])


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from("ab"), NAMES, TITLES), min_size=1, max_size=8, unique=True))
@example(rows=[("a", "Li Na", ""), ("b", "Li Na / 李娜", ""), ("a", "Li Na / 李娜", "")])
def test_the_same_file_again_finds_the_same_people(
    rows: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    at = tmp_path_factory.mktemp("again")
    files = {
        "accounts": "id,name\na,Acme\nb,Bolt\n",
        "people": "account,name,title\n" + "".join(f"{','.join(row)}\n" for row in rows),
    }
    first = taken(at, **files)
    if not errors(first):
        again = taken(at, first.dataset, **files)
        assert errors(again) == [], rows
        assert again.dataset == first.dataset
        assert said(again, "id_given") == []
