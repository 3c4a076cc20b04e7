"""Targets: what can be called to build something, and what kind of thing it is."""

import contextlib
import inspect
from collections.abc import Callable
from enum import Enum
from functools import partial
from types import CodeType
from typing import Any


class TargetKind(Enum):
    """How an instance is got out of calling a target."""

    CALL = "call"
    """Calling it gives the instance."""

    GENERATOR = "generator"
    """What it yields is the instance; it is resumed at scope end."""

    COROUTINE = "coroutine"
    """Awaiting the call gives the instance."""

    ASYNC_GENERATOR = "async generator"
    """What it yields asynchronously is the instance."""


def check_target(where: str, target: object) -> Callable[..., Any]:
    """Return the target if it can be called to build something.

    Args:
        where: the call to name in the message.
        target: what the caller passed.

    Raises:
        TypeError: (``wire-target``) if it cannot be called, or is a ``@contextmanager`` function.
    """
    if not callable(target):
        message = (
            f"{where}({target!r}): a target is a class or a function that builds something; "
            f"for an object that exists already write bind({type(target).__qualname__}).instance(...)"
        )
        raise TypeError(message)
    if _is_context_manager_function(target):
        name = getattr(target, "__qualname__", repr(target))
        message = f"{where}({name}): it returns a context manager; give the generator function, without @contextmanager"
        raise TypeError(message)
    return target


def target_kind(target: Callable[..., Any]) -> TargetKind:
    """Return how an instance is got out of calling a target; a class always provides itself."""
    function = underlying(target)
    for kind, is_kind in _KINDS:
        if is_kind(function):
            return kind
    return TargetKind.CALL


def is_asynchronous(target: Callable[..., Any]) -> bool:
    """Whether getting an instance out of the target needs ``await``."""
    return target_kind(target) in {TargetKind.COROUTINE, TargetKind.ASYNC_GENERATOR}


_KINDS: tuple[tuple[TargetKind, Callable[[object], bool]], ...] = (
    (TargetKind.ASYNC_GENERATOR, inspect.isasyncgenfunction),
    (TargetKind.GENERATOR, inspect.isgeneratorfunction),
    (TargetKind.COROUTINE, inspect.iscoroutinefunction),
)


def underlying(target: Any) -> Any:
    """Return the function that runs when the target is called: behind a partial, of an object with ``__call__``."""
    function: Any = target
    while isinstance(function, partial):
        function = function.func
    if isinstance(function, type) or inspect.isroutine(function) or inspect.iscoroutinefunction(function):
        return function
    call: object = getattr(function, "__call__", function)  # noqa: B004  # the method is wanted, not whether there is one
    return getattr(call, "__func__", call)


def _is_context_manager_function(target: object) -> bool:
    """Whether `contextlib.contextmanager` or its async twin made the function: theirs is the code that runs."""
    code: object = getattr(target, "__code__", None)
    return isinstance(code, CodeType) and code.co_filename == contextlib.__file__ and hasattr(target, "__wrapped__")
