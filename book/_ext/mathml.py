"""Formulas as MathML, which every current browser draws and screen readers read: no script, no font.

The LaTeX is turned into MathML by docutils' own converter while the book is built.
"""

import re

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

logger = logging.getLogger(__name__)

# docutils aligns the rows of a formula by itself and does not know the environment around them.
ENVIRONMENT = re.compile(r"\s*\\begin\{(align|equation|gather)\*?\}(?P<rows>.*)\\end\{\1\*?\}\s*", re.DOTALL)


def to_mathml(node, as_block):
    """The MathML of a formula's LaTeX; LaTeX that cannot be converted is a warning of the build."""
    latex = node.astext()
    environment = ENVIRONMENT.fullmatch(latex)
    try:
        return tex2mathml(environment["rows"].strip() if environment else latex, as_block=as_block)
    except MathError as error:
        logger.warning("formula %r: %s", latex, error, location=node)
        return ""


def visit_inline(writer, node):
    writer.body.append(f'<span class="math">{to_mathml(node, as_block=False)}</span>')
    raise nodes.SkipNode


def visit_block(writer, node):
    # The theme's script gives a tab stop to what has this class and is wider than the page.
    writer.body.append(writer.starttag(node, "div", CLASS="math pst-scrollable-table-container"))
    writer.body.append(to_mathml(node, as_block=True))
    if node["number"]:
        writer.body.append(f'<span class="eqno">({get_node_equation_number(writer, node)})')
        writer.add_permalink_ref(node, "Link to this equation")
        writer.body.append("</span>")
    writer.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
