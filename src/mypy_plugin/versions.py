"""Which mypy this is, and from which one on it does what."""

from mypy.version import __version__


def numbers(version: str) -> tuple[int, ...]:
    """Return the first two numbers of a version, to compare."""
    return tuple(int(part) for part in version.split("+", maxsplit=1)[0].split(".")[:2])


MYPY = numbers(__version__)
OLDEST = (2, 2)
KEEPS_YIELDS = (2, 4)
"""Where mypy leaves out the bodies of functions, it has looked for a ``yield`` before."""
