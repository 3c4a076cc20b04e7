"""What is known of a target where it is registered, kept in the type of the source.

Whether a function is a generator, what its name is and which class a constructor belongs to are known only where the
registration stands. `note` writes it into the last type argument of the source, `noted` reads it back, anywhere.

Of most targets all but how they build follows from the other arguments: a class is its own key, a method is called what
its attribute is. Of these the note is that one word, because mypy writes and reads the types of thousands of sources.
"""

from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.types import (
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Overloaded,
    Parameters,
    ProperType,
    Type,
    UnionType,
    get_proper_type,
)

from .lookup import make, unknown, with_arguments
from .names import CONTRIBUTION, DECORATION, FACTORY, METHOD_FACTORY, TARGET
from .text import Style, class_name

CLASS = "class"
FUNCTION = "function"
GENERATOR = "generator"
AMBIGUOUS = "ambiguous"
"""A function whose overloads return different types."""

ENTERED_CLASS = "entered class"
"""A class whose instances are entered: it is what the target is declared to return."""

ENTERED_TWICE = "entered twice"
"""Something that is to be entered, and is a context manager both with and without ``async``."""

CALLABLE = "callable"
"""Something that can be called, but whether it is a generator function cannot be seen."""


CALLING = (FACTORY, METHOD_FACTORY, CONTRIBUTION, DECORATION)
"""Sources that call a target, with their subclasses."""


class Target(NamedTuple):
    """What builds the instances of a source."""

    how: str
    name: str
    """Module and qualified name, with a colon between them; empty if it has none."""

    built: Type
    declared: Type
    closes: Type
    """What ``on_close`` takes; None if there is no ``on_close``."""

    asynchronous: bool = False
    parameters: Parameters | None = None
    """What a constructor takes; None if mypy's own inference is as good."""

    overloads: tuple[CallableType, ...] = ()
    """The overloads of a function that has some. Those of a constructor are found in its class."""


def note(api: TypeChecker, target: Target, key: Type, declared: Type) -> Type:
    """Return the type argument that keeps what is known about a target.

    Args:
        api: the checker.
        target: what is known.
        key: the key of the source.
        declared: what the type of the source says that its target returns, elsewhere the key.
    """
    string = api.named_generic_type("builtins.str", [])
    how = LiteralType(target.how, string)
    if _follows(target, key, declared):
        return UnionType([how, unknown()])
    overloads = Overloaded(list(target.overloads)) if target.overloads else NoneType()
    name = LiteralType(target.name, string)
    arguments: list[Type] = [how, name, target.built, target.declared, target.closes, overloads]
    return UnionType([make(api, TARGET, arguments), unknown()])


def note_again(api: TypeChecker, source: Instance, target: Target) -> Instance:
    """Return the type of a source with another note."""
    return with_arguments(source, [*source.args[:-1], note(api, target, *_said(source))])


def noted(source: Instance) -> Target | None:
    """Return what `note` has kept in the type of a source; None if there is nothing."""
    by = get_proper_type(source.args[-1]) if source.args else None
    for item in by.items if isinstance(by, UnionType) else [by]:
        proper = get_proper_type(item)
        if isinstance(proper, Instance) and proper.type.fullname == TARGET:
            how, name, built, declared, closes, overloads = proper.args
            return Target(
                _literal(get_proper_type(how)),
                _literal(get_proper_type(name)),
                built,
                declared,
                closes,
                overloads=_items(get_proper_type(overloads)),
            )
        if isinstance(proper, LiteralType) and any(map(source.type.has_base, CALLING)):
            return _implied(str(proper.value), *_said(source))
    return None


def _said(source: Instance) -> tuple[Type, Type]:
    """Return the key of a source that calls a target, and what its type says that this returns."""
    is_method = source.type.has_base(METHOD_FACTORY)
    return (source.args[2], source.args[1]) if is_method else (source.args[1], source.args[1])


def _implied(how: str, key: Type, declared: Type) -> Target:
    """Return what follows of a target from how it builds."""
    return Target(how, _implied_name(how, get_proper_type(key)), key, declared, NoneType())


def _implied_name(how: str, key: ProperType) -> str:
    return class_target(key) if how == CLASS and isinstance(key, Instance) else ""


def _follows(target: Target, key: Type, declared: Type) -> bool:
    """Whether all that is known of a target follows from how it builds."""
    implied = _implied(target.how, key, declared)
    if isinstance(get_proper_type(target.closes), NoneType) and not target.overloads:
        return (implied.name, implied.built, implied.declared) == (target.name, target.built, target.declared)
    return False


def class_target(instance: Instance) -> str:
    """Return the name of a class as a target."""
    return f"{instance.type.module_name}:{class_name(instance.type, Style.SHORT)}"


def _items(proper: ProperType) -> tuple[CallableType, ...]:
    return tuple(proper.items) if isinstance(proper, Overloaded) else ()


def _literal(proper: ProperType) -> str:
    return str(proper.value) if isinstance(proper, LiteralType) else ""
