"""The sources that a container is given as arguments, by ``Container(...)``, ``extend`` and ``override``."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import ArgKind, CallExpr, Context, Expression, TypeInfo
from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import AnyType, CallableType, Instance, NoneType, TupleType, Type, UnionType, get_proper_type

from wireproof._model.graph import Graph

from . import dependencies
from .alternatives import all_alternatives, label, read_ways
from .codes import OPAQUE
from .keys import TypeKey
from .lookup import checker, has, make, try_again, unknown, with_arguments, with_first
from .names import HAS, PROVIDER, REGISTRATION, SOURCE
from .read import graph_of, read_source
from .report import fail
from .walk import Walk

HIDES = "Nothing is known about what this source provides, so that nothing can be called missing in this container"
DECLARE = "declare what it is: the class of a provider, or what provide(...) or bind(...) returns"


class Given(NamedTuple):
    """One source that a container is given."""

    type: Type
    expression: Expression


class OneOf(NamedTuple):
    """Several ways of which one is taken, with the sources that each of them adds."""

    ways: list[list["Given | OneOf"]]


Sources = Sequence[Given | OneOf]


def all_given(sources: Sources) -> Iterator[Given]:
    """Yield the sources of all ways, in order."""
    for one in sources:
        if isinstance(one, Given):
            yield one
        else:
            for way in one.ways:
                yield from all_given(way)


def take_any_source(ctx: FunctionSigContext | MethodSigContext) -> CallableType | None:
    """Return a signature whose ``*sources`` may be any sources; None if it has no such parameter."""
    signature = ctx.default_signature
    parameter = get_proper_type(signature.arg_types[0]) if signature.arg_types else None
    if not isinstance(parameter, Instance) or parameter.type.fullname != SOURCE:
        return None
    anything = ctx.api.named_generic_type("builtins.object", [])
    return with_first(signature, anything if _is_mixed(ctx) else with_arguments(parameter, [anything]))


def read_given(api: TypeChecker, scope: TypeInfo | None, given: Sources, call: Context) -> Graph[TypeKey]:
    """Read the sources that a call is given into a graph, and report those that hide what they provide.

    A binding that comes from one of them carries its number among `all_given`.
    """
    walk = Walk(api, scope)
    _read(given, walk, count())
    dependencies.record(api, walk.classes)
    dependencies.record_for_daemon(api, walk.classes)
    if walk.unready:
        try_again(api, call)
    for source in all_given(given):
        if hides(source.type):
            fail(api, HIDES, [DECLARE], source.expression, OPAQUE)
    return graph_of(walk)


def _read(given: Sources, walk: Walk, numbers: Iterator[int]) -> None:
    for one in given:
        if isinstance(one, Given):
            walk.argument = next(numbers)
            read_source(one.type, walk.top(), walk)
        else:
            read_ways([(_label(way), partial(_read, way, walk, numbers)) for way in one.ways], walk)


def _label(way: Sources) -> str:
    """Return what messages call one of several ways: what it adds, or nothing."""
    names = (
        label(one.type) if isinstance(one, Given) else " or ".join(filter(None, map(_label, one.ways))) for one in way
    )
    return " and ".join(names)


def given_to(ctx: FunctionContext | MethodContext) -> Iterator[Given]:
    """Yield the sources among the arguments of a call; a tuple with a star is as many as it has items."""
    position = ctx.callee_arg_names.index("sources") if "sources" in ctx.callee_arg_names else None
    if position is None:
        return
    arguments = zip(ctx.arg_types[position], ctx.arg_kinds[position], ctx.args[position], strict=True)
    expanded: set[Expression] = set()
    for typ, kind, expression in arguments:
        if expression not in expanded:  # mypy gives a tuple once for each of its items
            expanded.add(expression)
            yield from given_by(checker(ctx.api), [(typ, kind, expression)])


def given_by(api: TypeChecker, arguments: Iterable[tuple[Type, ArgKind, Expression]]) -> Iterator[Given]:
    """Yield the sources among arguments of these types."""
    for typ, kind, expression in arguments:
        if kind is ArgKind.ARG_STAR:
            yield from (Given(item, expression) for item in _items(typ, api))
        else:
            yield Given(all_alternatives(api, typ, expression), expression)


def has_star(call: Context) -> bool:
    """Whether an argument of a call has a star."""
    return isinstance(call, CallExpr) and ArgKind.ARG_STAR in call.arg_kinds


def _is_mixed(ctx: FunctionSigContext | MethodSigContext) -> bool:
    """Whether there is a starred list of which mypy says only that it holds objects, as it does of unlike sources."""
    call, api = ctx.context, checker(ctx.api)
    if not isinstance(call, CallExpr) or not has_star(call):
        return False
    arguments = zip(call.args, call.arg_kinds, strict=True)
    starred = (argument for argument, kind in arguments if kind is ArgKind.ARG_STAR)
    items = (get_proper_type(_item(api.get_expression_type(one), api)) for one in starred)
    return any(isinstance(item, Instance) and item.type.fullname == "builtins.object" for item in items)


def held(api: TypeChecker, given: Sources, more: Iterable[Type]) -> Type:
    """Return what a container of these sources holds, as it stands in its type, with some more boxes."""
    provided = boxes(api, given)
    return UnionType.make_union([*provided, *more] if provided else [unknown()])


def boxes(api: TypeChecker, given: Sources) -> list[Type]:
    """Return what sources provide, as it stands in the type of a container."""
    return [box for source in given for box in _boxes(api, _source(api, source))]


def _source(api: TypeChecker, source: Given | OneOf) -> Type:
    """Return one type for a source: for several ways a union, in which what one way adds is a tuple."""
    if isinstance(source, Given):
        return source.type
    return UnionType.make_union([_together(api, way) for way in source.ways])


def _together(api: TypeChecker, way: Sources) -> Type:
    types = [_source(api, one) for one in way]
    if len(types) > 1:
        return TupleType(types, api.named_generic_type("builtins.tuple", [unknown()]))
    return types[0] if types else NoneType()


def hides(typ: Type) -> bool:
    """Whether a source is declared as something that says nothing about what it provides."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return any(map(hides, proper.items))
    if not isinstance(proper, Instance):
        return False
    if proper.type.fullname == SOURCE:
        held = get_proper_type(proper.args[0])
        return not all(map(_is_box, held.items if isinstance(held, UnionType) else [held]))
    return proper.type.fullname == PROVIDER or not is_source(proper)


def _is_box(typ: Type) -> bool:
    proper = get_proper_type(typ)
    return isinstance(proper, Instance) and proper.type.fullname == HAS


def is_source(proper: Instance) -> bool:
    """Whether it is an instance of one of the library's classes of sources."""
    return any(proper.type.has_base(base) for base in (REGISTRATION, PROVIDER, SOURCE))


def _items(typ: Type, api: TypeChecker) -> list[Type]:
    """Return the types of what a starred argument holds; a list is of one kind of source, or of none."""
    proper = get_proper_type(typ)
    if isinstance(proper, TupleType):
        return list(proper.items)
    item = get_proper_type(_item(proper, api))
    if isinstance(item, UnionType):
        return [make(api, SOURCE, [unknown()])]
    return [item if hides(item) or isinstance(item, AnyType) else UnionType.make_union([item, NoneType()])]


def _item(typ: Type, api: TypeChecker) -> Type:
    """Return the type of the items of an iterable."""
    proper = get_proper_type(typ)
    iterable = api.named_generic_type("typing.Iterable", [unknown()]).type
    if isinstance(proper, Instance) and proper.type.has_base(iterable.fullname):
        return map_instance_to_supertype(proper, iterable).args[0]
    return unknown()


def _boxes(api: TypeChecker, typ: Type) -> list[Type]:
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and proper.type.fullname == SOURCE:
        provided = get_proper_type(proper.args[0])
        return [has(api, provided)] if isinstance(provided, AnyType) else [provided]
    return [has(api, proper)]
