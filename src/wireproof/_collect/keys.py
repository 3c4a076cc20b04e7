"""All that the model asks about keys at run time."""

from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from types import NoneType
from typing import Any, Union, cast, get_args

from wireproof._collect.recipe import Make, Recipe, Taken
from wireproof._inspect.abstract import abstract_members
from wireproof._inspect.generics import (
    NOTHING,
    Substitution,
    arguments_from,
    parametrised,
)
from wireproof._inspect.inference import standing_for
from wireproof._inspect.keys import Key, RuntimeKeys, class_name, origin_of
from wireproof._inspect.signatures import is_builtin, read_overloads, read_parameters
from wireproof._inspect.targets import is_refused, without_arguments
from wireproof._model.binding import Binding, Kind, Origin, replace
from wireproof._model.keys import Derived
from wireproof._typing import is_protocol
from wireproof.lifetimes import Lifetime


class Keys(RuntimeKeys):
    """The knowledge about run-time keys that a graph needs.

    Args:
        containers: the classes that a container is of, which are keys by their form.
    """

    def __init__(self, containers: Collection[type]) -> None:
        """Keep the classes."""
        self._containers = containers

    def derive(self, key: Key, /) -> Derived[Key] | None:
        """Return what the key means by its form."""
        origin = origin_of(key)
        arguments = get_args(key)
        if origin is Union and NoneType in arguments:
            rest = tuple(argument for argument in arguments if argument is not NoneType)
            return Derived(Kind.NULLABLE, Union[rest])  # noqa: UP007  # built from a tuple
        if origin is Callable and arguments[0] == []:
            return _derive_function(arguments[1])
        if origin is Sequence:
            return Derived(Kind.COLLECTION, arguments[0])
        return Derived(Kind.CONTAINER, None) if (origin or key) in self._containers else None

    def generic(self, key: Key, /) -> Key | None:
        """Return the generic class behind a parametrised key."""
        origin = origin_of(key)
        is_union = origin is Union  # from Python 3.14 on that is a class
        return origin if isinstance(origin, type) and not is_union else None

    def specialise(self, binding: Binding[Key], key: Key, /) -> Binding[Key] | None:
        """Put the arguments of ``key`` in place of the type variables of what the binding builds."""
        recipe = binding.handle
        if not isinstance(recipe, Recipe):
            raise AssertionError(binding)  # noqa: TRY004  # the reader gives one to each binding that builds
        target: type = recipe.target
        arguments = arguments_from(target, origin_of(key), get_args(key))
        if arguments is None:
            return None
        made = parametrised(target, arguments)
        taken = taken_by(made, standing_for(made))
        return replace(
            binding,
            key=key,
            open=False,
            built=None,
            parameters=taken.asked(),
            overloads=taken.overloads_asked(),
            handle=recipe._replace(target=made, taken=taken),
        )

    def construct(self, key: Key, source: Binding[Key], /) -> Binding[Key] | None:
        """Return a binding for a concrete class that nobody has registered."""
        cls: object = origin_of(key) or key
        if not isinstance(cls, type) or is_builtin(key) or is_protocol(cls) or abstract_members(cls):
            return None
        if is_refused(cls):
            return None
        taken = taken_by(key, standing_for(key))
        name = class_name(cls)
        return Binding(
            kind=Kind.CONSTRUCTED,
            key=key,
            origin=Origin(name, class_name(cls, qualified=True), source.origin.argument),
            scope=None,
            parameters=taken.asked(),
            overloads=taken.overloads_asked(),
            handle=Recipe(Make.CALL, key, taken, cast("Lifetime", source.handle)),
        )


def _derive_function(returned: Key) -> Derived[Key]:
    if origin_of(returned) in {Awaitable, Coroutine}:
        return Derived(Kind.ASYNC_LAZY, get_args(returned)[-1])
    return Derived(Kind.LAZY, returned)


def taken_by(target: Any, substitution: Substitution = NOTHING, *, decorates: bool = False) -> Taken:
    """Read the parameters of a target.

    Args:
        target: a class, with its arguments if it is generic, or a function.
        substitution: what type variables stand for in its signature.
        decorates: whether its first parameter receives what it decorates.
    """
    called = without_arguments(target)
    return Taken(
        read_parameters(called, substitution, decorates=decorates),
        read_overloads(called, substitution, decorates=decorates),
    )
