"""Provider classes: what is read from their attributes."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Generic
from unittest.mock import Mock

import pytest
from typing_extensions import TypeVar

from tests.wiring import broken, headlines, untyped, wire
from wireproof import BaseScope, Container, Provider, Scope, bind, provide, replacing, require
from wireproof._collect.read import read_sources
from wireproof._model.binding import Binding, Kind

T = TypeVar("T")
S = TypeVar("S", bound=BaseScope)


class Engine:
    pass


class FastEngine(Engine):
    pass


class Users:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Clock:
    pass


class Mail:
    pass


class Database(Provider[Scope.REQUEST]):
    clock = provide(Clock, scope=Scope.APP)

    @provide()
    def engine(self, clock: Clock) -> Engine:
        return Engine()

    users = provide(Users)
    note = "not a source"


class Replaced(Database):
    @provide()
    def engine(self, clock: Clock) -> Engine:
        return FastEngine()


class Extended(Database, Provider[Scope.APP]):  # pyright: ignore[reportGeneralTypeIssues]  # its type is not looked at
    mail = provide(Mail)


def bindings(*sources: object) -> list[Binding[Any]]:
    """Return what is read from sources for a container at APP."""
    return read_sources(sources, Scope.APP)


def scopes(*sources: object) -> dict[str, str]:
    """Return the name of the scope of each binding, by the name of its key."""
    return {one.key.__name__: one.scope.name for one in bindings(*sources) if one.key and one.scope}


def test_every_source_of_a_provider_is_read() -> None:
    """Methods and attributes that are sources are read, others are not, sorted by name."""
    assert [one.origin.name for one in bindings(Database())] == ["Clock", "Database.engine", "Users"]


def test_left_out_scope_is_the_default_of_the_provider() -> None:
    """A source without a scope lives at the default of its provider, one with a scope where it says."""
    assert scopes(Database()) == {"Clock": "APP", "Engine": "REQUEST", "Users": "REQUEST"}


def test_default_scope_is_that_of_the_defining_class() -> None:
    """A subclass with another default does not change where the inherited sources live."""
    assert scopes(Extended()) == {"Clock": "APP", "Engine": "REQUEST", "Users": "REQUEST", "Mail": "APP"}


def test_subclass_that_says_nothing_has_the_default_of_its_base() -> None:
    """A subclass without a default of its own has that of its base."""

    class More(Database):
        mail = provide(Mail)

    assert scopes(More())["Mail"] == "REQUEST"


def test_provider_that_says_nothing_is_at_app() -> None:
    """Without a default a provider is at APP, like a source at the top level."""

    class Plain(Provider):
        mail = provide(Mail)

    assert scopes(Plain(), provide(Clock)) == {"Mail": "APP", "Clock": "APP"}


def test_redefining_a_name_replaces_the_registration() -> None:
    """A subclass that redefines a name has one registration of that name, the new one."""
    container = Container(Replaced())
    assert type(container.enter_scope().resolve(Engine)) is FastEngine


def test_redefining_a_name_by_something_else_removes_the_registration() -> None:
    """A name that is redefined as no source provides nothing any more."""

    class Without(Database):
        users = None  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]

    assert Users not in wire(Without())


def test_super_is_the_inherited_method() -> None:
    """A redefinition may call the method that it replaces."""

    class Wrapping(Database):
        @provide()
        def engine(self, clock: Clock) -> Engine:
            inherited: Any = super().engine
            return inherited(clock) and FastEngine()

    assert type(wire(Wrapping()).enter_scope().resolve(Engine)) is FastEngine


def test_nested_provider_as_class_attribute() -> None:
    """A provider that a class holds is included, with its own default scope."""

    class Everything(Provider[Scope.STEP]):
        database = Database()

    assert scopes(Everything()) == scopes(Database())


def test_nested_provider_as_instance_attribute() -> None:
    """A provider that is put on the instance is included as well, and so is a source."""

    class Everything(Provider[Scope.STEP]):
        def __init__(self) -> None:
            self.database = Database()
            self.mail = provide(Mail)

    assert scopes(Everything()) == scopes(Database()) | {"Mail": "STEP"}


def test_instance_attribute_replaces_that_of_the_class() -> None:
    """An attribute of the instance hides the one of its class, as everywhere in Python."""

    class Choosing(Provider):
        engine = bind(Engine).to(Engine)

        def __init__(self) -> None:
            self.engine = bind(Engine).to(FastEngine)

    assert type(Container(Choosing()).resolve(Engine)) is FastEngine


def test_two_instances_of_one_provider() -> None:
    """Two instances of one provider class provide the same keys twice."""
    assert broken(Database(), Database()).codes == ("wire-duplicate",) * 3


def test_nested_provider_can_be_replaced() -> None:
    """A replacing provider replaces what a nested one provides."""

    class Everything(Provider):
        database = Database()

    class Fakes(Provider[Scope.REQUEST]):
        engine = bind(Engine).to(FastEngine)

    container = wire(Everything(), replacing(Fakes()))
    assert type(container.enter_scope().resolve(Users).engine) is FastEngine


def test_origins_name_the_attribute() -> None:
    """A problem in a provider is told with the name of its method, and where that is defined."""

    class Broken(Provider):
        @provide()
        def mail(self, engine: Engine) -> Mail:
            return Mail()

        users = require(Users)

    error = broken(provide(Clock), Broken())
    assert headlines(error) == [
        'No provider for "Engine", required by "Broken.mail" (parameter "engine")',
        'No provider for "Users", required by "Broken.users"',
    ]
    assert f"defined at: {__name__}.Broken.mail" in str(error)
    assert [one.binding.origin.argument for one in error.problems if one.binding] == [1, 1]


def test_inherited_source_is_defined_in_its_class() -> None:
    """An inherited registration is told by the class that has it."""
    origins = [one.origin.definition for one in bindings(Replaced()) if one.key in {Users, Engine}]
    assert origins == [f"{__name__}.Replaced.engine", f"{__name__}.Database.users"]


def test_methods_of_all_kinds() -> None:
    """Generator methods and static methods of a provider are sources."""

    class Mixed(Provider):
        ended: list[str]

        def __init__(self) -> None:
            self.ended = []

        @provide()
        def engine(self) -> Iterator[Engine]:
            yield Engine()
            self.ended.append("engine")

        @provide()
        @staticmethod
        def clock(engine: Engine) -> Clock:
            return Clock()

    provider = Mixed()
    with wire(provider) as container:
        assert isinstance(container.resolve(Clock), Clock)
    assert provider.ended == ["engine"]


def test_mixin_that_is_no_provider_is_not_read() -> None:
    """Sources are read from provider classes only."""

    class Mixin:
        mail = provide(Mail)

    class Mixed(Mixin, Database):
        pass

    assert Mail not in wire(Mixed())


def test_kinds_of_bindings() -> None:
    """Each kind of source makes its kind of binding."""
    sources = [provide(Clock), bind(Mail).instance(Mail()), bind(object).alias(Clock), require(Mail)]
    kinds = [one.kind for one in bindings(*sources)]
    assert kinds == [Kind.FACTORY, Kind.INSTANCE, Kind.ALIAS, Kind.REQUIREMENT]


def test_marks_number_their_sources() -> None:
    """What is marked together carries the same number, what is marked apart another."""
    numbers = [one.replaces for one in bindings(replacing(Database()), provide(Mail), replacing(provide(Mail)))]
    whole, _, _, plain, single = numbers
    assert numbers == [whole, whole, whole, 0, single]
    assert len({whole, plain, single}) == len([whole, plain, single])


def test_mark_inside_of_a_mark_is_the_outer_one() -> None:
    """What is marked within something that is marked belongs to it."""

    class Fakes(Provider):
        clock = replacing(provide(Clock))
        mail = provide(Mail)

    first, second = [one.replaces for one in bindings(replacing(Fakes()))]
    assert first == second > 0


def test_partial_and_callable_object_have_names() -> None:
    """Targets without a name of their own are called after what they stand for."""

    class Maker:
        def __call__(self) -> Mail:
            return Mail()

    names = [one.origin.name for one in bindings(provide(partial(Users, Engine())), provide(Maker()))]
    assert names == ["Users", "Maker"]


def test_mock_with_a_spec_stands_for_its_class() -> None:
    """A mock that says which class it stands for fits a binding of that class, another does not."""
    mail: Any = Mock(spec=Mail)
    assert wire(bind(Mail).instance(mail)).resolve(Mail) is mail
    assert broken(untyped(bind)(Clock).instance(mail)).codes == ("wire-type",)


class Shelf(Generic[T]):
    pass


class Shelves(Provider[S], Generic[T, S]):
    @provide()
    def shelf(self, clock: Clock) -> Shelf[T]:
        del clock
        return Shelf()


class Mails(Shelves[Mail, Scope.REQUEST]):
    pass


@pytest.mark.parametrize("provider", [Mails(), Shelves[Mail, Scope.REQUEST]()])
def test_generic_provider_knows_its_arguments(provider: Provider[Any]) -> None:
    """What the type variables of a generic provider stand for is in its keys and its default scope."""
    (binding,) = bindings(provider)
    assert binding.key == Shelf[Mail]
    assert binding.scope is not None
    assert binding.scope.name == "REQUEST"


def test_order_counts_for_contributions_and_decorations() -> None:
    """Where order has a meaning it is that of definition; everything else is sorted by name."""

    class Several(Provider):
        zeta = bind(object).contribute(Clock)
        beta = provide(Mail)
        alpha = bind(object).contribute(Mail)

    assert [one.built for one in bindings(Several())] == [Clock, Mail, Mail]
    assert [one.origin.definition.rpartition(".")[2] for one in bindings(Several())] == ["zeta", "beta", "alpha"]


def test_provider_that_holds_itself_is_read_once() -> None:
    """A provider may hold itself, or one that holds it."""
    outer, inner = Database(), Database()
    outer.__dict__ |= {"me": outer, "inner": inner}
    inner.__dict__["outer"] = outer
    assert len(bindings(outer)) == 2 * len(bindings(Database()))
