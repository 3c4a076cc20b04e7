"""What calling a target gives: read from what it is declared to return."""

from typing import NamedTuple

from mypy.types import CallableType, Instance, ProperType, Type, get_proper_type

ITERATORS = frozenset({"typing.Iterator", "typing.Generator"})
ASYNC_ITERATORS = frozenset({"typing.AsyncIterator", "typing.AsyncGenerator"})
COROUTINES = frozenset({"typing.Coroutine", "typing.Awaitable", "types.CoroutineType"})


class Outcome(NamedTuple):
    """What a function gives when it is called."""

    built: Type
    """What is provided: what it yields, what awaiting it gives, else what it returns."""

    declared: Type
    """What it is declared to return, behind the ``async`` of a coroutine function."""

    asynchronous: bool


def outcome(signature: CallableType) -> Outcome:
    """Return what calling a function gives. Only the standard iterator types count: a file object stays a file."""
    returned = get_proper_type(signature.ret_type)
    name = _class(returned)
    if name in COROUTINES and isinstance(returned, Instance) and returned.args:
        awaited = get_proper_type(returned.args[-1])
        return Outcome(yielded(awaited) or awaited, awaited, asynchronous=True)
    return Outcome(yielded(returned) or returned, returned, asynchronous=name in ASYNC_ITERATORS)


def yielded(declared: Type) -> Type | None:
    """Return what is yielded by a function that is declared to return an iterator; None for any other."""
    proper = get_proper_type(declared)
    if _class(proper) in ITERATORS | ASYNC_ITERATORS and isinstance(proper, Instance) and proper.args:
        return proper.args[0]
    return None


def _class(proper: ProperType) -> str:
    return proper.type.fullname if isinstance(proper, Instance) else ""
