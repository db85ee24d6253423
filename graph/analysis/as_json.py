"""Results as JSON: the keys are the names of the fields, numbers are unrounded, what is absent is null."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from graph.model.words import Message


def as_json(value: Any, lang: str = "en") -> Any:
    """A result, or anything that a result is made of, as what `json.dumps` takes; messages in a language."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Message):
        return value.render(lang)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: as_json(one, lang) for key, one in value.items()}
    if hasattr(value, "_asdict"):
        return {key: as_json(one, lang) for key, one in value._asdict().items()}
    if is_dataclass(value):
        return {one.name: as_json(getattr(value, one.name), lang) for one in fields(value) if one.repr}
    return [as_json(one, lang) for one in value]
