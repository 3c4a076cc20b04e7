"""Functions of the same shape are compiled once, and linked for each plan with names of its own.

Compiling takes ten times as long as writing. Most functions of a container differ in nothing but names, so their
text is compiled with its words numbered, in the order in which they come; each function is then a copy of that code
object with its own words, its own file and its own lines.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from keyword import kwlist
from types import CodeType
from typing import Any, cast

_KEYWORDS = {word: word for word in kwlist}

SHAPES = 512
"""How many shapes are remembered, for all containers."""


class _Numbers(dict[str, str]):
    """Gives each word a number; keywords stand for themselves."""

    def __missing__(self, word: str) -> str:
        number = self[word] = f"w{len(self)}"
        return number


def numbered(text: str) -> tuple[str, dict[str, str]]:
    """Return a text with its words numbered, and the word that each number stands for."""
    import re  # noqa: PLC0415  # slow to load, and not needed before the first resolution

    numbers = _Numbers(_KEYWORDS)
    parts = re.split(r"([^\W\d]\w*)", text)  # every second one is a word
    parts[1::2] = map(numbers.__getitem__, parts[1::2])
    return "".join(parts), {number: word for word, number in numbers.items()}


def link(shape: str, words: Mapping[str, str], file: str, line: int) -> CodeType:
    """Return code that defines a function when it is executed, as the code compiled from the text would.

    Only a function that is made by executing ``def`` gets what CPython needs to make calls of it fast.

    Args:
        shape: the numbered text: one ``def`` or ``async def``, without nested functions, defaults and annotations.
        words: what the numbers stand for.
        file: what tracebacks call its file.
        line: the line in the file at which the text begins.
    """
    module, code = _compiled(shape)
    name = words[code.co_name]
    linked = code.replace(
        co_name=name,
        co_qualname=name,
        co_filename=file,
        co_firstlineno=line,
        co_names=tuple([words[one] for one in code.co_names]),
        co_varnames=tuple([words[one] for one in code.co_varnames]),
        co_consts=tuple([_renamed(one, words) for one in code.co_consts]),
    )
    consts = tuple([linked if one is code else _renamed(one, words) for one in module.co_consts])
    return module.replace(co_filename=file, co_names=(name,), co_consts=consts)


def _renamed(constant: Any, words: Mapping[str, str]) -> Any:
    """Return a constant with the words that are meant: a string, or a tuple, as of the names of a call's arguments."""
    if isinstance(constant, str):
        return words[constant]
    if isinstance(constant, tuple):
        parts = cast("tuple[object, ...]", constant)
        return tuple([_renamed(part, words) for part in parts])
    return constant


@lru_cache(SHAPES)
def _compiled(shape: str) -> tuple[CodeType, CodeType]:
    """Return the code of a module that defines a function, and that of the function, which is one of its constants."""
    module = compile(shape, "<shape>", "exec")
    [code] = [one for one in module.co_consts if isinstance(one, CodeType)]
    bare = code.replace(co_linetable=bytes(_lines(code)))
    return module.replace(co_consts=tuple(bare if one is code else one for one in module.co_consts)), bare


def _lines(code: CodeType) -> Iterator[int]:
    """Yield the line table without columns, which are not those of the words that will stand there.

    The format is that of CPython's ``Objects/locations.md``: for up to eight instructions one byte that says so and
    which kind of entry it is, and then the difference to the line before, as a number with its sign in the lowest bit.
    """
    before = code.co_firstlineno
    for start, end, line in code.co_lines():
        for first in range(start, end, _BYTES):
            length = (min(first + _BYTES, end) - first) // 2 - 1
            if line is None:
                yield _NO_LINE | length
                continue
            yield _LINE_ALONE | length
            yield from _number((line - before) << 1 if line >= before else (before - line) << 1 | 1)
            before = line


_BYTES = 16
_LINE_ALONE, _NO_LINE = 0x80 | 13 << 3, 0x80 | 15 << 3


def _number(value: int) -> Iterator[int]:
    """Yield a number, six bits at a time, the lowest first."""
    while value > 0x3F:  # noqa: PLR2004  # as many as six bits hold
        yield 0x40 | value & 0x3F
        value >>= 6
    yield value
