"""`Injector`: injection for modules that must not import the container."""

from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar, cast, get_args

from wireproof._inspect.generics import NOTHING, substitution_for
from wireproof._runtime import ambient, lifecycle
from wireproof._typing import TypeVar as DefaultTypeVar
from wireproof.container import Container
from wireproof.errors import ScopeNotActiveError
from wireproof.scopes import BaseScope, Scope
from wireproof.wrappers import wrap

P = ParamSpec("P")
R = TypeVar("R")
G = DefaultTypeVar("G", default=Any)
S = DefaultTypeVar("S", bound=BaseScope, default=Scope.APP)


class Injector(Generic[G, S]):
    """A decorator that fills in `Injected` parameters from the scope that is active when the function is called.

    Its type arguments say what it needs: a container with these sources, in a scope of this kind. So handlers are
    checked against them without a container in sight, and `attach` refuses a container that holds too little.

    Example:
        >>> inject = Injector[Has[Inbound], Scope.REQUEST]()
        >>> @inject
        ... def handle(order: Order, users: Injected[Users] = INJECTED) -> None: ...
    """

    def __init__(self) -> None:
        """Start unattached: the innermost active scope of any container serves."""
        self._container: Any = None

    def __call__(self, function: Callable[P, R], /) -> Callable[P, R]:
        """Return a function of the same kind that fills in what is injected.

        Raises:
            TypeError: if it cannot be injected into.
        """
        return wrap(function, type(self)._choose, self, None)  # noqa: SLF001  # its own

    def attach(self, container: Container[G, BaseScope], /) -> None:
        """Resolve from the active scopes of this container alone.

        Raises:
            TypeError: if it is no container.
        """
        self._container = _checked(container)

    def _choose(self) -> Any:
        kind = self._scope()
        if self._container is not None:
            found = next(lifecycle.active_innermost(self._container, kind), None)
        else:
            entered = (scope for scope in ambient.entered() if lifecycle.is_within(scope, kind))
            found = next(entered, None)
        if found is None:
            raise ScopeNotActiveError(kind)
        return found

    def _scope(self) -> type[BaseScope]:
        """Return the scope in the type arguments, which `typing` notes on the instance, or on a subclass."""
        own = get_args(getattr(self, "__orig_class__", None))
        arguments = tuple((substitution_for(type(self), own, Injector) or NOTHING).values())
        scopes = (one for one in arguments[1:] if isinstance(one, type) and issubclass(one, BaseScope))
        return next(scopes, Scope.APP)


def _checked(container: object) -> object:
    if not isinstance(container, Container):
        message = f"attach({container!r}): must be a container"
        raise TypeError(message)
    return cast("object", container)
