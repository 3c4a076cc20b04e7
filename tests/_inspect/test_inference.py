"""What type variables stand for in a target that is bound to a key."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, Self, TypeVar

import pytest

from wireproof._inspect.inference import standing_for

T = TypeVar("T")
U = TypeVar("U")


class Repo(Generic[T]):
    def __init__(self, item: T | None = None) -> None: ...

    @classmethod
    def make(cls) -> Self:
        return cls()

    def copy(self) -> "Repo[T]":
        return self


class Pair(Repo[tuple[U, T]], Generic[T, U]):
    def __init__(self, inner: Repo[T]) -> None: ...


class Numbers(Repo[int]):
    pass


class Reads(Protocol[T]):
    def read(self, item: T) -> T: ...


def _same(inner: T) -> T:
    return inner


def _listed(item: T) -> list[T]:
    return [item]


def _generated(item: T) -> Iterator[Repo[T]]:
    yield Repo(item)


def _perhaps(item: T) -> Repo[T] | None:
    return Repo(item)


def _called(item: T, other: U) -> Callable[[T], U]:
    raise NotImplementedError(item, other)


def _unreadable() -> "Nowhere[T]":  # type: ignore[name-defined]  # noqa: F821
    raise NotImplementedError


def _around(inner: Repo[T]) -> Numbers:
    raise NotImplementedError(inner)


TOLD: dict[str, tuple[Any, Any, dict[Any, Any]]] = {
    "class": (Repo, Repo[int], {T: int}),
    "class with arguments": (Repo[str], Repo[int], {T: str}),
    "class of a Protocol": (Repo, Reads[int], {T: int}),
    "class of another": (Repo, dict[str, int], {T: T}),
    "function": (_same, Repo[int], {T: Repo[int]}),
    "function of arguments": (_listed, list[int], {T: int}),
    "generator": (_generated, Repo[int], {T: int}),
    "union": (_perhaps, Repo[int] | None, {T: int}),
    "callable": (_called, Callable[[int], str], {T: int, U: str}),
    "class method": (Repo.make, Repo[int], {T: int}),
    "class method of arguments": (Numbers.make, None, {T: int}),
    "method": (Repo[int]().copy, None, {T: int}),
    "nothing generic": (int, int, {}),
    "what cannot be read": (_unreadable, Repo[int], {}),
}


@pytest.mark.parametrize(("target", "key", "told"), TOLD.values(), ids=list(TOLD))
def test_the_key_tells(target: Any, key: Any, told: dict[Any, Any]) -> None:
    """What a target returns is of the type of the key, and a method knows what its object has."""
    found = dict(standing_for(target, key))
    found.pop(Self, None)
    assert found == told


def test_a_subclass_with_variables_of_its_own() -> None:
    """The variables of the class whose constructor runs are what counts."""
    assert standing_for(Pair, Repo[tuple[int, str]]) == {T: str, U: int, Self: Pair[str, int]}


def test_self_is_the_class_with_its_arguments() -> None:
    """In a class method that is bound to a parametrisation, and in one that a class inherits."""
    assert standing_for(Repo.make, Repo[int])[Self] == Repo[int]
    assert standing_for(Numbers.make)[Self] is Numbers


def test_the_first_parameter_tells_of_a_decorator() -> None:
    """It receives an instance of the key, also if what is returned says nothing."""
    assert standing_for(_around, Numbers) == {}
    assert standing_for(_around, Numbers, decorates=True) == {T: int}
