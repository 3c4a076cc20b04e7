"""What random applications contain: how many of them have each construct, and each problem.

``python -m tests.differential.census 400`` prints it.
"""

import re
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.differential import running
from tests.differential.drawing import drawn
from tests.differential.program import Files, write
from tests.differential.trial import place
from tests.differential.verdict import Verdict

CONSTRUCTS = {
    "a dataclass": r"@dataclass",
    "a NamedTuple": r"\(NamedTuple",
    "a constructor __new__": r"def __new__",
    "two classes of one name": r"from \w+\.twins import",
    "overloads": r"@overload",
    "an open generic": r"about: type\[T\]",
    "a generic provider": r"class \w*Provider\d\(.*Generic\[T\]",
    "a generic decorator": r"\.decorate\((Around|make_around|pass_around)",
    "a generic target": r"\.to\((make_\w+impl|\w+Impl(\[|\.make))",
    "a class method": r"@classmethod",
    "a static method": r"@staticmethod",
    "a partial of a partial": r"partial\(partial\(",
    "a partial": r"partial\(\w+[,)]",
    "a partial that is entered": r"partial\(.*enter=True",
    "provide_all": r"provide_all\(",
    "an on_close of its own": r"on_close=close_",
    "what builds nothing": r"\((Enum|TypedDict)\)",
    "a string for a key": r"resolve\(\"",
    "what can be entered twice": r"def __aenter__",
    "autowire": r"autowire\(",
    "an imperative addition": r"container\.add",
    "a question in an override": r"\.override\(.*\n +(await )?\w+\.a?resolve",
    "one of two sources": r"if chosen\(\d\) else (?!None|\[\])",
    "a source or none": r"(\] if chosen\(|else None)",
    "a registration under if": r"\nif chosen\(",
    "an extension": r"\.extend\(",
    "an extension of an extension": r"= wider\.extend\(",
    "an override in an override": r"\.override\(.*\n +(async )?with \w+\.override\(",
    "a scope in an override": r"\.override\(.*\n +(async )?with \w+\.enter_scope\(",
    "a context value of an addition": r"\.(extend|override)\(.*\.from_context\(",
    "a container in a parameter": r"def ask\(held",
    "a container in an attribute": r"holder\.held",
    "the current scope": r"container\.current\(",
    "an Injector": r"= Injector\[",
    "what a scope was given, in a type": r"Has\[Given\[",
    "alternatives in a type": r"Has\[\w+ \|",
    "an injected function": r"\.inject\b",
}
"""For each construct what shows it in the text of a program."""


class Census:
    """Counts of programs."""

    def __init__(self, count: int) -> None:
        """Draw the first applications and run them."""
        applications = enumerate(drawn(range(1, count + 1)), start=1)
        programs = {f"app_{number}": write(one, f"app_{number}") for number, one in applications}
        with TemporaryDirectory() as folder:
            place(Path(folder), programs)
            verdicts = running.verdicts(running.start(Path(folder), programs)).values()
        self.constructs = Counter(name for files in programs.values() for name in constructs(files))
        self.codes = Counter(code for verdict in verdicts for code in codes(verdict))
        self.faultless = sum(not codes(verdict) for verdict in verdicts)


def constructs(files: Files) -> set[str]:
    """Return the names of the constructs in a program."""
    text = "\n".join(files.values())
    return {name for name, pattern in CONSTRUCTS.items() if re.search(pattern, text)}


def codes(verdict: Verdict) -> set[str]:
    """Return the codes of all that is wrong with a program."""
    return {finding.code for findings in verdict.parts.values() for finding in findings}


def main(count: str) -> None:
    """Write the counts to the output."""
    census = Census(int(count))
    for name in CONSTRUCTS:
        print(f"{census.constructs[name]:5} {name}")  # noqa: T201  # that is what it is for
    for code, number in sorted(census.codes.items()):
        print(f"{number:5} {code}")  # noqa: T201
    print(f"{census.faultless:5} without a problem")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
