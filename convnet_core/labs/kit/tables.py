"""What a lab leaves behind for readers without JavaScript: number tables and pictures."""

from __future__ import annotations

from html import escape

from convnet_core.printing import plain


def folded(summary: str, html: str) -> str:
    """HTML behind a line to click, for what a reader is to guess first. It opens without JavaScript too."""
    return f"<details>\n<summary>{escape(summary)}</summary>\n{html}\n</details>"


def number_table(caption: str, values, print_value=plain, columns=None) -> str:
    """An HTML table of a matrix (H, W).

    Rows and columns are numbered from 1, as readers count; `columns` are other heads, one for each column.
    """
    columns = range(1, len(values[0]) + 1) if columns is None else columns
    head = "<tr><td></td>" + "".join(f'<th scope="col">{column}</th>' for column in columns) + "</tr>"
    rows = [
        f'<tr><th scope="row">{row}</th>' + "".join(f"<td>{print_value(value)}</td>" for value in line) + "</tr>"
        for row, line in enumerate(values, start=1)
    ]
    body = "\n".join([head, *rows])
    return f'<table class="convnet-numbers">\n<caption>{escape(caption)}</caption>\n{body}\n</table>'


def picture(trait: str, address: str, words: str) -> str:
    """The photograph that `trait` holds. The page's scripts read it from here, so it stands in the page once."""
    return f'<img class="convnet-photograph" data-trait="{trait}" src="{address}" alt="{escape(words)}">'
