"""Measuring side by side: every contender in every round, so that what disturbs the machine disturbs all of them."""

import asyncio
import gc
from collections.abc import Callable, Iterable
from itertools import repeat
from statistics import median
from time import process_time
from typing import Any, NamedTuple

Loop = Callable[[Iterable[None]], Any]
"""Runs the operation once for each item, and returns what the last gave; a coroutine function for the async ones.

Each contender has loops of its own, also where they read alike: Python adapts the calls in a piece of code to what they
have called before, and in one that all of them share they would take turns at spoiling that for one another.
"""

HAND = "hand-written"
ROUND = 0.004
"""About how many seconds a contender works in each round: short, so that rounds see the same machine."""


class Scenario(NamedTuple):
    """One operation that every contender is to perform."""

    name: str
    check: Callable[[Callable[[], Any]], None]
    """Raises if what a contender's operation gives is not what it should be; it is given the operation."""

    bar: float
    """What the ratio of wireproof to hand-written wiring may be."""

    asynchronous: bool = False
    clock: Callable[[], float] = process_time
    """Time of the processor, so that other programs on the machine disturb less; of the wall where threads wait."""


class Measured(NamedTuple):
    """What a contender needs for one operation."""

    nanoseconds: float
    ratio: float
    """The median, over all rounds, of its time to that of hand-written wiring in the same round."""


def measure(scenario: Scenario, loops: dict[str, Loop], rounds: int) -> dict[str, Measured]:
    """Return what each contender needs; one of them is hand-written wiring.

    Args:
        scenario: the operation; what it gives is checked before anything is timed.
        loops: the operation as each contender performs it.
        rounds: how often each is timed.
    """
    with asyncio.Runner() as runner:
        timed = {
            name: _timer(loop, scenario.clock, runner if scenario.asynchronous else None)
            for name, loop in loops.items()
        }
        for name, timer in timed.items():
            _check(scenario, name, timer)
        counts = {name: _calibrated(timer) for name, timer in timed.items()}
        times: dict[str, list[float]] = {name: [] for name in loops}
        for _ in range(rounds):
            gc.collect()
            for name, timer in timed.items():
                times[name].append(timer(counts[name])[0] / counts[name] * 1e9)
    return {
        name: Measured(median(own), median(a / b for a, b in zip(own, times[HAND], strict=True)))
        for name, own in times.items()
    }


Timer = Callable[[int], tuple[float, Any]]


def _timer(loop: Loop, clock: Callable[[], float], runner: asyncio.Runner | None) -> Timer:
    """Return a function that runs a loop so many times and gives the seconds, and what came of it."""

    def run(times: int) -> tuple[float, Any]:
        before = clock()
        result = loop(repeat(None, times))
        return clock() - before, result

    async def timed(times: int) -> tuple[float, Any]:
        before = clock()
        result = await loop(repeat(None, times))
        return clock() - before, result

    return run if runner is None else lambda times: runner.run(timed(times))


def _check(scenario: Scenario, name: str, timer: Timer) -> None:
    try:
        scenario.check(lambda: timer(1)[1])
    except Exception as error:
        error.add_note(f"{name}: {scenario.name}")
        raise


def _calibrated(timer: Timer) -> int:
    """Return how many operations fill a round, when all that is compiled on the way has been compiled."""
    count = 1
    while True:
        seconds = min(timer(count)[0] for _ in range(2))
        if seconds > ROUND / 4:
            return max(1, round(count * ROUND / seconds))
        count *= 4
