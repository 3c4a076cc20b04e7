"""The verdicts of the container itself: programs are imported, and their questions asked, in a process of its own."""

import asyncio
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from pathlib import Path
from types import ModuleType

from tests.differential.verdict import ORDINARY, QUESTION, SEAL, SEALING, TARGET, Finding, Verdict, from_json, together
from wireproof._model.refusals import STRING
from wireproof.errors import ContextValueError, GraphError, ResolutionError, ScopeError

ROOT = Path(__file__).resolve().parents[2]
REFUSAL = re.compile(rf".*?: (.*?); .*\[{TARGET}\]$|.*?: ({STRING})")
"""What a call says that refuses what it is given: where, what is wrong, and what to do instead."""

CHOICE = re.compile(r"\bchosen\((\d+)\)")
"""Where a program chooses between sources. Which it takes stands in its environment."""

ADDRESS = re.compile(r" at 0x[0-9a-f]+")
"""Where an object lies is another place each time."""


def start(folder: Path, programs: Iterable[str]) -> subprocess.Popen[str]:
    """Let a process begin to run some programs, modules or packages in the folder."""
    command = [sys.executable, "-m", "tests.differential.running", str(folder), *programs]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def verdicts(process: subprocess.Popen[str]) -> dict[str, Verdict]:
    """Return what the container said about each of the programs.

    Raises:
        RuntimeError: if the process ended otherwise.
    """
    output, errors = process.communicate()
    if process.returncode:
        message = f"the programs could not be run: {errors}"
        raise RuntimeError(message)
    return {program: from_json(said) for program, said in json.loads(output).items()}


def judge(folder: Path, program: str) -> Verdict:
    """Run one program; one that chooses once for each way of choosing."""
    files = [folder / program] if program.endswith(".py") else (folder / program).glob("*.py")
    choices = sorted({number for file in files for number in CHOICE.findall(file.read_text(encoding="utf-8"))})
    worlds = list(product(*((number, "") for number in choices)))
    return together([_judge_once(program, world) for world in worlds])


def _judge_once(program: str, world: Iterable[str]) -> Verdict:
    os.environ["CHOSEN"] = " ".join(world)
    module, wrong = _imported(program)
    functions = {} if module is None else vars(module)
    said = {
        name: _findings(partial(_ask, functions[name])) for name in functions if name.startswith((QUESTION, SEALING))
    }
    said |= {name: findings[:1] for name, findings in said.items() if name.startswith(QUESTION)}
    said[SEAL] = wrong
    return Verdict({part: frozenset(findings) for part, findings in said.items() if findings})


def _imported(program: str) -> tuple[ModuleType | None, list[Finding]]:
    modules: list[ModuleType] = []
    name = program.removesuffix(".py")
    for known in [one for one in sys.modules if one.partition(".")[0] == name]:
        del sys.modules[known]
    parts = [name] if program.endswith(".py") else [f"{name}.wiring", f"{name}.questions"]
    wrong = _findings(lambda: modules.extend(map(importlib.import_module, parts)))
    return (None if wrong else modules[-1]), wrong


def _ask(question: Callable[[], object]) -> None:
    answer = question()
    if inspect.iscoroutine(answer):
        asyncio.run(answer)


def _findings(run: Callable[[], object]) -> list[Finding]:
    """Return what a part of a program raises, as findings."""
    try:
        run()
    except GraphError as error:
        pairs = zip(error.problems, error.reports, strict=True)
        return [Finding(problem.code, report.headline) for problem, report in pairs]
    except (ResolutionError, ContextValueError) as error:
        return [Finding(error.problem.code, error.report.headline)]
    except ScopeError as error:
        return [Finding("wire-scope", str(error))]
    except TypeError as error:
        refusal = REFUSAL.match(str(error))
        return [Finding(TARGET, refusal[1] or refusal[2]) if refusal else _unforeseen(error)]
    except Exception as error:  # noqa: BLE001  # whatever it is, it is no verdict that mypy could have foreseen
        return [_unforeseen(error)]
    return []


def _unforeseen(error: Exception) -> Finding:
    return Finding(ORDINARY, ADDRESS.sub("", f"{type(error).__name__}: {error}"))


def main(folder: str, *programs: str) -> None:
    """Write the verdicts about programs in a folder to the output."""
    sys.path.insert(0, folder)
    print(json.dumps({program: judge(Path(folder), program).as_json() for program in programs}))  # noqa: T201  # into a pipe


if __name__ == "__main__":
    main(*sys.argv[1:])
