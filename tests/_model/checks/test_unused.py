"""wire-unused: what is provided although nothing that is required needs it."""

from collections.abc import Sequence

from tests._model.strings import alias, bound, graph, need, required, words
from wireproof._model.alternatives import Branch, Choice
from wireproof._model.binding import Binding, Kind, replace
from wireproof._model.checks import unused


def left_over(*bindings: Binding[str], entry_points: Sequence[str] = (), opaque: bool = False) -> list[str | None]:
    """Return the keys of the unused bindings."""
    return [binding.key for binding in unused.unused(graph(*bindings, opaque=opaque), entry_points)]


def test_what_requirements_lead_to_is_used() -> None:
    """Through any number of parameters."""
    assert left_over(required("A"), bound("A", "B"), bound("B", "C"), bound("C"), bound("D")) == ["D"]


def test_aliases_functions_for_later_and_filled_defaults_are_uses() -> None:
    """Whatever may be built is used."""
    needed = bound("A", "later Other", need("C="), "maybe D", need("Nothing="))
    assert left_over(required("A"), needed, alias("Other", "B"), bound("B"), bound("C"), bound("D")) == []


def test_contributions_are_used_with_their_collection() -> None:
    """What contributes to something nobody collects is not used; declaring a collection provides nothing."""
    contribution, declared = bound("Check", kind=Kind.CONTRIBUTION), bound("Check", kind=Kind.CONTRIBUTIONS)
    assert left_over(required("all Check"), contribution, declared) == []
    assert left_over(required("A"), bound("A"), contribution, declared) == ["Check"]


def test_decorations_are_used_with_what_they_decorate() -> None:
    """And so is what they need."""
    decoration = bound("A", need("A")._replace(name=""), "B", kind=Kind.DECORATION)
    assert left_over(required("A"), bound("A"), bound("B"), decoration) == []
    assert left_over(required("B"), bound("A"), bound("B"), decoration) == ["A", "A"]


def test_a_generic_class_is_used_by_its_parametrisations() -> None:
    """One registration serves them all."""
    repo = bound("Repo", need("T"), open=True)
    assert left_over(required("Repo[User]"), repo, bound("User")) == []
    assert left_over(required("User"), repo, bound("User")) == ["Repo"]


def test_what_was_replaced_is_not_reported() -> None:
    """It is left out on purpose."""
    assert left_over(required("A"), bound("A"), bound("A", replaces=1)) == []


def test_of_alternatives_each_may_be_used() -> None:
    """What is used in one case is used; what only counts in cases in which nobody needs it is not."""
    choice = Choice(("S3", "Local"))
    first, second = (replace(bound("Disk", argument=1), condition=(Branch(choice, number),)) for number in range(2))
    assert left_over(required("Disk"), first, second) == []
    assert left_over(required("A"), bound("A"), first, second) == ["Disk", "Disk"]


def test_entry_points_are_needs() -> None:
    """A key stands for what provides it and for what contributes to it."""
    bindings = (bound("A", "B"), bound("B"), bound("C", kind=Kind.CONTRIBUTION), bound("D"))
    assert left_over(*bindings, entry_points=["A", "C"]) == ["D"]


def test_where_nothing_is_known_to_be_asked_for_nothing_is_unused() -> None:
    """Neither without entry points, nor with sources that may require anything."""
    assert left_over(bound("A")) == []
    assert left_over(required("A"), bound("A"), bound("B"), opaque=True) == []


def test_one_problem_for_a_source_names_all_of_its_bindings() -> None:
    """A large provider that is not needed is one line, and its notes."""
    many = [bound(f"app.K{number}", argument=1) for number in range(6)]
    of = graph(required("A"), bound("A"), *many, bound("Z", argument=2))
    first, second = (words(of, problem) for problem in unused.check(of))
    assert first.headline == 'Nothing that is required needs "K0", "K1", "K2" or 3 others'
    assert first.notes[0] == "defined at: " + ", ".join(f"app.make_k{number}" for number in range(6))
    assert first.notes[1] == "leave it out, or say who resolves it: require(K0)"
    assert second.headline == 'Nothing that is required needs "Z"'


def test_two_are_named_and_keys_once() -> None:
    """Two contributions to one key are one name."""
    of = graph(required("A"), bound("A"), bound("B"), bound("B", kind=Kind.CONTRIBUTION), bound("C"))
    (problem,) = unused.check(of)
    assert words(of, problem).headline == 'Nothing that is required needs "B" or "C"'


def test_names_that_look_alike_are_written_in_full() -> None:
    """As in every message."""
    of = graph(required("A"), bound("A"), bound("one.User"), bound("other.User"))
    (problem,) = unused.check(of)
    assert words(of, problem).headline == 'Nothing that is required needs "one.User" or "other.User"'
