"""Results as JSON: keys are field names, numbers are unrounded, None is null.

Only the two ends of a line or period, which Python cannot call `from`, have other names in code than in JSON.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from graph.model.words import Message

_KEYS = {
    "from_date": "from",
    "to_date": "to",
    "from_unit": "from",
    "to_unit": "to",
    "source": "from",
    "target": "to",
    "source_camp": "from_camp",
    "target_camp": "to_camp",
    "influencer": "whom",
}


def as_json(value: Any, lang: str = "en") -> Any:
    """A result, or a part of one, as values that `json.dumps` takes; messages are rendered in a language.

    Fields declared with `repr=False` are left out; properties that a class lists in `WORDS` are included.

    >>> as_json(report.support)["bottleneck"]["step"]
    'vote'
    """
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Message):
        return value.render(lang)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: as_json(item, lang) for key, item in value.items()}
    if hasattr(value, "_asdict"):
        return {_KEYS.get(key, key): as_json(item, lang) for key, item in value._asdict().items()}
    if is_dataclass(value):
        names = [*(field.name for field in fields(value) if field.repr), *getattr(value, "WORDS", ())]
        return {_KEYS.get(name, name): as_json(getattr(value, name), lang) for name in names}
    return [as_json(item, lang) for item in value]
