"""Functions that are not written: of all plans that are built in the same way, the first one's function is the form.

What the function of a plan looks like is decided by how the plan is made and kept, and how what it needs is kept; only
names tell one from another. So a function is written once for each form, and linked for every other plan with the names
of that plan. Its text is written when somebody asks for it: a traceback, a debugger, ``container.graph.code``.
"""

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from operator import attrgetter
from types import CodeType
from typing import NamedTuple

from wireproof._collect.recipe import Make
from wireproof._emit import expressions
from wireproof._emit.functions import Function
from wireproof._emit.linking import link, numbered
from wireproof._plan.plans import Plan, Reference, Storage

Write = Callable[[], Function]


class Form(NamedTuple):
    """What functions have in common that differ in names alone."""

    shape: str
    """The text, with its words numbered."""

    fixed: dict[str, str]
    """The words that are the same in all of them, by their numbers."""

    varying: tuple[tuple[str, int, Callable[[Plan], str]], ...]
    """The numbers of the others, with whose names they are: those of the plan, or of one that it needs."""

    lines: int


class Defined:
    """A function of the generated code, written already or not.

    Args:
        write: writes it.
        form: what it has in common with others; None if that has to be found out by writing it.
        plans: its plan, and those that it needs.
    """

    def __init__(self, write: Write, form: Form | None = None, plans: Sequence[Plan] = ()) -> None:
        """Write nothing yet."""
        self._write = write
        self._form = form
        self._plans = plans

    @cached_property
    def function(self) -> Function:
        """The function as it is written."""
        return self._write()

    @property
    def text(self) -> str:
        """Its text."""
        return "\n".join(self.function.lines)

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len(self.function.lines) if self._form is None else self._form.lines

    def form(self) -> Form:
        """Return what other functions may have in common with it."""
        shape, words = numbered(self.text)
        whose = {name(plan): (place, name) for place, plan in enumerate(self._plans) for name in _NAMES}
        varying = tuple((number, *whose[word]) for number, word in words.items() if word in whose)
        fixed = {number: word for number, word in words.items() if word not in whose}
        return Form(shape, fixed, varying, len(self.function.lines))

    def code(self, file: str, line: int) -> CodeType:
        """Return code that defines it, as text that begins at a line of a file would."""
        if self._form is None:
            shape, words = numbered(self.text)
        else:
            shape, words, plans = self._form.shape, self._form.fixed.copy(), self._plans
            for number, place, name in self._form.varying:
                words[number] = name(plans[place])
        return link(shape, words, file, line)


class Forms:
    """The forms of the functions of one container's plans, each found when the first of its functions is written."""

    def __init__(self) -> None:
        """Know none yet."""
        self._known: dict[Hashable, Form] = {}

    def defined(self, plan: Plan, write: Write, *, awaiting: bool) -> Defined:
        """Return the function of a plan, which is written at once if it is the first of its form."""
        needed = _needed(plan)
        if needed is None:
            return Defined(write)
        plans = (plan, *needed)
        keywords = [keyword for keyword, _ in plan.arguments if keyword]
        if keywords and any(name(one) in keywords for one in plans for name in _NAMES):
            return Defined(write)
        kind = (awaiting, *_kind(plan, needed))
        form = self._known.get(kind)
        defined = Defined(write, form, plans)
        if form is None:
            self._known[kind] = defined.form()
        return defined


_NAMES: tuple[Callable[[Plan], str], ...] = (
    attrgetter("symbol"),
    expressions.get_name,
    expressions.aget_name,
    expressions.instance_name,
    expressions.claim_name,
    expressions.target_name,
    expressions.exit_name,
    expressions.closing_name,
    expressions.key_constant,
)
"""All names in generated code that are made for a plan."""


def _needed(plan: Plan) -> tuple[Plan, ...] | None:
    """Return the plans that one needs, each once; None if what it needs or is has more than names in its text."""
    needed: dict[Plan, None] = {}
    for _, value in plan.arguments:
        if not isinstance(value, Reference) or (value.plan in needed and value.plan.storage is Storage.NOWHERE):
            return None
        needed[value.plan] = None
    return None if plan.make is Make.CONTEXT else tuple(needed)


def _kind(plan: Plan, needed: tuple[Plan, ...]) -> tuple[Hashable, ...]:
    """Return all that the text of a function depends on, but for names."""
    arguments = [
        (keyword, value.hops, value.plan.storage, needed.index(value.plan))
        for keyword, value in plan.arguments
        if isinstance(value, Reference)
    ]
    return (plan.make, plan.storage, plan.claim, plan.closing, plan.counted, *arguments)
