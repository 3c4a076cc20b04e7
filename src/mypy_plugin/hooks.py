"""Which hook belongs to which name: tables, no logic."""

from collections.abc import Callable

from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import FunctionLike, Type

from . import asking, names, registering, revealing, seal
from .guard import guarded, guarded_signature

FUNCTIONS: dict[str, Callable[[FunctionContext], Type]] = {
    names.CONTAINER: guarded(seal.seal),
    names.PROVIDE: guarded(registering.provided),
    names.REVEAL_GRAPH: guarded(revealing.revealed),
}

FUNCTION_SIGNATURES: dict[str, Callable[[FunctionSigContext], FunctionLike]] = {
    names.CONTAINER: guarded_signature(seal.accept_any_source),
    names.PROVIDE: guarded_signature(registering.only_what_applies),
}

# Method hooks are asked for by the class of the receiver, which may be a subclass, so that only the method's name is
# looked at; each hook looks at the receiver's bases.
METHODS: dict[str, Callable[[MethodContext], Type]] = {
    "resolve": guarded(asking.resolved),
    "aresolve": guarded(asking.awaited),
    "enter_scope": guarded(asking.entered),
}

OWN_METHODS: dict[str, Callable[[MethodContext], Type]] = {
    f"{names.BINDER}.to": guarded(registering.bound),
    f"{names.BINDER}.contribute": guarded(registering.bound),
    f"{names.BINDER}.decorate": guarded(registering.decorating),
    f"{names.BINDER}.alias": guarded(registering.aliased),
    f"{names.METHOD_DECORATOR}.__call__": guarded(registering.decorated),
}

METHOD_SIGNATURES: dict[str, Callable[[MethodSigContext], FunctionLike]] = {
    f"{names.BINDER}.to": guarded_signature(registering.only_what_yields),
    f"{names.BINDER}.contribute": guarded_signature(registering.only_what_yields),
    f"{names.METHOD_DECORATOR}.__call__": guarded_signature(registering.only_what_applies),
}
