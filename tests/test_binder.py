"""`bind`: registrations that name their key first."""

from collections.abc import AsyncIterator
from typing import Annotated, NewType, Optional, Protocol

import pytest

from tests.wiring import untyped
from wireproof import Lifetime, LockMode, Scope, bind
from wireproof.sources import Alias, AsyncFactory, Factory, Instance, Options


class Users(Protocol):
    def find(self) -> str: ...


class SqlUsers:
    def find(self) -> str:
        return "sql"


async def _lend_users() -> AsyncIterator[SqlUsers]:
    yield SqlUsers()


UserName = NewType("UserName", str)


def test_to_keeps_key_target_and_options() -> None:
    """A registration with a target keeps what was said."""
    source = bind(Users).to(SqlUsers, scope=Scope.REQUEST, lifetime=Lifetime.TRANSIENT, lock_mode=LockMode.THREAD)
    assert type(source) is Factory
    assert (source.key, source.target) == (Users, SqlUsers)
    assert source.options == Options(Scope.REQUEST, Lifetime.TRANSIENT, None, LockMode.THREAD)


def test_to_an_asynchronous_target() -> None:
    """A target that awaits makes an AsyncFactory."""
    assert type(bind(Users).to(_lend_users)) is AsyncFactory


def test_instance_and_alias() -> None:
    """The other two endings keep what was given."""
    users = SqlUsers()
    instance, alias = bind(Users).instance(users, on_close=print), bind(Users).alias(SqlUsers)
    assert (type(instance), instance.key, instance.instance, instance.on_close) == (Instance, Users, users, print)
    assert (type(alias), alias.key, alias.other) == (Alias, Users, SqlUsers)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        (Annotated[SqlUsers, "main"], SqlUsers),
        (Optional[SqlUsers], SqlUsers | None),  # noqa: UP045  # the old spelling is meant
        (UserName, UserName),
        (list[int], list[int]),
    ],
)
def test_keys_are_canonical(given: object, key: object) -> None:
    """All spellings of a type are one key."""
    assert untyped(bind)(given).instance(None).key == key
    assert untyped(bind)(SqlUsers).alias(given).other == key


@pytest.mark.parametrize(
    ("given", "words"),
    [("Users", "not a string"), (3, "not an instance of int"), ([1], "not an instance of list")],
)
def test_key_must_be_a_type(given: object, words: str) -> None:
    """A key that is no type is refused, with the call named."""
    with pytest.raises(TypeError, match=rf"bind\(.*\): a key is a type, {words}"):
        untyped(bind)(given)
    with pytest.raises(TypeError, match=rf"alias\(.*\): a key is a type, {words}"):
        untyped(bind)(Users).alias(given)


def test_target_must_be_callable() -> None:
    """What cannot be called is refused, with the call named."""
    with pytest.raises(TypeError, match=r"to\(3\): a target is a class or a function"):
        untyped(bind(Users)).to(3)


@pytest.mark.parametrize("ending", ["to", "instance"])
def test_on_close_must_be_callable(ending: str) -> None:
    """An on_close that cannot be called is refused, with the call named."""
    with pytest.raises(TypeError, match=rf"{ending}\(on_close=3\): must be a function"):
        getattr(bind(Users), ending)(SqlUsers, on_close=3)


def test_lifetime_typo() -> None:
    """A lifetime that does not exist is refused with those that do."""
    with pytest.raises(TypeError, match=r"to\(lifetime='scopd'\): must be a Lifetime or one of 'scoped', 'transient'"):
        untyped(bind(Users)).to(SqlUsers, lifetime="scopd")


def test_unfinished_registration_says_so() -> None:
    """What bind alone gives says that it is not finished."""
    assert repr(bind(Users)).startswith("bind(Users)  # to be ended with .to(...)")


def test_reprs() -> None:
    """Sources are shown as they might have been written."""
    assert repr(bind(Users).to(SqlUsers)) == "bind(Users).to(SqlUsers)"
    assert repr(bind(UserName).instance(UserName("x"))) == "bind(UserName).instance('x')"
    assert repr(bind(Users).alias(SqlUsers)) == "bind(Users).alias(SqlUsers)"
