"""wire-context: values that a scope is given when it is opened."""

import pytest

from tests._model.strings import APP, REQUEST, STEP, TENANT, alias, bound, graph, words
from wireproof._model.alternatives import Branch, Choice
from wireproof._model.binding import Binding, Kind, replace
from wireproof._model.checks.context import at_entering, at_resolve
from wireproof._model.problems import Code
from wireproof._model.scope_path import ScopePath


def declared(key: str, scope: ScopePath | None = REQUEST) -> Binding[str]:
    """Return the declaration of a context value."""
    return replace(bound(key, scope=scope), kind=Kind.CONTEXT, built=None)


@pytest.mark.parametrize("need", ["Request", "later Request", "async Request", "maybe Request"])
def test_needing_a_value_that_was_not_given(need: str) -> None:
    """Whoever reaches the value, directly or later, would not get it."""
    of = graph(bound("Handler", need, scope=REQUEST), declared("Request"))
    (problem,) = at_resolve(of, "Handler", ())
    assert (problem.code, problem.key, problem.binding, problem.scope) == (Code.CONTEXT, "Request", None, REQUEST)
    assert [step.key for step in problem.path] == ["Handler", "Request"]


def test_needing_a_value_that_was_given() -> None:
    """Of several values those are missed that were not given."""
    of = graph(bound("Handler", "Request", "User", scope=STEP), declared("Request"), declared("User"))
    assert [problem.key for problem in at_resolve(of, "Handler", {"Request"})] == ["User"]
    assert list(at_resolve(of, "Handler", {"Request", "User"})) == []


def test_value_behind_an_alias() -> None:
    """It is the declared key that is given, not its alias."""
    of = graph(declared("Request"), alias("Message", "Request"))
    assert [problem.key for problem in at_resolve(of, "Message", {"Message"})] == ["Request"]


def test_giving_what_nobody_declares() -> None:
    """A key that is not declared, or is provided otherwise, is refused, with a look at those that are declared."""
    of = graph(declared("old.Request"), bound("User"), bases={"new.User": {"User"}})
    for key in ("new.Request", "User"):
        (problem,) = at_entering(of, key, None, REQUEST, APP)
        assert (problem.code, problem.key, problem.other) == (Code.CONTEXT, key, None)
        assert [near.key for near in problem.near] == (["old.Request"] if key == "new.Request" else [])


def test_giving_what_something_unknown_may_declare() -> None:
    """Beside a source about which nothing is known, any key may be declared."""
    assert list(at_entering(graph(opaque=True), "User", None, REQUEST, APP)) == []


@pytest.mark.parametrize(("scope", "outer", "refused"), [
    (REQUEST, APP, False),
    (STEP, APP, False),
    (REQUEST, None, False),
    (STEP, REQUEST, True),
    (APP, None, True),
    (TENANT, APP, True),
])  # fmt: skip
def test_giving_a_value_to_a_scope(scope: ScopePath, outer: ScopePath | None, *, refused: bool) -> None:
    """A value can be given where its scope is opened: entered, or passed through."""
    problems = list(at_entering(graph(declared("Request")), "Request", None, scope, outer))
    assert [problem.lives for problem in problems] == [REQUEST] * refused


def test_giving_a_value_of_another_type() -> None:
    """What is known not to be an instance of the key is refused."""
    of = graph(declared("Request"), bases={"Special": {"Request"}})
    (problem,) = at_entering(of, "Request", "User", REQUEST, APP)
    assert words(of, problem).headline == 'The context value for "Request" is of type "User"'
    for value in ("Request", "Special", "What?"):
        assert list(at_entering(of, "Request", value, REQUEST, APP)) == []


def test_giving_what_one_alternative_declares() -> None:
    """A value has to be declared in every case; the message says where it is not."""
    of = graph(replace(declared("Request"), condition=(Branch(Choice(("Web", "Cli")), 0),)))
    (problem,) = at_entering(of, "Request", None, REQUEST, APP)
    assert (problem.code, problem.key, problem.other) == (Code.CONTEXT, "Request", None)
    assert '"Web" provides it, "Cli" does not' in words(of, problem).notes
