"""Results as JSON: the keys are the names of the fields, numbers are unrounded, what is absent is null.

Only names that Python or plain code cannot use differ: `source` and `target` of a line are called from and to.
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
    """A result, or anything that a result is made of, as what `json.dumps` takes; messages in a language.

    Fields declared without repr are left out; what a class names as its `WORDS` is put in.
    """
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Message):
        return value.render(lang)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: as_json(one, lang) for key, one in value.items()}
    if hasattr(value, "_asdict"):
        return {_KEYS.get(key, key): as_json(one, lang) for key, one in value._asdict().items()}
    if is_dataclass(value):
        names = [*(field.name for field in fields(value) if field.repr), *getattr(value, "WORDS", ())]
        return {_KEYS.get(name, name): as_json(getattr(value, name), lang) for name in names}
    return [as_json(one, lang) for one in value]
