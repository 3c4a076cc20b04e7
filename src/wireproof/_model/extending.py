"""More sources beside those that are there, which take precedence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from wireproof._model.binding import Binding, Kind

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
    plain = {one.key for one in providing if not one.replaces}
    replacing = {one.key for one in providing if one.replaces}
    expected = {one.key for one in before if one.kind not in ALONGSIDE and not one.replaces}
    for one in before:
        if one.kind in ALONGSIDE or (one.key not in plain and not (one.replaces and one.key in replacing)):
            yield one
        elif one.key not in plain and one.key not in expected:
            yield replace(one, replaces=0)
