"""Instances that all scopes of a container share are found in its tables, until that would be wrong."""

import pytest

from tests.wiring import wire
from wireproof import Scope, ScopeClosedError, bind, provide


class A:
    pass


class Other(A):
    pass


def test_what_was_found_is_refused_after_the_end() -> None:
    """An inner scope that has been answered from its table gets nothing from it once the container is closed."""
    container = wire(provide(A))
    request = container.enter_scope(Scope.REQUEST)
    assert request.resolve(A) is request.resolve(A) is container.resolve(A)
    container.close()
    for closed in (request, container):
        with pytest.raises(ScopeClosedError):
            closed.resolve(A)


def test_while_the_container_is_closing() -> None:
    """Finalizers find what was built, in scopes that are open as well, and other scopes find nothing afterwards."""
    found: list[A] = []

    def close(_: A) -> None:
        found.append(request.resolve(A))

    container = wire(provide(A, on_close=close))
    request = container.enter_scope(Scope.REQUEST)
    instance = request.resolve(A)
    assert request.resolve(A) is instance
    container.close()
    assert found == [instance]
    with pytest.raises(ScopeClosedError):
        request.resolve(A)


def test_overrides_are_seen() -> None:
    """A replacement is found where the replaced instance was, and that one again after it."""
    container = wire(provide(A))
    before = [container.resolve(A) for _ in range(2)]
    with container.override(bind(A).to(Other)):
        assert {type(container.resolve(A)) for _ in range(2)} == {Other}
    assert [container.resolve(A), container.resolve(A)] == before


def test_override_that_begins_while_an_instance_is_built() -> None:
    """What is built meanwhile is not put where the replacement belongs."""

    def build() -> A:
        override.__enter__()
        return A()

    container = wire(bind(A).to(build))
    override = container.override(bind(A).to(Other))
    assert type(container.resolve(A)) is A
    assert [type(container.resolve(A)) for _ in range(2)] == [Other, Other]
    override.__exit__(None, None, None)
    assert [type(container.resolve(A)) for _ in range(2)] == [A, A]
