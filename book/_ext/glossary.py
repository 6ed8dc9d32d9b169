"""Links from a chapter's words to the glossary, each with the word's meaning beside it.

A chapter writes a plain Markdown link, `[stride](glossary.md#term-stride)`, which reads well in a notebook too. The
meaning shows while the pointer rests on the link, or the keyboard's focus is on it. The link itself leads to the
glossary, by mouse, key or finger.
"""

import re
from html import escape

from docutils import nodes
from sphinx import addnodes

LINK = re.compile(r'<a class="reference internal" href="([^"#]*#(term-[\w-]+))">(.*?)</a>', re.DOTALL)


def setup(app):
    app.connect("doctree-read", note_terms)
    app.connect("html-page-context", add_meanings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def note_terms(app, doctree):
    """Make the terms of a glossary targets of Markdown links, and note the first paragraph of each definition."""
    notes = app.env.metadata[app.env.docname]
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            meaning = next(item.findall(nodes.paragraph)).astext()
            for term in item.findall(nodes.term):
                for name in term["ids"]:
                    notes.setdefault("myst_slugs", {})[name] = (term.line, name, term.astext())
                    notes.setdefault("meanings", {})[name] = meaning


def add_meanings(app, pagename, templatename, context, doctree):
    """Put each term's meaning behind the links to it, on every page but the glossary's own."""
    notes = app.env.metadata
    if "meanings" in notes.get(pagename, {}):
        return
    meanings = {name: text for page in notes.values() for name, text in page.get("meanings", {}).items()}
    count = 0

    def with_meaning(link):
        nonlocal count
        address, name, word = link.groups()
        if name not in meanings:
            return link[0]
        count += 1
        described = f'<a class="reference internal" href="{address}" aria-describedby="meaning-{count}">{word}</a>'
        meaning = f'<span class="meaning" role="tooltip" id="meaning-{count}">{escape(meanings[name])}</span>'
        return f'<span class="term">{described}{meaning}</span>'

    context["body"] = LINK.sub(with_meaning, context.get("body", ""))
    if count:
        app.add_js_file("glossary.js", loading_method="defer")
