"""What a container holds, read as far as it is asked for.

Who changes one handler waits for mypy to read what that handler asks for, not the whole application. So of most
registrations at first only the key is read, and `Contents.part` then reads those that a key comes down to. For this key
the graph of these alone is like the whole one: all that is registered for any key in it is there.

What looks at other keys as well can differ: near misses, and whether something that is made on demand has been checked
elsewhere. A problem that a part shows is therefore looked for again in the whole, which decides, and words it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import Type

from wireproof._model.binding import Binding, Kind
from wireproof._model.graph import Graph

from .keys import TypeKey
from .read import KEYS, read_held, with_promises
from .walk import Walk


class Reading(NamedTuple):
    """A graph and the walk that it was read by."""

    graph: Graph[TypeKey]
    walk: Walk


class _Item:
    """What is registered at one place, read when it is needed."""

    def __init__(self, order: tuple[int, int, int, int], read: Callable[[Walk], None]) -> None:
        """Take its place in the order of registration, and what reads it."""
        self.order = order
        self._read = read
        self._found: tuple[Sequence[Binding[TypeKey]], Iterable[TypeInfo]] | None = None

    def read(self, walk: Walk) -> tuple[Sequence[Binding[TypeKey]], Iterable[TypeInfo]]:
        """Return the bindings, and the classes that were read for them only now."""
        if self._found is None:
            aside = walk.aside()
            self._read(aside)
            self._found = aside.bindings, aside.classes
        return self._found


class _Index:
    """What is registered for each key, and for the empty string what has no key.

    For registrations that nobody asks for there is only a pair of numbers: of the run that it is in, and in this run.
    """

    def __init__(self, walk: Walk) -> None:
        """Put everything in its place."""
        self._runs = walk.deferred or []
        self._items: dict[str, list[_Item]] = {}
        self._put_off: dict[str, list[tuple[int, int]]] = {}
        for number, binding in enumerate(walk.bindings):
            key = "" if binding.key is None else binding.key
            self._items.setdefault(key, []).append(_Item((number, 1, 0, 0), partial(_take, binding)))
        for number, run in enumerate(self._runs):
            for place, (entry, _) in enumerate(run.entries):
                self._put_off.setdefault(entry.key, []).append((number, place))

    def items(self, key: str) -> Sequence[_Item]:
        """Return what is registered for a key."""
        put_off = self._put_off.pop(key, ())
        if put_off:
            self._items.setdefault(key, []).extend(self._item(number, place) for number, place in put_off)
        return self._items.get(key, ())

    def _item(self, number: int, place: int) -> _Item:
        position, entries, read = self._runs[number]
        entry, definer = entries[place]
        return _Item((position, 0, number, place), partial(read, entry.name, definer))

    def all(self) -> Iterator[_Item]:
        """Return everything."""
        for key in {*self._items, *self._put_off}:
            yield from self.items(key)

    def size(self) -> int:
        """Return how many items there are."""
        return sum(map(len, self._items.values())) + sum(map(len, self._put_off.values()))


class Contents:
    """What the type of a container says that it holds.

    Args:
        api: the checker.
        scope: the scope of the container.
        held: what its type says.
    """

    def __init__(self, api: TypeChecker, scope: TypeInfo | None, held: Type) -> None:
        """Read the keys."""
        self.walk: Walk = Walk(api, scope, deferred=[])
        read_held(self.walk, held)
        self._index = _Index(self.walk)
        self._needs: dict[str, list[TypeKey]] = {}
        self._whole: Reading | None = None
        self._work_left = self._index.size()

    def whole(self) -> Reading:
        """Return everything."""
        if self._whole is None:
            walk = self._walk_of(self._index.all())
            walk.classes |= self.walk.classes
            self._whole = Reading(with_promises(walk), walk)
        return self._whole

    def part(self, key: TypeKey) -> Reading:
        """Return as much as asking for a key comes down to.

        If that would in the end be more work than reading the whole, the graph is that of the whole.
        """
        chosen = self._chosen(key)
        self._work_left -= len(chosen)
        walk = self._walk_of(chosen)
        return Reading(with_promises(walk) if self._work_left > 0 else self.whole().graph, walk)

    def _walk_of(self, items: Iterable[_Item]) -> Walk:
        """Return the walk that would have found these items, and nothing else."""
        found = [item.read(self.walk) for item in sorted(items, key=lambda item: item.order)]
        bindings = [binding for bindings, _ in found for binding in bindings]
        return self.walk.of(bindings, {info for _, classes in found for info in classes})

    def _chosen(self, key: TypeKey) -> set[_Item]:
        """Return what is registered for a key, for what that needs, and so on."""
        chosen = set(self._index.items(""))
        waiting, seen = [key], set[str]()
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                chosen.update(self._index.items(current))
                waiting += self._needed(current)
        return chosen

    def _needed(self, key: TypeKey) -> list[TypeKey]:
        """Return what is needed by what is registered for a key, and what the key means by its form."""
        known = self._needs.get(key)
        if known is None:
            known = self._needs[key] = [*_keys(self._bindings(key)), *self._behind(key)]
        return known

    def _behind(self, key: TypeKey) -> Iterator[TypeKey]:
        """Yield what a key means by its form, and what is needed by what is made for it on demand."""
        derived, generic = KEYS.derive(key), KEYS.generic(key)
        if derived is not None and derived.inner is not None:
            yield derived.inner
        if generic is not None:
            yield generic
        sources = [*self._bindings("" if generic is None else generic), *self._bindings("")]
        for source in sources:
            if source.open or source.kind is Kind.AUTOWIRE:
                made = KEYS.specialise(source, key) if source.open else KEYS.construct(key, source)
                yield from _keys([] if made is None else [made])

    def _bindings(self, key: str) -> Iterator[Binding[TypeKey]]:
        for item in self._index.items(key):
            yield from item.read(self.walk)[0]


def _take(binding: Binding[TypeKey], walk: Walk) -> None:
    walk.bindings.append(binding)


def _keys(bindings: Iterable[Binding[TypeKey]]) -> Iterator[TypeKey]:
    for binding in bindings:
        parameters = chain(binding.parameters, *binding.overloads)
        yield from (parameter.key for parameter in parameters if parameter.key is not None)
