"""What closed scopes say."""

from typing import Any, NoReturn

from wireproof._runtime.scope import State
from wireproof.errors import ScopeClosedError


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
