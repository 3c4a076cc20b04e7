"""Python's garbage collector, kept from looking through all of mypy's memory because a graph was built."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Build something large that stays, without a collection.

    mypy lets Python collect only after 200,000 new objects, and frees nearly as many as it makes. A graph of some
    thousand bindings is what exceeds that, and then everything that mypy has made in the whole run is looked through:
    0.6 seconds for 2,000 services. As mypy itself does after it has loaded its caches, what was built is moved to the
    oldest generation by freezing and unfreezing, which takes no time. It is collected by the next full collection.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if hasattr(gc, "freeze"):  # PyPy has none
            gc.freeze()
            gc.unfreeze()
        if enabled:
            gc.enable()
