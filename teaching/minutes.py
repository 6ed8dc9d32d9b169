"""How long a chapter's main road takes a class: counted in the built book by tools/screens.py, and stored here.

    python -m tools.screens --store     after `make html`

180 words a minute, and for each thing to do what tools/screens.py says of it.
"""

import json
from pathlib import Path

STORED = Path(__file__).with_suffix(".json")


def minutes(page: str) -> str:
    """The minutes of a chapter's main road, to the next five; `page` is such as "book/04_pooling".

    Of a chapter that was never counted, since it is just being added, "some": then run the above.
    """
    counted = json.loads(STORED.read_text(encoding="utf-8"))
    return str(counted.get(Path(page).name, "some"))
