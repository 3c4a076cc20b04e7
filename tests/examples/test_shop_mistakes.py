"""Every mistake in the shop's wiring is found by mypy and by the container, in the same words."""

from pathlib import Path

import pytest

from examples.shop.mistakes import (
    LONG_LIVED_REPOSITORY,
    NO_MISTAKE,
    SHORT_LIVED_SESSION,
    WRONG_YIELD,
    Mistake,
    findings,
    provider_removals,
    refusals,
    removals,
    run_mypy,
)

SINGLE = [*removals(), SHORT_LIVED_SESSION, LONG_LIVED_REPOSITORY, WRONG_YIELD]
WHOLE = [mistake for mistake in provider_removals() if mistake.name not in ("shop_without_Web", "shop_without_Jobs")]
NEEDS = [mistake for mistake in provider_removals() if mistake not in WHOLE]

# One mypy run looks at all of the copies, so one worker should run all of these tests.
pytestmark = pytest.mark.xdist_group("shop mistakes")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the shop for each mistake."""
    folder = tmp_path_factory.mktemp("shops")
    for mistake in (NO_MISTAKE, *SINGLE, *WHOLE, *NEEDS):
        mistake.copy_shop(folder)
    return folder


@pytest.fixture(scope="module")
def output(folder: Path) -> str:
    """Return what mypy says about all of the copies."""
    return run_mypy(folder, *(path.name for path in folder.iterdir()), options=["--cache-dir", str(folder / ".cache")])


def test_every_kind_of_source_is_removed() -> None:
    """The removals are read from the wiring itself, so none is forgotten when it grows."""
    names = {mistake.name.removeprefix("shop_without_") for mistake in removals()}
    assert {"Settings", "Database_session", "FileMail_mailer", "LogMail_mailer", "Services_place_order"} < names


def test_a_copy_without_a_mistake_is_clean(folder: Path, output: str) -> None:
    """What is found in the other copies is due to their mistakes."""
    assert findings(output, NO_MISTAKE.name) == refusals(folder, NO_MISTAKE.name) == []


@pytest.mark.parametrize("mistake", SINGLE, ids=lambda mistake: mistake.name)
def test_a_mistake_is_one_error(output: str, mistake: Mistake) -> None:
    """For one mistake mypy prints exactly one error, with the right code."""
    errors = [line for line in findings(output, mistake.name) if line.startswith("error: ")]
    assert [error.rpartition("  ")[2] for error in errors] == [f"[{mistake.code}]"]


@pytest.mark.parametrize("mistake", [*SINGLE, *WHOLE], ids=lambda mistake: mistake.name)
def test_the_container_refuses_in_the_same_words(folder: Path, output: str, mistake: Mistake) -> None:
    """Headline, code, path and every other note are the same from mypy and from the container."""
    refused = refusals(folder, mistake.name)
    assert refused
    assert refused == findings(output, mistake.name)


@pytest.mark.parametrize("mistake", NEEDS, ids=lambda mistake: mistake.name)
def test_needs_that_are_not_stated_are_refused_by_type(output: str, mistake: Mistake) -> None:
    """A container without a layer's needs does not have the type that the layer asks for."""
    (error,) = (line for line in findings(output, mistake.name) if line.startswith("error: "))
    assert error.endswith("[return-value]")
