"""What is known of a target, in the terms of the model."""

from mypy.nodes import TypeInfo
from mypy.types import Instance, NoneType, Type, TypedDictType, get_proper_type

from wireproof._model.binding import Abstract, WrongYield
from wireproof._model.refusals import Refusal

from .keys import TypeKey, classes_in, make_key, read_key
from .outcome import yielded
from .targets import CLASS, ENTERED_CLASS, ENTERED_TWICE, FUNCTION, GENERATOR, Target
from .text import Style, class_name, text
from .walk import Walk

MANAGERS = frozenset({"contextlib._GeneratorContextManager", "contextlib._AsyncGeneratorContextManager"})
"""What functions under the decorators of `contextlib` return, and hardly any others."""


def known(typ: Type, walk: Walk) -> TypeKey | None:
    """Return the key that a type is; None if there is none, or nothing is known."""
    if isinstance(get_proper_type(typ), NoneType):
        return None
    walk.classes.update(classes_in(typ))
    return read_key(typ).key


def yields(target: Target) -> bool:
    """Whether what a target builds is what it is declared to yield."""
    if target.how in {CLASS, ENTERED_CLASS} or yielded(target.declared) is None:
        return False
    return not _same(target.built, target.declared)


def _same(one: Type, other: Type) -> bool:
    return one == other or make_key(one) == make_key(other)


def refused(target: Target) -> Refusal | None:
    """Return why a target can never be provided; None if it can, as far as is known."""
    if target.how == ENTERED_TWICE:
        return Refusal.ENTERED_TWICE
    built, declared = get_proper_type(target.built), get_proper_type(target.declared)
    if isinstance(declared, Instance) and declared.type.fullname in MANAGERS:
        return Refusal.NOT_ENTERED if target.name else Refusal.METHOD_NOT_ENTERED
    if target.how != CLASS:
        return None
    if isinstance(built, TypedDictType):
        return Refusal.TYPED_DICT
    if not isinstance(built, Instance) or not (built.type.is_enum or built.type.is_newtype):
        return None
    return Refusal.ENUM if built.type.is_enum else Refusal.NEW_TYPE


def abstract(target: Target) -> Abstract | None:
    """Return why a class cannot be instantiated; None if it can, or it is no class."""
    built = get_proper_type(target.built)
    return abstract_class(built.type) if target.how == CLASS and isinstance(built, Instance) else None


def abstract_class(info: TypeInfo) -> Abstract | None:
    """Return why a class cannot be instantiated; None if it can."""
    if not (info.is_abstract or info.is_protocol) or info.fallback_to_any:
        return None
    members = sorted(name for name, _ in info.abstract_attributes)
    return Abstract(class_name(info, Style.SHORT), info.is_protocol, tuple(members))


def wrong_yield(target: Target) -> WrongYield | None:
    """Compare what a function is declared to return with whether it is a generator function."""
    generator = target.how == GENERATOR
    if target.how not in {FUNCTION, GENERATOR} or generator is (yielded(target.declared) is not None):
        return None
    if read_key(target.declared).key is None:
        return None
    return WrongYield(text(target.declared, Style.SHORT), generator)
