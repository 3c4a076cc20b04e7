"""What building a container costs, which runs the checks again: ``python -m benchmarks.checking.construction``."""

import time
from typing import Any

from benchmarks.machine import describe
from wireproof import Container, provide

SIZES = (1_000, 10_000)
BACK = (1, 7, 31)
"""How far back the services lie that a service needs; every fourth needs none."""


def services(count: int) -> list[type[Any]]:
    """Return classes that need others."""
    made: dict[str, Any] = {}
    for number in range(count):
        needs = [f"Service{number - back}" for back in BACK if number >= back and number % 4]
        parameters = "".join(f", {name.lower()}: {name}" for name in needs)
        exec(f"class Service{number}:\n    def __init__(self{parameters}) -> None: ...", made)  # noqa: S102  # made here
    return [made[f"Service{number}"] for number in range(count)]


def main() -> None:
    """Measure and print; seconds are of processor time."""
    print(describe())
    for size in SIZES:
        sources = [provide(service) for service in services(size)]
        start = time.process_time()
        Container(*sources)
        seconds = time.process_time() - start
        print(f"{size:,} providers: {seconds:.2f} s, {seconds / size * 1e6:.0f} µs each")


if __name__ == "__main__":
    main()
