"""Signatures and annotations as they are written, also where a name in one of them does not exist.

From Python 3.14 on an annotation needs no quotes to name what is defined later, or for type checkers only: it is
evaluated when somebody asks. Then one such name would make asking for all of them fail. What cannot be evaluated stays
a reference here, to be evaluated, or complained about, by itself.

`inspect` is slow to load, and not needed for functions that are nothing but functions: nearly all.
"""

import sys
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from inspect import Parameter, Signature

if sys.version_info >= (3, 14):
    from annotationlib import Format, get_annotations

    def signature(target: Callable[..., Any]) -> "Signature":
        """Return the signature of what can be called."""
        import inspect  # noqa: PLC0415  # as above

        return inspect.signature(target, annotation_format=Format.FORWARDREF)

    def annotations(function: object) -> dict[str, Any]:
        """Return the annotations of a function; none of what has none."""
        return get_annotations(function, format=Format.FORWARDREF) if callable(function) else {}

else:

    def signature(target: Callable[..., Any]) -> "Signature":
        """Return the signature of what can be called."""
        import inspect  # noqa: PLC0415  # as above

        return inspect.signature(target)

    def annotations(function: object) -> dict[str, Any]:
        """Return the annotations of a function; none of what has none."""
        return getattr(function, "__annotations__", None) or {}


POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = range(5)
"""The kinds of parameters. Those of `inspect` are equal to these numbers."""

POSITIONAL = frozenset({POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD})
VARIADIC = frozenset({VAR_POSITIONAL, VAR_KEYWORD})


class Empty:
    """The absence of a default or an annotation, since None may be either."""


class Written(NamedTuple):
    """A parameter, with the attributes of an `inspect.Parameter`, which take much longer to make."""

    name: str
    kind: int
    default: Any
    annotation: Any


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
    return [_as_written(one) for one in given if one.kind not in VARIADIC]


def _as_written(one: "Parameter") -> Written:
    default, annotation = (Empty if it is one.empty else it for it in (one.default, one.annotation))
    return Written(one.name, one.kind, default, annotation)


def _of_code(function: FunctionType) -> Iterator[Written]:
    """Yield the parameters of a function: the first ones of its local variables."""
    code, annotated = function.__code__, annotations(function)
    by_position, positional, by_name = code.co_posonlyargcount, code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames[: positional + by_name]
    defaults: dict[str, Any] = dict(zip(names[:positional][::-1], (function.__defaults__ or ())[::-1], strict=False))
    defaults |= function.__kwdefaults__ or {}
    for position, name in enumerate(names):
        kind = POSITIONAL_OR_KEYWORD if position < positional else KEYWORD_ONLY
        yield Written(
            name,
            POSITIONAL_ONLY if position < by_position else kind,
            defaults.get(name, Empty),
            annotated.get(name, Empty),
        )
