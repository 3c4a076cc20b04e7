"""The scope in a container's type, through nested `enter_scope`."""

from typing import Any, assert_type

from wireproof import BaseScope, Container, Has, Provider, Scope, provide


class Config: ...


class Database(Provider):
    config = provide(Config)


class Tenant(Scope.APP): ...


class Batch(Scope.REQUEST): ...


class Application(BaseScope): ...


class Session(Application): ...


class Event(Session): ...


class Plugin(Scope.APP, skip=True): ...


Held = Has[Database]


def start() -> None:
    assert_type(Container(Database()), Container[Held])
    assert_type(Container(Database()), Container[Held, Scope.APP])
    assert_type(Container(Database(), start_scope=Scope.RUNTIME), Container[Held, Scope.RUNTIME])
    assert_type(Container(Database(), start_scope=Scope.REQUEST), Container[Held, Scope.REQUEST])
    assert_type(Container(Database(), start_scope=Application), Container[Held, Application])
    assert_type(Container(Database()), Container[Held, Scope.REQUEST])  # refused


def the_chain_without_targets(app: Container[Held], runtime: Container[Held, Scope.RUNTIME]) -> None:
    assert_type(runtime.enter_scope(), Container[Held, Scope.APP])
    assert_type(app.enter_scope(), Container[Held, Scope.REQUEST])
    assert_type(app.enter_scope().enter_scope(), Container[Held, Scope.ACTION])
    assert_type(app.enter_scope().enter_scope().enter_scope(), Container[Held, Scope.STEP])
    assert_type(runtime.enter_scope().enter_scope(), Container[Held, Scope.REQUEST])
    assert_type(app.enter_scope(), Container[Held, Scope.ACTION])  # refused


def named_targets(app: Container[Held]) -> None:
    assert_type(app.enter_scope(Scope.SESSION), Container[Held, Scope.SESSION])
    assert_type(app.enter_scope(Scope.REQUEST), Container[Held, Scope.REQUEST])
    assert_type(app.enter_scope(Scope.STEP), Container[Held, Scope.STEP])
    assert_type(app.enter_scope(Scope.SESSION).enter_scope(), Container[Held, Scope.REQUEST])
    assert_type(app.enter_scope().enter_scope(Scope.STEP), Container[Held, Scope.STEP])


def siblings(request: Container[Held, Scope.REQUEST]) -> None:
    assert_type(request.enter_scope(Scope.REQUEST), Container[Held, Scope.REQUEST])
    assert_type(request.enter_scope(Tenant), Container[Held, Tenant])


def scopes_of_ones_own(app: Container[Held]) -> None:
    assert_type(app.enter_scope(Tenant), Container[Held, Tenant])
    assert_type(app.enter_scope(Tenant).enter_scope(), Container[Held, Scope.REQUEST])
    assert_type(app.enter_scope(Batch), Container[Held, Batch])
    assert_type(app.enter_scope(Batch).enter_scope(), Container[Held, Scope.ACTION])
    assert_type(app.enter_scope(Plugin).enter_scope(), Container[Held, Scope.REQUEST])


def a_tree_of_ones_own(own: Container[Held, Application]) -> None:
    assert_type(own.enter_scope(Session), Container[Held, Session])
    assert_type(own.enter_scope(Session).enter_scope(Event), Container[Held, Event])
    assert_type(own.enter_scope(Event), Container[Held, Event])
    assert_type(own.enter_scope(), Container[Held, Any])


def in_a_with_block(app: Container[Held]) -> None:
    with app as entered, app.enter_scope() as request, request.enter_scope() as action:
        assert_type(entered, Container[Held, Scope.APP])
        assert_type(request, Container[Held, Scope.REQUEST])
        assert_type(action, Container[Held, Scope.ACTION])
        assert_type(action.resolve(Config), Config)


async def in_an_async_with_block(app: Container[Held]) -> None:
    async with app as entered, app.enter_scope() as request, request.enter_scope(Tenant) as tenant:
        assert_type(entered, Container[Held, Scope.APP])
        assert_type(request, Container[Held, Scope.REQUEST])
        assert_type(tenant, Container[Held, Tenant])
        assert_type(await tenant.aresolve(Config), Config)


def the_scope_as_a_value(app: Container[Held], request: Container[Held, Scope.REQUEST]) -> None:
    assert_type(app.scope, type[Scope.APP])
    assert_type(request.scope, type[Scope.REQUEST])
    assert_type(request.enter_scope(Tenant).scope, type[Tenant])


def where_nothing_can_be_entered(own: Container[Held, Application], step: Container[Held, Scope.STEP]) -> None:
    step.enter_scope()  # mypy: only the plugin sees that there is no next scope
    own.enter_scope(Scope.REQUEST)  # mypy: only the plugin sees that it is of another tree
    step.enter_scope(Event)  # mypy: only the plugin sees that it is of another tree


def what_is_no_scope(app: Container[Held]) -> None:
    app.enter_scope(Config)  # refused
    app.enter_scope(Scope)  # refused
    app.enter_scope("request")  # refused
    app.enter_scope(3)  # refused
    Container(Database(), start_scope=Config)  # refused
    Container(Database(), start_scope="app")  # refused
    provide(Config, scope=Config)  # refused  # ty: takes any keyword where some come from a TypedDict
    provide(Config, scope="request")  # refused  # ty: takes any keyword where some come from a TypedDict


class NotAScope(Provider[Config]): ...  # refused


def no_scope(container: Container[Held, Config]) -> None: ...  # refused
