"""Which hook belongs to which name: tables, no logic."""

from collections.abc import Callable

from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import FunctionLike, Type

from . import names
from .config import Configuration
from .guard import guarded, guarded_signature
from .later import later
from .unboxing import unboxing


def functions(configuration: Configuration) -> dict[str, Callable[[FunctionContext], Type]]:
    """Return the hooks of functions and constructors; what they do may depend on the options."""
    return {
        names.CONTAINER: guarded(later("seal", "seal", entry_points=configuration.entry_points)),
        names.PROVIDE: unboxing(guarded(later("registering", "provided"))),
        names.PROVIDE_ALL: guarded(later("bundling", "bundled")),
        names.BIND: guarded(later("strings", "keyed")),
        names.REQUIRE: guarded(later("strings", "keyed")),
        names.REVEAL_GRAPH: guarded(later("revealing", "revealed")),
    }


FUNCTION_SIGNATURES: dict[str, Callable[[FunctionSigContext], FunctionLike]] = {
    names.CONTAINER: guarded_signature(later("seal", "accept_any_source")),
    names.PROVIDE: guarded_signature(later("registering", "only_what_applies")),
}

RECEIVERS = (names.CONTAINER, names.INJECT, names.INJECTOR)
"""Whose methods, and those of their subclasses, have the hooks of `METHODS` and `SIGNATURES`."""

# Method hooks are asked for by the class of the receiver, which may be a subclass.
METHODS: dict[str, Callable[[MethodContext], Type]] = {
    "resolve": guarded(later("asking", "resolved")),
    "aresolve": guarded(later("asking", "awaited")),
    "enter_scope": guarded(later("entering", "entered")),
    "current": guarded(later("entering", "found")),
    "close_scope": guarded(later("entering", "closed")),
    "aclose_scope": guarded(later("entering", "closed")),
    "add_concrete": guarded(later("adding", "registered")),
    "add_factory": guarded(later("adding", "registered")),
    "add_generator": guarded(later("adding", "registered")),
    "add_context_manager": guarded(later("adding", "registered")),
    "add_instance": guarded(later("adding", "registered")),
    "extend": guarded(later("extending", "extended")),
    "override": guarded(later("extending", "overridden")),
    "call": guarded(later("injecting", "called")),
    "acall": guarded(later("injecting", "called_awaiting")),
    "inject": guarded(later("injecting", "injected")),
    "__call__": guarded(later("injecting", "decorated")),
}

DEFINITIONS: dict[str, Callable[[MethodContext], Type]] = {
    "__init_subclass__": guarded(later("defining", "defined")),
}
"""What mypy asks for where a class is defined, whichever of its bases has it."""

SIGNATURES: dict[str, Callable[[MethodSigContext], FunctionLike]] = {
    "add_concrete": guarded_signature(later("adding", "check_place")),
    "add_factory": guarded_signature(later("adding", "check_place")),
    "add_generator": guarded_signature(later("adding", "check_place")),
    "add_context_manager": guarded_signature(later("adding", "check_place")),
    "add_instance": guarded_signature(later("adding", "check_place")),
    "extend": guarded_signature(later("extending", "accept_any_source")),
    "override": guarded_signature(later("extending", "accept_any_source")),
    "attach": guarded_signature(later("injecting", "whatever_was_given")),
}

OWN_METHODS: dict[str, Callable[[MethodContext], Type]] = {
    f"{names.BINDER}.to": unboxing(guarded(later("registering", "bound"))),
    f"{names.BINDER}.contribute": unboxing(guarded(later("registering", "bound"))),
    f"{names.BINDER}.decorate": unboxing(guarded(later("registering", "decorating"))),
    f"{names.BINDER}.alias": guarded(later("registering", "aliased")),
    f"{names.METHOD_DECORATOR}.__call__": unboxing(guarded(later("registering", "decorated"))),
}

METHOD_SIGNATURES: dict[str, Callable[[MethodSigContext], FunctionLike]] = {
    f"{names.CONTAINER}.add": guarded_signature(later("adding", "check_place")),
    f"{names.BINDER}.to": guarded_signature(later("registering", "only_what_yields")),
    f"{names.BINDER}.contribute": guarded_signature(later("registering", "only_what_yields")),
    f"{names.BINDER}.decorate": guarded_signature(later("registering", "only_what_applies")),
    f"{names.METHOD_DECORATOR}.__call__": guarded_signature(later("registering", "only_what_applies")),
}
