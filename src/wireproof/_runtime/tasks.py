"""Tasks: whether an event loop runs in this thread, and how one of its tasks waits to be woken from any thread.

The loops are those of asyncio and of trio, which anyio stands on as well. Neither is imported here: who runs one has
done so.
"""

import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, NamedTuple


class Turn(NamedTuple):
    """What one task waits for, once."""

    coroutine: object
    """The outermost one of the task."""

    wake: Callable[[], object]
    """Ends the waiting. It may be called in any thread, and when nobody waits any more."""

    waited: Callable[[], Awaitable[object]]
    """Waits."""


def loop_finder() -> Callable[[], object] | None:
    """Return the function that gives the event loop of asyncio which runs in this thread; None while nobody has one.

    While another thread imports asyncio, this waits for it.
    """
    if "asyncio" not in sys.modules:
        return None
    from asyncio import _get_running_loop  # noqa: PLC0415  # slow to load; whoever runs a loop has loaded it

    return _get_running_loop


def running_loop() -> object:
    """Return the event loop of asyncio that runs in this thread, if one does."""
    find = loop_finder()
    return None if find is None else find()


def in_trio() -> bool:
    """Whether trio runs in this thread."""
    lowlevel: Any = sys.modules.get("trio.lowlevel")
    return lowlevel is not None and bool(lowlevel.in_trio_run())


def turn() -> Turn:
    """Return something to wait for, for the running task.

    Raises:
        RuntimeError: if there is none.
    """
    return _trio_turn() if in_trio() else _asyncio_turn()


def _asyncio_turn() -> Turn:
    import asyncio  # noqa: PLC0415  # slow to load; whoever is in a task has loaded it already

    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.current_task()

    def end() -> None:
        if not future.done():  # the waiter may have been cancelled
            future.set_result(None)

    def wake() -> None:
        if not loop.is_closed():  # if it is, there is nobody left to wake
            loop.call_soon_threadsafe(end)

    return Turn(None if task is None else task.get_coro(), wake, lambda: future)


def _trio_turn() -> Turn:
    trio: Any = sys.modules["trio"]
    token, event = trio.lowlevel.current_trio_token(), trio.Event()

    def wake() -> None:
        with suppress(trio.RunFinishedError):  # there is nobody left to wake
            token.run_sync_soon(event.set)

    return Turn(trio.lowlevel.current_task().coro, wake, event.wait)
