"""Scopes as lines of ancestors."""

from tests._model.strings import APP, REQUEST, STEP, TENANT
from wireproof._model.scope_path import deepest


def test_scope_holds_itself_and_what_lies_within() -> None:
    """An instance of a scope is reachable from the scope itself and from all within it."""
    assert APP.holds(APP)
    assert APP.holds(STEP)
    assert REQUEST.holds(STEP)


def test_scope_holds_neither_outer_ones_nor_siblings() -> None:
    """An instance of an inner scope, or of one on another branch, is out of reach."""
    assert not REQUEST.holds(APP)
    assert not TENANT.holds(REQUEST)
    assert not REQUEST.holds(TENANT)


def test_deepest_is_the_longest_line() -> None:
    """The deepest scope is the innermost, the first of equally deep ones, and none of none."""
    assert deepest([APP, STEP, REQUEST]) == STEP
    assert deepest([TENANT, REQUEST]) == TENANT
    assert deepest([]) is None
