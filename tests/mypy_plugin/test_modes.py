"""Every mode of mypy says the same about a project, after every edit.

The cases lie in ``edits/``. The first line of a file says what it is about. Then come sections: ``--- name.py`` is a
module as it is from now on, ``--- name.py removed`` takes it away, and ``--- mypy says`` is what all modes answer.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.mypy_plugin.modes import Project

CASES = sorted(Path(__file__).with_name("edits").glob("*.txt"))
SECTION = re.compile(r"^--- (.+)\n", re.MULTILINE)
ANSWER = "mypy says"
REMOVED = " removed"
SUMMARY = re.compile(r"^(Found \d+ error|Success: ).*\n", re.MULTILINE)


class State(NamedTuple):
    """An edit, and what mypy says after it."""

    files: dict[str, str | None]
    answer: str


def states(text: str) -> Iterator[State]:
    """Read the sections of a case."""
    _, *parts = SECTION.split(text)
    files: dict[str, str | None] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        if name == ANSWER:
            yield State(files, f"{body.strip()}\n".lstrip())
            files = {}
        elif name.endswith(REMOVED):
            files[name.removesuffix(REMOVED)] = None
        else:
            files[name] = f"{body.strip()}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_mode_gives_the_expected_answer(case: Path, project: Project) -> None:
    """After each edit of a case, each mode prints the expected text and nothing else."""
    for number, state in enumerate(states(case.read_text(encoding="utf-8")), start=1):
        project.write(state.files)
        answers = {mode: SUMMARY.sub("", answer.output) for mode, answer in project.answers().items()}
        assert answers == dict.fromkeys(answers, state.answer), f"state {number}"


def test_every_mode_prints_the_same_bytes(project: Project) -> None:
    """Also the summary and the exit status are the same in each mode."""
    project.write({"main.py": "from wireproof import Container, Provider\nContainer(Provider())\n"})
    cold, *others = project.answers().values()
    assert cold.status == 1
    assert others == [cold] * 4


SESSIONS = "from collections.abc import Iterator\nclass Session: ...\ndef session() -> Iterator[Session]:\n    "
YIELDING = {
    "factories.py": f"{SESSIONS}yield Session()\n",
    "main.py": "from factories import session\nfrom wireproof import Container, provide\nContainer(provide(session))\n",
}


def test_the_daemon_alone_cannot_see_that_a_function_no_longer_yields(project: Project) -> None:
    """In another module, under an unchanged signature. The day this fails, the docs need not mention it any more."""
    project.write(YIELDING)
    assert project.daemon() == project.cold()
    project.write({"factories.py": f"{SESSIONS}return iter([Session()])\n"})
    assert "[wire-yield]" in project.cold().output
    assert project.warm(".") == project.parallel() == project.cold()
    assert project.daemon().status == 0
    project.stop()
    assert project.daemon() == project.cold()
