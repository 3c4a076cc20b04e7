"""Keys: one form for all spellings of a type, and their names."""

import collections.abc
import runpy
import sys
import typing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, NewType, Optional, Protocol, TypeGuard, TypeVar, Union

import pytest
from typing_extensions import TypeAliasType

from tests.wiring import untyped
from wireproof._inspect.keys import NotAKeyError, RuntimeKeys, canonical, check_key, class_name, key_name

T = TypeVar("T")
K = TypeVar("K")


class User:
    class Id:
        pass


class Admin(User):
    pass


class Repo(Generic[T]):
    pass


class Table(Generic[K, T]):
    pass


class UserRepo(Repo[User]):
    pass


class Named(Protocol):
    name: str


class Stubborn(type):
    """A metaclass that refuses to be asked about subclasses."""

    def __subclasscheck__(cls, subclass: type) -> bool:
        raise TypeError


class Refusing(metaclass=Stubborn):
    pass


UserName = NewType("UserName", str)
Users = TypeAliasType("Users", Repo[User])
Rows = TypeAliasType("Rows", list[T], type_params=(T,))
Swapped = TypeAliasType("Swapped", Table[T, K], type_params=(K, T))
Itself = TypeAliasType("Itself", T, type_params=(T,))
Ignoring = TypeAliasType("Ignoring", Repo[Any], type_params=(T,))


@pytest.mark.parametrize(
    "key", [User, User.Id, Named, UserName, Repo[User], Table[int, User], list[int], type(None), UserRepo], ids=str
)
def test_plain_types_are_keys(key: object) -> None:
    """Classes, Protocols, NewTypes and parametrised types stand for themselves."""
    assert canonical(key) == key


@pytest.mark.parametrize(
    ("spelled", "key"),
    [
        (Annotated[User, "main"], User),
        (Annotated[Repo[User], 1], Repo[User]),
        (Repo[Annotated[User, 1]], Repo[User]),
        (typing.List[int], list[int]),  # noqa: UP006  # the old spellings are meant
        (typing.Dict[str, int], dict[str, int]),  # noqa: UP006
        (typing.List, list),  # noqa: UP006
        (typing.Sequence[User], collections.abc.Sequence[User]),
        (typing.Callable[[int], str], collections.abc.Callable[[int], str]),
        (typing.Callable[..., str], collections.abc.Callable[..., str]),
        (Optional[User], User | None),  # noqa: UP045
        (Union[User, Repo[int]], User | Repo[int]),  # noqa: UP007
        (User | Annotated[None, 1], User | None),
        (None, type(None)),
        (Repo[Any], Repo),
        (Table[Any, Any], Table),
        (Users, Repo[User]),
        (untyped(Rows)[int], list[int]),
        (untyped(Rows)[Annotated[User, 1]], list[User]),
        (untyped(Swapped)[int, User], Table[User, int]),
        (untyped(Itself)[User], User),
        (untyped(Ignoring)[User], Repo),
        (list[Users], list[Repo[User]]),
        (typing.Tuple[int, ...], tuple[int, ...]),  # noqa: UP006
    ],
    ids=str,
)
def test_spellings_are_one_key(spelled: object, key: object) -> None:
    """All spellings of a type are equal and hash alike once they are canonical."""
    assert canonical(spelled) == key
    assert hash(canonical(spelled)) == hash(canonical(key))


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the type statement is new in Python 3.12")
def test_an_alias_that_mentions_itself_is_written_out_once(tmp_path: Path) -> None:
    """It is what it stands for; as an argument, where that would have no end, it is itself."""
    module = tmp_path / "aliases.py"
    module.write_text("type Json = int | list[Json]\ntype Tree[T] = tuple[T, list[Tree[T]]]\n", "utf-8")
    aliases = runpy.run_path(str(module))
    json, tree = aliases["Json"], aliases["Tree"][User]
    jsons, trees = untyped(list)[json], untyped(list)[tree]
    assert canonical(json) == int | jsons
    assert canonical(jsons) == jsons
    assert canonical(tree) == untyped(tuple)[User, trees]


def test_order_of_a_union_does_not_matter() -> None:
    """A union is the same key whatever the order of its members."""
    assert canonical(User | None) == canonical(untyped(Union)[None, User])
    assert hash(canonical(User | None)) == hash(canonical(untyped(Union)[None, User]))


def test_partly_known_arguments_are_kept() -> None:
    """Only a generic of which nothing is said is the bare class."""
    assert canonical(Table[Any, User]) == Table[Any, User]
    assert canonical(Table[Any, User]) != canonical(Table)


def test_new_types_differ_from_what_they_stand_for() -> None:
    """A NewType is a key of its own."""
    assert canonical(UserName) != canonical(str)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("User", "not a string; tell two objects of one class apart by typing.NewType"),
        (3, "not an instance of int"),
        ([User], "not an instance of list"),
        (User(), "not an instance of User"),
        (lambda: User(), "not an instance of function"),  # noqa: PLW0108
        (Any, "Any says nothing about what is wanted"),
        (T, "a type variable stands for no type yet"),
        (..., "not an instance of ellipsis"),
    ],
)
def test_what_is_no_key(given: object, words: str) -> None:
    """What is no type, or says nothing, is refused with the reason, and by users' calls with their name."""
    with pytest.raises(NotAKeyError, match=words):
        canonical(given)
    with pytest.raises(TypeError, match=rf"resolve\(.*\): .*{words}"):
        check_key("resolve", given)


@pytest.mark.parametrize(
    ("key", "short", "full"),
    [
        (User, "User", f"{__name__}.User"),
        (User.Id, "User.Id", f"{__name__}.User.Id"),
        (int, "int", "int"),
        (UserName, "UserName", f"{__name__}.UserName"),
        (Repo[User], "Repo[User]", f"{__name__}.Repo[{__name__}.User]"),
        (dict[str, list[int]], "dict[str, list[int]]", "dict[str, list[int]]"),
        (User | None, "User | None", f"{__name__}.User | None"),
        (type(None), "None", "None"),
        (tuple[int, ...], "tuple[int, ...]", "tuple[int, ...]"),
        (Callable[[User], int], "Callable[[User], int]", f"collections.abc.Callable[[{__name__}.User], int]"),
        (Callable[[], int], "Callable[[], int]", "collections.abc.Callable[[], int]"),
        (Sequence[int], "Sequence[int]", "collections.abc.Sequence[int]"),
        (dict[str, Any], "dict[str, Any]", "dict[str, Any]"),
    ],
)
def test_names(key: object, short: str, full: str) -> None:
    """A key is shown as one would type it, and in full with its modules."""
    keys = RuntimeKeys()
    assert (keys.short(canonical(key)), keys.full(canonical(key))) == (short, full)


def test_literal_arguments_are_shown() -> None:
    """An argument that is no type is shown as it is written."""
    assert key_name(canonical(Repo[Literal["a"]])) == "Repo[Literal['a']]"


def test_local_class_is_named_as_where_it_is_visible() -> None:
    """The function around a local class is not part of its name."""

    class Local:
        pass

    assert class_name(Local) == "Local"
    assert class_name(Local, qualified=True) == f"{__name__}.Local"


def test_what_has_no_name_is_shown_by_its_repr() -> None:
    """Anything can be named, if only by its repr."""
    assert class_name(3) == "3"


@pytest.mark.parametrize(
    ("built", "key", "expected"),
    [
        (User, User, True),
        (Admin, User, True),
        (User, Admin, False),
        (bool, int, True),
        (int, float, True),
        (float, int, False),
        (int, complex, True),
        (float, complex, True),
        (str, float, False),
        (UserRepo, Repo[User], True),
        (User, Repo[User], False),
        (User, object, True),
        (User, Named, None),
        (Repo[User], Repo[Admin], None),
        (Repo[User], User, False),
        (tuple[User, int], Admin, False),
        (type[User], Refusing, None),
        (type[User], Admin, None),
        (Callable[[], User], Admin, None),
        (Admin | User, User, True),
        (Admin | User, Admin, False),
        (UserName, str, True),
        (UserName, User, False),
        (Admin | Callable[[], User], User, None),
        (User, UserName, None),
        (User, User | None, True),
        (User, Admin | None, False),
        (User, Admin | Named, None),
        (User, Refusing, None),
    ],
)
def test_assignable(built: object, key: object, expected: bool | None) -> None:  # noqa: FBT001
    """Nominal classes are compared; what only a type checker can decide is not known."""
    assert RuntimeKeys().assignable(canonical(built), canonical(key)) is expected


def test_special_forms_inside_stay() -> None:
    """A special form that is no key may stand within one."""
    guard = Callable[[object], TypeGuard[int]]
    assert canonical(guard) == guard
