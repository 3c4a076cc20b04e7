"""The stack of finalizers."""

from collections.abc import Callable
from typing import Any

import pytest

from wireproof import CleanupError
from wireproof._runtime.cleanup import Exit, Finalizer, aunwind, is_body, unwind


def entry(run: Callable[[], object], depth: int = 0, name: str = "it") -> Exit:
    """Return an exit that calls a function."""

    def finish(_: object, __: BaseException | None) -> None:
        run()

    return Finalizer(depth, name, finish, asynchronous=False), None


def test_last_in_first_out() -> None:
    """Of one depth, exits run in the reverse order of their registration, and the list is empty then."""
    order: list[int] = []
    exits = [entry(lambda number=number: order.append(number)) for number in range(3)]  # type: ignore[misc]
    unwind(exits, None)
    assert (order, exits) == ([2, 1, 0], [])


def test_deeper_goes_first() -> None:
    """Of several depths the deepest goes first, whatever the order of registration."""
    order: list[str] = []
    exits = [entry(lambda: order.append("deep"), 2), entry(lambda: order.append("flat"), 1)]
    unwind(exits, None)
    assert order == ["deep", "flat"]


def test_exit_registered_while_unwinding_runs() -> None:
    """What a finalizer registers is run as well."""
    order: list[str] = []
    exits: list[Exit] = []
    exits.append(entry(lambda: exits.append(entry(lambda: order.append("late")))))
    unwind(exits, None)
    assert order == ["late"]


async def test_sync_exits_are_not_awaited() -> None:
    """Only what says that it is asynchronous is awaited."""
    order: list[str] = []

    async def close() -> None:
        order.append("async")

    def finish(_: Any, __: BaseException | None) -> Any:
        return close()

    await aunwind([entry(lambda: order.append("sync")), (Finalizer(0, "it", finish, asynchronous=True), None)], None)
    assert order == ["async", "sync"]


async def test_both_unwind_alike() -> None:
    """Sync and async unwinding of the same failures raise the same group."""

    def fail() -> None:
        raise LookupError

    for _ in range(2):
        with pytest.raises(CleanupError):
            unwind([entry(fail)], None)
        with pytest.raises(CleanupError):
            await aunwind([entry(fail)], None)


def test_what_is_the_body() -> None:
    """An exception is the body's if it is the same object, or what PEP 479 makes of it."""
    body = StopIteration()
    converted = RuntimeError()
    converted.__cause__ = body
    assert is_body(body, body)
    assert is_body(converted, body)
    assert not is_body(RuntimeError(), body)
    assert not is_body(StopIteration(), body)
    assert not is_body(RuntimeError(), None)
