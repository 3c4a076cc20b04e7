"""The ambient scope: which scopes are current in the calling context.

One `contextvars.ContextVar` holds the scope that was entered last, of whatever container, and each scope remembers
which one was current before it. A container looks for its own in that chain, so that two of them never see each
other's. Tasks start with a copy of their creator's context: they see the scopes that were current then, and what they
enter later is seen by nobody else.

Closing a scope makes the one before it current again, with the token that `ContextVar.set` gave, where that can be
used: in the context it comes from. A scope may be closed in another one (a fixture, a generator that a framework
finalises), or not be the last that was entered. Then the variable is set where it names the scope, and left alone
elsewhere; in the context that the scope was entered in it may then still be named, and is passed over because it is
closed.

Code that runs in the same thread under another context (a callback of a framework, ``Context().run``) finds the scope
through a thread-local variable, which does not keep it alive: it would outlive every context. In a thread that runs
an event loop that would let one task see another's scope, so it is neither written nor read there.
"""

from collections.abc import Callable, Iterator
from contextvars import ContextVar, Token
from threading import local
from weakref import ref

from wireproof._runtime.scope import ScopeObject, State

_current: ContextVar[ScopeObject | None] = ContextVar("wireproof scope", default=None)
set_current, get_current, reset_current = _current.set, _current.get, _current.reset


def _nothing() -> ScopeObject | None:
    return None


class _Thread(local):
    """What each thread has entered last, as a function that gives it, such as a weak reference."""

    scope: Callable[[], ScopeObject | None] = staticmethod(_nothing)


thread = _Thread()


def running_loop() -> object:
    """Return the event loop that runs in this thread, if one does."""
    from asyncio import _get_running_loop  # noqa: PLC0415  # slow to load, and not needed for importing this library

    return _get_running_loop()


def enter(scope: ScopeObject) -> None:
    """Make a scope the current one; generated code has the same lines."""
    scope._before = set_current(scope)
    if running_loop() is None:
        enter_inside(scope)


def enter_inside(scope: ScopeObject) -> None:
    """Make a scope the last of its thread, inside the one that is."""
    before = thread.scope()
    scope._beside = None if before is None else ref(before)
    thread.scope = ref(scope)


def leave(scope: ScopeObject) -> None:
    """Make the scope before a closed one current again, where the closed one is."""
    before = _open(_before(scope))
    scope._before, scope._beside = before, None  # so that the closed one keeps no other closed one alive
    if get_current() is scope:
        set_current(before)
    if thread.scope() is scope:
        thread.scope = _nothing if before is None else ref(before)


def entered() -> Iterator[ScopeObject]:
    """Yield the open scopes that are current here, innermost first, of all containers."""
    scope = _open(get_current())
    if scope is None and running_loop() is None:
        scope = _open(thread.scope())
    while scope is not None:
        yield scope
        scope = _open(_before(scope))


def _before(scope: ScopeObject) -> ScopeObject | None:
    """Return what was current before a scope, in its context or else in its thread."""
    before = scope._before
    if isinstance(before, Token):
        before = None if before.old_value is Token.MISSING else before.old_value
    return scope._beside() if before is None and scope._beside is not None else before


def _open(scope: ScopeObject | None) -> ScopeObject | None:
    while scope is not None and scope._state is not State.OPEN:
        scope = _before(scope)
    return scope
