"""The graph: what it answers about its bindings."""

from tests._model.strings import APP, REQUEST, alias, bound, graph, required
from wireproof._model.binding import Kind


def test_provided_keys_keep_their_order() -> None:
    """Keys are provided in the order of registration, requirements provide nothing."""
    of = graph(bound("B"), required("C"), bound("A"), bound("B"))
    assert list(of.registry.provided()) == ["B", "A"]


def test_first_of_two_providers_serves() -> None:
    """Without a replacing one, the first provider serves, so that messages are stable."""
    first, second = bound("A"), bound("A")
    assert graph(first, second).provider("A") is first


def test_replacing_provider_serves_wherever_it_stands() -> None:
    """A replacing provider wins, also when it stands before the one it replaces."""
    plain, other = bound("A"), bound("A", replaces=1)
    assert graph(plain, other).provider("A") is graph(other, plain).provider("A") is other


def test_unknown_key_has_no_provider() -> None:
    """A key that is not known is not provided, nor is one that nobody registered."""
    of = graph(bound("A"))
    assert of.provider(None) is None
    assert of.provider("B") is None
    assert of.registry.candidates("B") == []


def test_replaced_binding_is_not_live() -> None:
    """What has been replaced takes no part; requirements always do."""
    plain, other, need = bound("A"), bound("A", replaces=1), required("A")
    of = graph(plain, other, need)
    assert of.live() == [other, need]
    assert of.registry.taking_part(plain) == []


def test_binding_without_key_is_live() -> None:
    """A binding whose key could not be read takes part, so that its problems are found."""
    unread = bound(None, untyped="it has no annotation")
    assert graph(unread).live() == [unread]


def test_demands_tell_who_fills_each_parameter() -> None:
    """Each parameter comes with the binding that fills it, None if nothing does."""
    config, engine = bound("Config"), bound("Engine", "Config", "Clock")
    demands = graph(config, engine).demands(engine)
    assert [(demand.parameter.name, demand.provider) for demand in demands] == [("config", config), ("clock", None)]


def test_derived_keys_are_looked_through() -> None:
    """What a binding needs through a derived key is what is behind it."""
    config, first, second = (
        bound("Config"),
        bound("Check", kind=Kind.CONTRIBUTION),
        bound("Check", kind=Kind.CONTRIBUTION),
    )
    user = bound("User", "later Config", "async Config", "all Check", "maybe Config", "maybe Clock", "container")
    demands = graph(config, first, second, user).demands(user)
    assert [demand.provider for demand in demands] == [config, config, first, second, config]
    assert [(demand.lazy, demand.awaited) for demand in demands[:2]] == [(True, False), (True, True)]


def test_collections_have_to_be_contributed_to_or_declared() -> None:
    """A collection of nothing is there if it is declared, and missing otherwise."""
    declared = bound("Check", kind=Kind.CONTRIBUTIONS)
    assert graph().provider("all Check") is None
    assert graph(declared).provider("all Check") is not None


def test_explicit_provider_of_a_derived_key_wins() -> None:
    """A derived key that somebody provides is like any other."""
    made = bound("later Config")
    assert graph(made).provider("later Config") is made


def test_generic_class_serves_its_parametrisations() -> None:
    """A binding for a generic class is specialised for each argument that it may have; an exact one wins."""
    template, exact = bound("Repo", "Mapper[T]", open=True), bound("Repo[Order]")
    of = graph(template, exact)
    user = of.provider("Repo[User]")
    assert user is not None
    assert [parameter.key for parameter in user.parameters] == ["Mapper[User]"]
    assert of.provider("Repo[User]") is user
    assert of.provider("Repo[Order]") is exact
    assert of.provider("Repo") is of.provider("Repo[Never]") is None


def test_unregistered_classes_are_constructed_if_so_wished() -> None:
    """With autowiring, a class without a provider is constructed, and lives in the deepest scope that it needs."""
    autowire = bound(None, kind=Kind.AUTOWIRE, scope=None)
    of = graph(autowire, bound("Config", scope=REQUEST))
    made = of.provider("new User")
    assert made is not None
    assert of.scope(made) == REQUEST
    assert of.provider("new User", construct=False) is None
    assert graph().provider("new User") is None


def test_decorations_stack() -> None:
    """The last decoration gives the key, and each receives the one before it."""
    plain = bound("A", scope=REQUEST)
    first, second = (bound("A", "A", kind=Kind.DECORATION, scope=None) for _ in range(2))
    of = graph(first, plain, second)
    assert of.provider("A") is second
    assert [of.demands(one)[0].provider for one in (second, first)] == [first, plain]
    assert of.scope(second) == REQUEST


def test_optional_parameter_is_filled_if_all_is_there() -> None:
    """A parameter with a default stays empty if what its derived key needs is missing."""
    user = bound("User", "later Config=")
    assert graph(user).demands(user) == ()
    assert len(graph(user, bound("Config")).demands(user)) == 1


def test_target_follows_aliases() -> None:
    """Aliases of aliases lead to the binding that builds, and live in its scope."""
    sql = bound("Sql", scope=REQUEST)
    reader = alias("Reader", "Users")
    of = graph(reader, alias("Users", "Sql"), sql)
    assert of.target(reader) is sql
    assert of.scope(reader) == REQUEST


def test_target_of_aliases_in_a_circle_is_none() -> None:
    """Aliases that lead back to themselves, or to nothing, have neither a target nor a scope."""
    circle, lost = alias("A", "B"), alias("C", "D")
    of = graph(circle, alias("B", "A"), lost)
    assert of.target(circle) is None
    assert of.target(lost) is None
    assert of.scope(circle) is None


def test_needs_await_reaches_through_dependencies() -> None:
    """What awaits anywhere below needs await, and the culprit is named."""
    culprit = bound("Pool", asynchronous=True)
    users = bound("Users", "Session")
    of = graph(users, bound("Session", "Pool"), culprit, alias("Reader", "Users"))
    assert of.needs_await(users) is culprit
    assert of.needs_await(culprit) is culprit


def test_needs_await_ends_in_cycles() -> None:
    """A cycle without anything asynchronous needs no await, and the search ends."""
    one = bound("A", "B")
    assert graph(one, bound("B", "A")).needs_await(one) is None


def test_dependents_are_the_live_consumers() -> None:
    """Whoever takes a binding is its dependent, unless it has been replaced."""
    config = bound("Config")
    replaced, users = bound("Mail", "Config"), bound("Users", "Config", scope=APP)
    of = graph(config, replaced, bound("Mail", replaces=1), users)
    assert [consumer for consumer, _ in of.dependents(config)] == [users]
    assert of.dependents(users) == []
