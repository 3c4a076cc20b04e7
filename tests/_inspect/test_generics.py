"""What stands for the type variables of a generic class."""

from typing import Any, Generic, Protocol, TypeVar

import pytest
from typing_extensions import TypeVar as DefaultTypeVar

from wireproof import Container, bind, provide
from wireproof._inspect.generics import (
    arguments_from,
    fits_bound,
    has_type_variables,
    is_open_generic,
    substitute,
    substitution_for,
)
from wireproof._inspect.keys import canonical

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
U = TypeVar("U")
Bounded = TypeVar("Bounded", bound=int)
Constrained = TypeVar("Constrained", int, str)


class Base(Generic[T]):
    pass


class Same(Base[T]):
    pass


class ListOf(Base[list[T]], Generic[T]):
    pass


class Twice(Base[tuple[T, T]], Generic[T]):
    pass


class Closed(Base[int]):
    pass


class Two(Generic[T, U]):
    pass


class Both(Two[T, T]):
    pass


class Half(Two[T, int], Generic[T]):
    pass


class More(Base[T], Generic[T, U]):
    pass


class Alike(Generic[T]):
    pass


class Limited(Base[Bounded]):
    pass


class Mixin:
    pass


class Mixed(Mixin, Same[T]):
    pass


class Interface(Protocol[T_co]):
    pass


@pytest.mark.parametrize(
    ("cls", "ancestor", "arguments", "expected"),
    [
        (Base, Base, (int,), (int,)),
        (Same, Base, (int,), (int,)),
        (Mixed, Base, (int,), (int,)),
        (Closed, Base, (int,), ()),
        (Closed, Base, (str,), None),
        (Both, Two, (int, int), (int,)),
        (Both, Two, (int, str), None),
        (Half, Two, (str, int), (str,)),
        (Half, Two, (str, str), None),
        (More, Base, (int,), None),
        (Limited, Base, (bool,), (bool,)),
        (Limited, Base, (str,), None),
        (Alike, Interface, (int,), (int,)),
        (Two, Interface, (int,), None),
    ],
)
def test_arguments_from(cls: type, ancestor: type, arguments: tuple[Any, ...], expected: object) -> None:
    """The arguments of a class are those with which it is the ancestor with its arguments, if there are any."""
    assert arguments_from(cls, ancestor, arguments) == expected


def test_substitution_through_bases() -> None:
    """Arguments are passed on through the bases, into the types that mention them."""
    assert substitution_for(ListOf, (int,), Base) == {T: list[int]}
    assert substitution_for(Twice, (int,), Base) == {T: tuple[int, int]}
    assert substitution_for(Alike, (int,), Base) is None


@pytest.mark.parametrize(
    ("parameter", "argument", "fits"),
    [
        (T, object, True),
        (Bounded, bool, True),
        (Bounded, str, False),
        (Bounded, list[int], True),
        (Constrained, int, True),
        (Constrained, bool, False),
    ],
)
def test_bounds(parameter: Any, argument: Any, fits: bool) -> None:  # noqa: FBT001
    """A bound takes subclasses, constraints only themselves; what cannot be decided is accepted."""
    assert fits_bound(parameter, argument) is fits


def test_substitute() -> None:
    """Type variables are replaced wherever they stand; the unknown ones and plain classes stay."""
    assert substitute(T, {T: int}) is int
    assert substitute(U, {T: int}) is U
    first: Any = T
    second: Any = U
    assert substitute(dict[first, list[second]], {T: int, U: str}) == dict[int, list[str]]
    assert substitute(first | None, {T: int}) == int | None
    assert substitute(Base, {T: int}) is Base


def test_what_is_open() -> None:
    """A generic class without arguments is open; a key mentions variables if it has some inside."""
    assert is_open_generic(Base)
    assert not is_open_generic(Base[int])
    assert not is_open_generic(Closed)
    assert has_type_variables(T)
    variable: Any = T
    assert has_type_variables(type[variable])
    assert not has_type_variables(Base)
    assert not has_type_variables(Base[int])


D = DefaultTypeVar("D", default=int)


class Defaulted(Generic[D]):
    pass


def needs_bare(one: Defaulted) -> bytes:
    """Take the bare class."""
    del one
    return b""


def test_bare_class_has_its_defaults() -> None:
    """A bare generic class whose type variables have defaults is the one with these arguments (PEP 696)."""
    assert canonical(Defaulted) == Defaulted[int]
    assert canonical(Defaulted[Any]) is Defaulted
    container = Container(bind(Defaulted).instance(Defaulted()), provide(needs_bare))
    assert container.resolve(Defaulted) is container.resolve(Defaulted[int])
    assert container.resolve(bytes) == b""


def test_provided_class_with_defaults_serves_all_parametrisations() -> None:
    """What is provided is the class, for whatever arguments."""
    container = Container(provide(Defaulted))
    assert isinstance(container.resolve(Defaulted), Defaulted)
    assert isinstance(container.resolve(Defaulted[str]), Defaulted)
