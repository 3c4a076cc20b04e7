"""Keys at run time: the types that things are asked for by, in one canonical form each."""

import types
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, NewType, TypeGuard, TypeVar, Union, get_args, get_origin

from wireproof._model.refusals import INSTEAD_OF_STRING, STRING
from wireproof._typing import is_alias, is_protocol

Key = Any
"""A canonical type: a class, a generic alias, a NewType, a union. No Python type says more."""


def origin_of(annotation: object) -> Any:
    """Return what a parametrised type is made from (`list` for ``list[int]``), None for anything else."""
    origin: object = None if is_plain_class(annotation) else get_origin(annotation)
    return origin


def is_plain_class(annotation: object) -> bool:
    """Whether something is a class of no special kind and without type arguments: nearly all that is ever looked at."""
    return type(annotation) is type and not hasattr(annotation, "__orig_bases__")


_NO_DEFAULT = object()


class NotAKeyError(TypeError):
    """Something is no type, or is none that a thing can be asked for by."""


def check_key(where: str, key: object) -> Key:
    """Return the canonical form of a key given by a user.

    Args:
        where: the call to name in the message.
        key: what the caller passed.

    Raises:
        TypeError: if it is not a type.
    """
    try:
        return canonical(key)
    except NotAKeyError as error:
        message = f"{where}({key!r}): {error}"
        raise TypeError(message) from None


def canonical(annotation: object) -> Key:
    """Return the one form of a type that all its spellings share.

    ``Annotated[T, ...]`` and ``type X = T`` are ``T``; ``typing.List[int]`` is ``list[int]``; ``Optional[T]`` is
    ``T | None``; ``Repo[Any]`` is ``Repo``, unless all its type variables have defaults: then ``Repo`` is
    ``Repo[default]`` (PEP 696).

    Raises:
        NotAKeyError: if it is not a type, or one that says nothing (``Any``, a type variable).
    """
    if annotation is None:
        return types.NoneType
    if is_alias(annotation):
        return canonical(value_of(annotation))
    origin = origin_of(annotation)
    if origin is Annotated:
        return canonical(get_args(annotation)[0])
    if origin is not None:
        return _canonical_alias(annotation, origin)
    if isinstance(annotation, type | NewType) and annotation is not Any:
        return _with_defaults(annotation)
    raise NotAKeyError(_why_not(annotation))


def _with_defaults(cls: Any) -> Key:
    parameters: tuple[Any, ...] = getattr(cls, "__parameters__", ()) if isinstance(cls, type) else ()
    defaults = tuple(_default(parameter) for parameter in parameters)
    if not parameters or _NO_DEFAULT in defaults:
        return cls
    return canonical(_subscripted(cls, defaults))


def _default(parameter: Any) -> object:
    """Return the default of a type variable; one that depends on others counts as none."""
    if not hasattr(parameter, "has_default") or not parameter.has_default():  # before Python 3.13 not all can tell
        return _NO_DEFAULT
    default: object = parameter.__default__
    return _NO_DEFAULT if getattr(default, "__parameters__", ()) else default


def _canonical_alias(annotation: object, origin: Any) -> Key:
    arguments = get_args(annotation)
    if is_alias(origin):
        return canonical(_expanded(origin, arguments))
    if origin in {Union, types.UnionType}:
        return Union[tuple(canonical(argument) for argument in arguments)]  # noqa: UP007  # built from a tuple
    if not arguments or (isinstance(origin, type) and all(argument is Any for argument in arguments)):
        return origin
    parts = tuple(_argument(argument) for argument in arguments)
    try:
        return _subscripted(origin, parts)
    except TypeError:  # a special form that is not made from a tuple is one of a kind already
        return annotation


def _subscripted(origin: Any, parts: object) -> object:
    whole: object = origin[parts]
    return whole


def is_list(subject: object) -> TypeGuard[Sequence[Any]]:
    """Whether something is a list: the parameters of a callable, of which a generic class makes a tuple."""
    return isinstance(subject, list | tuple)


def _expanded(alias: Any, arguments: tuple[object, ...]) -> object:
    """Return what a generic ``type`` statement defines, with arguments for its parameters."""
    value: Any = value_of(alias)
    given = dict(zip(alias.__type_params__, arguments, strict=False))
    if isinstance(value, TypeVar):
        return given.get(value, value)
    parameters: tuple[object, ...] = () if origin_of(value) is None else getattr(value, "__parameters__", ())
    return _subscripted(value, tuple(given.get(one, one) for one in parameters)) if parameters else value


def value_of(alias: Any) -> object:
    """Return what a ``type`` statement defines."""
    value: object = alias.__value__
    return value


def _argument(argument: object) -> Any:
    """Canonicalise a type argument; those that are no keys (``Any``, ``...``, literals) stay as they are.

    So does an alias that mentions itself: written out it would have no end.
    """
    if is_list(argument):
        return [_argument(one) for one in argument]
    alias = origin_of(argument) or argument
    if is_alias(alias) and _mentions_itself(alias):
        return argument
    try:
        return types.NoneType if argument is None else canonical(argument)
    except NotAKeyError:
        return argument


def _mentions_itself(alias: object) -> bool:
    waiting, seen = [value_of(alias)], set[int]()
    while waiting:
        current = waiting.pop()
        found = origin_of(current) or current
        if found is alias:
            return True
        waiting += current if is_list(current) else get_args(current)
        if is_alias(found) and id(found) not in seen:
            seen.add(id(found))
            waiting.append(value_of(found))
    return False


def _why_not(annotation: object) -> str:
    if isinstance(annotation, str):
        return f"{STRING}; {INSTEAD_OF_STRING}"
    if annotation is Any:
        return "Any says nothing about what is wanted"
    if isinstance(annotation, TypeVar):
        return "a type variable stands for no type yet"
    return f"a key is a type, not an instance of {type(annotation).__qualname__}"


class RuntimeKeys:
    """What the model needs to know about run-time keys."""

    def short(self, key: Key, /) -> str:
        """Return the key as one would type it."""
        return key_name(key, qualified=False)

    def full(self, key: Key, /) -> str:
        """Return the key with modules."""
        return key_name(key, qualified=True)

    def assignable(self, built: Key, key: Key, /) -> bool | None:
        """Decide classes, but not their arguments, and unions of them; None for what only type checkers can decide."""
        if origin_of(built) is Union:
            return _all(self.assignable(member, key) for member in get_args(built))
        if origin_of(key) is Union:
            return _any(self.assignable(built, member) for member in get_args(key))
        made, wanted = _class_of(built), origin_of(key) or key
        if not isinstance(made, type) or made in _WITHOUT_CLASS or not isinstance(wanted, type) or is_protocol(wanted):
            return None
        fits = _is_subclass(made, wanted)
        return None if fits and origin_of(built) is not None else fits  # its arguments may be others


_WITHOUT_CLASS = frozenset({type, Callable})
"""What ``type[T]`` and ``Callable[..., T]`` come from: of such an object nobody knows the class."""


def _class_of(built: Key) -> object:
    """Return the class of what is built; that of a `NewType`, which only type checkers know, is the one behind it."""
    while isinstance(built, NewType):
        built = built.__supertype__
    return origin_of(built) or built


def _all(answers: Iterable[bool | None]) -> bool | None:
    """Whether all of several questions are answered by yes; None if that cannot be known."""
    known = set(answers)
    return False if False in known else None if None in known else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Whether one of several questions is answered by yes; None if that cannot be known."""
    known = set(answers)
    return True if True in known else None if None in known else False


def _is_subclass(built: type, key: type) -> bool | None:
    try:
        return issubclass(built, key) or _promotes(built, key)
    except TypeError:  # a metaclass that refuses the question knows best
        return None


def _promotes(built: type, key: type) -> bool:
    """PEP 484: an int is accepted where a float is, and both where a complex is."""
    return (key is float and issubclass(built, int)) or (key is complex and issubclass(built, int | float))


_SPECIAL = ((types.NoneType, "None"), (..., "..."), (Any, "Any"))


def key_name(key: Key, *, qualified: bool = False) -> str:
    """Return a key as one would type it; ``qualified``: with modules, so that it is unique."""
    for special, name in _SPECIAL:
        if key is special:
            return name
    if is_list(key):
        return f"[{', '.join(key_name(one, qualified=qualified) for one in key)}]"
    origin = origin_of(key)
    if origin is None:
        return class_name(key, qualified=qualified)
    arguments = [key_name(argument, qualified=qualified) for argument in get_args(key)]
    if origin in {Union, types.UnionType}:
        return " | ".join(arguments)
    return f"{class_name(origin, qualified=qualified)}[{', '.join(arguments)}]"


def class_name(subject: Any, *, qualified: bool = False) -> str:
    """Return the name of a class or function as one would type it where it is visible.

    Args:
        subject: anything with a ``__qualname__``; else its ``repr`` is shown.
        qualified: whether to put the module before it (except for builtins).
    """
    name: object = getattr(subject, "__qualname__", None) or getattr(subject, "__name__", None)
    if not isinstance(name, str):
        return repr(subject)
    short = name.rpartition("<locals>.")[2]
    module: object = getattr(subject, "__module__", None)
    return f"{module}.{short}" if qualified and module not in {None, "builtins"} else short
