"""`require` and `replacing`: what is said about registrations instead of registering."""

from typing import Any, Literal, overload

from wireproof._inspect.keys import check_key, class_name
from wireproof._typing import TypeForm, TypeVar
from wireproof.binder import Binder
from wireproof.scopes import BaseScope, Inherit, check_scope
from wireproof.sources import AwaitedRequirement, F, Provider, Registration, Replacing, Requirement

T = TypeVar("T")
S = TypeVar("S", bound=BaseScope)


@overload
def require(key: TypeForm[T], /) -> Requirement[T, Inherit]: ...
@overload
def require(key: TypeForm[T], /, *, scope: type[S]) -> Requirement[T, S]: ...
@overload
def require(key: TypeForm[T], /, *, awaited: Literal[False]) -> Requirement[T, Inherit]: ...
@overload
def require(key: TypeForm[T], /, *, scope: type[S], awaited: Literal[False]) -> Requirement[T, S]: ...
@overload
def require(key: TypeForm[T], /, *, awaited: Literal[True]) -> AwaitedRequirement[T, Inherit]: ...
@overload
def require(key: TypeForm[T], /, *, scope: type[S], awaited: Literal[True]) -> AwaitedRequirement[T, S]: ...
def require(key: Any, /, *, scope: Any = Inherit, awaited: bool = False) -> Any:
    """State that ``key`` will be resolved, without providing it: the container proves that another source does.

    Args:
        key: what will be resolved.
        scope: where it will be resolved; left out, at the defining provider's default scope, or APP.
        awaited: whether it will be resolved with ``await``, so that building it may need that.

    Raises:
        TypeError: if ``key`` is not a type or ``scope`` is not a scope.

    Example:
        >>> class Web(Provider[Scope.REQUEST]):
        ...     users = require(Users)
    """
    kind = AwaitedRequirement[Any, Any] if awaited else Requirement[Any, Any]
    return kind(check_key("require", key), check_scope(scope, "require"), awaited=awaited)


def replacing(source: F, /) -> Replacing[F]:
    """Mark a source, or a whole provider, as taking the place of the sources that provide the same keys.

    Args:
        source: any source; at least one of the keys it provides must be provided by another.

    Raises:
        TypeError: if it is not a source.

    Example:
        >>> Container(Database(), replacing(bind(Mailer).to(FakeMailer)))
    """
    return Replacing(check_source(source, "replacing"))


def check_source(source: F, where: str) -> F:
    """Return ``source`` if it is one, and otherwise say what was given instead.

    Raises:
        TypeError: if it is no source; the message names what may have been meant.
    """
    given: object = source
    if not isinstance(given, Provider | Registration):
        message = f"{where}({given!r}): {_what_was_meant(given)}"
        raise TypeError(message)
    return source


def _what_was_meant(given: object) -> str:
    if isinstance(given, type) and issubclass(given, Provider):
        return f"that is the provider class; make an instance: {class_name(given)}(...)"
    if isinstance(given, Binder):
        return "that is an unfinished registration; end it with .to(...), .instance(...) or another of its methods"
    if isinstance(given, type) or callable(given):
        return f"wrap it in a source: provide({class_name(given)})"
    return "not a source; a source is a provider instance, provide(...), bind(Key)..., require(...) or replacing(...)"
