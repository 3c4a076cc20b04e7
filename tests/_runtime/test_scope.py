"""Notes and tables."""

import pytest

from wireproof import ResolutionCycleError, ScopeClosedError
from wireproof._runtime.scope import MISSING, note_path
from wireproof._runtime.tables import ClosedTable, Table


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
