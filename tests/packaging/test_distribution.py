"""What users install: the archives, and a fresh environment that has nothing else."""

import os
import shutil
import subprocess
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest
from build import ProjectBuilder
from build.env import DefaultIsolatedEnv

# The archives and the environment are made once: all tests of this file run in one process.
pytestmark = pytest.mark.xdist_group("distribution")

CONFIG = """\
[mypy]
strict = True
plugins = wireproof.mypy_plugin
"""
COMPLETE = """\
from wireproof import Container, provide

class Config: ...

class Engine:
    def __init__(self, config: Config) -> None:
        self.config = config

engine: Engine = Container(provide(Config), provide(Engine)).resolve(Engine)
print(type(engine.config).__name__)
"""
INCOMPLETE = COMPLETE.replace("provide(Config), ", "")


class Archives(NamedTuple):
    """What was built."""

    sdist: Path
    wheel: Path
    wheel_from_sdist: Path


@pytest.fixture(scope="module")
def source(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what building needs, so that it leaves no traces in the repository."""
    copy = tmp_path_factory.mktemp("source") / "wireproof"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(project_root / "src", copy / "src", symlinks=True, ignore=ignored)
    for name in ("pyproject.toml", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(project_root / name, copy)
    return copy


@pytest.fixture(scope="module")
def archives(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """Return an sdist, a wheel, and a wheel made from that sdist."""
    out = tmp_path_factory.mktemp("archives")
    with DefaultIsolatedEnv() as environment:
        builder = ProjectBuilder.from_isolated_env(environment, source)
        environment.install(builder.build_system_requires)
        wheel = Path(builder.build("wheel", out))
        sdist = Path(builder.build("sdist", out))
        with tarfile.open(sdist) as archive:
            archive.extractall(out, filter="data")
        unpacked = ProjectBuilder.from_isolated_env(environment, out / sdist.name.removesuffix(".tar.gz"))
        return Archives(sdist, wheel, Path(unpacked.build("wheel", out / "from_sdist")))


def make_environment(folder: Path, *requirements: str) -> Path:
    """Make an environment that has the requirements and nothing of the repository, and return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    completed = run(python, "-m", "pip", "install", "--quiet", *requirements)
    assert completed.returncode == 0, completed.stderr
    return python


def oldest(project_root: Path) -> list[str]:
    """Return the oldest releases that the package says it works with."""
    project = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["mypy"]]
    return [requirement.replace(">=", "==") for requirement in requirements]


@pytest.fixture(scope="module", params=["oldest", "pinned"])
def consumer(
    request: pytest.FixtureRequest, archives: Archives, project_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the Python of an environment with the wheel and mypy: its oldest supported release, or ours."""
    versions = oldest(project_root) if request.param == "oldest" else [f"mypy=={version('mypy')}"]
    return make_environment(tmp_path_factory.mktemp("consumer") / "venv", f"{archives.wheel}[mypy]", *versions)


def run(python: Path, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python without anything that could lead it to the repository."""
    environment = {name: value for name, value in os.environ.items() if not name.endswith(("PYTHONPATH", "MYPYPATH"))}
    command = [str(python), *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def run_mypy(python: Path, folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    """Check a program in a folder of its own."""
    (folder / "mypy.ini").write_text(CONFIG, encoding="utf-8")
    (folder / "main.py").write_text(program, encoding="utf-8")
    return run(python, "-m", "mypy", "main.py", cwd=folder)


def members(wheel: Path) -> list[str]:
    """Return the files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def test_the_wheel_claims_one_name(archives: Archives) -> None:
    """Nothing but the package itself arrives at the top of site-packages."""
    tops = {name.partition("/")[0] for name in members(archives.wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"wireproof"}


def test_the_wheel_says_that_it_is_typed(archives: Archives) -> None:
    """Type checkers find the marker of PEP 561."""
    assert "wireproof/py.typed" in members(archives.wheel)


def test_the_wheel_holds_every_module(archives: Archives, source: Path) -> None:
    """No package was forgotten when the packages were listed, and the plugin lies inside the library."""
    folders = {"wireproof": source / "src/wireproof", "wireproof/mypy_plugin": source / "src/mypy_plugin"}
    files = {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in folders.items()
        for path in folder.rglob("*.py")
    }
    assert {name for name in members(archives.wheel) if name.endswith(".py")} == files


def test_the_sdist_builds_the_same_wheel(archives: Archives) -> None:
    """Who builds from the source archive gets the same files."""
    assert members(archives.wheel_from_sdist) == members(archives.wheel)


def test_the_sdist_carries_the_licence(archives: Archives) -> None:
    """The source archive can be passed on as it is."""
    with tarfile.open(archives.sdist) as archive:
        assert any(name.endswith("/LICENSE") for name in archive.getnames())


def test_the_installed_package_is_used(consumer: Path, tmp_path: Path) -> None:
    """The library and the plugin are imported from the environment, not from the repository."""
    code = "import wireproof, wireproof.mypy_plugin as p; print(wireproof.__file__, p.__file__, sep='\\n')"
    completed = run(consumer, "-c", code, cwd=tmp_path)
    files = completed.stdout.split()
    assert len(files) == len([file for file in files if Path(file).is_relative_to(consumer.parent.parent)]) == 2


def test_the_library_runs_without_mypy(archives: Archives, tmp_path: Path) -> None:
    """At run time the wheel and typing-extensions are enough."""
    python = make_environment(tmp_path / "venv", str(archives.wheel))
    completed = run(python, "-c", COMPLETE, cwd=tmp_path)
    assert (completed.stdout, completed.stderr) == ("Config\n", "")


def test_the_installed_plugin_finds_a_missing_provider(consumer: Path, tmp_path: Path) -> None:
    """One line in mypy's configuration is enough for a wiring to be checked."""
    completed = run_mypy(consumer, tmp_path, INCOMPLETE)
    assert 'main.py:9: error: No provider for "Config"' in completed.stdout, completed.stdout + completed.stderr
    assert "[wire-missing]" in completed.stdout
    assert completed.returncode == 1


def test_the_installed_plugin_accepts_a_complete_wiring(consumer: Path, tmp_path: Path) -> None:
    """A program in order is reported as such, and runs."""
    completed = run_mypy(consumer, tmp_path, COMPLETE)
    assert completed.stdout == "Success: no issues found in 1 source file\n", completed.stdout + completed.stderr
    assert run(consumer, "main.py", cwd=tmp_path).stdout == "Config\n"
