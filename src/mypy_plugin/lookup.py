"""Classes by their full names, and what the checker's public interface does not offer."""

from collections.abc import Iterable
from typing import NamedTuple

from mypy.checker import DeferredNode, TypeChecker
from mypy.nodes import (
    ARG_NAMED,
    ARG_STAR2,
    ArgKind,
    Context,
    Expression,
    FuncDef,
    OverloadedFuncDef,
    SymbolNode,
    TypeInfo,
)
from mypy.plugin import CheckerPluginInterface, FunctionContext, MethodContext
from mypy.types import AnyType, CallableType, Instance, Type, TypeAliasType, TypeOfAny, get_proper_type

from .names import HAS, SCOPE


def checker(api: CheckerPluginInterface) -> TypeChecker:
    """Return the checker behind the interface that hooks are given."""
    if not isinstance(api, TypeChecker):
        message = f"hooks are given a {type(api).__name__}"
        raise TypeError(message)
    return api


class Argument(NamedTuple):
    """One argument of a call."""

    type: Type
    expression: Expression


def argument(ctx: FunctionContext | MethodContext, name: str) -> Argument | None:
    """Return what a call passes for a parameter; None if it leaves that out, or there is no such parameter."""
    if name not in ctx.callee_arg_names:
        return None
    position = ctx.callee_arg_names.index(name)
    return Argument(ctx.arg_types[position][0], ctx.args[position][0]) if ctx.args[position] else None


def find_class(api: TypeChecker, fullname: str) -> TypeInfo:
    """Return a class at the top level of a module of the library."""
    module, _, name = fullname.rpartition(".")
    return _class(api.modules[module].names[name].node)


def find_function(api: TypeChecker, fullname: str) -> Type:
    """Return the type of a function at the top level of a module of the library."""
    module, _, name = fullname.rpartition(".")
    node = api.modules[module].names[name].node
    if not isinstance(node, OverloadedFuncDef) or node.type is None:
        message = f"{node} is no function with overloads"
        raise TypeError(message)
    return node.type


def app_scope(api: TypeChecker) -> TypeInfo:
    """Return the scope that is meant where none is said."""
    return built_in_scope(api, "APP")


def built_in_scope(api: TypeChecker, name: str) -> TypeInfo:
    """Return a scope of the built-in chain."""
    return _class(find_class(api, SCOPE).names[name].node)


def make(api: TypeChecker, fullname: str, arguments: list[Type]) -> Instance:
    """Return an instance type of a class of the library."""
    return Instance(find_class(api, fullname), arguments)


def has(api: TypeChecker, source: Type) -> Instance:
    """Return the box with a source."""
    return make(api, HAS, [source])


def boxed(box: Type, fullname: str) -> Type | None:
    """Return ``T`` for a box with a source of the given class, as in ``Has[Replacing[T]]``; None for any other box."""
    proper = get_proper_type(box)
    inside = get_proper_type(proper.args[0]) if isinstance(proper, Instance) and proper.type.fullname == HAS else None
    return inside.args[0] if isinstance(inside, Instance) and inside.type.fullname == fullname else None


def is_settled(api: TypeChecker, module: str) -> bool:
    """Whether nothing changes any more in a module: it was checked, or came from the caches. Never so in the daemon."""
    if api.options.fine_grained_incremental:
        return False
    return module in api.modules and not api.modules[module].defs


def unknown() -> AnyType:
    """Return the type of what is not known."""
    return AnyType(TypeOfAny.special_form)


def try_again(api: TypeChecker, context: Context) -> None:
    """Have the current function or module checked once more, when mypy has inferred what is not known yet."""
    if api.pass_num >= api.last_pass:
        return
    api.binder.version += 1  # without this, mypy would remember the type of the expression
    if isinstance(api.scope.top_level_function(), FuncDef):
        api.handle_cannot_determine_type("", context)
    else:
        _defer_module(api)


def look_again(api: TypeChecker) -> None:
    """Have the current function or module checked once more, and what follows in it inferred meanwhile."""
    if api.pass_num >= api.last_pass:
        return
    api.binder.version += 1  # as above
    function = api.scope.top_level_function()
    if isinstance(function, FuncDef):
        api.defer_node(function, api.scope.enclosing_class(function))
    else:
        _defer_module(api)


def _defer_module(api: TypeChecker) -> None:
    api.deferred_nodes.append(DeferredNode(api.tree, None))  # type: ignore[arg-type]  # the daemon does the same


def with_arguments(typ: Instance, arguments: list[Type]) -> Instance:
    """Return a type of the same class with other arguments."""
    return Instance(typ.type, arguments)


def with_returned(signature: CallableType, returned: Type) -> CallableType:
    """Return a signature that returns something else."""
    return signature.copy_modified(ret_type=returned)  # pyright: ignore[reportUnknownMemberType]  # mypy's own gap


def with_types(signature: CallableType, types: list[Type]) -> CallableType:
    """Return a signature whose parameters are of other types."""
    return signature.copy_modified(arg_types=types)  # pyright: ignore[reportUnknownMemberType]  # as above


def with_first(signature: CallableType, first: Type) -> CallableType:
    """Return a signature whose first parameter is of another type."""
    return with_types(signature, [first, *signature.arg_types[1:]])


def without_first(signature: CallableType) -> CallableType:
    """Return a signature without its first parameter."""
    return with_parameters(signature, range(1, len(signature.arg_types)))


def with_parameters(signature: CallableType, numbers: Iterable[int]) -> CallableType:
    """Return a signature with some of its parameters."""
    every = list(zip(signature.arg_types, signature.arg_kinds, signature.arg_names, strict=True))
    chosen = [every[number] for number in numbers]
    types, kinds, names = [one[0] for one in chosen], [one[1] for one in chosen], [one[2] for one in chosen]
    return signature.copy_modified(types, kinds, names)  # pyright: ignore[reportUnknownMemberType]  # as above


def with_kinds(signature: CallableType, kinds: list[ArgKind]) -> CallableType:
    """Return a signature whose parameters are of other kinds."""
    return signature.copy_modified(arg_kinds=kinds)  # pyright: ignore[reportUnknownMemberType]  # as above


def expanded_once(alias: TypeAliasType) -> Type:
    """Return what an alias stands for, which may be another alias. `get_proper_type` expands them all at once."""
    return alias._expand_once()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]  # there is no public way


def with_keyword(signature: CallableType, name: str, typ: Type) -> CallableType:
    """Return a signature with one more required keyword."""
    end = -1 if ARG_STAR2 in signature.arg_kinds else len(signature.arg_kinds)  # ``**keywords`` stays the last one
    types, kinds, names = list(signature.arg_types), list(signature.arg_kinds), list(signature.arg_names)
    types.insert(end, typ)
    kinds.insert(end, ARG_NAMED)
    names.insert(end, name)
    return signature.copy_modified(types, kinds, names)  # pyright: ignore[reportUnknownMemberType]  # as above


def _class(node: SymbolNode | None) -> TypeInfo:
    if not isinstance(node, TypeInfo):
        message = f"{node} is no class"
        raise TypeError(message)
    return node
