"""The ambient scope: which scopes are current in the calling context.

One `contextvars.ContextVar` holds the mark of the scope that was entered last, of whatever container, and each mark
leads to the one that was there before it. A container looks for its own in that chain, so that two of them never see
each other's. Tasks start with a copy of their creator's context: they see the scopes that were current then, and what
they enter later is seen by nobody else.

A mark is a list, as Python makes nothing quicker, of three: the scope; the mark that was current before it in its
context; and the one that its thread had before it. Closing a scope takes it out of its mark, and that is all: the
variable still holds the mark, which is passed over from then on, wherever it is found, and replaced when the next scope
is entered there. So the end of a scope is the same in all contexts, and in whatever order scopes end. An emptied mark
keeps neither the scope nor its container alive. It keeps the marks that it leads to; those are of scopes that were open
when it was emptied (see `settle`), so that marks do not pile up either.

Code that runs in the same thread under another context (a callback of a framework, ``Context().run``) finds the scope
as well. Each context in which a thread enters scopes has a place of that thread, a `Here`, with the last mark; the
thread knows its places by weak references, so that it keeps nothing alive which no context does. A place that came
along with a copied context belongs to another thread, and is replaced. In a thread that runs an event loop this would
let one task see another's scope, so places are neither written nor read there. (Under trio they are written, since only
asyncio can be asked cheaply whether it runs, and not read.)
"""

from collections.abc import Iterator
from contextvars import ContextVar
from threading import get_ident, local
from typing import Any, TypeAlias
from weakref import ref

from wireproof._runtime.scope import State
from wireproof._runtime.tasks import in_trio, running_loop

Mark: TypeAlias = list[Any]
SCOPE, BEFORE, BESIDE = range(3)
"""What stands where in a mark; generated code has the numbers."""

_current: ContextVar[Mark | None] = ContextVar("wireproof scope", default=None)
set_current, get_current = _current.set, _current.get


class Here:
    """Where a thread remembers what it has entered last in one context."""

    __slots__ = ("__weakref__", "alone", "mark", "thread")

    def __init__(self) -> None:
        """Belong to the calling thread."""
        self.mark: Mark | None = None
        self.thread: int = get_ident()
        self.alone: bool = True
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


def leave(scope: Any) -> None:
    """Have a scope be current nowhere any more."""
    mark: Mark = scope._mark
    mark[SCOPE] = None
    settle(mark)


def settle(mark: Mark) -> None:
    """Have a mark that has been emptied lead past others that have been.

    Threads that do this at once do no harm: each step goes from an emptied mark to the one that it leads to.
    """
    for way in (BEFORE, BESIDE):
        while (further := mark[way]) is not None and further[SCOPE] is None:
            mark[way] = further[way]


def last_mark() -> Mark | None:
    """Return the mark of the innermost open scope that is current here, of whatever container."""
    mark = get_current()
    if mark is not None:
        scope, before, _ = mark
        if (scope is not None or before is not None) and (mark := _open(mark)) is not None:
            return mark
    here = get_here()
    if here is None or not here.alone or here.thread != get_ident():
        mark = _last_in_thread()
    elif (mark := here.mark) is not None:
        scope, _, beside = mark
        if scope is None and beside is None:
            return None
        mark = _open_beside(mark)
    return None if mark is None or running_loop() is not None or in_trio() else mark


def mark_before(mark: Mark) -> Mark | None:
    """Return the mark of the open scope that was current when another was entered."""
    return _open(_before(mark))


def entered() -> Iterator[Any]:
    """Yield the open scopes that are current here, innermost first, of all containers."""
    mark = last_mark()
    while mark is not None:
        scope = mark[SCOPE]
        if scope is not None:  # else it has been closed in the meantime
            yield scope
        mark = mark_before(mark)


def _last_in_thread() -> Mark | None:
    for place in reversed(_thread.places):
        here = place()
        if here is not None and (mark := _open_beside(here.mark)) is not None:
            return mark
    return None


def _before(mark: Mark) -> Mark | None:
    """Return the mark before one, in its context or else in its thread."""
    before: Mark | None = mark[BEFORE]
    beside: Mark | None = mark[BESIDE]
    return beside if before is None and beside is not None and not in_trio() else before


def _open(mark: Mark | None) -> Mark | None:
    while mark is not None and not _is_open(mark[SCOPE]):
        mark = _before(mark)
    return mark


def _open_beside(mark: Mark | None) -> Mark | None:
    while mark is not None and not _is_open(mark[SCOPE]):
        mark = mark[BESIDE]
    return mark


def _is_open(scope: Any) -> bool:
    """Whether there is a scope, and it is not being closed either."""
    return scope is not None and scope._state is State.OPEN
