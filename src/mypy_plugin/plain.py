"""The registration of a class that is its own key, read without what the others need: nearly all are such."""

from itertools import chain

from mypy.types import Instance, LiteralType, Type, UnionType, get_proper_type

from wireproof._model.binding import Binding, Kind, Origin

from .construction import initialiser
from .facts import abstract_class
from .generic import constructors
from .keys import TypeKey, key_of
from .names import FACTORY
from .source_keys import asked
from .targets import CLASS
from .text import Style, class_name
from .walk import Place, Walk


def plain(source: Instance, place: Place, walk: Walk) -> Binding[TypeKey] | None:
    """Return the binding of a source, as if it had been read as any other; None if it is any other."""
    _, key, scope, by = source.args
    built = get_proper_type(key)
    if source.type.fullname != FACTORY or not isinstance(built, Instance) or not _is_class(by):
        return None
    info = built.type
    if info.type_vars or info.is_enum or info.is_newtype:
        return None
    own, initialises = key_of(built), initialiser(info)
    parameters, overloads = asked(constructors(info)) if initialises is None else asked([initialises], first=0)
    walk.classes.add(info)
    walk.reads(chain(parameters, *overloads))
    name = class_name(info, Style.SHORT)
    return Binding(
        Kind.FACTORY,
        own,
        Origin(name, place.definition or f"{info.module_name}.{name}", walk.argument),
        walk.lives(scope, place),
        parameters,
        overloads,
        replaces=place.replaces,
        built=own,
        abstract=abstract_class(info),
    )


def _is_class(by: Type) -> bool:
    """Whether it is the shortest note on a class, which says no more than that it is one."""
    noted = get_proper_type(by)
    how = get_proper_type(noted.items[0]) if isinstance(noted, UnionType) else None
    return isinstance(how, LiteralType) and how.value == CLASS
