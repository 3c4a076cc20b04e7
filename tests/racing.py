"""Threads and tasks that meet where a test wants them to, without any sleeping."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds until a wait that ought to end at once is given up; only a failing test takes that long."""


class Gate:
    """Something to wait for, which opens when as many as are expected have arrived."""

    def __init__(self, expected: int = 1) -> None:
        self._missing = expected
        self._lock = Lock()
        self._open = Event()

    def arrive(self) -> None:
        """Count one more."""
        with self._lock:
            self._missing -= 1
            if self._missing <= 0:
                self._open.set()

    def wait(self) -> None:
        """Wait until the gate is open, blocking the thread."""
        if not self._open.wait(PATIENCE):
            raise TimeoutError

    async def pass_(self) -> None:
        """Wait until the gate is open, without blocking the event loop."""
        await asyncio.to_thread(self.wait)


def in_threads(calls: Iterable[Callable[[], T]]) -> list[T | BaseException]:
    """Run each call in a thread of its own, all at once, and return what they gave or raised."""
    waiting = list(calls)
    with ThreadPoolExecutor(len(waiting)) as pool:
        futures = [pool.submit(call) for call in waiting]
        return [future.exception(PATIENCE) or future.result() for future in futures]
