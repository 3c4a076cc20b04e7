"""What generated code calls of a scope, and tables."""

import pytest

from wireproof import ScopeClosedError
from wireproof._runtime.cleanup import Exit, Finalizer
from wireproof._runtime.scope import MISSING, ScopeObject, State, awithdraw, withdraw
from wireproof._runtime.tables import Table


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


def test_table_makes_each_answer_once() -> None:
    """An answer is made when it is first asked for."""
    made: list[object] = []

    def make(key: object) -> object:
        made.append(key)
        return key

    table: Table[object] = Table(make)
    assert [table["a"], table["a"]] == ["a", "a"]
    assert made == ["a"]


def test_table_remembers_no_failures() -> None:
    """If making an answer fails it is made again."""
    table: Table[object] = Table({"a": 1}.__getitem__)
    for _ in range(2):
        with pytest.raises(KeyError):
            table["b"]
    assert not table


def test_answer_made_too_late_is_not_remembered() -> None:
    """An answer that was begun before the table was started again is given, and forgotten."""

    def make(key: object) -> object:
        table.start_again(str)
        return key

    table: Table[object] = Table(make)
    assert [table[1], table[1]] == [1, "1"]


def test_missing_explains_itself() -> None:
    """The mark for an instance that is not there can be told in a debugger."""
    assert repr(MISSING) == "MISSING"
