"""What an injected function takes is resolved together."""

from collections.abc import Sequence
from typing import Any, NoReturn

import pytest

from tests.wiring import wire
from wireproof import (
    INJECTED,
    AsyncResolutionError,
    Container,
    ContextValueError,
    Injected,
    NoProviderError,
    OutOfScopeError,
    Scope,
    bind,
    provide,
)


class A:
    pass


class B:
    def __init__(self, a: A) -> None:
        self.a = a


class Other(A):
    pass


def pair(a: Injected[A] = INJECTED, b: Injected[B] = INJECTED) -> tuple[A, B]:
    """Return what is injected."""
    return a, b


async def apair(a: Injected[A] = INJECTED, b: Injected[B] = INJECTED) -> tuple[A, B]:
    """Return what is injected."""
    return a, b


async def awaited() -> A:
    """Build one asynchronously."""
    return A()


@pytest.fixture
def container() -> Container[Any, Any]:
    """Return a container that provides both for each request."""
    return wire(provide(A, scope=Scope.REQUEST), provide(B, scope=Scope.REQUEST))


def test_parts_are_shared(container: Container[Any, Any]) -> None:
    """What both need is one object, and one that is passed explicitly is not resolved."""
    inject = container.inject(scope=Scope.REQUEST)
    a, b = inject(pair)()
    assert b.a is a
    mine = A()
    assert inject(pair)(mine)[0] is mine


async def test_parts_are_shared_awaiting() -> None:
    """The same holds for coroutine functions."""
    container = wire(bind(A).to(awaited, scope=Scope.REQUEST), provide(B, scope=Scope.REQUEST))
    a, b = await container.inject(scope=Scope.REQUEST)(apair)()
    assert b.a is a
    with pytest.raises(AsyncResolutionError):
        container.inject(scope=Scope.REQUEST)(pair)()


def test_overrides_are_seen(container: Container[Any, Any]) -> None:
    """A function that has been called before gets what an override replaces, as long as that is in force."""
    injected = container.inject(scope=Scope.REQUEST)(pair)
    assert type(injected()[0]) is A
    with container.override(bind(A).to(Other, scope=Scope.REQUEST)):
        a, b = injected()
        assert (type(a), b.a) == (Other, a)
    assert type(injected()[1].a) is A


def test_errors_name_the_path() -> None:
    """What a factory raises carries the path to it; a key that nobody provides is refused as by `resolve`."""

    def fail() -> NoReturn:
        raise LookupError

    container = wire(bind(A).to(fail), provide(B))
    with pytest.raises(LookupError) as caught:
        container.inject(reversed_pair)()
    assert caught.value.__notes__ == ["resolution path: B -> A"]
    with pytest.raises(NoProviderError):
        wire().inject(pair)()


def reversed_pair(b: Injected[B] = INJECTED, a: Injected[A] = INJECTED) -> tuple[A, B]:
    """Return what is injected, the one that needs the other first."""
    return a, b


def test_where_nothing_is_built() -> None:
    """What is None, or a collection without members, for want of providers is so beside others as well."""

    def take(a: Injected[A | None] = INJECTED, many: Injected[Sequence[B]] = INJECTED) -> tuple[A | None, Sequence[B]]:
        return a, many

    container = wire(bind(B).contributions())
    assert container.inject(take)() == (None, ())


def test_code_is_written_once_for_the_same_keys(container: Container[Any, Any]) -> None:
    """Decorating again, as in a loop, makes the container no larger."""
    container.inject(scope=Scope.REQUEST)(pair)()
    before = container.graph.code
    for _ in range(3):
        container.inject(scope=Scope.REQUEST)(pair)()
    assert container.graph.code == before


def test_while_the_container_is_closing() -> None:
    """A finalizer may call a function for what is there already."""
    found: list[tuple[A, B]] = []
    container = wire(provide(A), provide(B), bind(int).instance(3, on_close=lambda _: found.append(injected())))
    injected = container.inject(pair)
    a, b = container.resolve(A), container.resolve(B)
    container.close()
    assert found == [(a, b)]


def test_the_first_parameter_is_refused_first() -> None:
    """What is wrong with an earlier parameter is raised even where a later one can be refused without building."""
    container = wire(bind(A).from_context(), provide(B, scope=Scope.REQUEST))
    with pytest.raises(ContextValueError):
        container.inject(pair)()
    with pytest.raises(OutOfScopeError):
        container.inject(reversed_pair)()


async def test_the_first_parameter_is_refused_first_awaiting() -> None:
    """The same holds for coroutine functions."""
    container = wire(bind(A).from_context(), provide(B, scope=Scope.REQUEST))
    for _ in range(2):
        with pytest.raises(ContextValueError):
            await container.inject(apair)()
