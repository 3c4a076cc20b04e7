"""More sources beside those that are there, which take precedence."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from wireproof._model.binding import Binding, Kind, replace
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")

ALONGSIDE = {Kind.REQUIREMENT, Kind.CONTRIBUTION, Kind.CONTRIBUTIONS, Kind.DECORATION, Kind.AUTOWIRE}
"""Kinds that stand beside a provider of the same key."""


def without(old: Iterable[Binding[K]], more: Iterable[Binding[K]]) -> Iterator[Binding[K]]:
    """Yield the old bindings that new ones do not take the place of.

    One that says by ``replacing`` that it expects something there leaves that in, and takes the place of an older one
    that did the same; if there is nothing else, that older one is what it replaces.
    """
    before = list(old)
    providing = [one for one in more if one.kind not in ALONGSIDE]
    plain = {_provided(one) for one in providing if not one.replaces}
    replacing = {_provided(one) for one in providing if one.replaces}
    expected = {_provided(one) for one in before if one.kind not in ALONGSIDE and not one.replaces}
    for one in before:
        provided = _provided(one)
        if one.kind in ALONGSIDE or (provided not in plain and not (one.replaces and provided in replacing)):
            yield one
        elif provided not in plain and provided not in expected:
            yield replace(one, replaces=0)


def _provided(binding: Binding[K]) -> tuple[object, bool]:
    """Return what a binding provides: a key, or all parametrisations of it, which is something else."""
    return binding.key, binding.open


def next_argument(bindings: Iterable[Binding[K]]) -> int:
    """Return the number of the first source that comes after those of some bindings."""
    return 1 + max((one.origin.argument for one in bindings), default=-1)


def passes_on(bindings: Iterable[Binding[K]], key: K | None, scope: ScopePath | None) -> bool:
    """Whether a container that extends another one is given a context value that this one was given.

    Not if something else provides the key by now, or if it is declared for a scope that is not open from the start.

    Args:
        bindings: those of the new container.
        key: what the value is for.
        scope: where the new container starts; None if that is not known.
    """
    providing = [one for one in bindings if one.key == key and one.kind not in ALONGSIDE]
    around = [one.scope is None or scope is None or one.scope.holds(scope) for one in providing]
    return all(one.kind is Kind.CONTEXT for one in providing) and all(around)
