"""Compare names and find records by id, else by name.

Names are compared without case, width (full or half) and superfluous blanks; each script of `Latin / 中文` is a name of
its own. Ids are compared exactly; `folded_id` only tells whether two of them look the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.model.kind import KINDS, kind_of
from graph.model.limits import ID_LENGTH
from graph.model.names import SEPARATOR, in_script

NEAR = 3
"""The most records that a message names as nearest."""
ALIKE = 65
"""The least similarity, of 100, at which a name or id is offered in place of an unknown one."""

OFFERED = 8
"""The most records that a message lists where a name means several."""

_WIDE = re.compile("[\uff00-\uffef\u3000]+")
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_CHINESE_RUN = re.compile(f"[{_CHINESE}]+")
_ACCENTS = re.compile("(?<=[a-z])[\u0300-\u036f]+")
_BLANK_IN_CHINESE = re.compile(f"(?<=[{_CHINESE}]) (?=[{_CHINESE}])")


def folded_name(name: str | None) -> str:
    """A name as it is compared; empty for none."""
    text = " ".join(unicodedata.normalize("NFKC", name or "").casefold().split())
    return text if text.isascii() else _BLANK_IN_CHINESE.sub("", unicodedata.normalize("NFKC", text))


def names_of(name: str | None) -> frozenset[str]:
    """A name as it is compared, whole and in each of its scripts: `Latin / 中文` is also `Latin` and `中文`."""
    whole = folded_name(name)
    return frozenset(filter(None, (whole, *map(folded_name, whole.split(SEPARATOR)))))


def folded_id(identity: str) -> str:
    """An id without differences that cannot be seen: composition (NFC), case, and full or half width."""
    if identity.isascii():
        return identity.lower()
    narrow = _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), identity)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", narrow).casefold())


def _described(record: Any, *columns: str) -> str:
    """A record as a message offers it: its id, and in brackets the columns that tell it apart."""
    values = [value for name in columns if (value := getattr(record, name, None)) and value != record.id]
    return f"{record.id} ({', '.join(values)})" if values else str(record.id)


def slug(name: str | None) -> str:
    """A name as an id: its Latin part, Chinese in pinyin, small letters and digits with hyphens; empty without any.

    `Lin Qiuyue / 林秋月` is lin-qiuyue, `林秋月` lin-qiu-yue. Letters of other scripts stay as they are.
    """
    text = unicodedata.normalize("NFKC", in_script(name or "", "en"))
    if not text.isascii():
        text = _CHINESE_RUN.sub(_in_pinyin, text)
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    joined = unicodedata.normalize("NFC", plain)
    words = "".join(ch if unicodedata.category(ch)[0] in "LNM" else " " for ch in joined).split()
    return "-".join(words)[:SLUG_LENGTH].rstrip("-")


def _in_pinyin(run: re.Match[str]) -> str:
    from pypinyin import lazy_pinyin

    return f" {' '.join(lazy_pinyin(run[0]))} "


SLUG_LENGTH = 60
"""Characters of an id that is made from a name."""


def _any(identity: str) -> bool:
    return True


@dataclass
class NameIndex:
    """Records of the kinds that have ids, found by them or by their names.

    `records` are by sheet and id; of an id that is known twice the first record counts, and the names of both.
    """

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    _ids: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _names: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def know(self, records: Iterable[Any]) -> None:
        """Add records, each of a kind whose key is an id."""
        for record in records:
            sheet = kind_of(record).sheet
            own = self.records.setdefault(sheet, {})
            if record.id not in own:
                own[record.id] = record
                _add(self._ids.setdefault(sheet, {}), folded_id(record.id), record.id)
            for name in names_of(getattr(record, "name", None)):
                _add(self._names.setdefault(sheet, {}), name, record.id)

    def of(self, sheet: str) -> dict[str, Any]:
        """The known records of a sheet, by id."""
        return self.records.setdefault(sheet, {})

    def account_of(self, sheet: str, identity: str) -> str | None:
        """The account of a record; None where it is not known, or of a shared kind."""
        if sheet == "accounts":
            return identity
        record = self.of(sheet).get(identity)
        if sheet == "steps" and record is not None:
            record = self.of("opportunities").get(record.opportunity)
        return getattr(record, "account", None)

    def alike(self, sheet: str, identity: str) -> list[str]:
        """The known ids that look the same as this one, itself among them where it is known."""
        return self._ids.get(sheet, {}).get(folded_id(identity), [])

    def named(self, sheet: str, name: str | None, among: Callable[[str], bool] = _any) -> list[str]:
        """The ids of all records with this name, as a whole, else in one of its scripts; where `among` takes it."""
        known, whole = self._names.get(sheet, {}), folded_name(name)
        identities = list(filter(among, known.get(whole, ())))
        if not identities:
            identities = [
                identity for part in sorted(names_of(name)) for identity in known.get(part, ()) if among(identity)
            ]
        return list(dict.fromkeys(identities))

    def called(self, sheet: str, asked: str, among: Callable[[str], bool] = _any) -> list[str]:
        """The ids of the records that a text may mean: the one with exactly this id, else those with this name."""
        return [asked] if asked in self.of(sheet) else self.named(sheet, asked, among)

    def near(self, sheet: str, asked: str) -> list[str]:
        """The ids of the records whose id or name is nearest to a text, the nearest first."""
        from rapidfuzz import fuzz, process

        ids, names = self._ids.get(sheet, {}), self._names.get(sheet, {})
        scored: list[tuple[float, str]] = []
        for known, text in ((ids, folded_id(asked)), (names, folded_name(asked))):
            best = process.extract(text[:ID_LENGTH], list(known), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
            scored += [(score, identity) for name, score, _ in best for identity in known[name]]
        return list(dict.fromkeys(identity for _, identity in sorted(scored, reverse=True)))[:NEAR]

    def described(self, sheet: str, ids: Iterable[str]) -> list[str]:
        """Records as a message offers them: id, name and title, and the account where they are of several."""
        records = [self.of(sheet)[identity] for identity in ids]
        accounts = {getattr(record, "account", None) for record in records}
        more = ("account",) if len(accounts) > 1 else ()
        return [_described(record, "name", "title", *more) for record in records]


def _add(known: dict[str, list[str]], name: str, identity: str) -> None:
    there = known.setdefault(name, [])
    if identity not in there:
        there.append(identity)


def index_of(records: Iterable[Any]) -> NameIndex:
    """An index of these records."""
    made = NameIndex()
    made.know(records)
    return made


NAMED = tuple(sheet for sheet in ("accounts", "units", "opportunities", "steps", "people", "team", "competitors"))
"""The sheets that other sheets refer to, each after those that it refers to itself."""

assert all(column.ref in NAMED for kind in KINDS.values() for column in kind.references)
