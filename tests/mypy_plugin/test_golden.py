"""Whole outputs of mypy are as recorded (if they are meant to change: ``python -m tests.mypy_plugin.golden``)."""

import json
from pathlib import Path

import pytest

from tests.mypy_plugin import golden
from tests.mypy_plugin.modes import Project
from wireproof.mypy_plugin.codes import INTERNAL, OF_PROBLEM, OPAQUE, UNCHECKED

CODES = {*OF_PROBLEM, OPAQUE.code, UNCHECKED.code} - {INTERNAL.code}


@pytest.fixture(scope="module")
def printed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Return what mypy prints about each program, in each form."""
    return golden.printed(Project(tmp_path_factory.mktemp("golden"), template, golden.CONFIGURATION))


@pytest.mark.parametrize("form", golden.FORMS)
@pytest.mark.parametrize("name", golden.programs())
def test_mypy_prints_what_is_recorded(name: str, form: str, printed: dict[str, dict[str, str]]) -> None:
    """Each byte of it."""
    assert printed[name][form] == golden.sections(golden.FOLDER / f"{name}.txt")[form]


def test_there_is_an_output_for_each_code() -> None:
    """A program is named after its code, or after the code and what is special about it."""
    recorded = {name.replace("_", "-") for name in golden.programs()}
    assert {code for code in CODES if not any(name.startswith(code) for name in recorded)} == set()


@pytest.mark.parametrize("name", golden.programs())
def test_an_error_is_one_object_in_json(name: str) -> None:
    """The notes of a problem are its hint, and the last of them is what to do."""
    lines = golden.sections(golden.FOLDER / f"{name}.txt")["--output=json"].splitlines()
    found = [json.loads(line) for line in lines]
    assert {one["severity"] for one in found} == {"error"}
    assert all(one["code"].startswith("wire-") and one["hint"] for one in found)
