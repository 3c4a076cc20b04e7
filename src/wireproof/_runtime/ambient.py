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
as well. Each context in which a thread enters scopes has a place of that thread, a `Here`, that names the last one; the
thread knows its places by weak references, so that it keeps nothing alive which no context does. A place that came
along with a copied context belongs to another thread, and is replaced. In a thread that runs an event loop this would
let one task see another's scope, so places are neither written nor read there. (Under trio they are written, since only
asyncio can be asked cheaply whether it runs, and not read.)
"""

from collections.abc import Iterator
from contextvars import ContextVar, Token
from threading import get_ident, local
from weakref import ref

from wireproof._runtime.scope import ScopeObject, State
from wireproof._runtime.tasks import in_trio, running_loop

_current: ContextVar[ScopeObject | None] = ContextVar("wireproof scope", default=None)
set_current, get_current, reset_current = _current.set, _current.get, _current.reset


class Here:
    """Where a thread remembers what it has entered last in one context."""

    __slots__ = ("__weakref__", "alone", "scope", "thread")

    def __init__(self) -> None:
        """Belong to the calling thread."""
        self.scope: ScopeObject | None = None
        self.thread = get_ident()
        self.alone = True
        """Whether the thread has no other place to look at. Only the thread itself writes this, or relies on it."""


class _Thread(local):
    """The places of each thread, the newest last."""

    def __init__(self) -> None:
        """Start with none."""
        self.places: list[ref[Here]] = []


_here: ContextVar[Here | None] = ContextVar("wireproof place", default=None)
get_here = _here.get
_thread = _Thread()


def new_here() -> Here:
    """Make a place for the calling thread and context."""
    here = Here()
    _here.set(here)
    others = [other for place in _thread.places if (other := place()) is not None]
    for one in (here, *others):
        one.alone = not others
    _thread.places = [*map(ref, others), ref(here)]
    return here


def leave(scope: ScopeObject) -> None:
    """Make the scope before a closed one current again, where the closed one is."""
    before = _open(_before(scope))
    if get_current() is scope:
        set_current(before)
    scope._before, scope._beside = before, None  # so that the closed one keeps no other closed one alive
    here = scope._here
    if here is not None and here.scope is scope:
        here.scope = before


def last_entered() -> ScopeObject | None:
    """Return the innermost open scope that is current here, of whatever container."""
    scope = get_current()
    if scope is not None and (scope := _open(scope)) is not None:
        return scope
    here = get_here()
    if here is not None and here.alone and here.scope is None and here.thread == get_ident():
        return None
    scope = _last_in_thread()
    return None if scope is None or running_loop() is not None or in_trio() else scope


def entered() -> Iterator[ScopeObject]:
    """Yield the open scopes that are current here, innermost first, of all containers."""
    scope = last_entered()
    while scope is not None:
        yield scope
        scope = entered_before(scope)


def entered_before(scope: ScopeObject) -> ScopeObject | None:
    """Return the open scope that was current when this one was entered."""
    return _open(_before(scope))


def _last_in_thread() -> ScopeObject | None:
    for place in reversed(_thread.places):
        here = place()
        if here is not None and here.scope is not None and (scope := _open(here.scope)) is not None:
            return scope
    return None


def _before(scope: ScopeObject) -> ScopeObject | None:
    """Return what was current before a scope, in its context or else in its thread."""
    before = scope._before
    if isinstance(before, Token):
        before = None if before.old_value is Token.MISSING else before.old_value
    return scope._beside if before is None and not in_trio() else before


def _open(scope: ScopeObject | None) -> ScopeObject | None:
    while scope is not None and scope._state is not State.OPEN:
        scope = _before(scope)
    return scope
