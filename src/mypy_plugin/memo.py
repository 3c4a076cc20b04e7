"""Graphs of the module that is being checked, so that asking one container many times reads its sources once.

Nothing depends on what is kept here: it is dropped as soon as mypy turns to another module or processes the same one
again, and a graph in which something was not inferred yet is not kept at all.
"""

from collections.abc import Callable
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import Type

from wireproof._model.graph import Graph

from . import dependencies
from .keys import TypeKey
from .walk import Walk


class Reading(NamedTuple):
    """A graph and the walk that it was read by."""

    graph: Graph[TypeKey]
    walk: Walk


class Memo:
    """What was read in one pass over one module."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._pass: tuple[object, int] = (None, 0)
        self._readings: dict[tuple[Type, TypeInfo | None], Reading] = {}

    def read(
        self, api: TypeChecker, held: Type, scope: TypeInfo | None, read: Callable[[Walk, Type], Graph[TypeKey]]
    ) -> Reading:
        """Return what was read before in this pass, or else read it.

        Args:
            api: the checker; mypy gives it another ``scope`` object each time it starts anew.
            held: what a container holds.
            scope: where it is.
            read: reads what it holds.
        """
        current = (api.scope, api.pass_num)
        if self._pass[0] is not current[0] or self._pass[1] != current[1]:
            self._pass, self._readings = current, {}
        known = self._readings.get((held, scope))
        if known is not None:
            return known
        walk = Walk(api, scope)
        reading = Reading(read(walk, held), walk)
        dependencies.record(api, walk.classes)
        if not walk.unready:
            self._readings[held, scope] = reading
        return reading


MEMO = Memo()
