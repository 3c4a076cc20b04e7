"""Plans: every decision about how to build something."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from tests.wiring import annotated
from wireproof import Container, Lifetime, LockMode, Scope, bind, provide
from wireproof._collect.keys import Keys
from wireproof._collect.read import read_sources
from wireproof._collect.recipe import Make
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame, open_frame, root_frame
from wireproof._plan.planner import Planner, identifier
from wireproof._plan.plans import Argument, Claim, Closing, Constant, Plan, Reference, Storage, Value


class A:
    pass


class B:
    def __init__(self, a: A) -> None:
        self.a = a


APP = root_frame(Scope.APP)
REQUEST = open_frame(APP, Scope.REQUEST)


def referred(value: Value) -> Reference:
    """Return a value that is the instance of another binding."""
    assert isinstance(value, Reference)
    return value


def reference(key: object, *sources: object, frame: Frame = APP, lock_mode: LockMode = LockMode.AUTO) -> Reference:
    """Return how a key is got at from a frame."""
    graph = Graph(read_sources(sources, Scope.APP), Keys([Container]))
    provider = graph.provider(key)
    assert provider is not None
    return referred(Planner(graph, APP, lock_mode).value(provider, frame))


def plan(key: object, *sources: object, frame: Frame = APP, lock_mode: LockMode = LockMode.AUTO) -> Plan:
    """Return the plan of a key."""
    return reference(key, *sources, frame=frame, lock_mode=lock_mode).plan


def test_instances_are_kept_where_their_scope_is() -> None:
    """The container keeps in globals, other scopes in slots, and a transient is kept nowhere."""
    assert plan(A, provide(A)).storage is Storage.GLOBAL
    assert plan(A, provide(A, scope=Scope.REQUEST), frame=REQUEST).storage is Storage.SLOT
    assert plan(A, provide(A, lifetime=Lifetime.TRANSIENT)).storage is Storage.NOWHERE


def test_reference_counts_the_frames_out() -> None:
    """From a request the application's object is one frame out; a transient is built where it is asked for."""
    assert reference(A, provide(A), frame=REQUEST).hops == 1
    assert reference(A, provide(A, lifetime=Lifetime.TRANSIENT), frame=REQUEST).hops == 0


def test_alias_is_planned_as_its_target() -> None:
    """An alias has no plan of its own."""
    assert plan(object, bind(object).alias(A), provide(A)).name == "A"


def test_shared_dependency_has_one_plan() -> None:
    """Two consumers refer to the same plan of what they share."""

    def left(b: B) -> list[B]:
        return [b]

    sources = [provide(A), provide(B), provide(left)]
    graph = Graph(read_sources(sources, Scope.APP), Keys([Container]))
    planner = Planner(graph, APP, LockMode.AUTO)
    whole, part = (referred(planner.value(graph.registry.candidates(key)[0], APP)) for key in (list[B], B))
    assert whole.plan.arguments == (Argument("", part),)


@pytest.mark.parametrize(
    ("container", "source", "claim"),
    [
        (LockMode.AUTO, LockMode.INHERIT, Claim.GLOBAL),
        (LockMode.NONE, LockMode.INHERIT, Claim.NOTHING),
        (LockMode.NONE, LockMode.AUTO, Claim.GLOBAL),
        (LockMode.AUTO, LockMode.NONE, Claim.NOTHING),
    ],
)
def test_lock_mode_of_the_source_goes_first(container: LockMode, source: LockMode, claim: Claim) -> None:
    """A source that says nothing is protected as the container says."""
    assert plan(A, provide(A, lock_mode=source), lock_mode=container).claim is claim


@pytest.mark.parametrize(("gil", "claim"), [(True, Claim.SLOT), (False, Claim.ENTRY)])
def test_claims_of_inner_scopes(gil: bool, claim: Claim) -> None:  # noqa: FBT001
    """In an inner scope a slot is claimed where that is atomic, and an entry of a dictionary elsewhere."""
    graph = Graph(read_sources([provide(A, scope=Scope.REQUEST)], Scope.APP), Keys([Container]))
    planner = Planner(graph, APP, LockMode.AUTO, gil=gil)
    assert referred(planner.value(graph.registry.candidates(A)[0], REQUEST)).plan.claim is claim


def test_transients_need_no_claim() -> None:
    """Nobody shares a transient."""
    assert plan(A, provide(A, lifetime=Lifetime.TRANSIENT)).claim is Claim.NOTHING


def test_long_chain_is_planned() -> None:
    """A graph may be deeper than calls may be nested."""

    def init(before: Any) -> Any:
        def __init__(self: object, before: object) -> None: ...  # noqa: N807  # what it will be

        return annotated(__init__, before=before)

    classes: list[Any] = [A]
    for number in range(3000):
        classes.append(type(f"C{number}", (), {"__init__": init(classes[-1])}))
    assert plan(classes[-1], *(provide(cls) for cls in classes)).arguments


def test_awaiting_is_contagious() -> None:
    """A plan awaits if anything below does."""

    async def lend() -> AsyncIterator[A]:
        yield A()

    assert plan(B, provide(B), provide(lend)).awaits is True
    assert plan(A, provide(lend)).make is Make.ASYNC_GENERATOR
    assert plan(B, provide(B), provide(A)).awaits is False


def test_closing() -> None:
    """An on_close is awaited if it is a coroutine function."""

    async def close(_: object) -> None: ...

    class Closer:
        async def __call__(self, _: object) -> None: ...

    kinds = [plan(A, provide(A, on_close=one)).closing for one in (None, print, close, Closer(), partial(close))]
    assert kinds == [Closing.NOTHING, Closing.SYNC, *[Closing.ASYNC] * 3]


def _spread(a: A, /, b: Any = 1, *, c: A, d: bytes | None = None) -> B:
    return B(a)


def test_arguments_are_passed_by_position_as_long_as_possible() -> None:
    """Behind a default that stands, and for keyword-only parameters, arguments are passed by name."""
    names = [argument.keyword for argument in plan(B, provide(_spread), provide(A)).arguments]
    assert names == ["", "c"]


def test_default_of_a_positional_only_parameter_is_passed() -> None:
    """A positional-only parameter that nothing fills gets its default, so that those behind it can be passed."""

    def make(x: B | None = None, /, a: A = A()) -> list[A]:  # noqa: B008
        return [a]

    first, second = plan(list[A], provide(make), provide(A)).arguments
    assert first == Argument("", Constant(None))
    assert second.keyword == ""


def test_symbols_are_unique() -> None:
    """Classes of one name get symbols of their own."""
    twins = [type("Twin", (), {}) for _ in range(3)]
    sources = [provide(one) for one in twins]
    graph = Graph(read_sources(sources, Scope.APP), Keys([Container]))
    planner = Planner(graph, APP, LockMode.AUTO)
    symbols = [referred(planner.value(graph.registry.candidates(one)[0], APP)).plan.symbol for one in twins]
    assert symbols == ["app_twin", "app_twin_2", "app_twin_3"]


def test_kept_in_a_frame() -> None:
    """A frame keeps the scoped instances of all scopes that it holds, and no values or transients."""
    sources = [
        provide(A),
        provide(B, scope=Scope.SESSION),
        bind(int).instance(3),
        provide(str, scope=Scope.REQUEST, lifetime=Lifetime.TRANSIENT),
        provide(bytes, scope=Scope.STEP),
    ]
    planner = Planner(Graph(read_sources(sources, Scope.APP), Keys([Container])), APP, LockMode.AUTO)
    assert [one.name for one in planner.kept_in(APP)] == ["A"]
    assert [one.name for one in planner.kept_in(REQUEST)] == ["B"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Repo[User]", "repo_user"),
        ("SqlUsers", "sql_users"),
        ("class", "class_"),
        ("User | None", "user_none"),
        ("...", "it"),
        ("Callable[[], A]", "callable_a"),
    ],
)
def test_identifiers_read_like_their_keys(text: str, name: str) -> None:
    """A key becomes an identifier that reads like it."""
    assert identifier(text) == name
