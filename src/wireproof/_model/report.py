"""What is said of a problem, by the run time and by mypy alike."""

from typing import NamedTuple


class Report(NamedTuple):
    """A problem in words."""

    headline: str
    """One line that stands alone."""

    notes: tuple[str, ...]
    """Path, definitions, near misses, and last the fix."""

    def text(self) -> str:
        """Return the whole as lines."""
        return "\n".join((self.headline, *(f"    {note}" for note in self.notes)))
