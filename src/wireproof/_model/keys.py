"""What a head must be able to say about its keys."""

from typing import Protocol, TypeVar

K_contra = TypeVar("K_contra", contravariant=True)


class Keys(Protocol[K_contra]):
    """Knowledge about keys, which must be hashable and equal exactly when they are the same key."""

    def short(self, key: K_contra, /) -> str:
        """Return the key as one would type it, without modules: ``Repo[User]``."""
        ...

    def full(self, key: K_contra, /) -> str:
        """Return the key with modules, unique among all keys: ``app.domain.Repo[app.domain.User]``."""
        ...

    def assignable(self, built: K_contra, key: K_contra, /) -> bool | None:
        """Return whether an object of type ``built`` is one of type ``key``; None if that cannot be known."""
        ...
