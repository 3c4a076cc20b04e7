"""Names in generated code, and the expressions for what is kept where."""

from collections.abc import Callable
from typing import Any

from wireproof._plan.plans import Below, Constant, Current, Later, Plan, Storage


class Expressions:
    """Writes expressions; constants that they mention become globals of the generated module.

    Args:
        namespace: these globals.
        awaiting: whether the expressions may await.
        from_below: for the code of an override, gives the function for what is taken from below.
    """

    def __init__(
        self,
        namespace: dict[str, Any],
        *,
        awaiting: bool,
        from_below: "Callable[[Below, bool], object] | None" = None,
    ) -> None:
        """Keep the settings."""
        self._namespace = namespace
        self._from_below = from_below
        self._handle = "scope" if from_below is None else "scope._handle"
        self.awaiting = awaiting
        self.await_ = "await " if awaiting else ""

    def simple(self, value: Constant | Current | Later | Below) -> str:
        """Return the expression for a value that is not made of instances of this module."""
        if isinstance(value, Constant):
            return self.constant(value.value)
        if isinstance(value, Later):
            resolve = "aresolve" if value.awaited else "resolve"
            return f"partial({self._handle}.{resolve}, {self.constant(value.key)})"
        return self._handle if isinstance(value, Current) else self._below(value)

    def _below(self, value: Below) -> str:
        """Call a function of the program below with the scope object below."""
        if self._from_below is None:
            raise AssertionError(value)
        return f"{self.await_}{self.constant(self._from_below(value, self.awaiting))}(scope._below)"

    def constant(self, value: object) -> str:
        """Return the name of a global that holds the value."""
        if value is None:
            return "None"
        number = len(self._namespace)
        while (name := f"constant_{number}") in self._namespace:  # globals are deleted as well: claims that are taken
            number += 1
        self._namespace[name] = value
        return name

    def get(self, plan: Plan, scope: str) -> str:
        """Return the call that gets an instance in its scope object, whether it is kept there already or not."""
        return f"{self.await_}{self.getter(plan)}({scope})"

    def getter(self, plan: Plan) -> str:
        """Return the global that holds the function which does so."""
        return aget_name(plan) if self.awaiting else get_name(plan)


def get_name(plan: Plan) -> str:
    """Return the global that holds the function which gets an instance."""
    return f"get_{plan.symbol}"


def aget_name(plan: Plan) -> str:
    """Return the global that holds the coroutine function which does so."""
    return f"aget_{plan.symbol}"


def symbol_of(function: str) -> str:
    """Return the symbol of the plan that a function of one of these names is for."""
    return function.partition("get_")[2]


def target_name(plan: Plan) -> str:
    """Return the global that holds what the plan calls."""
    return f"target_{plan.symbol}"


def exit_name(plan: Plan) -> str:
    """Return the global that says how what is entered for the plan is left."""
    return f"exit_{plan.symbol}"


def closing_name(plan: Plan) -> str:
    """Return the global that says how ``on_close`` is called."""
    return f"on_close_{plan.symbol}"


def key_constant(plan: Plan) -> str:
    """Return the global that holds the key, for counting."""
    return f"key_{plan.symbol}"


def instance_name(plan: Plan) -> str:
    """Return the name of the global, the slot or the entry that holds the built instance."""
    return f"instance_{plan.symbol}"


def claim_name(plan: Plan) -> str:
    """Return the name of the global, the slot or the entry that stands for the right to build it."""
    return f"claim_{plan.symbol}"


def read_instance(plan: Plan, scope: str) -> str:
    """Return the expression for the kept instance, ``MISSING`` if there is none."""
    if plan.storage is Storage.EXTRA:
        return f"{scope}._extra.get({instance_name(plan)!r}, MISSING)"
    return kept_at(plan, scope)


def kept_at(plan: Plan, scope: str = "scope") -> str:
    """Return what to assign an instance to in order to keep it."""
    if plan.storage is Storage.GLOBAL:
        return instance_name(plan)
    if plan.storage is Storage.EXTRA:
        return f"{scope}._extra[{instance_name(plan)!r}]"
    return f"{scope}.{instance_name(plan)}"


def scope_out(hops: int) -> str:
    """Return the expression for the scope object that many frames out."""
    return "scope" + "._parent" * hops
