"""What `wireproof` consists of for those who import it."""

from wireproof.binder import bind
from wireproof.bundles import autowire, provide_all
from wireproof.container import Container
from wireproof.errors import (
    AsyncCleanupError,
    AsyncResolutionError,
    CleanupError,
    ContainerFrozenError,
    ContextValueError,
    FactoryError,
    GraphError,
    NoProviderError,
    OutOfScopeError,
    ResolutionCycleError,
    ResolutionError,
    ScopeClosedError,
    ScopeError,
    ScopeNotActiveError,
    StatsDisabledError,
    WireproofError,
)
from wireproof.factories import provide
from wireproof.injection import INJECTED, Injected
from wireproof.injector import Injector
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.marks import replacing, require
from wireproof.reveal import reveal_graph
from wireproof.scopes import BaseScope, Scope
from wireproof.sources import Given, Has, Provider, Source

__all__ = [
    "INJECTED",
    "AsyncCleanupError",
    "AsyncResolutionError",
    "BaseScope",
    "CleanupError",
    "Container",
    "ContainerFrozenError",
    "ContextValueError",
    "FactoryError",
    "Given",
    "GraphError",
    "Has",
    "Injected",
    "Injector",
    "Lifetime",
    "LockMode",
    "NoProviderError",
    "OutOfScopeError",
    "Provider",
    "ResolutionCycleError",
    "ResolutionError",
    "Scope",
    "ScopeClosedError",
    "ScopeError",
    "ScopeNotActiveError",
    "Source",
    "StatsDisabledError",
    "WireproofError",
    "autowire",
    "bind",
    "provide",
    "provide_all",
    "replacing",
    "require",
    "reveal_graph",
]
