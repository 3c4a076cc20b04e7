"""Running type checkers over the programs in typesafety/, and what the comments in those programs expect of them.

Comments say what is expected of a line:

- ``# refused``: every checker finds something to complain about in it;
- ``# ty: the reason``: for this checker the opposite holds. Mostly that is an inability of it that we know of: when it
  learns, the line is no longer as expected, and the mark has to go. "mypy" is mypy with the plugin, which sees more.

A comment on a line of its own is about the next line of code. There may be several marks, each with a # of its own.
"""

import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

MYPY = "[mypy]\nstrict = True\npython_version = 3.11\n"
CONFIGURATION = {
    "mypy.ini": f"{MYPY}plugins = wireproof.mypy_plugin\n",
    "mypy_alone.ini": MYPY,
    "pyrightconfig.json": '{"typeCheckingMode": "strict", "pythonVersion": "3.11"}\n',
    "pyrefly.toml": 'preset = "strict"\npython-version = "3.11.0"\n',
}


class Finding(NamedTuple):
    """An error or a warning."""

    file: str
    line: int
    text: str


class Checker(NamedTuple):
    """How to run a type checker: the module to run, its arguments, and how to read what it prints."""

    module: str
    arguments: tuple[str, ...]
    read: Callable[[str], Iterable[Finding]]


def read_mypy(output: str) -> Iterator[Finding]:
    """Read one JSON object a line."""
    for found in map(json.loads, output.splitlines()):
        if found["severity"] != "note":
            yield Finding(found["file"], found["line"], found["message"])


def read_pyright(output: str) -> Iterator[Finding]:
    """Read one JSON object; lines are counted from 0."""
    for found in json.loads(output)["generalDiagnostics"]:
        if found["severity"] != "information":
            yield Finding(found["file"], found["range"]["start"]["line"] + 1, found["message"])


def read_ty(output: str) -> Iterator[Finding]:
    """Read the report that GitLab asks for, the only one in JSON."""
    for found in json.loads(output):
        if found["severity"] != "info":
            location = found["location"]
            yield Finding(location["path"], location["positions"]["begin"]["line"], found["description"])


def read_pyrefly(output: str) -> Iterator[Finding]:
    """Read one JSON object."""
    for found in json.loads(output)["errors"]:
        if found["severity"] != "info":
            yield Finding(found["path"], found["line"], found["description"])


CHECKERS = {
    "mypy": Checker("mypy", ("--config-file=mypy.ini", "--output=json"), read_mypy),
    "mypy_alone": Checker("mypy", ("--config-file=mypy_alone.ini", "--output=json"), read_mypy),
    "pyright": Checker("pyright", ("--outputjson", f"--pythonpath={sys.executable}"), read_pyright),
    "ty": Checker(
        "ty", ("check", "--output-format=gitlab", f"--python={sys.prefix}", "--python-version=3.11"), read_ty
    ),
    "pyrefly": Checker(
        "pyrefly",
        ("check", "--output-format=json", "--summary=none", f"--python-interpreter-path={sys.executable}"),
        read_pyrefly,
    ),
}
MARK = re.compile(rf"(refused)|({'|'.join(CHECKERS)}): \S.*")


def check(name: str, programs: Iterable[Path], folder: Path) -> dict[str, dict[int, str]]:
    """Return what a checker says about programs, by file name and line; it runs in a folder of its own.

    Raises:
        RuntimeError: if it fails without checking.
    """
    for file, text in CONFIGURATION.items():
        (folder / file).write_text(text, encoding="utf-8")
    copies = [Path(shutil.copy(program, folder)).name for program in programs]
    checker = CHECKERS[name]
    command = [sys.executable, "-m", checker.module, *checker.arguments, *copies]
    completed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if completed.returncode not in {0, 1}:
        raise RuntimeError(completed.stdout + completed.stderr)
    findings: dict[str, dict[int, str]] = defaultdict(dict)
    for found in checker.read(completed.stdout):
        findings[Path(found.file).name].setdefault(found.line, found.text)
    return findings


def expected(source: str, name: str) -> set[int]:
    """Return the lines that a checker refuses, by the marks in a program."""
    return {line for line, names in marks(source).items() if ("refused" in names) is not (name in names)}


def marks(source: str) -> dict[int, set[str]]:
    """Return the marks of each marked line: "refused", and the checkers for which the opposite is known."""
    found: dict[int, set[str]] = defaultdict(set)
    waiting: set[str] = set()
    for number, line in enumerate(source.splitlines(), start=1):
        code, *comments = (part.strip() for part in re.split(r"(?:^|\s)#\s", line))
        names = {match[1] or match[2] for match in map(MARK.fullmatch, comments) if match}
        if code:
            found[number] = names | waiting
            waiting = set()
        else:
            waiting |= names
    return {number: names for number, names in found.items() if names}
