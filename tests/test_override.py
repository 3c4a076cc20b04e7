"""Replacing sources in place, for the length of a ``with`` block."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

import pytest

from tests.racing import in_threads
from tests.wiring import untyped, wire
from wireproof import (
    AsyncCleanupError,
    AsyncResolutionError,
    CleanupError,
    Container,
    ContextValueError,
    GraphError,
    Lifetime,
    Provider,
    Scope,
    ScopeClosedError,
    autowire,
    bind,
    provide,
    replacing,
)

T = TypeVar("T")


class Config:
    pass


class Mailer:
    pass


class FakeMailer(Mailer):
    pass


class OtherMailer(Mailer):
    pass


class Signup:
    def __init__(self, mailer: Mailer, config: Config) -> None:
        self.mailer = mailer
        self.config = config


class Page:
    def __init__(self, signup: Signup) -> None:
        self.signup = signup


class Repo(Generic[T]):
    pass


class FakeRepo(Repo[int]):
    pass


class Store:
    def __init__(self, repo: Repo[int]) -> None:
        self.repo = repo


SOURCES = (provide(Config), provide(Mailer), provide(Signup), provide(Page, scope=Scope.REQUEST))
FAKE = bind(Mailer).to(FakeMailer)


class Log(list[str]):
    """What was closed."""

    def lend(self, name: str, error: BaseException | None = None) -> Callable[[], Iterator[FakeMailer]]:
        """Return a generator function that logs its end, and then perhaps fails."""

        def make() -> Iterator[FakeMailer]:
            try:
                yield FakeMailer()
            except RuntimeError:
                self.append("rolled back")
                raise
            self.append(name)
            if error is not None:
                raise error

        return make

    def alend(self, name: str) -> Callable[[], AsyncIterator[FakeMailer]]:
        """Return an async generator function that logs its end."""

        async def make() -> AsyncIterator[FakeMailer]:
            yield FakeMailer()
            self.append(name)

        return make


def test_replaced_inside_and_restored_after() -> None:
    """In the block the replacement is resolved, also by what needs it; after it all is as it was."""
    container = wire(*SOURCES)
    before = container.resolve(Signup)
    with container.override(FAKE):
        inside = container.resolve(Signup)
        assert type(inside.mailer) is FakeMailer
        assert container.resolve(Mailer) is inside.mailer
        assert container.resolve(Signup) is inside
    assert container.resolve(Signup) is before
    assert type(container.resolve(Mailer)) is Mailer


def test_everything_else_stays_the_same_object() -> None:
    """What does not need the replacement is not built anew, whether it was built before or in the block."""
    container = wire(*SOURCES)
    with container.override(FAKE):
        inside = container.resolve(Signup).config
        assert container.resolve(Config) is inside
    assert container.resolve(Config) is container.resolve(Signup).config is inside


def test_open_scope_sees_both() -> None:
    """A scope open across the block sees the replacement inside and its own instances again after."""
    container = wire(*SOURCES)
    request = container.enter_scope(Scope.REQUEST)
    before = request.resolve(Page)
    with container.override(FAKE):
        assert type(request.resolve(Page).signup.mailer) is FakeMailer
        assert request.resolve(Page).signup is container.resolve(Signup)
    assert request.resolve(Page) is before


def test_scope_entered_inside_outlives_the_block() -> None:
    """A scope that was entered in the block goes on with the real ones after it."""
    container = wire(*SOURCES)
    with container.override(FAKE):
        request = container.enter_scope(Scope.REQUEST)
        assert type(request.resolve(Page).signup.mailer) is FakeMailer
    assert type(request.resolve(Page).signup.mailer) is Mailer


def test_override_called_on_a_scope_is_one_of_the_container() -> None:
    """It does not matter on which scope of the container `override` is called."""
    container = wire(*SOURCES)
    with container.enter_scope(Scope.REQUEST) as request, request.override(FAKE):
        assert type(container.resolve(Mailer)) is FakeMailer


def test_overrides_nest() -> None:
    """The inner one wins, and at its end the outer one is in force with the same instances."""
    container = wire(*SOURCES)
    with container.override(FAKE):
        outer = container.resolve(Signup)
        with container.override(bind(Mailer).to(OtherMailer)):
            assert type(container.resolve(Signup).mailer) is OtherMailer
            assert container.resolve(Signup).config is outer.config
        assert container.resolve(Signup) is outer
    assert type(container.resolve(Mailer)) is Mailer


def test_nested_overrides_of_different_keys_add_up() -> None:
    """An inner override of something else leaves the outer one's replacements in force."""

    class FakeConfig(Config):
        pass

    container = wire(*SOURCES)
    with container.override(FAKE):
        mailer = container.resolve(Mailer)
        with container.override(bind(Config).to(FakeConfig)):
            signup = container.resolve(Signup)
            assert signup.mailer is mailer
            assert type(signup.config) is FakeConfig
        assert container.resolve(Signup).mailer is mailer


def test_override_of_what_was_replaced_already() -> None:
    """A source that replaces another can be overridden as well, and counts again after."""
    container = wire(*SOURCES, replacing(bind(Mailer).to(OtherMailer)))
    with container.override(FAKE):
        assert type(container.resolve(Mailer)) is FakeMailer
    assert type(container.resolve(Mailer)) is OtherMailer


@pytest.mark.parametrize("source", [provide(Page, scope=Scope.REQUEST), bind(FakeMailer).to(FakeMailer)])
def test_override_of_what_is_not_there(source: Any) -> None:
    """A source that replaces nothing is a problem on entering, and changes nothing."""
    container = wire(provide(Mailer))
    with pytest.raises(GraphError) as caught, container.override(source):
        pass
    assert "wire-override" in caught.value.codes
    assert type(container.resolve(Mailer)) is Mailer


def test_replacement_that_does_not_fit_the_wiring() -> None:
    """What the replacement needs has to be there; if not, nothing is changed."""
    container = wire(provide(Mailer), provide(Config))
    with pytest.raises(GraphError) as caught, container.override(bind(Config).to(untyped(Signup), scope=Scope.APP)):
        pass
    assert "wire-type" in caught.value.codes
    with pytest.raises(GraphError), container.override(FAKE, bind(Mailer).to(OtherMailer)):
        pass
    assert type(container.resolve(Mailer)) is Mailer


def test_what_is_no_source_is_refused_at_the_call() -> None:
    """`override` takes sources, and says so before it is entered."""
    with pytest.raises(TypeError, match="override"):
        wire(provide(Mailer)).override(untyped(FakeMailer))


def test_cleanup_at_the_end_of_the_block() -> None:
    """What was built for the override is closed at its end, newest first, and not again with the container."""
    log = Log()
    container = wire(*SOURCES)
    with container.override(
        bind(Mailer).to(log.lend("mailer")), bind(Config).to(Config, on_close=lambda _: log.append("config"))
    ):
        container.resolve(Mailer)
        container.resolve(Config)
    assert log == ["config", "mailer"]
    container.close()
    assert log == ["config", "mailer"]


def test_cleanup_of_scopes_comes_before_that_of_the_container() -> None:
    """What was built in deeper scopes is closed first, also if it was built before; so is it within one object."""
    log = Log()

    def logs(name: str) -> Callable[[object], None]:
        return lambda _: log.append(name)

    container = wire(provide(Config), provide(Mailer, scope=Scope.SESSION), provide(Repo[int], scope=Scope.REQUEST))
    with container.override(
        bind(Config).to(Config, on_close=logs("app")),
        bind(Mailer).to(Mailer, scope=Scope.SESSION, on_close=logs("session")),
        bind(Repo[int]).to(FakeRepo, scope=Scope.REQUEST, on_close=logs("request")),
    ):
        request = container.enter_scope(Scope.REQUEST)
        request.resolve(Repo[int])
        request.resolve(Mailer)
        request.resolve(Config)
    assert log == ["request", "session", "app"]


def test_scope_closed_inside_closes_its_part() -> None:
    """A scope that ends in the block closes what the override built for it, then."""
    log = Log()
    container = wire(provide(Mailer, scope=Scope.REQUEST))
    with container.override(bind(Mailer).to(log.lend("mailer"), scope=Scope.REQUEST)):
        with container.enter_scope(Scope.REQUEST) as request:
            request.resolve(Mailer)
        assert log == ["mailer"]
        with pytest.raises(ScopeClosedError):
            request.resolve(Mailer)
    assert log == ["mailer"]


def test_inner_scope_of_one_that_was_closed_inside() -> None:
    """A scope inside a closed one gets nothing new from it, in an override either."""
    container = wire(provide(Mailer, scope=Scope.REQUEST))
    with container.override(bind(Mailer).to(FakeMailer, scope=Scope.REQUEST)):
        request = container.enter_scope(Scope.REQUEST)
        action = request.enter_scope(Scope.ACTION)
        request.close()
        with pytest.raises(ScopeClosedError):
            action.resolve(Mailer)


def test_finalizer_may_still_read_what_was_built() -> None:
    """A finalizer that runs when a scope is closed in the block can read what the override has built there."""
    seen: list[object] = []

    def lend(container: Container[Any, Any]) -> Iterator[FakeMailer]:
        config = container.resolve(Config)
        yield FakeMailer()
        seen.append(container.resolve(Config) is config)

    container = wire(provide(Config, scope=Scope.REQUEST), provide(Mailer, scope=Scope.REQUEST))
    with (
        container.override(bind(Mailer).to(lend, scope=Scope.REQUEST), bind(Config).to(Config, scope=Scope.REQUEST)),
        container.enter_scope(Scope.REQUEST) as request,
    ):
        request.resolve(Mailer)
    assert seen == [True]


def test_finalizer_at_the_end_of_the_block_may_still_read() -> None:
    """One that runs at the end of the block can do so as well."""
    seen: list[object] = []

    def lend(container: Container[Any, Any]) -> Iterator[FakeMailer]:
        config = container.resolve(Config)
        yield FakeMailer()
        seen.append(container.resolve(Config) is config)

    container = wire(provide(Config), provide(Mailer))
    with container.override(bind(Mailer).to(lend), bind(Config).to(Config)):
        container.resolve(Mailer)
    assert seen == [True]


def test_exception_in_the_block() -> None:
    """An exception of the block is thrown into the generators and propagates; all is restored."""
    log = Log()
    container = wire(*SOURCES)
    message = "body"
    with (  # noqa: PT012
        pytest.raises(RuntimeError, match=message),
        container.override(bind(Mailer).to(log.lend("mailer"))),
    ):
        container.resolve(Mailer)
        raise RuntimeError(message)
    assert log == ["rolled back"]
    assert type(container.resolve(Mailer)) is Mailer


def test_failing_finalizer() -> None:
    """If a finalizer fails, the others run, all is restored, and then that is raised."""
    log = Log()
    container = wire(*SOURCES)
    with (  # noqa: PT012
        pytest.raises(CleanupError),
        container.override(
            bind(Config).to(Config, on_close=lambda _: log.append("config")),
            bind(Mailer).to(log.lend("mailer", ValueError())),
        ),
    ):
        container.resolve(Config)
        container.resolve(Mailer)
    assert log == ["mailer", "config"]
    assert type(container.resolve(Mailer)) is Mailer


async def test_sync_exit_over_asynchronous_cleanup() -> None:
    """Leaving without a needed ``await`` is refused; all is restored, and the container's `aclose` cleans up."""
    log = Log()
    container = wire(*SOURCES)
    with pytest.raises(AsyncCleanupError), container.override(bind(Mailer).to(log.alend("mailer"))):
        await container.aresolve(Mailer)
    assert log == []
    assert type(container.resolve(Mailer)) is Mailer
    await container.aclose()
    assert log == ["mailer"]


async def test_body_error_over_asynchronous_cleanup() -> None:
    """The error of the block propagates, with a note about the cleanup."""
    log = Log()
    container = wire(*SOURCES)
    with pytest.raises(RuntimeError) as caught, container.override(bind(Mailer).to(log.alend("mailer"))):  # noqa: PT012
        await container.aresolve(Mailer)
        raise RuntimeError
    assert "asynchronous cleanup" in caught.value.__notes__[0]
    await container.aclose()


async def test_asynchronous_override() -> None:
    """``async with`` awaits the cleanup; what is asynchronous in the block is refused without ``await``."""
    log = Log()
    container = wire(*SOURCES)
    async with container.override(bind(Mailer).to(log.alend("mailer"))):
        assert type((await container.aresolve(Signup)).mailer) is FakeMailer
        with pytest.raises(AsyncResolutionError):
            container.resolve(Signup)
    assert log == ["mailer"]
    assert type(container.resolve(Signup).mailer) is Mailer


async def test_what_is_asynchronous_below() -> None:
    """What an override leaves alone and needs ``await`` is awaited, and stays the same object."""
    log = Log()

    def make(config: Config) -> FakeMailer:
        made.append(config)
        return FakeMailer()

    async def config() -> Config:
        await asyncio.sleep(0)
        return Config()

    made: list[Config] = []
    container = wire(bind(Config).to(config), provide(Mailer), provide(Signup))
    async with container.override(bind(Mailer).to(make)):
        signup = await container.aresolve(Signup)
    assert made == [signup.config]
    assert await container.aresolve(Config) is signup.config
    assert log == []


def test_transients() -> None:
    """A transient stays one, replaced, and so does one that needs the replacement."""
    container = wire(
        provide(Config), provide(Mailer, lifetime=Lifetime.TRANSIENT), provide(Signup, lifetime=Lifetime.TRANSIENT)
    )
    with container.override(bind(Mailer).to(FakeMailer, lifetime=Lifetime.TRANSIENT)):
        assert container.resolve(Mailer) is not container.resolve(Mailer)
        assert type(container.resolve(Signup).mailer) is FakeMailer
        assert container.resolve(Signup).config is container.resolve(Config)


def test_dependents_through_derived_keys() -> None:
    """What needs the replacement through a collection, an optional or a function is built anew as well."""

    class Uses:
        def __init__(
            self,
            many: Sequence[Signup],
            perhaps: Mailer | None,
            later: Callable[[], Mailer],
            awaited: Callable[[], Awaitable[Mailer]],
        ) -> None:
            self.found = [many[0].mailer, perhaps, later()]
            self.awaited = awaited

    container = wire(*SOURCES[:2], bind(Signup).contribute(Signup), provide(Uses))
    before = container.resolve(Uses)
    (member,) = container.resolve(Sequence[Signup])
    with container.override(FAKE):
        inside = container.resolve(Uses)
        assert {type(one) for one in inside.found} == {FakeMailer}
        assert asyncio.run(untyped(inside.awaited())) is container.resolve(Mailer)
        assert container.resolve(Sequence[Signup])[0] is not member
    assert container.resolve(Uses) is before


def test_dependents_through_an_alias() -> None:
    """An alias of what is replaced leads to the replacement, and an alias can be replaced."""
    container = wire(provide(FakeMailer), bind(Mailer).alias(FakeMailer), provide(Config), provide(Signup))
    replacement = FakeMailer()
    with container.override(bind(FakeMailer).instance(replacement)):
        assert container.resolve(Mailer) is container.resolve(Signup).mailer is replacement
    with container.override(bind(Mailer).to(OtherMailer)):
        assert type(container.resolve(Signup).mailer) is OtherMailer
        assert type(container.resolve(FakeMailer)) is FakeMailer


def test_decorated() -> None:
    """A decoration goes around the replacement; an override may decorate, and keeps what had been replaced."""

    class Loud(Mailer):
        def __init__(self, inner: Mailer) -> None:
            self.inner = inner

    container = wire(provide(Mailer), bind(Mailer).decorate(Loud))
    with container.override(FAKE):
        assert type(untyped(container.resolve(Mailer)).inner) is FakeMailer
    assert type(untyped(container.resolve(Mailer)).inner) is Mailer
    other = wire(provide(Mailer), replacing(bind(Mailer).to(OtherMailer)))
    with other.override(bind(Mailer).decorate(Loud)):
        assert type(untyped(other.resolve(Mailer)).inner) is OtherMailer


def test_open_generic() -> None:
    """One parametrisation of an open generic can be replaced; the others stay the same objects."""
    container = wire(provide(untyped(Repo)), provide(Store))
    other = container.resolve(Repo[str])
    with container.override(bind(Repo[int]).to(untyped(FakeRepo))):
        assert type(container.resolve(Store).repo) is FakeRepo
        assert container.resolve(Repo[str]) is other
        bytes_inside = container.resolve(Repo[bytes])
    assert type(container.resolve(Store).repo) is Repo
    assert container.resolve(Repo[bytes]) is bytes_inside


def test_open_generic_that_nobody_needs_is_closed_with_the_override() -> None:
    """What is made for a parametrisation that was never asked for before belongs to the override."""
    closed: list[object] = []
    container = wire(bind(untyped(Repo)).to(Repo, scope=Scope.REQUEST))
    with container.enter_scope(Scope.REQUEST) as request:
        with container.override(bind(untyped(Repo)).to(Repo, scope=Scope.REQUEST, on_close=closed.append)):
            replaced = request.resolve(Repo[str])
        assert closed == [replaced]
        assert request.resolve(Repo[str]) is not replaced


def test_open_generic_replaced_as_a_whole() -> None:
    """Replaced by another open generic, every parametrisation is the other."""

    class Fake(Repo[T]):
        pass

    container = wire(provide(untyped(Repo)), provide(Store))
    with container.override(bind(untyped(Repo)).to(untyped(Fake))):
        assert type(container.resolve(Store).repo) is Fake
        assert type(container.resolve(Repo[str])) is Fake
    assert type(container.resolve(Store).repo) is Repo


def test_autowired() -> None:
    """A class that nobody registered can be replaced if `autowire` would build it."""
    container = wire(autowire(lifetime=Lifetime.SCOPED))
    before = container.resolve(Signup)
    with container.override(FAKE):
        assert type(container.resolve(Signup).mailer) is FakeMailer
        assert container.resolve(Config) is before.config
    assert container.resolve(Signup) is before


def test_autowired_class_that_was_never_asked_for() -> None:
    """A class that is first asked for in the block has the replacement, however far away; another one stays."""

    class Site:
        def __init__(self, page: Page, config: Config) -> None:
            self.page, self.config = page, config

    class Apart:
        def __init__(self, repo: Repo[int], again: Repo[int]) -> None:
            self.repo = repo

    container = wire(autowire(lifetime=Lifetime.SCOPED))
    with container.override(FAKE):
        site, apart = container.resolve(Site), container.resolve(Apart)
        assert type(site.page.signup.mailer) is FakeMailer
    assert container.resolve(Site) is not site
    assert container.resolve(Apart) is apart
    assert container.resolve(Config) is site.config


def test_scopes_of_one_kind() -> None:
    """Each scope has replacements of its own."""
    container = wire(provide(Mailer, scope=Scope.REQUEST))
    first, second = container.enter_scope(Scope.REQUEST), container.enter_scope(Scope.REQUEST)
    with container.override(bind(Mailer).to(FakeMailer, scope=Scope.REQUEST)):
        assert first.resolve(Mailer) is first.resolve(Mailer)
        assert first.resolve(Mailer) is not second.resolve(Mailer)


def test_closed_container() -> None:
    """A container that is closed cannot be overridden."""
    container = wire(provide(Mailer))
    override = container.override(FAKE)
    container.close()
    with pytest.raises(ScopeClosedError), override:
        pass


def test_instance_with_on_close() -> None:
    """``on_close`` of a ready-made replacement runs at the end of the block, also if nobody asked for it."""
    closed: list[Mailer] = []
    container, replacement = wire(provide(Mailer)), FakeMailer()
    with container.override(bind(Mailer).instance(replacement, on_close=closed.append)):
        assert closed == []
    assert closed == [replacement]


def test_context_value_inside() -> None:
    """Scopes entered in the block take context values, which the replacement may need."""

    def make(config: Config) -> FakeMailer:
        made.append(config)
        return FakeMailer()

    made: list[Config] = []
    given = Config()
    container = wire(bind(Config).from_context(scope=Scope.REQUEST), provide(Mailer, scope=Scope.REQUEST))
    with (
        container.override(bind(Mailer).to(make, scope=Scope.REQUEST)),
        container.enter_scope(Scope.REQUEST, context={Config: given}) as request,
    ):
        request.resolve(Mailer)
    assert made == [given]


def test_context_value_declared_again() -> None:
    """A context value that the override declares as well is given to scopes of the block, and those open across it."""
    declaration = bind(Config).from_context(scope=Scope.REQUEST)
    container, given = wire(declaration), [Config(), Config()]
    with container.enter_scope(Scope.REQUEST, context={Config: given[0]}) as outside, container.override(declaration):
        assert outside.resolve(Config) is given[0]
        with container.enter_scope(Scope.REQUEST, context={Config: given[1]}) as inside:
            assert inside.resolve(Config) is given[1]
    with container.override(bind(Config).instance(Config())), container.override(declaration):
        assert container.enter_scope(Scope.REQUEST, context={Config: given[0]}).resolve(Config) is given[0]


def test_context_value_declared_only_inside() -> None:
    """What only the override declares is given to the scopes of the block, and to no other."""
    container, given = wire(bind(Config).instance(Config())), Config()
    with container.override(bind(Config).from_context(scope=Scope.REQUEST)):
        with container.enter_scope(Scope.REQUEST, context={Config: given}) as request:
            assert request.resolve(Config) is given
        with pytest.raises(ContextValueError, match="was not given"):
            container.enter_scope(Scope.REQUEST).resolve(Config)
        with pytest.raises(ContextValueError, match="Nobody declares"):
            container.enter_scope(Scope.REQUEST, context={Mailer: Mailer()})
    with pytest.raises(ContextValueError, match="Nobody declares"):
        container.enter_scope(Scope.REQUEST, context={Config: given})


def test_context_value_of_the_container() -> None:
    """A value that the container was given stays given where an override declares it again."""
    declaration, given = bind(Config).from_context(), Config()
    container = Container(declaration, context={Config: given})
    with container.override(declaration), container.override(declaration):
        assert container.resolve(Config) is given


def test_context_value_replaced() -> None:
    """A declared context value can be replaced; then nobody has to give it."""
    container = wire(bind(Config).from_context(scope=Scope.REQUEST))
    replacement = Config()
    with container.override(bind(Config).instance(replacement)):
        assert container.enter_scope(Scope.REQUEST).resolve(Config) is replacement


def test_injected_container_and_functions_look_through() -> None:
    """A ``Container`` or a function that a replacement is given resolve what the override provides."""

    class Lazy(Mailer):
        def __init__(self, container: Container[Any, Any], config: Callable[[], Config]) -> None:
            self.container, self.config = container, config

    class FakeConfig(Config):
        pass

    container = wire(*SOURCES)
    with container.override(bind(Mailer).to(Lazy), bind(Config).to(FakeConfig)):
        lazy = untyped(container.resolve(Mailer))
        assert lazy.container is container
        assert lazy.config() is container.resolve(Config)
        assert type(lazy.config()) is FakeConfig


def test_factory_that_fails_inside() -> None:
    """A replacement whose factory fails raises that, and can be asked again."""
    errors: list[Exception] = [ValueError("first")]

    def make() -> FakeMailer:
        if errors:
            raise errors.pop()
        return FakeMailer()

    container = wire(*SOURCES)
    with container.override(bind(Mailer).to(make)):
        with pytest.raises(ValueError, match="first"):
            container.resolve(Signup)
        assert type(container.resolve(Signup).mailer) is FakeMailer


def test_stats_go_on() -> None:
    """What is built for an override is counted with the rest."""
    container = wire(*SOURCES, stats=True)
    with container.override(FAKE):
        container.resolve(Mailer)
        container.resolve(Mailer)
    assert container.stats().resolutions_by_key[Mailer] == 1
    assert container.stats().cache_hits_by_key[Mailer] == 1


def test_other_containers_are_left_alone() -> None:
    """Another container of the same sources sees nothing of it, from another thread either."""
    container, other = wire(*SOURCES), wire(*SOURCES)
    with container.override(FAKE):
        assert [type(one) for one in in_threads([lambda: other.resolve(Mailer)])] == [Mailer]


def test_what_is_there_for_the_block() -> None:
    """Whether a key can be resolved is asked of what is in force."""

    class Fakes(Provider):
        mailer = bind(Mailer).to(FakeMailer)
        config = provide(Config)

    container = wire(provide(Mailer))
    with container.override(Fakes()):
        assert Config in container
    assert Config not in container


def test_threads_inside() -> None:
    """Threads that ask at once for the replacement get one."""
    container = wire(*SOURCES)
    with container.override(FAKE):
        assert len({id(one) for one in in_threads([lambda: container.resolve(Signup)] * 5)}) == 1


def test_container_closed_inside() -> None:
    """If the container is closed in the block, what was built for the override is closed with it."""
    log = Log()
    container = wire(*SOURCES)
    with container.override(bind(Mailer).to(log.lend("mailer"))):
        container.resolve(Mailer)
        container.close()
        assert log == ["mailer"]
    assert log == ["mailer"]


def test_scope_that_is_closed_inside_keeps_its_list() -> None:
    """What is registered at that very moment, in another thread, is in the list that is gone through."""
    closed: list[object] = []
    container = wire(
        provide(Config, scope=Scope.REQUEST, on_close=closed.append),
        provide(Mailer, scope=Scope.REQUEST, on_close=closed.append),
    )
    with container.override(bind(Mailer).to(FakeMailer, scope=Scope.REQUEST, on_close=closed.append)):
        request: Any = container.enter_scope(Scope.REQUEST)
        config, mailer = request.resolve(Config), request.resolve(Mailer)
        exits = request._exits
        request.close()
    assert (closed, exits, request._exits is exits) == ([mailer, config], [], True)


def test_entered_twice() -> None:
    """An override is entered once at a time, and may be entered again after; left without, it says so."""
    container = wire(*SOURCES)
    override = container.override(FAKE)
    with override, pytest.raises(RuntimeError, match="entered"):
        override.__enter__()
    with override:
        assert type(container.resolve(Mailer)) is FakeMailer
    assert type(container.resolve(Mailer)) is Mailer
    with pytest.raises(RuntimeError, match="not entered"):
        override.__exit__(None, None, None)
