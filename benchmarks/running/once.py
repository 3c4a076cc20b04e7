"""What happens once: building, the first resolution, memory, import. ``python -m benchmarks.running.once``."""

import gc
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from threading import Barrier, Event
from time import perf_counter, process_time
from typing import Any

from benchmarks.machine import describe

ROUNDS = 5
SLOW = 0.005
FEW = 1000


def classes(number: int) -> list[type]:
    """Return so many classes, each of which needs up to two of those before it, the last one many of them."""
    made: list[type] = []
    for index in range(number):
        needs = dict.fromkeys(f"C{one}" for one in (index - 1, index // 2) if 0 <= one < index)
        parameters = ", ".join(f"{need.lower()}: {need}" for need in needs)
        namespace: dict[str, Any] = {cls.__name__: cls for cls in made if cls.__name__ in needs}
        exec(f"class C{index}:\n    def __init__(self, {parameters}) -> None: ...", namespace)  # noqa: S102
        made.append(namespace[f"C{index}"])
    return made


def building(number: int) -> tuple[float, float]:
    """Return the milliseconds of making a container, and of the first resolution of a key that needs all others."""
    from wireproof import Container, provide  # noqa: PLC0415  # timed elsewhere

    registered = classes(number)
    gc.collect()
    start = process_time()
    make: Any = Container
    container: Container[Any, Any] = make(*map(provide, registered))
    built = process_time()
    container.resolve(registered[-1])
    return (built - start) * 1e3, (process_time() - built) * 1e3


def traced(make: Callable[[], Any]) -> float:
    """Return how many bytes stay in use while what is made is kept."""
    gc.collect()
    before = tracemalloc.get_traced_memory()[0]
    kept = make()
    gc.collect()
    size = tracemalloc.get_traced_memory()[0] - before
    del kept
    return size


def memory() -> tuple[float, float]:
    """Return the bytes of a provider in a container, and of an open scope in which nothing has been built."""
    from wireproof import Container, Scope, provide  # noqa: PLC0415  # as above

    registered = classes(1000)
    make: Any = Container
    small: Container[Any, Any] = make(provide(registered[0], scope=Scope.REQUEST))
    small.enter_scope(Scope.REQUEST).close()
    tracemalloc.start()
    provider = traced(lambda: make(*map(provide, registered))) / 1000
    scope = traced(lambda: [small.enter_scope(Scope.REQUEST) for _ in range(1000)]) / 1000
    tracemalloc.stop()
    return provider, scope


def starting() -> str:
    """Return a small program from its first import to the end of its first scope."""
    lines = ["from wireproof import Container, Scope, provide"]
    for index in range(20):
        needs = dict.fromkeys(one for one in (index - 1, index // 2) if 0 <= one < index)
        lines += [
            f"class C{index}:",
            f"    def __init__(self, {', '.join(f'c{one}: C{one}' for one in needs)}) -> None: ...",
        ]
    scopes = ["APP"] * 15 + ["REQUEST"] * 5
    sources = ", ".join(f"provide(C{index}, scope=Scope.{scope})" for index, scope in enumerate(scopes))
    return "\n".join([*lines, f"container = Container({sources})"])


SCOPED = "\nwith container.enter_scope() as request: request.resolve(C19)"


def slowly(cls: type, _: object = None) -> Any:
    """Build something that takes its time, as one that connects to something does."""
    Event().wait(SLOW)
    return cls()


def racing(keys: list[type], threads: int) -> float:
    """Return the milliseconds until so many threads, which begin at once, have the singletons that they ask for."""
    from wireproof import Container, bind  # noqa: PLC0415  # as above

    make: Any = Container
    container = make(*(bind(key).to(partial(slowly, key)) for key in keys))
    barrier = Barrier(threads + 1)

    def ask(number: int) -> object:
        barrier.wait()
        return container.resolve(keys[number % len(keys)])

    with ThreadPoolExecutor(threads) as pool:
        asked = [pool.submit(ask, number) for number in range(threads)]
        barrier.wait()
        start = perf_counter()
        found = {id(one.result()) for one in asked}
        seconds = perf_counter() - start
    if len(found) != len(keys):
        message = f"{len(found)} instances of {len(keys)}"
        raise ValueError(message)
    return seconds * 1e3


def importing(statement: str) -> float:
    """Return the milliseconds that a fresh interpreter takes longer for an import, of modules that are compiled."""
    with TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}

        def run(code: str) -> float:
            before = getrusage(RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], check=True, env=environment)  # our own code
            after = getrusage(RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        run(statement)
        return median(run(statement) - run("pass") for _ in range(2 * ROUNDS)) * 1e3


def main() -> None:
    """Measure and print."""
    print(describe(), "\n")
    building(10)
    for number in (100, 1000, 3000, 10000):
        times = [building(number) for _ in range(ROUNDS if number <= FEW else 1)]
        built, resolved = (median(one) for one in zip(*times, strict=True))
        print(f"{number:6} providers: made in {built:.0f} ms, first resolved in {resolved:.0f} ms")
    provider, scope = memory()
    print(f"memory: {provider:,.0f} bytes per provider, {scope:,.0f} bytes per open scope")
    keys = [type(f"Slow{number}", (), {}) for number in range(8)]
    print(f"8 threads, 8 singletons of {SLOW * 1e3:.0f} ms: {median(racing(keys, 8) for _ in range(ROUNDS)):.1f} ms")
    print(f"32 threads, one of {SLOW * 1e3:.0f} ms: {median(racing(keys[:1], 32) for _ in range(ROUNDS)):.1f} ms")
    for statement in ("import wireproof", "from wireproof import Container"):
        print(f"{statement}: {importing(statement):.0f} ms")
    program = starting()
    print(f"that, and a container of 20 providers: {importing(program):.0f} ms")
    print(f"that, and the first scope: {importing(program + SCOPED):.0f} ms")


main()
