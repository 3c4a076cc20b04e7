"""What the run time costs: ``python -m benchmarks.running [--rounds N] [--scenario TEXT] [--only NAME]``."""

import argparse
import importlib
import sys
from collections.abc import Iterable
from importlib.metadata import version

from benchmarks.machine import describe
from benchmarks.running.harness import HAND, Loop, Measured, Scenario, measure
from benchmarks.running.scenarios import ALL

AMBIENT = "hand-written, ambient"
CONTENDERS = {
    HAND: "hand",
    AMBIENT: "ambient",
    "wireproof": "wireproof",
    "diwire": "diwire",
    "dishka": "dishka",
    "wireup": "wireup",
    "rodi": "rodi",
    "that-depends": "that_depends",
    "dependency-injector": "dependency_injector",
}


def loops(scenario: Scenario, names: Iterable[str]) -> dict[str, Loop]:
    """Return the operation of a scenario as each contender performs it, for those that can."""
    modules = {name: importlib.import_module(f"benchmarks.running.contenders.{CONTENDERS[name]}") for name in names}
    return {name: module.LOOPS[scenario.name]() for name, module in modules.items() if scenario.name in module.LOOPS}


def machine() -> str:
    """Say what was measured on what, and when."""
    distributions = [name for name in CONTENDERS if name not in {HAND, AMBIENT}]
    return f"{describe()}; {', '.join(f'{name} {version(name)}' for name in distributions)}"


def row(scenario: Scenario, measured: dict[str, Measured], names: Iterable[str]) -> str:
    """Return a line of the table."""
    own = measured[HAND]
    cells = [scenario.name, f"{own.nanoseconds:,.0f} ns", f"{scenario.bar:g}"]
    cells += [f"{measured[name].ratio:.2f}" if name in measured else "-" for name in names if name != HAND]
    return f"| {' | '.join(cells)} |"


def main(arguments: list[str]) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks.running", description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--scenario", default="", help="part of the name of the scenarios to measure")
    parser.add_argument("--only", default="", help="a contender to measure alone, with hand-written wiring")
    options = parser.parse_args(arguments)
    names = [name for name in CONTENDERS if not options.only or name in {HAND, AMBIENT, options.only}]
    print(machine(), "\n")
    others = [name for name in names if name != HAND]
    print(f"| {' | '.join(['scenario', HAND, 'bar', *others])} |")
    print(f"|---|{'--:|' * (len(others) + 2)}")
    for scenario in ALL:
        if options.scenario in scenario.name:
            measured = measure(scenario, loops(scenario, names), options.rounds)
            print(row(scenario, measured, names), flush=True)


main(sys.argv[1:])
