"""mypy and the container say the same about the same wiring, in the same words.

The programs are those of ``typesafety/test_codes.yml`` in which a container is refused, and those of
``typesafety/test_context.yml`` and ``test_extending.yml`` in which what is asked of one is.
"""

import ast
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # used as it comes

from tests.conftest import ROOT
from wireproof import ContextValueError, GraphError, ResolutionError

LINE = re.compile(r"main:\d+: (error|note): (.*)")


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of a file."""
    return yaml.safe_load((ROOT / "typesafety" / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


# What only mypy looks at, and what is no problem of a graph.
NOT_AT_RUN_TIME = ("target", "opaque", "unchecked", "unused", "ignored", "parent", "when_entering")
SAME = [
    *(case for case in cases("test_codes.yml") if not any(part in case["case"] for part in NOT_AT_RUN_TIME)),
    *(case for case in cases("test_context.yml") if case["case"].startswith("a_value_")),
    *(case for case in cases("test_extending.yml") if case["case"].endswith(("takes_precedence", "for_a_while"))),
]


def said_by_mypy(case: dict[str, Any]) -> list[str]:
    """Return the texts of a case without their places."""
    return [match[2] for match in map(LINE.fullmatch, case["out"].splitlines()) if match]


def said_by_containers(source: str) -> Iterator[str]:
    """Run a program statement by statement, and yield what its containers say."""
    module = ModuleType("main")
    sys.modules["main"] = module
    for statement in ast.parse(source).body:
        try:
            exec(compile(ast.Module([statement], []), "main", "exec"), vars(module))  # noqa: S102  # our own programs
        except GraphError as error:
            for problem, report in zip(error.problems, error.reports, strict=True):
                yield f"{report.headline}  [{problem.code}]"
                yield from report.notes
        except (ResolutionError, ContextValueError) as error:
            yield f"{error.report.headline}  [{error.problem.code}]"
            yield from error.report.notes


@pytest.mark.parametrize("case", SAME, ids=lambda case: case["case"])
def test_both_say_the_same(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every problem, in order, with its code, path and fix."""
    monkeypatch.setitem(sys.modules, "main", ModuleType("main"))
    assert list(said_by_containers(case["main"])) == said_by_mypy(case)


def test_both_name_the_method_for_what_is_added() -> None:
    """What mypy says about a target given to the wrong ``add`` method, the container says when it is called."""
    cases = yaml.safe_load((ROOT / "typesafety" / "test_imperative.yml").read_text(encoding="utf-8"))
    (case,) = (case for case in cases if case["case"] == "the_kind_is_checked")
    refused: list[str] = []
    names: dict[str, Any] = {"__name__": "main"}
    for statement in ast.parse(case["main"]).body:
        try:
            exec(compile(ast.Module([statement], []), "main", "exec"), names)  # noqa: S102  # our own program
        except TypeError as error:
            refused.append(str(error))
    said = [text.rpartition("  [")[0] for text in said_by_mypy(case)]
    assert refused[:3] == said[:3]
    assert [text.rpartition("): ")[2] for text in refused] == [text.rpartition("): ")[2] for text in said]
