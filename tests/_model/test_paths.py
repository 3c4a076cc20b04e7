"""Paths that lead to a problem."""

from tests._model.strings import REQUEST, STEP, alias, bound, graph, required
from wireproof._model.graph import Graph
from wireproof._model.names import Names, mentioned
from wireproof._model.paths import path_to
from wireproof._model.problems import Code, Problem
from wireproof._model.render import path_text


def shown(of: Graph[str], key: str) -> str:
    """Return the path to the provider of a key as text."""
    provider = of.provider(key)
    assert provider is not None
    path = path_to(of, provider)
    return path_text(path, Names(mentioned(Problem(Code.MISSING, None, path=path)), of.keys))


def test_path_shows_parameters_and_scopes() -> None:
    """A path names each key with its scope, and the parameter that leads on."""
    of = graph(bound("Engine"), bound("Users", "Session", scope=STEP), bound("Session", "Engine", scope=REQUEST))
    assert shown(of, "Engine") == (
        "Users (STEP) -> make_users.session -> Session (REQUEST) -> make_session.engine -> Engine (APP)"
    )


def test_path_through_an_alias_has_no_parameter() -> None:
    """An alias leads straight to the other key."""
    of = graph(alias("Users", "Sql"), bound("Sql", scope=REQUEST))
    assert shown(of, "Sql") == "Users (REQUEST) -> Sql (REQUEST)"


def test_requirement_is_a_start_but_no_step() -> None:
    """A requirement starts a path without being shown in it: it has no instance."""
    assert shown(graph(bound("Users"), required("Users")), "Users") == "Users (APP)"


def test_shortest_path_is_shown() -> None:
    """Of several ways the shortest is shown, of equally short ones the first registered."""
    of = graph(bound("D"), bound("C", "D"), bound("A", "C"), bound("B", "D"), bound("Z", "D"))
    assert shown(of, "D") == "B (APP) -> make_b.d -> D (APP)"


def test_path_into_a_cycle_is_the_binding_alone() -> None:
    """What only a cycle leads to has no start; it is shown alone."""
    assert shown(graph(bound("A", "B"), bound("B", "A", "C"), bound("C")), "C") == "C (APP)"


def test_way_into_a_cycle_from_outside_is_shown() -> None:
    """What something outside of a cycle leads to is shown from there."""
    of = graph(bound("A", "B"), bound("B", "A"), bound("Top", "A"))
    assert shown(of, "B") == "Top (APP) -> make_top.a -> A (APP) -> make_a.b -> B (APP)"
