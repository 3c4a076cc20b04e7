"""The options that every factory source takes, checked where they are given."""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias, TypedDict, TypeVar

from wireproof._inspect.targets import check_target, is_asynchronous
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.scopes import check_scope
from wireproof.sources import AsyncContribution, AsyncFactory, Contribution, Factory, Options

LockModeName: TypeAlias = LockMode | Literal["auto", "thread", "async", "none", "from_container"]


class How(TypedDict, total=False):
    """Keywords of sources that build something."""

    lifetime: Lifetime
    lock_mode: LockModeName


class Policies(How, total=False):
    """The same, with what is called at the end."""

    on_close: Callable[[Any], object] | None


E = TypeVar("E", Lifetime, LockMode)


def make_options(
    where: str, scope: object, lifetime: object, on_close: object, lock_mode: object, *, enter: bool = False
) -> Options:
    """Return the options of a source.

    Raises:
        TypeError: if one of them is not what it should be; the message names the call, ``where``, and the option.
    """
    return Options(
        check_scope(scope, where),
        check_member(where, "lifetime", Lifetime, lifetime),
        check_on_close(where, on_close),
        check_member(where, "lock_mode", LockMode, lock_mode),
        enter,
    )


def check_member(where: str, name: str, kind: type[E], value: Any) -> E:
    """Return the member of an enumeration that ``value`` is, or is the name of.

    Raises:
        TypeError: if it is neither; the message lists what there is.
    """
    if type(value) is kind:
        return value
    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(repr(str(member)) for member in kind)
        message = f"{where}({name}={value!r}): must be a {kind.__name__} or one of {choices}"
        raise TypeError(message) from None


def check_on_close(where: str, on_close: Any) -> Any:
    """Return ``on_close`` if it can be called, or is None.

    Raises:
        TypeError: if it is neither.
    """
    if on_close is None or callable(on_close):
        return on_close
    message = f"{where}(on_close={on_close!r}): must be a function that takes the instance"
    raise TypeError(message)


def make_factory(where: str, key: object, target: object, options: Options) -> Factory[..., Any, Any]:
    """Return the source for a target.

    Raises:
        TypeError: if it cannot be provided.
    """
    checked = check_target(where, target, enter=options.enter)
    if is_asynchronous(checked, enter=options.enter):
        return AsyncFactory(key, checked, options)
    return Factory(key, checked, options)


def make_contribution(where: str, key: object, target: object, options: Options) -> Contribution[..., Any, Any]:
    """Return the source for a target that is one of several.

    Raises:
        TypeError: if it cannot be provided.
    """
    checked = check_target(where, target, enter=options.enter)
    if is_asynchronous(checked, enter=options.enter):
        return AsyncContribution(key, checked, options)
    return Contribution(key, checked, options)
