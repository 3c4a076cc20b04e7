"""Claims: who may build."""

import asyncio
from functools import partial

import pytest

from tests.racing import Gate, in_threads
from wireproof import ResolutionCycleError
from wireproof._runtime import claims
from wireproof._runtime.claims import Claims, atake, release, take


def test_free_claim_is_taken_at_once() -> None:
    """A claim that nobody holds is the caller's, and is gone when it is released."""
    held: Claims = {}
    take(held, "a", 1)
    assert held == {"a": [1]}
    release(held, "a")
    assert held == {}


def test_claims_of_different_names_are_apart() -> None:
    """One owner may hold several claims."""
    held: Claims = {}
    take(held, "a", 1)
    take(held, "b", 1)
    assert set(held) == {"a", "b"}


def test_taking_a_claim_again_is_a_cycle() -> None:
    """Whoever holds a claim cannot wait for it."""
    held: Claims = {}
    take(held, "a", 1)
    with pytest.raises(ResolutionCycleError):
        take(held, "a", 1)
    assert held == {"a": [1]}
    assert claims._waiting == {}


async def test_awaiting_a_claim_again_is_a_cycle() -> None:
    """The same holds with await, for a task and for a thread that owns it."""
    held: Claims = {}
    for owner in (asyncio.current_task(), 1):
        await atake(held, "a", owner)
        with pytest.raises(ResolutionCycleError):
            await atake(held, "a", owner)
        release(held, "a")
    assert claims._waiting == {}


def test_waiting_in_a_circle_is_a_cycle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two owners that hold what the other wants, the second to wait is refused, and the first gets its turn."""
    held: Claims = {}
    take(held, "a", 1)
    take(held, "b", 2)
    waits = Gate(1)
    waits_for = claims._waits_for

    def want(name: str, owner: int, other: str) -> str:
        if owner == 2:
            waits.wait()
        try:
            take(held, name, owner)
        except ResolutionCycleError:
            return "cycle"
        else:
            return "taken"
        finally:
            release(held, other)

    class Telling:
        """The recording of who waits, which opens the gate when somebody does."""

        def __init__(self, waiter: object, holder: list[object]) -> None:
            self.inner = waits_for(waiter, holder)

        def __enter__(self) -> None:
            self.inner.__enter__()
            waits.arrive()

        def __exit__(self, *_: object) -> None:
            self.inner.__exit__(None, None, None)

    monkeypatch.setattr(claims, "_waits_for", Telling)
    results = in_threads([partial(want, "b", 1, "a"), partial(want, "a", 2, "b")])
    assert results == ["taken", "cycle"]
    assert claims._waiting == {}


async def test_cancelled_waiter_leaves_nothing() -> None:
    """A task that is cancelled while it waits holds nothing, and is nowhere recorded."""
    held: Claims = {}
    await atake(held, "a", 1)
    waiter = asyncio.create_task(atake(held, "a", 2))
    await asyncio.sleep(0)
    assert len(claims._waiting) == 1
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    assert claims._waiting == {}
    release(held, "a")
    await asyncio.sleep(0)
    assert held == {}


async def test_waiter_cancelled_while_it_is_being_woken() -> None:
    """A task that is cancelled after its turn has come, and before it runs, disturbs nothing."""
    held: Claims = {}
    errors: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: errors.append(context))
    await atake(held, "a", 1)
    waiter = asyncio.create_task(atake(held, "a", 2))
    await asyncio.sleep(0)
    release(held, "a")
    waiter.cancel()
    await asyncio.wait([waiter])
    assert (waiter.cancelled(), held, errors) == (True, {}, [])


async def test_all_waiters_are_woken_and_one_gets_it() -> None:
    """A claim that is released goes to one of those who wait, and then to the next."""
    held: Claims = {}
    order: list[int] = []

    async def use(number: int) -> None:
        await atake(held, "a", number)
        order.append(number)
        await asyncio.sleep(0)
        release(held, "a")

    await atake(held, "a", 0)
    tasks = [asyncio.create_task(use(number)) for number in (1, 2, 3)]
    await asyncio.sleep(0)
    assert order == []
    release(held, "a")
    await asyncio.gather(*tasks)
    assert sorted(order) == [1, 2, 3]
    assert held == {}


def test_waker_of_a_closed_loop_is_let_be() -> None:
    """Releasing what a task of a loop that is closed by now waited for does no harm."""
    held: Claims = {}
    take(held, "a", 1)

    async def start() -> None:
        waiter = asyncio.create_task(atake(held, "a", 2))
        await asyncio.sleep(0)
        waiter.cancel()

    asyncio.run(start())
    release(held, "a")
    assert held == {}


def test_claim_released_before_the_waiter_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim that is released between the first and the second look is taken without sleeping."""
    held: Claims = {}
    take(held, "a", 1)
    waits_for = claims._waits_for

    def releasing(waiter: object, holder: list[object]) -> object:
        release(held, "a")
        return waits_for(waiter, holder)

    monkeypatch.setattr(claims, "_waits_for", releasing)
    take(held, "a", 2)
    assert held == {"a": [2]}


async def test_claim_released_before_the_task_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds for a task."""
    held: Claims = {}
    take(held, "a", 1)
    waits_for = claims._waits_for

    def releasing(waiter: object, holder: list[object]) -> object:
        release(held, "a")
        return waits_for(waiter, holder)

    monkeypatch.setattr(claims, "_waits_for", releasing)
    await atake(held, "a", 2)
    assert held == {"a": [2]}
