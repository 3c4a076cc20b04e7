"""What is known of a container, from its type."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Context, TypeInfo
from mypy.types import AnyType, Instance, Type, UnionType, get_proper_type

from wireproof._model.binding import Kind
from wireproof._model.checks import missing
from wireproof._model.graph import Graph

from . import dependencies
from .contents import Contents, Reading
from .keys import TypeKey
from .lookup import find_class, make, try_again
from .memo import MEMO
from .names import CONTAINER
from .scopes import scope_class


class Known(NamedTuple):
    """What the type of a container says."""

    held: Type
    scope: TypeInfo | None

    def is_nothing(self) -> bool:
        """Whether it says nothing about what the container holds."""
        return isinstance(get_proper_type(self.held), AnyType)

    def boxes(self) -> list[Type]:
        """Return the boxes with what it holds, one by one."""
        held = get_proper_type(self.held)
        return list(held.items) if isinstance(held, UnionType) else [held]


def known_of(api: TypeChecker, typ: Type) -> Known | None:
    """Return what a type says of a container; None if it is no container."""
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance) or not proper.type.has_base(CONTAINER):
        return None
    container = map_instance_to_supertype(proper, find_class(api, CONTAINER))
    return Known(container.args[0], scope_class(container.args[1]))


def read(api: TypeChecker, known: Known, context: Context) -> Reading:
    """Read all that a container holds, for an expression that is checked against it."""
    reading = _contents(api, known, context).whole()
    dependencies.record(api, reading.walk.classes)
    dependencies.record_for_daemon(api, reading.walk.classes)
    return reading


def is_partial(graph: Graph[TypeKey]) -> bool:
    """Whether the type of a container evidently does not say all it holds: what its sources need, it has somewhere."""
    return any(one.kind is Kind.PROMISE for one in graph.bindings) or any(missing.check(graph))


def read_for(api: TypeChecker, known: Known, key: TypeKey, context: Context) -> Reading:
    """Read as much of what a container holds as asking for a key comes down to."""
    contents = _contents(api, known, context)
    reading = contents.part(key)
    dependencies.record(api, reading.walk.classes)
    dependencies.record_for_daemon(api, contents.walk.classes | reading.walk.classes)
    return reading


def _contents(api: TypeChecker, known: Known, context: Context) -> Contents:
    contents = MEMO.read(api, known.held, known.scope)
    if contents.walk.unready:
        try_again(api, context)
    return contents


def container_type(api: TypeChecker, boxes: Iterable[Type], scope: Type) -> Instance:
    """Return the type of a container with these boxes, each once."""
    return make(api, CONTAINER, [UnionType.make_union(list(distinct(boxes))), scope])


def distinct(types: Iterable[Type]) -> Iterator[Type]:
    """Yield types, equal ones once."""
    seen: set[Type] = set()
    for typ in types:
        if typ not in seen:
            seen.add(typ)
            yield typ
