"""What numpy has and this page doesn't, by name. The book's build puts numpy's names in: see `library.py`."""

FUNCTIONS = frozenset(())
METHODS = frozenset(())


def explain(name, names, owner):
    """The words for a name that is not here: one that numpy has, or one that nobody has."""
    if name in names:
        return f"{owner}.{name} is not in this page's small numpy; run the notebook"
    if owner == "np":
        return f"module 'numpy' has no attribute '{name}'"
    return f"'numpy.ndarray' object has no attribute '{name}'"
