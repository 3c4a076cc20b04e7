"""Graphs as trees."""

from tests._model.strings import APP, REQUEST, alias, bound, graph, need, required
from wireproof._model.alternatives import Branch, Choice
from wireproof._model.binding import DERIVED, Binding, Kind, replace
from wireproof._model.tree import HOW, tree


def shown(*bindings: Binding[str], opaque: bool = False) -> list[str]:
    """Return the tree of a graph without its heading."""
    return tree(graph(*bindings, opaque=opaque), APP)[1:]


def test_the_heading_says_where_the_container_is() -> None:
    """A scope that is not known is a question mark."""
    assert tree(graph(), REQUEST) == ["Revealed graph at REQUEST:", "  empty"]
    assert tree(graph(), None)[0] == "Revealed graph at ?:"


def test_what_nothing_needs_comes_first_and_what_it_needs_below() -> None:
    """Each line has the parameter, the key, its scope, who provides it, and where that is written."""
    assert shown(bound("Config"), bound("Users", "Config", scope=REQUEST)) == [
        "  Users (REQUEST) by make_users [app.make_users]",
        "    config: Config (APP) by make_config [app.make_config]",
    ]


def test_requirements_are_what_a_tree_begins_with() -> None:
    """They say what is asked for, also where something else needs it as well."""
    lines = shown(bound("Config"), bound("Web", "Config"), required("Config", REQUEST, awaited=True))
    assert lines == [
        "  Config (REQUEST) required by require(Config) [app.Web.needs], awaited",
        "    Config (APP) by make_config [app.make_config]",
        "  Web (APP) by make_web [app.make_web]",
        "    config: Config (APP) by make_config [app.make_config]",
    ]


def test_what_has_needs_is_unfolded_once() -> None:
    """The second time there is a reference."""
    lines = shown(bound("A", "C"), bound("B", "C"), bound("C", "D"), bound("D"))
    assert [line.strip() for line in lines if " C " in line] == [
        "c: C (APP) by make_c [app.make_c]",
        "c: C (APP) by make_c [app.make_c], see above",
    ]
    assert sum("d: D" in line for line in lines) == 1


def test_a_circle_ends() -> None:
    """What is only needed by itself begins with the one that was registered first."""
    assert shown(bound("A", "B"), bound("B", "later A")) == [
        "  A (APP) by make_a [app.make_a]",
        "    b: B (APP) by make_b [app.make_b]",
        "      later a: later A -> A (APP) by make_a [app.make_a], see above",
    ]


def test_a_long_chain_is_no_problem() -> None:
    """The depth of Python's stack is no limit."""
    chain = [bound(f"K{number}", f"K{number + 1}") for number in range(3000)]
    assert len(shown(*chain, bound("K3000"))) == 3001


def test_derived_keys_show_what_is_behind_them() -> None:
    """A collection has a line for each member."""
    lines = shown(
        bound("Health", "all Check", "async Clock", "maybe Clock", "container"),
        bound("Check", kind=Kind.CONTRIBUTION),
        bound("Check", kind=Kind.CONTRIBUTION),
        bound("Clock", asynchronous=True),
    )
    assert [line.strip() for line in lines[1:]] == [
        "all check: all Check -> Check (APP) contributed by make_check [app.make_check]",
        "all check: all Check -> Check (APP) contributed by make_check [app.make_check]",
        "async clock: async Clock -> Clock (APP) by make_clock [app.make_clock], async",
        "maybe clock: maybe Clock -> Clock (APP) by make_clock [app.make_clock], async",
        "container: the scope itself",
    ]


def test_what_nothing_is_built_for_says_so() -> None:
    """A parameter with a default keeps it, and is not shown."""
    lines = shown(
        bound("Health", "all Check", "maybe Clock", "later maybe Clock", "later container", "Config", need("Size=")),
        bound("Check", kind=Kind.CONTRIBUTIONS),
    )
    assert [line.strip() for line in lines[1:-1]] == [
        "all check: all Check, empty",
        "maybe clock: maybe Clock, no provider here",
        "later maybe clock: later maybe Clock, no provider here",
        "later container: the scope itself",
        "config: Config, no provider here",
    ]


def test_what_is_replaced_is_named() -> None:
    """It takes no part itself."""
    assert shown(bound("Clock"), bound("Clock", replaces=1)) == [
        "  Clock (APP) by make_clock [app.make_clock], replacing make_clock",
    ]
    assert shown(bound("Clock", replaces=1)) == ["  Clock (APP) by make_clock [app.make_clock], replacing"]


def test_decorations_and_aliases_stand_above_what_they_are_for() -> None:
    """There is no parameter to be named."""
    decoration = bound("Users", need("Users")._replace(name=""), "Clock", kind=Kind.DECORATION, scope=None)
    assert shown(bound("Users"), bound("Clock"), decoration, alias("Other", "Clock")) == [
        "  Users (APP) decorated by make_users [app.make_users]",
        "    Users (APP) by make_users [app.make_users]",
        "    clock: Clock (APP) by make_clock [app.make_clock]",
        "  Other (APP) alias, by make_other [app.make_other]",
        "    Clock (APP) by make_clock [app.make_clock]",
    ]


def test_of_alternatives_each_is_shown() -> None:
    """With the one it belongs to, and with the case in which there is nothing."""
    choice = Choice(("S3", "Local", ""))
    first, second = (replace(bound("Disk"), condition=(Branch(choice, number),)) for number in range(2))
    assert [line.strip() for line in shown(bound("Files", "Disk"), first, second)] == [
        "Files (APP) by make_files [app.make_files]",
        "disk: Disk (APP) by make_disk [app.make_disk], if it is S3",
        "disk: Disk (APP) by make_disk [app.make_disk], if it is Local",
        "disk: Disk, no provider here, if it is nothing",
    ]


def test_names_that_two_keys_share_are_written_in_full() -> None:
    """Nowhere in the tree are two keys mistaken for one another."""
    lines = shown(bound("a.User"), bound("b.User"))
    assert lines == ["  a.User (APP) by make_user [app.make_user]", "  b.User (APP) by make_user [app.make_user]"]


def test_what_is_not_known_is_marked() -> None:
    """A parameter that nobody can read, and sources that could provide anything."""
    unread = bound("Clock", need("Config")._replace(key=None))
    assert shown(unread, opaque=True)[1:] == ["    config: ?, not known", "  more, about which nothing is known"]


def test_there_are_words_for_every_kind() -> None:
    """Kinds that nobody registers are seen through."""
    assert set(HOW) | DERIVED == set(Kind)
