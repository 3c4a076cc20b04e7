"""Programs before both heads."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.differential import running, static
from tests.differential.program import Files
from tests.differential.verdict import Difference, Finding, Verdict, differences


class Outcome(NamedTuple):
    """What both heads say about one program."""

    static: Verdict
    running: Verdict

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where they disagree."""
        return tuple(differences(self.static, self.running))

    @property
    def disagreement(self) -> tuple[frozenset[Finding], frozenset[Finding]] | None:
        """What only one of the heads finds, where they disagree first; None if they do not."""
        for difference in self.differences:
            return difference.static - difference.running, difference.running - difference.static
        return None


def try_all(folder: Path, programs: Mapping[str, Files]) -> dict[str, Outcome]:
    """Have programs judged, each a package of the given name, or a module if that ends with ``.py``.

    Args:
        folder: one that `static.prepare` has made; the programs are written there and stay.
        programs: names, which no other program in the folder has had, with files.
    """
    place(folder, programs)
    processes = static.start(folder, programs), running.start(folder, programs)
    said = running.verdicts(processes[1])
    expected = static.verdicts(processes[0], folder, programs)
    return {program: Outcome(expected[program], said[program]) for program in programs}


def place(folder: Path, programs: Mapping[str, Files]) -> None:
    """Write programs into a folder."""
    for program, files in programs.items():
        for path, text in files.items():
            file = folder / program / path if path else folder / program
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
