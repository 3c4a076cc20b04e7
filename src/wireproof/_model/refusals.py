"""What can never be provided, and what to do instead: said by the call that is given it, and by mypy."""

from enum import Enum

STRING = "a key is a type, not a string"
INSTEAD_OF_STRING = "tell two objects of one class apart by typing.NewType"

COROUTINE_FUNCTION = "that is a coroutine function"
INSTEAD_OF_CALL = "use acall: await container.acall({name})"
POSITIONAL_ONLY = "must not be positional-only"
INSTEAD_OF_POSITIONAL_ONLY = "let it stand after the slash"
STARRED = "must not be starred"
INSTEAD_OF_STARRED = "write one parameter for each thing that is wanted"


class Refusal(Enum):
    """Why a target is none; each with what is wrong and what to type, in which ``{name}`` stands for the target."""

    NOT_ENTERED = "it returns a context manager", "to enter that, write provide({name}, enter=True)"
    METHOD_NOT_ENTERED = "it returns a context manager", "leave out its other decorator: a generator is enough"
    ENTERED_TWICE = (
        "it can be entered with and without async",
        "wrap it in a function under @contextmanager or @asynccontextmanager",
    )
    NOT_ENTERABLE = (
        "it does not return a context manager, as far as its annotation says",
        "annotate it, or leave out enter=True",
    )
    ENUM = "it is an Enum, whose members exist already", "provide one of them: bind({name}).instance(...)"
    NEW_TYPE = "it is a NewType, which builds nothing", "provide a value: bind({name}).instance(...)"
    TYPED_DICT = "it is a TypedDict, and would have no keys", "provide a value: bind({name}).instance(...)"

    def headline(self, name: str) -> str:
        """Return what is wrong, in one line."""
        return f'"{name}" cannot be provided: {self.value[0]}'

    def fix(self, name: str) -> str:
        """Return what to do."""
        return self.value[1].format(name=name)

    def text(self, where: str, name: str) -> str:
        """Return both, for the exception of the call ``where``."""
        return f"{where}: {self.headline(name)}; {self.fix(name)}  [wire-target]"
