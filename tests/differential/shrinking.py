"""Making an application smaller about which the heads disagree: many smaller ones are tried in each run of mypy."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from tests.differential.application import Application

Thing = TypeVar("Thing")

Path = tuple[object, ...]
"""Where something stands in an application: names of fields and positions in tuples."""

Fails = Callable[[list[Application]], list[bool]]
"""Says of each of some applications whether the heads disagree about it as they do about the one to shrink."""


def shrunk(application: Application, fails: Fails) -> Application:
    """Return an application from which nothing can be left out without the heads agreeing, or disagreeing otherwise."""
    dropped: frozenset[Path] = frozenset()
    every = list(parts(application))
    while True:
        single = [dropped | {path} for path in every if not _is_gone(path, dropped)]
        possible = [paths - dropped for paths in _failing(application, single, fails)]
        if not possible:
            return without(application, dropped)
        together = [dropped.union(*possible[:count]) for count in _counts(len(possible))]
        dropped = _failing(application, together, fails)[-1]


def _is_gone(path: Path, dropped: frozenset[Path]) -> bool:
    """Whether something has been left out, alone or with what it is a part of."""
    return any(path[:length] in dropped for length in range(2, len(path) + 1, 2))


def _failing(application: Application, candidates: list[frozenset[Path]], fails: Fails) -> list[frozenset[Path]]:
    said = fails([without(application, paths) for paths in candidates])
    return [paths for paths, failed in zip(candidates, said, strict=True) if failed]


def _counts(most: int) -> Iterator[int]:
    count = 1
    while count < most:
        yield count
        count *= 2
    yield most


def parts(thing: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where there is something that could be left out, outer things first."""
    for name, items in _tuples(thing):
        yield from ((*path, name, number) for number in range(len(items)))
    for name, items in _tuples(thing):
        for number, item in enumerate(items):
            yield from parts(item, (*path, name, number))


def without(thing: Thing, dropped: Collection[Path], path: Path = ()) -> Thing:
    """Return an application, or a part of one, in which some things are left out."""
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    changes = {
        name: tuple(
            without(item, dropped, (*path, name, number))
            for number, item in enumerate(items)
            if (*path, name, number) not in dropped
        )
        for name, items in _tuples(thing)
    }
    return replace(thing, **changes)


def _tuples(thing: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    if is_dataclass(thing) and not isinstance(thing, type):
        for one in fields(thing):
            value = getattr(thing, one.name)
            if isinstance(value, tuple):
                yield one.name, value
