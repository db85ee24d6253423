"""The views of an account: each is a scene of its own, and what people call it is in the words."""

from __future__ import annotations

from typing import Literal, get_args

View = Literal["power", "fishbone", "coverage"]
VIEWS: tuple[View, ...] = get_args(View)
