"""What keeps a class from being instantiated."""

from collections.abc import Callable, Iterator
from types import FunctionType, NoneType
from typing import Any, get_args

from wireproof._inspect.annotations import read_annotation
from wireproof._inspect.keys import Key
from wireproof._inspect.written import annotations
from wireproof._typing import is_protocol

_RETURNING = frozenset(
    {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}
    | {"RETURN_GENERATOR", "POP_TOP", "CALL_INTRINSIC_1", "RERAISE"}
)
"""The instructions of a function, also of an ``async`` one, that only returns a constant."""


def abstract_members(cls: type) -> tuple[str, ...]:
    """Return the names of the methods that a class does not implement, sorted.

    Those are the abstract ones, and in a class that derives from a Protocol also what that only declares. Of a
    declared method that may return None nobody can tell whether returning that is all that it is to do.
    """
    declared = (name for base in cls.__mro__ if is_protocol(base) for name in _declared(base, cls))
    return tuple(sorted({*getattr(cls, "__abstractmethods__", ()), *declared}))


def _declared(protocol: type, cls: type) -> Iterator[str]:
    for name, member in vars(protocol).items():
        function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if isinstance(function, FunctionType) and _is_inherited(cls, name, member) and _is_declared_only(function):
            yield name


def _is_inherited(cls: type, name: str, member: object) -> bool:
    """Whether a class has a member as one of its bases defines it."""
    return next(vars(base)[name] for base in cls.__mro__ if name in vars(base)) is member


def _is_declared_only(function: Callable[..., Any]) -> bool:
    """Whether a function has no code of its own: ``...``, or ``raise NotImplementedError``."""
    import dis  # noqa: PLC0415  # slow to load, and needed for classes that derive from a Protocol only

    instructions = list(dis.get_instructions(function))
    if any(one.opname == "LOAD_GLOBAL" for one in instructions):
        return [one.argval for one in instructions if one.opname == "LOAD_GLOBAL"] == ["NotImplementedError"] and any(
            one.opname == "RAISE_VARARGS" for one in instructions
        )
    constants = [one.argval for one in instructions if one.opname in {"LOAD_CONST", "RETURN_CONST"}]
    if not _RETURNING.issuperset(one.opname for one in instructions) or constants != [None]:
        return False
    returned = read_annotation(annotations(function).get("return", Any), function).key
    return returned is not None and not _may_be_none(returned)


def _may_be_none(key: Key) -> bool:
    return key in {NoneType, object} or NoneType in get_args(key)
