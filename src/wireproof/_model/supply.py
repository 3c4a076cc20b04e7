"""Who serves a key: one binding, or several alternatives."""

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.alternatives import Condition, both, excludes, gap, gaps
from wireproof._model.binding import DERIVED, Binding, replace

K = TypeVar("K")


class Supply(NamedTuple, Generic[K]):
    """What serves a key under a condition."""

    providers: tuple[Binding[K], ...]
    """All that do in some case; where nothing depends on alternatives, one or none."""

    gap: Condition | None
    """A case in which nothing does; None if there is none."""

    is_plain: bool = False
    """Whether it is one binding, always there, with nothing behind it to look through to."""

    def first(self) -> Binding[K] | None:
        """Return the only provider, or the first of several alternatives."""
        return self.providers[0] if self.providers else None


def choose(candidates: Iterable[Binding[K]], within: Condition, otherwise: Iterable[Binding[K]] = ()) -> Supply[K]:
    """Return those who serve: of candidates that are there together, the earlier one counts.

    Args:
        candidates: in the order in which they count.
        within: the condition under which the key is asked for.
        otherwise: what is made where no candidate is there, and only in these cases.
    """
    chosen: list[Binding[K]] = []
    for candidate in candidates:
        if not candidate.condition:
            return Supply((*chosen, candidate), None, not chosen and candidate.kind not in DERIVED)
        covered = [one.condition for one in chosen]
        if not excludes(candidate.condition, within) and gap(covered, both(within, candidate.condition)) is not None:
            chosen.append(candidate)
            if gap([*covered, candidate.condition], within) is None:
                return Supply(tuple(chosen), None)
    for made in otherwise:
        if not chosen and not within and not made.condition:
            return Supply((made,), None, made.kind not in DERIVED)
        if not excludes(made.condition, within):
            cases = list(gaps([one.condition for one in chosen], both(within, made.condition)))
            chosen += [in_case(made, case) for case in cases]
    return Supply(tuple(chosen), gap([one.condition for one in chosen], within))


def settle(candidates: Iterable[Binding[K]]) -> dict[Binding[K], list[Binding[K]]]:
    """Return for each candidate what it is in the cases in which it counts: in which none of the earlier ones is there.

    Where nothing depends on alternatives that is the first as it is, and nothing for the others.
    """
    settled: dict[Binding[K], list[Binding[K]]] = {}
    for candidate in candidates:
        cases = gaps([one.condition for one in settled], candidate.condition)
        settled[candidate] = [in_case(candidate, case) for case in cases]
    return settled


def in_case(binding: Binding[K], case: Condition) -> Binding[K]:
    """Return a binding as it is in a case of its condition."""
    return binding if case == binding.condition else replace(binding, condition=case)
