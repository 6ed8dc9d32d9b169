"""What holds for the challenges of every lab: they are earned, they help who is stuck, and praise follows the deed."""

import pytest
from playwright.sync_api import expect

from tests.labpage import LabOnPage, all_labs

LABS = {name: lab for name, lab in all_labs().items() if lab.challenges}


def every_lab(test):
    """Asks it of every lab; one run asks some."""
    return pytest.mark.in_turn("name", 4)(pytest.mark.parametrize("name", LABS)(test))


STATUS = """
const [status, said] = [new Status(), []];
const tell = (text) => {
  status.say(text);
  said.push(status.element.textContent);
};
status.turn();
tell("Step 4.");
status.praise("Solved!");
tell("Step 4, and done.");
return new Promise((resolve) => setTimeout(() => {
  tell("Back.");
  status.hush(true);
  status.praise("Solved!");
  for (const text of ["One.", "Two."]) setTimeout(tell, 0, text);
  setTimeout(() => {
    status.hush(false);
    tell("Three.");
    resolve(said);
  }, 5);
}, 0));
"""


def test_no_sentence_overwrites_the_praise_before_it_is_spoken(page_with):
    page = page_with("kit/status")
    said = page.evaluate(f"() => {{ const {{ Status }} = window.convnetLabs['kit/status']; {STATUS} }}")
    assert said == ["Step 4.", "Solved! Step 4, and done.", "Back.", "Solved! One.", "Solved! Two.", "Three."]


# Each control in sight, used once from the start: a button pressed, each option of a menu, a slider put to some places,
# a window moved, and one in four of the cells flipped. Between two presses comes Reset.
# Returns how many presses there were, and what they have solved.
PRESS_EVERYTHING = """() => {
  const root = document.querySelector(".cl-lab");
  const reset = [...root.querySelectorAll(".cl-tools button")].find((it) => it.textContent === "Reset");
  const controls = [...root.querySelectorAll(".cl-stage :is(button, select, input, [role=gridcell], .cl-frame)")];
  const put = (value) => (it) => {
    it.value = value;
    for (const type of ["input", "change"]) it.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const key = (key) => (it) => {
    it.focus();
    it.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  };
  const places = ({ min, max, step }) => {
    const [from, by] = [Number(min), Number(step) || 1];
    const last = Math.round((Number(max) - from) / by);
    const count = Math.min(last, 9);
    return Array.from({ length: count + 1 }, (_, k) => from + by * Math.round((k * last) / count));
  };
  const waysOf = (it) => {
    if (it.matches("button, [type=checkbox], [type=radio]")) return [(it) => it.click()];
    if (it.matches("select")) return [...it.options].filter((one) => !one.disabled).map(({ value }) => put(value));
    if (it.matches("[type=range]")) return places(it).map(put);
    if (it.matches(".cl-frame")) return ["Up", "Down", "Left", "Right"].map((way) => key(`Arrow${way}`));
    const isInTurn = (Number(it.dataset.row) + 2 * Number(it.dataset.column)) % 4 === 0;
    return it.closest(".cl-editable") && isInTurn ? [key(" ")] : [];
  };
  let presses = 0;
  const found = [];
  for (const it of controls.filter((one) => one.checkVisibility())) {
    const name = it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.textContent;
    waysOf(it).forEach((way, which) => {
      if (!it.isConnected) return;
      way(it);
      presses += 1;
      if (root.querySelector(".is-solved")) found.push(`${name}, way ${which + 1}`);
      reset.click();
    });
  }
  return [presses, found];
}"""


@every_lab
def test_a_challenge_is_earned_and_helps_who_is_stuck(name, open_labs):
    """No single press from the start solves one. Hints come one by one, by keyboard, and stay."""
    lab = LabOnPage(open_labs(LABS[name]()), name)
    presses, found = lab.page.evaluate(PRESS_EVERYTHING)
    assert presses >= 6
    assert found == []
    lab.page.reload()
    items = lab.root.locator(".cl-challenge")
    expect(items).to_have_count(len(LABS[name].challenges))
    for number, (item, challenge) in enumerate(zip(items.all(), LABS[name].challenges, strict=True), start=1):
        expect(item).to_contain_text(challenge.text)
        expect(item.get_by_text(challenge.praise, exact=True)).to_be_hidden()
        assert len(challenge.hints) >= 3
        take_hints(item, number, challenge.hints)
    assert lab.button("Undo").get_attribute("aria-disabled") == "true", "a hint is no edit"


def take_hints(item, number, hints):
    given, button = item.locator("[aria-live=polite] > p"), item.get_by_role("button")
    for at, hint in enumerate(hints):
        expect(given).to_have_count(at)
        expect(button).to_have_accessible_name(f"{'Another hint' if at else 'Hint'} for challenge {number}")
        button.press("Enter")
        expect(given.last).to_have_text(f"Hint {at + 1}. {hint}")
        expect(button).to_be_focused()
    button.press("Enter")
    expect(given).to_have_count(len(hints))
    expect(button).to_have_accessible_name(f"No more hints for challenge {number}")
    expect(button).to_have_accessible_description("That was the last one.")


def test_a_count_follows_and_goes_once_the_challenge_is_solved(open_labs):
    lab = LabOnPage(open_labs(LABS["filtering"]()), "filtering")
    item = lab.root.locator(".cl-challenge").first
    for row in range(3):
        for column in range(3):
            expect(item).to_contain_text(f"Now: {3 * row + column} of 9 products are -1.")
            lab.cell("Feature", row, column).press("Space")
    expect(item.locator(".cl-praise")).to_be_visible()
    expect(item.get_by_text("Now:")).to_be_hidden()
    expect(item.get_by_role("button")).to_be_hidden()
    lab.press("Forget what is solved")
    expect(lab.root.locator(".cl-challenges-title")).to_be_focused()
    expect(item).to_contain_text("Now: 9 of 9 products are -1.")
    expect(item.get_by_role("button")).to_be_visible()
