"""The short route: a way through the hearts of the chapters, from book/route.yml.

Each stop is a page and the section that ends it. Under its title a page tells that it is one, and how far to read;
behind that section stands the next. `{short-route}` lists all stops, and the contents mark their pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

STOPS = Path(__file__).parent.parent / "route.yml"
PAGE = "book/short_route"
AFTER = "book/01_pictures"  # where one goes who has come to the end
STYLE = "route.css"
BEFORE_LINKS_ARE_RESOLVED = 400


class Stop(NamedTuple):
    """One stop: a page, the title of its last section to read, minutes, what one has then, and what comes behind it.

    wonders is the question that it leaves open: the next stop answers it.
    reaches is which of the chapter's goals one has reached by then.
    """

    page: str
    until: str
    minutes: int
    gains: str
    reaches: str
    behind: str = ""
    wonders: str = ""


def setup(app):
    app.add_directive("short-route", ShortRoute)
    app.connect("doctree-read", mark_stop, priority=BEFORE_LINKS_ARE_RESOLVED)
    app.connect("builder-inited", write_style)
    app.add_css_file(STYLE)
    return {"version": str(STOPS.stat().st_mtime_ns), "parallel_read_safe": True, "parallel_write_safe": True}


def stops() -> list[Stop]:
    """All stops, in their order."""
    return [Stop(**stop) for stop in yaml.safe_load(STOPS.read_text(encoding="utf-8"))]


class ShortRoute(SphinxDirective):
    """A numbered list of all stops."""

    def run(self):
        items = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".")
        for stop in stops():
            text = f", {stop.minutes} minutes, to the end of “{stop.until}”. {stop.gains}"
            items += nodes.list_item("", nodes.paragraph("", "", link(stop.page, self.env.docname), nodes.Text(text)))
        return [items]


def mark_stop(app, doctree):
    """Tells on the page of a stop how far it goes, and at its end where the route goes on."""
    route = stops()
    pages = [stop.page for stop in route]
    if (page := app.env.docname) not in pages:
        return
    number = pages.index(page)
    stop = route[number]
    title = next(doctree.findall(nodes.title))
    far = f": {stop.minutes} minutes, to the end of “{stop.until}”. Goals reached: {stop.reaches}."
    head = [
        nodes.Text("Stop "),
        nodes.Text(f"{number + 1} of {len(route)} on the "),
        link(PAGE, page, "short route"),
        nodes.Text(far),
    ]
    title.parent.insert(title.parent.index(title) + 1, nodes.paragraph("", "", *head, classes=["route-here"]))
    last = last_section(doctree, stop)
    last += nodes.container("", nodes.paragraph("", "", *ahead(route, number)), classes=["route-next"])


def last_section(doctree, stop):
    """The section that ends the stop. Raises ValueError where the page has none of this title."""
    for section in doctree.findall(nodes.section):
        if section[0].astext() == stop.until:
            return section
    raise ValueError(f"{STOPS.name}: {stop.page} has no section {stop.until!r}, where the short route wants to end")


def ahead(route, number):
    """What the foot of a stop says: the next one, or that the route is at its end."""
    page = route[number].page
    if number + 1 == len(route):
        done = " ends here: you have seen it all once, from the pixels to a network that learned, and broke. Next? "
        more = " is the chapter that the route passed by. Or go back to any stop and read on behind its signpost."
        return [link(PAGE, page, "The short route"), nodes.Text(done), link(AFTER, page), nodes.Text(more)]
    following = route[number + 1]
    wonders = route[number].wonders
    return [
        nodes.Text(f"{wonders} Next on the short route: ".lstrip()),
        link(following.page, page),
        nodes.Text(f", {following.minutes} minutes. Or read on here: {route[number].behind}."),
    ]


def link(page, here, text=None):
    """A link to another page, under its own title where no text is given."""
    inner = nodes.inline("", text or "", classes=["doc"])
    return addnodes.pending_xref(
        "",
        inner,
        refdoc=here,
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page}",
        refexplicit=text is not None,
        refwarn=True,
    )


def write_style(app):
    """A style sheet that marks the stops in the contents: only the stops' file names differ."""
    names = ", ".join(f'.bd-links a[href$="{Path(stop.page).name}.html"]::after' for stop in stops())
    names += ', body:has(.route-here) .bd-links .current > a[href="#"]::after'  # the page itself
    rule = f'{names} {{\n  content: "\u00a0●" / " (on the short route)";\n  color: var(--pst-color-primary);\n}}\n'
    folder = Path(app.outdir) / "_static"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STYLE).write_text(rule, encoding="utf-8", newline="\n")
