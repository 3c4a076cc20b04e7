"""Types that are spelled out as arguments: the keys of ``resolve(Key)`` and ``alias(Key)``."""

from mypy.erasetype import erase_typevars
from mypy.nodes import Expression, IndexExpr, OpExpr, RefExpr, StrExpr, TypeAlias, TypeApplication, TypeInfo
from mypy.types import FunctionLike, NoneType, Type, TypeType, get_proper_type


def spelled_type(typ: Type, expression: Expression) -> Type | None:
    """Return the type that an argument spells; None if it is a variable, which may hold any subclass's name.

    Args:
        typ: the type of the argument. That of the whole call may be wider, if a wider one is expected.
        expression: the argument.
    """
    proper = get_proper_type(typ)
    if isinstance(proper, TypeType) and proper.is_type_form:
        item = proper.item
        return item if isinstance(item, NoneType) or _is_spelled(expression) else None
    if isinstance(proper, FunctionLike) and proper.is_type_obj() and _is_spelled(expression):
        return erase_typevars(proper.items[0].ret_type)
    return None


def _is_spelled(expression: Expression) -> bool:
    if isinstance(expression, RefExpr):
        return isinstance(expression.node, TypeInfo | TypeAlias)
    if isinstance(expression, IndexExpr) and isinstance(expression.analyzed, TypeApplication):
        return True
    return isinstance(expression, IndexExpr | OpExpr | StrExpr) and isinstance(expression.as_type, Type)
