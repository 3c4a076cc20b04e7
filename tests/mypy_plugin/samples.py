"""A module that mypy has analysed, for tests of what the plugin reads from types."""

import sys
from functools import cache

from mypy import build
from mypy.modulefinder import BuildSource
from mypy.nodes import TypeInfo
from mypy.options import Options
from mypy.types import ProperType, Type, get_proper_type

SOURCE = """
from __future__ import annotations
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator, Sequence
from typing import Annotated, Any, Generic, Literal, NamedTuple, NewType, Optional, Protocol, TypeVar, Union
from wireproof import BaseScope, Provider, Scope

T = TypeVar("T")
class User: ...
class Repo(Generic[T]): ...
class Pair(Generic[T]): ...
class Outer:
    class Inner: ...
class Point(NamedTuple):
    x: int
Dsn = NewType("Dsn", str)
Alias = Union[User, int]

plain: User
builtin: int
nested: Outer.Inner
generic: Repo[User]
of_any: Repo[Any]
bare: Repo  # type: ignore[type-arg]
partly_any: dict[str, Any]
union: User | int
turned: Union[int, User]
alias: Alias
optional: Optional[User]
marked: Annotated[User, "marked"]
new_type: Dsn
sequence: Sequence[User]
function: Callable[[int], User]
anything: Callable[..., User]
pair: tuple[int, User]
named: Point
literal: Literal["a", 1]
kind: type[User]
explicit: Any
with_any: User | Any

class Own(BaseScope): ...
class Event(Own): ...
class Tenant(Scope.APP): ...
request: Scope.REQUEST
tenant: Tenant
event: Event
root: BaseScope

def parameters(
    positional: User, /, plain: User, untyped, optional: User | None = None, size: int | None = 3,
    url: Dsn = Dsn(""), *rest: int, keyword: User, names: list[str] = [], **more: str,
) -> None: ...
def iterator() -> Iterator[User]: ...
def generator() -> Generator[User, None, None]: ...
def function_of_rows() -> Rows: ...
async def coroutine() -> User: ...
async def asynchronous() -> AsyncIterator[User]:
    yield User()
def awaitable() -> Awaitable[User]: ...
class Rows(Iterator[User]): ...
"""


@cache
def _module() -> dict[str, object]:
    options = Options()
    options.incremental = False
    options.python_version = sys.version_info[:2]
    options.preserve_asts = True
    options.export_types = True
    result = build.build([BuildSource("sample.py", "sample", SOURCE)], options)
    return {name: symbol.node for name, symbol in result.files["sample"].names.items()}


def sample(name: str) -> ProperType:
    """Return the type of a variable or function of the module."""
    node = _module()[name]
    typ: Type = getattr(node, "type")  # noqa: B009  # a variable's or a function's
    return get_proper_type(typ)


def sample_class(name: str) -> TypeInfo:
    """Return a class of the module."""
    node = _module()[name]
    assert isinstance(node, TypeInfo)
    return node
