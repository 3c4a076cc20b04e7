"""The plugin's options, and that mistakes in them are said as mypy says such things."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mypy.options import Options

from wireproof.mypy_plugin import WireproofPlugin, _unsupported, plugin
from wireproof.mypy_plugin.config import Configuration, ConfigurationError, read_configuration

FILES = {
    "mypy.ini": "[mypy]\n[wireproof]\nstrict = {}\n",
    "setup.cfg": "[mypy]\n[wireproof]\nstrict = {}\n",
    "pyproject.toml": "[tool.mypy]\n[tool.wireproof]\nstrict = {}\n",
}


def written(folder: Path, name: str, text: str) -> str:
    """Write a configuration file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("value", [True, False])
def test_options_are_read_from_each_kind_of_file(name: str, tmp_path: Path, *, value: bool) -> None:
    """Where mypy itself may be configured, the plugin may be as well."""
    path = written(tmp_path, name, FILES[name].format(str(value).lower()))
    assert read_configuration(path) == Configuration(strict=value)


@pytest.mark.parametrize("text", ["[mypy]\n", ""])
def test_without_a_section_all_options_have_their_defaults(text: str, tmp_path: Path) -> None:
    """No file and no section are no mistake."""
    assert read_configuration(None) == Configuration()
    assert read_configuration(written(tmp_path, "mypy.ini", text)) == Configuration()


LISTS = {
    "mypy.ini": "[wireproof]\nentry_points = shop.Order, shop.Repo[shop.Order],\n",
    "setup.cfg": "[wireproof]\nentry_points =\n  shop.Order\n  shop.Repo[shop.Order]\n",
    "pyproject.toml": '[tool.wireproof]\nentry_points = ["shop.Order", "shop.Repo[shop.Order]"]\n',
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_commas_or_lines_where_all_is_text(name: str, tmp_path: Path) -> None:
    """In an ini file as mypy has it, in a TOML file as a list."""
    found = read_configuration(written(tmp_path, name, LISTS[name]))
    assert found == Configuration(entry_points=frozenset({"shop.Order", "shop.Repo[shop.Order]"}))


def test_an_unknown_option_is_named(tmp_path: Path) -> None:
    """The message says which one, where, and which there are."""
    path = written(tmp_path, "mypy.ini", "[wireproof]\nstrickt = true\n")
    with pytest.raises(
        ConfigurationError, match=r'mypy\.ini: unknown option "strickt" .* it has: entry_points, strict$'
    ):
        read_configuration(path)


WRONG = [
    ("mypy.ini", "strict = perhaps", "\"strict\" of the wireproof plugin is true or false, not 'perhaps'"),
    ("mypy.ini", "strict =", "is true or false, not ''"),
    ("pyproject.toml", 'strict = "true"', "is true or false, not 'true'"),
    ("pyproject.toml", "strict = 1", "is true or false, not 1"),
    ("mypy.ini", "entry_points =", "is a list of full names such as shop.domain.Order, not ''"),
    ("mypy.ini", "entry_points = shop.Order, Order", "is a list of full names .*, not 'shop.Order, Order'"),
    ("pyproject.toml", "entry_points = []", r"is a list of full names .*, not \[\]"),
    ("pyproject.toml", 'entry_points = "shop.Order"', "is a list of full names .*, not 'shop.Order'"),
    ("pyproject.toml", 'entry_points = ["shop.Order", 1]', "is a list of full names .*, not "),
]


@pytest.mark.parametrize(("name", "option", "message"), WRONG, ids=[option for _, option, _ in WRONG])
def test_a_value_that_is_none_is_named(name: str, option: str, message: str, tmp_path: Path) -> None:
    """The message says what an option has to be."""
    section = "tool.wireproof" if name.endswith("toml") else "wireproof"
    with pytest.raises(ConfigurationError, match=message):
        read_configuration(written(tmp_path, name, f"[{section}]\n{option}\n"))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("pyproject.toml", "[tool]\nwireproof = 3\n", "tool.wireproof is a table of options, not 3"),
        ("pyproject.toml", "[tool.wireproof]\nstrict = tr", "Invalid value"),
        ("mypy.ini", "strict = true\n", "File contains no section headers"),
    ],
)
def test_a_file_that_is_none_is_named(name: str, text: str, message: str, tmp_path: Path) -> None:
    """Whatever is wrong with it, the plugin does not fail."""
    with pytest.raises(ConfigurationError, match=f"{name}: {message}"):
        read_configuration(written(tmp_path, name, text))


def mypy(folder: Path, options: str, source: str) -> subprocess.CompletedProcess[str]:
    """Run mypy over a program with options of the plugin."""
    written(folder, "mypy.ini", f"[mypy]\nplugins = wireproof.mypy_plugin\n[wireproof]\n{options}\n")
    command = [sys.executable, "-m", "mypy", "--cache-dir", os.devnull, "-c", source]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_mypy_shows_a_mistake_as_an_error_in_its_usage(tmp_path: Path) -> None:
    """One line, no traceback, and the exit status for wrong usage."""
    completed = mypy(tmp_path, "lax = true", "x = 1")
    expected = 'wireproof: mypy.ini: unknown option "lax" of the wireproof plugin; it has: entry_points, strict\n'
    assert (completed.returncode, completed.stdout, completed.stderr) == (2, expected, "")


PROGRAM = """
from wireproof import Container, Provider, provide, require
class Clock: ...
class Mailer: ...
class Web(Provider):
    clock = require(Clock)
def f(c: Container) -> None:
    c.resolve(Clock)
Container(Web(), provide(Clock), provide(Mailer))
"""
OPT_IN = re.compile(r"<string>:(\d+): error: .*  (\[wire-\w+\])")


def test_strict_switches_on_what_is_opt_in(tmp_path: Path) -> None:
    """With ``strict`` it is said where nothing is proven, and what is not used."""
    assert OPT_IN.findall(mypy(tmp_path, "strict = true", PROGRAM).stdout) == [
        ("8", "[wire-unchecked]"),
        ("9", "[wire-unused]"),
    ]
    assert mypy(tmp_path, "strict = false", PROGRAM).returncode == 0


def test_entry_points_are_needed(tmp_path: Path) -> None:
    """What they name, by the module that defines it, is not reported as unused."""
    output = mypy(tmp_path, "strict = true\nentry_points = __main__.Mailer", PROGRAM).stdout
    assert OPT_IN.findall(output) == [("8", "[wire-unchecked]")]


def test_a_code_that_is_disabled_stays_so(tmp_path: Path) -> None:
    """What is said about single codes counts more."""
    output = mypy(tmp_path, "strict = true", f"# mypy: disable-error-code=wire-unused\n{PROGRAM}").stdout
    assert OPT_IN.findall(output) == [("9", "[wire-unchecked]")]


@pytest.mark.parametrize(("version", "supported"), [("2.2.0", True), ("2.10.1+dev.abc", True), ("1.19.1", False)])
def test_an_old_mypy_is_named(version: str, *, supported: bool) -> None:
    """Below 2.2 the plugin says what it needs."""
    assert (_unsupported(version) == "") is supported


def test_files_may_go_away_while_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may be installing another version."""

    def gone(path: Path) -> bytes:
        raise FileNotFoundError(path)

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert isinstance(plugin("2.4")(Options()), WireproofPlugin)


def test_what_results_depend_on_is_told_to_mypy() -> None:
    """The version, the files of the plugin and the options: when they change, caches are dropped."""
    made = plugin("2.4")(Options())
    assert isinstance(made, WireproofPlugin)
    data = made.report_config_data(None)  # type: ignore[arg-type]  # not looked at
    assert set(data) == {"version", "files", "options"}
    assert data["options"] == {"strict": False, "entry_points": []}
