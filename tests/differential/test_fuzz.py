"""mypy with the plugin and the container itself say the same about applications that nobody has thought of.

``make fuzz`` tries many more than the tests do. ``FUZZ_APPLICATIONS`` says how many, and ``FUZZ_FIRST`` the number of
the first one: a failure names the number of its application, by which it comes back.
"""

import os

import pytest

from tests.differential.application import Application
from tests.differential.census import CONSTRUCTS, Census
from tests.differential.drawing import drawn
from tests.differential.program import Files, write
from tests.differential.trial import Outcome
from tests.differential.workshop import Workshop
from wireproof._model.problems import Code

FIRST = int(os.environ.get("FUZZ_FIRST", "1"))
COUNT = int(os.environ.get("FUZZ_APPLICATIONS", "100"))
AT_ONCE = 50
SAMPLE = 400  # what is drawn for a number changes with the program's own constants: rare problems need many
ELSEWHERE = {"wire-unused"}  # it is opt-in


pytestmark = pytest.mark.xdist_group("differential")


@pytest.mark.parametrize("first", range(FIRST, FIRST + COUNT, AT_ONCE))
def test_both_heads_agree(workshop: Workshop, first: int) -> None:
    """Each application has the same problems for mypy as at run time, and so has each question to its container."""
    numbers = range(first, min(first + AT_ONCE, FIRST + COUNT))
    applications = drawn(numbers)
    outcomes = workshop.judge(applications)
    for number, application, outcome in zip(numbers, applications, outcomes, strict=True):
        if outcome.differences:
            smallest = workshop.smallest(application, outcome)
            pytest.fail(explanation(number, smallest, workshop.judge([smallest])[0]))


def test_applications_are_of_all_kinds() -> None:
    """Among some hundreds is every construct, every problem of both heads, and a good share has no problem."""
    census = Census(SAMPLE)
    assert {name for name in CONSTRUCTS if not census.constructs[name]} == set()
    assert {str(code) for code in Code if not census.codes[code]} <= ELSEWHERE
    assert census.faultless > SAMPLE // 8


def explanation(number: int, application: Application, outcome: Outcome) -> str:
    """Return what is to be known about a disagreement."""
    lines = [f"the heads disagree about application {number}; what is left of it:", *_text(write(application, "app"))]
    for difference in outcome.differences:
        lines.append(f"# {difference.part}: mypy says")
        lines += [f"#     {one.headline}  [{one.code}]" for one in sorted(difference.static)]
        lines.append("# and the container")
        lines += [f"#     {one.headline}  [{one.code}]" for one in sorted(difference.running)]
    return "\n".join(lines)


def _text(files: Files) -> list[str]:
    shown = {path: text for path, text in files.items() if path not in {"__init__.py", "stand_ins.py"}}
    return [line for path, text in shown.items() for line in (f"# --- {path}", *text.splitlines()) if line]
