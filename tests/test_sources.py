"""How sources show themselves."""

from typing import Any

import pytest

from wireproof import Has, Lifetime, Provider, autowire, bind, provide, provide_all, replacing, require


class Users:
    pass


def make() -> Users:
    """Build some."""
    return Users()


def around(users: Users) -> Users:
    """Return what it was given."""
    return users


class Data(Provider):
    @provide()
    def users(self) -> Users:
        return Users()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (provide(make), "provide(make)"),
        (bind(Users).to(make), "bind(Users).to(make)"),
        (bind(Users).alias(Users), "bind(Users).alias(Users)"),
        (bind(int).instance(3), "bind(int).instance(3)"),
        (bind(list[Users]).instance([]), "bind(list).instance([])"),
        (bind(Users).contribute(make), "bind(Users).contribute(make)"),
        (bind(Users).contributions(), "bind(Users).contributions()"),
        (bind(Users).from_context(), "bind(Users).from_context()"),
        (bind(Users).decorate(around), "bind(Users).decorate(around)"),
        (provide_all(make, Users), "provide_all(provide(make), provide(Users))"),
        (require(Users), "require(Users)"),
        (replacing(provide(make)), "replacing(provide(make))"),
        (autowire(lifetime=Lifetime.SCOPED), "autowire(lifetime=<Lifetime.SCOPED: 'scoped'>)"),
        (Data.users, "@provide() Data.users"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_as_it_might_have_been_written(source: Any, text: str) -> None:
    """A source looks like the expression that makes it."""
    assert repr(source) == text


def test_type_of_what_is_provided() -> None:
    """Every source says in its type what it provides; asked for at run time it gives an empty box."""
    assert isinstance(provide(make).__wire__(), Has)
    assert isinstance(Data().__wire__(), Has)


def test_key_that_is_not_stated() -> None:
    """A source without a stated key shows that."""
    assert repr(provide(make).key) == "UNSTATED"
