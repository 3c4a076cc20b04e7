"""The shop's settings."""

from pathlib import Path

from examples.shop.settings import Settings


def test_settings_have_defaults() -> None:
    """Without any variable the shop runs on its own."""
    assert Settings.from_environment({}) == Settings(Path("shop.sqlite"), "shop@example.com", None, 8000)


def test_settings_are_read_from_the_environment() -> None:
    """Each setting has a variable."""
    variables = {"SHOP_DATABASE": "a", "SHOP_SENDER": "b", "SHOP_OUTBOX": "c", "SHOP_PORT": "1"}
    assert Settings.from_environment(variables) == Settings(Path("a"), "b", Path("c"), 1)
