"""Demands: what bindings need, as a graph finds it behind their parameters."""

from typing import Generic, NamedTuple, TypeVar

from wireproof._model.alternatives import ALWAYS, Condition, both
from wireproof._model.binding import Binding, Parameter

K = TypeVar("K")


class Demand(NamedTuple, Generic[K]):
    """What a binding needs through one of its parameters, seen through ``Callable[[], T]``, ``T | None`` and the like.

    A collection makes several demands, and so does what several alternatives provide; a ``T | None`` for which there is
    nothing makes none.
    """

    parameter: Parameter[K]
    key: K | None
    provider: Binding[K] | None
    """What will fill it; None if nothing does."""

    lazy: bool = False
    """It is not needed in order to build the binding, only later."""

    awaited: bool = False
    """If it is lazy: it will be awaited."""

    condition: Condition = ALWAYS
    """When this is what is needed; if nothing fills it, the case in which that is so."""

    def filled(self, provider: Binding[K]) -> "Demand[K]":
        """Return the demand as a provider fills it, in the cases in which that is there."""
        parameter, key, _, lazy, awaited, condition = self
        return Demand(parameter, key, provider, lazy, awaited, both(condition, provider.condition))
