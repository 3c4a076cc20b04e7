"""Under trio, as under asyncio: built once, waited for without blocking, one task never sees another's scope."""

import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import trio
import trio.testing

from wireproof import Container, Scope, ScopeNotActiveError, bind, provide


class Session:
    """What is built."""


async def _together(*tasks: Callable[[], Awaitable[Any]]) -> list[Any]:
    """Run tasks at the same time and return what they return."""
    results: list[Any] = [None] * len(tasks)

    async def run(number: int) -> None:
        results[number] = await tasks[number]()

    async with trio.open_nursery() as nursery:
        for number in range(len(tasks)):
            nursery.start_soon(run, number)
    return results


def test_racing_tasks_share_one_instance_and_its_cleanup_awaits() -> None:
    """Tasks that ask at the same time get one instance; it is put away by `aclose`."""
    events: list[str] = []

    async def session() -> AsyncIterator[Session]:
        await trio.lowlevel.checkpoint()
        events.append("made")
        yield Session()
        await trio.lowlevel.checkpoint()
        events.append("closed")

    async def main() -> None:
        async with Container(provide(session)) as container:
            first, *others = await _together(*[lambda: container.aresolve(Session)] * 5)
            assert all(other is first for other in others)

    trio.run(main)
    assert events == ["made", "closed"]


def test_a_waiter_takes_over_from_a_task_that_is_cancelled() -> None:
    """If the task that builds is cancelled, one that waits builds instead."""
    attempts: list[str] = []

    async def session() -> Session:
        attempts.append("begun")
        if len(attempts) == 1:
            await trio.sleep_forever()
        return Session()

    async def main() -> None:
        container = Container(provide(session))
        async with trio.open_nursery() as nursery, trio.open_nursery() as inner:
            inner.start_soon(container.aresolve, Session)
            await trio.testing.wait_all_tasks_blocked()
            nursery.start_soon(container.aresolve, Session)
            await trio.testing.wait_all_tasks_blocked()
            inner.cancel_scope.cancel()
        assert len(attempts) == 2

    trio.run(main)


def test_a_task_that_waits_for_another_thread_does_not_block_its_loop() -> None:
    """While a thread builds, the loop goes on; the task wakes up when the instance is there."""
    building, go_on = threading.Event(), threading.Event()

    def session() -> Session:
        building.set()
        assert go_on.wait(60)
        return Session()

    async def main() -> None:
        container = Container(provide(session))

        about_to_wait = trio.Event()

        async def release() -> None:
            await about_to_wait.wait()
            await trio.testing.wait_all_tasks_blocked()
            go_on.set()

        async def wait() -> Session:
            await trio.to_thread.run_sync(building.wait)
            about_to_wait.set()
            return await container.aresolve(Session)

        by_thread, by_task, _ = await _together(
            lambda: trio.to_thread.run_sync(container.resolve, Session), wait, release
        )
        assert by_thread is by_task

    trio.run(main)


def test_a_task_never_sees_the_scope_of_another() -> None:
    """A task in which no scope was entered has no current one, whatever its siblings do."""
    container = Container(provide(Session, scope=Scope.REQUEST))

    async def main() -> None:
        entered, looked = trio.Event(), trio.Event()

        async def enters() -> None:
            async with container.enter_scope(Scope.REQUEST) as request:
                entered.set()
                await looked.wait()
                assert container.current(Scope.REQUEST) is request

        async def looks() -> None:
            await entered.wait()
            with pytest.raises(ScopeNotActiveError):
                container.current(Scope.REQUEST)
            looked.set()

        async with container.enter_scope(Scope.REQUEST):  # of which the tasks inherit the place, but not the scope
            pass
        await _together(enters, looks)

    trio.run(main)


def test_a_scope_that_ends_gives_back_nothing_of_another_task() -> None:
    """What is current after a nested scope of one task is never what another task entered before it."""
    container = Container(provide(Session, scope=Scope.REQUEST))

    async def main() -> None:
        entered, ended = trio.Event(), trio.Event()

        async def first() -> None:
            async with container.enter_scope(Scope.REQUEST):
                entered.set()
                await ended.wait()

        async def second() -> None:
            await entered.wait()
            tenant = container.enter_scope(Scope.SESSION)
            with pytest.raises(ScopeNotActiveError):
                container.current(Scope.REQUEST)
            await tenant.aclose()
            with pytest.raises(ScopeNotActiveError):
                container.current(Scope.REQUEST)
            ended.set()

        async with container.enter_scope(Scope.REQUEST):
            pass
        await _together(first, second)

    trio.run(main)


def test_a_cancelled_scope_runs_what_is_shielded_and_ends_cancelled() -> None:
    """Every finalizer of a cancelled scope is begun, a shielded one ends, and the cancellation goes on."""
    events: list[str] = []

    async def session() -> AsyncIterator[Session]:
        try:
            yield Session()
        finally:
            with trio.CancelScope(shield=True):
                await trio.lowlevel.checkpoint()
                events.append("rolled back")

    async def users(session: Session) -> AsyncIterator[list[Session]]:
        try:
            yield [session]
        finally:
            events.append("begun")
            await trio.lowlevel.checkpoint()
            events.append("never")

    async def main() -> None:
        container = Container(provide(session), bind(list[Session]).to(users))
        with trio.CancelScope() as outer:
            async with container:
                await container.aresolve(list[Session])
                outer.cancel()
                await trio.sleep_forever()
        assert outer.cancelled_caught

    trio.run(main)
    assert events == ["begun", "rolled back"]
