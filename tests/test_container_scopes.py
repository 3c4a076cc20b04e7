"""Entering and leaving scopes: where instances live and what is shared."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextvars import Context
from types import TracebackType
from typing import Any
from weakref import ref

import pytest

from tests.wiring import untyped, wire
from wireproof import BaseScope, Container, Lifetime, Scope, ScopeClosedError, ScopeError, bind, provide


class Engine:
    pass


class Visit:
    """Lives in SESSION."""


class Session:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Tenant(Scope.APP):
    pass


class Job(Tenant):
    pass


class Application(BaseScope):
    pass


class Event(Application):
    pass


class Batch(BaseScope):
    pass


class Import(Batch):
    pass


class Export(Batch):
    pass


class Pipeline(BaseScope):
    pass


class Quiet(Pipeline, skip=True):
    pass


class Stage(Quiet):
    pass


SOURCES = (provide(Engine), provide(Visit, scope=Scope.SESSION), provide(Session, scope=Scope.REQUEST))


def logging(events: list[str], name: str) -> Callable[[], Iterator[str]]:
    """Return a generator function that logs its end."""

    def make() -> Iterator[str]:
        yield name
        events.append(name)

    return make


def test_container_starts_at_app() -> None:
    """A container is at APP, and what is entered is at its own scope."""
    container = Container(*SOURCES)
    assert container.scope is Scope.APP
    assert container.enter_scope(Scope.REQUEST).scope is Scope.REQUEST


def test_inner_scope_sees_the_outer_instances() -> None:
    """What lives in an outer scope is shared by the scopes within it, whoever asks first."""
    container = Container(*SOURCES)
    first, second = container.enter_scope(Scope.REQUEST), container.enter_scope(Scope.REQUEST)
    assert first.resolve(Session).engine is second.resolve(Engine) is container.resolve(Engine)


def test_siblings_share_nothing() -> None:
    """Two requests have sessions of their own, and each keeps its own."""
    container = Container(*SOURCES)
    first, second = container.enter_scope(Scope.REQUEST), container.enter_scope(Scope.REQUEST)
    assert first.resolve(Session) is first.resolve(Session)
    assert first.resolve(Session) is not second.resolve(Session)


def test_scopes_between_exist_and_belong_to_the_entered_one() -> None:
    """A REQUEST entered from APP has a SESSION of its own, with instances."""
    container = Container(*SOURCES)
    first, second = container.enter_scope(Scope.REQUEST), container.enter_scope(Scope.REQUEST)
    assert first.resolve(Visit) is first.resolve(Visit)
    assert first.resolve(Visit) is not second.resolve(Visit)


def test_session_that_was_entered_is_shared() -> None:
    """Requests entered from a SESSION share it."""
    session = Container(*SOURCES).enter_scope(Scope.SESSION)
    first, second = session.enter_scope(Scope.REQUEST), session.enter_scope(Scope.REQUEST)
    assert first.resolve(Visit) is second.resolve(Visit) is session.resolve(Visit)
    assert first.resolve(Session) is not second.resolve(Session)


def test_entering_from_inside_gives_a_fresh_sibling() -> None:
    """A REQUEST entered from a REQUEST, or from below one, shares neither it nor a passed-through SESSION."""
    request = Container(*SOURCES).enter_scope(Scope.REQUEST)
    step = request.enter_scope(Scope.STEP)
    for inside in (request, step):
        sibling = inside.enter_scope(Scope.REQUEST)
        assert sibling.resolve(Session) is not request.resolve(Session)
        assert sibling.resolve(Visit) is not request.resolve(Visit)


def test_sibling_shares_the_session_that_was_entered() -> None:
    """A REQUEST entered from a REQUEST of an entered SESSION hangs under that SESSION."""
    session = Container(*SOURCES).enter_scope(Scope.SESSION)
    request = session.enter_scope(Scope.REQUEST)
    assert request.enter_scope(Scope.REQUEST).resolve(Visit) is session.resolve(Visit)


def test_sibling_outlives_the_scope_it_was_entered_from() -> None:
    """A sibling does not hang under the request that it was entered from."""
    request = Container(*SOURCES).enter_scope(Scope.REQUEST)
    sibling = request.enter_scope(Scope.REQUEST)
    request.close()
    assert isinstance(sibling.resolve(Session), Session)


def test_next_scope_of_the_chain() -> None:
    """Without a target the next scope that is not skipped is entered, down to STEP."""
    scope: Container[Any, Any] = Container(start_scope=Scope.RUNTIME)
    entered: list[str] = []
    while scope.scope is not Scope.STEP:
        scope = scope.enter_scope()
        entered.append(scope.scope.__name__)
    assert entered == ["APP", "REQUEST", "ACTION", "STEP"]
    with pytest.raises(
        ScopeError,
        match=r"there is no scope after STEP; name the one to enter\s+for example: enter_scope\(Scope.STEP\)",
    ):
        scope.enter_scope()


def test_next_scope_from_a_skipped_one() -> None:
    """From a SESSION that was entered by name the next is REQUEST, within it."""
    session = Container(*SOURCES).enter_scope(Scope.SESSION)
    assert session.enter_scope().resolve(Visit) is session.resolve(Visit)


def test_next_scope_from_a_custom_one() -> None:
    """From a custom scope the next is the one after its nearest built-in ancestor, beside it."""
    container = wire(provide(Session, scope=Tenant), provide(Engine))
    request = container.enter_scope(Tenant).enter_scope()
    assert request.scope is Scope.REQUEST
    with pytest.raises(ScopeError, match='"Session" lives in Tenant and cannot be resolved at REQUEST'):
        request.resolve(Session)


def test_next_scope_of_a_tree_of_ones_own() -> None:
    """In a tree of one's own the only scope that is not skipped comes next."""
    assert Container(start_scope=Application).enter_scope().scope is Event
    assert Container(start_scope=Pipeline).enter_scope().scope is Stage


def test_several_next_scopes_need_a_name() -> None:
    """Where several scopes come next, they are named, and one can be entered by name."""
    batch = Container(start_scope=Batch)
    with pytest.raises(ScopeError, match="Batch is followed by Import, Export; name the one to enter"):
        batch.enter_scope()
    assert batch.enter_scope(Export).scope is Export


def test_end_of_a_tree_of_ones_own() -> None:
    """At the end of a tree of one's own there is no next scope."""
    with pytest.raises(ScopeError, match="there is no scope after Event"):
        Container(start_scope=Application).enter_scope(Event).enter_scope()


def test_custom_scope_lies_within_its_base() -> None:
    """A custom scope holds instances between its base and what derives from it."""
    container = Container(provide(Session, scope=Tenant), provide(Engine))
    tenant = container.enter_scope(Tenant)
    assert tenant.enter_scope(Job).resolve(Session) is tenant.resolve(Session)
    assert container.enter_scope(Job).resolve(Session) is not tenant.resolve(Session)


@pytest.mark.parametrize(
    ("target", "root"),
    [
        (Scope.RUNTIME, "Scope.RUNTIME"),
        (Scope.APP, "Scope.RUNTIME"),
        (Application, "Application"),
        (Event, "Application"),
    ],
)
def test_no_common_ancestor(target: type[BaseScope], root: str) -> None:
    """The root of a tree, a scope around the container, and those of other trees cannot be entered."""
    container = wire(*SOURCES)
    with pytest.raises(ScopeError, match=f"{target.__name__} cannot be entered from APP: no scope that") as caught:
        container.enter_scope(target)
    assert str(caught.value).endswith(f"start a container at the top of its tree: Container(..., start_scope={root})")
    assert isinstance(container.enter_scope().resolve(Session), Session)


def test_runtime_belongs_to_the_container() -> None:
    """The scopes around the start scope are open and end with the container, after it."""
    events: list[str] = []
    runtime = bind(object).to(logging(events, "runtime"), scope=Scope.RUNTIME)
    app = bind(str).to(logging(events, "app"))
    with Container(runtime, app) as container:
        container.resolve(str)
        container.resolve(object)
    assert events == ["app", "runtime"]


def test_start_scope_runtime_outlives_app() -> None:
    """A container that starts at RUNTIME stays open when an APP is left."""
    events: list[str] = []
    runtime = bind(object).to(logging(events, "runtime"), scope=Scope.RUNTIME)
    app = bind(str).to(logging(events, "app"))
    with Container(runtime, app, start_scope=Scope.RUNTIME) as container:
        with container.enter_scope(Scope.APP) as first:
            first.resolve(str)
            first.resolve(object)
        assert events == ["app"]
        assert container.enter_scope(Scope.APP).resolve(object) == container.resolve(object)
    assert events == ["app", "runtime"]


def test_start_scope_runtime_cannot_resolve_at_app() -> None:
    """A container that starts at RUNTIME stops there."""
    with pytest.raises(ScopeError, match="lives in APP and cannot be resolved at RUNTIME"):
        wire(*SOURCES, start_scope=Scope.RUNTIME).resolve(Engine)


def test_container_may_start_deep() -> None:
    """A container that starts at REQUEST holds all that is around."""
    container = wire(*SOURCES, start_scope=Scope.REQUEST)
    assert container.resolve(Session).engine is container.resolve(Engine)


def test_ready_made_instance_lives_in_the_outermost_scope() -> None:
    """An instance can be taken by what lives in RUNTIME."""

    class Clock:
        def __init__(self, engine: Engine) -> None:
            self.engine = engine

    engine = Engine()
    container = wire(bind(Engine).instance(engine), provide(Clock, scope=Scope.RUNTIME), start_scope=Scope.RUNTIME)
    assert container.resolve(Clock).engine is engine


def test_transient_can_be_asked_for_anywhere_within() -> None:
    """A transient of APP that is asked for in a request takes what the application keeps."""
    container = Container(provide(Engine), provide(Session, lifetime=Lifetime.TRANSIENT))
    request = container.enter_scope()
    assert request.resolve(Session) is not request.resolve(Session)
    assert request.resolve(Session).engine is container.resolve(Engine)


def test_scope_can_be_used_without_with() -> None:
    """A scope is entered and closed by plain calls as well, and closing is idempotent."""
    request = Container(*SOURCES).enter_scope(Scope.REQUEST)
    assert isinstance(request.resolve(Session), Session)
    request.close()
    request.close()
    with pytest.raises(ScopeClosedError):
        request.resolve(Session)


def test_with_gives_the_scope_itself() -> None:
    """Entering a scope with with gives that scope, and leaves it closed."""
    request = Container(*SOURCES).enter_scope()
    with request as entered:
        assert entered is request
    with pytest.raises(ScopeClosedError):
        request.enter_scope()


async def test_closed_scope_refuses_everything() -> None:
    """A closed scope neither resolves nor opens anything, by whatever call."""
    container = wire(*SOURCES)
    container.resolve(Engine)
    await container.aclose()
    await container.aclose()
    for call in (container.resolve, container.enter_scope):
        with pytest.raises(ScopeClosedError, match="APP is closed"):
            untyped(call)(Engine)
    with pytest.raises(ScopeClosedError):
        await container.aresolve(Engine)
    with pytest.raises(ScopeClosedError):
        container.enter_scope()


def test_closing_an_unused_container() -> None:
    """A container that was never used can be closed, and is closed then."""
    container = Container(*SOURCES)
    container.close()
    with pytest.raises(ScopeClosedError):
        container.resolve(Engine)


def test_kept_handle_never_sees_another_scope() -> None:
    """A handle that is kept after closing gives nothing, though a new scope of the kind is open."""
    container = Container(*SOURCES)
    old = container.enter_scope(Scope.REQUEST)
    old.close()
    new = container.enter_scope(Scope.REQUEST)
    new.resolve(Session)
    with pytest.raises(ScopeClosedError):
        old.resolve(Session)
    with pytest.raises(ScopeClosedError):
        old.resolve(Engine)


def test_kept_handle_cannot_enter_siblings() -> None:
    """From a closed handle nothing is entered, not even what would hang under the open application."""
    request = Container(*SOURCES).enter_scope()
    request.close()
    with pytest.raises(ScopeClosedError):
        request.enter_scope(Scope.REQUEST)


def test_outer_scope_closed_first() -> None:
    """Inner scopes keep what they hold, and get no more from the outer one."""
    container = Container(*SOURCES)
    held, empty = container.enter_scope(), container.enter_scope()
    session = held.resolve(Session)
    container.close()
    assert held.resolve(Session) is session
    assert isinstance(empty.resolve(Visit), Visit)
    for scope in (held, empty):
        with pytest.raises(ScopeClosedError, match="APP closed"):
            scope.resolve(Engine)
    with pytest.raises(ScopeClosedError):
        empty.resolve(Session)


def test_inner_scope_closes_after_its_outer_one() -> None:
    """An inner scope that is closed after its outer one still runs its own cleanup."""
    events: list[str] = []
    inner = bind(str).to(logging(events, "inner"), scope=Scope.REQUEST)
    container = Container(inner)
    request = container.enter_scope()
    request.resolve(str)
    container.close()
    assert events == []
    request.close()
    assert events == ["inner"]


def test_scope_opened_in_a_closed_one() -> None:
    """A sibling cannot be opened where the scope around is closed."""
    container = Container(*SOURCES)
    request = container.enter_scope()
    container.close()
    with pytest.raises(ScopeClosedError):
        request.enter_scope(Scope.REQUEST)
    assert request.enter_scope(Scope.ACTION).scope is Scope.ACTION


def test_two_scopes_of_one_name() -> None:
    """Scopes of the same name on two branches are not mixed up."""

    class REQUEST(Scope.APP):
        pass

    container = wire(provide(Visit, scope=REQUEST), provide(str, scope=Scope.REQUEST))
    assert isinstance(container.enter_scope(REQUEST).resolve(Visit), Visit)
    assert container.enter_scope(Scope.REQUEST).resolve(str) == ""
    with pytest.raises(ScopeError):
        container.enter_scope(Scope.REQUEST).resolve(Visit)


def test_instances_go_with_their_scope() -> None:
    """A closed scope keeps nothing alive, even if its handle is kept."""
    request = Container(*SOURCES).enter_scope()
    session = ref(request.resolve(Session))
    request.close()
    gc.collect()
    assert session() is None


def test_scope_that_is_dropped_is_collected() -> None:
    """A scope that is dropped without being closed is collected with what it holds."""
    container = Container(*SOURCES)

    def drop() -> list[ref[Any]]:
        request = container.enter_scope()
        return [ref(request), ref(request.resolve(Session))]

    alive = Context().run(drop)  # the context in which it was entered keeps it as well
    gc.collect()
    assert [one() for one in alive] == [None, None]
    assert isinstance(container.resolve(Engine), Engine)


def test_reprs() -> None:
    """A scope is shown with its name and, when it is closed, its state, whether it has been used or not."""
    container = Container(*SOURCES)
    request = container.enter_scope()
    assert [repr(container), repr(request)] == ["<Container at APP>", "<Container at REQUEST>"]
    request.close()
    unused = Container()
    unused.close()
    assert [repr(request), repr(unused)] == ["<Container at REQUEST closed>", "<Container at APP closed>"]


def test_container_is_one_whatever_its_state() -> None:
    """Unused, used, entered and closed scopes are all Containers."""
    container = Container(*SOURCES)
    request = container.enter_scope()
    request.close()
    assert all(isinstance(one, Container) for one in (Container(), container, request))


def test_subclass_of_container_keeps_its_class() -> None:
    """A subclass of Container adds methods to the container and to its scopes."""

    class Mine(Container[Any, Any]):
        def engine(self) -> Engine:
            return self.resolve(Engine)

    make: Any = Mine
    mine: Mine = make(*SOURCES)
    request: Any = mine.enter_scope()
    assert request.engine() is mine.engine()


def test_ready_made_instances_end_with_the_container() -> None:
    """An inner scope that outlives the container gets no instance from it any more, not even a ready-made one."""
    container = Container(bind(Engine).instance(Engine()))
    request = container.enter_scope()
    assert request.resolve(Engine) is container.resolve(Engine)
    container.close()
    with pytest.raises(ScopeClosedError):
        request.resolve(Engine)
    with pytest.raises(ScopeClosedError):
        asyncio.run(request.aresolve(Engine))
    request.close()


def test_scopes_that_differ_in_the_case_of_their_names() -> None:
    """A scope of one's own may be called as a built-in one; entering one of them leaves the other as it was."""

    class Request(Scope.APP):
        pass

    container = wire(provide(Engine), provide(Session, scope=Scope.REQUEST), provide(Visit, scope=Request))
    for _ in range(2):
        with container.enter_scope(Scope.REQUEST) as built_in, container.enter_scope(Request) as own:
            assert built_in.resolve(Session) is built_in.resolve(Session)
            assert own.resolve(Visit) is own.resolve(Visit)
            assert (built_in.scope, own.scope) == (Scope.REQUEST, Request)


async def test_subclass_with_an_end_of_its_own() -> None:
    """What a subclass of `Container` does at the end of a ``with`` block it does for its scopes as well."""
    ended: list[object] = []

    class Logging(Container[Any, Any]):
        def __exit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            ended.append(self.scope)
            super().__exit__(kind, error, trace)

        async def __aexit__(
            self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
        ) -> None:
            ended.append(self)
            await super().__aexit__(kind, error, trace)

    container = Logging()
    with container.enter_scope(Scope.REQUEST):
        pass
    async with container.enter_scope(Scope.REQUEST) as request:
        pass
    assert ended == [Scope.REQUEST, request]
    with pytest.raises(ScopeClosedError):
        request.enter_scope(Scope.ACTION)
