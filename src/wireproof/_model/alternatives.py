"""Alternatives: registrations of which it is not known whether they are there, only which others are there instead."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple


class Choice:
    """Several alternatives, of which exactly one is there. Compared by identity: each place of choosing is its own."""

    __slots__ = ("names",)

    def __init__(self, names: tuple[str, ...]) -> None:
        """Take what messages call them; empty for the alternative that there is nothing."""
        self.names: Final = names


class Branch(NamedTuple):
    """One alternative of a choice."""

    choice: Choice
    number: int


Condition = tuple[Branch, ...]
"""When something is there: if all of these alternatives are the ones taken. Empty for always."""

ALWAYS: Condition = ()


def excludes(one: Condition, other: Condition) -> bool:
    """Whether two conditions never hold together: they take different alternatives of one choice."""
    if not one or not other:
        return False
    taken = dict(one)
    return any(taken.get(choice, number) != number for choice, number in other)


def both(one: Condition, other: Condition) -> Condition:
    """Return the condition that two hold together, which do not exclude each other."""
    return (*one, *(branch for branch in other if branch not in one)) if one else other


def gaps(covers: Iterable[Condition], within: Condition) -> Iterator[Condition]:
    """Yield the cases within a condition in which none of some others holds.

    They exclude each other. Cases are told apart only by choices that the others depend on, and only as long as it is
    open whether one of them holds.
    """
    left = [_rest(cover, within) for cover in covers if not excludes(cover, within)]
    if not left:
        yield within
    elif all(left):
        choice = left[0][0].choice
        for number in range(len(choice.names)):
            yield from gaps(left, (*within, Branch(choice, number)))


def gap(covers: Iterable[Condition], within: Condition) -> Condition | None:
    """Return the first of the `gaps`; None if there is none."""
    return next(gaps(covers, within), None)


def split(covers: Iterable[Condition], within: Condition) -> Iterator[Condition]:
    """Yield the cases within a condition in which some others hold, which exclude each other, and those in between."""
    covers = list(covers)
    yield from (both(within, cover) for cover in covers if not excludes(cover, within))
    yield from gaps(covers, within)


def _rest(cover: Condition, within: Condition) -> Condition:
    """Return what is still open of a condition."""
    return tuple(branch for branch in cover if branch not in within) if within else cover
