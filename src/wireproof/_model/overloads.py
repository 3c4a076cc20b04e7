"""Which overload of a target is called: the first whose parameters can all be provided."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from wireproof._model.alternatives import Branch, Condition
from wireproof._model.binding import Parameter

K = TypeVar("K")

Gaps = Callable[[tuple[Parameter[K], ...], Condition], list[Condition]]
"""Returns, of some parameters that are asked for under a condition, a case for each for which nothing may be there."""


class Call(NamedTuple):
    """How a target is called, and when."""

    condition: Condition
    overload: int | None
    """The number of an overload. None if it has none, if none of them will do, or if nobody can know."""


def calls(
    overloads: Sequence[tuple[Parameter[K], ...]], within: Condition, gaps: Gaps[K], *, opaque: bool
) -> Iterator[Call]:
    """Yield which overload is called in which case; cases are told apart only as long as that depends on them.

    Args:
        overloads: what each of them needs.
        within: when the target is called at all.
        gaps: what is lacking.
        opaque: whether what is lacking may be provided by something of which nothing is known.
    """
    for number, parameters in enumerate(overloads):
        found = gaps(parameters, within)
        if not found:
            yield Call(within, number)
            return
        if opaque:
            break
        undecided = [[branch.choice for branch in gap if branch not in within] for gap in found]
        if all(undecided):  # each of them is there in some case
            choice = undecided[0][0]
            for branch in range(len(choice.names)):
                yield from calls(overloads, (*within, Branch(choice, branch)), gaps, opaque=opaque)
            return
    yield Call(within, None)
