"""Several keys resolved together: one function builds what an injected function takes, and shares what they share."""

from collections.abc import Coroutine
from typing import Any
from weakref import WeakValueDictionary

from wireproof._runtime.scope import NO_ANSWERS
from wireproof._runtime.stack import note_path


class Keys:
    """The keys of one injected function. Tables know them by this object, which is no key that a user can ask for."""

    __slots__ = ("__weakref__", "keys")

    def __init__(self, keys: tuple[Any, ...]) -> None:
        """Keep the keys."""
        self.keys = keys

    def one_by_one(self, scope: Any) -> tuple[Any, ...]:
        """Resolve them where some are refused, so that it is the first of those that cannot be had that is named.

        So they are in a scope that is being closed as well: it gives what it has, and builds nothing any more.
        """
        return tuple([scope.resolve(key) for key in self.keys])

    async def aone_by_one(self, scope: Any) -> tuple[Any, ...]:
        """Do the same, awaiting."""
        return tuple([await scope.aresolve(key) for key in self.keys])


_known: WeakValueDictionary[tuple[Any, ...], Keys] = WeakValueDictionary()


def together(keys: tuple[Any, ...]) -> Keys:
    """Return the object for some keys, the same one for the same keys.

    A table so grows with the combinations that are asked for, and not with each function that is decorated.
    """
    try:
        return _known.setdefault(keys, Keys(keys))
    except TypeError:  # Annotated with what cannot be hashed
        return Keys(keys)


def resolve_all(scope: Any, keys: Keys) -> tuple[Any, ...]:
    """Return the instances that the keys stand for. Raises as ``Container.resolve``."""
    try:
        _, resolver = scope._resolvers[keys]
    except KeyError:
        resolver = None
    if resolver is None:
        resolver = scope._program.answer_all(scope, keys, awaiting=False)
    try:
        return resolver(scope)  # type: ignore[no-any-return]  # as the plans say
    except BaseException as error:
        note_path(error)
        raise


def aresolve_all(scope: Any, keys: Keys) -> Coroutine[Any, Any, tuple[Any, ...]]:
    """Do the same, awaiting. Raises as ``Container.aresolve``."""
    try:
        resolver = scope._async_resolvers[keys] if scope._resolvers is not NO_ANSWERS else None
    except KeyError:
        resolver = None
    if resolver is None:
        resolver = scope._program.answer_all(scope, keys, awaiting=True)
    return resolver(scope)  # type: ignore[no-any-return]  # as above
