"""Signatures and annotations as they are written, also where a name in one of them does not exist.

From Python 3.14 on an annotation needs no quotes to name what is defined later, or for type checkers only: it is
evaluated when somebody asks. Then one such name would make asking for all of them fail. What cannot be evaluated stays
a reference here, to be evaluated, or complained about, by itself.
"""

import inspect
import sys
from collections.abc import Callable, Iterator
from inspect import Parameter
from types import FunctionType
from typing import Any, NamedTuple

if sys.version_info >= (3, 14):
    from annotationlib import Format, get_annotations

    def signature(target: Callable[..., Any]) -> inspect.Signature:
        """Return the signature of what can be called."""
        return inspect.signature(target, annotation_format=Format.FORWARDREF)

    def annotations(function: object) -> dict[str, Any]:
        """Return the annotations of a function; none of what has none."""
        return get_annotations(function, format=Format.FORWARDREF) if callable(function) else {}

else:

    def signature(target: Callable[..., Any]) -> inspect.Signature:
        """Return the signature of what can be called."""
        return inspect.signature(target)

    def annotations(function: object) -> dict[str, Any]:
        """Return the annotations of a function; none of what has none."""
        return getattr(function, "__annotations__", None) or {}


class Written(NamedTuple):
    """A parameter, with the attributes of an `inspect.Parameter`, which take much longer to make."""

    name: str
    kind: Any
    default: Any
    annotation: Any


_VARIADIC = {Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD}


def parameters(target: Callable[..., Any]) -> list[Written]:
    """Return the parameters of what can be called, without ``*args`` and ``**kwargs``.

    A function that nobody has put attributes on is what its code says: it neither stands for another one nor claims a
    signature. That is nearly every function, and asking for its signature would be most of what it takes to read it.

    Raises:
        ValueError: if it has no signature, as some callables of extension modules.
    """
    if type(target) is FunctionType and not target.__dict__:
        return list(_of_code(target))
    given = signature(target).parameters.values()
    return [Written(one.name, one.kind, one.default, one.annotation) for one in given if one.kind not in _VARIADIC]


def _of_code(function: FunctionType) -> Iterator[Written]:
    """Yield the parameters of a function: the first ones of its local variables."""
    code, annotated = function.__code__, annotations(function)
    by_position, positional, by_name = code.co_posonlyargcount, code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames[: positional + by_name]
    defaults: dict[str, Any] = dict(zip(names[:positional][::-1], (function.__defaults__ or ())[::-1], strict=False))
    defaults |= function.__kwdefaults__ or {}
    for position, name in enumerate(names):
        kind = Parameter.POSITIONAL_OR_KEYWORD if position < positional else Parameter.KEYWORD_ONLY
        yield Written(
            name,
            Parameter.POSITIONAL_ONLY if position < by_position else kind,
            defaults.get(name, Parameter.empty),
            annotated.get(name, Parameter.empty),
        )
