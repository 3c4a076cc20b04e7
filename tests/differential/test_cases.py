"""What the heads have disagreed about before: small programs, each with a line on what was wrong.

Each says what is right: the parts of the program in which there is a problem, with its code, and no others.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.differential.trial import Outcome, try_all
from tests.differential.verdict import Verdict
from tests.differential.workshop import Workshop

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


class Case(NamedTuple):
    """A program and what both heads say about it."""

    program: str
    codes: list[str]


def read(path: Path) -> Case:
    """Read the file of a case."""
    _, _, rest = path.read_text(encoding="utf-8").partition("--- both say\n")
    codes, _, program = rest.partition("--- program\n")
    return Case(program, codes.splitlines())


def codes_of(verdict: Verdict) -> list[str]:
    """Return a verdict as cases state it."""
    return sorted(f"{part}: {finding.code}" for part, findings in verdict.parts.items() for finding in findings)


@pytest.fixture(scope="session")
def outcomes(workshop: Workshop) -> dict[str, Outcome]:
    """Return what both heads say about all the programs."""
    return try_all(workshop.folder, {f"{path.stem}.py": {"": read(path).program} for path in CASES})


@pytest.mark.xdist_group("differential")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_both_heads_say_what_is_right(outcomes: dict[str, Outcome], path: Path) -> None:
    """The heads agree, and about what the case says."""
    outcome = outcomes[f"{path.stem}.py"]
    assert not outcome.differences
    assert codes_of(outcome.static) == sorted(read(path).codes)
