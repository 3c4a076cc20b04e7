"""Targets: what can be called to build something, and what kind of thing it is."""

import contextlib
import sys
import typing
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from enum import Enum
from functools import partial
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any, NewType

from wireproof._inspect.keys import origin_of
from wireproof._model.refusals import Refusal
from wireproof._typing import is_typeddict


class TargetKind(Enum):
    """How an instance is got out of calling a target."""

    __hash__ = object.__hash__  # as in `Kind`

    CALL = "call"
    """Calling it gives the instance."""

    GENERATOR = "generator"
    """What it yields is the instance; it is resumed at scope end."""

    COROUTINE = "coroutine"
    """Awaiting the call gives the instance."""

    ASYNC_GENERATOR = "async generator"
    """What it yields asynchronously is the instance."""

    CONTEXT_MANAGER = "context manager"
    """What entering the returned context manager gives is the instance; it is left at scope end."""

    ASYNC_CONTEXT_MANAGER = "async context manager"
    """What entering it asynchronously gives."""


def check_target(where: str, target: object, *, enter: bool = False, method: bool = False) -> Callable[..., Any]:
    """Return the target if it can be called to build something.

    Args:
        where: the call to name in the message.
        target: what the caller passed.
        enter: whether what it returns is to be entered.
        method: whether it is a method that ``@provide()`` decorates.

    Raises:
        TypeError: (``wire-target``) if it cannot be called; if it is a ``@contextmanager`` function and not to be
            entered; if it is to be entered and is no context manager, or one both with and without ``async``.
    """
    if not callable(target):
        message = (
            f"{where}({target!r}): a target is a class or a function that builds something; "
            f"for an object that exists already write bind({type(target).__qualname__}).instance(...)"
        )
        raise TypeError(message)
    if enter:
        entered_kind(target, where)
        return target
    refusal = next((refusal for refusal, applies in _REFUSALS if applies(target)), None)
    if refusal is Refusal.NOT_ENTERED and method:
        refusal = Refusal.METHOD_NOT_ENTERED
    if refusal is not None:
        raise TypeError(refusal.text(where, _name(target)))
    return target


def is_refused(cls: type) -> bool:
    """Whether a class is one of those that can never be provided."""
    return any(applies(cls) for _, applies in _REFUSALS)


def _name(target: object) -> str:
    called = unwrapped(target)
    name = getattr(called, "__qualname__", None) or getattr(called, "__name__", repr(called))
    return str(name).rpartition("<locals>.")[2]


def target_kind(target: Callable[..., Any]) -> TargetKind:
    """Return how an instance is got out of calling a target; a class always provides itself."""
    function = underlying(target)
    if isinstance(function, type):
        return TargetKind.CALL
    plain: object = function.__func__ if isinstance(function, MethodType) else function
    if type(plain) is FunctionType and not plain.__dict__:  # as in `written.parameters`
        flags = plain.__code__.co_flags
        return next((kind for kind, flag in _FLAGS if flags & flag), TargetKind.CALL)
    import inspect  # noqa: PLC0415  # slow to load, and seldom needed

    tests = {
        TargetKind.ASYNC_GENERATOR: inspect.isasyncgenfunction,
        TargetKind.GENERATOR: inspect.isgeneratorfunction,
        TargetKind.COROUTINE: inspect.iscoroutinefunction,
    }
    return next((kind for kind, is_one in tests.items() if is_one(function)), TargetKind.CALL)


_FLAGS = ((TargetKind.ASYNC_GENERATOR, 0x200), (TargetKind.GENERATOR, 0x20), (TargetKind.COROUTINE, 0x80))
"""What the flags of its code say about a function."""


def entered_kind(target: Callable[..., Any], where: str = "provide") -> TargetKind:
    """Return how what ``target`` returns is entered.

    Raises:
        TypeError: (``wire-target``) if it says that it is no context manager, or one both with and without ``async``.
    """
    called = unwrapped(target)
    returned = called if isinstance(called, type) else _returned_class(target)
    sync, asynchronous = hasattr(returned, "__enter__"), hasattr(returned, "__aenter__")
    if sync == asynchronous:
        refusal = Refusal.ENTERED_TWICE if sync else Refusal.NOT_ENTERABLE
        raise TypeError(refusal.text(where, _name(target)))
    return TargetKind.CONTEXT_MANAGER if sync else TargetKind.ASYNC_CONTEXT_MANAGER


def _returned_class(target: Callable[..., Any]) -> type | None:
    """Return the class of what a function returns; `contextlib` decorators keep the annotation of the generator."""
    if _is_context_manager_function(target):
        is_async = target_kind(behind(unwrapped(target))) is TargetKind.ASYNC_GENERATOR
        return AbstractAsyncContextManager if is_async else AbstractContextManager
    try:
        returned: object = typing.get_type_hints(underlying(target)).get("return")
    except NameError:
        return None
    origin: object = typing.get_origin(returned) or returned
    return origin if isinstance(origin, type) else None


def is_asynchronous(target: Callable[..., Any], *, enter: bool = False) -> bool:
    """Whether getting an instance out of the target needs ``await``."""
    if enter:
        return entered_kind(target) is TargetKind.ASYNC_CONTEXT_MANAGER
    return target_kind(target) in {TargetKind.COROUTINE, TargetKind.ASYNC_GENERATOR}


def underlying(target: Any) -> Any:
    """Return the function that runs when the target is called: behind a partial, of an object with ``__call__``."""
    function: Any = unwrapped(target)
    if isinstance(function, (type, FunctionType, MethodType, BuiltinFunctionType)):
        return function
    import inspect  # noqa: PLC0415  # as above

    if inspect.isroutine(function) or inspect.iscoroutinefunction(function):
        return function
    call: object = getattr(function, "__call__", function)  # noqa: B004  # the method is wanted, not whether there is one
    return getattr(call, "__func__", call)


def behind(function: Any) -> Any:
    """Return the function that one with ``__wrapped__`` stands for, however often; any other as it is."""
    if not hasattr(function, "__wrapped__"):
        return function
    import inspect  # noqa: PLC0415  # as above

    return inspect.unwrap(function)


def unwrapped(target: object) -> Any:
    """Return what a partial calls; anything else as it is."""
    function: Any = target
    while isinstance(function, partial):
        function = function.func
    return function


def is_class(called: object) -> bool:
    """Whether something is a class, also one with type arguments."""
    return isinstance(origin_of(called) or called, type)


def class_of_method(target: object) -> type | None:
    """Return the class that a function is a method of, if it is taken from there: it is then passed an instance."""
    if not isinstance(target, FunctionType):
        return None
    *path, name = target.__qualname__.split(".")
    owner: object = sys.modules.get(target.__module__)
    for part in path:  # of what is local to a function there is none
        owner = vars(owner).get(part) if hasattr(owner, "__dict__") else None
    return owner if isinstance(owner, type) and vars(owner).get(name) is target else None


def without_arguments(target: Any) -> Any:
    """Return a target with the class itself in place of one with type arguments, of which Python knows no signature."""
    if isinstance(target, partial):
        return partial(without_arguments(target.func), *target.args, **target.keywords)
    return origin_of(target) or target


def _is_context_manager_function(target: object) -> bool:
    """Whether `contextlib.contextmanager` or its async twin made the function: theirs is the code that runs."""
    function = unwrapped(target)
    code: object = getattr(function, "__code__", None)
    return isinstance(code, CodeType) and code.co_filename == contextlib.__file__ and hasattr(function, "__wrapped__")


def _is_enum(target: object) -> bool:
    return isinstance(target, type) and issubclass(target, Enum)


_REFUSALS: tuple[tuple[Refusal, Callable[[object], bool]], ...] = (
    (Refusal.NOT_ENTERED, _is_context_manager_function),
    (Refusal.ENUM, _is_enum),
    (Refusal.NEW_TYPE, lambda target: isinstance(target, NewType)),
    (Refusal.TYPED_DICT, is_typeddict),
)
