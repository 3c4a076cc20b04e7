"""Keys of the static head: mypy types, compared by name and structure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from mypy.expandtype import expand_type_by_instance
from mypy.nodes import TypeInfo
from mypy.subtypes import is_subtype
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    ProperType,
    TupleType,
    Type,
    TypeAliasType,
    TypedDictType,
    TypeOfAny,
    TypeType,
    UnionType,
    get_proper_type,
)

from wireproof._model.keys import Derived

from .derived import bare, derived
from .names import MODEL
from .text import Style, text

NO_ANNOTATION = "it has no annotation"
DIFFERENT_RESULTS = "its overloads return different types"
ANY_SAYS_NOTHING = "Any says nothing about what is wanted"

READABLE: tuple[type[ProperType], ...] = (
    Instance,
    NoneType,
    UnionType,
    TupleType,
    CallableType,
    TypeType,
    LiteralType,
    TypedDictType,
)


class TypeKey(str):
    """A type as a key: its name. The daemon re-creates classes, so that only names can be compared.

    That makes it a string, as keys are looked up all the time, and no function in Python is as quick.
    """

    __slots__ = ("type",)
    type: ProperType

    def __new__(cls, identity: str, typ: ProperType) -> Self:
        """Take a type and its name."""
        key = str.__new__(cls, identity)
        key.type = typ
        return key


class KeyReading(NamedTuple):
    """A key, or why there is none; an empty reason means that nobody can know."""

    key: TypeKey | None
    untyped: str = ""


class TypeKeys:
    """What the model needs to know about the keys of the static head."""

    def short(self, key: TypeKey, /) -> str:
        """Return the key as one would type it."""
        return text(key.type, Style.SHORT)

    def full(self, key: TypeKey, /) -> str:
        """Return the key with modules."""
        return text(key.type, Style.FULL)

    def assignable(self, built: TypeKey, key: TypeKey, /) -> bool | None:
        """Ask mypy, unless they are the same."""
        return built == key or is_subtype(_as_tuple(built.type), key.type)

    def derive(self, key: TypeKey, /) -> Derived[TypeKey] | None:
        """Return what the key means by its form."""
        found = derived(key.type)
        if found is None:
            return None
        kind, inner = found
        return Derived(kind, None if inner is None else make_key(inner))

    def generic(self, key: TypeKey, /) -> TypeKey | None:
        """Return the generic class behind a parametrised key."""
        if not isinstance(key.type, Instance) or not key.type.args or key.type.type.has_base(MODEL):
            return None  # a parametrised model of pydantic's is a class of its own
        generic = make_key(bare(key.type))
        return None if generic == key else generic


def as_class(typ: Type) -> ProperType:
    """Return a type; for a NamedTuple the class, of which mypy makes a tuple of its fields."""
    proper = get_proper_type(typ)
    if isinstance(proper, TupleType) and proper.partial_fallback.type.fullname != "builtins.tuple":
        return proper.partial_fallback
    return proper


def _as_tuple(typ: ProperType) -> Type:
    """Return what `as_class` was given, of which mypy knows what else it is."""
    fields = typ.type.tuple_type if isinstance(typ, Instance) else None
    return expand_type_by_instance(fields, typ) if isinstance(typ, Instance) and fields is not None else typ


def make_key(typ: Type) -> TypeKey:
    """Return the key that a type is."""
    proper = as_class(typ)
    return key_of(proper) if isinstance(proper, Instance) else TypeKey(text(proper, Style.IDENTITY), proper)


def key_of(instance: Instance) -> TypeKey:
    """Return the key that an instance of a class is."""
    if instance.last_known_value is not None:
        instance = Instance(instance.type, instance.args)
    if not instance.args:  # nearly always, and quicker than asking for the text
        return TypeKey(instance.type.fullname, instance)
    return TypeKey(text(instance, Style.IDENTITY), instance)


def read_key(typ: Type) -> KeyReading:
    """Return the key that a type is, or why it is none."""
    proper = as_class(typ)
    if isinstance(proper, Instance) and not proper.args:
        return KeyReading(key_of(proper))
    anything = _anything_in(proper)
    if anything is not None:
        return KeyReading(None, _why(anything))
    if _mentions_unknown(proper):
        return KeyReading(None)
    return KeyReading(make_key(proper) if isinstance(proper, READABLE) else None)


def classes_in(typ: Type) -> Iterable[TypeInfo]:
    """Return the classes that a type is made of."""
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and not proper.args:  # nearly always, and several times quicker
        return (proper.type,)
    return (part.type for part in _parts_of(typ) if isinstance(part, Instance))


def _mentions_unknown(typ: Type) -> bool:
    """Whether a type is made of one that comes from a module which mypy has not found: that could be any."""
    anything = (part.source_any or part for part in _parts_of(typ) if isinstance(part, AnyType))
    return any(one.type_of_any in {TypeOfAny.from_unimported_type, TypeOfAny.from_error} for one in anything)


def _parts_of(typ: Type) -> Iterator[ProperType]:
    """Yield a type and all that it is made of."""
    waiting = [typ]
    while waiting:
        current = waiting.pop()
        if isinstance(current, TypeAliasType) and current.is_recursive:
            continue
        proper = get_proper_type(current)
        yield proper
        waiting += _parts(proper)


def _parts(proper: ProperType) -> list[Type]:
    if isinstance(proper, Instance):
        return list(proper.args)
    if isinstance(proper, UnionType | TupleType | Overloaded):
        return list(proper.items)
    if isinstance(proper, CallableType):
        return [*proper.arg_types, proper.ret_type]
    if isinstance(proper, TypeType):
        return [proper.item]
    return [proper.fallback] if isinstance(proper, LiteralType | TypedDictType) else []


def _why(typ: AnyType) -> str:
    source = typ.source_any or typ
    reasons = {TypeOfAny.unannotated: NO_ANNOTATION, TypeOfAny.explicit: ANY_SAYS_NOTHING}
    return reasons.get(source.type_of_any, "")


def _anything_in(proper: ProperType) -> AnyType | None:
    """Return the ``Any`` for which a type could be anything: itself, or a member of a union."""
    items = proper.items if isinstance(proper, UnionType) else [proper]
    return next((one for one in map(get_proper_type, items) if isinstance(one, AnyType)), None)
