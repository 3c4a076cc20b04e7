"""Keys from mypy's types: which are the same, and what they are called."""

import pytest

from tests.mypy_plugin.samples import sample
from wireproof.mypy_plugin.keys import ANY_SAYS_NOTHING, KeyReading, TypeKeys, make_key, read_key

KEYS = TypeKeys()

NAMES = {
    "plain": ("User", "sample.User"),
    "builtin": ("int", "int"),
    "nested": ("Outer.Inner", "sample.Outer.Inner"),
    "generic": ("Repo[User]", "sample.Repo[sample.User]"),
    "of_any": ("Repo", "sample.Repo"),
    "partly_any": ("dict[str, Any]", "dict[str, Any]"),
    "union": ("User | int", "sample.User | int"),
    "optional": ("User | None", "sample.User | None"),
    "marked": ("User", "sample.User"),
    "new_type": ("Dsn", "sample.Dsn"),
    "sequence": ("Sequence[User]", "collections.abc.Sequence[sample.User]"),
    "function": ("Callable[[int], User]", "collections.abc.Callable[[int], sample.User]"),
    "anything": ("Callable[..., User]", "collections.abc.Callable[..., sample.User]"),
    "pair": ("tuple[int, User]", "tuple[int, sample.User]"),
    "named": ("Point", "sample.Point"),
    "kind": ("type[User]", "type[sample.User]"),
}


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    """A key has a name as one would type it, and one with modules."""
    key = make_key(sample(name))
    assert (KEYS.short(key), KEYS.full(key)) == NAMES[name]


@pytest.mark.parametrize(
    ("one", "other"), [("union", "turned"), ("union", "alias"), ("bare", "of_any"), ("plain", "marked")]
)
def test_the_same_key_in_two_spellings(one: str, other: str) -> None:
    """The order of a union, aliases, Annotated and Any for all arguments make no other key."""
    assert make_key(sample(one)) == make_key(sample(other))


@pytest.mark.parametrize(("one", "other"), [("generic", "of_any"), ("plain", "optional"), ("new_type", "builtin")])
def test_different_keys(one: str, other: str) -> None:
    """What is not the same type is not the same key."""
    assert make_key(sample(one)) != make_key(sample(other))


def test_any_is_no_key() -> None:
    """An explicit Any says why it is none, also where it is a member of a union."""
    assert read_key(sample("explicit")) == KeyReading(None, ANY_SAYS_NOTHING)
    assert read_key(sample("with_any")) == KeyReading(None, ANY_SAYS_NOTHING)


def test_assignable_asks_mypy() -> None:
    """A member of a union is assignable to it, and not the other way round."""
    union, user = make_key(sample("union")), make_key(sample("plain"))
    assert KEYS.assignable(user, union) is True
    assert KEYS.assignable(union, user) is False
