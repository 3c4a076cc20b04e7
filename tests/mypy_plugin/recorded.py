"""Whole outputs of mypy, for each code and in each form; ``python -m tests.mypy_plugin.recorded`` records them anew.

A file in ``golden/`` has sections: a program after ``--- program``, and after each option what mypy then prints.
"""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.mypy_plugin.modes import Project, make_template

FOLDER = Path(__file__).with_name("golden")
FORMS = ("--show-error-end", "--pretty", "--output=json")
PROGRAM = "program"
SECTION = re.compile(r"^--- (.+)\n", re.MULTILINE)
CONFIGURATION = "[mypy]\nplugins = wireproof.mypy_plugin\nstrict = True\nshow_error_codes = True\n"


def sections(path: Path) -> dict[str, str]:
    """Read a file."""
    _, *parts = SECTION.split(path.read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def programs() -> dict[str, str]:
    """Return the programs, by name."""
    return {path.stem: sections(path)[PROGRAM] for path in sorted(FOLDER.glob("*.txt"))}


def printed(project: Project) -> dict[str, dict[str, str]]:
    """Return what mypy prints about each program in a project, in each form."""
    project.write({f"{name}.py": text for name, text in programs().items()})
    outputs = {form: dict(by_program(project.warm(form, "--no-error-summary", ".").output)) for form in FORMS}
    return {name: {form: outputs[form].get(name, "") for form in FORMS} for name in programs()}


def by_program(output: str) -> Iterator[tuple[str, str]]:
    """Split an output; what begins with no file name (a line of source under ``--pretty``) belongs to what is above."""
    texts: dict[str, str] = {}
    name = ""
    for line in output.splitlines(keepends=True):
        file = json.loads(line)["file"] if line.startswith("{") else line.partition(":")[0]
        name = file.removesuffix(".py") if file.endswith(".py") else name
        texts[name] = texts.get(name, "") + line
    yield from texts.items()


def record() -> None:
    """Write what mypy prints now."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder), make_template(Path(folder)), CONFIGURATION)
        for name, outputs in printed(project).items():
            parts = {PROGRAM: programs()[name], **outputs}
            text = "".join(f"--- {title}\n{body}" for title, body in parts.items())
            (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    record()
