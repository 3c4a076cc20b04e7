"""Expressions of generated code: how it names scopes, instances and targets."""

from wireproof._collect.recipe import Make
from wireproof._plan.plans import Plan, Reference, Storage


def target_name(plan: Plan) -> str:
    """Return the global that holds what the plan calls, or the value that it provides."""
    return f"target_{plan.symbol}"


def on_close_name(plan: Plan) -> str:
    """Return the global that holds what is called with the instance at scope end."""
    return f"on_close_{plan.symbol}"


def default_name(plan: Plan, number: int) -> str:
    """Return the global that holds the default of a parameter that nothing fills."""
    return f"default_{plan.symbol}_{number}"


def instance_name(plan: Plan) -> str:
    """Return the global or the slot that holds the built instance."""
    return f"instance_{plan.symbol}"


def kept_at(plan: Plan) -> str:
    """Return the expression for where the instance is kept, within a function of the plan's own frame."""
    return instance_name(plan) if plan.storage is Storage.GLOBAL else f"scope.{instance_name(plan)}"


def scope_out(hops: int) -> str:
    """Return the expression for the scope object that many frames out."""
    return "scope" + "._parent" * hops


def sync_value(reference: Reference) -> str:
    """Return the expression that gives the instance without awaiting."""
    if reference.plan.make is Make.VALUE:
        return target_name(reference.plan)
    return f"get_{reference.plan.symbol}({scope_out(reference.hops)})"


def async_value(reference: Reference) -> str:
    """Return the expression that gives the instance and may await."""
    if reference.plan.make is Make.VALUE:
        return target_name(reference.plan)
    return f"await aget_{reference.plan.symbol}({scope_out(reference.hops)})"
