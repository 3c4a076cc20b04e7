"""Counting what a container builds and reuses, for one that was asked to."""

from collections import Counter
from threading import Lock
from typing import Any, NamedTuple


class Stats(NamedTuple):
    """What a container with ``stats=True`` has done so far, in all its scopes.

    Attributes:
        resolutions: how many instances were built.
        cache_hits: how often a kept instance was used again, by ``resolve`` or as a dependency.
        resolutions_by_key: the same for each key.
        cache_hits_by_key: the same for each key.

    Example:
        >>> container = Container(Database(), stats=True)
        >>> container.stats().cache_hits
        0
    """

    resolutions: int
    cache_hits: int
    resolutions_by_key: dict[Any, int]
    cache_hits_by_key: dict[Any, int]


class Counters:
    """The counters behind `Stats`. Adding to an integer in a dictionary is not atomic, hence the lock."""

    def __init__(self) -> None:
        """Start at nought."""
        self._built: Counter[Any] = Counter()
        self._hits: Counter[Any] = Counter()
        self._lock = Lock()

    def built(self, key: Any) -> None:
        """Count an instance that was built."""
        with self._lock:
            self._built[key] += 1

    def hit(self, key: Any, number: int = 1) -> None:
        """Count reuses of a kept instance; a negative number takes back what was no reuse."""
        with self._lock:
            self._hits[key] += number

    def snapshot(self) -> Stats:
        """Return the figures as they are now."""
        with self._lock:
            hits = {key: number for key, number in self._hits.items() if number}
            return Stats(self._built.total(), self._hits.total(), dict(self._built), hits)
