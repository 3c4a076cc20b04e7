"""Applications by number: the same for the same number, whatever else is drawn."""

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


def draw(number: int) -> Application:
    """Return the application of a number."""
    drawn: list[Application] = []

    @seed(number)
    @_SETTINGS
    @given(applications())
    def take(application: Application) -> None:
        drawn.append(application)

    take()
    return drawn[-1]
