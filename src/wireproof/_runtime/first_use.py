"""Attributes that exist once a container has been used."""

from typing import Any


class OnFirstUse:
    """An attribute of generated classes; asked for on a container that is not of one yet, it makes it so."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, container: Any, owner: type[Any]) -> Any:
        """Generate the container's class, turn the container into an instance of it, and answer from there."""
        if container is None:
            raise AttributeError(self._name)
        container._start()
        return getattr(container, self._name)
