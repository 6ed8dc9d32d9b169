"""A page that holds labs and nothing else."""

from __future__ import annotations

from html import escape

# White or dark as the system wishes, as the book's pages are.
STYLE = """
body { margin: 0 auto; max-width: 760px; padding: 8px; font-family: sans-serif; background: #ffffff; color: #1c2027; }
@media (prefers-color-scheme: dark) { body { background: #14181e; color: #e9e7e2; } }
"""


def page(*labs, title: str, head: str = "", scripts: str = "") -> str:
    """A whole HTML page with `labs` under the heading `title`.

    head, scripts   HTML: what styles the labs, and, behind them, what brings them to life
    """
    return "\n".join(
        [
            '<!doctype html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{STYLE}</style>{head}</head>",
            f"<body><main><h1>{escape(title)}</h1>",
            *(lab.static_html() for lab in labs),
            f"</main>{scripts}</body></html>",
        ]
    )
