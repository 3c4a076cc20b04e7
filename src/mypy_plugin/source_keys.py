"""All that the model asks about keys of the static head."""

from collections.abc import Sequence
from typing import NamedTuple

from mypy.nodes import TypeInfo
from mypy.types import Instance, Type

from wireproof._model.binding import Binding, Kind, Origin, Parameter, replace

from .construction import signatures
from .derived import bare
from .generic import arguments_for, constructors
from .keys import TypeKey, TypeKeys, make_key
from .parameters import is_constructible, read_parameters
from .text import Style, class_name


class SourceKeys(TypeKeys):
    """All that the model asks about keys of the static head."""

    def specialise(self, binding: Binding[TypeKey], key: TypeKey, /) -> Binding[TypeKey] | None:
        """Put the arguments of ``key`` in place of the type variables of what the binding builds."""
        info = binding.handle
        if not isinstance(info, TypeInfo) or not isinstance(key.type, Instance):
            return None
        environment = arguments_for(info, key.type)
        if environment is None:
            return None
        parameters, overloads = asked(constructors(info, environment))
        return replace(binding, key=key, open=False, built=None, parameters=parameters, overloads=overloads)

    def construct(self, key: TypeKey, source: Binding[TypeKey], /) -> Binding[TypeKey] | None:
        """Return a binding for a concrete class that nobody has registered."""
        if not isinstance(key.type, Instance) or not is_constructible(key.type):
            return None
        info = key.type.type
        name = class_name(info, Style.SHORT)
        origin = Origin(name, f"{info.module_name}.{name}", source.origin.argument)
        is_bare = bool(key.type.args) and make_key(bare(key.type)) == key  # nobody says which ``T`` it is of
        taken = signatures(info) if is_bare else constructors(info, arguments_for(info, key.type))
        parameters, overloads = asked(taken)
        return Binding(Kind.CONSTRUCTED, key, origin, None, parameters, overloads)


class Asked(NamedTuple):
    """What a target asks for, as bindings have it: either its parameters, or those of each of its overloads."""

    parameters: tuple[Parameter[TypeKey], ...] = ()
    overloads: tuple[tuple[Parameter[TypeKey], ...], ...] = ()


def asked(signatures: Sequence[Type], first: int = 1) -> Asked:
    """Return what signatures ask for, of which there are several if there are overloads, and none if nobody knows."""
    read = [tuple(read_parameters(signature, first)) for signature in signatures]
    return Asked(overloads=tuple(read)) if len(read) > 1 else Asked(read[0] if read else ())
