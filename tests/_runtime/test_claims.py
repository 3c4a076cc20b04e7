"""Claims: who waits for what, and who wakes whom."""

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from tests.racing import Gate, in_threads
from wireproof import ResolutionCycleError
from wireproof._runtime import claims
from wireproof._runtime.claims import Wanted, await_, take_entry, wait, wake


class Building:
    """What somebody is building, until a test says that he is not any more."""

    def __init__(self) -> None:
        self.goes_on = True
        plan: Any = object()
        self.wanted: Wanted = (object(), plan)

    def is_built(self) -> bool:
        """Whether it is still being built."""
        return self.goes_on

    def end(self) -> None:
        """Have built it."""
        self.goes_on = False
        wake()


@pytest.fixture
def nobody_holds(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[list[Wanted]]], None]:
    """Return a function that says which claims those who are about to wait hold, one after the other."""

    def say(holds: list[list[Wanted]]) -> None:
        held = iter(holds)

        def next_one(_: object) -> Iterator[Wanted]:
            return iter(next(held))

        monkeypatch.setattr(claims, "held_here", next_one)

    return say


def test_entry_is_claimed_once() -> None:
    """An entry is taken by the first who comes, and refused to the others until it is put back."""
    entries: dict[str, Any] = {}
    take_entry(entries, "a")
    with pytest.raises(KeyError):
        take_entry(entries, "a")
    del entries["a"]
    take_entry(entries, "a")


def test_what_is_ready_is_not_waited_for() -> None:
    """What is built between the first look and the second is not waited for."""
    building = Building()
    building.goes_on = False
    wait(building.wanted, building.is_built)
    assert claims.waiting == []


async def test_what_is_ready_is_not_awaited() -> None:
    """The same holds awaiting."""
    building = Building()
    building.goes_on = False
    await await_(building.wanted, building.is_built)
    assert claims.waiting == []


def test_threads_are_woken() -> None:
    """All threads that wait for something go on when it is built."""
    building, waits = Building(), Gate(3)

    def is_built() -> bool:
        waits.arrive()
        return building.is_built()

    def build() -> None:
        waits.wait()
        building.end()

    waiters: list[Callable[[], None]] = [partial(wait, building.wanted, is_built)] * 3
    in_threads([*waiters, build])
    assert claims.waiting == []


async def test_others_sleep_on() -> None:
    """Whoever waits for something else is not woken."""
    first, second = Building(), Building()
    tasks = [asyncio.create_task(await_(one.wanted, one.is_built)) for one in (first, second)]
    await asyncio.sleep(0)
    first.end()
    await tasks[0]
    assert [one.wanted for one in claims.waiting] == [second.wanted]
    second.end()
    await tasks[1]


def test_waiting_for_oneself_is_a_cycle(nobody_holds: Callable[[list[list[Wanted]]], None]) -> None:
    """Whoever builds something cannot wait for it."""
    building = Building()
    nobody_holds([[building.wanted]])
    with pytest.raises(ResolutionCycleError):
        wait(building.wanted, building.is_built)
    assert claims.waiting == []


async def test_waiting_in_a_circle_is_a_cycle(nobody_holds: Callable[[list[list[Wanted]]], None]) -> None:
    """Of three who build what the next one waits for, the last to wait is refused."""
    one, two, three = Building(), Building(), Building()
    nobody_holds([[three.wanted], [one.wanted], [two.wanted]])
    tasks = [asyncio.create_task(await_(each.wanted, each.is_built)) for each in (one, two)]
    await asyncio.sleep(0)
    with pytest.raises(ResolutionCycleError):
        await await_(three.wanted, three.is_built)
    for each in (one, two):
        each.end()
    await asyncio.gather(*tasks)


async def test_cancelled_waiter_leaves_nothing() -> None:
    """A task that is cancelled while it waits is nowhere recorded."""
    building = Building()
    waiter = asyncio.create_task(await_(building.wanted, building.is_built))
    await asyncio.sleep(0)
    assert len(claims.waiting) == 1
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    assert claims.waiting == []


async def test_waiter_cancelled_while_it_is_being_woken() -> None:
    """A task that is cancelled after its turn has come, and before it runs, disturbs nothing."""
    building = Building()
    errors: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))
    waiter = asyncio.create_task(await_(building.wanted, building.is_built))
    await asyncio.sleep(0)
    building.end()
    waiter.cancel()
    await asyncio.wait([waiter])
    assert (waiter.cancelled(), claims.waiting, errors) == (True, [], [])


def test_waker_of_a_closed_loop_is_let_be() -> None:
    """Waking a task whose loop has been closed does no harm."""
    building = Building()

    async def start() -> Any:
        waiter = asyncio.create_task(await_(building.wanted, building.is_built))
        await asyncio.sleep(0)
        [entered] = claims.waiting
        waiter.cancel()
        return entered

    entered = asyncio.run(start())
    claims.waiting.append(entered)
    building.end()
    assert claims.waiting == []
