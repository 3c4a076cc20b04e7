"""All that the model asks about keys of the static head."""

from dataclasses import replace

from mypy.nodes import TypeInfo
from mypy.types import Instance, Parameters

from wireproof._model.binding import Binding, Kind, Origin, Parameter

from .generic import arguments_for, constructor
from .keys import TypeKey, TypeKeys
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
        parameters = asked(constructor(info, environment))
        return replace(binding, key=key, open=False, built=None, parameters=parameters)

    def construct(self, key: TypeKey, source: Binding[TypeKey], /) -> Binding[TypeKey] | None:
        """Return a binding for a concrete class that nobody has registered."""
        if not isinstance(key.type, Instance) or not is_constructible(key.type):
            return None
        info = key.type.type
        name = class_name(info, Style.SHORT)
        origin = Origin(name, f"{info.module_name}.{name}", source.origin.argument)
        parameters = asked(constructor(info, arguments_for(info, key.type)))
        return Binding(Kind.CONSTRUCTED, key, origin, None, parameters)


def asked(signature: Parameters | None) -> tuple[Parameter[TypeKey], ...]:
    """Return what a constructor asks for, as bindings have it."""
    return () if signature is None else tuple(read_parameters(signature))
