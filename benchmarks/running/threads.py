"""The same operation in many threads at once."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Any

from benchmarks.running.harness import Loop

THREADS = 8


def in_threads(loop: Loop) -> Loop:
    """Return a loop that shares its work among threads, which live as long as it does."""
    pool = ThreadPoolExecutor(THREADS)

    def shared(times: Iterable[None]) -> Any:
        each, rest = divmod(sum(1 for _ in times), THREADS)
        shares = [pool.submit(loop, repeat(None, each)) for _ in range(THREADS) if each]
        result = loop(repeat(None, rest)) if rest else None
        for share in shares:
            result = share.result()
        return result

    return shared
