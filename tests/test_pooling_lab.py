"""PoolingLab: its Python half against the slides, and its page against its Python half."""

import re

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect

from convnet_core.labs.pooling.lab import PoolingLab
from convnet_core.pictures import FEATURES, O, X
from tests.golden import LECTURE, SLIDES
from tests.labpage import CLIPBOARD, LabOnPage, changed, cut, opener, printed
from tests.readable import findings_in_every_look

MAP, POOLED, PICTURE = "Map", "Pooled map", "Picture"


open_lab = opener(PoolingLab)


def as_text(python, values):
    """A matrix as the lab prints it: whole maps as short as they go."""
    is_whole = np.array_equal(python.map, np.rint(python.map))
    return printed(values) if is_whole else cut(values)


def marked(lab, label, mark):
    """The places of a grid's cells with this mark, row by row."""
    places = "cells => cells.map((cell) => [+cell.dataset.row, +cell.dataset.column])"
    return [tuple(place) for place in lab.grid(label).locator(f".is-{mark}").evaluate_all(places)]


def account(lab):
    return lab.root.locator(".cl-account").inner_text()


def shift_by(lab, slider, by):
    lab.root.get_by_role("slider", name=slider).fill(str(by))


def edge(lab, name):
    return lab.root.get_by_role("button", name=re.compile(f"^{name}, "))


# The Python half


@pytest.mark.parametrize("source", FEATURES)
def test_the_pooled_maps_are_those_of_the_slides(source):
    lab = PoolingLab(source=source)
    golden = SLIDES["pooled_maps"][source]
    assert np.array_equal(np.rint(lab.pooled_map * 9), golden["numerators_over_9"])
    assert cut(lab.pooled_map) == golden["published"]


@pytest.mark.parametrize("which", ["printed", "mended"])
def test_the_lectures_map_pools_alike_with_and_without_its_slip(which):
    golden, maps = LECTURE["max_pool"], LECTURE["feature_detectors"]["detector1"]
    numbers = PoolingLab.presets["numbers"][which]
    assert np.array_equal(numbers, maps["published_map" if which == "printed" else "computed_map"])
    assert np.array_equal(PoolingLab(source="numbers", numbers=numbers).pooled_map, golden["published"])


def by_hand_padded(values):
    """The largest of rows and columns 0, 1 to 2, 3 to 4 and 5 to 6: windows of 2 behind a border of one."""
    cuts = [slice(0, 1), slice(1, 3), slice(3, 5), slice(5, 7)]
    return [[values[rows, columns].max() for columns in cuts] for rows in cuts]


def test_the_edge_is_kept_dropped_or_padded():
    counting = np.arange(49).reshape(7, 7) % 10 - 1
    lab = PoolingLab(source="numbers", numbers=counting)
    kept = lab.pooled_map
    lab.edge = "dropped"
    assert np.array_equal(lab.pooled_map, kept[:3, :3])
    lab.edge = "padded"
    assert lab.padding == 1
    assert lab.pooled_map.tolist() == by_hand_padded(counting)
    assert lab.pooled_map[0, 0] == counting[0, 0] == -1  # padding never wins
    lab.kind = "average"
    assert lab.pooled_map[0, 0] == -1 / 4  # and counts as zeros in a mean
    assert lab.pooled_map[1, 1] == counting[1:3, 1:3].mean()


def test_a_shift_and_what_it_leaves():
    lab = PoolingLab(shift_right=1)
    assert lab.unchanged == 7
    assert np.array_equal(lab.unshifted_pooled_map, PoolingLab().pooled_map)
    lab.shift_right = -1
    assert lab.unchanged == 2
    lab.source = "numbers"
    assert lab.unchanged == lab.pooled_map.size


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("numbers", np.ones((6, 6)), "numbers has the wrong shape: wanted 7 x 7 or 5 x 5 numbers"),
        ("image", np.full((9, 9), 10), "image must hold numbers from -9 to 9 only"),
        ("window", 1, "window must be a whole number from 2 to 4"),
        ("stride", 5, "stride must be a whole number from 1 to 4"),
        ("edge", "torn", "edge must be one of: kept, dropped, padded"),
        ("source", "circle", "source must be one of: backslash, cross, slash, numbers"),
        ("shift_down", 3, "shift_down must be a whole number from -2 to 2"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = PoolingLab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


def test_the_tables_hide_what_is_to_be_guessed():
    assert "<summary>Show the pooled map</summary>" in PoolingLab(step=0).tables()
    assert "<details>" not in PoolingLab().tables()
    assert "Picture" not in PoolingLab(source="numbers").tables()


# The page against the Python half


def some_states(count):
    """Settings of every kind, some with a picture or numbers of their own."""
    rng = np.random.default_rng(7)
    for _ in range(count):
        size = rng.choice([5, 7])
        yield {
            "source": str(rng.choice([*FEATURES, "numbers"])),
            "image": [X, O, rng.choice([-1, 1], (9, 9)), rng.integers(-9, 10, (9, 9)) / 2][rng.integers(4)],
            "shift_down": int(rng.integers(-2, 3)),
            "shift_right": int(rng.integers(-2, 3)),
            "numbers": rng.integers(-36, 37, (size, size)) / rng.choice([1, 2, 3, 4]) / 4,
            "kind": str(rng.choice(["max", "average"])),
            "window": int(rng.integers(2, 5)),
            "stride": int(rng.integers(1, 5)),
            "edge": str(rng.choice(["kept", "dropped", "padded"])),
        }


@pytest.mark.parametrize("half", [0, 1])
def test_the_page_shows_what_python_computes(open_labs, half):
    labs = [PoolingLab(**state) for state in list(some_states(32))[half::2]]
    page = open_labs(*labs)
    for number, python in enumerate(labs, start=1):
        lab = LabOnPage(page, "pooling", number)
        state = python.state()
        assert lab.numbers(MAP) == as_text(python, python.map), state
        assert lab.numbers(POOLED) == as_text(python, python.pooled_map), state
        chosen = f"{edge_name(python)}, {len(python.pooled_map)} x {len(python.pooled_map[0])}: "
        expect(lab.root.locator(".cl-thumbnail[aria-pressed=true]")).to_contain_text(chosen)
        if python.source != "numbers" and (python.shift_down, python.shift_right) != (0, 0):
            stayed = f"Stay: {python.unchanged} of {python.pooled_map.size} ("
            expect(lab.root.locator(".cl-pooling-stayed")).to_contain_text(stayed)
            moved = np.argwhere(~np.isclose(python.pooled_map, python.unshifted_pooled_map)).tolist()
            assert marked(lab, POOLED, "changed") == [tuple(place) for place in moved]


def edge_name(python):
    return {"kept": "Kept", "dropped": "Dropped", "padded": "Padded"}[python.edge]


# Looking: an output shows its window, an input whom it feeds


LOOKS = [
    # state, pooled cell, window's corner on the map, winners, what the account says
    (
        {},
        (0, 0),
        (0, 0),
        [(1, 1)],
        ["rows 1 to 2, columns 1 to 2: the largest of 0.77, -0.11, -0.11, 1.00 is 1.00", "matches[0:2, 0:2].max()"],
    ),
    ({}, (2, 2), (4, 4), [(4, 4), (5, 5)], ["It stands there twice; both are marked."]),
    (
        {},
        (3, 3),
        (6, 6),
        [(6, 6)],
        ["row 7, column 7: the largest of 0.77 is 0.77", "A partial window: 1 number in place of 4."],
    ),
    ({"edge": "padded"}, (0, 1), (0, 1), [(0, 2)], ["row 1, columns 2 to 3", "2 of the window's 4 cells are padding."]),
    (
        {"edge": "padded", "kind": "average"},
        (0, 0),
        (0, 0),
        [],
        ["the mean of 0.77 and 3 zeros of padding is 0.19", "matches[0:1, 0:1].sum() / 4"],
    ),
    (
        {"kind": "average"},
        (0, 0),
        (0, 0),
        [],
        ["the mean of 0.77, -0.11, -0.11, 1.00 is 0.38", "matches[0:2, 0:2].mean()"],
    ),
]


def test_a_pooled_cell_shows_its_window_and_its_winners(open_labs):
    """By mouse, and by the keyboard the same."""
    page = open_labs(*(PoolingLab(**{**state, "row": 1, "column": 2}) for state, *_ in LOOKS))
    for number, (_, cell, corner, winners, words) in enumerate(LOOKS, start=1):
        lab = LabOnPage(page, "pooling", number)
        before = account(lab)
        lab.cell(POOLED, *cell).hover()
        looks = [(lab.window_at(), marked(lab, MAP, "wins"), account(lab))]
        page.mouse.move(0, 0)
        lab.cell(POOLED, 1, 2).focus()
        assert account(lab) == before
        for key in ["Control+Home", *["ArrowDown"] * cell[0], *["ArrowRight"] * cell[1]]:
            page.keyboard.press(key)
        looks.append((lab.window_at(), marked(lab, MAP, "wins"), account(lab)))
        for window, won, said in looks:
            assert (window, won) == (corner, winners)
            for part in words:
                assert part in said


FEEDS = [
    ({}, (2, 3)),
    ({"window": 3}, (2, 4)),
    ({"window": 4, "stride": 1}, (3, 3)),
    ({"edge": "dropped"}, (6, 2)),
    ({"stride": 3}, (2, 2)),
    ({"edge": "padded", "window": 3}, (0, 1)),
]


def test_a_number_shows_whom_it_feeds(open_labs):
    page = open_labs(*(PoolingLab(**state) for state, _ in FEEDS))
    for number, (state, place) in enumerate(FEEDS, start=1):
        lab, python = LabOnPage(page, "pooling", number), PoolingLab(**state)
        raised = PoolingLab(**state, source="numbers", numbers=changed(python.map, (*place, 9)))
        fed = [tuple(cell) for cell in np.argwhere(raised.pooled_map != python.pooled_map).tolist()]
        lab.cell(MAP, *place).hover()
        assert marked(lab, POOLED, "fed") == fed
        words = f"under {len(fed)} of {python.pooled_map.size} windows" if fed else "No window reaches this number"
        expect(lab.root.locator(".cl-pooling-feeds")).to_contain_text(words)
        page.mouse.move(0, 0)
        assert marked(lab, POOLED, "fed") == []
        lab.cell(MAP, *place).focus()
        assert marked(lab, POOLED, "fed") == fed


def test_a_tap_shows_the_same_and_changes_nothing(open_lab):
    lab = open_lab({"has_touch": True, "viewport": {"width": 320, "height": 700}}, window=3)
    start = lab.numbers(MAP)
    lab.cell(MAP, 2, 4).tap()
    assert marked(lab, POOLED, "fed") == [(0, 1), (0, 2), (1, 1), (1, 2)]
    lab.cell(POOLED, 2, 1).tap()
    assert lab.window_at() == (4, 2)
    assert "rows 5 to 7, columns 3 to 5" in account(lab)
    assert lab.numbers(MAP) == start


def test_numbers_that_no_window_reaches_are_struck_through(open_lab):
    lab = open_lab(edge="dropped")
    lost = [(r, c) for r in range(7) for c in range(7) if 6 in (r, c)]
    assert marked(lab, MAP, "unread") == lost
    expect(lab.cell(MAP, 6, 6)).to_have_css("text-decoration-line", "line-through")
    expect(lab.cell(MAP, 6, 6)).to_have_accessible_name("row 7, column 7, plus 0.77, under no window")
    expect(lab.root).to_contain_text("13 of 49 numbers are under no window")
    edge(lab, "Kept").click()
    assert marked(lab, MAP, "unread") == []
    lab.expect_status("Kept: the slides. The pooled map is now 4 x 4: 49 numbers become 16.")


# The window


@pytest.mark.in_turn("state", 3)
@pytest.mark.parametrize(
    "state", [{}, {"stride": 1}, {"stride": 3}, {"stride": 4}, {"window": 3, "edge": "padded"}, {"window": 4}]
)
def test_arrow_keys_move_the_window_from_cell_to_cell(open_lab, state):
    lab, last = open_lab(**state), len(PoolingLab(**state).pooled_map) - 1
    lab.frame.focus()
    for there, back in [("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp")]:
        for key, wanted in [(there, [*range(1, last + 1), last]), (back, [*range(last - 1, -1, -1), 0])]:
            for index in wanted:
                lab.page.keyboard.press(key)
                cell = (0, index) if key in ("ArrowRight", "ArrowLeft") else (index, 0)
                assert marked(lab, POOLED, "chosen") == [cell]


def test_an_edit_before_the_first_step_leaves_the_pooled_map_to_be_guessed(open_lab):
    lab = open_lab(step=0)
    lab.cell(MAP, 0, 1).click()
    lab.page.keyboard.press("3")
    assert lab.status == "Map, row 1, column 2: -0.11 → 3. The map is your own now; Undo brings the picture's back."
    lab.menu("Stride").select_option("1")
    expect(lab.grid(POOLED)).to_be_hidden()
    for _ in range(2):
        lab.press("Step")
    lab.cell(POOLED, 0, 1).focus()
    lab.page.keyboard.press("ArrowRight")
    assert lab.status == "Window at rows 1 to 2, columns 3 to 4. Its pooled cell is not filled in yet."
    lab.menu("Stride").select_option("2")  # a walk that has begun: now the effect is what counts
    python = PoolingLab(source="numbers", numbers=changed(PoolingLab().map, (0, 1, 3)))
    assert lab.numbers(POOLED) == cut(python.pooled_map)


def test_a_moved_window_tells_its_place_before_any_step(open_lab):
    lab = open_lab(step=0, row=0, column=0)
    lab.frame.focus()
    for key, place in [("ArrowDown", "rows 3 to 4, columns 1 to 2"), ("End", "rows 3 to 4, column 7")]:
        lab.page.keyboard.press(key)
        lab.expect_status(f"Window at {place}. Its pooled cell is not filled in yet.")
        expect(lab.frame).to_have_accessible_name(f"Window, {place}. Arrow keys move it.")


def test_the_window_is_dragged_and_the_map_stays(open_lab):
    lab = open_lab()
    start = lab.numbers(MAP)
    lab.drag(MAP, (1, 1), (2, 3), (4, 5))
    assert lab.window_at() == (4, 4)
    lab.expect_status("Pooled row 3, column 3: 1.00.")
    lab.page.keyboard.press("ArrowUp")
    assert lab.window_at() == (2, 4)
    lab.page.keyboard.press("ArrowDown")
    lab.drag(MAP, (0, 0), (3, 3))  # beside the window: nothing is painted
    assert lab.window_at() == (4, 4)
    assert lab.numbers(MAP) == start
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


# Changing the map


def test_a_typed_number_makes_the_map_the_readers_own(open_lab):
    lab = open_lab()
    lab.cell(MAP, 0, 1).click()
    lab.page.keyboard.press("3")
    own = changed(PoolingLab().map, (0, 1, 3))
    python = PoolingLab(source="numbers", numbers=own)
    assert (lab.numbers(MAP), lab.numbers(POOLED)) == (cut(own), cut(python.pooled_map))
    lab.expect_status(
        "Map, row 1, column 2: -0.11 → 3.",
        "The map is your own now; Undo brings the picture's back.",
        "Pooled row 1, column 1: 1.00 → 3.00.",
    )
    expect(lab.menu("Choose a map")).to_have_value("own")
    expect(lab.grid(PICTURE)).to_be_hidden()
    lab.cell(MAP, 6, 0).click()
    lab.press("1 less")
    lab.expect_status("Map, row 7, column 1: 0.33 → -0.66. Pooled row 4, column 1: 0.33 → -0.11.")
    lab.press("1 more")
    lab.press("Undo")
    lab.press("Undo")
    lab.press("Undo")
    assert lab.numbers(MAP) == cut(PoolingLab().map)
    expect(lab.grid(PICTURE)).to_be_visible()
    expect(lab.menu("Choose a map")).to_have_value("backslash")


def test_maps_to_choose_from(open_lab):
    lab = open_lab()
    lab.menu("Choose a map").select_option("cross")
    assert lab.numbers(POOLED) == SLIDES["pooled_maps"]["cross"]["published"]
    lab.expect_status("Now the map of x (cross).")
    lab.menu("Choose a map").select_option("printed")
    assert lab.numbers(MAP) == printed(LECTURE["max_pool"]["input"])
    assert lab.numbers(POOLED) == printed(LECTURE["max_pool"]["published"])
    lab.menu("Choose a map").select_option("mended")
    lab.expect_status("Now the lecture's, mended. No pooled cell changes.")
    lab.menu("Keep").select_option("average")
    python = PoolingLab(source="numbers", numbers=PoolingLab.presets["numbers"]["mended"], kind="average")
    assert lab.numbers(POOLED) == printed(python.pooled_map)
    changes = (python.pooled_map != LECTURE["max_pool"]["published"]).sum()
    lab.expect_status(f"{changes} of 9 pooled cells change.")


# The picture and its shift


def test_a_shift_is_counted(open_lab):
    lab = open_lab()
    shift_by(lab, "Shift right", 1)
    python = PoolingLab(shift_right=1)
    assert lab.numbers(MAP) == cut(python.map)
    assert lab.numbers(POOLED) == cut(python.pooled_map)
    said = "After the shift, 7 of 16 pooled cells are as before (44%). Of the map itself: 3 of 49 (6%)."
    lab.expect_status(said)
    figures = "Stay: 7 of 16 (44%) pooled, 3 of 49 (6%) of the map. A dot marks what changed."
    expect(lab.root.locator(".cl-pooling-stayed")).to_have_text(figures)
    assert len(marked(lab, POOLED, "changed")) == 16 - 7
    assert len(marked(lab, MAP, "changed")) == 49 - 3
    expect(lab.cell(POOLED, 0, 0)).to_have_accessible_name("row 1, column 1, plus 0.77, changed by the shift")
    expect(lab.cell(POOLED, 1, 1)).to_have_accessible_name("row 2, column 2, plus 1.00")
    shift_by(lab, "Shift down", -2)
    assert lab.numbers(MAP) == cut(PoolingLab(shift_right=1, shift_down=-2).map)
    lab.press("Undo")
    lab.expect_status("Undone.", said)


def test_a_shift_before_the_first_step_says_what_to_press(open_lab):
    lab = open_lab(step=0)
    shift_by(lab, "Shift right", 1)
    lab.expect_status("The map has moved. Press Step or Play: what stays is counted when the pooled map is there.")


def test_the_shifted_picture_can_be_drawn_on(open_lab):
    lab = open_lab(shift_right=2, shift_down=-1)
    lab.cell(PICTURE, 0, 6).click()
    image = changed(X, (1, 4, 1))
    lab.expect_status("Picture, row 2, column 5: -1 → 1.")
    python = PoolingLab(image=image, shift_right=2, shift_down=-1)
    assert lab.numbers(POOLED) == cut(python.pooled_map)
    lab.cell(PICTURE, 4, 1).click()
    lab.expect_status("This pixel came in with the shift: it is paper.")
    shift_by(lab, "Shift right", 0)
    shift_by(lab, "Shift down", 0)
    assert lab.numbers(PICTURE) == printed(image), "what had been shifted out is there again"


# The walk


def test_nothing_is_given_away_before_the_guess(open_lab):
    lab = open_lab(step=0)
    expect(lab.grid(POOLED)).to_have_count(0)
    expect(lab.root.get_by_text("At the edge")).to_be_hidden()
    lab.cell(MAP, 1, 1).hover()
    text = lab.root.locator(".cl-stage").inner_text()
    assert "4 x 4" not in text
    assert "16" not in text
    assert marked(lab, MAP, "wins") == []
    expect(lab.cell(MAP, 1, 1)).to_have_accessible_name("row 2, column 2, plus 1.00")


def test_walking_over_the_map(open_lab):
    lab = open_lab(step=0)
    python = cut(PoolingLab().pooled_map)
    for count in range(1, 5):
        lab.press("Step")
        assert lab.numbers(POOLED)[0] == python[0][:count] + [""] * (4 - count)
        lab.expect_status(f"Pooled row 1, column {count}: {python[0][count - 1]}.")
    lab.cell(POOLED, 2, 2).hover()
    expect(lab.root).to_contain_text("This pooled cell is not filled in yet: press Step.")
    lab.press("Back")
    assert lab.numbers(POOLED)[0][3] == ""
    slider = lab.root.get_by_role("slider", name="Pooled cells filled in")
    slider.focus()
    lab.page.keyboard.press("End")
    assert lab.numbers(POOLED) == python
    lab.expect_status("The pooled map is full: 16 numbers.")
    lab.menu("Speed").select_option("slow")
    lab.expect_status("The pooled map is full: 16 numbers.")
    lab.cell(POOLED, 0, 0).focus()
    expect(lab.cell(MAP, 1, 1)).to_have_accessible_name("row 2, column 2, plus 1.00, wins")


def test_play_and_pause(open_lab):
    lab = open_lab({"clock": True}, step=0)
    lab.press("Play")
    lab.page.clock.run_for(500 * 6)
    lab.press("Pause")
    filled = sum(text != "" for text in sum(lab.numbers(POOLED), []))
    assert 4 <= filled <= 7
    lab.page.clock.run_for(5000)
    assert sum(text != "" for text in sum(lab.numbers(POOLED), [])) == filled
    lab.press("Play")
    lab.page.clock.run_for(500 * 20)
    assert lab.numbers(POOLED) == cut(PoolingLab().pooled_map)
    expect(lab.button("Play")).to_be_visible()


# Challenges


def lower(lab, *places):
    """Steps each of these numbers down by one."""
    for place in places:
        lab.cell(MAP, *place).focus()
        lab.page.keyboard.press("PageDown")


def test_changing_a_map_without_a_trace(open_lab):
    lab = open_lab()
    losers = [(0, 0), (0, 1), (1, 0), (0, 2), (1, 2), (0, 5), (1, 4), (1, 5)]
    lower(lab, (2, 2), *losers[:7])  # one winner among them
    assert lab.solved() == []
    lab.press("Reset")
    lower(lab, *losers[:7])
    assert lab.solved() == []
    lower(lab, losers[7])
    lab.expect_status("No pooled cell changes.", "Challenge solved!", "leave no trace")
    assert len(lab.solved()) == 1


def test_leaving_no_number_out(open_lab):
    lab = open_lab()
    edge(lab, "Dropped").click()  # 3 by 3, but a row and a column are lost
    lab.menu("Choose a map").select_option("printed")  # 5 by 5
    edge(lab, "Kept").click()
    assert lab.solved() == []
    lab.menu("Choose a map").select_option("slash")
    lab.menu("Window").select_option("3")
    lab.expect_status("The pooled map is now 3 x 3")
    assert lab.solved() == [], "no window hangs over, but partial ones would be kept"
    edge(lab, "Dropped").click()
    lab.expect_status("Challenge solved!", "overlap")


def test_what_stays_is_not_told_before_the_pooled_map_is_seen(open_lab):
    lab = open_lab(shift_right=1, step=0)
    expect(lab.root).not_to_contain_text("7 of 16")
    lab.press("Step")
    expect(lab.root.locator(".cl-challenge").nth(2)).to_contain_text("Now: 7 of 16 cells stay.")


def test_hardly_minding_a_shift(open_lab):
    lab = open_lab()
    item = lab.root.locator(".cl-challenge").nth(2)
    lab.menu("Window").select_option("4")
    shift_by(lab, "Shift right", 1)
    lab.menu("Stride").select_option("1")  # 14 of 16, but nothing is skipped
    expect(item).to_contain_text("Now: 14 of 16 cells stay.")
    lab.menu("Stride").select_option("2")  # 7 of 9 at least, but they are nine
    assert lab.solved() == []
    edge(lab, "Padded").click()
    assert "four fifths" in " ".join(lab.solved())
    lab.expect_status("Challenge solved!", "know less about where it was")


def test_a_shift_that_is_no_solution(open_lab):
    lab = open_lab(window=4, edge="padded")
    shift_by(lab, "Shift right", 2)  # by two pixels
    shift_by(lab, "Shift right", 0)
    lab.menu("Choose a picture").select_option("O")
    shift_by(lab, "Shift right", 1)  # not the X
    assert lab.solved() == []
    lab.menu("Choose a picture").select_option("X")
    assert len(lab.solved()) == 1


# All together


def test_a_link_carries_the_whole_state(open_lab, open_labs):
    lab = open_lab(CLIPBOARD)
    lab.menu("Choose a map").select_option("slash")
    lab.menu("Window").select_option("3")
    shift_by(lab, "Shift down", 1)
    edge(lab, "Padded").click()
    lab.cell(POOLED, 2, 1).click()
    lab.press("Copy link")
    lab.expect_status("Link copied.")
    link = lab.page.evaluate("navigator.clipboard.readText()")
    there = LabOnPage(open_labs(PoolingLab(), fragment="#" + link.split("#")[1]), "pooling")
    assert there.look() == lab.look()
    assert there.solved() == []


@pytest.mark.sweep
def test_axe_finds_nothing_when_every_mark_is_there(open_lab):
    lab = open_lab(edge="dropped", shift_right=1, window=3)
    lab.cell(MAP, 2, 2).focus()
    assert marked(lab, POOLED, "fed")
    assert marked(lab, MAP, "wins")
    assert findings_in_every_look(lab.page) == []
    lab.menu("Choose a map").select_option("printed")
    assert findings_in_every_look(lab.page) == []


def test_at_320_pixels_the_largest_pooled_map_fits(open_lab):
    lab = open_lab({"viewport": {"width": 320, "height": 700}}, stride=1, edge="padded")
    assert lab.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert lab.grid(POOLED).bounding_box()["width"] <= 300
