"""wire-duplicate."""

from tests._model.strings import alias, bound, found, graph, required
from wireproof._model.problems import Code


def test_two_providers_are_a_duplicate() -> None:
    """The later of two providers is the one to change, the earlier is named."""
    first, second = bound("A"), bound("A")
    (problem,) = found(graph(first, second))
    assert (problem.code, problem.binding, problem.other, problem.also) == (Code.DUPLICATE, second, first, 0)


def test_further_providers_are_counted() -> None:
    """One key is one problem, however many provide it."""
    (problem,) = found(graph(*(bound("A") for _ in range(4))))
    assert problem.also == 2


def test_alias_is_a_provider_too() -> None:
    """An alias and a factory of one key are a duplicate."""
    codes = [problem.code for problem in found(graph(bound("A"), alias("A", "B"), bound("B")))]
    assert codes == [Code.DUPLICATE]


def test_replacing_one_is_no_duplicate() -> None:
    """One plain provider beside one that replaces it is as it should be."""
    assert found(graph(bound("A"), bound("A", replaces=1))) == []


def test_two_plain_ones_beside_a_replacing_one() -> None:
    """Replacing does not excuse two plain providers of the key."""
    first, second = bound("A"), bound("A")
    (problem,) = found(graph(first, bound("A", replaces=1), second))
    assert (problem.code, problem.binding, problem.other) == (Code.DUPLICATE, second, first)


def test_two_replacing_ones_are_a_duplicate() -> None:
    """Two that replace the same key do not say which of them wins."""
    first, second = bound("A", replaces=1), bound("A", replaces=2)
    (problem,) = found(graph(bound("A"), first, second))
    assert (problem.code, problem.binding, problem.other) == (Code.DUPLICATE, second, first)


def test_requirements_are_never_duplicates() -> None:
    """Many may need one key."""
    assert found(graph(bound("A"), required("A"), required("A"))) == []


def test_no_duplicates_in_an_opaque_graph() -> None:
    """A source about which nothing is known could replace one of them."""
    assert found(graph(bound("A"), bound("A"), opaque=True)) == []
