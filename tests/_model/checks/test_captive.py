"""wire-captive."""

from tests._model.strings import APP, REQUEST, STEP, TENANT, alias, bound, found, graph, required
from wireproof._model.problems import Code


def test_longer_lived_may_not_hold_shorter_lived() -> None:
    """An application's object that takes a request's is a problem, with the scope of what it takes."""
    app, session = bound("Cache", "Session"), bound("Session", scope=REQUEST)
    (problem,) = found(graph(app, session))
    assert (problem.code, problem.key, problem.binding, problem.other) == (Code.CAPTIVE, "Session", app, session)
    assert problem.scope == REQUEST


def test_shorter_lived_may_hold_longer_lived() -> None:
    """Taking from the same scope or from one around it is the rule."""
    assert found(graph(bound("A"), bound("B", "A", scope=REQUEST), bound("C", "A", "B", scope=STEP))) == []


def test_other_branch_is_shorter_lived() -> None:
    """Scopes on two branches of the tree cannot reach each other."""
    problems = found(graph(bound("A", "B", scope=TENANT), bound("B", scope=REQUEST)))
    assert [problem.code for problem in problems] == [Code.CAPTIVE]


def test_alias_is_as_short_lived_as_its_target() -> None:
    """Taking an alias of something shorter-lived is captive; the alias by itself is not."""
    of = graph(bound("Cache", "Reader"), alias("Reader", "Users"), bound("Users", scope=REQUEST))
    (problem,) = found(of)
    assert (problem.code, problem.key, problem.scope) == (Code.CAPTIVE, "Reader", REQUEST)


def test_default_does_not_help() -> None:
    """A parameter with a default is filled if it can be, so what fills it counts."""
    problems = found(graph(bound("Cache", "Session="), bound("Session", scope=REQUEST)))
    assert [problem.code for problem in problems] == [Code.CAPTIVE]


def test_each_parameter_is_a_problem() -> None:
    """Two shorter-lived dependencies are two problems."""
    of = graph(bound("Cache", "A", "B"), bound("A", scope=REQUEST), bound("B", scope=REQUEST))
    assert [problem.key for problem in found(of)] == ["A", "B"]


def test_unknown_scope_is_not_captive() -> None:
    """Where a scope is not known nothing is claimed, on either side."""
    of = graph(bound("A", "B", scope=None), bound("B", "C", scope=REQUEST), bound("C", scope=None))
    assert found(of) == []


def test_requirement_is_not_captive() -> None:
    """A requirement at too shallow a scope is wire-scope, not wire-captive."""
    of = graph(required("Session", APP), bound("Session", scope=REQUEST))
    assert [problem.code for problem in found(of)] == [Code.SCOPE]


def test_opaque_graph_stays_proven() -> None:
    """An opaque source does not excuse a captive dependency among what is known."""
    of = graph(bound("Cache", "Session"), bound("Session", scope=REQUEST), opaque=True)
    assert [problem.code for problem in found(of)] == [Code.CAPTIVE]
