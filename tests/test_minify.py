"""What makes the pages' scripts small: comments and layout go, text stays as it is."""

import re

import pytest
import tinycss2
from minify import minified, minified_style

from convnet_core.labs.kit import joiner


@pytest.mark.parametrize(
    ("script", "small"),
    [
        ("// gone\n/** gone `too` */\nconst a = 1; // don't ` keep\n", "const a=1;"),
        ('const a = [\n  "b // c",  `d // e`, // gone\n];\n', 'const a=["b // c",`d // e`,];'),
        ("const a = `b  ${c ? ` : ${d}  ` : `}`}  e`;", "const a=`b  ${c ? ` : ${d}  ` : `}`}  e`;"),
        ('a = `b  \\`  ${{ c: "}`" }.c}  d`;\ne = 1;', 'a=`b  \\`  ${{ c: "}`" }.c}  d`;e=1;'),
        ("if (/^[ ,]$/.test(a)) b();\nc = d / e;", "if(/^[ ,]$/.test(a))b();c=d/e;"),
        ("a = '`  b' ;\nc = \"it's `\";", "a='`  b';c=\"it's `\";"),
        ("a = b + +c;\nd = e - -f;", "a=b+ +c;d=e- -f;"),
    ],
)
def test_text_stays_and_layout_goes(script, small):
    assert minified(script) == small + "\n"


def test_a_template_without_an_end_is_refused():
    with pytest.raises(ValueError, match="has no end"):
        minified("const a = `b ${c}")


def test_a_style_sheet_loses_comments_and_layout_and_nothing_else():
    sheet = '/* a */\n.a {\n  b: c; /* why */\n  content: "/* no */";\n}\n\n/* two\n   lines */\n.d { e: f; }\n'
    assert minified_style(sheet) == '.a {\nb: c;\ncontent: "/* no */";\n}\n.d { e: f; }\n'
    for path in joiner.FOLDER.rglob("style.css"):
        text = path.read_text(encoding="utf-8")
        rules, small = (tinycss2.parse_stylesheet(each, True, True) for each in (text, minified_style(text)))
        assert words(small) == words(rules)


def words(rules):
    return " ".join(re.sub(r"/\*.*?\*/", "", tinycss2.serialize(rules), flags=re.DOTALL).split())
