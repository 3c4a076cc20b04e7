"""The types of the library can be written where Python evaluates them: in annotations, bases and aliases."""

from typing import Any, Literal, get_origin

from wireproof import BaseScope, Container, Has, Provider, Scope, Source
from wireproof.scopes import Inherit
from wireproof.sources import (
    Alias,
    AsyncFactory,
    AsyncMethodFactory,
    AwaitedRequirement,
    Factory,
    Instance,
    MethodFactory,
    Replacing,
    Requirement,
    Target,
)


class Tenant(Scope.APP):
    pass


def test_containers() -> None:
    """A container may be written with its scope or without; the defaults of PEP 696 work on every Python."""
    written = (
        Container[Has[int]],
        Container[Has[int] | Has[str]],
        Container[Has[int], Scope.REQUEST],
        Container[Has[int] | Has[str], Tenant],
        Container[Any, BaseScope],
    )
    assert {get_origin(alias) for alias in written} == {Container}
    assert Container[Has[int]] == Container[Has[int], Scope.APP]


def test_providers() -> None:
    """A provider class names its default scope in its bases, or leaves it out."""

    class Requests(Provider[Scope.REQUEST]):
        pass

    class Plain(Provider):
        pass

    assert isinstance(Requests(), Provider)
    assert isinstance(Plain(), Provider)
    assert get_origin(Provider[Tenant]) is Provider


def test_factories() -> None:
    """What the plugin adds to a factory may be left out, and parameters may be listed or left open."""
    target = Target[Literal["class"], Literal["m:n"], int, int, None]
    assert get_origin(Factory[..., int, Scope.APP]) is Factory
    assert Factory[..., int, Scope.APP] == Factory[..., int, Scope.APP, Any]
    assert get_origin(Factory[[], int, Inherit]) is Factory
    assert get_origin(Factory[[int, str], int, Tenant]) is Factory
    assert get_origin(Factory[[int], int, Scope.APP, target | Any]) is Factory
    assert get_origin(AsyncFactory[..., int, Scope.APP]) is AsyncFactory
    assert get_origin(AsyncFactory[[int], int, Tenant]) is AsyncFactory


def test_methods() -> None:
    """The same holds for methods, which also tell what they return."""
    assert get_origin(MethodFactory[..., int, int, Scope.APP]) is MethodFactory
    assert get_origin(MethodFactory[[int], int, int, Scope.APP]) is MethodFactory
    assert get_origin(AsyncMethodFactory[..., int, int, Scope.APP]) is AsyncMethodFactory


def test_other_sources() -> None:
    """Every source can be named in an annotation."""
    assert get_origin(Source[Has[int]]) is Source
    assert get_origin(Instance[int]) is Instance
    assert get_origin(Alias[int, bool]) is Alias
    assert get_origin(Requirement[int, Scope.APP]) is Requirement
    assert get_origin(AwaitedRequirement[int | None, Scope.APP]) is AwaitedRequirement
    assert get_origin(Replacing[Instance[int]]) is Replacing
