"""Contents of containers, so that asking one container many times reads its sources once.

No answer depends on what is kept here. Contents say what the attributes of classes are, and the question is how long
that stays true:

- While a module is being checked, its attributes are still being inferred. A graph that looks into such a module is
  dropped as soon as mypy turns to another module or processes the same one again. One in which something was not
  inferred yet is not kept at all.
- When a module has been checked, or came from the cache, nothing in it changes any more: mypy drops its statements
  then, so that there is nothing left to infer from. A graph of such modules alone is kept for the rest of the run.
  This is what makes the cost of many modules that ask one container that of reading it once.
- The daemon keeps the statements, and changes classes in place. There, all is dropped with the module.

What a graph was found by is the classes themselves, not their names: in another run of mypy in the same process they
are others. So is the dictionary of modules, by which the graphs of the run before are dropped.
"""

from collections.abc import Iterable

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import Type, UnionType, get_proper_type

from . import dependencies
from .contents import Contents
from .lookup import is_settled

Known = dict[tuple[tuple[Type, ...], TypeInfo | None], Contents]
"""By what a container holds, in order: for mypy a union is the same in any, but of two providers the first counts."""


class Memo:
    """What was read in one pass over one module, and of that what is settled for the whole run."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._run: object = None
        self._pass: tuple[object, int] = (None, 0)
        self._of_pass: Known = {}
        self._settled: Known = {}

    def read(self, api: TypeChecker, held: Type, scope: TypeInfo | None) -> Contents:
        """Return what was read before, or else read it.

        Args:
            api: the checker; mypy gives it another ``scope`` object each time it starts anew.
            held: what a container holds.
            scope: where it is.
        """
        self._forget(api)
        proper = get_proper_type(held)
        asked = (tuple(proper.items) if isinstance(proper, UnionType) else (held,), scope)
        known = self._of_pass.get(asked)
        if known is not None:
            return known
        contents = self._settled.get(asked) or Contents(api, scope, held)
        dependencies.record(api, contents.walk.classes)
        if not contents.walk.unready:
            self._of_pass[asked] = contents
            if _is_settled(api, contents.walk.classes):
                self._settled[asked] = contents
        return contents

    def _forget(self, api: TypeChecker) -> None:
        """Drop what may have become false."""
        if self._run is not api.modules:
            self._run, self._settled = api.modules, {}
        current = (api.scope, api.pass_num)
        if self._pass[0] is not current[0] or self._pass[1] != current[1]:
            self._pass, self._of_pass = current, {}


def _is_settled(api: TypeChecker, classes: Iterable[TypeInfo]) -> bool:
    """Whether nothing changes any more in the classes that were looked into; of others only names are used."""
    return all(is_settled(api, name) for name in {base.module_name for info in classes for base in info.mro})


MEMO = Memo()
