"""`provide_all` and `autowire`: many sources in one line."""

from collections.abc import Callable
from typing import Any, Unpack, overload

from wireproof._typing import TypeVar
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.options import Policies, check_member, make_factory, make_options
from wireproof.scopes import BaseScope, Inherit
from wireproof.sources import UNSTATED, Autowire, Bundle

S = TypeVar("S", bound=BaseScope)


@overload
def provide_all(*targets: Callable[..., object], scope: type[S], **policies: Unpack[Policies]) -> Bundle[Any]: ...
@overload
def provide_all(*targets: Callable[..., object], **policies: Unpack[Policies]) -> Bundle[Any]: ...
def provide_all(
    *targets: Any,
    scope: Any = Inherit,
    lifetime: Any = Lifetime.SCOPED,
    on_close: Any = None,
    lock_mode: Any = LockMode.INHERIT,
) -> Bundle[Any]:
    """Register several targets with the same options, each under the type that it builds.

    Args:
        targets: what `provide` takes.
        scope: how long the instances live; left out, as long as the defining provider's default, or APP.
        lifetime: one instance per scope, or a new one for each request.
        on_close: called with each instance at scope end; may be async.
        lock_mode: what building them is protected against; by default as the container says.

    Raises:
        TypeError: if a target cannot be provided, or an option is none.

    Example:
        >>> class Handlers(Provider[Scope.REQUEST]):
        ...     handlers = provide_all(CreateOrder, CancelOrder)
    """
    options = make_options("provide_all", scope, lifetime, on_close, lock_mode)
    return Bundle(tuple(make_factory("provide_all", UNSTATED, target, options) for target in targets))


def autowire(*, lifetime: Lifetime = Lifetime.TRANSIENT) -> Autowire:
    """Provide every concrete class that nobody else provides, built from its constructor.

    An instance lives in the deepest scope of what its constructor needs. Parameters with a default keep it, and
    builtin types are never built.

    Args:
        lifetime: a new instance for each request, or one per scope.

    Raises:
        TypeError: if ``lifetime`` is none.

    Example:
        >>> container = Container(Database(), autowire())
        >>> container.resolve(ReportBuilder)
    """
    return Autowire(check_member("autowire", "lifetime", Lifetime, lifetime))
