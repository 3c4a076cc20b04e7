"""Which classes are in which module; one may have the name of another, from another module."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from tests.differential.application import Application, Class, Form
from tests.differential.expressions import class_text, words


class Twin(NamedTuple):
    """A class that is called what another one is called, in a module of its own."""

    name: str
    """What the rest of the application calls it."""

    called: str
    """Its name, and that of the other class."""

    text: str

    @property
    def other(self) -> str:
        """What it calls the other class."""
        return f"Other{self.called}"


def without_twin(application: Application) -> tuple[tuple[Class, ...], Twin | None]:
    """Return the classes of an application, and one apart from them that may be called what another is called."""
    if application.twin:
        for chosen in reversed(application.classes):
            others = tuple(one for one in application.classes if one is not chosen)
            if chosen.form not in NAMELESS and not any(chosen.name in words(class_text(one)) for one in others):
                twin = _twin(chosen, others)
                return (others, twin) if twin is not None else (application.classes, None)
    return application.classes, None


NAMELESS = frozenset({Form.NEW_TYPE, Form.ENUM, Form.TYPED_DICT})


def _twin(chosen: Class, others: tuple[Class, ...]) -> Twin | None:
    text = class_text(chosen)
    named = [one.name for one in others if one.form not in NAMELESS]
    called = next((name for name in named if name in words(text)), named[0] if named else None)
    if called is None:
        return None
    text = re.sub(rf"\b{called}\b", f"Other{called}", text)
    return Twin(chosen.name, called, re.sub(rf"\b{chosen.name}\b", called, text))


def divided(classes: tuple[Class, ...], split: int) -> tuple[tuple[Class, ...], tuple[Class, ...]]:
    """Return the classes of two modules, of which the first does not need the second."""
    first, second = classes[:split], classes[split:]
    later = {one.name for one in second}
    if any(words(class_text(one)) & later for one in first):
        return (), classes
    return first, second


def looks_ahead(classes: Iterable[Class]) -> bool:
    """Whether a class mentions itself or a later one in an annotation."""
    seen: set[str] = set()
    every = {one.name for one in classes}
    for one in classes:
        mentioned = words(" ".join(parameter.annotation for parameter in one.parameters)) & every
        if not mentioned <= seen:
            return True
        seen.add(one.name)
    return False
