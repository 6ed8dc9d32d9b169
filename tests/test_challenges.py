"""What holds for the challenges of every lab: they are earned, they help who is stuck, and praise follows the deed."""

import pytest
from playwright.sync_api import expect

from tests.labpage import LabOnPage, all_labs

LABS = {name: lab for name, lab in all_labs().items() if lab.challenges}
every_lab = pytest.mark.parametrize("name", LABS)

# Each control of the lab, used once from the start: a button pressed, each option of a menu, a slider to up to a dozen
# places, each cell flipped (and, where cells are no pixels, set to 0), a window moved. Between two presses comes Reset.
# Returns how many presses there were, and what they have solved.
PRESS_EVERYTHING = """() => {
  const root = document.querySelector(".cl-lab");
  const reset = [...root.querySelectorAll(".cl-tools button")].find((it) => it.textContent === "Reset");
  const controls = () => [...root.querySelectorAll(".cl-stage :is(button, select, input, [role=gridcell], .cl-frame)")];
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
    const count = Math.min(last, 12);
    return Array.from({ length: count + 1 }, (_, k) => from + by * Math.round((k * last) / count));
  };
  const waysOf = (it) => {
    if (it.matches("button, [type=checkbox], [type=radio]")) return [(it) => it.click()];
    if (it.matches("select")) return [...it.options].filter((one) => !one.disabled).map(({ value }) => put(value));
    if (it.matches("[type=range]")) return places(it).map(put);
    if (it.matches(".cl-frame")) return ["Up", "Down", "Left", "Right"].map((way) => key(`Arrow${way}`));
    if (!it.closest(".cl-editable")) return [];
    return [key(" "), ...(it.closest(".cl-ink") ? [] : [key("0")])];
  };
  let presses = 0;
  const found = [];
  for (let at = 0; at < controls().length; at += 1) {
    const it = controls()[at];
    const name = it.ariaLabel ?? it.labels?.[0]?.textContent ?? it.textContent;
    waysOf(it).forEach((way, which) => {
      const now = controls()[at];
      if (!now) return;
      way(now);
      presses += 1;
      if (root.querySelector(".is-solved")) found.push(`${name}, way ${which + 1}`);
      reset.click();
    });
  }
  return [presses, found];
}"""


@every_lab
def test_no_single_press_from_the_start_solves_a_challenge(name, open_labs):
    lab = LabOnPage(open_labs(LABS[name]()), name)
    presses, found = lab.page.evaluate(PRESS_EVERYTHING)
    assert presses >= 8
    assert found == []


@every_lab
def test_hints_come_one_by_one_and_by_keyboard(name, open_labs):
    lab = LabOnPage(open_labs(LABS[name]()), name)
    items = lab.root.locator(".cl-challenge")
    expect(items).to_have_count(len(LABS[name].challenges))
    for number, (item, challenge) in enumerate(zip(items.all(), LABS[name].challenges, strict=True), start=1):
        expect(item).to_contain_text(challenge.text)
        expect(item.get_by_text(challenge.praise, exact=True)).to_be_hidden()
        assert len(challenge.hints) >= 3
        hints = item.locator("[aria-live=polite] > p")
        button = item.get_by_role("button")
        for given, hint in enumerate(challenge.hints):
            expect(hints).to_have_count(given)
            expect(button).to_have_accessible_name(f"{'Another hint' if given else 'Hint'} for challenge {number}")
            button.press("Enter")
            expect(hints.last).to_have_text(f"Hint {given + 1}. {hint}")
            expect(button).to_be_focused()
        button.press("Enter")
        expect(hints).to_have_count(len(challenge.hints))
        expect(button).to_have_accessible_name(f"No more hints for challenge {number}")
        expect(button).to_have_accessible_description("That was the last one.")
    assert lab.root.get_by_role("button", name="Undo").get_attribute("aria-disabled") == "true", "a hint is no edit"


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
    expect(item).to_contain_text("Now: 9 of 9 products are -1.")
    expect(item.get_by_role("button")).to_be_visible()
