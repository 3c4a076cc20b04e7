"""What the run time knows about a binding and the model does not: how to build it."""

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple, cast

from wireproof._inspect.keys import Key
from wireproof._inspect.signatures import CallParameter
from wireproof._model.binding import Parameter
from wireproof._model.scope_path import ScopePath
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.scopes import BaseScope


class Make(Enum):
    """How an instance comes about."""

    __hash__ = object.__hash__  # as in `Kind`

    CALL = "call"
    GENERATOR = "generator"
    COROUTINE = "coroutine"
    ASYNC_GENERATOR = "async generator"
    CONTEXT_MANAGER = "context manager"
    ASYNC_CONTEXT_MANAGER = "async context manager"
    VALUE = "value"
    """It exists already."""

    CONTEXT = "context"
    """The scope is given it when it is entered."""


class Taken(NamedTuple):
    """What a target takes when it is called."""

    parameters: tuple[CallParameter, ...] = ()
    overloads: tuple[tuple[CallParameter, ...], ...] = ()
    """The same for each overload, if there are any: the first whose parameters can all be provided is called."""

    def asked(self) -> tuple[Parameter[Key], ...]:
        """Return what a binding asks for; nothing if that is up to its overloads."""
        return () if self.overloads else _asked(self.parameters)

    def overloads_asked(self) -> tuple[tuple[Parameter[Key], ...], ...]:
        """Return what a binding asks for with each of its overloads."""
        return tuple(map(_asked, self.overloads))

    def passed(self, overload: int | None) -> tuple[CallParameter, ...]:
        """Return the parameters that are passed."""
        return self.parameters if overload is None else self.overloads[overload]


def _asked(parameters: tuple[CallParameter, ...]) -> tuple[Parameter[Key], ...]:
    return tuple(one.parameter for one in parameters if one.parameter is not None)


class Recipe(NamedTuple):
    """How to build what a binding provides."""

    make: Make
    target: Any
    """What to call; for a value, the value."""

    taken: Taken = Taken()
    lifetime: Lifetime = Lifetime.SCOPED
    on_close: Callable[[Any], object] | None = None
    lock_mode: LockMode = LockMode.INHERIT


def scope_line(scope: type[BaseScope]) -> tuple[type[BaseScope], ...]:
    """Return a scope with its ancestors, root first, without `BaseScope` itself."""
    line = [base for base in scope.__mro__ if issubclass(base, BaseScope) and base is not BaseScope]
    return tuple(reversed(line))


def scope_class(path: ScopePath) -> type[BaseScope]:
    """Return the scope that a path of the model stands for."""
    return cast("type[BaseScope]", path.line[-1])


def scope_path(scope: type[BaseScope]) -> ScopePath:
    """Return a scope in the terms of the model."""
    return ScopePath(scope_line(scope), scope.__name__, scope.__qualname__.rpartition("<locals>.")[2])
