"""Gives the entries of a bibliography the role that a list's items have now: theirs, doc-biblioentry, is out of use."""


def setup(app):
    app.connect("html-page-context", renew_roles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def renew_roles(app, pagename, templatename, context, doctree):
    context["body"] = context.get("body", "").replace('role="doc-biblioentry"', 'role="listitem"')
