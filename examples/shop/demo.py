"""The demonstration, as a script: ``python examples/shop/demo.py``. What it shows is in ``walkthrough.py``."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # The shop is the package examples.shop; in the place of the repository a script has its own folder.
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
    runpy.run_module("examples.shop.walkthrough", run_name="__main__", alter_sys=True)
