"""Opening, finding and closing scopes."""

from collections.abc import Callable, Iterator
from itertools import count
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from wireproof._runtime import ambient
from wireproof._runtime.cleanup import Exit, Finalizer, aunwind, unwind
from wireproof._runtime.scope import NO_ANSWERS, NO_EXITS, State
from wireproof.errors import AsyncCleanupError
from wireproof.scopes import BaseScope

_closing: dict[int, object] = {}
"""The scopes that are being closed by somebody, by identity; of those whose end is not claimed by deleting a slot."""


def outward(scope: Any) -> Iterator[Any]:
    """Yield a scope object and those around it."""
    while scope is not None:
        yield scope
        scope = scope._parent


def active(container: Any, kind: type[BaseScope]) -> Iterator[Any]:
    """Yield the open scopes of a kind that are active for a container in the calling context, innermost first."""
    *_, root = outward(container)
    for current in [*entered_in(root), root]:
        for scope in outward(current):
            if _holds(scope, kind) and scope._state is State.OPEN:
                yield scope


def _holds(scope: Any, kind: type[BaseScope]) -> bool:
    """Whether a kind of scope was entered with a scope object, or passed through; a container has all around it."""
    return kind in scope._frame.held if scope._parent is not None else is_within(scope, kind)


def active_within(container: Any, outermost: Any) -> list[Any]:
    """Return the active scopes inside a scope, innermost first, and the scope itself."""
    *_, root = outward(container)
    inner = [scope for scope in entered_in(root) if scope is not outermost]
    return [*(scope for scope in inner if any(outer is outermost for outer in outward(scope))), outermost]


def entered_in(root: Any) -> Iterator[Any]:
    """Yield the open scopes of one container that are current in the calling context, innermost first."""
    for scope in ambient.entered():
        if any(outer is root for outer in outward(scope)):
            yield scope


def innermost(container: Any) -> Any:
    """Return the innermost scope within a container that is active in the calling context, or the container."""
    mark = ambient.last_mark()
    while mark is not None:
        scope = outer = mark[ambient.SCOPE]
        while outer is not None:
            if outer is container:
                return scope
            outer = outer._parent
        mark = ambient.mark_before(mark)
    return container


def active_innermost(container: Any, kind: type[BaseScope]) -> Iterator[Any]:
    """Yield the active scopes of a container that are of a kind or deeper, innermost first, and then itself."""
    *_, root = outward(container)
    for scope in [*entered_in(root), root]:
        if is_within(scope, kind):
            yield scope


def is_within(scope: Any, kind: type[BaseScope]) -> bool:
    """Whether a scope is of a kind, or deeper."""
    return issubclass(scope.scope, kind)


_numbers = count(1)
_naming = Lock()
_names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


def identity(scope: Any) -> str:
    """Return the name of a scope object, which is made when it is first asked for."""
    with _naming:
        if scope not in _names:
            _names[scope] = f"{scope.scope.__name__.lower()}-{next(_numbers)}"
        return _names[scope]


def close(scope: Any, body: BaseException | None = None) -> None:
    """Close a scope without awaiting; once is enough.

    Args:
        scope: the scope object.
        body: the exception that left the ``with`` body, if one did.

    Raises:
        AsyncCleanupError: if there is asynchronous cleanup and no ``body``; nothing has been run then, and ``aclose``
            can follow. With a ``body``, that propagates with a note, and the scope likewise stays open.
        CleanupError: if finalizers fail and there is no ``body``.
    """
    if scope._state is not State.OPEN:
        return
    for finalizer, _ in scope._program.exits(scope):
        if finalizer.asynchronous:
            _refuse(_pending(scope), body)
            return
    if _begin(scope):
        try:
            unwind(scope._program.take_exits(scope), body)
        finally:
            _end(scope)


def _refuse(pending: str, body: BaseException | None) -> None:
    """Say that there is asynchronous cleanup to do, in an error or in the one that there is already."""
    if body is None:
        raise AsyncCleanupError(pending)
    body.add_note(pending)


def close_all(scopes: list[Any]) -> None:
    """Close scopes in this order, all of them even if finalizers fail. Raises as `close`."""
    if pending := [message for scope in scopes if (message := _pending(scope))]:
        raise AsyncCleanupError("; ".join(pending))
    if len(scopes) == 1:
        close(scopes[0])
    else:
        unwind([_exit(scope, _close_one, asynchronous=False) for scope in reversed(scopes)], None)


async def aclose_all(scopes: list[Any]) -> None:
    """Do the same, awaiting asynchronous cleanup."""
    if len(scopes) == 1:
        await aclose(scopes[0])
    else:
        await aunwind([_exit(scope, _aclose_one, asynchronous=True) for scope in reversed(scopes)], None)


def _exit(scope: Any, finish: Callable[[Any, BaseException | None], object], *, asynchronous: bool) -> Exit:
    return Finalizer(0, repr(scope), finish, asynchronous), scope


def _close_one(scope: Any, _: BaseException | None) -> None:
    close(scope)


async def _aclose_one(scope: Any, _: BaseException | None) -> None:
    await aclose(scope)


async def aclose(scope: Any, body: BaseException | None = None) -> None:
    """Close a scope, awaiting its asynchronous cleanup; once is enough. Raises as `close`."""
    if _begin(scope):
        try:
            await aunwind(scope._program.take_exits(scope), body)
        finally:
            _end(scope)


def _pending(scope: Any) -> str:
    """Say which asynchronous cleanup an open scope has pending; empty if none."""
    exits: list[Exit] = scope._program.exits(scope) if scope._state is State.OPEN else []
    names = ", ".join(finalizer.name for finalizer, _ in exits if finalizer.asynchronous)
    return names and f"{scope!r} has asynchronous cleanup pending ({names}): use aclose() or async with"


def _begin(scope: Any) -> bool:
    """Claim the closing; whoever comes second, or comes from a finalizer, has nothing to do."""
    if scope._state is not State.OPEN or not _take_ending(scope):
        return False
    scope._state = State.CLOSING
    scope._resolvers = NO_ANSWERS
    return True


def _take_ending(scope: Any) -> bool:
    """Claim the end of a scope: by deleting a slot as generated code does, or as `wireproof._runtime.claims` says.

    Scopes that never have anything to undo, but under an override, do without the slot.
    """
    if not scope._program.gil or scope._exits is NO_EXITS:
        mine = object()
        return _closing.setdefault(id(scope), mine) is mine
    try:
        del scope._ending
    except AttributeError:
        return False
    return True


def close_rest(scope: Any, finalizer: Finalizer | None, failed: BaseException) -> None:
    """Go on where a finalizer failed in the generated end of a scope. Raises as `close`."""
    try:
        unwind(scope._exits, None, (finalizer, failed))
    finally:
        _end(scope)


async def aclose_rest(scope: Any, finalizer: Finalizer | None, failed: BaseException) -> None:
    """Do the same, awaiting asynchronous cleanup."""
    try:
        await aunwind(scope._exits, None, (finalizer, failed))
    finally:
        _end(scope)


def _end(scope: Any) -> None:
    _closing.pop(id(scope), None)
    scope._program.end(scope)
