"""The plugin's options, and that mistakes in them are said as mypy says such things."""

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


def test_an_unknown_option_is_named(tmp_path: Path) -> None:
    """The message says which one, where, and which there are."""
    path = written(tmp_path, "mypy.ini", "[wireproof]\nstrickt = true\n")
    with pytest.raises(ConfigurationError, match=r'mypy\.ini: unknown option "strickt" .* it has: strict'):
        read_configuration(path)


@pytest.mark.parametrize(("name", "value"), [("mypy.ini", "perhaps"), ("pyproject.toml", '"perhaps"')])
def test_a_value_that_is_none_is_named(name: str, value: str, tmp_path: Path) -> None:
    """An option is true or false."""
    with pytest.raises(ConfigurationError, match=r"\"strict\" .* is true or false, not 'perhaps'"):
        read_configuration(written(tmp_path, name, FILES[name].format(value)))


def test_mypy_shows_a_mistake_as_an_error_in_its_usage(tmp_path: Path) -> None:
    """One line, no traceback, and the exit status for wrong usage."""
    written(tmp_path, "mypy.ini", "[mypy]\nplugins = wireproof.mypy_plugin\n[wireproof]\nlax = true\n")
    command = [sys.executable, "-m", "mypy", "-c", "x = 1"]
    completed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    expected = 'wireproof: mypy.ini: unknown option "lax" of the wireproof plugin; it has: strict\n'
    assert (completed.returncode, completed.stdout, completed.stderr) == (2, expected, "")


def test_strict_switches_on_what_is_opt_in(tmp_path: Path) -> None:
    """With ``strict`` it is said where nothing is proven."""
    written(tmp_path, "mypy.ini", "[mypy]\nplugins = wireproof.mypy_plugin\n[wireproof]\nstrict = true\n")
    source = "from wireproof import Container\ndef f(c: Container) -> None:\n    c.resolve(int)\n"
    command = [sys.executable, "-m", "mypy", "-c", source]
    completed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert completed.stdout.startswith("<string>:3: error: Nothing is known about what this container holds")


@pytest.mark.parametrize(("version", "supported"), [("2.2.0", True), ("2.10.1+dev.abc", True), ("1.19.1", False)])
def test_an_old_mypy_is_named(version: str, *, supported: bool) -> None:
    """Below 2.2 the plugin says what it needs."""
    assert (_unsupported(version) == "") is supported


def test_what_results_depend_on_is_told_to_mypy() -> None:
    """The version, the files of the plugin and the options: when they change, caches are dropped."""
    made = plugin("2.4")(Options())
    assert isinstance(made, WireproofPlugin)
    data = made.report_config_data(None)  # type: ignore[arg-type]  # not looked at
    assert set(data) == {"version", "files", "strict"}
