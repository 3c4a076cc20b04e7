"""Scopes are classes; nesting is inheritance."""

from itertools import pairwise

import pytest

from wireproof import BaseScope, Scope
from wireproof.scopes import BUILT_IN_CHAIN, check_scope


class Tenant(Scope.APP):
    pass


class Quiet(Tenant, skip=True):
    pass


def test_built_in_scopes_are_a_chain() -> None:
    """Each built-in scope lies within the one before it."""
    names = ["RUNTIME", "APP", "SESSION", "REQUEST", "ACTION", "STEP"]
    assert [scope.__name__ for scope in BUILT_IN_CHAIN] == names
    assert all(issubclass(inner, outer) for outer, inner in pairwise(BUILT_IN_CHAIN))


def test_runtime_and_session_are_skipped() -> None:
    """Of the built-in scopes, RUNTIME and SESSION are passed through."""
    assert [scope for scope in BUILT_IN_CHAIN if scope.skipped] == [Scope.RUNTIME, Scope.SESSION]


def test_custom_scope_hangs_where_it_says() -> None:
    """A scope derived from APP lies within APP, and beside REQUEST."""
    assert issubclass(Tenant, Scope.APP)
    assert not issubclass(Tenant, Scope.REQUEST)
    assert not issubclass(Scope.REQUEST, Tenant)


def test_skip_is_said_of_each_class() -> None:
    """Whether a scope is skipped is not inherited."""

    class Inner(Quiet):
        pass

    assert (Tenant.skipped, Quiet.skipped, Inner.skipped) == (False, True, False)


def test_scope_has_one_base() -> None:
    """A scope within two others is refused where it is written."""
    with pytest.raises(TypeError, match=r"scope .*Both has 2 bases \(Tenant, Scope.REQUEST\): a scope has exactly one"):

        class Both(Tenant, Scope.REQUEST):  # pyright: ignore[reportUnusedClass]
            pass


def test_scope_takes_no_mixin() -> None:
    """A base that is no scope is a second base too."""

    class Mixin:
        pass

    with pytest.raises(TypeError, match="exactly one"):

        class Mixed(Mixin, Scope.APP):  # pyright: ignore[reportUnusedClass]
            pass


def test_scope_is_not_instantiated() -> None:
    """Calling a scope says what to write instead."""
    with pytest.raises(TypeError, match=r"write Scope.REQUEST, not Scope.REQUEST\(\)"):
        Scope.REQUEST()


def test_own_tree_is_apart() -> None:
    """A tree of one's own has nothing to do with the built-in one."""

    class Application(BaseScope):
        pass

    assert not issubclass(Application, Scope.RUNTIME)


@pytest.mark.parametrize("given", [Scope.RUNTIME, Scope.STEP, Tenant, Quiet])
def test_scopes_are_accepted(given: type[BaseScope]) -> None:
    """Whatever derives from the root can be a lifetime."""
    assert check_scope(given, "provide") is given


@pytest.mark.parametrize("given", [BaseScope, "REQUEST", None, int, 3])
def test_other_things_are_no_scopes(given: object) -> None:
    """The root itself and what is no scope are refused, with the call and the argument named."""
    with pytest.raises(TypeError, match=r"provide\(scope=.*\): a scope is a class, for example Scope.REQUEST"):
        check_scope(given, "provide")


def test_namespace_is_no_scope() -> None:
    """Scope itself is refused with the hint to name one of its scopes."""
    with pytest.raises(TypeError, match=r"Container\(start_scope=.*Scope'>\): Scope is the namespace"):
        check_scope(Scope, "Container", "start_scope")
