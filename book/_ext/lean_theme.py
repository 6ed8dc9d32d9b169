"""The theme with only what this book's pages use.

The stock theme loads 0.8 MB (gzipped) of icons, fonts, scripts and styles with every page. Here
- the icons are a few small drawings in _static/icons.css;
- the templates in book/_templates load neither the icon script nor Bootstrap's;
- each style sheet keeps the rules and the custom properties that some page of the book can use, without layout;
- reach.js says to keys and screen readers what the theme leaves unsaid;
- the small scripts are minified, and all of them ask start.js for the browser's storage, which may be forbidden;
- files that no page loads do not stay in the built book.
"""

import hashlib
import re
import shutil
from pathlib import Path

import tinycss2
from minify import minified, minified_style

SCRIPTS = (
    *("at_hand.js", "copybutton.js", "doctools.js", "folds.js", "glossary.js", "progress.js", "reach.js"),
    *("searchtools.js", "slides.js", "sphinx_highlight.js"),
    *("scripts/pydata-sphinx-theme.js", "scripts/sphinx-book-theme.js"),
)
FIRST = {"slides.js": ["slides_cut.js"]}  # what stands in a file of its own, and is sent in front of another
# The theme takes the focus from a button that was pressed: a keyboard would lose its place.
BLUR = re.compile(r"\b\w+\.addEventListener\(`click`,\(?\(\)=>\{\w+\.blur\(\)\}\)?,!0\)")
STORAGE = re.compile(r"\b(?:window\.)?(local|session)Storage\b")
SHEETS = ("*.css", "styles/*.css")
UNUSED = (
    "scripts/bootstrap.js",
    "scripts/bootstrap.js.LICENSE.txt",
    "scripts/fontawesome.js",
    "scripts/fontawesome.js.LICENSE.txt",
    "styles/theme.css",
    "locales",
    "vendor",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
)
WORD = re.compile(r"[A-Za-z_][\w-]*")
NAMES = re.compile(r'\b(?:class|id)="([^"]*)"')
PROPERTY = re.compile(r"--[\w-]+")
USE = re.compile(rf"var\(\s*({PROPERTY.pattern})")
DECLARATION = re.compile(rf"""(?<=[{{;])({PROPERTY.pattern}):(?:[^;{{}}"']|"[^"]*"|'[^']*')*(?:;|(?=\}}))""")


def texts(built, suffix):
    return [path.read_text(encoding="utf-8") for path in built.rglob(f"*.{suffix}")]


def used_words(built):
    """Every class and id in the pages, and every word in the scripts, of the built book: no other is on a page."""
    names = [name for page in texts(built, "html") for name in NAMES.findall(page)]
    return {word for text in names + texts(built, "js") for word in WORD.findall(text)}


def without_unused_properties(sheets, elsewhere):
    """The minified style sheets {name: text} without custom properties that none of them uses, nor `elsewhere`."""
    before = None
    while sheets != before:
        before = sheets
        used = elsewhere.union(*(USE.findall(css) for css in sheets.values()))

        def kept(declaration, used=used):
            return declaration[0] if declaration[1] in used else ""

        sheets = {name: DECLARATION.sub(kept, css) for name, css in sheets.items()}
    return sheets


def lean_css(css, words):
    """The style sheet without the rules that need a class or an id not among `words`, and without fonts."""
    return "".join(lean_rule(rule, words) for rule in tinycss2.parse_stylesheet(css, skip_comments=True))


def lean_rule(rule, words):
    """The text of one rule, "" where no page can use it; a rule that holds rules is looked into."""
    if rule.type == "qualified-rule":
        selectors = [selector for selector in split_commas(rule.prelude) if can_match(selector, words)]
        if not selectors:
            return ""
        return ",".join(map(text, selectors)) + "{" + tinycss2.serialize(rule.content).strip() + "}"
    if rule.type == "at-rule" and rule.lower_at_keyword == "font-face":
        return ""
    if rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
        inner = "".join(lean_rule(part, words) for part in tinycss2.parse_rule_list(rule.content, skip_comments=True))
        return f"@{rule.at_keyword} {text(rule.prelude)}{{{inner}}}" if inner else ""
    return rule.serialize()


def split_commas(tokens):
    """Selectors of a list; the commas inside `:is(a, b)` are not the list's, since those tokens are nested."""
    selectors = [[]]
    for token in tokens:
        if token == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def can_match(selector, words):
    """Whether each class and id that a selector asks for is among `words` (`:not(...)` asks for none)."""
    for position, token in enumerate(selector):
        is_class = token.type == "ident" and position > 0 and selector[position - 1] == "."
        if (is_class or token.type == "hash") and token.value not in words:
            return False
    return True


def text(tokens):
    return tinycss2.serialize(tokens).strip()


def digest(content):
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def make_lean(app, exception):
    """Write the lean style sheets, point every page at them, and drop what no page loads."""
    if exception is not None or app.builder.format != "html":
        return
    built = Path(app.outdir)
    static = built / "_static"
    for name in UNUSED:
        remove(static / name)
    for path in static.rglob("*.map"):
        path.unlink()
    words = used_words(built)
    paths = [path for pattern in SHEETS for path in static.glob(pattern)]
    sheets = {path: minified_style(lean_css(path.read_text(encoding="utf-8"), words)) for path in paths}
    named = {name for suffix in ("html", "js") for text in texts(built, suffix) for name in PROPERTY.findall(text)}
    digests = {}
    for sheet, css in without_unused_properties(sheets, named).items():
        sheet.write_text(css, encoding="utf-8", newline="\n")
        digests[sheet.relative_to(static).as_posix()] = digest(css)
    for name in (name for name in SCRIPTS if (static / name).exists()):
        parts = [static / part for part in [*FIRST.get(name, []), name]]
        source = "\n".join(part.read_text(encoding="utf-8") for part in parts)
        for part in parts[:-1]:
            part.unlink()
        script = with_storage_of_start(BLUR.sub("0", minified(source)))
        (static / name).write_text(script, encoding="utf-8", newline="\n")
        digests[name] = digest(script)
    for page in built.rglob("*.html"):
        page.write_text(with_digests(page.read_text(encoding="utf-8"), digests), encoding="utf-8", newline="\n")


def with_storage_of_start(script):
    """The script, asking start.js for storage: in a sandboxed frame the browser's own throws at a mere mention."""
    return STORAGE.sub(r"bookStorage.\1", script)


def with_digests(html, digests):
    """The page with addresses that change when the files behind them do, so that no old copy is shown."""
    for name, value in digests.items():
        html = re.sub(rf'(_static/{re.escape(name)})(\?[^"]*)?"', rf'\1?digest={value}"', html)
    return html


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def setup(app):
    # Jupyter Book configures an extension for readers' comments, which this book does not load.
    app.add_config_value("comments_config", {}, "html")
    app.add_js_file("reach.js", loading_method="defer")
    app.connect("build-finished", make_lean, priority=900)  # after the extensions that still write files
    return {"parallel_read_safe": True, "parallel_write_safe": True}
