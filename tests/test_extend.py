"""New containers with more sources."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import pytest

from tests.wiring import headlines, untyped, wire
from wireproof import (
    Container,
    ContextValueError,
    GraphError,
    LockMode,
    Provider,
    Scope,
    ScopeClosedError,
    autowire,
    bind,
    provide,
    replacing,
    require,
)

T = TypeVar("T")


class Config:
    pass


class Mailer:
    pass


class FakeMailer(Mailer):
    pass


class Signup:
    def __init__(self, mailer: Mailer) -> None:
        self.mailer = mailer


class Repo(Generic[T]):
    pass


class FakeRepo(Repo[T]):
    pass


def test_new_sources_beside_the_old_ones() -> None:
    """The new container provides what the old one does and what is added, and the old one stays as it was."""
    base = wire(provide(Mailer))
    wider = base.extend(provide(Signup))
    assert type(wider.resolve(Signup).mailer) is Mailer
    assert Signup not in base


def test_no_instance_is_shared() -> None:
    """Each container builds its own instances and closes its own."""
    closed: list[Mailer] = []
    base = wire(provide(Mailer, on_close=closed.append))
    wider = base.extend()
    mine, theirs = base.resolve(Mailer), wider.resolve(Mailer)
    assert mine is not theirs
    base.close()
    assert closed == [mine]
    assert wider.resolve(Mailer) is theirs
    wider.close()
    assert closed == [mine, theirs]


def test_new_sources_take_precedence() -> None:
    """What the new sources provide is used, also by what was there, without being marked."""
    wider = wire(provide(Mailer), provide(Signup)).extend(bind(Mailer).to(FakeMailer))
    assert type(wider.resolve(Signup).mailer) is FakeMailer


def test_precedence_over_what_replaces() -> None:
    """They take precedence over replacing ones, marked as replacing or not."""
    base = wire(provide(Mailer), replacing(bind(Mailer).to(Mailer)))
    for source in (bind(Mailer).to(FakeMailer), replacing(bind(Mailer).to(FakeMailer))):
        assert type(base.extend(source).resolve(Mailer)) is FakeMailer


def test_extending_twice() -> None:
    """An extended container can be extended; the last one wins."""

    class Third(Mailer):
        pass

    wider = wire(provide(Mailer)).extend(bind(Mailer).to(FakeMailer)).extend(bind(Mailer).to(Third))
    assert type(wider.resolve(Mailer)) is Third


def test_two_new_sources_for_one_key() -> None:
    """Among the new sources a duplicate is a problem like any other."""
    with pytest.raises(GraphError) as caught:
        wire(provide(Mailer)).extend(provide(Mailer), bind(Mailer).to(FakeMailer))
    assert caught.value.codes == ("wire-duplicate",)


def test_wiring_is_checked_as_a_whole() -> None:
    """What the new sources need has to be there, and what replaces has to replace something."""
    with pytest.raises(GraphError) as caught:
        wire(provide(Config)).extend(provide(Signup), replacing(provide(FakeMailer)))
    assert sorted(caught.value.codes) == ["wire-missing", "wire-override"]
    with pytest.raises(TypeError, match="extend"):
        wire().extend(untyped(Mailer))


def test_requirements_still_hold() -> None:
    """What was required of the old container is required of the new one."""
    with pytest.raises(GraphError) as caught:
        wire(bind(Mailer).to(Mailer), require(Mailer)).extend(bind(Mailer).to(FakeMailer, scope=Scope.REQUEST))
    assert headlines(caught.value) == ['"Mailer" lives in REQUEST, but "require(Mailer)" requires it at APP']


def test_contributions_add_up() -> None:
    """The new contributions come after the old ones, and precedence among providers does not touch them."""
    base = wire(bind(Mailer).contribute(Mailer), provide(Mailer))
    wider = base.extend(bind(Mailer).contribute(FakeMailer), bind(Mailer).to(FakeMailer))
    assert [type(one) for one in wider.resolve(Sequence[Mailer])] == [Mailer, FakeMailer]
    assert len(base.resolve(Sequence[Mailer])) == 1


def test_decorations_add_up() -> None:
    """Decorations of the old container go around the new provider, and new ones around those."""

    class Loud(Mailer):
        def __init__(self, inner: Mailer) -> None:
            self.inner = inner

    class Louder(Loud):
        pass

    base = wire(provide(Mailer), bind(Mailer).decorate(Loud))
    found: Any = base.extend(bind(Mailer).to(FakeMailer), bind(Mailer).decorate(Louder)).resolve(Mailer)
    assert [type(found), type(found.inner), type(found.inner.inner)] == [Louder, Loud, FakeMailer]


def test_context_is_carried() -> None:
    """Context values come along, unless they are provided otherwise now."""
    given, other = Config(), Config()
    base = wire(bind(Config).from_context(), context={Config: given})
    assert base.extend().resolve(Config) is given
    assert base.extend(bind(Config).instance(other)).resolve(Config) is other


def test_declaring_the_value_again() -> None:
    """A value that is declared by the new sources as well is carried too."""
    given = Config()
    base = wire(bind(Config).from_context(), context={Config: given})
    assert base.extend(bind(Config).from_context()).resolve(Config) is given


def test_extending_a_scope() -> None:
    """The new container is at the scope it was extended at, and has the context values that were given there."""
    given, config = Mailer(), Config()
    base = wire(bind(Config).from_context(), bind(Mailer).from_context(scope=Scope.REQUEST), context={Config: config})
    request = base.enter_scope(Scope.REQUEST, context={Mailer: given})
    wider = request.extend(provide(Signup, scope=Scope.REQUEST))
    assert wider.scope is Scope.REQUEST
    assert wider.resolve(Signup).mailer is given
    assert wider.resolve(Config) is config
    request.close()
    assert wider.enter_scope(Scope.ACTION).resolve(Signup).mailer is given


def test_settings_are_carried() -> None:
    """The lock mode, counting and the start scope come along."""
    built: list[str] = []

    def make(container: Container[Any, Any]) -> Mailer:
        built.append("mailer")
        if len(built) == 1:
            container.resolve(Mailer)  # without a lock, building may start again before it has ended
        return Mailer()

    base = wire(
        bind(Mailer).to(make, scope=Scope.RUNTIME), lock_mode=LockMode.NONE, stats=True, start_scope=Scope.RUNTIME
    )
    wider = base.extend(provide(Config))
    wider.resolve(Mailer)
    assert built == ["mailer", "mailer"]
    assert wider.scope is Scope.RUNTIME
    assert wider.stats().resolutions_by_key[Mailer] == 2
    assert base.stats().resolutions == 0


def test_class_of_the_container_is_carried() -> None:
    """A container of a class of one's own stays one."""

    class Mine(Container[Any, Any]):
        pass

    assert isinstance(Mine(provide(Mailer)).extend(provide(Config)), Mine)


def test_open_generics() -> None:
    """A generic class that serves all parametrisations can be replaced like any other key."""
    wider = wire(provide(untyped(Repo))).extend(bind(untyped(Repo)).to(untyped(FakeRepo)))
    assert type(wider.resolve(Repo[int])) is FakeRepo
    exact = wire(provide(untyped(Repo))).extend(bind(Repo[int]).to(FakeRepo[int]))
    assert type(exact.resolve(Repo[int])) is FakeRepo
    assert type(exact.resolve(Repo[str])) is Repo


def test_autowire_is_carried() -> None:
    """What builds unregistered classes does so in the new container as well."""
    assert type(wire(autowire()).extend().resolve(Signup)) is Signup


def test_instances_with_on_close() -> None:
    """``on_close`` of a ready-made instance runs at the end of each container that has it."""
    closed: list[Mailer] = []
    mailer = Mailer()
    base = wire(bind(Mailer).instance(mailer, on_close=closed.append))
    base.extend().close()
    base.close()
    assert closed == [mailer, mailer]


def test_two_containers_of_one_provider() -> None:
    """A provider instance may serve several containers, each with instances of its own."""

    class Mail(Provider):
        mailer = provide(Mailer)

    provider = Mail()
    first, second = wire(provider), wire(provider)
    assert first.resolve(Mailer) is not second.resolve(Mailer)


def test_extending_uses_the_container() -> None:
    """A container that was extended is frozen, and what it had been given before came along."""
    base = wire()
    untyped(base).add(provide(Mailer))
    wider = base.extend()
    assert type(wider.resolve(Mailer)) is Mailer
    wider.close()
    with pytest.raises(ScopeClosedError):
        wider.resolve(Mailer)


def test_current_is_its_own() -> None:
    """Scopes of the one container are not current for the other."""
    base = wire()
    wider = base.extend()
    request = base.enter_scope(Scope.REQUEST)
    make: Callable[[], Any] = wider.enter_scope
    inner = make()
    assert base.current(Scope.REQUEST) is request
    assert wider.current(Scope.REQUEST) is inner


def test_what_is_unused_in_what_was_added() -> None:
    """A source counts by itself, not together with one that was there before."""
    extended = wire(provide(Mailer), require(Mailer)).extend(provide(Config))
    assert [node.key for node in extended.graph.unused()] == [Config]


def test_value_for_what_is_declared_elsewhere_now() -> None:
    """A context value is passed on only if it is still declared for a scope that is open from the start."""
    container = wire(bind(Config).from_context(), context={Config: Config()})
    deeper = container.extend(bind(Config).from_context(scope=Scope.REQUEST))
    replaced = container.extend(provide(Config)).extend(bind(Config).from_context())
    with deeper.enter_scope() as request, pytest.raises(ContextValueError):
        request.resolve(Config)
    with pytest.raises(ContextValueError):
        replaced.resolve(Config)
