"""Lifetimes and lock modes: how often a source builds, and what its building is safe against."""

from enum import StrEnum


class Lifetime(StrEnum):
    """How often a source is asked for a new instance within its scope.

    Example:
        >>> Lifetime("transient") is Lifetime.TRANSIENT
        True
    """

    SCOPED = "scoped"
    """One instance per scope of the binding, built at most once."""

    TRANSIENT = "transient"
    """A new instance at each request for it; its cleanup belongs to whoever asked."""


class LockMode(StrEnum):
    """What building an instance is protected against; plain strings are accepted as well.

    Example:
        >>> LockMode("none") is LockMode.NONE
        True
    """

    AUTO = "auto"
    """Threads and tasks in any mix."""

    THREAD = "thread"
    """Threads only."""

    ASYNC = "async"
    """Tasks of event loops only."""

    NONE = "none"
    """Nothing: several builds may race, and the first one published wins."""

    INHERIT = "from_container"
    """For a source: as the container says."""
