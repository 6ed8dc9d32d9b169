"""The joiner: modules in the order in which they need each other, and a plain no to what it can't join."""

import re
import shutil

import pytest

from convnet_core.labs.kit import joiner

LABS = joiner.lab_names()
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """`folder(name=source, ...)` has the joiner read these modules of a folder "room" in place of the labs' own."""
    kit = joiner.FOLDER / "kit"
    monkeypatch.setattr(joiner, "FOLDER", tmp_path)
    for cached in (joiner.modules_of, joiner.kernel_module, joiner._worker_entries, joiner._worker_modules):
        monkeypatch.setattr(joiner, cached.__name__, cached.__wrapped__)
    (tmp_path / "room").mkdir()
    (tmp_path / "kit").mkdir()
    shutil.copy(kit / "joined_worker.js", tmp_path / "kit")

    def write(**modules):
        for name, source in modules.items():
            (tmp_path / "room" / f"{name}.js").write_text(source, encoding="utf-8")

    return write


def importing(*names):
    return "".join(f'import {{ f{name} }} from "./{name}.js";\n' for name in names)


def test_each_module_stands_after_those_it_needs(folder):
    folder(top=importing("left", "right"), left=importing("base"), right=importing("base", "left"), base="")
    assert joiner.modules_of("room/top") == ("room/base", "room/left", "room/right", "room/top")


def test_a_module_of_another_folder_is_found_there(folder, tmp_path):
    folder(top='import { f } from "../kit/base.js";\n')
    (tmp_path / "kit" / "base.js").write_text('import { g } from "./deeper.js";\nexport const f = g;\n')
    (tmp_path / "kit" / "deeper.js").write_text("export const g = 1;\n")
    assert joiner.modules_of("room/top") == ("kit/deeper", "kit/base", "room/top")
    assert 'const { f } = labs["kit/base"];' in joiner.wrapped("room/top")


@pytest.mark.parametrize("lab", LABS)
def test_every_lab_comes_after_what_it_imports(lab):
    modules = joiner.modules_of(f"{lab}/lab")
    assert modules[-1] == f"{lab}/lab"
    assert len(set(modules)) == len(modules)
    for index, module in enumerate(modules):
        needed = set(joiner.modules_named(module))
        assert needed <= set(modules[:index])


@pytest.mark.parametrize(
    ("modules", "circle"),
    [
        ({"a": importing("a")}, "room/a -> room/a"),
        ({"a": importing("b"), "b": importing("a")}, "room/a -> room/b -> room/a"),
        ({"a": importing("b"), "b": importing("c"), "c": importing("b")}, "room/a -> room/b -> room/c -> room/b"),
    ],
)
def test_circles_are_refused(folder, modules, circle):
    folder(**modules)
    with pytest.raises(ValueError, match=f"^modules import each other: {circle}$"):
        joiner.modules_of("room/a")


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
        'import { f } from "../other.js";',
        'import { f } from "../../folder/other.js";',
        'const worker = new Worker("./other.js");  // import.meta.url',
        'const worker = new Worker(new URL("./other.js", import.meta.url));',
        'const address = new URL("./other.json", import.meta.url);',
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
    with pytest.raises(ValueError, match=f"^room/odd.js: the joiner does not know this form: {first_line}$"):
        joiner.wrapped("room/odd")


def test_the_two_forms_are_rewritten(folder):
    folder(
        module='import { a, b } from "./first.js";\nimport {\n  c,\n  d,\n} from "./second.js";\n'
        "export function one() {}\nexport async function two() {}\nexport function* three() {}\n"
        "export class Four {}\nexport const five = a;\nconst hidden = 1;\nexport default { one };\n"
    )
    text = joiner.wrapped("room/module")
    assert 'const { a, b } = labs["room/first"];' in text
    assert re.search(r'const \{\s*c,\s*d,\s*\} = labs\["room/second"\];', text)
    assert "return { one, two, three, Four, five, default: defaultExport };" in text
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert text.startswith('labs["room/module"] = (() => {\n')


def test_the_word_import_inside_a_line_is_no_import(folder):
    folder(module="// This does import nothing.\nexport const text = `we export ideas`;\n")
    assert "export ideas" in joiner.wrapped("room/module")


@pytest.mark.parametrize("lab", LABS)
def test_a_kernel_gets_one_text_that_imports_nothing(lab):
    text = COMMENT.sub("", joiner.kernel_module(lab))  # it may name a type by `import(...)`
    assert not re.search(r"^[ ]*import\b|\bimport\(", text, re.MULTILINE)
    given = f'labs["kit/full_screen"].besideKernel(labs["{lab}/lab"].default, labs["kit/big"])'
    assert re.findall(r"\bexport\b[^;]*;", text) == [f"export default {given};"]


def test_modules_run_as_written_too(browser):
    """As plain ES modules, each fetched by itself: the browser finds every name that is imported."""
    page = browser.new_page()
    page.route("http://labs.test/**", lambda route: route.fulfill(**served(route.request.url)))
    page.goto("http://labs.test/")
    imports = "names => Promise.all(names.map(async (name) => typeof (await import(`/${name}/lab.js`)).default.render))"
    assert page.evaluate(imports, LABS) == ["function"] * len(LABS)
    page.close()


def served(url):
    """The answer to one request: a module of a folder, or an empty page."""
    place = url.removeprefix("http://labs.test/")
    if not place:
        return {"body": "", "content_type": "text/html"}
    return {"path": joiner.FOLDER / place, "content_type": "text/javascript"}


WORKER = 'export const start = () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" });\n'


def test_what_a_worker_runs_comes_with_the_lab_and_what_is_for_it_alone_does_not_run_in_the_page(folder):
    folder(
        both="export const f = 1;\n",
        worker='import { f } from "./both.js";\npostMessage(f);\n',
        top='import { f } from "./both.js";\n' + WORKER,
    )
    assert joiner.modules_of("room/top") == ("room/both", "room/worker", "kit/joined_worker", "room/top")
    makers = "(labs.makers ??= {})"
    assert joiner.wrapped("room/both").startswith(f'labs["room/both"] = ({makers}["room/both"] = (labs) => {{')
    assert joiner.wrapped("room/worker").startswith(f'{makers}["room/worker"] = (labs) => {{')
    start = 'const start = () => labs["kit/joined_worker"].joinedWorker(labs.makers, ["room/both", "room/worker"]);'
    assert start in joiner.wrapped("room/top")


def test_a_joined_worker_runs_and_answers(folder, browser):
    folder(
        both="export const f = 41;\n",
        worker='import { f } from "./both.js";\npostMessage(f + 1);\n',
        top=WORKER,
    )
    page = browser.new_page()
    page.add_script_tag(content=joiner.static_script(joiner.modules_of("room/top")))
    wait = "new Promise((done) => { window.convnetLabs['room/top'].start().onmessage = ({ data }) => done(data); })"
    assert page.evaluate(wait) == 42
    page.close()
