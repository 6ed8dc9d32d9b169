"""What a published page tells those who link to it or index it: a sentence, a picture, an address, a version.

The address of the book comes from the environment, as BOOK_URL, or as CI_PAGES_URL, which GitLab's own builds set;
or else from `html: baseurl` in _config.yml. Where nobody knows it, nothing is written that would hold it: no
canonical links, no picture for social media (they want a full address), no sitemap.
"""

import os
import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from docutils import nodes

PROJECT = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"
LENGTH = range(50, 161)  # characters of a description that a search engine shows whole
SENTENCE = re.compile(r"(?<=[.?!:])\s+(?=[A-Z“])")
NOT_FOUND, UNLISTED = "404", ("404", "search")
RELATIVE = re.compile(r'\b((?:href|src|action|data-content_root)=")(?![a-z][a-z+.-]*:|/|#)(?:\./)?')


def setup(app):
    app.connect("config-inited", set_address_and_version)
    app.connect("html-page-context", describe)
    app.connect("build-finished", write_for_robots)
    app.connect("build-finished", root_not_found)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def book_url(environment, configured=""):
    """The address of the published book, with a slash at its end, or "" where it is unknown.

    environment  a mapping of environment variables
    configured   what _config.yml says

    Raises ValueError where the address is not a full one.
    """
    found = (environment.get("BOOK_URL") or environment.get("CI_PAGES_URL") or configured or "").strip()
    if found and not re.match(r"https?://[^/?#\s]+[^?#\s]*$", found):
        raise ValueError(f"the book's address is {found!r}, wanted one like https://example.org/book/")
    return found and found.rstrip("/") + "/"


def set_address_and_version(app, config):
    config.html_baseurl = book_url(os.environ, config.html_baseurl)
    config.release = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"]


def describe(app, pagename, templatename, context, doctree):
    """Hand the page's template a description, and the address and picture where they are known."""
    base = app.config.html_baseurl
    if pagename != app.config.root_doc:  # the first page has the book's, from _config.yml
        context["description"] = description(doctree) if doctree else ""
    context["unlisted"] = pagename in UNLISTED
    if context["unlisted"]:
        context["pageurl"] = None
    context["card_url"] = f"{base}_static/card.png" if base else None


def description(doctree):
    """The first sentences of a page's own text, as many as fit: 50 to 160 characters."""
    section = next(doctree.findall(nodes.section))
    paragraphs = [node.astext() for node in section.children if isinstance(node, nodes.paragraph)]
    sentences = SENTENCE.split(" ".join(" ".join(paragraphs).split()))
    text = sentences.pop(0)
    while sentences and len(text) + 1 + len(sentences[0]) < LENGTH.stop:
        text += " " + sentences.pop(0)
    if len(text) < LENGTH.start and sentences:
        text += " " + sentences[0]
    return text if len(text) < LENGTH.stop else text[: LENGTH.stop - 2].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def write_for_robots(app, exception):
    """robots.txt, which welcomes all, and a sitemap where the addresses of the pages are known."""
    if exception is not None or app.builder.format != "html":
        return
    base = app.config.html_baseurl
    robots = ["User-agent: *", "Allow: /"]
    if base:
        robots += [f"Sitemap: {base}sitemap.xml"]
        pages = "".join(f"<url><loc>{escape(base + name)}.html</loc></url>\n" for name in sorted(app.env.found_docs))
        sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n'
        write(app, "sitemap.xml", f'<?xml version="1.0" encoding="UTF-8"?>\n{sitemap}')
    write(app, "robots.txt", "\n".join(robots) + "\n")


def root_not_found(app, exception):
    """Let every link of 404.html begin at the book's address: a server shows that page at any depth.

    Where the address is unknown it begins at the server's root.
    """
    if exception is not None or app.builder.format != "html":
        return
    page = Path(app.outdir) / f"{NOT_FOUND}.html"
    root = urlsplit(app.config.html_baseurl).path or "/"
    write(app, page.name, RELATIVE.sub(rf"\g<1>{root}", page.read_text(encoding="utf-8")))


def write(app, name, text):
    (Path(app.outdir) / name).write_text(text, encoding="utf-8", newline="\n")
