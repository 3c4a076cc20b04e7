"""What generated code calls of a scope, notes, and tables."""

import pytest

from wireproof import ResolutionCycleError, ScopeClosedError
from wireproof._runtime.cleanup import Exit
from wireproof._runtime.scope import MISSING, ScopeObject, State, aregister, note_path, register
from wireproof._runtime.tables import ClosedTable, Table


class Bare(ScopeObject):
    """A scope object without generated code."""

    def __init__(self, state: State) -> None:
        self._exits = []
        self._state = state

    def __repr__(self) -> str:
        return "it"


class Closed(list[Exit]):
    """The exits of a scope whose closing takes each out as soon as it is in."""

    def append(self, _: Exit, /) -> None:
        """Take it out at once."""


def exit_of(finished: list[str], *, asynchronous: bool) -> Exit:
    """Return an exit that says when it runs."""

    def finish(_: object, __: BaseException | None) -> None:
        finished.append("sync")

    async def afinish(_: object, __: BaseException | None) -> None:
        finished.append("async")

    return Exit(0, "it", afinish if asynchronous else finish, None, asynchronous)


async def test_exit_registered_in_an_open_scope_waits() -> None:
    """What is registered while the scope is open is left to its end."""
    finished: list[str] = []
    scope = Bare(State.OPEN)
    register(scope, exit_of(finished, asynchronous=False))
    await aregister(scope, exit_of(finished, asynchronous=True))
    assert (len(scope._exits), finished) == (2, [])


async def test_exit_registered_too_late_is_finished_at_once() -> None:
    """What is registered when the closing has been through is finished by whoever comes too late."""
    finished: list[str] = []
    scope = Bare(State.CLOSED)
    with pytest.raises(ScopeClosedError, match="it is closed and builds nothing any more"):
        register(scope, exit_of(finished, asynchronous=False))
    with pytest.raises(ScopeClosedError):
        await aregister(scope, exit_of(finished, asynchronous=True))
    assert (scope._exits, finished) == ([], ["sync", "async"])


async def test_exit_that_the_closing_took_is_finished_once() -> None:
    """What the closing took out already is not finished a second time."""
    finished: list[str] = []
    scope = Bare(State.CLOSING)
    scope._exits = Closed()
    with pytest.raises(ScopeClosedError):
        register(scope, exit_of(finished, asynchronous=False))
    with pytest.raises(ScopeClosedError):
        await aregister(scope, exit_of(finished, asynchronous=True))
    assert finished == []


def test_path_grows_at_its_front() -> None:
    """Each factory that an error leaves is put before those it left already."""
    error = LookupError()
    error.add_note("first")
    for name in ("C", "B", "A"):
        note_path(error, name)
    assert error.__notes__ == ["first", "resolution path: A -> B -> C"]


def test_path_of_a_cycle_is_data() -> None:
    """A cycle keeps its path itself."""
    error = ResolutionCycleError()
    for name in ("B", "A"):
        note_path(error, name)
    assert error.path == ("A", "B")
    assert str(error) == "an instance is needed for building itself: A -> B"


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


def test_closed_table_refuses_everything() -> None:
    """The table of a closed scope has no answers."""
    with pytest.raises(ScopeClosedError, match="REQUEST is closed; enter a new scope"):
        ClosedTable("REQUEST")["a"]


def test_missing_explains_itself() -> None:
    """The mark for an instance that is not there can be told in a debugger."""
    assert repr(MISSING) == "MISSING"
