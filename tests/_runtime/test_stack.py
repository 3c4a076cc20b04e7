"""What tracebacks and stacks say about what was being built."""

import asyncio
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.wiring import wire
from wireproof import Container, Lifetime, Scope, provide
from wireproof._runtime.stack import held_here
from wireproof._runtime.tasks import turn


class A:
    pass


class B:
    def __init__(self, a: A) -> None:
        self.a = a


class C:
    def __init__(self, b: B) -> None:
        self.b = b


def failing(container: Container[Any, Any], key: type) -> list[str]:
    """Return the notes of the error that a resolution raises."""
    with pytest.raises(LookupError) as caught:
        container.resolve(key)
    return caught.value.__notes__


def fail() -> A:
    """Fail with a new error each time."""
    raise LookupError


ONCE = LookupError("once")


def fail_again() -> A:
    """Fail with the same error each time."""
    raise ONCE


@pytest.mark.parametrize("lifetime", list(Lifetime))
@pytest.mark.parametrize("scope", [Scope.APP, Scope.REQUEST])
def test_path(lifetime: Lifetime, scope: Any) -> None:
    """An error tells on which path it came, whether the parts are built one inside the other or not."""
    sources = [provide(one, scope=scope, lifetime=lifetime) for one in (B, C)]
    container = wire(provide(fail, scope=scope), *sources)
    with container.enter_scope(Scope.REQUEST) as request:
        assert failing(request, C) == ["resolution path: C -> B -> A"]


async def test_path_when_awaited() -> None:
    """So does one that comes out of an await."""
    container = wire(provide(fail), provide(B), provide(C, lifetime=Lifetime.TRANSIENT))
    with pytest.raises(LookupError) as caught:
        await container.aresolve(C)
    assert caught.value.__notes__ == ["resolution path: C -> B -> A"]


def test_path_of_an_error_that_is_raised_again() -> None:
    """The path of an error object that is used a second time is that of the second time alone."""
    container = wire(provide(fail_again), provide(B), provide(C))
    assert failing(container, C) == ["resolution path: C -> B -> A"]
    assert failing(container, B) == ["resolution path: B -> A"]
    assert failing(container, B) == ["resolution path: B -> A"]


def test_path_through_a_factory_that_asks_by_hand() -> None:
    """What a factory asks its container for is part of the path, in one note behind those of others."""
    handle: list[Container[Any, Any]] = []

    def make() -> B:
        try:
            handle[0].resolve(A)
        except LookupError as error:
            error.add_note("first")
            raise
        raise AssertionError

    container = wire(provide(fail), provide(make), provide(C))
    handle.append(container)
    assert failing(container, C) == ["first", "resolution path: C -> B -> A"]


def test_error_outside_of_building_has_no_path() -> None:
    """An error that has nothing to do with building is left as it is."""
    container = wire(provide(A))
    with pytest.raises(Exception, match="No provider") as caught:
        container.resolve(B)
    assert not hasattr(caught.value, "__notes__")


def test_claims_of_a_stack() -> None:
    """From inside a factory one can tell what is being built, and in which scope."""
    held: list[list[str]] = []

    def make() -> Iterator[A]:
        held.append([plan.name for _, plan in held_here(None)])
        yield A()

    def outer(container: Container[Any, Any]) -> B:
        return B(container.resolve(A))

    with wire(provide(make), provide(outer)) as container:
        container.resolve(B)
    assert held == [["A", "B"]]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="tasks start eagerly from Python 3.12 on")
async def test_claims_of_other_tasks_further_out() -> None:
    """What a coroutine further out is building, on the stack but in another task, is not held by this one."""
    held: list[list[str]] = []

    async def look() -> None:
        held.append([plan.name for _, plan in held_here(turn().coroutine)])

    async def make() -> A:
        await look()
        loop = asyncio.get_running_loop()
        eager: Any = asyncio.Task
        await eager(look(), loop=loop, eager_start=True)
        return A()

    await wire(provide(make)).aresolve(A)
    assert held == [["A"], []]
