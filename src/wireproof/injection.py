"""`Injected` parameters, and how functions that have some are called."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar, get_args, get_origin

from wireproof._inspect.annotations import evaluated
from wireproof._inspect.keys import Key, NotAKeyError, canonical, class_name
from wireproof._inspect.written import signature
from wireproof._model.refusals import (
    INSTEAD_OF_POSITIONAL_ONLY,
    INSTEAD_OF_STARRED,
    POSITIONAL_ONLY,
    STARRED,
)

if TYPE_CHECKING:
    from inspect import Parameter, Signature

T = TypeVar("T")


class InjectedMarker:
    """What `Injected` puts into an annotation."""

    def __repr__(self) -> str:
        """Return the name."""
        return "Injected"


Injected = Annotated[T, InjectedMarker()]
"""Marks a parameter that a container fills in.

Example:
    >>> @container.inject
    ... def handle(order: Order, users: Injected[Users] = INJECTED) -> None: ...
"""

INJECTED: Any = InjectedMarker()
"""A default for such a parameter, so that every type checker lets callers leave it out."""


class Injection(NamedTuple):
    """A parameter to fill in."""

    name: str
    position: int
    """How many positional arguments come before it; more than there can be, for one that is passed by name only."""

    key: Key


def injections(function: Callable[..., object]) -> tuple[Injection, ...]:
    """Return the parameters of a function that are marked with `Injected`, and that a partial has not given.

    Raises:
        TypeError: if it is no function, or one is marked that has no key or cannot be passed by name.
    """
    given: object = function
    if not callable(given):
        message = f"only a function can be injected into, not {given!r}"
        raise TypeError(message)
    try:
        parameters = enumerate(signature(function).parameters.values())
    except ValueError:  # a builtin, whose parameters nobody has marked
        return ()
    found = (_injection(function, position, parameter) for position, parameter in parameters)
    by_partial = function.keywords if isinstance(function, partial) else {}
    return tuple(one for one in found if one is not None and by_partial.get(one.name, INJECTED) is INJECTED)


def _injection(function: Callable[..., object], position: int, parameter: "Parameter") -> Injection | None:
    where = f"{class_name(function)}: the injected parameter {parameter.name!r}"
    try:
        annotation = evaluated(parameter.annotation, function)
    except NameError as error:
        if "Injected" not in str(parameter.annotation):
            return None
        message = f'{where} names "{error.name}", which does not exist at run time; import it there as well'
        raise TypeError(message) from None
    if get_origin(annotation) is not Annotated or not any(map(_is_marker, get_args(annotation))):
        return None
    if refusal := _REFUSALS.get(parameter.kind.name):
        message = f"{where} {refusal}  [wire-target]"
        raise TypeError(message)
    try:
        by_name = parameter.kind is parameter.KEYWORD_ONLY
        return Injection(parameter.name, sys.maxsize if by_name else position, canonical(annotation))
    except NotAKeyError as error:
        message = f"{where} has no key: {error}"
        raise TypeError(message) from None


_REFUSALS = {
    "POSITIONAL_ONLY": f"{POSITIONAL_ONLY}; {INSTEAD_OF_POSITIONAL_ONLY}",
    "VAR_POSITIONAL": f"{STARRED}; {INSTEAD_OF_STARRED}",
    "VAR_KEYWORD": f"{STARRED}; {INSTEAD_OF_STARRED}",
}
"""By the kind of a parameter, why nothing can be injected into it."""


def _is_marker(metadata: object) -> bool:
    return isinstance(metadata, InjectedMarker)


def missing_from(
    injected: tuple[Injection, ...], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> list[Injection]:
    """Return the parameters that the caller has not filled in; explicit arguments win, but for `INJECTED` itself."""
    return [one for one in injected if _given(one, args, kwargs) is INJECTED]


def _given(one: Injection, args: tuple[object, ...], kwargs: Mapping[str, object]) -> object:
    return args[one.position] if one.position < len(args) else kwargs.get(one.name, INJECTED)


def filled_in(
    found: Mapping[Injection, object], args: tuple[object, ...], kwargs: Mapping[str, object]
) -> tuple[list[Any], dict[str, Any]]:
    """Return the arguments with what was found for the missing ones."""
    positional, named = list(args), dict(kwargs)
    for one, instance in found.items():
        if one.position < len(args):
            positional[one.position] = instance
        else:
            named[one.name] = instance
    return positional, named


def visible_signature(function: Callable[..., object], injected: tuple[Injection, ...]) -> "Signature":
    """Return the signature that callers and frameworks see: without what is injected."""
    hidden = {one.name for one in injected}
    whole = signature(function)
    return whole.replace(parameters=[one for name, one in whole.parameters.items() if name not in hidden])
