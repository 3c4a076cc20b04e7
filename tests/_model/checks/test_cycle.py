"""wire-cycle."""

from tests._model.strings import alias, bound, found, graph, required
from wireproof._model.problems import Code, Problem


def keys(problem: Problem[str]) -> list[str]:
    """Return the keys along the path."""
    return [step.key for step in problem.path]


def test_cycle_starts_at_the_smallest_name() -> None:
    """A cycle is reported once, from the smallest name to itself, whatever the order of registration."""
    (problem,) = found(graph(bound("C", "A"), bound("B", "C"), bound("A", "B")))
    assert problem.code is Code.CYCLE
    assert keys(problem) == ["A", "B", "C", "A"]


def test_binding_that_needs_itself() -> None:
    """A binding that takes its own key is the smallest cycle."""
    (problem,) = found(graph(bound("A", "A")))
    assert keys(problem) == ["A", "A"]


def test_two_knots_are_two_problems() -> None:
    """Cycles that have nothing to do with each other are reported each."""
    of = graph(bound("A", "B"), bound("B", "A"), bound("X", "Y", "A"), bound("Y", "X"))
    assert [keys(problem) for problem in found(of)] == [["A", "B", "A"], ["X", "Y", "X"]]


def test_knot_is_shown_by_its_shortest_cycle() -> None:
    """Where cycles are tangled, the shortest through the smallest name is shown."""
    of = graph(bound("A", "B"), bound("B", "C"), bound("C", "D", "A"), bound("D", "A", "B"))
    assert [keys(problem) for problem in found(of)] == [["A", "B", "C", "A"]]


def test_aliases_can_form_a_cycle() -> None:
    """Aliases of each other lead nowhere, and that is a cycle."""
    (problem,) = found(graph(alias("A", "B"), alias("B", "A")))
    assert problem.code is Code.CYCLE
    assert keys(problem) == ["A", "B", "A"]


def test_alias_of_itself_is_a_cycle() -> None:
    """A key that stands for itself leads nowhere."""
    assert [problem.code for problem in found(graph(alias("A", "A")))] == [Code.CYCLE]


def test_default_does_not_break_a_cycle() -> None:
    """A parameter with a default is filled if it can be, so it takes part in cycles."""
    assert [problem.code for problem in found(graph(bound("A", "B="), bound("B", "A")))] == [Code.CYCLE]


def test_diamond_is_no_cycle() -> None:
    """Two ways to one key are no cycle, and a requirement is on none."""
    of = graph(required("Top"), bound("Top", "L", "R"), bound("L", "Base"), bound("R", "Base"), bound("Base"))
    assert found(of) == []


def test_cycle_through_a_replaced_binding_is_none() -> None:
    """Replacing one member breaks the cycle."""
    assert found(graph(bound("A", "B"), bound("B", "A"), bound("B", replaces=1))) == []


def test_problem_stands_at_the_first_on_the_path() -> None:
    """The place of a cycle is its first binding, and the parameter that leads on."""
    first = bound("A", "B", argument=1)
    (problem,) = found(graph(bound("B", "A"), first))
    assert problem.binding is first
    assert problem.parameter == first.parameters[0]
