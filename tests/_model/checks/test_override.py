"""wire-override."""

from tests._model.strings import bound, found, graph
from wireproof._model.problems import Code


def test_replacing_what_is_not_there() -> None:
    """A replacing source without anything to replace is a problem."""
    lone = bound("A", replaces=1)
    (problem,) = found(graph(bound("B"), lone))
    assert (problem.code, problem.key, problem.binding) == (Code.OVERRIDE, "A", lone)


def test_replacing_provider_needs_one_key_that_is_there() -> None:
    """Of sources that were marked together, one has to replace something; the others may add."""
    assert found(graph(bound("A"), bound("A", replaces=1), bound("B", replaces=1))) == []


def test_replacing_provider_without_any_key_that_is_there() -> None:
    """Sources that were marked together and replace nothing are one problem."""
    (problem,) = found(graph(bound("C"), bound("A", replaces=1), bound("B", replaces=1)))
    assert (problem.code, problem.key) == (Code.OVERRIDE, "A")


def test_marks_are_apart() -> None:
    """What one mark replaces does not excuse another mark."""
    (problem,) = found(graph(bound("A"), bound("A", replaces=1), bound("B", replaces=2)))
    assert problem.key == "B"


def test_another_replacing_source_is_nothing_to_replace() -> None:
    """Two replacing sources of a key that is not there replace nothing, each."""
    codes = [problem.code for problem in found(graph(bound("A", replaces=1), bound("A", replaces=2)))]
    assert codes.count(Code.OVERRIDE) == 2


def test_unread_key_may_replace_anything() -> None:
    """A source whose key is not known is not said to replace nothing."""
    assert found(graph(bound("A"), bound(None, replaces=1))) == []


def test_opaque_graph_may_hold_anything_to_replace() -> None:
    """A source about which nothing is known could be what is replaced."""
    assert found(graph(bound("A", replaces=1), opaque=True)) == []


def test_any_parametrisation_is_something_else() -> None:
    """What provides a generic class as it is replaces nothing that provides it for any parameters, or the reverse."""
    for template, plain in ((1, 0), (0, 1)):
        (problem,) = found(graph(bound("A", open=True, replaces=template), bound("A", replaces=plain)))
        assert problem.code is Code.OVERRIDE
