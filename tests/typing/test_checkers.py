"""What type checkers see of the library: the programs in typesafety/, read by each of them."""

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

import pytest

from tests.conftest import ROOT
from tests.typing.checkers import CHECKERS, check, expected, marks

PROGRAMS = sorted((ROOT / "typesafety").glob("typing_*.py"))
Findings = dict[str, dict[int, str]]

each_program = pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem.removeprefix("typing_"))
# One process runs a checker, once for all programs.
each_checker = pytest.mark.parametrize(
    "checker", [pytest.param(name, marks=pytest.mark.xdist_group(f"typing with {name}")) for name in CHECKERS]
)


@pytest.fixture(scope="session")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Findings]:
    """Return a function that returns what a checker says about all programs."""

    @cache
    def run(name: str) -> Findings:
        return check(name, PROGRAMS, tmp_path_factory.mktemp(name))

    def run_if_installed(name: str) -> Findings:
        if find_spec(CHECKERS[name].module) is None:
            pytest.skip(f"{CHECKERS[name].module} is not installed")
        return run(name)

    return run_if_installed


@each_checker
@each_program
def test_exactly_the_marked_lines_are_refused(program: Path, checker: str, findings: Callable[[str], Findings]) -> None:
    """All asserted types are as asserted, and a checker refuses what it should and nothing else."""
    found = findings(checker).get(program.name, {})
    wanted = expected(program.read_text(encoding="utf-8"), checker)
    assert {line: text for line, text in found.items() if line not in wanted} == {}
    assert sorted(wanted - found.keys()) == []


@each_checker
def test_only_the_programs_are_judged(checker: str, findings: Callable[[str], Findings]) -> None:
    """No checker finds anything in the library itself."""
    assert findings(checker).keys() == {program.name for program in PROGRAMS}


@each_program
def test_each_program_has_something_for_everyone_to_refuse(program: Path) -> None:
    """A program that a checker did not read cannot go unnoticed."""
    assert {"refused"} in marks(program.read_text(encoding="utf-8")).values()


@each_program
def test_what_is_said_to_checkers_can_be_evaluated(program: Path) -> None:
    """Annotations, bases, aliases and registrations at module level are no errors at run time."""
    assert run_path(str(program))["__doc__"]


def test_marks_are_read() -> None:
    """A mark stands behind the code or on a line before it, and there may be several."""
    source = "# ty: why\n# about it\nf()  # refused  # mypy: why\n\ng()  # refusing\n# pyright: why\nh('# refused')"
    assert marks(source) == {3: {"ty", "refused", "mypy"}, 7: {"pyright"}}
    assert expected(source, "ty") == set()
    assert expected(source, "pyrefly") == {3}
    assert expected(source, "pyright") == {3, 7}
