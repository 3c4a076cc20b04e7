"""What can be a target: mypy and the container see the same in it.

The cases lie in ``targets/``: small programs, each after a line ``--- its_name``. ``elsewhere`` is a module that others
import; mypy sees it from its cache as well. A program with something wrong says so at the line to change, in a comment
with the code and the beginning of the message.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from tests.mypy_plugin.modes import CONFIGURATION, Project
from wireproof import GraphError
from wireproof.errors import ResolutionError

SECTION = re.compile(r"^--- (\w+)\n", re.MULTILINE)
SAID = re.compile(r"^(\w+)\.py:(\d+):\d+(?::\d+:\d+)?: (error|note): (.*)$", re.MULTILINE)
EXPECTED = re.compile(r"# (wire-\w+): (.*)$")
FOLDER = Path(__file__).with_name("targets")
PRELUDE = (FOLDER / "prelude.txt").read_text(encoding="utf-8")


def programs(path: Path) -> dict[str, str]:
    """Read the programs in a file, by name."""
    _, *parts = SECTION.split(path.read_text(encoding="utf-8"))
    return {name: f"{PRELUDE}{body}" for name, body in zip(parts[::2], parts[1::2], strict=True)}


CASES = {name: body for path in sorted(FOLDER.glob("*.txt")) for name, body in programs(path).items()}


def expected(source: str) -> list[tuple[int, str, str]]:
    """Return the line, the code and the beginning of the message of all that is to be said about a program."""
    lines = enumerate(source.splitlines(), start=1)
    return [(number, code, text) for number, line in lines for code, text in EXPECTED.findall(line)]


class Problem(NamedTuple):
    """What is said about one problem."""

    line: int
    headline: str
    code: str
    notes: list[str]

    def raised(self) -> list[str]:
        """Return what the library says about it; what can never be provided is refused by the call that is given it."""
        if self.code == "wire-target":
            return ["; ".join([self.headline.rpartition("): ")[2], self.notes[-1]])]
        return [f"{self.headline}  [{self.code}]", *self.notes]


def said_by_mypy(output: str) -> dict[str, list[Problem]]:
    """Sort what mypy has printed by module."""
    found: dict[str, list[Problem]] = {name: [] for name in CASES}
    for name, line, severity, text in SAID.findall(output):
        if severity == "error":
            headline, _, code = text.rpartition("  ")
            found[name].append(Problem(int(line), headline, code.strip("[]"), []))
        else:
            found[name][-1].notes.append(text)
    return found


@pytest.fixture(scope="module")
def project(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project in which each program is a module."""
    made = Project(tmp_path_factory.mktemp("targets"), template)
    made.write({f"{name}.py": body for name, body in CASES.items()})
    yield made
    made.stop()


@pytest.fixture(scope="module")
def cold(project: Project) -> dict[str, list[Problem]]:
    """Return what mypy says without a cache."""
    return said_by_mypy(project.warm(".").output)


@pytest.fixture(scope="module")
def warm(project: Project, cold: dict[str, list[Problem]]) -> dict[str, list[Problem]]:
    """Return what mypy says when it has what the programs import from its cache."""
    assert cold
    project.write({f"{name}.py": f"{body}\nagain = True\n" for name, body in CASES.items() if name != "elsewhere"})
    return said_by_mypy(project.warm(".").output)


def said_by_containers(name: str) -> Iterator[str]:
    """Run a program statement by statement, and yield what the library says."""
    module = ModuleType(name)
    sys.modules[name] = module
    for statement in ast.parse(CASES[name]).body:
        try:
            exec(compile(ast.Module([statement], []), name, "exec"), vars(module))  # noqa: S102  # our own programs
        except GraphError as error:
            for problem, report in zip(error.problems, error.reports, strict=True):
                yield f"{report.headline}  [{problem.code}]"
                yield from report.notes
        except ResolutionError as error:
            yield f"{error.report.headline}  [{error.problem.code}]"
            yield from error.report.notes
        except TypeError as error:
            yield str(error).partition(": ")[2].removesuffix("  [wire-target]")


@pytest.mark.parametrize("name", CASES)
def test_mypy_says_what_is_expected(name: str, cold: dict[str, list[Problem]]) -> None:
    """At the line that is to be changed, and nothing else."""
    problems = [(problem.line, problem.code) for problem in cold[name]]
    wanted = expected(CASES[name])
    assert problems == [(line, code) for line, code, _ in wanted], cold[name]
    for problem, (_, _, beginning) in zip(cold[name], wanted, strict=True):
        assert problem.headline.startswith(beginning)


@pytest.mark.parametrize("name", CASES)
def test_the_cache_makes_no_difference(
    name: str, cold: dict[str, list[Problem]], warm: dict[str, list[Problem]]
) -> None:
    """Also for what is imported from a module of which mypy has no bodies."""
    assert warm[name] == cold[name]


def test_pydantic_s_own_plugin_makes_no_difference(
    cold: dict[str, list[Problem]], template: Path, tmp_path: Path
) -> None:
    """It lets the constructors of models take anything, but the container reads the types of their fields."""
    models = {name: body for name, body in CASES.items() if name.startswith("pydantic")}
    both = CONFIGURATION.replace("wireproof.mypy_plugin", "pydantic.mypy, wireproof.mypy_plugin")
    made = Project(tmp_path, template, both)
    made.write({f"{name}.py": body for name, body in models.items()})
    said = said_by_mypy(made.warm(".").output)
    assert {name: said[name] for name in models} == {name: cold[name] for name in models}


@pytest.mark.parametrize("name", [name for name in CASES if name != "elsewhere"])
def test_the_container_says_the_same(
    name: str, cold: dict[str, list[Problem]], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word."""
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(sys, "path", [str(project.folder), *sys.path])
    said = [text for problem in cold[name] for text in problem.raised()]
    assert list(said_by_containers(name)) == said
