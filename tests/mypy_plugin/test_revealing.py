"""`reveal_graph` prints the same tree when mypy looks at it and when it runs."""

import re
import sys
from types import ModuleType
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # used as it comes

from tests.conftest import ROOT

NOTE = re.compile(r"main:\d+: note: (.*)")
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "typesafety" / "test_reveal.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES[:2], ids=lambda case: case["case"])
def test_both_print_the_same(
    case: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every line, in order."""
    module = ModuleType("main")
    monkeypatch.setitem(sys.modules, "main", module)
    exec(compile(case["main"], "main", "exec"), vars(module))  # noqa: S102  # our own programs
    assert capsys.readouterr().err.splitlines() == NOTE.findall(case["out"])
