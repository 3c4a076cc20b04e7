"""Near misses: what might have been meant."""

from tests._model.strings import bound, graph
from wireproof._model.binding import Kind
from wireproof._model.near import near_misses


def test_same_name_in_another_module_is_near() -> None:
    """A key of the same short name is shown: the import may be wrong."""
    other = bound("old.Config")
    assert near_misses(graph(bound("Clock"), other), "new.Config") == (other,)


def test_sub_and_superclasses_are_near() -> None:
    """A provided subclass or superclass of what is missing is shown, in registration order."""
    sql, base = bound("SqlUsers"), bound("Repository")
    of = graph(sql, bound("Clock"), base, bases={"SqlUsers": {"Users"}, "Users": {"Repository"}})
    assert near_misses(of, "Users") == (sql, base)


def test_other_arguments_of_the_same_generic_class_are_near() -> None:
    """Who asks for a generic class with other arguments than are provided sees which are."""
    provided = bound("Repo[User]")
    assert near_misses(graph(provided, bound("Repository[Order]")), "Repo[Order]") == (provided,)


def test_subclasses_with_other_arguments_are_near() -> None:
    """Arguments do not matter to whether a class is derived from what is missing."""
    sql = bound("SqlRepo[int]")
    assert near_misses(graph(sql, bases={"SqlRepo": {"Repo"}}), "Repo[str]") == (sql,)


def test_object_is_near_nothing() -> None:
    """That everything is an object does not make a provider of object a near miss."""
    of = graph(bound("object"), bases={"Users": {"object"}})
    assert near_misses(of, "Users") == ()


def test_key_itself_is_no_near_miss() -> None:
    """What is asked for is not shown as similar to itself."""
    assert near_misses(graph(bound("Config")), "Config") == ()


def test_at_most_three_are_shown() -> None:
    """Three near misses are enough."""
    many = [bound(f"m{number}.Config") for number in range(5)]
    assert near_misses(graph(*many), "Config") == tuple(many[:3])


def test_replaced_provider_is_not_shown() -> None:
    """Of a key that is replaced, the replacing provider is shown."""
    plain, winner = bound("old.Config"), bound("old.Config", replaces=1)
    assert near_misses(graph(plain, winner), "Config") == (winner,)


def test_contribution_is_near_what_is_asked_for_alone() -> None:
    """What is only contributed to a collection is shown, by its first contribution, before what is merely alike."""
    first, second = (bound("Handler", kind=Kind.CONTRIBUTION) for _ in range(2))
    alike = bound("old.Handler")
    assert near_misses(graph(alike, first, second), "Handler") == (first, alike)


def test_plain_provider_is_near_a_collection() -> None:
    """What is provided alone is shown where a collection of it is asked for."""
    alone = bound("Handler")
    assert near_misses(graph(bound("Clock"), alone), "all Handler") == (alone,)
