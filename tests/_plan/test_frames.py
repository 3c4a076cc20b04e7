"""Frames: which scopes a scope object stands for."""

from wireproof import BaseScope, Scope
from wireproof._plan.frames import hops_to_opener, next_scopes, open_frame, root_frame


class Tenant(Scope.APP):
    pass


class Own(BaseScope):
    pass


class Inner(Own, skip=True):
    pass


class Left(Inner):
    pass


class Right(Own):
    pass


APP = root_frame(Scope.APP)
REQUEST = open_frame(APP, Scope.REQUEST)


def test_root_holds_what_is_around() -> None:
    """The frame of a container holds the scopes around its start scope, outermost first."""
    assert (APP.scope, APP.parent, APP.held) == (Scope.APP, None, (Scope.RUNTIME, Scope.APP))


def test_opened_frame_holds_what_it_passes_through() -> None:
    """Entering REQUEST from APP holds a SESSION, entering it from a SESSION does not."""
    session = open_frame(APP, Scope.SESSION)
    assert REQUEST.held == (Scope.SESSION, Scope.REQUEST)
    assert open_frame(session, Scope.REQUEST).held == (Scope.REQUEST,)


def test_hops_to_a_scope() -> None:
    """A scope is found in the nearest frame that holds it, or in none."""
    step = open_frame(REQUEST, Scope.STEP)
    hops = [step.hops_to(scope) for scope in (Scope.STEP, Scope.ACTION, Scope.SESSION, Scope.RUNTIME, Tenant)]
    assert hops == [0, 0, 1, 2, None]
    assert step.out(2) is APP


def test_opener_is_the_nearest_that_was_entered() -> None:
    """A scope opens under the nearest frame entered for a proper ancestor of it."""
    step = open_frame(REQUEST, Scope.STEP)
    assert hops_to_opener(step, Scope.ACTION) == 1
    assert hops_to_opener(step, Scope.STEP) == 1
    assert hops_to_opener(step, Scope.REQUEST) == 2
    assert hops_to_opener(step, Scope.SESSION) == 2
    assert hops_to_opener(step, Tenant) == 2


def test_nothing_opens_the_root_or_another_tree() -> None:
    """The start scope, those around it and other trees have no opener."""
    assert [hops_to_opener(REQUEST, scope) for scope in (Scope.APP, Scope.RUNTIME, Own)] == [None] * 3


def test_next_scopes() -> None:
    """The built-in chain goes on to the next that is not skipped; a tree of one's own to all nearest ones."""
    assert next_scopes(Scope.APP) == next_scopes(Scope.SESSION) == next_scopes(Tenant) == [Scope.REQUEST]
    assert next_scopes(Scope.STEP) == []
    assert next_scopes(Own) == [Left, Right]
    assert next_scopes(Right) == []


def test_symbols_tell_the_way() -> None:
    """A frame is called in generated code after the scopes that were entered."""
    assert [APP.symbol, REQUEST.symbol] == ["app", "app_request"]
