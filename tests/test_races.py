"""Races, over and over: ``make stress`` runs each of these thousands of times."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from tests.racing import PATIENCE, in_threads
from tests.wiring import wire
from wireproof import Container, Lifetime, Scope, bind, provide
from wireproof._runtime import claims, program

ROUNDS = int(os.environ.get("WIREPROOF_STRESS", "5"))


class A:
    pass


class B:
    def __init__(self, a: A) -> None:
        self.a = a


class C:
    def __init__(self, a: A, b: B) -> None:
        self.a, self.b = a, b


class D:
    def __init__(self, c: C, b: B) -> None:
        self.c, self.b = c, b


@pytest.fixture(autouse=True)
def hurry() -> Iterator[None]:
    """Let Python switch between threads as often as it can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.fixture(autouse=True, params=[True, False], ids=["slots", "entries"])
def claim_kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claim as with a global interpreter lock, and as without one."""
    monkeypatch.setattr(program, "has_gil", lambda: request.param)


def race(container: Container[Any, Any], keys: list[type]) -> list[Any]:
    """Let a thread for each key resolve it, all at once."""
    barrier = Barrier(len(keys))

    def resolve(key: type) -> Any:
        barrier.wait(PATIENCE)
        return container.resolve(key)

    return in_threads([partial(resolve, key) for key in keys])


def building(built: list[type]) -> list[Callable[..., Any]]:
    """Return factories of the diamond that say what they build."""

    def a() -> A:
        built.append(A)
        return A()

    def b(a: A) -> B:
        built.append(B)
        return B(a)

    def c(a: A, b: B) -> C:
        built.append(C)
        return C(a, b)

    def d(c: C, b: B) -> D:
        built.append(D)
        return D(c, b)

    return [a, b, c, d]


@pytest.mark.parametrize("scope", [Scope.APP, Scope.REQUEST])
def test_each_is_built_once(scope: type[Scope.APP]) -> None:
    """Threads that ask for overlapping parts of a graph build each part once."""
    for _ in range(ROUNDS):
        built: list[type] = []
        container = wire(*(provide(one, scope=scope) for one in building(built)))
        with container.enter_scope(Scope.REQUEST) as request:
            d, c, b, a, other = race(request, [D, C, B, A, D])
        assert (other is d, d.c is c, d.b is b, c.a is a, b.a is a) == (True,) * 5
        assert Counter(built) == {A: 1, B: 1, C: 1, D: 1}
    assert claims.waiting == []


def test_scopes_do_not_mix() -> None:
    """Each of several scopes that are used at once has what is its own, and shares what is not."""
    for _ in range(ROUNDS):
        built: list[type] = []
        a, *rest = building(built)
        container = wire(provide(a), *(provide(one, scope=Scope.REQUEST) for one in rest))
        barrier = Barrier(4)

        def use(container: Container[Any, Any], barrier: Barrier) -> D:
            barrier.wait(PATIENCE)
            with container.enter_scope(Scope.REQUEST) as request:
                d: D = request.resolve(D)
                assert request.resolve(C) is d.c
                return d

        results: list[Any] = in_threads([partial(use, container, barrier)] * 4)
        assert len({id(one.b) for one in results}) == 4
        assert len({id(one.b.a) for one in results}) == 1
        assert Counter(built) == {A: 1, B: 4, C: 4, D: 4}


def test_threads_and_tasks_of_several_loops() -> None:
    """Threads and tasks of two event loops that ask for overlapping parts build each part once."""

    async def tasks(container: Container[Any, Any]) -> list[Any]:
        return await asyncio.gather(*(container.aresolve(key) for key in (D, C, B)))

    for _ in range(ROUNDS):
        built: list[type] = []
        container = wire(*map(provide, building(built)))
        loops: list[Callable[[], Any]] = [lambda: asyncio.run(tasks(container))] * 2  # noqa: B023  # run in this round
        threads: list[Callable[[], Any]] = [partial(container.resolve, key) for key in (D, B)]
        results: list[Any] = in_threads([*loops, *threads])
        first, second, d, b = results
        assert first == second == [d, d.c, b]
        assert Counter(built) == {A: 1, B: 1, C: 1, D: 1}


def test_whoever_waits_takes_over() -> None:
    """If building fails, another one of those who wait builds, and each attempt is made by somebody who asks."""
    for _ in range(ROUNDS):
        attempts: list[int] = []

        def fail_first(attempts: list[int] = attempts) -> A:
            attempts.append(1)
            if len(attempts) == 1:
                raise LookupError
            return A()

        container = wire(bind(A).to(fail_first, scope=Scope.REQUEST)).enter_scope(Scope.REQUEST)
        results = race(container, [A] * 4)
        assert sum(isinstance(one, LookupError) for one in results) == 1
        assert len({id(one) for one in results if isinstance(one, A)}) == 1
        assert len(attempts) == 2


def test_independent_singletons_are_built_side_by_side() -> None:
    """Eight threads build eight singletons at once: each is only ready when all are being built."""
    classes = [type(f"S{number}", (), {}) for number in range(8)]
    for _ in range(ROUNDS):
        barrier = Barrier(len(classes))

        def make(cls: type, barrier: Barrier = barrier) -> Any:
            barrier.wait(PATIENCE)
            return cls()

        sources: list[Any] = [bind(cls).to(partial(make, cls)) for cls in classes]
        container = wire(*sources)
        assert [type(one) for one in race(container, classes)] == classes


def test_transients_are_not_shared() -> None:
    """Threads that ask for a transient at once get one each, built on what they share."""
    for _ in range(ROUNDS):
        built: list[type] = []
        a, b, *_ = building(built)
        results = race(wire(provide(a), provide(b, lifetime=Lifetime.TRANSIENT)), [B] * 4)
        assert len({id(one) for one in results}) == 4
        assert len({id(one.a) for one in results}) == 1


def test_closing_races_with_building() -> None:
    """What is entered while a scope is being closed is finished, and just once."""
    for _ in range(ROUNDS):
        events: list[str] = []
        barrier = Barrier(2)

        def lend(events: list[str] = events) -> Iterator[A]:
            events.append("entered")
            yield A()
            events.append("ended")

        scope = wire(bind(A).to(lend, scope=Scope.REQUEST)).enter_scope(Scope.REQUEST)

        def build(scope: Container[Any, Any] = scope, barrier: Barrier = barrier) -> None:
            barrier.wait(PATIENCE)
            scope.resolve(A)

        def close(scope: Container[Any, Any] = scope, barrier: Barrier = barrier) -> None:
            barrier.wait(PATIENCE)
            scope.close()

        in_threads([build, close])
        assert events in ([], ["entered", "ended"])
