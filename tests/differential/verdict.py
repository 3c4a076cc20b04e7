"""What a head says about a program, in a form in which the two can be compared."""

import re
from collections.abc import Iterable, Iterator, Sequence
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
    undecided: bool = False
    """Whether the program chooses when it runs, and this is what is wrong one way or another."""

    @property
    def seal(self) -> frozenset[Finding]:
        """What is wrong with the container itself."""
        return self.parts.get(SEAL, frozenset())

    def as_json(self) -> dict[str, Any]:
        """Return it as lists, for a pipe."""
        parts = {part: sorted(map(list, findings)) for part, findings in self.parts.items()}
        return {"parts": parts, "undecided": self.undecided}


SEAL = "seal"
QUESTION = "question_"
SEALING = "sealing_"
TRUSTING = f"{QUESTION}trusting_"
CONTEXT = "wire-context"
TARGET = "wire-target"


def from_json(said: dict[str, Any]) -> Verdict:
    """Return a verdict that came through a pipe."""
    parts = {part: frozenset(Finding(*one) for one in findings) for part, findings in said["parts"].items()}
    return Verdict(parts, said["undecided"])


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """Return what is wrong with a program one way or another, if there are several ways in which it may choose."""
    parts = {part for verdict in verdicts for part in verdict.parts}
    nothing = frozenset[Finding]()
    found = {part: nothing.union(*(verdict.parts.get(part, nothing) for verdict in verdicts)) for part in parts}
    return Verdict(found, len(verdicts) > 1)


def in_short(verdict: Verdict) -> Verdict:
    """Return a verdict in which findings are told apart by code and key only.

    Whom a message names besides depends on which alternative one looks at, and for the codes in `NAMED_BY_ONE` so
    does the key.
    """
    parts = {part: frozenset(map(_in_short, findings)) for part, findings in verdict.parts.items()}
    return Verdict(parts, verdict.undecided)


def _without_modules(verdict: Verdict) -> Verdict:
    """Return a verdict in which context values are named without their modules.

    A message has modules where it names two classes of one name. The container does not know on what way it came to a
    value that was not given.
    """
    parts = {part: frozenset(map(_without_module, findings)) for part, findings in verdict.parts.items()}
    return Verdict(parts, verdict.undecided)


def _without_module(finding: Finding) -> Finding:
    return Finding(finding.code, MODULE.sub("", finding.headline)) if finding.code == CONTEXT else finding


def _in_short(finding: Finding) -> Finding:
    key = KEYS.get(finding.code, FIRST_NAME).search(finding.headline)
    if key is None:
        return finding
    return Finding(finding.code, "" if finding.code in NAMED_BY_ONE else MODULE.sub("", key[1]))


MODULE = re.compile(r"\b\w+\.")
"""What stands before the name of a class where there is another one of that name in the message."""

FIRST_NAME = re.compile(r'"([^"]+)"')
KEYS = {"wire-captive": re.compile(r'shorter-lived "([^"]+)"')}
NAMED_BY_ONE = frozenset({"wire-cycle", "wire-async", "wire-override"})


class Difference(NamedTuple):
    """A part of a program about which the heads disagree."""

    part: str
    static: frozenset[Finding]
    running: frozenset[Finding]


def differences(static: Verdict, running: Verdict) -> Iterator[Difference]:
    """Yield the parts about which the heads disagree; of a container that cannot be made nothing can be asked."""
    static, running = _without_modules(static), _without_modules(running)
    if running.undecided:
        static, running = in_short(static), in_short(running)
    if static.seal or running.seal:
        expected, said = static.seal, running.seal
        if TARGET in _codes(said):
            # A call has refused its target: of what is wrong elsewhere nothing is known.
            expected &= said
        if _codes(said) - {CONTEXT}:
            # mypy looks at the values that are given in any case, the container only if the wiring works.
            expected, said = (frozenset(one for one in each if one.code != CONTEXT) for each in (expected, said))
        one_value = _codes(said) == {CONTEXT} and said <= expected  # the container refuses the first that is wrong
        if expected != said and not one_value:
            yield Difference(SEAL, expected, said)
        return
    for part in sorted(static.parts.keys() | running.parts.keys()):
        expected, said = (verdict.parts.get(part, frozenset[Finding]()) for verdict in (static, running))
        if part.startswith(TRUSTING):
            said = frozenset(one for one in said if one.code != CONTEXT)
        # Of what is wrong with one question in several ways of choosing, mypy names one.
        one_of_them = running.undecided and bool(expected) and expected <= said
        if expected != said and not one_of_them:
            yield Difference(part, expected, said)


def _codes(findings: Iterable[Finding]) -> set[str]:
    return {finding.code for finding in findings}
