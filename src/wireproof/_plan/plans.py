"""Plans: how each binding is built in each frame, as frozen data with every policy decided."""

from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from wireproof._collect.recipe import Make
from wireproof._inspect.keys import Key
from wireproof._model.binding import Binding
from wireproof._plan.frames import Frame


class Storage(Enum):
    """Where a built instance is kept."""

    __hash__ = object.__hash__  # as in `Kind`

    GLOBAL = "global"
    """In a global of the generated module: there is one container for it."""

    SLOT = "slot"
    """In a slot of the scope object."""

    EXTRA = "extra"
    """In a dictionary of the scope object: nobody knew of it when the object's class was made."""

    NOWHERE = "nowhere"
    """Each request builds a new one."""


class Claim(Enum):
    """How whoever builds an instance makes sure to be the only one; see `wireproof._runtime.claims`."""

    __hash__ = object.__hash__  # as in `Kind`

    NOTHING = "nothing"
    """By nothing: several may build, and the first published wins."""

    GLOBAL = "global"
    """By deleting a global of the generated module."""

    SLOT = "slot"
    """By emptying a slot of the scope object, which is a matter of one instruction under a global interpreter lock."""

    ENTRY = "entry"
    """By an entry in a dictionary of the scope object."""


class Closing(Enum):
    """What ``on_close`` is."""

    __hash__ = object.__hash__  # as in `Kind`

    NOTHING = "nothing"
    SYNC = "sync"
    ASYNC = "async"


class Ending(Enum):
    """What may have to be undone at the end of a scope object."""

    NOTHING = "nothing"

    GENERATORS = "generators"
    """Generators of one and the same scope; so they are finished in the reverse order of their creation."""

    ASYNC_GENERATORS = "async generators"
    BOTH_GENERATORS = "generators and async generators"

    ANYTHING = "anything"
    """All else: also context managers, ``on_close``, several scopes that end together."""


class Constant(NamedTuple):
    """A value that is the same each time: a default, None for a ``T | None`` that nothing provides."""

    value: object


class Current(NamedTuple):
    """The scope itself."""


class Later(NamedTuple):
    """A function that resolves a key in the same scope, when it is called."""

    key: Key
    awaited: bool


class Collected(NamedTuple):
    """Several values together."""

    values: "tuple[Value, ...]"


class Reference(NamedTuple):
    """The instance of another binding: its plan, and how many frames out that one's scope object is."""

    plan: "Plan"
    hops: int


class Below(NamedTuple):
    """What a binding that an override leaves alone gives, in the scope object that this one lies over."""

    binding: Binding[Key]
    frame: Frame


Value: TypeAlias = Reference | Constant | Current | Later | Collected | Below
"""How code gets at what a key stands for."""


class Argument(NamedTuple):
    """What is passed for one parameter."""

    keyword: str
    """Empty if it is passed by position."""

    value: Value


class Plan:
    """How to build one binding in one frame. The planner fills in the arguments; nothing else ever changes.

    Args:
        symbol: a name for generated code, unique among the plans of a container and its overrides.
        name: what messages call it.
        frame: where it is built; for a kept instance, also where it is kept.
        make: how.
        target: what is called; for a value, the value.
        storage: where it is kept.
        claim: how building it is claimed.
        awaits: whether building it, or anything it needs, awaits.
        on_close: what is called with it at the end, if anything is.
        closing: what that is.
        depth: which of the scopes of the frame it belongs to, for the order of cleanup.
        binding: what it is the plan of.
        counted: whether building and reuse are counted.
    """

    __slots__ = (
        "arguments",
        "awaits",
        "binding",
        "claim",
        "closing",
        "counted",
        "depth",
        "frame",
        "make",
        "name",
        "on_close",
        "storage",
        "symbol",
        "target",
    )

    def __init__(  # noqa: PLR0913  # a record
        self,
        *,
        symbol: str,
        name: str,
        frame: Frame,
        make: Make,
        target: Any,
        storage: Storage,
        claim: Claim,
        awaits: bool,
        on_close: Any,
        closing: Closing,
        depth: int,
        binding: Binding[Key],
        counted: bool,
    ) -> None:
        """Keep what was decided."""
        self.symbol: str = symbol
        self.name: str = name
        self.frame: Frame = frame
        self.make: Make = make
        self.target: Any = target
        self.storage: Storage = storage
        self.claim: Claim = claim
        self.awaits: bool = awaits
        self.on_close: Any = on_close
        self.closing: Closing = closing
        self.depth: int = depth
        self.binding: Binding[Key] = binding
        self.counted: bool = counted
        self.arguments: tuple[Argument, ...] = ()


def references(value: Value) -> list[Reference]:
    """Return the instances that a value is made of."""
    if isinstance(value, Reference):
        return [value]
    return [one for part in value.values for one in references(part)] if isinstance(value, Collected) else []


def needed(plan: Plan) -> list[Reference]:
    """Return the instances that a plan passes on."""
    return [one for argument in plan.arguments for one in references(argument.value)]
