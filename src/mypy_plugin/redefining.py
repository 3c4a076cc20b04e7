"""Registrations that redefine inherited ones: they may need no more than those did.

Whoever is given a ``Base`` has proved what ``Base`` registers, and may be given any subclass when the program runs.
mypy compares the types of the attributes; but these do not say what a class takes, and an `AsyncFactory` is a
`Factory`.
"""

from collections.abc import Iterator
from itertools import chain

from mypy.checker import TypeChecker
from mypy.errorcodes import ASSIGNMENT
from mypy.nodes import Context, SymbolNode, TypeInfo
from mypy.subtypes import is_subtype
from mypy.types import Instance, Type
from mypy.typevars import fill_typevars

from wireproof._model.binding import Binding

from . import dependencies
from .keys import TypeKey
from .lookup import try_again
from .provider import Attribute, attributes, is_derived
from .read import KEYS, read_source
from .report import fail
from .walk import Walk

Redefinition = tuple[Attribute, Attribute]
"""A registration, and the inherited one that it replaces."""

PROVED = 'whoever is given a "{base}" may be given a "{derived}", and has proved only what "{base}" needs'
ADVICE = "let it need no more, or put it into a provider of its own: replacing({derived}())"


def check(api: TypeChecker, derived: TypeInfo, definition: Context) -> None:
    """Check a class that derives from a provider, with the call by which mypy looks at its definition."""
    for base in derived.bases:
        if is_derived(base.type):
            _check(api, derived, base, definition)


def _check(api: TypeChecker, derived: TypeInfo, base: Instance, definition: Context) -> None:
    walk = Walk(api, None)
    for own, inherited in _redefinitions(derived, base):
        if own.type is None or inherited.type is None:
            try_again(api, definition)
        elif is_subtype(own.type, inherited.type):  # mypy has reported others
            after, before = _bindings(own.type, walk), _bindings(inherited.type, walk)
            place = derived.names[own.name].node if own.name in derived.names else None
            for excess in _excess(after, before):
                headline = f'"{derived.name}.{own.name}" {excess}, as "{base.type.name}.{own.name}" does not'
                names = {"base": base.type.name, "derived": derived.name}
                notes = [PROVED.format(**names), ADVICE.format(**names)]
                fail(api, headline, notes, place or definition, ASSIGNMENT)
    dependencies.record(api, walk.classes)
    dependencies.record_for_daemon(api, walk.classes)


def _redefinitions(derived: TypeInfo, base: Instance) -> Iterator[Redefinition]:
    """Yield what the subclass has from elsewhere than the base has it."""
    provider = fill_typevars(derived)
    own = {one.name: one for one in attributes(provider)} if isinstance(provider, Instance) else {}
    for inherited in attributes(base):
        if inherited.name in own and _node(derived, inherited.name) is not _node(base.type, inherited.name):
            yield own[inherited.name], inherited


def _node(info: TypeInfo, name: str) -> SymbolNode | None:
    """Return what an attribute is; one that a constructor sets is inherited like any other."""
    symbol = info.get(name)
    return None if symbol is None else symbol.node


def _bindings(typ: Type, walk: Walk) -> list[Binding[TypeKey]]:
    return walk.apart(lambda: read_source(typ, walk.top(), walk))


def _excess(after: list[Binding[TypeKey]], before: list[Binding[TypeKey]]) -> Iterator[str]:
    """Yield what the redefined registrations ask for and the inherited ones did not."""
    known = {key for one in before for key in _needs(one)}
    added = {key: None for one in after for key in _needs(one) if key not in known}
    yield from (f'needs "{KEYS.short(key)}"' for key in added)
    if any(one.asynchronous for one in after) and not any(one.asynchronous for one in before):
        yield "has to be awaited"


def _needs(binding: Binding[TypeKey]) -> Iterator[TypeKey]:
    for parameter in chain(binding.parameters, *binding.overloads):
        if parameter.key is not None:
            yield parameter.key
