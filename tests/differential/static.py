"""The verdicts of mypy with the plugin."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.differential.verdict import ORDINARY, QUESTION, SEAL, SEALING, TARGET, Finding, Verdict

CONFIGURATION = """\
[mypy]
plugins = wireproof.mypy_plugin
check_untyped_defs = True
"""
EVERYTHING = """\
import abc, asyncio, collections.abc, contextlib, dataclasses, enum, functools, typing, typing_extensions, wireproof
import wireproof.errors
"""


def prepare(folder: Path) -> None:
    """Make a folder for programs, with a cache of all that they import from elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mypy.ini").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "everything.py").write_text(EVERYTHING, encoding="utf-8")
    start(folder, ["everything.py"]).communicate()


def start(folder: Path, programs: Iterable[str]) -> subprocess.Popen[str]:
    """Let mypy begin with some programs, files or packages in the folder."""
    command = [sys.executable, "-m", "mypy", "--output", "json", "--cache-dir", ".mypy_cache", *programs]
    return subprocess.Popen(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def verdicts(process: subprocess.Popen[str], folder: Path, programs: Iterable[str]) -> dict[str, Verdict]:
    """Return what mypy says about each of the programs.

    Raises:
        RuntimeError: if it has said something else than errors.
    """
    output, errors = process.communicate()
    if errors or process.returncode not in {0, 1}:
        message = f"mypy failed: {errors}{output}"
        raise RuntimeError(message)
    said: dict[str, dict[str, list[_Placed]]] = {program: {} for program in programs}
    names: dict[str, dict[int, str]] = {}
    for line in filter(None, output.splitlines()):  # without errors it says an empty line
        error: Mapping[str, Any] = json.loads(line)
        if error["severity"] == "error":
            file = str(error["file"])
            names[file] = names.get(file) or _parts(folder / file)
            part = names[file].get(error["line"], SEAL)
            program = next(one for one in said if file == one or Path(file).is_relative_to(one))
            said[program].setdefault(part, []).append(_Placed(error["line"], error["column"], _finding(error)))
    return {
        program: Verdict({part: _counting(part, said) for part, said in parts.items()})
        for program, parts in said.items()
    }


class _Placed(NamedTuple):
    """A finding and where it is."""

    line: int
    column: int
    finding: Finding


def _counting(part: str, said: list[_Placed]) -> frozenset[Finding]:
    """Return what counts: of a question only the first error, because there it ends, of what seals its first line.

    Of the values that a scope is given the container refuses the first that is wrong.
    """
    first = min(said, key=lambda one: (one.line, one.column))
    if part.startswith(QUESTION) or (part != SEAL and "context value" in first.finding.headline):
        return frozenset({first.finding})
    return frozenset(one.finding for one in said if part == SEAL or one.line == first.line)


def _finding(error: Mapping[str, Any]) -> Finding:
    code, message = str(error["code"]), str(error["message"])
    if code == TARGET:
        return Finding(code, message.rpartition("): ")[2])
    if code.startswith("wire-") and code != "wire-internal":
        return Finding(code, message)
    return Finding(ORDINARY, f"{message}  [{code}]")


def _parts(path: Path) -> dict[int, str]:
    """Return which question the lines of a file belong to, if to one."""
    return {
        line: node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith((QUESTION, SEALING))
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
