"""Once a container has opened a scope it has an ``enter_scope`` of its own for that."""

import inspect
from collections.abc import Mapping
from typing import Any

import pytest

from tests.wiring import untyped, wire
from wireproof import Container, Scope, ScopeClosedError, bind, provide


class A:
    pass


class Request:
    pass


class Counting(Container[Any, Any]):
    """A container with an ``enter_scope`` of its own."""

    __slots__ = ()
    entered = 0

    def enter_scope(self, scope: Any = None, /, *, context: Mapping[Any, object] | None = None) -> Any:
        """Count."""
        Counting.entered += 1
        return super().enter_scope(scope, context=context or {})


def test_it_is_used_like_the_general_one() -> None:
    """Other targets and context values are accepted and refused as before."""
    container = wire(provide(A, scope=Scope.REQUEST), bind(Request).from_context(scope=Scope.REQUEST))
    assert [container.enter_scope(Scope.REQUEST).scope for _ in range(2)] == [Scope.REQUEST] * 2
    assert container.enter_scope(Scope.SESSION).scope is Scope.SESSION
    assert container.enter_scope().scope is Scope.REQUEST
    request = Request()
    assert container.enter_scope(Scope.REQUEST, context={Request: request}).resolve(Request) is request
    with pytest.raises(TypeError, match="enter_scope"):
        container.enter_scope(untyped(3))


def test_it_says_the_same_of_itself() -> None:
    """Name, signature and documentation are those of the general one."""
    container = wire()
    container.enter_scope(Scope.REQUEST).close()
    assert inspect.signature(container.enter_scope) == inspect.signature(wire().enter_scope)
    assert container.enter_scope.__doc__ == Container.enter_scope.__doc__


def test_after_the_end() -> None:
    """A closed container opens nothing, and neither does a scope whose container is closed."""
    container = wire()
    sessions = [container.enter_scope(Scope.SESSION) for _ in range(2)]
    for session in sessions:
        session.enter_scope(Scope.REQUEST).close()
    container.close()
    for closed in (container, *sessions):
        with pytest.raises(ScopeClosedError):
            closed.enter_scope(Scope.SESSION)


def test_one_of_the_users_own_is_left_alone() -> None:
    """A class that overrides it is asked each time."""
    container: Any = Counting(provide(A, scope=Scope.REQUEST))
    for _ in range(3):
        container.enter_scope(Scope.REQUEST).close()
    assert Counting.entered == len(range(3))
