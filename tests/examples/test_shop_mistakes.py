"""Every mistake in the shop's wiring is found by mypy and by the container, in the same words."""

from pathlib import Path

import pytest

from examples.shop.mistakes import (
    JOB_WITH_REQUEST,
    LONG_LIVED_REPOSITORY,
    NO_MISTAKE,
    SHORT_LIVED_SESSION,
    WRONG_YIELD,
    Mistake,
    findings,
    refusals,
    removed_contributions,
    removed_providers,
    removed_requirements,
    removed_sources,
    run_mypy,
)

LAYERS = ("shop_without_Web", "shop_without_Jobs")
SINGLE = [*removed_sources(), SHORT_LIVED_SESSION, LONG_LIVED_REPOSITORY, JOB_WITH_REQUEST, WRONG_YIELD]
NONE = [NO_MISTAKE, *removed_contributions()]
WHOLE = [mistake for mistake in removed_providers() if mistake.name not in LAYERS]
UNSTATED = [mistake for mistake in removed_providers() if mistake.name in LAYERS]

# One mypy run looks at all of the copies, so one worker should run all of these tests.
pytestmark = pytest.mark.xdist_group("shop mistakes")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the shop for each mistake."""
    folder = tmp_path_factory.mktemp("shops")
    for mistake in (*NONE, *SINGLE, *WHOLE, *UNSTATED, *removed_requirements()):
        mistake.copy_shop(folder)
    return folder


@pytest.fixture(scope="module")
def output(folder: Path) -> str:
    """Return what mypy says about all of the copies."""
    return run_mypy(folder, *(path.name for path in folder.iterdir()), options=["--cache-dir", str(folder / ".cache")])


def errors(output: str, mistake: Mistake) -> list[str]:
    """Return the errors that mypy found in a copy, without their notes."""
    return [line for line in findings(output, mistake.name) if line.startswith("error: ")]


def test_every_kind_of_source_is_removed() -> None:
    """The removals are read from the wiring itself, so that none is forgotten when it grows."""
    names = {mistake.name.removeprefix("shop_without_") for mistake in removed_sources()}
    assert {"Settings", "Database_session", "Mail_mailer", "Http_origin", "Services_place_order"} < names
    assert [mistake.name for mistake in NONE[1:]] == ["shop_without_Checks_database", "shop_without_Checks_outbox"]


@pytest.mark.parametrize("mistake", NONE, ids=lambda mistake: mistake.name)
def test_a_copy_without_a_mistake_is_clean(folder: Path, output: str, mistake: Mistake) -> None:
    """What is found in the other copies is due to their mistakes; one of several contributions may be left out."""
    assert findings(output, mistake.name) == refusals(folder, mistake.name) == []


@pytest.mark.parametrize("mistake", [*SINGLE, *removed_requirements()], ids=lambda mistake: mistake.name)
def test_a_mistake_is_one_error(output: str, mistake: Mistake) -> None:
    """For one mistake mypy prints exactly one error, with the right code."""
    assert [error.rpartition("  ")[2] for error in errors(output, mistake)] == [f"[{mistake.code}]"]


@pytest.mark.parametrize("mistake", [*SINGLE, *WHOLE], ids=lambda mistake: mistake.name)
def test_the_container_refuses_in_the_same_words(folder: Path, output: str, mistake: Mistake) -> None:
    """Headline, code, path and every other note are the same from mypy and from the container."""
    refused = refusals(folder, mistake.name)
    assert refused
    assert refused == findings(output, mistake.name)


@pytest.mark.parametrize("mistake", UNSTATED, ids=lambda mistake: mistake.name)
def test_a_container_without_a_layers_needs_is_of_another_type(output: str, mistake: Mistake) -> None:
    """A container that does not promise what a layer asks for cannot be given to it."""
    (error,) = errors(output, mistake)
    assert error.endswith("[return-value]")
