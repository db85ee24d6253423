"""What can be wrong with what a person asked for. One sentence what, one what to do; never a traceback."""

from __future__ import annotations

from graph.model.words import Message


class Problem(Exception):
    """Something that the person who asked can put right. The doors show `said` and go on, or leave with exit code 2."""

    def __init__(self, code: str, said: Message) -> None:
        super().__init__(said.render("en"))
        self.code = code
        self.said = said
