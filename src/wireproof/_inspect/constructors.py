"""How a class is constructed: the function that decides which parameters that takes."""

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, NamedTuple, get_overloads

from wireproof._inspect.written import VAR_KEYWORD, VAR_POSITIONAL, signature

_VARIADIC_CODE = 0x04 | 0x08
"""The flags of code that takes ``*args`` and ``**kwargs``."""

CONSTRUCTORS = ("__init__", "__new__")


class Constructor(NamedTuple):
    """A function that runs when a class is called."""

    function: Callable[..., Any]
    definer: type
    """The class that defines it; of a metaclass's ``__call__``, the class that is constructed."""


def constructor(cls: type) -> Constructor | None:
    """Return the function whose parameters a class takes; None if a library says what they are, or it is not Python.

    It is the ``__call__`` of a metaclass, else ``__init__`` or ``__new__``, whichever stands first in the MRO, and of
    two in one class ``__init__``. One that takes anything, to pass it on, leaves the decision to the next.
    """
    if hasattr(cls, "__signature__"):
        return None
    for one in _candidates(cls):
        if not _passes_on(one.function):
            return one if isinstance(one.function, FunctionType) else None
    return None


def has_no_constructor(cls: type) -> bool:
    """Whether a class takes nothing because it and its bases say nothing about it."""
    plain = type(cls).__call__ is type.__call__ and not hasattr(cls, "__signature__")
    return plain and all(getattr(cls, name) is getattr(object, name) for name in CONSTRUCTORS)


def constructing_class(cls: type) -> type:
    """Return the class whose constructor builds a ``cls``."""
    made = constructor(cls)
    if made is not None:
        return made.definer
    return next(base for base in cls.__mro__ if "__init__" in vars(base) or "__new__" in vars(base))


def _candidates(cls: type) -> Iterator[Constructor]:
    """Yield the functions that may run when a class is called, without those of `object` and `type`."""
    if type(cls).__call__ is not type.__call__:
        yield Constructor(type(cls).__call__, cls)
    for base in cls.__mro__[:-1]:
        for name in CONSTRUCTORS:
            if name in vars(base):
                yield Constructor(getattr(base, name), base)


def _passes_on(function: object) -> bool:
    """Whether a method takes anything: ``(self, *args, **kwargs)``, and has no overloads that say more."""
    return isinstance(function, FunctionType) and _takes_anything(function) and not get_overloads(function)


def _takes_anything(function: FunctionType) -> bool:
    if not function.__dict__:  # as in `written.parameters`
        code = function.__code__
        return code.co_argcount == 1 and not code.co_kwonlyargcount and code.co_flags & _VARIADIC_CODE == _VARIADIC_CODE
    _, *parameters = signature(function).parameters.values()
    kinds: list[int] = [parameter.kind for parameter in parameters]
    return sorted(kinds) == [VAR_POSITIONAL, VAR_KEYWORD]
