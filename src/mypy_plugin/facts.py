"""What is known of a target, in the terms of the model."""

from mypy.types import Instance, NoneType, Type, get_proper_type

from wireproof._model.binding import Abstract, WrongYield

from .keys import TypeKey, classes_in, make_key, read_key
from .outcome import yielded
from .targets import CLASS, FUNCTION, GENERATOR, Target
from .text import Style, class_name, text
from .walk import Walk


def known(typ: Type, walk: Walk) -> TypeKey | None:
    """Return the key that a type is; None if there is none, or nothing is known."""
    if isinstance(get_proper_type(typ), NoneType):
        return None
    walk.classes.update(classes_in(typ))
    return read_key(typ).key


def yields(target: Target) -> bool:
    """Whether what a target builds is what it is declared to yield."""
    return target.how != CLASS and yielded(target.declared) is not None and not _same(target.built, target.declared)


def _same(one: Type, other: Type) -> bool:
    return make_key(one) == make_key(other)


def abstract(target: Target) -> Abstract | None:
    """Return why a class cannot be instantiated; None if it can, or it is no class."""
    built = get_proper_type(target.built)
    if target.how != CLASS or not isinstance(built, Instance):
        return None
    info = built.type
    if not (info.is_abstract or info.is_protocol) or info.fallback_to_any:
        return None
    members = sorted(name for name, _ in info.abstract_attributes)
    return Abstract(class_name(info, Style.SHORT), info.is_protocol, tuple(members))


def wrong_yield(target: Target) -> WrongYield | None:
    """Compare what a function is declared to return with whether it is a generator function."""
    if target.how not in {FUNCTION, GENERATOR} or read_key(target.declared).key is None:
        return None
    generator = target.how == GENERATOR
    if generator is (yielded(target.declared) is not None):
        return None
    return WrongYield(text(target.declared, Style.SHORT), generator)
