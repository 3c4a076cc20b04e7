"""A base class in a module whose names its subclasses do not import."""

from __future__ import annotations

from dataclasses import InitVar, dataclass


class Clock:
    pass


@dataclass
class Timed:
    """Takes a clock, by an annotation that is a string."""

    clock: Clock


@dataclass
class TimedOnce:
    """Takes a clock without keeping it."""

    clock: InitVar[Clock]
