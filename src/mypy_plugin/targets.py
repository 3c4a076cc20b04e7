"""What is known of a target where it is registered, kept in the type of the source.

Whether a function is a generator, what its name is and which class a constructor belongs to are known only where the
registration stands. `note` writes it into the last type argument of the source, `noted` reads it back, anywhere.
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

from .lookup import make, unknown
from .names import TARGET

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


def note(api: TypeChecker, target: Target) -> Type:
    """Return the type argument that keeps what is known about a target."""
    string = api.named_generic_type("builtins.str", [])
    how, name = LiteralType(target.how, string), LiteralType(target.name, string)
    overloads = Overloaded(list(target.overloads)) if target.overloads else NoneType()
    arguments: list[Type] = [how, name, target.built, target.declared, target.closes, overloads]
    return UnionType([make(api, TARGET, arguments), unknown()])


def noted(typ: Type) -> Target | None:
    """Return what `note` has kept; None if there is nothing."""
    proper = get_proper_type(typ)
    items = [get_proper_type(item) for item in proper.items] if isinstance(proper, UnionType) else [proper]
    for item in items:
        if isinstance(item, Instance) and item.type.fullname == TARGET:
            how, name, built, declared, closes, overloads = item.args
            return Target(
                _literal(get_proper_type(how)),
                _literal(get_proper_type(name)),
                built,
                declared,
                closes,
                overloads=_items(get_proper_type(overloads)),
            )
    return None


def _items(proper: ProperType) -> tuple[CallableType, ...]:
    return tuple(proper.items) if isinstance(proper, Overloaded) else ()


def _literal(proper: ProperType) -> str:
    return str(proper.value) if isinstance(proper, LiteralType) else ""
