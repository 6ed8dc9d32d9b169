"""What holds for every test, the notebooks under book/ among them."""

import os

# Several processes work at once: threads of their own inside each product of matrices would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

pytest_plugins = ["tests.turns"]
