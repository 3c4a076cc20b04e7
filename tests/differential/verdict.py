"""What a head says about a program, in a form in which the two can be compared."""

from collections.abc import Iterator
from typing import Any, NamedTuple

ORDINARY = "ordinary"
"""The code of what is no finding about a wiring: an error of mypy's own, an exception that nobody foresaw."""


class Finding(NamedTuple):
    """A problem: its code, and the first line of its text, which names its key."""

    code: str
    headline: str


class Verdict(NamedTuple):
    """What is wrong with each part of a program, by its name; what is not mentioned is right.

    The parts are the functions whose names begin with ``question_``, each of which asks a container for something, and
    ends with the first problem; those that begin with ``sealing_``, each of which makes another container, which can
    have several; and ``seal``: everything else, which is where the container itself is made.
    """

    parts: dict[str, frozenset[Finding]]

    @property
    def seal(self) -> frozenset[Finding]:
        """What is wrong with the container itself."""
        return self.parts.get(SEAL, frozenset())

    def as_json(self) -> dict[str, list[list[str]]]:
        """Return it as lists, for a pipe."""
        return {part: sorted(map(list, findings)) for part, findings in self.parts.items()}


SEAL = "seal"
QUESTION = "question_"
SEALING = "sealing_"
CONTEXT = "wire-context"
TARGET = "wire-target"


def from_json(parts: dict[str, Any]) -> Verdict:
    """Return a verdict that came through a pipe."""
    return Verdict({part: frozenset(Finding(*one) for one in findings) for part, findings in parts.items()})


class Difference(NamedTuple):
    """A part of a program about which the heads disagree."""

    part: str
    static: frozenset[Finding]
    running: frozenset[Finding]


def differences(static: Verdict, running: Verdict) -> Iterator[Difference]:
    """Yield the parts about which the heads disagree; of a container that cannot be made nothing can be asked."""
    if static.seal or running.seal:
        expected = static.seal
        if any(finding.code == TARGET for finding in running.seal):
            # A call has refused its target: of what is wrong elsewhere nothing is known.
            expected &= running.seal
        if any(finding.code != CONTEXT for finding in running.seal):
            # mypy looks at the values that are given in any case, the container only if the wiring works.
            expected = frozenset(finding for finding in expected if finding.code != CONTEXT)
        if expected != running.seal:
            yield Difference(SEAL, expected, running.seal)
        return
    for part in sorted(static.parts.keys() | running.parts.keys()):
        said = [verdict.parts.get(part, frozenset[Finding]()) for verdict in (static, running)]
        if said[0] != said[1]:
            yield Difference(part, *said)
