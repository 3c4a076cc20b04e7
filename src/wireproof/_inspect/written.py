"""Signatures and annotations as they are written, also where a name in one of them does not exist.

From Python 3.14 on an annotation needs no quotes to name what is defined later, or for type checkers only: it is
evaluated when somebody asks. Then one such name would make asking for all of them fail. What cannot be evaluated stays
a reference here, to be evaluated, or complained about, by itself.
"""

import inspect
import sys
from collections.abc import Callable
from typing import Any

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
