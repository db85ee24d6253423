"""Influence counted from contact (measures, section 16)."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures.counted_influence import CountedLine, Mail, counted_lines, counted_weight
from graph.model.calibration import load_calibration

NUMBERS = load_calibration().counted
NOW = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def mail(sender: str, days_ago: float, *to: str) -> Mail:
    return Mail(sender, NOW - days_ago * DAY, to)


def weights(*mails: Mail) -> dict[tuple[str, str], float]:
    return {(line.source, line.target): line.weight for line in counted_lines(mails, NOW, NUMBERS)}


def test_the_vector_of_the_design() -> None:
    assert counted_weight(6, 2, NUMBERS) == pytest.approx(0.183673, abs=5e-7)
    assert counted_weight(2, 6, NUMBERS) == pytest.approx(0.024390, abs=5e-7)


def test_people_who_are_turned_to_have_influence() -> None:
    mails = [mail("i", 10 * n, "j") for n in range(1, 7)] + [mail("j", 10 * n + 5, "i") for n in (1, 2)]
    assert weights(*mails) == pytest.approx({("j", "i"): 0.183673, ("i", "j"): 0.024390}, abs=5e-7)


def test_an_answer_begins_nothing() -> None:
    assert weights(mail("i", 5, "j"), mail("j", 3.1, "i")) == {("j", "i"): counted_weight(1, 0, NUMBERS)}
    assert set(weights(mail("i", 5, "j"), mail("j", 2.9, "i"))) == {("j", "i"), ("i", "j")}


def test_a_day_counts_its_least_shared_mail() -> None:
    once = weights(mail("i", 1, "j"))
    assert weights(mail("i", 1, "j"), mail("i", 1.1, "j", "k"))["j", "i"] == once["j", "i"]
    assert weights(mail("i", 1, "j", "k", "l", "m"))["j", "i"] == pytest.approx(counted_weight(0.5, 0, NUMBERS))


def test_only_the_last_year_counts() -> None:
    assert weights(mail("i", 366, "j"), mail("i", -1, "j")) == {}
    assert weights(mail("i", 364, "j")) != {}


@given(
    st.lists(
        st.builds(mail, st.sampled_from("abc"), st.integers(0, 400), st.sampled_from("abcd"), st.sampled_from("abcd")),
        max_size=30,
    ),
    st.randoms(use_true_random=False),
)
def test_weights_are_shares_and_do_not_depend_on_order(mails: list[Mail], chance: object) -> None:
    lines = counted_lines(mails, NOW, NUMBERS)
    assert all(0 < line.weight < 1 and line.source != line.target for line in lines)
    chance.shuffle(mails)  # type: ignore[attr-defined]
    assert counted_lines(mails, NOW, NUMBERS) == lines
    assert lines == tuple(sorted(lines, key=lambda line: (line.source, line.target)))
    assert all(isinstance(line, CountedLine) for line in lines)
