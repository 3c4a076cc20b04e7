"""Mistakes in the wiring: copies of the shop with one change in their source, and what becomes of them.

The demonstration shows some of these, the tests try all. A copy is a package of its own name, so that mypy can
look at many of them in one run, and one process can import them side by side.
"""

import ast
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wireproof import GraphError

SHOP = Path(__file__).resolve().parent
ROOT = SHOP.parent.parent
NOT_COPIED = ("__pycache__", "demo.py", "walkthrough.py", "mistakes.py", "serving.py")


@dataclass(frozen=True, slots=True)
class Mistake:
    """A change of the shop's source text."""

    name: str
    """What the package is called that has the mistake."""

    code: str
    """The error code that it is expected to get."""

    changes: tuple[tuple[str, str, str], ...]
    """Files, and what is replaced in each by what; it must be there exactly once."""

    def copy_shop(self, folder: Path) -> None:
        """Write the shop with this mistake into a folder."""
        package = folder / self.name
        shutil.copytree(SHOP, package, ignore=shutil.ignore_patterns(*NOT_COPIED))
        for file, before, after in self.changes:
            text = (package / file).read_text(encoding="utf-8")
            if text.count(before) != 1:
                message = f"{self.name}: {file} has {text.count(before)} times {before!r}"
                raise ValueError(message)
            (package / file).write_text(text.replace(before, after), encoding="utf-8")


NO_MISTAKE = Mistake("shop_unchanged", "", ())

SHORT_LIVED_SESSION = Mistake(
    "shop_captive_parameter",
    "wire-captive",
    (
        (
            "wiring.py",
            "def mailer(self) -> Iterator[Mailer]:",
            "def mailer(self, session: Session) -> Iterator[Mailer]:",
        ),
    ),
)

LONG_LIVED_REPOSITORY = Mistake(
    "shop_captive_scope",
    "wire-captive",
    (("wiring.py", ".to(SqlOrders)", ".to(SqlOrders, scope=Scope.APP)"),),
)

WRONG_YIELD = Mistake(
    "shop_wrong_yield",
    "wire-yield",
    (
        (
            "database.py",
            "def open_session(engine: Engine) -> Iterator[Session]:",
            "def open_session(engine: Engine) -> Iterator[Engine]:",
        ),
        ("database.py", "yield session", "yield engine"),
    ),
)


def removals() -> list[Mistake]:
    """Return one mistake for each source that provides something: the wiring without it."""
    return [
        *(_removal(f"{provider.name}_{name}", node) for provider in _providers() for name, node in _members(provider)),
        *(_removal(_name(node), node) for node in _arguments() if isinstance(node, ast.Call) and node.args),
    ]


def provider_removals() -> list[Mistake]:
    """Return one mistake for each provider that is left out as a whole."""
    return [_removal(_name(node), node) for node in _arguments() if not (isinstance(node, ast.Call) and node.args)]


def _wiring() -> str:
    return (SHOP / "wiring.py").read_text(encoding="utf-8")


def _providers() -> Iterator[ast.ClassDef]:
    return (node for node in ast.parse(_wiring()).body if isinstance(node, ast.ClassDef))


def _members(provider: ast.ClassDef) -> Iterator[tuple[str, ast.stmt]]:
    for node in provider.body:
        if isinstance(node, ast.Assign):
            yield ast.unparse(node.targets[0]), node
        elif isinstance(node, ast.FunctionDef) and node.decorator_list:
            yield node.name, node


def _arguments() -> list[ast.expr]:
    calls = (node for node in ast.walk(ast.parse(_wiring())) if isinstance(node, ast.Call))
    return next(call.args for call in calls if ast.unparse(call.func) == "Container")


def _name(node: ast.expr) -> str:
    name = re.match(r"(?:bind\()?(\w+)", ast.unparse(node))
    assert name is not None
    return name[1]


def _removal(name: str, node: ast.stmt | ast.expr) -> Mistake:
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    first = min(part.lineno for part in (node, *decorators))
    lines = _wiring().splitlines(keepends=True)[first - 1 : node.end_lineno]
    return Mistake(f"shop_without_{name}", "wire-missing", (("wiring.py", "".join(lines), ""),))


def run_mypy(folder: Path, *packages: str, options: Sequence[str] = ()) -> str:
    """Check packages as this repository is checked, and return what mypy prints."""
    command = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), *options, *packages]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def findings(output: str, package: str) -> list[str]:
    """Return the lines of mypy's output that are about a package, without the place."""
    lines = (re.fullmatch(rf"{package}[\\/]\w+\.py:\d+: (.*)", line) for line in output.splitlines())
    return [line[1] for line in lines if line]


def refusals(folder: Path, package: str) -> list[str]:
    """Build a copy's container, with each kind of mail, and return what it is refused with, in mypy's words."""
    sys.path.insert(0, str(folder))
    try:
        wiring = importlib.import_module(f"{package}.wiring")
    finally:
        sys.path.remove(str(folder))
    reports: dict[str, None] = {}
    for outbox in (None, folder / "outbox.txt"):
        settings = wiring.Settings(folder / "shop.sqlite", "shop@example.com", outbox, 0)
        try:
            wiring.build(settings, wiring.choose_mail(settings)).close()
        except GraphError as refused:
            reports |= dict.fromkeys(_in_mypys_words(refused))
    return list(reports)


def _in_mypys_words(refused: GraphError) -> Iterator[str]:
    for report, code in zip(refused.reports, refused.codes, strict=True):
        yield f"error: {report.headline}  [{code}]"
        yield from (f"note: {note}" for note in report.notes)
