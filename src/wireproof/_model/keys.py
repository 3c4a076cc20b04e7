"""What a head must be able to say about its keys."""

from typing import Generic, NamedTuple, Protocol, TypeVar

from wireproof._model.binding import Binding, Kind

K = TypeVar("K")
K_contra = TypeVar("K_contra", contravariant=True)


class Naming(Protocol[K_contra]):
    """The names of keys, which must be hashable and equal exactly when they are the same key."""

    def short(self, key: K_contra, /) -> str:
        """Return the key as one would type it, without modules: ``Repo[User]``."""
        ...

    def full(self, key: K_contra, /) -> str:
        """Return the key with modules, unique among all keys: ``app.domain.Repo[app.domain.User]``."""
        ...


class Derived(NamedTuple, Generic[K]):
    """What a key means by its form alone, if nobody provides it: ``Callable[[], T]``, ``Sequence[T]``, ``T | None``."""

    kind: Kind
    inner: K | None
    """The key behind it; None for the container itself."""


class Keys(Naming[K], Protocol[K]):
    """All knowledge about keys that the model needs."""

    def assignable(self, built: K, key: K, /) -> bool | None:
        """Return whether an object of type ``built`` is one of type ``key``; None if that cannot be known."""
        ...

    def derive(self, key: K, /) -> Derived[K] | None:
        """Return what the key means by its form, None for a plain one."""
        ...

    def generic(self, key: K, /) -> K | None:
        """Return the generic class that a parametrised key is made from: ``Repo`` for ``Repo[User]``; else None."""
        ...

    def specialise(self, binding: Binding[K], key: K, /) -> Binding[K] | None:
        """Return what a binding for a generic class is for one parametrisation of it; None if its bounds forbid it."""
        ...

    def construct(self, key: K, source: Binding[K], /) -> Binding[K] | None:
        """Return a binding that builds a concrete class from its constructor; None if the key is no such class.

        ``source`` is the registration that asks for it.
        """
        ...
