"""The state of a scope object, and what generated code calls."""

import warnings
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from wireproof._runtime.cleanup import Exit
from wireproof.errors import FactoryError, ScopeClosedError


class State(Enum):
    """How far a scope is in its life."""

    OPEN = "open"

    CLOSING = "closing"
    """Finalizers run; what was built can still be read, and nothing is built any more."""

    CLOSED = "closed"


class Missing:
    """The absence of an instance, since None is an instance like any other."""

    def __repr__(self) -> str:
        """Return a name that explains itself in a debugger."""
        return "MISSING"


MISSING = Missing()

NO_ANSWERS: dict[Any, Any] = {}
"""The table of a scope object that cannot answer right away: its container has not been used, or it is being closed."""

NO_EXITS: tuple[()] = ()
"""The exits of a scope object that never has any; Python has one empty tuple."""


class ScopeObject:
    """What generated code needs of a scope: the scope around it, its table, its cleanup and its state.

    The table leads from keys to pairs: an instance that is the same for the whole container and has been built, with
    None; or None, with a function that gives the instance for a scope object. Its counterpart for those who await leads
    to coroutine functions alone; it is one of the class, in force as long as the other one is.

    Generated subclasses add a slot for each instance, and for the claim to build it.
    """

    __slots__ = (
        "__weakref__",
        "_ending",
        "_exits",
        "_mark",
        "_parent",
        "_resolvers",
        "_state",
    )

    if TYPE_CHECKING:
        _async_resolvers: ClassVar[dict[Any, Any]]
        _ending: None
        _exits: list[Exit]  # or `NO_EXITS`
        _mark: list[Any]  # of an entered scope; see `ambient`
        _parent: "ScopeObject | None"
        _resolvers: dict[Any, tuple[Any, Any]]
        _state: State


def refuse_building(scope: ScopeObject) -> NoReturn:
    """Say that a scope builds nothing any more."""
    message = f"{scope!r} is {scope._state.value} and builds nothing any more"
    raise ScopeClosedError(message)


def refuse_generator(generator: Any) -> NoReturn:
    """Say that a generator factory did not yield."""
    message = f"{generator.__qualname__} does not yield; a generator factory yields exactly once"
    raise FactoryError(message)


def withdraw(scope: ScopeObject, entry: Exit) -> NoReturn:
    """Finish what was registered when the scope was being closed already.

    Closing first changes the state and then pops the exits one by one; generated code appends the exit first and looks
    at the state after. So either the closing sees the exit, or the state is seen here. If it has not been popped,
    nobody else will run it.

    Raises:
        ScopeClosedError: always; what was entered has then been finished.
    """
    if _withdrawn(scope, entry):
        finalizer, subject = entry
        finalizer.finish(subject, None)
    refuse_building(scope)


async def awithdraw(scope: ScopeObject, entry: Exit) -> NoReturn:
    """Do the same, awaiting what is to be awaited."""
    if _withdrawn(scope, entry):
        finalizer, subject = entry
        finishing = finalizer.finish(subject, None)
        if finalizer.asynchronous:
            await finishing
    refuse_building(scope)


def _withdrawn(scope: ScopeObject, entry: Exit) -> bool:
    """Take an exit out again, unless it has been popped; not another one, of an instance that is merely equal.

    Looking at a place and emptying it are two instructions between which no other thread runs under a global
    interpreter lock. Without one, somebody may pop in between; then there is nothing at that place any more.
    """
    exits = scope._exits
    for place in reversed(range(len(exits))):
        with suppress(IndexError):  # popped since they were counted
            if exits[place] is entry:
                del exits[place]
                return True
    return False


def warn_unclosed(scope: ScopeObject) -> None:
    """Warn of a scope that is garbage-collected with cleanup pending, which nobody can run any more."""
    pending = ", ".join(finalizer.name for finalizer, _ in scope._exits)
    warnings.warn(f"{scope!r} was never closed; not cleaned up: {pending}", ResourceWarning, source=scope, stacklevel=2)
