"""Applications by number: the same for the same number, whatever else is drawn.

``python -m tests.differential.drawing 1 2 3`` writes those of these numbers to its output, pickled.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.differential.application import Application
from tests.differential.applications import applications

# Each application has a run of Hypothesis's own, because in one run most examples would be mutations of others. The
# first example of a run is always the simplest one, so that the second is taken.
_SETTINGS = settings(
    max_examples=2,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


ROOT = Path(__file__).resolve().parents[2]


def drawn(numbers: Iterable[int]) -> list[Application]:
    """Return the applications of some numbers, drawn in a process of its own.

    Hypothesis draws the constants of the modules that are loaded as well. Which these are, depends here on what other
    tests have run before.
    """
    command = [sys.executable, "-m", "tests.differential.drawing", *map(str, numbers)]
    output = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
    applications: list[Application] = pickle.loads(output)  # noqa: S301  # of our own making
    return applications


def draw(number: int) -> Application:
    """Return the application of a number."""
    found: list[Application] = []

    @seed(number)
    @_SETTINGS
    @given(applications())
    def take(application: Application) -> None:
        found.append(application)

    take()
    return found[-1]


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps([draw(int(number)) for number in sys.argv[1:]]))
