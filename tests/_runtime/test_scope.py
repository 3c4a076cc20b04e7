"""What generated code calls of a scope."""

import pytest

from wireproof import ScopeClosedError
from wireproof._runtime.cleanup import Exit, Finalizer
from wireproof._runtime.scope import MISSING, ScopeObject, State, awithdraw, withdraw


class Bare(ScopeObject):
    """A scope object without generated code."""

    def __init__(self, state: State) -> None:
        self._exits = []
        self._state = state

    def __repr__(self) -> str:
        return "it"


def exit_of(finished: list[str], *, asynchronous: bool) -> Exit:
    """Return an exit that says when it runs."""

    def finish(_: object, __: BaseException | None) -> None:
        finished.append("sync")

    async def afinish(_: object, __: BaseException | None) -> None:
        finished.append("async")

    return Finalizer(0, "it", afinish if asynchronous else finish, asynchronous), None


async def test_exit_registered_too_late_is_finished_at_once() -> None:
    """What is registered when the closing has been through is finished by whoever comes too late."""
    finished: list[str] = []
    scope = Bare(State.CLOSED)
    scope._exits = [exit_of(finished, asynchronous=kind) for kind in (False, False, True)]
    with pytest.raises(ScopeClosedError, match="it is closed and builds nothing any more"):
        withdraw(scope, scope._exits[0])
    for entry in list(scope._exits):
        with pytest.raises(ScopeClosedError):
            await awithdraw(scope, entry)
    assert (scope._exits, finished) == ([], ["sync", "sync", "async"])


async def test_exit_that_the_closing_took_is_finished_once() -> None:
    """What the closing took out already is not finished a second time."""
    finished: list[str] = []
    scope = Bare(State.CLOSING)
    with pytest.raises(ScopeClosedError):
        withdraw(scope, exit_of(finished, asynchronous=False))
    with pytest.raises(ScopeClosedError):
        await awithdraw(scope, exit_of(finished, asynchronous=True))
    assert finished == []


def test_exit_of_an_equal_instance_is_left_alone() -> None:
    """Of two exits that are equal, as those of equal instances are, the one that came too late is withdrawn."""
    scope = Bare(State.CLOSING)
    first, second = list("ab"), list("ab")

    def finish(instance: list[str], _: BaseException | None) -> None:
        instance.clear()

    finalizer = Finalizer(0, "it", finish, asynchronous=False)
    scope._exits = [(finalizer, first), entry := (finalizer, second)]
    with pytest.raises(ScopeClosedError):
        withdraw(scope, entry)
    assert scope._exits[0][1] is first
    assert (first, second) == (["a", "b"], [])


def test_missing_explains_itself() -> None:
    """The mark for an instance that is not there can be told in a debugger."""
    assert repr(MISSING) == "MISSING"
