"""Number tables for readers without JavaScript: a caption, row and column numbers, a value a cell."""

from __future__ import annotations

from html import escape

from convnet_core.printing import plain


def number_table(caption: str, values, print_value=plain) -> str:
    """An HTML table of a matrix (H, W); rows and columns are numbered from 1, as readers count."""
    columns = range(1, len(values[0]) + 1)
    head = "<tr><td></td>" + "".join(f'<th scope="col">{column}</th>' for column in columns) + "</tr>"
    rows = [
        f'<tr><th scope="row">{row}</th>' + "".join(f"<td>{print_value(value)}</td>" for value in line) + "</tr>"
        for row, line in enumerate(values, start=1)
    ]
    body = "\n".join([head, *rows])
    return f'<table class="convnet-numbers">\n<caption>{escape(caption)}</caption>\n{body}\n</table>'
