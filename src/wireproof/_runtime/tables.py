"""Tables of what a scope object answers with, filled on first use, so that a hit is one dictionary look-up."""

from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeVar

from wireproof.errors import ScopeClosedError

V = TypeVar("V")


class Table(dict[Any, V], Generic[V]):
    """Answers by key, each made when it is first asked for."""

    def __init__(self, make: Callable[[Any], V]) -> None:
        """Start empty."""
        super().__init__()
        self._make = make

    def __missing__(self, key: object) -> V:
        """Make the answer; if that raises, nothing is remembered."""
        answer = self[key] = self._make(key)
        return answer


class ClosedTable(dict[Any, Any]):
    """The table of a closed scope: it refuses every key."""

    def __init__(self, name: str) -> None:
        """Remember what is closed."""
        super().__init__()
        self._name = name

    def __missing__(self, key: object) -> NoReturn:
        """Refuse."""
        message = f"{self._name} is closed; enter a new scope"
        raise ScopeClosedError(message)
