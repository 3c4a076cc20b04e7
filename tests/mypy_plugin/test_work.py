"""How much the plugin reads, counted: what one more handler costs does not depend on the size of the application."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from textwrap import dedent

import pytest
from mypy import api

from tests.mypy_plugin.modes import CONFIGURATION
from wireproof.mypy_plugin import contents, index, provider, read

WIRING = """
    from wireproof import Container, Has, Provider, provide
    {classes}
    class App(Provider):
        {registrations}
    Wired = Container[Has[App]]
"""
CLASSES = "class A{0}: ...\nclass B{0}:\n    def __init__(self, a: A{0}) -> None: ..."
REGISTRATIONS = "a{0} = provide(A{0})\n    b{0} = provide(B{0})"
HANDLER = """
    from wiring import B0, Wired
    def handle(container: Wired) -> None:
        container.resolve(B0)
"""


def write(folder: Path, services: int, handlers: int) -> None:
    """Write an application with pairs of services, and modules with a handler each."""
    classes = "\n".join(map(CLASSES.format, range(services)))
    registrations = "\n    ".join(map(REGISTRATIONS.format, range(services)))
    wiring = dedent(WIRING).replace("{classes}", classes).replace("{registrations}", registrations)
    (folder / "wiring.py").write_text(wiring)
    for number in range(handlers):
        (folder / f"handler{number}.py").write_text(dedent(HANDLER))
    (folder / "mypy.ini").write_text(CONFIGURATION)


def calls(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[object]:
    """Have the calls of a function counted."""
    made: list[object] = []
    original: Callable[..., object] = getattr(owner, name)

    def counted(*arguments: object) -> object:
        made.append(arguments)
        return original(*arguments)

    monkeypatch.setattr(owner, name, counted)
    return made


def check(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run mypy, which has nothing to say."""
    monkeypatch.chdir(folder)
    output, errors, status = api.run(["--config-file=mypy.ini", "--cache-dir=cache", "."])
    assert (errors, status) == ("", 0), output


@pytest.mark.parametrize("services", [3, 60])
def test_a_handler_reads_what_it_asks_for(
    services: int, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of any number of registrations those two are read that the one key comes down to."""
    copytree(template, tmp_path / "cache")
    write(tmp_path, services, handlers=1)
    registrations = calls(monkeypatch, read, "_attribute")
    check(tmp_path, monkeypatch)
    assert len(registrations) == 2


def test_modules_that_ask_the_same_container_read_its_keys_once(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second module, and any further one, finds what the first has read."""
    copytree(template, tmp_path / "cache")
    write(tmp_path, 3, handlers=4)
    readings = calls(monkeypatch, contents, "read_held")
    check(tmp_path, monkeypatch)
    assert len(readings) == 1


def test_a_handler_that_was_edited_looks_at_the_attributes_that_it_asks_for(
    tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which key is registered where is known from the index that mypy has in its caches."""
    copytree(template, tmp_path / "cache")
    write(tmp_path, 30, handlers=1)
    check(tmp_path, monkeypatch)
    handler = tmp_path / "handler0.py"
    handler.write_text(f"{handler.read_text()}\n")
    for_keys, for_all = (calls(monkeypatch, module, "variable_of") for module in (index, provider))
    check(tmp_path, monkeypatch)
    assert (len(for_keys), len(for_all)) == (0, 2)
