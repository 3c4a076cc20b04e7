"""Targets whose kind is said out loud: what ``add_concrete``, ``add_factory`` and ``add_generator`` take."""

from collections.abc import Callable
from typing import Any

from wireproof._inspect.keys import class_name
from wireproof._inspect.targets import TargetKind, check_target, is_class, target_kind, without_arguments

RETURNING = frozenset({TargetKind.CALL, TargetKind.COROUTINE})
"""What ``add_factory`` takes."""

YIELDING = frozenset({TargetKind.GENERATOR, TargetKind.ASYNC_GENERATOR})
"""What ``add_generator`` takes."""

_CALLS = {
    TargetKind.CALL: "add_factory",
    TargetKind.COROUTINE: "add_factory",
    TargetKind.GENERATOR: "add_generator",
    TargetKind.ASYNC_GENERATOR: "add_generator",
}
_NAMES = {
    TargetKind.CALL: "a plain",
    TargetKind.COROUTINE: "a coroutine",
    TargetKind.GENERATOR: "a generator",
    TargetKind.ASYNC_GENERATOR: "an async generator",
}


def check_class(where: str, cls: Any) -> Callable[..., Any]:
    """Return the target if it is a class.

    Args:
        where: the call to name in the message.
        cls: what the caller passed.

    Raises:
        TypeError: if it is none.
    """
    if not is_class(cls):
        message = f"{where}({cls!r}): must be a class; for a function use add_factory"
        raise TypeError(message)
    checked: Callable[..., Any] = cls
    return checked


def check_function(where: str, function: object, expected: frozenset[TargetKind]) -> Callable[..., Any]:
    """Return the target if it is a function of one of these kinds.

    Args:
        where: the call to name in the message.
        function: what the caller passed.
        expected: `RETURNING` or `YIELDING`.

    Raises:
        TypeError: if it is none; the message names the call to use.
    """
    checked = check_target(where, function)
    kind = target_kind(checked)
    name = class_name(without_arguments(checked))
    if is_class(checked):
        message = f"{where}({name}): that is a class; use add_concrete"
        raise TypeError(message)
    if kind not in expected:
        message = f"{where}({name}): that is {_NAMES[kind]} function; use {_CALLS[kind]}"
        raise TypeError(message)
    return checked
