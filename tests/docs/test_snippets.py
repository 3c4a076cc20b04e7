"""The programs shown in the documentation do what the text around them says."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from docs.record import BROKEN, findings, programs

SNIPPETS = BROKEN.parent
WORKING = sorted(path for path in SNIPPETS.rglob("*.py") if path.parent != BROKEN)
# What only a type checker reports: at run time these programs work.
STATIC_ONLY = {"wire_opaque", "wire_unchecked", "wire_unused"}


def run(program: Path) -> subprocess.CompletedProcess[str]:
    """Run a program by itself, with warnings as errors."""
    command = [sys.executable, "-W", "error", program.name]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=program.parent, env=environment, capture_output=True, text=True, check=False)


@cache
def mypy_says() -> dict[str, str]:
    """Return mypy's findings; checking all programs at once takes no longer than checking one."""
    return findings()


def headlines(finding: str) -> list[tuple[str, str]]:
    """Return text and code of each wiring error in mypy's output."""
    return re.findall(r"error: (.*?)  \[(wire-[a-z]+)\]", finding)


def broken(*, static_only: bool) -> list[str]:
    """Return the names of the programs with a mistake, by whether they fail when run."""
    return [program.stem for program in programs() if (program.stem in STATIC_ONLY) is static_only]


@pytest.mark.parametrize("program", WORKING, ids=lambda path: path.relative_to(SNIPPETS).as_posix())
def test_a_working_snippet_runs(program: Path) -> None:
    """A program that the text presents as working runs, and prints what the page shows."""
    completed = run(program)
    for printed, suffix in ((completed.stderr, ".err"), (completed.stdout, ".out")):
        expected = program.with_suffix(suffix)
        assert printed == (expected.read_text(encoding="utf-8") if expected.exists() else "")


@pytest.mark.xdist_group("broken snippets")
@pytest.mark.parametrize("name", [program.stem for program in programs()])
def test_mypy_says_what_the_page_shows(name: str) -> None:
    """The error on the page is the one that mypy prints today (if it is meant to change: python docs/record.py)."""
    assert (BROKEN / name).with_suffix(".txt").read_text(encoding="utf-8") == mypy_says()[name]


@pytest.mark.parametrize("name", [program.stem for program in programs() if program.stem.startswith("wire_")])
def test_a_broken_snippet_shows_its_code(name: str) -> None:
    """A program shown for a code has exactly one error, with that code."""
    shown = (BROKEN / name).with_suffix(".txt").read_text(encoding="utf-8")
    assert [code for _, code in headlines(shown)] == [name.replace("_", "-")]
    assert shown.count(": error:") == 1


@pytest.mark.parametrize("name", broken(static_only=False))
def test_the_run_time_says_the_same(name: str) -> None:
    """What mypy finds is found when the program runs, in the same words."""
    shown = (BROKEN / name).with_suffix(".txt").read_text(encoding="utf-8")
    stderr = run((BROKEN / name).with_suffix(".py")).stderr
    for text, code in headlines(shown):
        assert text in stderr
        assert f"[{code}]" in stderr


@pytest.mark.parametrize("name", broken(static_only=True))
def test_what_only_a_checker_sees_runs(name: str) -> None:
    """A program in which a checker must trust somebody is no failure at run time."""
    assert run((BROKEN / name).with_suffix(".py")).stderr == ""


def test_each_code_has_an_example_and_a_cure() -> None:
    """For every program with a mistake there is one without it."""
    cured = {path.stem for path in (SNIPPETS / "cured").glob("*.py")}
    assert cured == {program.stem for program in programs() if program.stem.startswith("wire_")}


def test_each_code_has_a_section(project_root: Path) -> None:
    """The page of codes has a section for every code that there is an example for."""
    sections = re.findall(
        r"^## (wire-[a-z]+)$", (project_root / "docs/codes.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(sections) == sorted(path.stem.replace("_", "-") for path in (SNIPPETS / "cured").glob("*.py"))
