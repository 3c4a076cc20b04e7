"""What the plugin costs: ``python -m benchmarks.checking [--sizes 500 2000 8000] [--rounds 5]``."""

import argparse
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.checking.runs import Bench, Cost, Sample
from benchmarks.machine import describe

BARS = {
    "cold": 1.10,
    "warm, nothing edited": 1.05,
    "warm, one handler edited": 1.15,
    "warm, one constructor edited": 1.15,
}
MOST_MEMORY = 1.15
HEADER = """\
| N | run | without (s) | with (s) | ratio | bar | wall ratio | without (MB) | with (MB) | ratio | bar |
|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def main() -> None:
    """Measure and print a table; seconds are of processor time, ratios are medians of those of each round."""
    parser = argparse.ArgumentParser(description="Measure what the plugin adds to runs of mypy.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2000, 8000], metavar="N")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print(f"{describe()}; medians of {arguments.rounds} rounds", HEADER, sep="\n\n", flush=True)
    for size in arguments.sizes:
        for mode, samples in measure(size, arguments.rounds).items():
            print(row(size, mode, samples), flush=True)


def measure(size: int, rounds: int) -> dict[str, list[Sample]]:
    """Return the samples of each mode for an application of one size."""
    samples: dict[str, list[Sample]] = {}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), size)
        for number in range(rounds):
            for sample in bench.round(number):
                samples.setdefault(sample.mode, []).append(sample)
    return samples


def row(size: int, mode: str, samples: list[Sample]) -> str:
    """Return one row of the table."""
    seconds, walls, memory = (middle(samples, position) for position in range(len(Cost._fields)))
    bar = f"{BARS[mode]:.2f}" if mode in BARS else ""
    times = f"{seconds.without:.2f} | {seconds.with_plugin:.2f} | {seconds.ratio:.3f} | {bar} | {walls.ratio:.3f}"
    megabytes = f"{memory.without:.0f} | {memory.with_plugin:.0f} | {memory.ratio:.3f} | {MOST_MEMORY}"
    return f"| {size:,} | {mode} | {times} | {megabytes} |"


class Middle(NamedTuple):
    """Medians of one quantity over all rounds."""

    without: float
    with_plugin: float
    ratio: float


def middle(samples: list[Sample], position: int) -> Middle:
    """Return the medians of the quantity that stands at a position of `Cost`."""
    without = [sample.without[position] for sample in samples]
    with_plugin = [sample.with_plugin[position] for sample in samples]
    ratios = [more / less for less, more in zip(without, with_plugin, strict=True)]
    return Middle(median(without), median(with_plugin), median(ratios))


if __name__ == "__main__":
    main()
