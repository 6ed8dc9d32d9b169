"""What makes the pages' scripts small: comments, layout and long names go, text stays as it is."""

import re

import pytest
import tinycss2
from minify import minified, minified_style

from convnet_core.labs.kit import joiner


@pytest.mark.parametrize(
    ("script", "small"),
    [
        ("// gone\n/** gone `too` */\nconst a = 1; // don't ` keep\n", "const a=1;"),
        ("const text = (left, right) => left + right;", "const text=(a,b)=>a+b;"),  # what is bound outside stays
        (
            "f(({ left, right: to = 1, ...rest }) => ({ left, to, rest }));",
            "f(({left:b,right:a=1,...c})=>({left:b,to:a,rest:c}));",
        ),
        ("f((left) => left.left.right);", "f(a=>a.left.right);"),
        ("f((left) => `left  ${left}`);", "f(a=>`left  ${a}`);"),
        # Side by side, and where the outer one is not used within, two share a name; where both are used they do not.
        ("f((left) => left, (right) => right);", "f(a=>a,a=>a);"),
        ("f((left) => g(left, (right) => right));", "f(a=>g(a,a=>a));"),
        ("f((left) => g((right) => right + left));", "f(a=>g(b=>b+a));"),
        # A name of the page's own is not what a short one hides.
        ("f((left) => a(left));", "f(b=>a(b));"),
        # Nor is one shortened that means something of the page's elsewhere.
        ("f((name) => name, () => name);", "f(name=>name,()=>name);"),
        ('labs["x"] = (labs.make = (labs) => labs.y)(labs);', "labs.x=(labs.make=labs=>labs.y)(labs);"),
        ('"use strict";\nf();', '"use strict";f();'),
    ],
)
def test_comments_layout_and_inner_names_go(script, small):
    assert minified(script) == small + "\n"


@pytest.mark.parametrize(
    "body",
    [
        "const all = [[() => first('x')], [() => { throw first; }]]; const seen = [];"
        "for (const [key] of all) try { seen.push(key()); } catch (slip) { seen.push(slip === first); }"
        "function first(text) { return text + last; } const last = 'y'; return seen;",
        "class Grid { size = 2; #cells = 3; static of(size) { return Object.assign(new Grid(), { size }); }"
        "get rows() { return this.size * this.#cells; } } const { rows, size: wide = 1, ...rest } = Grid.of(4);"
        "return [rows, wide, Object.keys(rest), `${[1, 2].map((rows) => `${rows}${wide}`)}`];",
        "let [first, second] = [1, 2]; [first, second] = [second, first]; ({ first = 5, second } = { second: 7 });"
        "const add = function again(count, by = first) { return count ? again(count - 1) + by : second; };"
        "for (let first = 0, step = 2; first < 4; first += step) second += first; return [first, second, add(2)];",
        # A name that a block binds again, and a use of the outer one beside it.
        "const outer = (left) => (right) => () => { if (right) { const left = 2; void left; } return left; };"
        "return [outer(1)(true)(), outer(3)(false)()];",
        # Texts: a comment, a regular expression and a template in one another.
        "const ticks = `b  ${1 ? ` : ${2}  ` : `}`}  // e`; const pattern = /^[ `,]+$/; const sign = 1 - -1 + +2;"
        "return [ticks, pattern.test(' `,'), 'a // b', \"it's `\", `d \\`  ${{ c: '}`' }.c}`, sign];",
    ],
)
def test_a_script_does_what_it_did(body, page):
    script = f"(() => {{ {body} }})()"
    small = minified(script)
    assert len(small) < len(script)
    assert page.evaluate(small) == page.evaluate(script)


def test_a_script_that_can_not_be_read_is_refused_with_its_line():
    with pytest.raises(ValueError, match="line 2: this is no JavaScript"):
        minified("f();\nconst a = `b ${c}")


def test_a_style_sheet_loses_comments_and_layout_and_nothing_else():
    sheet = '/* a */\n.a {\n  b: c; /* why */\n  content: "/* no */";\n}\n\n/* two\n   lines */\n.d { e: f; }\n'
    assert minified_style(sheet) == '.a {\nb: c;\ncontent: "/* no */";\n}\n.d { e: f; }\n'
    for path in joiner.FOLDER.rglob("style.css"):
        text = path.read_text(encoding="utf-8")
        rules, small = (tinycss2.parse_stylesheet(each, True, True) for each in (text, minified_style(text)))
        assert words(small) == words(rules)


def words(rules):
    return " ".join(re.sub(r"/\*.*?\*/", "", tinycss2.serialize(rules), flags=re.DOTALL).split())
