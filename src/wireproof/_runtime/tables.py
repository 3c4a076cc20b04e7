"""Tables of what a scope object answers with, filled on first use, so that a hit is one dictionary look-up."""

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, NoReturn, TypeVar

from wireproof._runtime.scope import ScopeObject, State
from wireproof.errors import ScopeClosedError

V = TypeVar("V")

_lock = RLock()
"""Held while an answer is put into a table, so that none comes from what made the answers before."""


class Table(dict[Any, V], Generic[V]):
    """Answers by key, each made when it is first asked for."""

    def __init__(self, make: Callable[[Any], V]) -> None:
        """Start empty."""
        super().__init__()
        self._make = make

    def __missing__(self, key: object) -> V:
        """Make the answer; if that raises, nothing is remembered."""
        make = self._make
        answer = make(key)
        with _lock:
            if self._make is make:
                self[key] = answer
        return answer

    def start_again(self, make: Callable[[Any], V]) -> None:
        """Forget all answers, and have others made."""
        with _lock:
            self._make = make
            self.clear()


class ClosedTable(dict[Any, Any]):
    """The table of closed scopes: it refuses every key."""

    def __missing__(self, key: object) -> Callable[[ScopeObject], NoReturn]:
        """Refuse, when the scope is known."""
        return refuse_closed


def refuse_closed(scope: Any) -> NoReturn:
    """Say that a scope is closed.

    Raises:
        ScopeClosedError: always.
    """
    message = f"{scope.scope.__name__} is closed; enter a new scope"
    raise ScopeClosedError(message)


def refuse_opening(scope: Any, parent: Any) -> NoReturn:
    """Say that nothing can be opened from a scope, or in the one around it where that would be.

    Raises:
        ScopeClosedError: always.
    """
    if scope._state is State.CLOSED:
        refuse_closed(scope)
    message = f"{parent!r} is {parent._state.value}; nothing can be opened in it"
    raise ScopeClosedError(message)


CLOSED_TABLE = ClosedTable()


class UnstartedTable(dict[Any, Any]):
    """The table of a container that has not been used: it starts the container, which then has tables of its own.

    Args:
        slot: which table it stands for.
    """

    def __init__(self, slot: str) -> None:
        """Start empty, and stay so."""
        super().__init__()
        self._slot = slot

    def __missing__(self, key: object) -> Callable[[Any], Any]:
        """Return a function that starts the container it is given, and then resolves."""

        def start(container: Any) -> Any:
            container._start()
            return getattr(container, self._slot)[key](container)

        return start


UNSTARTED, ASYNC_UNSTARTED = UnstartedTable("_resolvers"), UnstartedTable("_async_resolvers")
