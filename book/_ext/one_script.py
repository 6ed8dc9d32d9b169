"""Scripts in files, none in the pages: a server may then forbid all others (deploy/nginx.conf does).

The extensions write what they are configured with into each page, a script for each option. Here all of it goes
into one file, start.js, behind what the book itself has to say before a page is drawn.
"""

from pathlib import Path

from minify import minified
from sphinx.errors import ExtensionError

NAME = "start.js"
OWN = Path(__file__).with_name(NAME)
AFTER_OPTIONS = 201  # Sphinx's own documentation_options.js has 200
OF_ONE_PAGE = "DOCUMENTATION_OPTIONS.pagename"  # start.js reads the name from its own tag


def setup(app):
    app.connect("html-page-context", gather, priority=950)  # after the extensions that still add scripts
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def gather(app, pagename, templatename, context, doctree):
    """Take the scripts without a file out of the page's list, and put start.js in, which holds all of them.

    Raises ExtensionError where a page would have other options than the pages before it.
    """
    scripts = context["script_files"]
    bodies = [script.attributes["body"] for script in scripts if "body" in script.attributes]
    scripts[:] = [script for script in scripts if "body" not in script.attributes]
    options = dict.fromkeys(body for body in bodies if not body.startswith(OF_ONE_PAGE))
    text = minified("\n".join([OWN.read_text(encoding="utf-8"), *options]))
    if getattr(app, "start_script", text) != text:
        raise ExtensionError(f"one_script: {pagename} has {list(options)}, wanted the options of every other page")
    app.start_script = text
    (Path(app.outdir) / "_static" / NAME).write_text(text, encoding="utf-8", newline="\n")
    app.add_js_file(NAME, priority=AFTER_OPTIONS, **{"data-page": pagename})
