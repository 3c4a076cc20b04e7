"""Whole outputs of mypy are as recorded (if they are meant to change: ``python -m tests.mypy_plugin.recorded``)."""

import json
from pathlib import Path

import pytest

from tests.mypy_plugin import recorded
from tests.mypy_plugin.modes import Project
from wireproof.mypy_plugin.codes import INTERNAL, OF_PROBLEM, OPAQUE, UNCHECKED

CODES = {*OF_PROBLEM, OPAQUE.code, UNCHECKED.code} - {INTERNAL.code}


@pytest.fixture(scope="module")
def printed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Return what mypy prints about each program, in each form."""
    return recorded.printed(Project(tmp_path_factory.mktemp("golden"), template, recorded.CONFIGURATION))


@pytest.mark.parametrize("form", recorded.FORMS)
@pytest.mark.parametrize("name", recorded.programs())
def test_mypy_prints_what_is_recorded(name: str, form: str, printed: dict[str, dict[str, str]]) -> None:
    """Each byte of it."""
    assert printed[name][form] == recorded.sections(recorded.FOLDER / f"{name}.txt")[form]


def test_there_is_an_output_for_each_code() -> None:
    """A program is named after its code, or after the code and what is special about it."""
    names = {name.replace("_", "-") for name in recorded.programs()}
    assert {code for code in CODES if not any(name.startswith(code) for name in names)} == set()


@pytest.mark.parametrize("name", recorded.programs())
def test_notes_are_no_objects_of_their_own_in_json(name: str) -> None:
    """They are the hint of their error."""
    lines = recorded.sections(recorded.FOLDER / f"{name}.txt")["--output=json"].splitlines()
    assert {json.loads(line)["severity"] for line in lines} == {"error"}
