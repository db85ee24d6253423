"""The fast check of many texts at once agrees with the check of each character."""

from __future__ import annotations

from loaders.hidden_characters import has_no_odd, hidden_in, is_plain, odd_in

EVERY = [chr(code) for code in range(0x10000)]


def test_a_plain_text_has_nothing_that_is_looked_for_in_ids() -> None:
    plain = [ch for ch in EVERY if is_plain(ch)]
    assert plain == [ch for ch in map(chr, range(128)) if hidden_in(ch) is None and ch not in " ;#"]
    assert is_plain("".join(plain))
    assert not any(is_plain(f"a{ch}b") for ch in EVERY if ch not in plain)


def test_a_text_without_odd_characters_is_told_as_one() -> None:
    odd = [ch for ch in EVERY if odd_in(ch) is not None]
    assert not any(has_no_odd(f"a{ch}b") for ch in odd)
    assert all(has_no_odd(ch) for ch in map(chr, range(128)) if ch not in odd)
    assert has_no_odd("两行\u00e9")
