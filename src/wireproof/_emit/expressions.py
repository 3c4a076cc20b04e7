"""Expressions of generated code: how it names scopes, instances and targets."""

from collections.abc import Callable
from typing import Any

from wireproof._plan.plans import Below, Constant, Current, Later, Plan, Reference, Storage, Value


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
        self._awaiting = awaiting

    def value(self, value: Value) -> str:
        """Return the expression for what a key stands for, in a function that has the ``scope``."""
        if isinstance(value, Reference):
            return self._reference(value)
        if isinstance(value, Constant):
            return self.constant(value.value)
        if isinstance(value, Later):
            resolve = "aresolve" if value.awaited else "resolve"
            return f"partial({self._handle}.{resolve}, {self.constant(value.key)})"
        if isinstance(value, Current):
            return self._handle
        if isinstance(value, Below):
            return self._below(value)
        return f"({''.join(f'{self.value(one)}, ' for one in value.values)})"

    def _below(self, value: Below) -> str:
        """Call a function of the program below with the scope object below."""
        if self._from_below is None:
            raise AssertionError(value)
        function = self._from_below(value, self._awaiting)
        return f"{'await ' if self._awaiting else ''}{self.constant(function)}(scope._below)"

    def constant(self, value: object) -> str:
        """Return the name of a global that holds the value."""
        if value is None:
            return "None"
        name = f"constant_{len(self._namespace)}"
        self._namespace[name] = value
        return name

    def call(self, plan: Plan) -> str:
        """Return the call of the plan's target with its arguments."""
        arguments = [
            f"{argument.keyword}={self.value(argument.value)}" if argument.keyword else self.value(argument.value)
            for argument in plan.arguments
        ]
        return f"{target_name(plan)}({', '.join(arguments)})"

    def _reference(self, reference: Reference) -> str:
        get = "await aget" if self._awaiting else "get"
        return f"{get}_{reference.plan.symbol}({scope_out(reference.hops)})"


def target_name(plan: Plan) -> str:
    """Return the global that holds what the plan calls, or the value that it provides."""
    return f"target_{plan.symbol}"


def on_close_name(plan: Plan) -> str:
    """Return the global that holds what is called with the instance at scope end."""
    return f"on_close_{plan.symbol}"


def key_constant(plan: Plan) -> str:
    """Return the global that holds the key, for counting."""
    return f"key_{plan.symbol}"


def instance_name(plan: Plan) -> str:
    """Return the name of the global, the slot or the entry that holds the built instance."""
    return f"instance_{plan.symbol}"


def read_instance(plan: Plan) -> str:
    """Return the expression for the kept instance, ``MISSING`` if there is none."""
    if plan.storage is Storage.EXTRA:
        return f"scope._extra.get({instance_name(plan)!r}, MISSING)"
    return kept_at(plan)


def kept_at(plan: Plan) -> str:
    """Return what to assign an instance to in order to keep it."""
    if plan.storage is Storage.GLOBAL:
        return instance_name(plan)
    if plan.storage is Storage.EXTRA:
        return f"scope._extra[{instance_name(plan)!r}]"
    return f"scope.{instance_name(plan)}"


def scope_out(hops: int) -> str:
    """Return the expression for the scope object that many frames out."""
    return "scope" + "._parent" * hops
