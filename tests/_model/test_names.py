"""Names of keys in one message."""

from tests._model.strings import StringKeys, bound
from wireproof._model.names import Names, mentioned
from wireproof._model.problems import Code, Problem, Step


def test_names_are_short() -> None:
    """A key that looks like no other is shown without its module."""
    names = Names(mentioned(Problem(Code.MISSING, "app.User")), StringKeys())
    assert names.of("app.User") == "User"


def test_names_that_collide_are_full() -> None:
    """Two keys of one short name are both shown with their modules; the others stay short."""
    problem = Problem(Code.MISSING, "app.User", bound("app.Users"), near=(bound("old.User"),))
    names = Names(mentioned(problem), StringKeys())
    assert [names.of(key) for key in ("app.User", "old.User", "app.Users")] == ["app.User", "old.User", "Users"]


def test_names_collide_wherever_they_are_mentioned() -> None:
    """Keys of the path, of the other party and of what is built count as well."""
    steps = Names(mentioned(Problem(Code.CYCLE, "a.User", path=(Step("b.User", None),))), StringKeys())
    other = Names(mentioned(Problem(Code.DUPLICATE, "a.User", other=bound("c.User"))), StringKeys())
    built = Names(mentioned(Problem(Code.TYPE, "a.User", bound("a.User", built="d.User"))), StringKeys())
    assert [names.of("a.User") for names in (steps, other, built)] == ["a.User"] * 3


def test_same_key_twice_is_no_collision() -> None:
    """A key that is mentioned twice does not collide with itself."""
    names = Names(mentioned(Problem(Code.CYCLE, "app.User", bound("app.User"))), StringKeys())
    assert names.of("app.User") == "User"


def test_unknown_key_is_a_question_mark() -> None:
    """A key that could not be read has a name as well."""
    unknown: Problem[str] = Problem(Code.UNTYPED, None)
    assert Names(mentioned(unknown), StringKeys()).of(None) == "?"
