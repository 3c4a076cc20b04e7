"""The hook of the definition of a class, of which only providers are looked at.

mypy calls ``__init_subclass__`` once for each class that is defined, of whichever base has it, and asks for the hook
of that. So this is called for all the classes of a program, and imports nothing that it does not need for most.
"""

from collections.abc import Iterator
from importlib import import_module

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, ClassDef, Context, FuncItem, MemberExpr, NameExpr, TypeInfo
from mypy.plugin import MethodContext
from mypy.types import Type

from .blocks import all_statements
from .lookup import checker
from .provider import is_derived


def defined(ctx: MethodContext) -> Type:
    """Keep the index of a provider, and check one of whose bases is a provider with registrations of its own."""
    api = checker(ctx.api)
    if api.tscope.classes and not api.tscope.functions and not is_derived(api.tscope.classes[-1]):
        return ctx.default_return_type  # nearly always, and several times quicker
    info = _defined_class(api, ctx.context)
    if info is not None and is_derived(info):
        import_module(".index", __package__).write(api, info)
        if any(is_derived(base.type) for base in info.bases):
            import_module(".redefining", __package__).check(api, info, ctx.context)
    return ctx.default_return_type


def _defined_class(api: TypeChecker, definition: Context) -> TypeInfo | None:
    """Return the class that is being defined; mypy's call says its name, and where it stands."""
    callee = definition.callee if isinstance(definition, CallExpr) else None
    if not isinstance(callee, MemberExpr) or not isinstance(callee.expr, NameExpr):
        return None
    candidates = (*api.tscope.classes[-1:], *_in_function(api, definition))
    return next((info for info in candidates if info.name == callee.expr.name), None)


def _in_function(api: TypeChecker, definition: Context) -> Iterator[TypeInfo]:
    """Yield the class that is defined there in a function; mypy keeps no track of those, but has the statements."""
    for function in api.tscope.functions[-1:]:
        for statement in all_statements(function.body.body) if isinstance(function, FuncItem) else ():
            if isinstance(statement, ClassDef) and statement.line == definition.line:
                yield statement.info
