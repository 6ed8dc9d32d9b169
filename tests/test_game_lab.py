"""GameLab: its Python half, and in a real browser what a reader plays, lets a net learn, watches and breaks."""

import re

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect

from convnet_core.labs.game.lab import BASELINES, KINDS, TABS, GameLab
from tests.gamepage import LEARN, GameOnPage
from tests.labpage import opener
from tests.readable import findings

# Python alone.


def test_it_starts_with_catch_and_a_net_that_knows_nothing():
    lab = GameLab()
    assert repr(lab) == "GameLab()"
    assert lab.picture.shape == (10, 10)
    assert sorted(set(lab.picture.ravel().tolist())) == [0, pytest.approx(0.7), 1]
    assert np.abs(lab.worths).max() < 0.2
    assert lab.own_score is None
    assert len(lab.network.forward(np.zeros((4, 1, 10, 10)))) == 4


def test_the_same_seed_is_the_same_game_and_the_same_net():
    one, same, other = GameLab(seed=7), GameLab(seed=7), GameLab(seed=8)
    np.testing.assert_array_equal(one.picture, same.picture)
    np.testing.assert_array_equal(one.worths, same.worths)
    assert not np.array_equal(one.worths, other.worths)


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_to_be_beaten_is_what_chance_and_the_rule_score(kind):
    lab = GameLab(game=kind)
    counted = lab.chance_scores.mean(), lab.rule_scores.mean()
    assert counted == pytest.approx(BASELINES[kind], abs=1e-9)
    assert not lab.rule_scores.flags.writeable


def test_two_pictures_are_seen():
    lab = GameLab(game="drift", seen=2)
    assert lab.network.forward(np.zeros((1, 2, 10, 10))).shape == (1, 3)
    assert lab.worths.shape == (3,)


def test_the_readers_score_is_told():
    own = [4, 2, 0, 0, 2, 9]
    assert GameLab(own=own).own_score == 0.5
    assert GameLab(own=own, game="drift").own_score is None
    assert GameLab(own=own, game="breakout").own_score == 4.5
    assert GameLab(own=[]).own_score is None


@pytest.mark.parametrize("game", KINDS)
def test_the_tables_tell_what_has_to_be_beaten_and_the_first_picture(game):
    html = GameLab(game=game).tables()
    for words in ("29%", "100%", "30%", "75%", "0.5", "36.3", "its first picture", "0.7"):
        assert words in html


@pytest.mark.parametrize(
    "bad",
    [
        {"game": "pong"},
        {"tab": "cake"},
        {"speed": 0},
        {"replay": 0},
        {"discount": 1},
        {"seen": 3},
        {"exploring": "some"},
        {"seed": -1},
        {"own": [0] * 7},
    ],
)
def test_a_bad_state_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        GameLab(**bad)


# In the page: play.

open_lab = opener(GameLab, view=GameOnPage)


@pytest.mark.parametrize("game", KINDS)
@pytest.mark.parametrize("seed", [0, 5])
def test_the_first_picture_is_pythons(open_lab, game, seed):
    greys = open_lab(game=game, seed=seed).greys()
    np.testing.assert_allclose(np.array(greys) / 255, GameLab(game=game, seed=seed).picture.ravel(), atol=0.003)


def test_nothing_moves_by_itself_and_a_press_is_a_step(open_lab):
    lab = open_lab()
    row, column, paddle = lab.seen()
    lab.page.wait_for_timeout(800)
    assert lab.seen() == (row, column, paddle)
    lab.move(2)
    assert lab.seen() == (row + 1, column, paddle + 1)
    lab.expect_status(f"The ball in row {row + 2}, column {column + 1}, the paddle in columns {paddle + 2} to")
    lab.button("Left").click()
    assert lab.seen() == (row + 2, column, paddle)
    lab.button("Stay").press("Enter")
    assert lab.seen() == (row + 3, column, paddle)
    lab.button("Stay").press("ArrowLeft")  # keys are heard wherever the focus is
    assert lab.seen() == (row + 4, column, paddle - 1)


def test_the_score_is_counted_kept_and_forgotten(open_lab):
    lab = open_lab()
    expect(lab.score).to_have_text("You have played no game yet.")
    for _ in range(3):
        lab.follow_the_ball()
        lab.expect_status("Caught!")
        lab.move(1)  # the next ball
    expect(lab.score).to_have_text("You: 3 games, 3 caught (100%).")
    assert lab.trait("own")[:2] == [3, 3]
    while lab.seen()[0] != 9:  # away from the ball
        row, column, _ = lab.seen()
        lab.move(0 if column > 4 else 2)
    lab.expect_status("Missed.")
    expect(lab.score).to_have_text("You: 4 games, 3 caught (75%).")
    lab.press("Reset")
    expect(lab.score).to_have_text("You: 4 games, 3 caught (75%).")
    lab.page.wait_for_timeout(300)
    lab.page.reload()
    expect(lab.score).to_have_text("You: 4 games, 3 caught (75%).")
    lab.press("Forget my score")
    expect(lab.score).to_have_text("You have played no game yet.")
    lab.press("Undo")
    expect(lab.score).to_have_text("You: 4 games, 3 caught (75%).")


def test_a_game_that_runs_can_be_paused(open_lab):
    lab = open_lab(speed=12)
    lab.press("Start")
    expect(lab.button("Pause")).to_be_visible()
    expect(lab.score).to_contain_text("You: 1 game", timeout=10_000)
    lab.screen.press(" ")
    expect(lab.button("Start")).to_be_visible()
    before = lab.seen()
    lab.page.wait_for_timeout(400)
    assert lab.seen() == before


def test_what_is_held_moves_the_paddle_while_it_runs(open_lab):
    lab = open_lab(speed=12)
    lab.press("Start")
    box = lab.button("Left").bounding_box()
    lab.page.mouse.move(box["x"] + 20, box["y"] + 20)
    lab.page.mouse.down()
    lab.page.wait_for_function("document.querySelector('.cl-game-screen').ariaLabel.includes('columns 1 to 3')")
    lab.page.mouse.up()
    lab.page.keyboard.down("ArrowRight")
    lab.page.wait_for_function("document.querySelector('.cl-game-screen').ariaLabel.includes('columns 8 to 10')")
    lab.page.keyboard.up("ArrowRight")


def test_another_tab_or_game_pauses(open_lab):
    lab = open_lab(speed=12)
    lab.press("Start")
    lab.menu("Game").select_option("Breakout")
    expect(lab.button("Start")).to_be_visible()
    lab.press("Start")
    lab.press("Watch")
    lab.press("Play")
    expect(lab.button("Start")).to_be_visible()


def test_breakout_is_played_by_touch(open_lab):
    lab = open_lab(page={"has_touch": True, "viewport": {"width": 390, "height": 844}}, game="breakout")
    for _ in range(40):
        if "Over" in lab.status:
            break
        lab.button("Stay").tap()
    lab.expect_status("Over, after")
    expect(lab.score).to_contain_text("You: 1 game,")


# Learning.


def test_it_learns_catch_and_the_first_challenge_is_solved(open_lab):
    lab = open_lab(tab="learn")
    lab.press(LEARN)
    lab.expect_status("It learns Catch, up to step 5,000.")
    lab.finish()
    expect(lab.account).to_contain_text("5,000 steps played. In the last test: ")
    assert int(re.search(r"test: (\d+) of 100", lab.account.inner_text())[1]) >= 95
    assert any("95 of 100" in text for text in lab.solved())
    expect(lab.root.locator(".cl-curve")).to_have_attribute("aria-label", re.compile(r"^Score over steps\. 0: \d+%;"))
    expect(lab.root.locator(".cl-game-table tbody tr")).to_have_count(1)


def test_a_run_is_stopped_goes_on_and_begins_again(open_lab):
    lab = open_lab(tab="learn", game="breakout", seen=2)
    lab.press(LEARN)
    expect(lab.button("Stop")).to_be_focused()
    lab.stop_after(750)
    lab.expect_status("After")
    frames = lab.wait_for_frames(750)
    assert frames < 15_000
    lab.press("Go on")
    lab.stop_after(frames + 750)
    lab.press("Begin again")
    assert lab.trait("seed") == 1
    lab.wait_for_frames(750)
    lab.press("Stop")
    lab.finish()
    expect(lab.root.locator(".cl-game-table tbody tr")).to_have_count(2)
    lab.choose(discount="0: only this step’s points")
    expect(lab.account).to_contain_text("The settings are others now")
    expect(lab.button(LEARN)).to_be_visible()
    lab.press("Undo")
    expect(lab.button("Go on")).to_be_visible()


def test_another_setting_stops_what_is_learned(open_lab):
    lab = open_lab(tab="learn", game="drift")
    lab.press(LEARN)
    lab.wait_for_frames(750)
    lab.choose(memory="1 step: no memory")
    lab.expect_status("Replay memory: 1 step: no memory.", "It learns no more")
    expect(lab.button(LEARN)).to_be_visible()


@pytest.mark.parametrize("how", [{"discount": "0: only this step’s points"}, {"memory": "1 step: no memory"}])
@pytest.mark.in_turn("how", 2)
def test_broken_it_never_learns_and_repaired_it_does(open_lab, how):
    lab = open_lab(tab="learn")
    lab.choose(**how)
    lab.learn()
    lab.expect_status("Challenge solved!")
    assert any("Break it." in text for text in lab.solved())
    lab.press("Undo")
    lab.learn()
    assert len(lab.solved()) == 2
    rows = lab.root.locator(".cl-game-table tbody tr").all_inner_texts()
    assert len(rows) == 2
    assert int(re.search(r"(\d+)%$", rows[0])[1]) > 90
    assert int(re.search(r"(\d+)%$", rows[1])[1]) < 70


@pytest.mark.sweep
def test_one_picture_of_a_ball_that_drifts_is_not_enough(open_lab):
    lab = open_lab(tab="learn", game="drift")
    lab.learn()
    expect(lab.root.locator(".cl-challenges")).to_contain_text("one picture is done; now two")
    lab.choose(pictures="2: the last two")
    lab.learn()
    assert any("drift" in text for text in lab.solved())


def test_where_a_page_may_make_no_worker_it_learns_in_the_page(open_lab):
    lab = open_lab(page={"init_script": "window.Worker = undefined;"}, tab="learn")
    lab.press(LEARN)
    lab.stop_after(250)


def test_what_has_been_learned_comes_back_with_undo(open_lab):
    lab = open_lab(tab="learn")
    lab.press(LEARN)
    lab.stop_after(250)
    account = lab.account.inner_text()
    lab.press("Reset")
    expect(lab.account).to_contain_text("It has learned nothing yet")
    lab.press("Undo")
    expect(lab.account).to_have_text(account)
    expect(lab.button("Go on")).to_be_visible()


def test_values_that_a_link_brings_are_shown(open_lab):
    lab = open_lab(tab="learn", replay=777, discount=0.8)
    assert lab.menu("Replay memory").evaluate("it => it.selectedOptions[0].textContent") == "777 steps"
    assert lab.menu("Discount").input_value() == "0.8"


def test_seeds_learn_catch(open_lab):
    lab = open_lab(tab="learn", seed=3)
    lab.learn()
    rows = lab.root.locator(".cl-game-table tbody tr").all_inner_texts()
    assert int(re.findall(r"(\d+)%", rows[0])[0]) >= 95


# Watching.


def worths(lab):
    return [float(text.replace("−", "-")) for text in lab.root.locator(".cl-game-number").all_inner_texts()]


@pytest.mark.parametrize("state", [{}, {"game": "drift", "seen": 2, "seed": 4}, {"game": "breakout"}])
def test_what_a_fresh_net_thinks_is_what_python_says(open_lab, state):
    lab = open_lab(tab="watch", **state)
    np.testing.assert_allclose(worths(lab), GameLab(**state).worths, atol=0.0051)
    best = int(GameLab(**state).worths.argmax())
    expect(lab.root.locator(".cl-game-worths li").nth(best)).to_contain_text("taken")
    expect(lab.account).to_contain_text("Nothing is learned yet")


def test_the_net_is_watched_at_any_moment(open_lab):
    lab = open_lab(tab="learn")
    lab.learn()
    lab.press("Watch")
    moment = lab.root.get_by_role("slider", name="Moment")
    expect(moment).to_have_attribute("aria-valuetext", re.compile(r"^after 5,000 steps, \d+% caught$"))
    late = worths(lab)
    assert max(late) > 0.5
    moment.press("Home")
    lab.expect_status("After 0 steps")
    np.testing.assert_allclose(worths(lab), GameLab().worths, atol=0.0051)
    moment.press("End")
    assert worths(lab) == late
    for _ in range(9):
        lab.press("One step")
    lab.expect_status("Caught!")
    lab.press("One step")
    heat = lab.root.get_by_role("img", name=re.compile("^What it looks at"))
    expect(heat).to_have_attribute("aria-label", re.compile(r"Without the pixel in row \d+, column \d+"))
    lab.press("Let it play")
    lab.press("Pause")


def test_two_pictures_are_shown_where_two_are_seen(open_lab):
    lab = open_lab(tab="watch", game="drift", seen=2)
    expect(lab.root.get_by_text("The picture before")).to_be_visible()
    lab.press("Learn")
    lab.choose(pictures="1: the last one")
    lab.press("Watch")
    expect(lab.root.get_by_text("The picture before")).to_be_hidden()


def test_a_race_has_the_same_balls_for_both(open_lab):
    lab = open_lab(tab="race")
    expect(lab.root.get_by_text("Your rival has learned nothing yet")).to_be_visible()
    for _ in range(3):
        lab.follow_the_ball()
        yours, nets = lab.root.locator(".cl-game-screen:visible").evaluate_all("all => all.map((it) => it.ariaLabel)")
        assert re.search("column \\d+", yours)[0] == re.search("column \\d+", nets)[0]
        lab.move(1)
    expect(lab.score).to_contain_text("After 3 rounds: you 3, the net")


# What is heard.

# Whatever the status has said, in its order.
SAID = """
window.said = [];
new MutationObserver(() => {
  const text = document.querySelector('.cl-status')?.textContent;
  if (text && window.said.at(-1) !== text) window.said.push(text);
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


def listening(open_lab, **state):
    lab = open_lab(page={"init_script": SAID}, speed=12, **state)
    return lab, lambda: lab.page.evaluate("window.said.splice(0)")


@pytest.mark.parametrize("tab", ["play", "watch", "race"])
def test_while_it_runs_only_ends_are_told_and_a_pause_tells_where_it_stands(open_lab, tab):
    lab, said = listening(open_lab, tab=tab)
    start = "Let it play" if tab == "watch" else "Start"
    lab.press(start)
    lab.page.wait_for_function("window.said.length > 1")
    assert all(text.startswith(("Caught!", "Missed.")) for text in said())
    lab.press("Pause")
    row, column, _ = lab.seen()
    if row < 9:
        lab.expect_status("Paused. The ball in row", f"row {row + 1}, column {column + 1}, the paddle")
    else:
        lab.expect_status("Paused. ")
    lab.press(start)
    assert "Paused" not in lab.status
    lab.root.locator(".cl-tabs button", has_text="Learn").click()
    assert lab.status == ""


def test_the_end_of_a_game_tells_the_tally_and_what_a_press_does(open_lab):
    lab = open_lab()
    lab.follow_the_ball()
    lab.expect_status("Caught! You: 1 game, 1 caught (100%). The next press only brings the next ball.")
    before = lab.seen()[2]
    lab.move(0)
    assert lab.seen()[0] == 0
    assert lab.seen()[2] == 3 != before or before == 3
    lab.press("Race")
    lab.follow_the_ball()
    lab.expect_status("Caught! After 1 round: you 1, the net")


def test_of_breakout_the_way_of_the_ball_and_the_bricks_are_told(open_lab):
    lab = open_lab(game="breakout")
    lab.move(1)
    lab.expect_status("going down and to the", "0 bricks so far")
    for _ in range(80):
        row, column, paddle = lab.seen()
        lab.move(1 + (column > paddle + 1) - (column < paddle + 1))
        if "1 brick so far" in lab.status or "Over" in lab.status:
            break
    lab.expect_status("1 brick so far")


def test_how_to_play_by_ear_is_told(open_lab):
    lab = open_lab()
    expect(lab.root.get_by_text("this is the way to play by ear").locator("visible=true")).to_have_count(1)
    expect(lab.root.locator(".cl-keys li", has_text="To play by ear, leave it paused")).to_have_count(1)


def test_what_was_said_of_one_tab_does_not_stand_under_another(open_lab):
    lab = open_lab()
    lab.move(2)
    lab.press("Learn")
    assert lab.status == ""


def test_long_learning_says_how_far_it_is(open_lab):
    hurried = "const now = performance.now.bind(performance); performance.now = () => 20 * now();"
    lab = open_lab(page={"init_script": SAID + hurried}, tab="learn", game="breakout")
    lab.press(LEARN)
    lab.page.wait_for_function(
        "window.said.some((text) => /^[\\d,]+ of 15,000 steps played; .* in the last test/.test(text))"
    )
    lab.press("Stop")


# What a net thinks, at its limits.


def test_worths_above_what_can_be_won_are_explained(open_lab):
    lab = open_lab(tab="learn")
    lab.learn()
    lab.press("Watch")
    note = lab.root.get_by_text("No ball is worth more than 1 point")
    moment = lab.root.get_by_role("slider", name="Moment")
    seen = set()
    for _ in range(20):
        moment.press("ArrowLeft")
        is_high = max(worths(lab)) > 1
        expect(note).to_be_visible(visible=is_high)
        seen.add(is_high)
    moment.press("End")
    for _ in range(60):
        lab.press("One step")
        if lab.root.locator(".cl-game-worths:visible").count() and max(worths(lab)) > 1:
            seen.add(True)
            expect(note).to_be_visible()
    assert seen == {True, False}


def test_at_the_end_of_a_game_there_is_nothing_to_judge(open_lab):
    lab = open_lab(tab="watch")
    for _ in range(9):
        lab.press("One step")
    lab.expect_status(re.compile("(Caught!|Missed.) The game is over: nothing comes after it"))
    expect(lab.root.locator(".cl-game-worths")).to_be_hidden()
    heat = lab.root.get_by_role("img", name=re.compile("^What it looks at. The game is over"))
    assert heat.evaluate(
        "it => it.getContext('2d').getImageData(0, 0, 10, 10).data.every((v, k) => k % 4 < 3 || v === 0)"
    )
    expect(lab.root.get_by_text("No move is worth anything now")).to_be_visible()
    lab.press("One step")
    expect(lab.root.locator(".cl-game-worths")).to_be_visible()


def test_blue_is_what_helps_in_the_bars_and_in_the_map(open_lab):
    lab = open_lab(tab="learn")
    lab.press(LEARN)
    lab.stop_after(1000)
    lab.press("Watch")
    heat = lab.root.get_by_role("img", name=re.compile("^What it looks at"))
    words = heat.get_attribute("aria-label")
    row, column, change = re.search(
        r"row (\d+), column (\d+), its choice would be worth \S+ (less|more)", words
    ).groups()
    red, _, blue, alpha = heat.evaluate(
        f"it => Array.from(it.getContext('2d').getImageData({int(column) - 1}, {int(row) - 1}, 1, 1).data)"
    )
    assert alpha > 0
    assert (blue > red) == (change == "less")


# Undo, and what has become another.


def test_undo_of_begin_again_brings_the_earlier_net_back(open_lab):
    lab = open_lab(tab="learn")
    lab.press(LEARN)
    lab.stop_after(500)
    account = lab.account.inner_text()
    lab.press("Watch")
    before = worths(lab)
    lab.press("Learn")
    lab.press("Begin again")
    lab.stop_after(250)
    expect(lab.root.locator(".cl-curve-key")).to_contain_text("the run before")
    expect(lab.root.locator(".cl-curve-key .cl-curve-last")).to_be_visible()
    lab.press("Undo")
    assert lab.trait("seed") == 0
    expect(lab.account).to_contain_text(account)
    expect(lab.root.locator(".cl-curve-key .cl-curve-last")).to_be_hidden()
    expect(lab.root.locator(".cl-game-table tbody tr")).to_have_count(1)
    lab.press("Watch")
    assert worths(lab) == before
    lab.press("Redo")
    assert lab.trait("seed") == 1
    assert worths(lab) != before


def test_a_net_of_other_settings_is_told_and_another_rival_is_another_race(open_lab):
    lab = open_lab(tab="race")
    lab.follow_the_ball()
    expect(lab.score).to_contain_text("After 1 round")
    lab.press("Learn")
    lab.press(LEARN)
    lab.stop_after(250)
    lab.press("Race")
    expect(lab.score).to_have_text("The same balls fall for both of you.")
    other = lab.root.get_by_text("It was learned with other settings")
    expect(other.locator("visible=true")).to_have_count(0)
    lab.press("Learn")
    lab.choose(discount="0.5")
    for tab in ("Watch", "Race"):
        lab.press(tab)
        expect(other.locator("visible=true")).to_contain_text("memory 5,000, discount 0.95, one picture, seed 0")


def test_that_no_net_is_kept_is_told(open_lab):
    lab = open_lab()
    lab.follow_the_ball()
    lab.page.wait_for_timeout(300)
    lab.page.reload()
    lab.expect_status("What you did here last time is back, but for what a net has learned. Reset starts afresh.")
    lab.page.evaluate("navigator.clipboard.writeText = async () => {}")
    lab.press("Copy link")
    lab.expect_status("sees this lab as it is now, but for what a net has learned.")


# On a narrow page.


@pytest.mark.parametrize("tab", ["play", "race"])
def test_the_readers_picture_and_the_buttons_are_on_a_small_screen_together(open_lab, tab):
    lab = open_lab(page={"viewport": {"width": 320, "height": 568}}, tab=tab)
    picture = lab.screen.locator("visible=true").bounding_box()
    pad = lab.root.locator(".cl-game-pad:visible").bounding_box()
    assert pad["y"] + pad["height"] - picture["y"] < 568
    if tab == "race":
        mine, nets = [it.bounding_box() for it in lab.root.locator(".cl-game-screen:visible").all()]
        assert mine["y"] == nets["y"]
        assert mine["width"] == pytest.approx(nets["width"], abs=1)
        assert nets["width"] > 100


def test_no_curve_crosses_a_label(open_lab):
    lab = open_lab(tab="learn", own=[4, 4, 0, 0, 0, 0])
    box = lab.root.locator(".cl-curve rect").bounding_box()
    whole = lab.root.locator(".cl-curve").bounding_box()
    texts = lab.root.locator(".cl-curve text[class^=cl-game]").all()
    boxes = sorted([it.bounding_box() for it in texts], key=lambda it: it["y"])
    assert len(boxes) == 3
    for it in boxes:
        assert it["x"] >= box["x"] + box["width"]
        assert it["x"] + it["width"] <= whole["x"] + whole["width"]
    for above, below in zip(boxes, boxes[1:], strict=False):
        assert above["y"] + 0.6 * above["height"] < below["y"] + 1


# All of it.


@pytest.mark.sweep
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_can_be_read(open_lab, known, scheme):
    lab = open_lab(page={"viewport": {"width": 320, "height": 800}, "color_scheme": scheme}, game="drift", seen=2)
    for tab in TABS:
        lab.root.locator(".cl-tabs button").nth(TABS.index(tab)).click()
        if tab == "learn":
            lab.press(LEARN)
            lab.stop_after(750)
        assert findings(lab.page, known=known) == []
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= 320


NO_NUMBER = re.compile(r"NaN|undefined|Infinity|\bnull\b|\[object")


@pytest.mark.parametrize("own", [[], [1], [3, -900, 0, 5, 1, 1e6], [-5, 3, 0.5, 2, 0, 0]])
@pytest.mark.parametrize("game", KINDS)
def test_no_score_shows_what_is_no_number(open_lab, own, game):
    lab = open_lab(own=own, game=game)
    for tab in ("Play", "Learn", "Watch", "Race"):
        lab.press(tab)
        assert not NO_NUMBER.search(lab.root.evaluate("it => it.outerHTML.replaceAll('null\"', '')")), tab


def test_a_link_brings_every_setting(open_lab):
    state = {"game": "breakout", "replay": 32, "discount": 0.5, "seen": 2, "exploring": "none", "speed": 9}
    lab = open_lab(tab="learn", **state)
    for name, value in {"Game": "breakout", "Replay memory": "32", "Discount": "0.5", "Pictures seen": "2"}.items():
        expect(lab.menu(name)).to_have_value(value)
    expect(lab.menu("Random actions")).to_have_value("none")
    lab.press("Play")
    expect(lab.root.get_by_role("slider", name="Speed")).to_have_value("9")
