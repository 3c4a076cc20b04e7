"""The ambient scope: which scopes are current in the calling context.

One `contextvars.ContextVar` holds the scope that was entered last, of whatever container, and each scope remembers
which one was current before it. A container looks for its own in that chain, so that two of them never see each
other's. Tasks start with a copy of their creator's context: they see the scopes that were current then, and what they
enter later is seen by nobody else.

Closing a scope makes the one before it current again, without the token that `ContextVar.set` gives: a token may only
be used in the context it comes from, while a scope may be closed in another one (a fixture, a generator that a
framework finalises). There the variable has another value, and is left alone; in the context that the scope was
entered in it may then still be named, and is passed over because it is closed.

Code that runs in the same thread under another context (a callback of a framework, ``Context().run``) finds the scope
through a thread-local variable, which does not keep it alive: it would outlive every context. In a thread that runs
an event loop that would let one task see another's scope, so it is neither written nor read there.
"""

import asyncio
from collections.abc import Iterator
from contextvars import ContextVar
from threading import local
from weakref import ref

from wireproof._runtime.scope import ScopeObject, State

_current: ContextVar[ScopeObject | None] = ContextVar("wireproof scope", default=None)
_thread = local()


def enter(scope: ScopeObject) -> None:
    """Make a scope the current one."""
    scope._before = _innermost()
    _current.set(scope)
    if not _runs_event_loop():
        _thread.scope = ref(scope)


def leave(scope: ScopeObject) -> None:
    """Make the scope before a closed one current again, where the closed one is."""
    before = scope._before = _open(scope._before)  # so that the closed one keeps no other closed one alive
    if _current.get() is scope:
        _current.set(before)
    if _last_in_thread() is scope:
        _thread.scope = None if before is None else ref(before)


def entered() -> Iterator[ScopeObject]:
    """Yield the open scopes that are current here, innermost first, of all containers."""
    scope = _innermost()
    while scope is not None:
        yield scope
        scope = _open(scope._before)


def _innermost() -> ScopeObject | None:
    found = _open(_current.get())
    if found is None and not _runs_event_loop():
        found = _open(_last_in_thread())
    return found


def _last_in_thread() -> ScopeObject | None:
    last: ref[ScopeObject] | None = getattr(_thread, "scope", None)
    return None if last is None else last()


def _open(scope: ScopeObject | None) -> ScopeObject | None:
    while scope is not None and scope._state is not State.OPEN:
        scope = scope._before
    return scope


def _runs_event_loop() -> bool:
    return asyncio._get_running_loop() is not None
