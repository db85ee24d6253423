"""Names in two scripts: `Lin Qiuyue / 林秋月` shows each language its own part, and is stored as written."""

from __future__ import annotations

import unicodedata

SEPARATOR = " / "


def in_script(text: str, lang: str) -> str:
    """The part of a two-script text for a language; the whole text where it is not two scripts.

    Two scripts means: exactly one ` / `, Chinese characters on exactly one side of it.
    """
    parts = text.split(SEPARATOR)
    if len(parts) != 2:
        return text
    chinese = [_has_chinese(part) for part in parts]
    if chinese[0] == chinese[1]:
        return text
    return parts[chinese.index(lang == "zh")].strip() or text


def _has_chinese(text: str) -> bool:
    return any(unicodedata.name(ch, "").startswith("CJK") for ch in text)
