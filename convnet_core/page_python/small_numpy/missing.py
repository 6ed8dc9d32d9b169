"""What numpy has and this page doesn't, by name. The book's build puts numpy's names in: see `library.py`."""

FUNCTIONS = frozenset(())
METHODS = frozenset(())


def explain(name, names, owner):
    """The words for a name that is not here: one that numpy has, or one that nobody has."""
    if name in names:
        return "%s.%s is not in this page's small numpy; run the notebook" % (owner, name)
    if owner == "np":
        return "module 'numpy' has no attribute '%s'" % name
    return "'numpy.ndarray' object has no attribute '%s'" % name
