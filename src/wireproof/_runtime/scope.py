"""The state of a scope object, and what generated code calls."""

import warnings
from collections.abc import AsyncGenerator, Generator
from enum import Enum
from typing import TYPE_CHECKING, Any, NoReturn

from wireproof._runtime.cleanup import Exit
from wireproof.errors import FactoryError, ResolutionCycleError, ScopeClosedError


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


class ScopeObject:
    """What generated code needs of a scope: the scope around it, its cleanup, its claims and its state.

    Generated subclasses add a slot for each instance.
    """

    __slots__ = (
        "__weakref__",
        "_before",
        "_below",
        "_claims",
        "_exits",
        "_extra",
        "_handle",
        "_id",
        "_parent",
        "_state",
    )

    if TYPE_CHECKING:
        _before: "ScopeObject | None"
        _below: "ScopeObject"
        _claims: dict[str, list[Any]]
        _exits: list[Exit]
        _extra: dict[str, Any]
        _handle: "ScopeObject"
        _id: str
        _parent: "ScopeObject | None"
        _state: State


def refuse_building(scope: ScopeObject) -> NoReturn:
    """Say that a scope builds nothing any more."""
    message = f"{scope!r} is {scope._state.value} and builds nothing any more"
    raise ScopeClosedError(message)


def start_generator(generator: Generator[Any, Any, Any]) -> Any:
    """Run a generator factory up to its ``yield`` and return what it yields.

    Raises:
        FactoryError: if it does not yield.
    """
    for instance in generator:
        return instance
    raise FactoryError(_yields_nothing(generator))


async def start_async_generator(generator: AsyncGenerator[Any, Any]) -> Any:
    """Run an async generator factory up to its ``yield`` and return what it yields.

    Raises:
        FactoryError: if it does not yield.
    """
    async for instance in generator:
        return instance
    raise FactoryError(_yields_nothing(generator))


def _yields_nothing(generator: Any) -> str:
    return f"{generator.__qualname__} does not yield; a generator factory yields exactly once"


def register(scope: ScopeObject, entry: Exit) -> None:
    """Have something finished when the scope ends.

    The scope may have been closed while the factory ran. Closing first changes the state and then pops the exits one
    by one; here the exit is appended first and the state looked at after. So either the closing sees the exit, or we
    see the state. If it has not been popped, nobody else will run it.

    Raises:
        ScopeClosedError: if the scope has been closed meanwhile; what was entered has then been finished.
    """
    scope._exits.append(entry)
    if scope._state is not State.OPEN:
        if _withdrawn(scope, entry):
            entry.finish(entry.subject, None)
        refuse_building(scope)


async def aregister(scope: ScopeObject, entry: Exit) -> None:
    """Do the same where finishing has to be awaited."""
    scope._exits.append(entry)
    if scope._state is not State.OPEN:
        if _withdrawn(scope, entry):
            await entry.finish(entry.subject, None)
        refuse_building(scope)


def _withdrawn(scope: ScopeObject, entry: Exit) -> bool:
    try:
        scope._exits.remove(entry)
    except ValueError:
        return False
    return True


def warn_unclosed(scope: ScopeObject) -> None:
    """Warn of a scope that is garbage-collected with cleanup pending, which nobody can run any more."""
    pending = ", ".join(entry.name for entry in scope._exits)
    warnings.warn(f"{scope!r} was never closed; not cleaned up: {pending}", ResourceWarning, source=scope, stacklevel=2)


PATH_NOTE = "resolution path: "


def note_path(error: BaseException, name: str) -> None:
    """Add to an error on its way out of a factory what was being built, as one note that grows at its front."""
    if isinstance(error, ResolutionCycleError):
        error.path = (name, *error.path)
        return
    notes: list[str] = getattr(error, "__notes__", [])
    for number, note in enumerate(notes):
        if note.startswith(PATH_NOTE):
            notes[number] = f"{PATH_NOTE}{name} -> {note.removeprefix(PATH_NOTE)}"
            return
    error.add_note(f"{PATH_NOTE}{name}")
