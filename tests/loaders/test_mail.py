"""Mailboxes: who wrote to whom, when, and whether it was answered; never what."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from graph.model import Account, Interaction, Person, TeamMember
from loaders import read
from loaders.batch import Batch
from loaders.caps import Caps
from tests.loaders.mail_examples import PAN_AT, SUN_AT, WU_AT, box, known, mail

TODAY = datetime.date(2026, 11, 23)


def told(batch: Batch) -> list[tuple[int, tuple[str, ...], tuple[str, ...], str | None]]:
    assert not batch.findings.has_errors, [error.text() for error in batch.findings.errors]
    return [
        (interaction.date.day, interaction.people, interaction.members, interaction.response)
        for interaction in batch.dataset.of(Interaction)
    ]


def counted(batch: Batch) -> dict[str, str]:
    return {finding.code: finding.places["count"] for finding in batch.findings if finding.code.startswith("left_out")}


def test_mails_become_contacts_with_their_answers(tmp_path: Path) -> None:
    mails = (
        mail(1, SUN_AT, WU_AT, 2),
        mail(2, "wu.tao@quay.example", SUN_AT, 3, replies=1),
        mail(3, SUN_AT, PAN_AT, 4),
        mail(4, SUN_AT, f"{PAN_AT}, {WU_AT}", 5, replies=99),
    )
    batch = read([box(tmp_path / "sun.mbox", *mails)], today=TODAY, known=known)
    assert told(batch) == [
        (2, ("wu-tao",), ("sun-li",), "two_way"),
        (3, ("wu-tao",), ("sun-li",), "two_way"),
        (4, ("pan-yi",), ("sun-li",), "one_way"),
        (5, ("pan-yi", "wu-tao"), ("sun-li",), "two_way"),
    ]
    interaction = batch.dataset.of(Interaction)[0]
    assert (interaction.method, interaction.subtype, interaction.source, interaction.customer_headcount) == (
        "daily_contact",
        "email",
        "mail",
        None,
    )
    assert [(finding.code, finding.value) for finding in batch.findings] == [("matched_by_name", "wu.tao@quay.example")]


def test_an_answer_of_a_colleague_is_no_answer(tmp_path: Path) -> None:
    mails = (mail(1, SUN_AT, WU_AT), mail(2, SUN_AT, WU_AT, replies=1))
    assert [contact[3] for contact in told(read([box(tmp_path / "b.mbox", *mails)], today=TODAY, known=known))] == [
        "one_way",
        "one_way",
    ]


def test_an_answer_of_somebody_else_is_no_answer_of_theirs(tmp_path: Path) -> None:
    mails = (
        mail(1, SUN_AT, WU_AT, cc="guest@gmail.com"),
        mail(2, "guest@gmail.com", SUN_AT, 3, replies=1, cc=WU_AT),
    )
    path = box(tmp_path / "b.mbox", *mails)
    batch = read([path], today=TODAY, known=lambda: known(Account("z", "Zed")))
    assert [contact[3] for contact in told(batch)] == ["one_way", "one_way"]


def test_an_address_that_could_be_no_id_is_nobody(tmp_path: Path) -> None:
    mails = (mail(1, SUN_AT, WU_AT), mail(2, "y" * 300 + "@quay.example", SUN_AT))
    batch = read([box(tmp_path / "b.mbox", *mails)], today=TODAY, known=known, add_unknown=True)
    assert [contact[0] for contact in told(batch)] == [2]
    assert counted(batch) == {"left_out_odd_address": "1"}
    assert not batch.dataset.of(Person)


def test_a_mail_made_to_hurt_does_not_keep_the_others_out(tmp_path: Path) -> None:
    path = box(tmp_path / "b.mbox", mail(1, SUN_AT, WU_AT))
    path.write_bytes(
        path.read_bytes()
        + b"\nFrom x\nFrom: a@b.example\nDate: Tue, 03 Nov 2026 09:00:00 +0000\nTo: "
        + b"(" * 50_000
        + b"\n\nx\n"
    )
    batch = read([path], today=TODAY, known=known)
    assert len(told(batch)) == 1
    assert counted(batch) == {"left_out_not_understood": "1"}


def test_no_text_of_a_mail_goes_anywhere(tmp_path: Path) -> None:
    batch = read([box(tmp_path / "b.mbox", mail(1, SUN_AT, WU_AT))], today=TODAY, known=known)
    assert "SECRET" not in repr(batch)


def test_the_same_mail_in_two_mailboxes_is_one(tmp_path: Path) -> None:
    first = box(tmp_path / "a.mbox", mail(1, SUN_AT, WU_AT))
    second = box(tmp_path / "b.mbox", mail(1, SUN_AT, WU_AT), mail(2, WU_AT, SUN_AT, 3, replies=1))
    both = read([first, second], today=TODAY, known=known)
    assert [contact[3] for contact in told(both)] == ["two_way", "two_way"]
    assert both.dataset == read([second, first], today=TODAY, known=known).dataset


@pytest.mark.parametrize(
    ("header", "value", "reason"),
    [
        ("List_Id", "<news>", "automatic"),
        ("Precedence", "bulk", "automatic"),
        ("Auto_Submitted", "auto-replied", "automatic"),
        ("List_Unsubscribe", "<x>", "automatic"),
    ],
)
def test_what_no_person_wrote_is_left_out(tmp_path: Path, header: str, value: str, reason: str) -> None:
    mails = (mail(1, SUN_AT, WU_AT), mail(2, PAN_AT, SUN_AT, **{header: value}))
    batch = read([box(tmp_path / "b.mbox", *mails)], today=TODAY, known=known)
    assert len(told(batch)) == 1
    assert counted(batch) == {f"left_out_{reason}": "1"}


def test_mails_without_date_or_people_and_of_tomorrow_are_left_out_and_counted(tmp_path: Path) -> None:
    undated = mail(1, SUN_AT, WU_AT)
    del undated["Date"]
    odd = mail(2, SUN_AT, WU_AT)
    odd.replace_header("Date", "soon")
    nobody = mail(3, SUN_AT, WU_AT)
    del nobody["To"]
    mails = (undated, odd, nobody, mail(4, SUN_AT, WU_AT, 24), mail(5, SUN_AT, WU_AT), mail(6, WU_AT, PAN_AT))
    batch = read([box(tmp_path / "b.mbox", *mails)], today=TODAY, known=known)
    assert [contact[0] for contact in told(batch)] == [2]
    assert counted(batch) == {
        "left_out_no_date": "2",
        "left_out_nobody": "1",
        "left_out_later": "1",
        "left_out_customers_only": "1",
    }


def test_until_a_day(tmp_path: Path) -> None:
    path = box(tmp_path / "b.mbox", mail(1, SUN_AT, WU_AT, 2), mail(2, SUN_AT, WU_AT, 9))
    assert [
        contact[0] for contact in told(read([path], today=TODAY, known=known, until=datetime.date(2026, 11, 5)))
    ] == [2]


def test_a_folder_of_single_mails_and_a_mailbox_without_an_ending(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    (folder / "2026").mkdir(parents=True)
    (folder / "one.eml").write_bytes(mail(1, SUN_AT, WU_AT).as_bytes())
    (folder / "2026" / "two.eml").write_bytes(mail(2, WU_AT, SUN_AT, 3, replies=1).as_bytes())
    (folder / "LICENSE").write_text("no mail")
    box(folder / "Inbox", mail(3, SUN_AT, PAN_AT, 4))
    assert sorted(told(read([folder], today=TODAY, known=known))) == [
        (2, ("wu-tao",), ("sun-li",), "two_way"),
        (3, ("wu-tao",), ("sun-li",), "two_way"),
        (4, ("pan-yi",), ("sun-li",), "one_way"),
    ]


@pytest.mark.parametrize("name", ["=?utf-8?b?5ZC05rab?=", "WU  TAO", '"Tao, Wu"', "Wu Tao / 吴涛"])
def test_names_in_any_script_and_order_find_their_person(tmp_path: Path, name: str) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(mail(1, SUN_AT, "t@quay.example").as_bytes().replace(b"t@quay", f"{name} <t@quay".encode(), 1))
    path.write_bytes(path.read_bytes().replace(b"quay.example", b"quay.example>", 1))
    found = told(read([path], today=TODAY, known=known))
    assert found == [(2, ("wu-tao",), ("sun-li",), "one_way")]


def test_unknown_people_are_said_and_added_where_asked(tmp_path: Path) -> None:
    mails = (
        mail(1, SUN_AT, "Li Na <li.na@quay.example>, wu.tao@quay.example", cc=WU_AT),
        mail(2, "zhao@ours.example", PAN_AT),
    )
    path = box(tmp_path / "b.mbox", *mails)
    batch = read([path], today=TODAY, known=known)
    said = {
        (finding.code, finding.value, finding.places.get("account"))
        for finding in batch.findings
        if "unknown" in finding.code
    }
    assert said == {("unknown_person", "li.na@quay.example", "q"), ("unknown_colleague", "zhao@ours.example", "")}
    assert told(batch) == [(2, ("wu-tao",), ("sun-li",), "one_way")]
    added = read([path], today=TODAY, known=known, add_unknown=True)
    assert added.dataset.of(Person) == [
        Person("li.na@quay.example", "q", name="Li Na", status="unidentified", addresses=("li.na@quay.example",))
    ]
    assert added.dataset.of(TeamMember) == [TeamMember("zhao@ours.example", addresses=("zhao@ours.example",))]
    assert [contact[1:3] for contact in told(added)] == [
        (("li.na@quay.example", "wu-tao"), ("sun-li",)),
        (("pan-yi",), ("zhao@ours.example",)),
    ]


def test_strangers_are_of_the_account_only_where_our_domains_are_known(tmp_path: Path) -> None:
    nobody_has_addresses = known()
    for person in (*nobody_has_addresses.of(Person), *nobody_has_addresses.of(TeamMember)):
        person.addresses = ()
    path = box(tmp_path / "b.mbox", mail(1, "sun-li@us.example", "li.na@else.example"))
    unsaid = read([path], today=TODAY, known=lambda: nobody_has_addresses, add_unknown=True)
    assert not unsaid.dataset.of(Person)
    said = read(
        [path], today=TODAY, known=lambda: nobody_has_addresses, add_unknown=True, our_domains=frozenset({"us.example"})
    )
    assert [person.id for person in said.dataset.of(Person)] == ["li.na@else.example"]
    assert [member.id for member in said.dataset.of(TeamMember)] == ["sun-li@us.example"]


def test_the_mails_of_the_customers_own_people_are_told(tmp_path: Path) -> None:
    path = box(tmp_path / "b.mbox", mail(1, WU_AT, PAN_AT, cc=SUN_AT), mail(2, SUN_AT, WU_AT))
    batch = read([path], today=TODAY, known=known, count_influence=True)
    moment = datetime.datetime(2026, 11, 2, 9, tzinfo=datetime.UTC)
    assert batch.mails == {"q": [("wu-tao", moment, ("pan-yi", "sun-li"))]}
    assert read([path], today=TODAY, known=known).mails == {}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "no_letters"),
        (b"\n\n", "no_letters"),
        (b"just text\n", "no_letters"),
        (os.urandom(5_000).replace(b"From", b"from"), "no_letters"),
    ],
)
def test_what_holds_no_mail_is_refused(tmp_path: Path, raw: bytes, code: str) -> None:
    (tmp_path / "b.mbox").write_bytes(raw)
    batch = read([tmp_path / "b.mbox"], today=TODAY, known=known)
    assert code in [error.code for error in batch.findings.errors] or counted(batch)


def test_the_limits_of_a_mailbox(tmp_path: Path) -> None:
    path = box(tmp_path / "b.mbox", mail(1, SUN_AT, WU_AT), mail(2, SUN_AT, WU_AT))
    few = read([path], today=TODAY, known=known, caps=Caps(letters=1))
    assert [error.code for error in few.findings.errors] == ["too_many_letters"]
    short = read([path], today=TODAY, known=known, caps=Caps(letter_head_bytes=100))
    assert counted(short) == {"left_out_head_too_long": "2"}
    many = read([path], today=TODAY, known=known, caps=Caps(parties=0))
    assert counted(many) == {"left_out_too_many_parties": "2"}
    large = read([path], today=TODAY, known=known, caps=Caps(file_bytes=10))
    assert [error.code for error in large.findings.errors] == ["too_many_bytes"]
