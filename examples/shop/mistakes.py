"""Mistakes in the wiring: copies of the shop with one change in their source, and what becomes of them.

The demonstration shows some of these, the tests try all. A copy is a package of its own name, so that mypy can
look at many of them in one run, and one process can import them side by side.
"""

import ast
import difflib
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
NOT_COPIED = ("__pycache__", "README.md", "demo.py", "walkthrough.py", "mistakes.py", "serving.py")


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

    def diff(self) -> Iterator[str]:
        """Yield the changed lines, without and with the mistake."""
        for file, before, after in self.changes:
            text = (SHOP / file).read_text(encoding="utf-8")
            changes = difflib.unified_diff(
                text.splitlines(), text.replace(before, after).splitlines(), n=0, lineterm=""
            )
            yield from (line for line in changes if not line.startswith(("---", "+++", "@@")))


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

JOB_WITH_REQUEST = Mistake(
    "shop_captive_request",
    "wire-captive",
    (("services.py", "mailer: Mailer, settings: Settings)", "mailer: Mailer, settings: Settings, audit: Audit)"),),
)

WRONG_YIELD = Mistake(
    "shop_wrong_yield",
    "wire-yield",
    (
        ("database.py", "(engine: Engine) -> Iterator[Session]:", "(engine: Engine) -> Iterator[Engine]:"),
        ("database.py", "yield session", "yield engine"),
    ),
)


def removed_sources() -> list[Mistake]:
    """Return one mistake for each source that nothing else makes up for: the wiring without it."""
    return [
        *(mistake for mistake in _removed_members("wiring.py") if not _is_contribution(mistake)),
        *(_removed_argument(node) for node in _arguments() if not _is_provider(node)),
    ]


def removed_contributions() -> list[Mistake]:
    """Return the wiring without one of several contributions, for each: no mistake, there is only less."""
    return [mistake for mistake in _removed_members("wiring.py") if _is_contribution(mistake)]


def removed_providers() -> list[Mistake]:
    """Return one mistake for each provider that is left out as a whole."""
    return [_removed_argument(node) for node in _arguments() if _is_provider(node)]


def removed_requirements() -> list[Mistake]:
    """Return one mistake for each need that is not stated."""
    return [*_removed_members("web.py"), *_removed_members("jobs.py")]


def _removed_members(file: str) -> Iterator[Mistake]:
    classes = (node for node in _parse(file).body if isinstance(node, ast.ClassDef))
    for provider in (node for node in classes if any("Provider" in ast.dump(base) for base in node.bases)):
        for node in provider.body:
            if isinstance(node, ast.Assign):
                yield _removal(f"{provider.name}_{ast.unparse(node.targets[0])}", file, node.lineno, node)
            elif isinstance(node, ast.FunctionDef) and node.decorator_list:
                yield _removal(f"{provider.name}_{node.name}", file, node.decorator_list[0].lineno, node)


def _is_contribution(mistake: Mistake) -> bool:
    return any(".contribute(" in before for _, before, _ in mistake.changes)


def _arguments() -> list[ast.expr]:
    """Return the arguments of ``Container(...)``, each of which has a line of its own."""
    calls = (node for node in ast.walk(_parse("wiring.py")) if isinstance(node, ast.Call))
    return next(call.args for call in calls if ast.unparse(call.func) == "Container")


def _is_provider(argument: ast.expr) -> bool:
    return not ast.unparse(argument).startswith("bind(")


def _removed_argument(node: ast.expr) -> Mistake:
    name = re.findall(r"\w+", ast.unparse(node).removeprefix("bind("))[0]
    return _removal(name, "wiring.py", node.lineno, node)


def _removal(name: str, file: str, first_line: int, node: ast.stmt | ast.expr) -> Mistake:
    lines = _read(file).splitlines(keepends=True)[first_line - 1 : node.end_lineno]
    return Mistake(f"shop_without_{name}", "wire-missing", ((file, "".join(lines), ""),))


def _parse(file: str) -> ast.Module:
    return ast.parse(_read(file))


def _read(file: str) -> str:
    return (SHOP / file).read_text(encoding="utf-8")


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
    """Build a copy's container, and return what it is refused with, in mypy's words."""
    sys.path.insert(0, str(folder))
    try:
        wiring = importlib.import_module(f"{package}.wiring")
    finally:
        sys.path.remove(str(folder))
    try:
        wiring.build(wiring.Settings(folder / "shop.sqlite", "shop@example.com", None, 0)).close()
    except GraphError as refused:
        return list(_in_mypys_words(refused))
    return []


def _in_mypys_words(error: GraphError) -> Iterator[str]:
    for report, code in zip(error.reports, error.codes, strict=True):
        yield f"error: {report.headline}  [{code}]"
        yield from (f"note: {note}" for note in report.notes)
