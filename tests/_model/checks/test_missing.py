"""wire-missing."""

from tests._model.strings import bound, found, graph, required
from wireproof._model.binding import Parameter
from wireproof._model.checks.missing import at_resolve
from wireproof._model.problems import Code


def test_needed_key_without_provider_is_missing() -> None:
    """A key that a parameter needs and nobody provides is one problem, at the binding that needs it."""
    users = bound("Users", "Config")
    (problem,) = found(graph(users))
    assert (problem.code, problem.key, problem.binding) == (Code.MISSING, "Config", users)
    assert problem.parameter == users.parameters[0]


def test_default_is_not_missing() -> None:
    """A parameter with a default needs no provider."""
    assert found(graph(bound("Users", "Config="))) == []


def test_one_problem_for_many_needs() -> None:
    """A key that several need is reported once, and the others are counted."""
    (problem,) = found(graph(*(bound(f"K{number}", "Config") for number in range(7))))
    assert problem.also == 6


def test_two_parameters_of_one_binding_count_once() -> None:
    """A binding that needs the key twice is no other binding."""
    (problem,) = found(graph(bound("Users", Parameter("a", "Config"), Parameter("b", "Config"))))
    assert problem.also == 0


def test_each_missing_key_is_a_problem() -> None:
    """Two missing keys are two problems."""
    assert [problem.key for problem in found(graph(bound("Users", "Config", "Clock")))] == ["Config", "Clock"]


def test_requirement_of_nothing_is_missing() -> None:
    """A requirement that nobody fills is a problem of its own."""
    need = required("Users")
    (problem,) = found(graph(need))
    assert (problem.code, problem.key, problem.binding) == (Code.MISSING, "Users", need)


def test_replaced_binding_needs_nothing() -> None:
    """What a replaced binding would have needed is not missing."""
    assert found(graph(bound("Mail", "Config"), bound("Mail", replaces=1))) == []


def test_unread_key_is_not_missing() -> None:
    """A parameter whose key is not known is not called missing."""
    assert found(graph(bound("Users", Parameter("config", None)))) == []


def test_nothing_is_missing_in_an_opaque_graph() -> None:
    """A source about which nothing is known could provide anything."""
    of = graph(bound("Users", "Config"), opaque=True)
    assert found(of) == []
    assert list(at_resolve(of, "Config")) == []


def test_asking_for_what_is_not_provided() -> None:
    """Resolving a key without provider is a problem without a binding to change."""
    of = graph(bound("old.Config"))
    (problem,) = at_resolve(of, "new.Config")
    assert (problem.code, problem.key, problem.binding, problem.near) == (Code.MISSING, "new.Config", None, of.bindings)
    assert list(at_resolve(of, "old.Config")) == []
