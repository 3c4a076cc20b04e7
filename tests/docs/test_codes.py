"""Every code is explained, and shown by a case, a whole output and a test; the table that says where is complete."""

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml  # type: ignore[import-untyped]  # used as it comes
from mypy.errorcodes import sub_code_map

from tests.conftest import ROOT
from tests.mypy_plugin.recorded import FORMS, sections
from wireproof._model.problems import Code
from wireproof.mypy_plugin.codes import INTERNAL, OPAQUE, UNCHECKED, WIRE

PAGE = ROOT / "docs" / "codes.md"
LINK = re.compile(r"\[(?P<name>[\w.]+)\]\((?P<path>[\w./]+)\)")
STATIC_ONLY = {OPAQUE.code, UNCHECKED.code}


class Row(NamedTuple):
    """A row of the table."""

    code: str
    explanation: str
    case: str
    output: str
    test: str


def rows() -> list[Row]:
    """Read the table."""
    _, _, section = PAGE.read_text(encoding="utf-8").partition("## Where each code is shown")
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [Row(*(cell.strip(" `") for cell in line.strip("|").split(" | "))) for line in lines]


def target(cell: str) -> tuple[str, Path]:
    """Return what a link is called and the file it leads to."""
    found = LINK.fullmatch(cell)
    assert found, cell
    return found["name"], (PAGE.parent / found["path"]).resolve()


each_row = pytest.mark.parametrize("row", rows(), ids=lambda row: row.code)


def test_the_table_has_every_code_once() -> None:
    """Those of the model, and those that only the plugin has; its own failures are no finding."""
    assert sorted(row.code for row in rows()) == sorted({*Code, OPAQUE.code, UNCHECKED.code})
    assert sub_code_map[WIRE.code] == {row.code for row in rows()} | {INTERNAL.code}


@each_row
def test_the_explanation_has_the_cause_an_example_and_a_cure(row: Row) -> None:
    """It is a section of this page with that name."""
    assert row.explanation == f"{{ref}}`{row.code}"
    _, _, section = PAGE.read_text(encoding="utf-8").partition(f"({row.code})=\n## {row.code}\n")
    section = section.partition("\n## ")[0]
    stem = row.code.replace("-", "_")
    assert section.strip().startswith("**")
    assert all(
        f"snippets/{name}" in section for name in (f"broken/{stem}.py", f"broken/{stem}.txt", f"cured/{stem}.py")
    )


@each_row
def test_the_case_has_the_code(row: Row) -> None:
    """It is there, and mypy reports the code in it."""
    name, path = target(row.case)
    cases = {case["case"]: case for case in yaml.safe_load(path.read_text(encoding="utf-8"))}
    assert f"[{row.code}]" in cases[name]["out"]


@each_row
def test_the_output_is_whole(row: Row) -> None:
    """It has the code in each of mypy's forms; another test compares it with what mypy says today."""
    name, path = target(row.output)
    forms = sections(path)
    assert path.name == name
    assert all(f"[{row.code}]" in forms[form] for form in FORMS if "json" not in form)
    assert f'"code": "{row.code}"' in forms["--output=json"]


@each_row
def test_the_test_at_run_time_exists(row: Row) -> None:
    """It is a function of that name, except for what only a type checker sees."""
    assert row.test.startswith("none") is (row.code in STATIC_ONLY)
    if row.code not in STATIC_ONLY:
        name, path = target(row.test)
        nodes = ast.parse(path.read_text(encoding="utf-8")).body
        assert name in {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
