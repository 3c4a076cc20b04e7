"""A reader of imports and the rules about them, apart from the tests so that they can be tried on made-up trees."""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

PACKAGE = "wireproof"
PLUGIN = f"{PACKAGE}.mypy_plugin"

# From the innermost layer outwards: a part imports only its own layer and the ones before it.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"_model"}),
    frozenset({"_typing"}),
    frozenset({"errors"}),
    frozenset({"lifetimes", "scopes", "sources", "_inspect"}),
    frozenset({"options", "binder", "bundles", "factories", "marks"}),
    frozenset({"_collect"}),
    frozenset({"_plan"}),
    frozenset({"_emit"}),
    frozenset({"_runtime"}),
    frozenset({"calling", "closing", "imperative", "graph", "injection", "wrappers"}),
    frozenset({"container"}),
    frozenset({"injector", "reveal"}),
    frozenset({"_exports"}),
)
# Outermost, and imported by nobody.
LEAVES = frozenset({"integrations", "plot", "cli", "testing"})
# What may be imported besides the standard library; elsewhere only typing_extensions.
OUTSIDE = {"_model": frozenset[str](), "integrations": None, "plot": None, "mypy_plugin": frozenset({"mypy"})}

STANDARD = sys.stdlib_module_names | {"annotationlib"}
"""Modules of the standard library, also those that only newer versions of Python have."""


class Import(NamedTuple):
    """One import of a module, wherever in a file it stands."""

    importer: str
    target: str


@dataclass(frozen=True)
class Module:
    """A parsed file and the name it is imported by."""

    name: str
    tree: ast.Module
    is_package: bool

    @property
    def part(self) -> str:
        """Return the first name below the package, empty for the package itself."""
        return part_of(self.name)


def part_of(name: str) -> str:
    """Return the first name below the package: ``_model`` for ``wireproof._model.graph``."""
    return name.split(".")[1] if "." in name else ""


def read_tree(folder: Path, name: str) -> dict[str, Module]:
    """Parse every file below ``folder``, which is imported as ``name``; links to other folders are not followed."""
    modules: dict[str, Module] = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        if (folder / parts[0]).is_symlink():
            continue
        is_package = parts[-1] == "__init__"
        dotted = ".".join((name, *(parts[:-1] if is_package else parts)))
        modules[dotted] = Module(dotted, ast.parse(path.read_text(encoding="utf-8")), is_package)
    return modules


def absolute(module: Module, node: ast.ImportFrom) -> str:
    """Return the full name of the module after ``from``."""
    if not node.level:
        return node.module or ""
    parts = module.name.split(".")
    base = parts[: len(parts) - node.level + module.is_package]
    return ".".join([*base, *([node.module] if node.module else [])])


def imports_of(module: Module, modules: Mapping[str, Module]) -> Iterator[Import]:
    """Yield all imports of a file, at its top, in functions and under ``TYPE_CHECKING`` alike."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (Import(module.name, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(module, node)
            for alias in node.names:
                submodule = f"{source}.{alias.name}"
                yield Import(module.name, submodule if submodule in modules else source)


def all_imports(modules: Mapping[str, Module]) -> list[Import]:
    """Return the imports of all files."""
    return [found for module in modules.values() for found in imports_of(module, modules)]


def is_inside(name: str) -> bool:
    """Return whether a module belongs to the package."""
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


def layer_of(part: str) -> int | None:
    """Return the number of a part's layer, None if it is in no list."""
    if part in LEAVES:
        return len(LAYERS)
    return next((number for number, layer in enumerate(LAYERS) if part in layer), None)


def unplaced(modules: Mapping[str, Module]) -> list[str]:
    """Return the parts that have no place in the order."""
    parts = {module.part for module in modules.values()} - {"", "mypy_plugin"}
    return sorted(part for part in parts if layer_of(part) is None)


def forbidden(found: Import) -> str | None:
    """Return why an import inside the package is not allowed, None if it is."""
    importer, target = part_of(found.importer), part_of(found.target)
    if found.target == PACKAGE:
        return "__init__ is for users"
    if not importer or importer == target:
        return None
    if importer == "mypy_plugin":
        return None if target == "_model" else "the plugin shares only _model with the library"
    if target in LEAVES or target == "mypy_plugin":
        return f"nobody imports {target}"
    order = (layer_of(importer), layer_of(target))
    if order[0] is not None and order[1] is not None and order[0] < order[1]:
        return f"{target} is above {importer}"
    return None


def order_violations(modules: Mapping[str, Module]) -> list[str]:
    """Return the imports that go against the order, with the reason."""
    inside = [found for found in all_imports(modules) if is_inside(found.target)]
    reasons = {found: forbidden(found) for found in inside}
    return sorted({f"{found.importer} -> {found.target}: {reason}" for found, reason in reasons.items() if reason})


def outside_violations(modules: Mapping[str, Module]) -> list[str]:
    """Return the imports of other distributions that a part must do without."""
    violations: set[str] = set()
    for found in all_imports(modules):
        top = found.target.partition(".")[0]
        allowed = OUTSIDE.get(part_of(found.importer), frozenset({"typing_extensions"}))
        if allowed is not None and not is_inside(top) and top not in STANDARD | allowed:
            violations.add(f"{found.importer} -> {top}")
    return sorted(violations)


def cycle(modules: Mapping[str, Module]) -> list[str]:
    """Return the modules of one import cycle in order, an empty list if there is none."""
    edges: dict[str, set[str]] = {name: set() for name in modules}
    for found in all_imports(modules):
        if found.target in modules:
            edges[found.importer].add(found.target)
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def is_code_execution(node: ast.AST) -> bool:
    """Return whether an expression calls the builtin ``exec``, ``eval`` or ``compile``."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "builtins":
        return called.attr in {"exec", "eval", "compile"}
    return isinstance(called, ast.Name) and called.id in {"exec", "eval", "compile"}


def code_execution(modules: Mapping[str, Module]) -> list[str]:
    """Return the modules that turn text into code."""
    return [name for name, module in modules.items() if any(map(is_code_execution, ast.walk(module.tree)))]
