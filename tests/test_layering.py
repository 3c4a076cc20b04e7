"""Data flows one way: the order of the layers, in every import wherever it stands."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.layering import (
    PACKAGE,
    PLUGIN,
    Module,
    code_execution,
    cycle,
    order_violations,
    outside_violations,
    part_of,
    read_tree,
    unplaced,
)

MakeTree = Callable[[dict[str, str]], dict[str, Module]]


@pytest.fixture(scope="module")
def modules(project_root: Path) -> dict[str, Module]:
    """Return the library and the plugin."""
    source = project_root / "src"
    return {**read_tree(source / "wireproof", PACKAGE), **read_tree(source / "mypy_plugin", PLUGIN)}


@pytest.fixture
def make_tree(tmp_path: Path) -> MakeTree:
    """Return a function that writes files (path to text) and reads them as the package."""

    def make(files: dict[str, str]) -> dict[str, Module]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_tree(tmp_path, PACKAGE)

    return make


def test_both_heads_are_read(modules: dict[str, Module]) -> None:
    """The rules below look at the library and the plugin, and at each of their files once."""
    assert {f"{PACKAGE}.scopes", f"{PACKAGE}._model.graph", PLUGIN} <= set(modules)


def test_every_part_has_a_place(modules: dict[str, Module]) -> None:
    """A new part of the package must be given a layer before anything can be said about it."""
    assert unplaced(modules) == []


def test_imports_follow_the_order(modules: dict[str, Module]) -> None:
    """A layer imports itself and what is below it, the plugin only the model, and nobody the leaves or __init__."""
    assert order_violations(modules) == []


def test_dependencies_stay_where_they_belong(modules: dict[str, Module]) -> None:
    """The model needs the standard library alone, the library typing_extensions too, and only the plugin mypy."""
    assert outside_violations(modules) == []


def test_there_are_no_import_cycles(modules: dict[str, Module]) -> None:
    """No chain of imports leads back to where it began, also not under TYPE_CHECKING or inside functions."""
    assert cycle(modules) == []


def test_code_is_made_only_by_the_emitter(modules: dict[str, Module]) -> None:
    """Text becomes code in one place."""
    assert {part_of(name) for name in code_execution(modules)} <= {"_emit"}


@pytest.mark.parametrize(
    ("path", "line", "reason"),
    [
        ("_model/graph.py", "from wireproof.errors import GraphError", "errors is above _model"),
        ("errors.py", "from wireproof import scopes", "scopes is above errors"),
        ("scopes.py", "from ._plan.plan import Plan", "_plan is above scopes"),
        ("_inspect/hints.py", "from .._runtime import state", "_runtime is above _inspect"),
        ("_runtime/state.py", "def late():\n    import wireproof.container", "container is above _runtime"),
        ("container.py", "from wireproof.integrations import fastapi", "nobody imports integrations"),
        ("container.py", "from wireproof import mypy_plugin", "nobody imports mypy_plugin"),
        ("_emit/steps.py", "from wireproof import Container", "__init__ is for users"),
        ("mypy_plugin/read.py", "from wireproof.scopes import Scope", "the plugin shares only _model with the library"),
    ],
)
def test_an_import_against_the_order_is_found(make_tree: MakeTree, path: str, line: str, reason: str) -> None:
    """The order can be broken by any import, absolute, relative or in a function, and the reason is said."""
    targets = ("_model", "_plan", "_runtime", "integrations", "mypy_plugin")
    rest = {f"{part}/__init__.py": "" for part in targets} | {"_runtime/state.py": "", "scopes.py": "", "errors.py": ""}
    (violation,) = order_violations(make_tree({**rest, path: line}))
    assert violation.endswith(f": {reason}")


def test_imports_along_the_order_are_allowed(make_tree: MakeTree) -> None:
    """What the order allows is not reported."""
    tree = make_tree(
        {
            "__init__.py": "from wireproof.container import Container",
            "container.py": "from wireproof._runtime.state import State\nfrom wireproof.errors import GraphError",
            "_runtime/state.py": "from ._cell import Cell\nfrom .._plan import Plan",
            "integrations/web.py": "from wireproof.container import Container",
            "mypy_plugin/read.py": "from wireproof._model.graph import Graph\nfrom .report import report",
        }
    )
    assert order_violations(tree) == []


@pytest.mark.parametrize(
    "back",
    [
        "from .a import A",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from wireproof._plan import a",
        "def late():\n    import wireproof._plan.a",
    ],
)
def test_a_cycle_is_found(make_tree: MakeTree, back: str) -> None:
    """Two modules that import each other are a cycle, whatever the second import hides behind."""
    tree = make_tree({"_plan/a.py": "from wireproof._plan.b import B", "_plan/b.py": back})
    assert set(cycle(tree)) == {f"{PACKAGE}._plan.a", f"{PACKAGE}._plan.b"}


def test_a_part_without_a_place_is_found(make_tree: MakeTree) -> None:
    """A part that no layer names is reported by its name."""
    assert unplaced(make_tree({"helpers.py": "", "scopes.py": "", "mypy_plugin/__init__.py": ""})) == ["helpers"]


def test_a_foreign_dependency_is_found(make_tree: MakeTree) -> None:
    """The model may not use what the library may, and the library not what the plugin may."""
    tree = make_tree(
        {
            "_model/keys.py": "import typing_extensions, re",
            "scopes.py": "from typing_extensions import Self\nfrom mypy.types import Type",
            "mypy_plugin/read.py": "from mypy.types import Type",
            "integrations/web.py": "import fastapi",
        }
    )
    assert outside_violations(tree) == ["wireproof._model.keys -> typing_extensions", "wireproof.scopes -> mypy"]


@pytest.mark.parametrize("call", ["exec('x')", "builtins.eval('x')", "compile('x', 'f', 'eval')"])
def test_making_code_elsewhere_is_found(make_tree: MakeTree, call: str) -> None:
    """A call of a builtin that runs text is found, a method of the same name is not meant."""
    assert code_execution(make_tree({"_plan/a.py": call, "_plan/b.py": "re.compile('x')"})) == ["wireproof._plan.a"]
