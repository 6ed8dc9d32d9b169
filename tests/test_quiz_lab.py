"""QuizLab: its Python half against the questions, and its page against its Python half."""

import json
import re

import labs as extension  # book/_ext/labs.py
import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from convnet_core.labs.kit import joiner
from convnet_core.labs.quiz import questions
from convnet_core.labs.quiz.lab import CHAPTERS, QuizLab
from tests.labpage import CLIPBOARD, KERNEL_MODEL, LabOnPage, encoded, kernel_state, opener, write_lab_page

MINUS = "\N{MINUS SIGN}"
QUESTIONS = [
    {
        "kind": "choice",
        "ask": "Which one, <b>if any</b>?",
        "answers": [
            {"text": "The first", "reply": "It came too early."},
            {"text": "The second", "reply": "Because it is even & small."},
            {"text": "The third", "reply": "It is odd."},
            {"text": "The fourth", "reply": "It is a square."},
        ],
        "right": 1,
    },
    {
        "kind": "number",
        "ask": "What is -5 / 9, as the slides print it?",
        "right": "-0.55",
        "reply": "The rest is cut off.",
        "slips": {"0.55": "The sign got lost.", "-5": "Divide by 9, too."},
        "otherwise": "Divide minus five by nine.",
    },
    {
        "kind": "choice",
        "ask": "And which now?",
        "answers": [
            {"text": "This", "reply": "There is no other."},
            {"text": "That", "reply": "It is too far away."},
            {"text": "Another", "reply": "There is none."},
        ],
        "right": 0,
    },
]
BOX = "A number, such as -0.5 or 5/9"


@pytest.fixture(autouse=True)
def questions_of_the_tests(monkeypatch):
    """Every chapter has the questions above: what readers are asked may change, and no test of the lab with it."""
    monkeypatch.setattr("convnet_core.labs.quiz.lab.questions_of", lambda chapter: QUESTIONS)


class QuizOnPage(LabOnPage):
    def __init__(self, page):
        super().__init__(page, "quiz")

    def question(self, number):
        return self.root.get_by_role("group", name=re.compile(rf"^{number}\. "))

    def choice(self, number, name):
        return self.question(number).get_by_role("radio", name=name, exact=True)

    def box(self, number=2):
        return self.question(number).get_by_role("textbox", name=BOX)

    def hand_in(self, text):
        self.box().fill(text)
        self.box().press("Enter")

    def replies(self):
        """What is said beneath each question."""
        return self.root.locator(".cl-quiz-reply").all_inner_texts()

    @property
    def score(self):
        return self.root.locator(".cl-quiz-score").inner_text()

    def chosen(self):
        return [label.inner_text() for label in self.root.locator("label:has(:checked)").all()]


open_lab = opener(QuizLab, QuizOnPage)


def expect_page_is(lab, python):
    """The page says beneath each question what the Python half says, and counts the same."""
    for said, verdict in zip(lab.replies(), python.verdicts, strict=True):
        assert said.endswith(verdict.reply if verdict else ""), said
        assert (said == "") == (verdict is None)
        assert ("✓" in said) == (verdict is not None and verdict.is_right)
    assert lab.score.startswith(f"{python.right_at_first} of 3 answered right at the first try.")


# The Python half


def test_first_tries_count_and_latest_ones_are_met():
    lab = QuizLab(answers=[[0, 1], [-5 / 9]])
    first, second, third = lab.verdicts
    assert first == (1, True, False, "Because it is even & small.")
    assert second == (-5 / 9, True, True, "The rest is cut off.")
    assert third is None
    assert lab.right_at_first == 1


def test_an_answer_that_a_question_does_not_have_is_none():
    """A link of an edition with more answers, or more questions, still shows what it can."""
    lab = QuizLab(answers=[[3, 1], [0.55], [3, 0], [1], [1]])
    assert [verdict and verdict.answer for verdict in lab.verdicts] == [1, 0.55, 0]
    assert [verdict.is_right_at_first for verdict in lab.verdicts] == [False, False, True]
    assert QuizLab(answers=[[0.5], [], [-1]]).verdicts == [None] * 3


def test_a_chapter_stays_what_it_is(monkeypatch):
    monkeypatch.setitem(QuizLab.chapter.rule, "options", [*CHAPTERS, "another"])
    lab = QuizLab(chapter=CHAPTERS[-1])
    with pytest.raises(traitlets.TraitError, match=f"^QuizLab.chapter must be one of: {CHAPTERS[-1]}$"):
        lab.chapter = "another"
    assert QuizLab(chapter="another").chapter == "another"
    with pytest.raises(traitlets.TraitError, match=f"^QuizLab.chapter must be one of: {CHAPTERS[0]}.*, another$"):
        QuizLab(chapter="no such chapter")
    with pytest.raises(traitlets.TraitError, match="QuizLab.answers must be at most 9 lists"):
        lab.answers = [[0, 1, 2]]
    assert (lab.chapter, lab.answers) == (CHAPTERS[-1], [])


def test_what_is_read_is_a_copy():
    lab = QuizLab(answers=[[1]])
    lab.answers[0].append(2)
    assert lab.answers == [[1]]


def test_a_page_carries_its_own_chapter_alone(monkeypatch):
    monkeypatch.setattr("convnet_core.labs.quiz.lab.CHAPTERS", (CHAPTERS[0], "another"))
    own = {CHAPTERS[0]: QUESTIONS[:2], "another": QUESTIONS[2:]}
    monkeypatch.setattr("convnet_core.labs.quiz.lab.questions_of", own.get)
    html = QuizLab().static_html()
    assert "Which one" in html
    assert "And which now?" not in html
    alone = QuizLab.alone().static_html()
    assert "Which one" in alone
    assert "And which now?" in alone


def test_a_part_asks_its_own_kind_of_question_alone(open_lab):
    assert [len(QuizLab(part=part).questions) for part in ("all", "pencil", "quick")] == [3, 1, 2]
    quick = QuizLab(part="quick", answers=[[1], [0]])
    assert (quick.right_at_first, "-5 / 9" in quick.static_html()) == (2, False)
    with pytest.raises(traitlets.TraitError, match="^QuizLab.part must be one of: quick$"):
        quick.part = "pencil"
    lab = open_lab(part="pencil")
    expect(lab.root).to_have_accessible_name("Pencil quiz")  # a chapter's other quiz is called otherwise
    lab.box(1).fill("-5")
    lab.box(1).press("Enter")
    assert lab.replies() == ["✗ not -5 Divide by 9, too."]
    assert lab.score == "0 of 1 answered right at the first try. To try again: 1."


def test_without_scripts_each_answer_is_a_fold(open_lab):
    page = open_lab(page={"java_script_enabled": False}).page
    items = page.locator(".convnet-quiz > li")
    assert items.count() == 3
    assert page.locator("details[open]").count() == 0
    items.first.get_by_text("The second").click()
    expect(items.first.get_by_text("Right. Because it is even & small.")).to_be_visible()
    expect(items.first.get_by_text("Not yet. It is odd.")).to_be_hidden()
    items.nth(1).get_by_text("Show the answer").click()
    expect(items.nth(1).get_by_text("-0.55: The rest is cut off.")).to_be_visible()
    expect(items.first).to_contain_text("<b>if any</b>")


# The page


def test_a_choice_is_met_at_once_and_another_may_be_tried(open_lab):
    lab = open_lab()
    assert lab.replies() == ["", "", ""]
    assert lab.score == "0 of 3 answered right at the first try. Still open: 3."
    lab.choice(1, "The third").click()
    assert lab.replies()[0] == "✗ not yet It is odd."
    assert lab.score == "0 of 3 answered right at the first try. Still open: 2."
    lab.choice(1, "The second").click()
    assert lab.replies() == ["✓ right Because it is even & small.", "", ""]
    lab.choice(3, "This").click()
    assert lab.score == "1 of 3 answered right at the first try. Still open: 1."
    lab.hand_in("0.55")
    assert lab.score == "1 of 3 answered right at the first try. To try again: 1."
    lab.hand_in("-0.55")
    assert lab.score == "1 of 3 answered right at the first try. All of them are right now: well worked out."
    expect_page_is(lab, QuizLab(answers=[[2, 1], [0.55, -0.55], [0]]))


def test_all_right_at_the_first_try(open_lab):
    lab = open_lab()
    lab.choice(1, "The second").click()
    lab.choice(3, "This").click()
    lab.box().fill("-5/9")
    lab.press("Check")
    assert lab.score == "3 of 3 answered right at the first try. Well done, the chapter is yours."
    expect(lab.box()).to_have_value("-5/9")  # as it was typed
    lab.choice(3, "That").click()  # out of curiosity: a first try stays one
    assert lab.score == "3 of 3 answered right at the first try. To try again: 1."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-0.55", "✓ right The rest is cut off."),
        (f"{MINUS}0,55", "✓ right The rest is cut off."),
        ("-5/9", "✓ right The rest is cut off."),
        ("5/9", "✗ not 0.556 The sign got lost."),
        ("-5", "✗ not -5 Divide by 9, too."),
        ("12", "✗ not 12 Divide minus five by nine."),
    ],
)
def test_a_number_is_read_as_in_every_box_and_met_by_its_slip(open_lab, text, said):
    lab = open_lab()
    lab.hand_in(text)
    assert lab.replies()[1] == said
    expect(lab.box()).to_have_value(text)


def test_what_is_no_number_is_no_try(open_lab):
    lab = open_lab()
    refused = dict.fromkeys(["", "about half"], "Type a number: 5, -0.5 or 1/9.")
    refused |= {"1,000": "can be read in two ways", "1000001": "Type a number from -1000000 to 1000000."}
    for text, words in refused.items():
        lab.hand_in(text)
        lab.expect_status(words)
    assert lab.replies() == [""] * 3
    assert lab.button("Undo").get_attribute("aria-disabled") == "true"
    lab.hand_in("7")
    lab.hand_in("7.0")
    lab.expect_status("7 is what you answered before. What is said of it still holds.")
    lab.press("Undo")
    lab.hand_in("-0.55")
    assert lab.status == ""
    assert lab.score.startswith("1 of 3")


def test_what_is_typed_and_not_handed_in_outlives_another_answer(open_lab):
    lab = open_lab()
    lab.box().fill("-0.")
    lab.choice(1, "The second").click()
    expect(lab.box()).to_have_value("-0.")


def test_arrow_keys_only_move_and_space_and_enter_choose(open_lab):
    lab = open_lab()
    keyboard = lab.page.keyboard
    focused = "document.activeElement.parentElement.textContent"
    lab.choice(1, "The first").focus()
    for key, name in [("ArrowDown", "second"), ("ArrowRight", "third"), ("ArrowUp", "second"), ("ArrowLeft", "first")]:
        keyboard.press(key)
        assert lab.page.evaluate(focused) == f"The {name}"
    keyboard.press("ArrowUp")
    assert lab.page.evaluate(focused) == "The fourth"
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    assert lab.replies() == [""] * 3
    keyboard.press("Space")
    assert lab.chosen() == ["The second"]
    keyboard.press("Tab")
    assert lab.page.evaluate("document.activeElement.localName + document.activeElement.type") == "inputtext"
    keyboard.type("-0,55")
    keyboard.press("Tab")
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.press("Enter")
    assert lab.chosen() == ["The second", "This"]
    assert lab.score.startswith("3 of 3 answered right at the first try.")


def test_undo_redo_and_reset(open_lab):
    lab = open_lab()
    lab.choice(1, "The third").click()
    lab.hand_in("-5")
    lab.hand_in("-0.55")
    lab.page.keyboard.press("Tab")
    lab.press("Undo")
    lab.expect_status("Undone.")
    assert lab.replies() == ["✗ not yet It is odd.", "✗ not -5 Divide by 9, too.", ""]
    expect(lab.box()).to_have_value("-5")
    lab.press("Undo")
    expect(lab.box()).to_have_value("")
    lab.press("Redo")
    expect(lab.box()).to_have_value("-5")
    lab.press("Reset")
    assert (lab.replies(), lab.chosen()) == ([""] * 3, [])
    lab.press("Undo")
    assert lab.chosen() == ["The third"]


def test_answers_outlive_a_reload_and_travel_by_link(open_lab, new_page):
    lab = open_lab(page=CLIPBOARD)
    lab.choice(1, "The third").click()
    lab.choice(1, "The second").click()
    lab.hand_in("-5/9")
    seen = lab.look()
    lab.press("Copy link")
    address = lab.page.evaluate("navigator.clipboard.readText()")
    lab.page.reload()
    assert lab.look() == seen
    expect(lab.box()).to_have_value("-0.555556")
    other = QuizOnPage(new_page())
    other.page.goto(address)
    assert other.look() == seen
    expect_page_is(other, QuizLab(answers=[[2, 1], [-5 / 9]]))


def test_a_link_of_another_chapter_or_with_more_answers(open_lab):
    lab = open_lab()
    lab.page.evaluate("(text) => { location.hash = text; }", f"lab-quiz={encoded({'chapter': 'another'})}")
    lab.expect_status("This link can't be shown: chapter must be one of:")
    answers = [[3, 1], [0.55], [3], [1], [1]]
    lab.page.evaluate("(text) => { location.hash = text; }", f"lab-quiz={encoded({'answers': answers})}")
    lab.expect_status("This is the state that the link describes.")
    expect_page_is(lab, QuizLab(answers=answers))
    lab.choice(3, "That").click()
    expect_page_is(lab, QuizLab(answers=[[3, 1], [0.55], [1]]))


def test_an_answer_is_read_out_and_what_a_reload_brings_is_not(open_lab):
    lab = open_lab()
    lab.choice(1, "The third").click()
    live = lab.root.locator(".cl-quiz-live[aria-live=polite]")
    expect(live).to_have_count(4)  # three replies, and the score
    lab.page.reload()
    expect(lab.choice(1, "The third")).to_be_checked()
    expect(live).to_have_count(0)


def test_targets_are_large_enough_and_nothing_is_cut_on_a_narrow_page(open_lab):
    lab = open_lab(page={"viewport": {"width": 320, "height": 700}, "has_touch": True})
    lab.choice(1, "The third").tap()
    lab.hand_in("-5")
    for target in lab.root.locator("label:has([type=radio]), .cl-button:visible:not(.cl-skip), [type=text]").all():
        box = target.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_quiz_shows_no_challenges_and_no_keys_of_grids(open_lab):
    lab = open_lab()
    expect(lab.root.locator(".cl-challenges")).to_be_hidden()
    lab.root.get_by_text("Keys", exact=True).click()
    keys = lab.root.locator(".cl-keys li").all_inner_texts()
    assert len(keys) == 3
    assert not [key for key in keys if "grid" in key or "pixel" in key]


def test_a_lab_without_a_grid_leaves_the_grid_in_what_every_page_shares():
    assert {"kit/grid", "kit/controls"} <= {*extension.kit_modules()}
    assert "kit/grid" not in joiner.modules_of("quiz/lab")


def test_the_page_of_its_own_asks_for_the_chapter(open_labs, monkeypatch):
    """A link brings any chapter there; the menu goes from one to another, and Undo back."""
    monkeypatch.setattr("convnet_core.labs.quiz.lab.CHAPTERS", ("one", CHAPTERS[0]))
    own = {"one": QUESTIONS[:1], CHAPTERS[0]: QUESTIONS}
    monkeypatch.setattr("convnet_core.labs.quiz.lab.questions_of", own.get)
    state = encoded({"chapter": "one", "answers": [[2]]})
    lab = QuizOnPage(open_labs(QuizLab.alone(), fragment=f"#lab-quiz={state}"))
    assert lab.score == "0 of 1 answered right at the first try. To try again: 1."
    state = encoded({"chapter": CHAPTERS[0], "part": "quick"})
    lab.page.evaluate("(text) => { location.hash = text; }", f"lab-quiz={state}")
    expect(lab.question(2)).to_contain_text("And which now?")
    lab.press("Undo")
    lab.menu("Chapter").select_option(CHAPTERS[0])
    assert lab.replies() == [""] * 3
    lab.choice(3, "This").click()
    lab.press("Undo")
    lab.press("Undo")
    expect(lab.menu("Chapter")).to_have_value("one")
    assert lab.replies() == ["✗ not yet It is odd."]


def test_beside_a_kernel_python_sees_the_answers_and_can_give_some(open_lab):
    lab = open_lab()
    mount = """([state]) => {
      document.querySelector(".convnet-lab").remove();
      const el = document.querySelector("main").appendChild(document.createElement("div"));
      window.model = new KernelModel(state);
      window.convnetLabs["quiz/lab"].default.render({ model: window.model, el });
    }"""
    lab.page.evaluate(mount.replace("=> {", f"=> {{ {KERNEL_MODEL}", 1), [kernel_state(QuizLab())])
    lab.root = lab.page.locator(".cl-lab")
    lab.choice(1, "The third").click()
    assert lab.page.evaluate("window.model.state.answers") == [[2]]
    assert lab.page.evaluate("window.model.saved") == 1
    lab.page.evaluate("window.model.set('answers', [[2], [-5]])")
    expect(lab.question(2)).to_contain_text("Divide by 9, too.")


# Both halves judge alike.

NUMBERS = ["0.55", "-0.55", "7/9", "-5/9", "4", "-3", "2.5", "0.125", "1.00", "0.29", "0"]
near = st.builds(
    lambda text, off: questions.number_of(text) + off,
    st.sampled_from(NUMBERS),
    st.sampled_from([0, 1e-12, -1e-12, 0.004999, 0.005, 0.005001, -0.005, 0.01, -0.01, 0.05, -0.0005, 0.5, 1e-8]),
)


@pytest.fixture(scope="module")
def derived(browser, tmp_path_factory):
    """`derived(body, cases)`: what a JavaScript expression answers for each of `cases`, as `at`."""
    page = browser.new_page()
    page.goto(write_lab_page(tmp_path_factory.mktemp("quiz"), QuizLab()))
    modules = "{ ...window.convnetLabs['quiz/derived'], ...window.convnetLabs['mirror/printing'] }"
    names = f"const {{ accepts, judge, readNumber }} = {modules}"
    yield lambda body, cases: page.evaluate(f"(cases) => {{ {names}; return cases.map((at) => {body}); }}", cases)
    page.close()


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(NUMBERS), near | st.floats(-1e6, 1e6)), min_size=1, max_size=50))
def test_the_same_numbers_are_meant(derived, cases):
    assert derived("accepts(...at)", cases) == [questions.accepts(text, number) for text, number in cases]


def test_both_judge_every_answer_of_the_book_alike(derived):
    cases = []
    for chapter in questions.chapters():
        for question in json.loads((questions.FOLDER / f"{chapter}.json").read_text(encoding="utf-8")):
            if question["kind"] == "choice":
                cases += [(question, place) for place in range(len(question["answers"]))]
            else:
                numbers = map(questions.number_of, [question["right"], *question["slips"], "98765", "-0.1"])
                cases += [(question, number) for number in numbers]
    wanted = [{"isRight": right, "reply": reply} for right, reply in (questions.judge(*case) for case in cases)]
    assert derived("judge(...at)", cases) == wanted


def test_numbers_of_the_files_are_read_as_the_boxes_read_them(derived):
    sums = [
        question
        for chapter in questions.chapters()
        for question in questions.questions_of(chapter)
        if question["kind"] == "number"
    ]
    texts = [*NUMBERS, *(text for question in sums for text in (question["right"], *question["slips"]))]
    assert derived("readNumber(at)", texts) == [questions.number_of(text) for text in texts]
