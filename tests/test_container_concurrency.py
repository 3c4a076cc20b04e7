"""Threads and tasks that ask at once."""

import asyncio
import linecache
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from threading import Barrier, get_ident
from typing import Any, NamedTuple

import pytest

from tests.racing import PATIENCE, Gate, in_threads
from tests.wiring import untyped, wire
from wireproof import Container, Lifetime, LockMode, ResolutionCycleError, Scope, autowire, provide
from wireproof._runtime import claims, program
from wireproof._runtime.scope import NO_ANSWERS


class A:
    pass


class B:
    pass


class C:
    pass


class Left(NamedTuple):
    a: A
    b: B


class Right(NamedTuple):
    b: B
    a: A


class Crowd:
    """A factory that goes on only when all who are expected have come: to build, or to wait for who builds."""

    def __init__(self, expected: int) -> None:
        self.gate = Gate(expected)
        self.builders: list[int] = []

    def make(self) -> A:
        """Build when all are there."""
        self.builders.append(get_ident())
        self.gate.arrive()
        self.gate.wait()
        return A()


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Crowd]:
    """Return a maker of crowds that sees each thread or task that begins to wait for a claim."""

    def new(expected: int) -> Crowd:
        crowd = Crowd(expected)
        waits_for = claims._waits_for

        def arriving(*arguments: Any) -> Any:
            crowd.gate.arrive()
            return waits_for(*arguments)

        monkeypatch.setattr(claims, "_waits_for", arriving)
        return crowd

    return new


@pytest.mark.parametrize("scope", [Scope.APP, Scope.REQUEST])
def test_threads_that_ask_at_once_get_one(crowd: Callable[[int], Crowd], scope: type[Scope.APP]) -> None:
    """Five threads that ask for one kept object get one, built once, and four have really waited."""
    five = crowd(5)
    container = wire(provide(five.make, scope=scope)).enter_scope(Scope.REQUEST)
    results = in_threads([lambda: container.resolve(A)] * 5)
    assert [type(one) for one in results] == [A] * 5
    assert len({id(one) for one in results}) == len(five.builders) == 1


def test_threads_in_scopes_of_their_own_do_not_wait(crowd: Callable[[int], Crowd]) -> None:
    """Five requests build their own objects side by side."""
    five = crowd(5)
    container = Container(provide(five.make, scope=Scope.REQUEST))
    results = in_threads([lambda: container.enter_scope(Scope.REQUEST).resolve(A)] * 5)
    assert len({id(one) for one in results}) == len(five.builders) == 5


def use_first(threads: int) -> list[object]:
    """Let threads be the first to use a container, all at once, and return what they get."""
    barrier = Barrier(threads)
    container = wire(provide(A), provide(B, scope=Scope.REQUEST))

    def use() -> A:
        barrier.wait(PATIENCE)
        with container.enter_scope(Scope.REQUEST) as request:
            request.resolve(B)
            return request.resolve(A)

    return [*in_threads([use] * threads), container.resolve(A)]


@pytest.mark.parametrize("_", range(20))
def test_first_use_from_many_threads(_: int) -> None:
    """A container that several threads use first at once becomes usable once."""
    results = use_first(4)
    assert [one is results[0] for one in results] == [True] * 5
    assert isinstance(results[0], A)


def test_container_starts_once() -> None:
    """Whoever comes second to the first use of a container finds it in use, and changes nothing."""
    container = wire(provide(A))
    program, instance = container._program, container.resolve(A)
    container._start()
    assert container._program is program
    assert container.resolve(A) is instance


def at_each_line(function: object, act: Callable[[str], object]) -> Callable[..., Any]:
    """Return a tracer that does something before each line of a function, where another thread could."""
    code = untyped(function).__code__

    def trace(frame: Any, event: str, _: object) -> Any:
        if frame.f_code is not code:
            return None
        if event == "line":
            act(linecache.getline(code.co_filename, frame.f_lineno).strip())
        return trace

    return trace


def traced(tracer: Callable[..., Any], call: Callable[[], object]) -> None:
    """Call something under a tracer."""
    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        call()
    finally:
        sys.settrace(before)


def test_awaiting_a_container_that_is_just_starting() -> None:
    """A container answers those who await as soon as it looks as if it had been started."""
    container = wire(provide(A))
    answers: list[Any] = []

    def look(_: str) -> None:
        if type(container) is not Container or container._resolvers is not NO_ANSWERS:
            answers.extend(in_threads([lambda: asyncio.run(container.aresolve(A))]))

    traced(at_each_line(program.Program.start, look), lambda: container.resolve(A))
    assert set(answers) == {container.resolve(A)}


def test_threads_that_race_for_an_end_in_copies_of_one_context() -> None:
    """Whichever comes last finds the scope ended already, and in its context too the one around is current again."""
    container = wire()
    request = container.enter_scope(Scope.REQUEST)
    action = request.enter_scope(Scope.ACTION)
    context, stands, goes_on = copy_context(), Gate(), Gate()
    end: Any = partial(action.__exit__, None, None, None)

    def stand(line: str) -> None:
        if line == "mark[0] = None":
            stands.arrive()
            goes_on.wait()

    def overtake(line: str) -> None:
        if line == "self._state = CLOSED":
            ends.append(pool.submit(context.run, traced, at_each_line(end.func, stand), end))
            stands.wait()

    ends: list[Future[None]] = []
    with ThreadPoolExecutor() as pool:
        traced(at_each_line(end.func, overtake), end)
        goes_on.arrive()
        ends[0].result(PATIENCE)
    assert context.run(container.current, Scope.REQUEST) is request


async def test_tasks_that_ask_at_once_get_one() -> None:
    """Two tasks that ask for one object whose building awaits get one, built once."""
    calls: list[int] = []
    started, go_on = asyncio.Event(), asyncio.Event()

    async def make() -> A:
        calls.append(1)
        started.set()
        await go_on.wait()
        return A()

    container = Container(provide(make, scope=Scope.REQUEST)).enter_scope()
    first = asyncio.create_task(container.aresolve(A))
    await started.wait()
    second = asyncio.create_task(container.aresolve(A))
    await asyncio.sleep(0)  # the second has run as far as it can
    assert not second.done()
    go_on.set()
    assert await first is await second
    assert len(calls) == 1


async def test_tasks_below_different_consumers_get_one() -> None:
    """Two tasks that need the same object for different consumers share it."""
    go_on = asyncio.Event()
    calls: list[int] = []

    async def make() -> A:
        calls.append(1)
        await go_on.wait()
        return A()

    container = Container(provide(make), provide(B), provide(Left), provide(Right))
    left, right = asyncio.create_task(container.aresolve(Left)), asyncio.create_task(container.aresolve(Right))
    await asyncio.sleep(0)
    go_on.set()
    assert (await left).a is (await right).a
    assert len(calls) == 1


async def test_task_does_not_block_its_loop_for_another_thread() -> None:
    """A task that waits for what another thread builds lets the other tasks of its loop run."""
    started, go_on = Gate(), Gate()

    def make() -> A:
        started.arrive()
        go_on.wait()
        return A()

    container = Container(provide(make))
    building = asyncio.create_task(asyncio.to_thread(container.resolve, A))
    await started.pass_()
    waiting = asyncio.create_task(container.aresolve(A))
    await asyncio.sleep(0)
    assert not waiting.done()
    go_on.arrive()  # only reached if the loop was not blocked
    assert await waiting is await building


@pytest.mark.parametrize("lifetime", list(Lifetime))
async def test_task_does_not_block_its_loop_for_a_dependency(lifetime: Lifetime) -> None:
    """The same holds if another thread builds what is needed below, also below a transient."""
    started, go_on = Gate(), Gate()

    def make() -> A:
        started.arrive()
        go_on.wait()
        return A()

    class Middle:
        def __init__(self, a: A) -> None:
            self.a = a

    class Top:
        def __init__(self, middle: Middle) -> None:
            self.middle = middle

    container = Container(provide(make), provide(Middle, lifetime=lifetime), provide(Top))
    building = asyncio.create_task(asyncio.to_thread(container.resolve, A))
    await started.pass_()
    waiting = asyncio.create_task(container.aresolve(Top))
    await asyncio.sleep(0)
    go_on.arrive()
    assert (await waiting).middle.a is await building


async def test_thread_waits_for_a_task_of_another_loop() -> None:
    """Two event loops in two threads that await the same factory get one object."""
    started, go_on = Gate(), Gate()
    calls: list[int] = []

    async def make() -> A:
        calls.append(1)
        started.arrive()
        await go_on.pass_()
        return A()

    container = Container(provide(make))

    async def other() -> A:
        return await container.aresolve(A)

    mine = asyncio.create_task(container.aresolve(A))
    await started.pass_()
    theirs = asyncio.create_task(asyncio.to_thread(asyncio.run, other()))
    go_on.arrive()
    assert await mine is await theirs
    assert len(calls) == 1


async def test_waiter_takes_over_when_the_builder_is_cancelled() -> None:
    """A task that waits builds by itself when the task that was building is cancelled."""
    started, go_on = asyncio.Event(), asyncio.Event()
    calls: list[int] = []

    async def make() -> A:
        calls.append(1)
        started.set()
        await go_on.wait()
        return A()

    container = Container(provide(make))
    builder = asyncio.create_task(container.aresolve(A))
    await started.wait()
    waiters = [asyncio.create_task(container.aresolve(A)) for _ in range(2)]
    await asyncio.sleep(0)
    builder.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await builder
    first, second = await asyncio.gather(*waiters)
    assert first is second
    assert len(calls) == 2


async def test_waiter_takes_over_when_building_fails() -> None:
    """Each waiter tries by itself when building fails, and none gets another's error."""
    started, go_on = asyncio.Event(), asyncio.Event()
    calls: list[int] = []

    async def make() -> A:
        calls.append(1)
        started.set()
        await go_on.wait()
        if len(calls) == 1:
            raise LookupError
        return A()

    container = Container(provide(make))
    builder = asyncio.create_task(container.aresolve(A))
    await started.wait()
    waiter = asyncio.create_task(container.aresolve(A))
    await asyncio.sleep(0)
    go_on.set()
    assert isinstance(await waiter, A)
    with pytest.raises(LookupError):
        await builder


async def test_cancelled_waiter_leaves_the_builder_alone() -> None:
    """Cancelling a task that waits changes nothing for the one that builds."""
    started, go_on = asyncio.Event(), asyncio.Event()

    async def make() -> A:
        started.set()
        await go_on.wait()
        return A()

    container = Container(provide(make))
    builder = asyncio.create_task(container.aresolve(A))
    await started.wait()
    waiter = asyncio.create_task(container.aresolve(A))
    await asyncio.sleep(0)
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    go_on.set()
    assert await builder is await container.aresolve(A)


def test_factory_resolves_from_its_own_container() -> None:
    """A factory that asks its container for something else, while it is running, gets it."""
    handle: list[Container[Any, Any]] = []

    def make() -> B:
        handle[0].resolve(A)
        return B()

    container = wire(provide(A), provide(make))
    handle.append(container)
    assert isinstance(container.resolve(B), B)


async def test_awaited_factory_resolves_from_its_own_container() -> None:
    """The same holds for a factory that awaits, for what awaits and what does not."""
    handle: list[Container[Any, Any]] = []

    async def fetch() -> A:
        return A()

    async def make() -> C:
        await handle[0].aresolve(A)
        handle[0].resolve(B)
        return C()

    container = wire(provide(fetch), provide(B), provide(make))
    handle.append(container)
    assert isinstance(await container.aresolve(C), C)


def test_factory_that_resolves_itself() -> None:
    """A factory that asks its container for what it is building gets an error with the path, and no deadlock."""
    handle: list[Container[Any, Any]] = []

    class Top:
        def __init__(self, a: A) -> None:
            self.a = a

    def make_a() -> A:
        handle[0].resolve(B)
        return A()

    def make_b() -> B:
        handle[0].resolve(A)
        return B()

    container = wire(provide(Top), provide(make_a), provide(make_b))
    handle.append(container)
    for _ in range(2):
        with pytest.raises(ResolutionCycleError, match="Top -> A -> B -> A") as caught:
            container.resolve(Top)
        assert caught.value.path == ("Top", "A", "B", "A")


async def test_awaited_factory_that_resolves_itself() -> None:
    """The same holds for factories that await."""
    handle: list[Container[Any, Any]] = []

    async def make_a() -> A:
        await handle[0].aresolve(B)
        return A()

    async def make_b() -> B:
        await handle[0].aresolve(A)
        return B()

    container = wire(provide(make_a), provide(make_b))
    handle.append(container)
    with pytest.raises(ResolutionCycleError) as caught:
        await container.aresolve(A)
    assert caught.value.path == ("A", "B", "A")


async def test_sync_factory_that_resolves_itself_within_aresolve() -> None:
    """The same holds for a synchronous factory that is asked for with await."""
    handle: list[Container[Any, Any]] = []

    def make() -> A:
        handle[0].resolve(A)
        return A()

    container = wire(provide(make))
    handle.append(container)
    with pytest.raises(ResolutionCycleError) as caught:
        await container.aresolve(A)
    assert caught.value.path == ("A", "A")


async def test_two_tasks_that_wait_for_each_other() -> None:
    """Two tasks whose factories need each other's object by hand get an error instead of waiting forever."""
    handle: list[Container[Any, Any]] = []
    both = Gate(2)

    async def make_a() -> A:
        both.arrive()
        await both.pass_()
        await handle[0].aresolve(B)
        return A()

    async def make_b() -> B:
        both.arrive()
        await both.pass_()
        await handle[0].aresolve(A)
        return B()

    container = wire(provide(make_a), provide(make_b))
    handle.append(container)
    async with asyncio.timeout(PATIENCE):
        results = await asyncio.gather(container.aresolve(A), container.aresolve(B), return_exceptions=True)
    assert ResolutionCycleError in {type(one) for one in results}


def test_two_threads_that_wait_for_each_other() -> None:
    """The same holds for two threads."""
    handle: list[Container[Any, Any]] = []
    both = Gate(2)

    def make_a() -> A:
        both.arrive()
        both.wait()
        handle[0].resolve(B)
        return A()

    def make_b() -> B:
        both.arrive()
        both.wait()
        handle[0].resolve(A)
        return B()

    container = wire(provide(make_a), provide(make_b))
    handle.append(container)
    results = in_threads([lambda: container.resolve(A), lambda: container.resolve(B)])
    assert ResolutionCycleError in {type(one) for one in results}


@pytest.mark.parametrize("_", range(30))
def test_overlapping_graphs_in_opposite_order(_: int) -> None:
    """Two threads that build by hand the same two objects in opposite order do not deadlock."""
    handle: list[Container[Any, Any]] = []
    both = Barrier(2)

    def left() -> Left:
        both.wait(PATIENCE)
        return Left(handle[0].resolve(A), handle[0].resolve(B))

    def right() -> Right:
        both.wait(PATIENCE)
        return Right(handle[0].resolve(B), handle[0].resolve(A))

    container = wire(provide(A), provide(B), provide(left), provide(right))
    handle.append(container)
    first, second = in_threads([lambda: container.resolve(Left), lambda: container.resolve(Right)])
    assert first == (container.resolve(A), container.resolve(B))
    assert second == (container.resolve(B), container.resolve(A))


async def test_mixed_graph_asked_for_by_threads_and_tasks(crowd: Callable[[int], Crowd]) -> None:
    """Threads and tasks that ask for the same synchronous object get one."""
    four = crowd(4)
    container = Container(provide(four.make))
    threads = [asyncio.to_thread(container.resolve, A) for _ in range(2)]
    loops = [asyncio.to_thread(asyncio.run, container.aresolve(A)) for _ in range(2)]
    results = await asyncio.gather(*threads, *loops)
    assert len({id(one) for one in results}) == len(four.builders) == 1


async def test_first_published_wins_without_locks() -> None:
    """With LockMode.NONE several builds may race; the first that is published is what everybody gets."""
    gates = [asyncio.Event(), asyncio.Event()]
    built: list[A] = []

    async def make() -> A:
        gate = gates[len(built)]
        built.append(A())
        instance = built[-1]
        await gate.wait()
        return instance

    container = Container(provide(make, lock_mode="none"))
    first, second = (asyncio.create_task(container.aresolve(A)) for _ in range(2))
    await asyncio.sleep(0)
    assert len(built) == 2
    gates[1].set()
    assert await second is built[1]
    gates[0].set()
    assert await first is await container.aresolve(A) is built[1]


async def test_loser_of_a_race_is_cleaned_up() -> None:
    """With LockMode.NONE what lost the race is finished with the scope as well."""
    gate = asyncio.Event()
    ended: list[int] = []

    async def make() -> AsyncIterator[A]:
        await gate.wait()
        yield A()
        ended.append(1)

    container = Container(provide(make), lock_mode=LockMode.NONE)
    tasks = [asyncio.create_task(container.aresolve(A)) for _ in range(2)]
    await asyncio.sleep(0)
    gate.set()
    first, second = await asyncio.gather(*tasks)
    assert first is second
    await container.aclose()
    assert len(ended) == 2


@pytest.mark.parametrize("mode", ["auto", "thread"])
@pytest.mark.parametrize("where", ["container", "source"])
def test_lock_modes_for_threads(crowd: Callable[[int], Crowd], mode: Any, where: str) -> None:
    """The modes that protect threads do, given for the container or for the source."""
    two = crowd(2)
    if where == "container":
        container = wire(provide(two.make), lock_mode=mode)
    else:
        container = wire(provide(two.make, lock_mode=mode), lock_mode=LockMode.NONE)
    results = in_threads([lambda: container.resolve(A)] * 2)
    assert results[0] is results[1]
    assert len(two.builders) == 1


async def test_lock_mode_for_tasks() -> None:
    """The mode that protects tasks only does."""
    calls: list[int] = []

    async def make() -> A:
        calls.append(1)
        await asyncio.sleep(0)
        return A()

    container = Container(provide(make), lock_mode=LockMode.ASYNC)
    first, second = await asyncio.gather(container.aresolve(A), container.aresolve(A))
    assert first is second
    assert len(calls) == 1


def test_no_claim_is_left_behind() -> None:
    """After building, and after failing, nobody waits; what failed to be built can be claimed again."""

    def fail() -> B:
        raise LookupError

    container = wire(provide(A), provide(fail))
    container.resolve(A)
    with pytest.raises(LookupError):
        container.resolve(B)
    assert claims.waiting == []
    assert [name for name in container._program.module.namespace if name.startswith("claim_")] == ["claim_app_b"]


@pytest.mark.parametrize("_", range(30))
def test_closing_from_two_threads_runs_cleanup_once(_: int) -> None:
    """Of two threads that close a scope at once, one does it."""
    ended: list[int] = []
    barrier = Barrier(2)

    def lend() -> Iterator[A]:
        yield A()
        ended.append(1)

    container = wire(provide(lend))
    container.resolve(A)

    def close() -> None:
        barrier.wait(PATIENCE)
        container.close()

    assert in_threads([close, close]) == [None, None]
    assert ended == [1]


@pytest.fixture
def hurry() -> Iterator[None]:
    """Let Python switch between threads as often as it can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hurry")
@pytest.mark.parametrize("_", range(100))
def test_closing_races_with_building(_: int) -> None:
    """Whatever a race between building and closing comes to, what was entered is finished, and just once."""
    events: list[str] = []
    barrier = Barrier(2)

    def lend() -> Iterator[A]:
        events.append("entered")
        yield A()
        events.append("ended")

    container = wire(provide(lend))
    container.enter_scope().close()

    def build() -> A:
        barrier.wait(PATIENCE)
        return container.resolve(A)

    def close() -> None:
        barrier.wait(PATIENCE)
        container.close()

    in_threads([build, close])
    assert events in ([], ["entered", "ended"])


@pytest.mark.parametrize("gil", [True, False])
def test_claims_of_what_nobody_registered(
    crowd: Callable[[int], Crowd],
    monkeypatch: pytest.MonkeyPatch,
    gil: bool,  # noqa: FBT001
) -> None:
    """What is built on demand in an inner scope is built once as well, with and without a global interpreter lock."""
    monkeypatch.setattr(program, "has_gil", lambda: gil)
    three = crowd(3)

    class OnDemand:
        def __init__(self, c: C) -> None:
            three.make()

    container = wire(provide(C, scope=Scope.REQUEST), autowire(lifetime=Lifetime.SCOPED)).enter_scope(Scope.REQUEST)
    results = in_threads([lambda: container.resolve(OnDemand)] * 3)
    assert len({id(one) for one in results}) == len(three.builders) == 1


def test_failed_building_on_demand_can_be_tried_again() -> None:
    """A claim of what nobody registered is put back if building fails."""
    attempts: list[int] = []

    class OnDemand:
        def __init__(self, c: C) -> None:
            attempts.append(1)
            if len(attempts) == 1:
                raise LookupError

    container = wire(provide(C, scope=Scope.REQUEST), autowire(lifetime=Lifetime.SCOPED)).enter_scope(Scope.REQUEST)
    with pytest.raises(LookupError):
        container.resolve(OnDemand)
    assert isinstance(container.resolve(OnDemand), OnDemand)


async def test_task_does_not_block_its_loop_under_an_override() -> None:
    """What an override leaves alone, and another thread builds, is awaited as well."""
    started, go_on = Gate(), Gate()

    def make() -> A:
        started.arrive()
        go_on.wait()
        return A()

    container = Container(provide(make), provide(B), provide(Left))
    building = asyncio.create_task(asyncio.to_thread(container.resolve, A))
    await started.pass_()
    with container.override(provide(B)):
        waiting = asyncio.create_task(container.aresolve(Left))
        await asyncio.sleep(0)
        assert not waiting.done()
        go_on.arrive()  # only reached if the loop was not blocked
        assert (await waiting).a is await building
