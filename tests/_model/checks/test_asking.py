"""wire-scope and wire-async: requirements and ``resolve``."""

from tests._model.strings import APP, REQUEST, STEP, TENANT, alias, bound, found, graph, required
from wireproof._model.binding import Origin
from wireproof._model.checks import asynchronous, scope
from wireproof._model.problems import Code


def test_requirement_outside_of_the_scope_of_its_key() -> None:
    """A requirement at a scope where the key does not live yet is a problem."""
    need, session = required("Session", APP), bound("Session", scope=REQUEST)
    (problem,) = found(graph(need, session))
    assert (problem.code, problem.key, problem.binding, problem.other) == (Code.SCOPE, "Session", need, session)
    assert problem.scope == APP


def test_requirement_within_the_scope_of_its_key() -> None:
    """A requirement at the scope of the key, or within it, is filled."""
    of = graph(required("Session", REQUEST), required("Session", STEP), bound("Session", scope=REQUEST))
    assert found(of) == []


def test_requirement_on_another_branch() -> None:
    """A requirement on another branch of the tree cannot reach the key."""
    of = graph(required("Session", TENANT), bound("Session", scope=REQUEST))
    assert [problem.code for problem in found(of)] == [Code.SCOPE]


def test_requirement_of_an_alias_is_at_its_target() -> None:
    """An alias lives where its target does."""
    of = graph(required("Reader", APP), alias("Reader", "Users"), bound("Users", scope=REQUEST))
    assert [problem.code for problem in found(of)] == [Code.SCOPE]


def test_asking_where_it_does_not_live() -> None:
    """Resolving at a scope outside of the key's is a problem without a binding to change."""
    of = graph(bound("Session", scope=REQUEST))
    (problem,) = scope.at_resolve(of, "Session", APP)
    assert (problem.code, problem.binding, problem.scope) == (Code.SCOPE, None, APP)
    assert list(scope.at_resolve(of, "Session", STEP)) == []


def test_requirement_of_unknown_scope_is_let_be() -> None:
    """Where the scope of the key is not known, nothing is claimed."""
    assert found(graph(required("Session", APP), bound("Session", scope=None))) == []


def test_requirement_without_await() -> None:
    """A requirement of what awaits, without awaited=True, is a problem that names who awaits."""
    need, pool = required("Users"), bound("Pool", asynchronous=True)
    (problem,) = found(graph(need, bound("Users", "Pool"), pool))
    assert (problem.code, problem.key, problem.binding, problem.other) == (Code.ASYNC, "Users", need, pool)


def test_what_awaits_is_reported_once() -> None:
    """Of all who want without await what needs the same one, the first source is named and the others are counted."""
    second = bound("Job", "later Pool", origin=Origin("Job", "app.Job", 1))
    first, pool = required("Users"), bound("Pool", asynchronous=True)
    (problem,) = found(graph(second, first, bound("Users", "Pool"), pool, required("Pool", origin=second.origin)))
    assert (problem.binding, problem.other, problem.also) == (first, pool, 2)


def test_each_who_awaits_is_reported() -> None:
    """Two asynchronous factories are two problems."""
    pool, queue = bound("Pool", asynchronous=True), bound("Queue", asynchronous=True)
    problems = found(graph(required("Pool"), required("Queue"), pool, queue))
    assert [problem.other for problem in problems] == [pool, queue]


def test_awaited_requirement() -> None:
    """A requirement that is awaited may be of anything."""
    assert found(graph(required("Pool", awaited=True), bound("Pool", asynchronous=True))) == []


def test_factories_may_take_what_awaits() -> None:
    """That a synchronous factory takes an asynchronous one is no problem: it is awaited as a whole."""
    assert found(graph(bound("Users", "Pool"), bound("Pool", asynchronous=True))) == []


def test_asking_without_await() -> None:
    """Resolving without await what awaits is a problem; what does not await is none."""
    of = graph(bound("Users", "Pool"), bound("Pool", asynchronous=True), bound("Clock"))
    (problem,) = asynchronous.at_resolve(of, "Users")
    assert (problem.code, problem.binding, problem.other) == (Code.ASYNC, None, of.provider("Pool"))
    assert list(asynchronous.at_resolve(of, "Clock")) == []
    assert list(asynchronous.at_resolve(of, "Nothing")) == []
