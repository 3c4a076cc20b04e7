"""What type variables stand for in a target, told from the key that it is bound to and from what it is called on."""

from collections.abc import Callable, Iterator
from types import FunctionType, UnionType
from typing import Any, NamedTuple, Self, TypeVar, Union, get_args

from wireproof._inspect.annotations import evaluated
from wireproof._inspect.constructors import constructing_class
from wireproof._inspect.generics import (
    NOTHING,
    Substitution,
    has_generic_base,
    is_variadic,
    parametrised,
    substitute,
    substitution_for,
    type_parameters,
)
from wireproof._inspect.keys import Key, is_list, origin_of
from wireproof._inspect.signatures import AWAITED, YIELDING, first_annotation, return_annotations
from wireproof._inspect.targets import is_class, underlying, unwrapped
from wireproof._typing import is_protocol

_UNIONS = {Union, UnionType}


class _Receiver(NamedTuple):
    """The class that a target constructs, or that its method is called on."""

    cls: type
    arguments: tuple[Any, ...]
    definer: type
    """The class that defines the constructor or method."""

    def itself(self) -> Any:
        """Return the class with its arguments."""
        return parametrised(self.cls, self.arguments) if self.arguments else self.cls


def standing_for(target: Callable[..., Any], key: Key | None = None, *, decorates: bool = False) -> Substitution:
    """Return what the type variables in the signature of a target stand for, and ``Self``, as far as that can be told.

    Args:
        target: what will be called.
        key: the key that it is bound to, if one is stated: what it returns is of that type.
        decorates: whether what its first parameter receives is so as well.
    """
    called = unwrapped(target)
    receiver = _receiver(called)
    here = NOTHING if receiver is None else substitution_for(*receiver) or NOTHING
    found: dict[Any, Any] = {}
    if key is not None and (receiver is not None or not is_class(called)):
        if receiver is not None and is_class(called):
            _match(receiver.itself(), key, found)
        for pattern in _annotated(target, receiver, decorates=decorates):
            _match(substitute(pattern, here), key, found)
    itself: dict[Any, Any] = {} if receiver is None else {Self: substitute(receiver.itself(), found)}
    return itself | found | {variable: substitute(meaning, found) for variable, meaning in here.items()}


def parametrisation(cls: type, key: Key) -> Any:
    """Return a generic class with the arguments that it has where it is bound to a key."""
    if is_variadic(cls):
        return cls
    found: dict[Any, Any] = {}
    itself = parametrised(cls, type_parameters(cls))
    _match(itself, key, found)
    return substitute(itself, found)


def _receiver(called: Any) -> _Receiver | None:
    """Return the class that type variables may belong to; None if there is none, or it has nothing generic."""
    if isinstance(called, FunctionType):
        return None
    owner: object = called if is_class(called) else getattr(called, "__self__", called)
    cls: Any = origin_of(owner) or (owner if isinstance(owner, type) else type(owner))
    if not has_generic_base(cls) or is_variadic(cls):
        return None
    arguments = get_args(owner) or get_args(getattr(owner, "__orig_class__", None)) or type_parameters(cls)
    if is_class(called):
        return _Receiver(cls, arguments, constructing_class(cls))
    name = getattr(underlying(called), "__name__", "")
    return _Receiver(cls, arguments, next((base for base in cls.__mro__ if name in vars(base)), cls))


def _annotated(target: Callable[..., Any], receiver: _Receiver | None, *, decorates: bool) -> Iterator[Any]:
    """Yield the annotations, with type variables in them, of what has to be of the type of the key."""
    if not is_class(unwrapped(target)):
        for annotation in return_annotations(target):
            yield from _built(_evaluated(annotation, target), receiver)
    if decorates:
        yield _evaluated(first_annotation(target), target)


def _built(returned: Any, receiver: _Receiver | None) -> Iterator[Any]:
    """Yield what a function returns, and what it may yield or give when it is awaited."""
    inner = get_args(returned) if origin_of(returned) in YIELDING | AWAITED else ()
    for one in (returned, *inner):
        yield receiver.itself() if one is Self and receiver is not None else one


def _evaluated(annotation: object, target: Callable[..., Any]) -> object:
    """Return an annotation; one that is wrong is reported where it is read, and says nothing here."""
    try:
        return evaluated(annotation, target)
    except (NameError, TypeError, SyntaxError, AttributeError):
        return None


def _match(pattern: Any, key: Any, found: dict[Any, Any]) -> None:
    """Find what the type variables in a pattern have to be for it to be of the type of the key, or the other way."""
    if isinstance(pattern, TypeVar):
        found.setdefault(pattern, key)
    elif is_list(pattern) and is_list(key):  # of a callable
        for one, other in zip(pattern, key, strict=False):
            _match(one, other, found)
    elif origin_of(pattern) in _UNIONS or origin_of(key) in _UNIONS:
        for one, other in _members(pattern, key):
            _match(one, other, found)
    else:
        for one, other in zip(*_aligned(pattern, key), strict=False):
            _match(one, other, found)


def _members(pattern: Any, key: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the members of unions that have to fit one another: those that only one of them has."""
    ones = get_args(pattern) if origin_of(pattern) in _UNIONS else (pattern,)
    others = get_args(key) if origin_of(key) in _UNIONS else (key,)
    rest = tuple(other for other in others if other not in ones)
    for one in ones:
        if rest and one not in others:
            yield from [(one, Union[rest])] if isinstance(one, TypeVar) else [(one, other) for other in rest]  # noqa: UP007


def _aligned(pattern: Any, key: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return the arguments of two types as those of the one that is a base of the other."""
    made, wanted = origin_of(pattern) or pattern, origin_of(key) or key
    ours, theirs = get_args(pattern), get_args(key)
    if made is wanted or not isinstance(made, type) or not isinstance(wanted, type):
        return ours, theirs
    upwards, downwards = substitution_for(made, ours, wanted), substitution_for(wanted, theirs, made)
    if upwards is not None:
        return tuple(upwards.values()), theirs
    if downwards is not None:
        return ours, tuple(downwards.values())
    return (ours, theirs) if is_protocol(wanted) or is_protocol(made) else ((), ())
