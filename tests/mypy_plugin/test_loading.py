"""What a run of mypy loads for the plugin's sake: little, unless there is something to check."""

import subprocess
import sys

from wireproof._model.problems import Code
from wireproof.mypy_plugin.codes import OF_PROBLEM

LOADED = "import sys, mypy.main, wireproof.mypy_plugin; print(*(name for name in sys.modules if 'wireproof' in name))"


def test_loading_the_plugin_loads_neither_the_library_nor_the_model() -> None:
    """A run in which nothing has changed pays for the entry, the versions, the options and the tables of hooks only."""
    answer = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    entry = [
        f"wireproof.mypy_plugin.{name}"
        for name in ("codes", "config", "guard", "hooks", "later", "names", "unboxing", "versions")
    ]
    assert sorted(answer.stdout.split()) == ["wireproof", "wireproof.mypy_plugin", *entry]


def test_every_problem_has_an_error_code() -> None:
    """The plugin writes the codes of the model out; none but that of the run time alone is forgotten."""
    assert {*OF_PROBLEM, Code.CONTEXT} == set(Code)
