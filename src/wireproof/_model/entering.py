"""What is said of scopes that cannot be entered, or never be active: at the call, and by mypy."""

from wireproof._model.report import Report
from wireproof._model.scope_path import ScopePath


def not_enterable(here: ScopePath, target: ScopePath, root: ScopePath) -> Report:
    """Say that a scope cannot be entered from another one.

    Args:
        here: where that is tried.
        target: what is to be entered.
        root: the outermost scope around the target, or the target itself.
    """
    name = target.name
    headline = f"{name} cannot be entered from {here.name}: no scope that has been entered here is around {name}"
    return Report(headline, (f"start a container at the top of its tree: Container(..., start_scope={root.code})",))


def nothing_next(here: ScopePath) -> Report:
    """Say that there is no scope to enter without a name; one that can be is a fresh scope of the same kind."""
    return Report(f"there is no scope after {here.name}; name the one to enter", (_for_example(here),))


def several_next(here: ScopePath, following: list[ScopePath]) -> Report:
    """Say that there are several scopes to enter without a name."""
    names = ", ".join(scope.name for scope in following)
    return Report(f"{here.name} is followed by {names}; name the one to enter", (_for_example(following[0]),))


def never_active(here: ScopePath, target: ScopePath) -> Report:
    """Say that a scope of one tree is never active in a container of another."""
    headline = f"{target.name} can never be active here: {here.name} is in another tree of scopes"
    return Report(headline, (f"name a scope of that tree, for example {here.code}",))


def _for_example(scope: ScopePath) -> str:
    return f"for example: enter_scope({scope.code})"
