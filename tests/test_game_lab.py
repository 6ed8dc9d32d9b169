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
    lab.page.wait_for_timeout(600)
    lab.press("Learn")
    assert lab.status == "", "what was said of the game does not stand under another view"


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
    lab.expect_status("It learns Catch, up to frame 5,000.")
    lab.finish()
    expect(lab.account).to_contain_text("5,000 frames played. In the last test: ")
    assert int(re.search(r"test: (\d+) of 100", lab.account.inner_text())[1]) >= 95
    assert any("95 of 100" in text for text in lab.solved())
    expect(lab.root.locator(".cl-curve")).to_have_attribute("aria-label", re.compile(r"^Score over frames\. 0: \d+%;"))
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
    expect(lab.root.locator(".cl-challenges")).to_contain_text("one picture is done; now two.")
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
    expect(moment).to_have_attribute("aria-valuetext", re.compile(r"^after 5,000 frames, \d+% caught$"))
    late = worths(lab)
    assert max(late) > 0.5
    moment.press("Home")
    lab.expect_status("After 0 frames")
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
