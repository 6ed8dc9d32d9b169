"""What the watching lab asks of the reader; its JavaScript checks it."""

from convnet_core.labs.kit.challenge import Challenge

CHALLENGES = (
    Challenge("mend", "TODO", "TODO", ("a", "b", "c")),
    Challenge("beyond", "TODO", "TODO", ("a", "b", "c")),
    Challenge("done", "TODO", "TODO", ("a", "b", "c")),
)
