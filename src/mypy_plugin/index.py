"""The index of a provider: which of its attributes registers which key, kept in the class beside them.

Who asks a container for a key has to find what is registered for it, wherever that is. mypy reads an attribute from its
caches when it is looked at, and of two thousand a handler needs a dozen. So all keys of a class stand in one string
also: the type, a literal, of one more attribute, whose name cannot be typed. Like the others it is written to mypy's
caches, and belongs to the interface of the module. It says nothing that they do not say, and changes only with them:

- It is written where the class has been checked, with which its attributes have been inferred; not if one of them has
  not. What a constructor sets can be inferred later: that is listed without a key, so that it is looked at.
- It is used when the module has been checked, or came from the caches, and nothing in it changes any more.
- The daemon checks modules in parts. There it is neither written nor used.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import MDEF, SymbolTableNode, TypeInfo, Var
from mypy.types import Instance, LiteralType, Type, get_proper_type

from .lookup import is_settled
from .names import ASYNC_FACTORY, ASYNC_METHOD_FACTORY, FACTORY, METHOD_FACTORY
from .provider import declared, is_of_class, may_hold_sources, variable_of

NAME = "__wire-keys"
CALLS = {FACTORY: 1, ASYNC_FACTORY: 1, METHOD_FACTORY: 2, ASYNC_METHOD_FACTORY: 2}
"""The sources that call a target, with the position of the key among their type arguments."""


class Entry(NamedTuple):
    """An attribute that is a source, or may be one."""

    name: str
    key: str
    """The full name of the class that it provides; empty if one has to look."""


def entries(api: TypeChecker, info: TypeInfo) -> list[Entry]:
    """Return the attributes that a class of providers defines itself, sorted by name."""
    kept = info.names[NAME].node if NAME in info.names and is_settled(api, info.module_name) else None
    literal = get_proper_type(kept.type) if isinstance(kept, Var) else None
    if not isinstance(literal, LiteralType):
        return [entry for entry, _ in _read(info)]
    words = str(literal.value).split(" ")
    return list(map(Entry, words[::2], words[1::2]))


def write(api: TypeChecker, info: TypeInfo) -> None:
    """Keep the index of a class that has just been checked."""
    info.names.pop(NAME, None)
    found = list(_read(info))
    in_parts = api.options.fine_grained_incremental or api.options.cache_fine_grained
    if found and not in_parts and all(inferred for _, inferred in found):
        words = " ".join(word for entry, _ in found for word in entry)
        variable = Var(NAME, LiteralType(words, api.named_generic_type("builtins.str", [])))
        variable.info, variable._fullname = info, f"{info.fullname}.{NAME}"  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # as mypy sets it
        info.names[NAME] = SymbolTableNode(MDEF, variable, plugin_generated=True)


def _read(info: TypeInfo) -> Iterator[tuple[Entry, bool]]:
    """Yield an entry for each attribute, and whether its type has been inferred."""
    for name in sorted(filter(str.isidentifier, info.names)):
        variable = variable_of(info, name)
        typ = None if variable is None else declared(variable)
        if variable is None:
            continue
        if typ is None or info.type_vars or not is_of_class(variable):
            yield Entry(name, ""), typ is not None or not is_of_class(variable)
        elif may_hold_sources(typ):
            yield Entry(name, _plain_key(typ)), True


def _plain_key(typ: Type) -> str:
    """Return the key of what nearly all registrations are: a factory of a class without arguments."""
    source = get_proper_type(typ)
    position = CALLS.get(source.type.fullname) if isinstance(source, Instance) else None
    key = get_proper_type(source.args[position]) if isinstance(source, Instance) and position is not None else None
    return key.type.fullname if isinstance(key, Instance) and not key.args else ""
