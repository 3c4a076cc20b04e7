"""Applications before both heads, and made smaller where these disagree."""

from collections.abc import Sequence
from pathlib import Path

from tests.differential import static
from tests.differential.application import Application
from tests.differential.program import write
from tests.differential.shrinking import shrunk
from tests.differential.trial import Outcome, try_all


class Workshop:
    """A folder in which applications are tried."""

    def __init__(self, folder: Path) -> None:
        """Prepare the folder."""
        static.prepare(folder)
        self.folder = folder
        self._written = 0

    def judge(self, applications: Sequence[Application]) -> list[Outcome]:
        """Return what both heads say about some applications."""
        names = [f"app_{number:05}" for number in range(self._written, self._written + len(applications))]
        self._written += len(names)
        programs = {name: write(application, name) for name, application in zip(names, applications, strict=True)}
        outcomes = try_all(self.folder, programs) if programs else {}
        return [outcomes[name] for name in names]

    def smallest(self, application: Application, outcome: Outcome) -> Application:
        """Return a smaller application about which the heads disagree in the same way."""
        same = outcome.disagreement

        def fails(candidates: list[Application]) -> list[bool]:
            return [one.disagreement == same for one in self.judge(candidates)]

        return shrunk(application, fails)
