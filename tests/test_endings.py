"""The generated end of a scope does what closing it step by step does, also where something fails."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

from tests.wiring import wire
from wireproof import CleanupError, Container, Scope, bind


class A:
    pass


class B:
    pass


class C:
    pass


def ending(events: list[str], name: str, key: type[Any], fails: str) -> Callable[[], Iterator[Any]]:
    """Return a generator function that logs its end, and then fails or goes on if it is the one that does."""

    def make() -> Iterator[Any]:
        yield key()
        events.append(name)
        if name == fails:
            raise LookupError(name)
        if name.upper() == fails:
            yield key()

    return make


def aending(events: list[str], name: str, key: type[Any], fails: str) -> Callable[[], AsyncIterator[Any]]:
    """Return an async generator function that does so."""

    async def make() -> AsyncIterator[Any]:
        for instance in ending(events, name, key, fails)():
            yield instance

    return make


def build(events: list[str], fails: str, kinds: str) -> Container[Any, Any]:
    """Return a container with three generators, of the kinds that the letters stand for."""
    make: dict[str, Callable[..., Any]] = {"s": ending, "a": aending}
    keys = (A, B, C)
    return wire(
        *(
            bind(key).to(make[kind](events, key.__name__.lower(), key, fails), scope=Scope.REQUEST)
            for kind, key in zip(kinds, keys, strict=True)
        )
    )


def said(caught: "pytest.ExceptionInfo[CleanupError]") -> list[tuple[str, list[str]]]:
    """Return what the failures say."""
    assert caught.value.__context__ is None
    return [(repr(error), error.__notes__) for error in caught.value.exceptions]


@pytest.mark.parametrize("fails", ["a", "b", "c", "A", "B", "C"])
def test_failures_at_the_end(fails: str) -> None:
    """Leaving ``with`` runs every generator, the last first, and raises what closing by hand raises."""
    found: list[list[tuple[str, list[str]]]] = []
    for how, nothing in (("close", ()), ("__exit__", (None, None, None))):
        events: list[str] = []
        scope = build(events, fails, "sss").enter_scope(Scope.REQUEST)
        for key in (A, B, C):
            scope.resolve(key)
        with pytest.raises(CleanupError) as caught:
            getattr(scope, how)(*nothing)
        assert events == ["c", "b", "a"]
        assert repr(scope) == "<Container at REQUEST closed>"
        found.append(said(caught))
    assert found[0] == found[1]


@pytest.mark.parametrize("kinds", ["sss", "aaa", "sas", "asa"])
@pytest.mark.parametrize("fails", ["a", "b", "c", "A", "B", "C"])
async def test_failures_at_the_awaiting_end(fails: str, kinds: str) -> None:
    """Leaving ``async with`` does so for generators of both kinds."""
    found: list[list[tuple[str, list[str]]]] = []
    for how, nothing in (("aclose", ()), ("__aexit__", (None, None, None))):
        events: list[str] = []
        scope = build(events, fails, kinds).enter_scope(Scope.REQUEST)
        for key in (A, B, C):
            await scope.aresolve(key)
        with pytest.raises(CleanupError) as caught:
            await getattr(scope, how)(*nothing)
        assert events == ["c", "b", "a"]
        assert repr(scope) == "<Container at REQUEST closed>"
        found.append(said(caught))
    assert found[0] == found[1]
