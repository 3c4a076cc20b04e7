"""Mistakes in an application: which there are, and how one is made."""

from hypothesis import strategies as st

from tests.differential.application import Application
from tests.differential.growth import Growth
from tests.differential.mistakes import MISTAKES
from tests.differential.wrong_targets import WRONG_TARGETS


def spoiled(growth: Growth, application: Application) -> Application:
    """Return an application with one more mistake, of a kind that it offers an opportunity for."""
    for mistake in growth.draw(st.permutations((*MISTAKES, *WRONG_TARGETS))):
        changed = mistake(growth, application)
        if changed != application:
            return changed
    return application
