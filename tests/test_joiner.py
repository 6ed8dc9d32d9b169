"""The joiner: modules in the order in which they need each other, and a plain no to what it can't join."""

import re

import pytest
from minify import minified

from convnet_core.labs import joiner

LABS = sorted(
    path.stem for path in joiner.FOLDER.glob("*.js") if "export default lab(" in path.read_text(encoding="utf-8")
)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """`folder(name=source, ...)` has the joiner read these modules in place of the labs' own."""
    monkeypatch.setattr(joiner, "FOLDER", tmp_path)
    for cached in (joiner.modules_of, joiner.kernel_module):
        monkeypatch.setattr(joiner, cached.__name__, cached.__wrapped__)

    def write(**modules):
        for name, source in modules.items():
            (tmp_path / f"{name}.js").write_text(source, encoding="utf-8")

    return write


def importing(*names):
    return "".join(f'import {{ f{name} }} from "./{name}.js";\n' for name in names)


def test_each_module_stands_after_those_it_needs(folder):
    folder(top=importing("left", "right"), left=importing("base"), right=importing("base", "left"), base="")
    assert joiner.modules_of("top") == ("base", "left", "right", "top")


@pytest.mark.parametrize("lab", LABS)
def test_every_lab_comes_after_what_it_imports(lab):
    modules = joiner.modules_of(lab)
    assert modules[-1] == lab
    assert len(set(modules)) == len(modules)
    for index, module in enumerate(modules):
        needed = {name for _, name in joiner.IMPORT.findall(joiner._source(module))}
        assert needed <= set(modules[:index])


@pytest.mark.parametrize(
    ("modules", "circle"),
    [
        ({"a": importing("a")}, "a -> a"),
        ({"a": importing("b"), "b": importing("a")}, "a -> b -> a"),
        ({"a": importing("b"), "b": importing("c"), "c": importing("b")}, "a -> b -> c -> b"),
    ],
)
def test_circles_are_refused(folder, modules, circle):
    folder(**modules)
    with pytest.raises(ValueError, match=f"^modules import each other: {circle}$"):
        joiner.modules_of("a")


@pytest.mark.parametrize(
    "form",
    [
        'import other from "./other.js";',
        'import * as other from "./other.js";',
        'import other, { f } from "./other.js";',
        'import { f as g } from "./other.js";',
        "import { f } from './other.js';",
        'import { f } from "./other.js"',
        'import { f } from "./folder/other.js";',
        'import { f } from "other";',
        'import { f } from "https://example.org/other.js";',
        'import "./other.js";',
        '  import { f } from "./other.js";',
        'import { f } from "./other.json" with { type: "json" };',
        'import("./other.js");',
        "export { f };",
        "export { f as g };",
        'export { f } from "./other.js";',
        'export * from "./other.js";',
        "export let f = 1;",
        "export var f = 1;",
        "export const { f } = other;",
        "export const [f] = other;",
        "  export const f = 1;",
    ],
)
def test_other_forms_are_refused_by_name(folder, form):
    folder(odd=f"const before = 1;\n{form}\n")
    first_line = re.escape(form.strip())
    with pytest.raises(ValueError, match=f"^odd.js: the joiner does not know this form: {first_line}$"):
        joiner.wrapped("odd", "modules")


def test_the_two_forms_are_rewritten(folder):
    folder(
        module='import { a, b } from "./first.js";\nimport {\n  c,\n  d,\n} from "./second.js";\n'
        "export function one() {}\nexport async function two() {}\nexport function* three() {}\n"
        "export class Four {}\nexport const five = a;\nconst hidden = 1;\nexport default { one };\n"
    )
    text = joiner.wrapped("module", "all")
    assert "const { a, b } = all.first;" in text
    assert re.search(r"const \{\s*c,\s*d,\s*\} = all\.second;", text)
    assert "return { one, two, three, Four, five, default: defaultExport };" in text
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert text.startswith("all.module = (() => {\n")


def test_the_word_import_inside_a_line_is_no_import(folder):
    folder(module="// This does import nothing.\nexport const text = `we export ideas`;\n")
    assert "export ideas" in joiner.wrapped("module", "all")


@pytest.mark.parametrize("lab", LABS)
def test_a_kernel_gets_one_text_that_imports_nothing(lab):
    text = minified(joiner.kernel_module(lab))  # a comment may name a type by `import(...)`
    assert not re.search(r"^[ ]*import\b|\bimport\(", text, re.MULTILINE)
    assert re.findall(r"\bexport\b[^;]*;", text) == [f"export default modules.{lab}.default;"]


@pytest.mark.parametrize("lab", LABS)
def test_modules_run_as_written_too(browser, lab):
    """As plain ES modules, each fetched by itself: the browser finds every name that is imported."""
    page = browser.new_page()
    page.route("http://labs.test/**", lambda route: route.fulfill(**served(route.request.url)))
    page.goto("http://labs.test/")
    page.set_content(f'<script type="module">import lab from "/{lab}.js"; window.render = lab.render;</script>')
    page.wait_for_function("typeof window.render === 'function'", timeout=5000)
    page.close()


def served(url):
    """The answer to one request: a module of the folder, or an empty page."""
    name = url.rpartition("/")[2]
    if not name:
        return {"body": "", "content_type": "text/html"}
    return {"path": joiner.FOLDER / name, "content_type": "text/javascript"}
