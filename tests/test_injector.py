"""Injection for modules that do not import the container."""

import asyncio
from typing import Any, TypeVar

import pytest

from tests.racing import in_threads
from tests.wiring import untyped, wire
from wireproof import (
    INJECTED,
    BaseScope,
    Container,
    Has,
    Injected,
    Injector,
    Scope,
    ScopeClosedError,
    ScopeNotActiveError,
    bind,
    provide,
)

S = TypeVar("S", bound=BaseScope)


class Users:
    pass


inject = Injector[Has[Any], Scope.REQUEST]()


@inject
def users(users: Injected[Users] = INJECTED) -> Users:
    """Return what it was given."""
    return users


@inject
async def users_awaiting(users: Injected[Users] = INJECTED) -> Users:
    """Do so in a coroutine function."""
    await asyncio.sleep(0)
    return users


def container_of_users() -> Container[Any, Any]:
    """Return a container with users of REQUEST."""
    return wire(provide(Users, scope=Scope.REQUEST))


def test_innermost_active_scope_of_any_container() -> None:
    """Unattached, it resolves from the innermost active scope of the kind or deeper."""
    first, second = container_of_users(), container_of_users()
    with first.enter_scope(Scope.REQUEST) as outer:
        assert users() is outer.resolve(Users)
        with second.enter_scope(Scope.REQUEST) as request, request.enter_scope(Scope.ACTION):
            assert users() is request.resolve(Users)
        assert users() is outer.resolve(Users)


def test_without_an_active_scope() -> None:
    """Without one of the kind there is an error; a scope around it is not enough."""

    def within_a_session() -> Users:
        with container_of_users().enter_scope(Scope.SESSION):
            return users()

    for found in in_threads([users, within_a_session]):  # in threads of their own nothing is active
        assert isinstance(found, ScopeNotActiveError)
        assert found.scope is Scope.REQUEST


def test_explicit_arguments_win() -> None:
    """What is passed is used."""
    own = Users()
    with container_of_users().enter_scope(Scope.REQUEST):
        assert users(own) is own


async def test_coroutine_functions() -> None:
    """A coroutine function is awaited, with what has to be awaited."""

    async def make() -> Users:
        await asyncio.sleep(0)
        return Users()

    async with wire(bind(Users).to(make, scope=Scope.REQUEST)).enter_scope(Scope.REQUEST) as request:
        assert await users_awaiting() is await request.aresolve(Users)


def test_attached() -> None:
    """Attached, it resolves from the scopes of that container alone, also if another's is nearer."""
    mine = Injector[Has[Any], Scope.REQUEST]()

    @mine
    def attached(users: Injected[Users] = INJECTED) -> Users:
        return users

    container, other = container_of_users(), container_of_users()
    mine.attach(container)
    with container.enter_scope(Scope.REQUEST) as request, other.enter_scope(Scope.REQUEST):
        assert attached() is request.resolve(Users)
    with other.enter_scope(Scope.REQUEST), pytest.raises(ScopeNotActiveError):
        attached()


def test_attached_container_serves_its_own_scope() -> None:
    """At the scope of the container it needs no entered one; nothing is used by attaching."""
    mine = Injector[Has[Any]]()

    @mine
    def attached(users: Injected[Users] = INJECTED) -> Users:
        return users

    container = wire()
    mine.attach(container)
    untyped(container).add_concrete(Users)
    assert attached() is container.resolve(Users)


def test_attached_container_that_is_closed() -> None:
    """A closed container resolves nothing more."""
    mine = Injector[Has[Any]]()

    @mine
    def attached(users: Injected[Users] = INJECTED) -> Users:
        return users

    container = wire(provide(Users))
    mine.attach(container)
    container.close()
    with pytest.raises(ScopeClosedError):
        attached()


def test_without_type_arguments() -> None:
    """An injector that says nothing serves any active scope within APP."""
    plain = Injector()

    @plain
    def here(users: Injected[Users] = INJECTED) -> Users:
        return users

    with container_of_users().enter_scope(Scope.REQUEST) as request:
        assert here() is request.resolve(Users)


def test_subclass_with_type_arguments() -> None:
    """An injector class of one's own may state the arguments."""

    class Mine(Injector[Has[Any], Scope.ACTION]):
        pass

    @Mine()
    def here(users: Injected[Users] = INJECTED) -> Users:
        return users

    def within_a_request() -> Users:
        with container_of_users().enter_scope(Scope.REQUEST):
            return here()

    with container_of_users().enter_scope(Scope.ACTION) as action:
        assert here() is action.resolve(Users)
    [found] = in_threads([within_a_request])
    assert isinstance(found, ScopeNotActiveError)


def test_generic_subclass() -> None:
    """An injector class may leave the scope to whoever makes one."""

    class Mine(Injector[Has[Any], S]):
        pass

    @Mine[Scope.REQUEST]()
    def here(users: Injected[Users] = INJECTED) -> Users:
        return users

    with container_of_users().enter_scope(Scope.REQUEST) as request:
        assert here() is request.resolve(Users)


@pytest.mark.parametrize("what", [3, None, Container])
def test_only_containers_can_be_attached(what: object) -> None:
    """Whatever is no container is refused."""
    with pytest.raises(TypeError, match="attach"):
        Injector[Has[Any]]().attach(untyped(what))
