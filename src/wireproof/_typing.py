"""What newer versions of Python have in `typing`, for those that do not, and without importing more than is needed.

`typing_extensions` takes longer to import than half of this library, since it brings `inspect`. So it is only imported
where `typing` lacks something that counts while a program runs. Whoever has made something with it has imported it.
"""

import sys
import typing
from types import GenericAlias
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeForm, TypeVar, is_protocol
elif sys.version_info >= (3, 13):
    from typing import TypeVar, is_protocol
else:
    from typing_extensions import TypeVar, is_protocol

if not TYPE_CHECKING:
    if sys.version_info >= (3, 15):
        from typing import TypeForm
    else:

        class TypeForm:
            """Stands in annotations, where it has a meaning for type checkers alone."""

            __class_getitem__ = classmethod(GenericAlias)


__all__ = ["TypeForm", "TypeVar", "is_alias", "is_protocol", "is_typeddict"]


def is_typeddict(subject: object) -> bool:
    """Whether something is a class of typed dictionaries, made with whichever of the two modules."""
    extensions: Any = sys.modules.get("typing_extensions")
    return typing.is_typeddict(subject) or (extensions is not None and bool(extensions.is_typeddict(subject)))


def is_alias(subject: object) -> bool:
    """Whether something was made by a ``type`` statement, or by calling what either module has in its place."""
    kind = type(subject)
    return kind.__name__ == "TypeAliasType" and kind.__module__ in {"typing", "typing_extensions"}
