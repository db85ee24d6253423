"""Changes as people write them: `PERSON=2`, `MEMBER,PERSON,visit`; in codes, English or Chinese words."""

from __future__ import annotations

from graph.analysis.scenarios.changes import ImpossibleChange, Stance, Touch
from graph.model.echo import cut
from graph.model.scales import METHOD, STANCE, SUBTYPE, SUBTYPES_OF
from graph.model.words import message

UNKNOWN = ("", "unknown", "未知")


def change_of_stance(written: str) -> Stance:
    """`PERSON=STANCE`: from -2 to 3, its word, or `unknown`. Raises ImpossibleChange where it is anything else.

    >>> change_of_stance("ann=2")
    Stance(person='ann', stance=2)
    """
    person, separator, value = written.rpartition("=")
    if not separator or not person.strip():
        raise ImpossibleChange("bad_stance", message("what_if.bad_stance", value=cut(written)))
    return Stance(person.strip(), stance_of(value))


def stance_of(written: str) -> int | None:
    """A stance by its code or word; None for unknown."""
    if written.strip().lower() in UNKNOWN:
        return None
    code = STANCE.code_of(written)
    if code is None:
        raise ImpossibleChange("no_such_stance", message("what_if.no_such_stance", stance=cut(written.strip())))
    return int(code)


def change_of_touch(written: str) -> Touch:
    """`MEMBER,PERSON,METHOD`: a method, or a kind of daily contact. Raises ImpossibleChange for anything else.

    >>> change_of_touch("uma, ann, visit")
    Touch(member='uma', person='ann', method='daily_contact', subtype='visit')
    """
    parts = [part.strip() for part in written.split(",")]
    match parts:
        case [member, person, method] if all(parts):
            return touch_of(member, person, method)
        case _:
            raise ImpossibleChange("bad_touch", message("what_if.bad_touch", value=cut(written)))


def touch_of(member: str, person: str, method: str) -> Touch:
    """A touch by a method or a subtype, in its code or word."""
    code = METHOD.code_of(method)
    if code is not None:
        return Touch(member, person, code)
    subtype = SUBTYPE.code_of(method)
    kind = next((kind for kind, subtypes in SUBTYPES_OF.items() if subtype in subtypes), None)
    if kind is None:
        raise ImpossibleChange("no_such_method", message("what_if.no_such_method", method=cut(method)))
    return Touch(member, person, kind, subtype)
