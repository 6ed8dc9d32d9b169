"""What makes the pages' scripts small: comments and layout go, text stays as it is."""

import pytest
from minify import minified


@pytest.mark.parametrize(
    ("script", "small"),
    [
        ("// gone\n/** gone `too` */\nconst a = 1; // don't ` keep\n", "const a=1;"),
        ('const a = [\n  "b // c",  `d // e`, // gone\n];\n', 'const a=["b // c",`d // e`,];'),
        ("const a = `b  ${c ? ` : ${d}  ` : `}`}  e`;", "const a=`b  ${c ? ` : ${d}  ` : `}`}  e`;"),
        ("a = `b  \\`  ${{ c: \"}`\" }.c}  d`;\ne = 1;", "a=`b  \\`  ${{ c: \"}`\" }.c}  d`;e=1;"),
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
