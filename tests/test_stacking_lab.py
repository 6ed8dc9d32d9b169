"""StackingLab: its Python half against the slides and brute force, and its page against its Python half."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
import traitlets
from playwright.sync_api import expect

from convnet_core.convolution import Conv2d
from convnet_core.labs.stacking.lab import FILTERS, StackingLab, blocks_of, conv_block, pool_block, relu_block
from convnet_core.pictures import FEATURES, TRICKIER_X, O, X
from convnet_core.pooling import MaxPool2d
from convnet_core.printing import numerators, plain, truncated
from convnet_core.relu import ReLU
from convnet_core.stacking import Network
from tests.golden import SLIDES
from tests.labpage import CLIPBOARD, LabOnPage, changed, cut, opener, printed
from tests.readable import findings

STACKS = StackingLab.presets["blocks"]
PICTURE = "Picture"


open_lab = opener(StackingLab)


def map_label(stage, which=1):
    return f"Block {stage}, map {which}"


def kernel_label(block, which=1):
    return f"Block {block}, kernel {which}"


def as_text(stack, values):
    """A map as the lab prints it: whole stacks as short as they go, very large numbers as 1.2e6."""
    is_whole = np.array_equal(stack, np.rint(stack))

    def text(value):
        if abs(value) >= 1e4:
            mantissa, exponent = f"{value:.1e}".split("e")
            return f"{mantissa}e{int(exponent)}"
        return plain(value) if is_whole else truncated(value)

    return [[text(value) for value in row] for row in values]


def frame_of(lab, label):
    """(row, column, height, width) of the frame on a grid; None without one."""
    frame = lab.grid(label).locator("xpath=..").locator(".cl-frame")
    if frame.count() == 0 or frame.is_hidden():
        return None
    names = ["row", "column", "height", "width"]
    return tuple(frame.evaluate(f"f => {names}.map(name => +f.style.getPropertyValue('--' + name))"))


def card(lab, place):
    return lab.root.get_by_role("group", name=re.compile(f"^Block {place}, "))


def account(lab, place):
    return card(lab, place).locator(".cl-sum").inner_text()


def knob(lab, name, place):
    return lab.menu(f"{name} of block {place}")


# The Python half


def test_the_slides_stack_gives_the_slides_pooled_maps():
    lab = StackingLab()
    assert lab.problem is None
    assert [stack.shape for stack in lab.stages] == [(1, 9, 9), (3, 7, 7), (3, 7, 7), (3, 4, 4)]
    for found, name in zip(lab.stages[-1], FEATURES, strict=True):
        assert numerators(found).tolist() == SLIDES["pooled_maps"][name]["numerators_over_9"]
        assert cut(found) == SLIDES["pooled_maps"][name]["published"]


def test_a_network_and_its_blocks_are_the_same():
    rng = np.random.default_rng(3)
    network = Network([
        Conv2d(1, 2, 3, padding=1, rng=rng), ReLU(), MaxPool2d(3, 2, ceil_mode=False),
        Conv2d(2, 4, 2, stride=2, rng=rng),
    ])  # fmt: skip
    lab = StackingLab(blocks=blocks_of(network))
    assert np.array_equal(lab.stages[-1], network.forward(X[np.newaxis, np.newaxis])[0])
    assert repr(lab.network.layers) == repr(network.layers)


MISFITS = [
    ([conv_block(np.ones((2, 1, 3, 3))), conv_block(np.ones((1, 1, 2, 2)))], 1,
     "Each of its filters has 1 kernel, one for each map, but 2 maps come in."),
    ([conv_block(np.ones((1, 3, 2, 2)))], 0,
     "Each of its filters has 3 kernels, one for each map, but 1 map comes in."),
    ([pool_block(3, 3), pool_block(3, 3), conv_block(np.ones((1, 1, 4, 4)), padding=1)], 2,
     "A kernel of 4 x 4 does not fit on 3 x 3."),
    ([conv_block(np.ones((1, 1, 1, 1)), padding=2)] * 2, 1,
     "Its maps would be 17 x 17. This lab draws no map larger than 13 x 13."),
    ([pool_block(3, 3), pool_block(3, 3), pool_block(edge="dropped")], 2, "A window of 2 x 2 finds no place on 1 x 1."),
    ([pool_block(3, 3), pool_block(3, 3), pool_block(3, 1)], 2, "A window of 3 x 3 finds no place on 1 x 1."),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "place", "reason"), MISFITS)
def test_a_shape_that_cannot_work_is_named_and_the_rest_stays(blocks, place, reason):
    lab = StackingLab(blocks=blocks)
    assert lab.problem == (place, reason)
    assert len(lab.stages) == place + 1
    assert f"Block {place + 1} can't work: {reason}" in lab.tables()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("blocks", [relu_block()] * 9, "blocks must be a list of at most 8 blocks"),
        ("blocks", [{"kind": "dropout"}], "blocks, block 1: kind must be one of: conv, relu, pool"),
        ("blocks", [relu_block(), pool_block(4)], "blocks, block 2: window must be a whole number from 2 to 3"),
        ("blocks", [conv_block([[[[1, 2]]]])], "blocks, block 1: weights must be 1 to 6 filters"),
        ("blocks", [conv_block(np.full((1, 1, 2, 2), 100))], "weights must hold numbers from -99 to 99 only"),
        ("shown", [6] * 8, "shown must hold numbers from 0 to 5 only"),
    ],
)
def test_bad_state_is_refused(name, value, message):
    lab = StackingLab()
    before = lab.state()
    with pytest.raises(traitlets.TraitError, match=message):
        setattr(lab, name, value)
    assert lab.state() == before


def test_what_is_read_is_a_copy():
    lab = StackingLab()
    lab.blocks[0]["stride"] = 7
    assert lab.blocks[0]["stride"] == 1


def unambiguous(rng):
    """A stack in which every change of a pixel upward is seen: weights above 0, so ReLU and maximum let it through."""
    blocks, maps, size = [], 1, 9
    for _ in range(rng.integers(2, 6)):
        kind = rng.choice(["conv", "relu", "pool"])
        if kind == "conv" and size >= 3:
            filters = int(rng.integers(1, 3))
            settings = {"stride": int(rng.integers(1, 3)), "padding": int(rng.integers(0, 2))}
            blocks.append(conv_block(rng.uniform(1, 2, (filters, maps, 3, 3)), **settings))
            maps = filters
        elif kind == "pool" and size >= 3:
            edge = ["kept", "dropped"][rng.integers(2)]
            blocks.append(pool_block(int(rng.integers(2, 4)), int(rng.integers(1, 4)), edge))
        else:
            blocks.append(relu_block())
        lab = StackingLab(blocks=blocks)
        if lab.problem:
            blocks.pop()
        size = StackingLab(blocks=blocks).stages[-1].shape[-1]
    return blocks


@pytest.mark.parametrize("seed", range(12))
def test_what_a_number_sees_is_what_moves_it(seed):
    """Brute force: each pixel is raised by a lot, and the numbers that move are those whose frame holds it."""
    rng = np.random.default_rng(seed)
    blocks, image = unambiguous(rng), rng.uniform(0, 1, (9, 9))
    network = StackingLab(blocks=blocks).network
    start = network.forward(image[np.newaxis, np.newaxis])[0]
    moved = np.zeros((9, 9, *start.shape[1:]), dtype=bool)
    for pixel in np.ndindex(9, 9):
        raised = changed(image, (*pixel, 1000))
        moved[pixel] = (network.forward(raised[np.newaxis, np.newaxis])[0] != start).any(axis=0)
    for row, column in np.ndindex(start.shape[1:]):
        seen = np.zeros((9, 9), dtype=bool)
        top, left, height, width = network.receptive_field((1, 9, 9), len(blocks), row, column)
        seen[top : top + height, left : left + width] = True
        # A stride beyond the window's size leaves gaps: nothing outside moves it, and the corners do.
        assert (moved[..., row, column] <= seen).all()
        assert moved[top, left, row, column]
        assert moved[top + height - 1, left + width - 1, row, column]


# The page against the Python half


def some_states(count):
    """Stacks of every kind, some of which do not work to the end."""
    rng = np.random.default_rng(11)
    for _ in range(count):
        blocks, maps = [], 1
        for _ in range(rng.integers(1, 7)):
            kind = rng.choice(["conv", "conv", "relu", "pool"])
            if kind == "conv":
                filters, size = int(rng.integers(1, 4)), int(rng.integers(1, 4))
                maps_in = maps if rng.random() < 0.9 else maps % 3 + 1
                weights = rng.integers(-20, 21, (filters, maps_in, size, size)) / rng.choice([1, 2, 9])
                settings = {"stride": int(rng.integers(1, 3)), "padding": int(rng.integers(0, 3))}
                blocks.append(conv_block(weights, rng.integers(-5, 6, filters), **settings))
                maps = filters
            elif kind == "relu":
                blocks.append(relu_block())
            else:
                edge = ["kept", "dropped"][rng.integers(2)]
                blocks.append(pool_block(int(rng.integers(2, 4)), int(rng.integers(1, 4)), edge))
        yield {
            "image": [X, O, rng.integers(-9, 10, (9, 9)) / 2][rng.integers(3)],
            "blocks": blocks,
            "shown": rng.integers(0, 6, 8),
            "stage": int(rng.integers(0, 9)),
            "row": int(rng.integers(0, 13)),
            "column": int(rng.integers(0, 13)),
        }


@pytest.mark.sweep
def test_the_page_computes_what_python_does(open_labs):
    states = [{"blocks": blocks, "stage": 8} for blocks in STACKS.values()]
    states += [{"blocks": blocks} for blocks, _, _ in MISFITS] + list(some_states(10))
    page = open_labs(*(StackingLab(**state) for state in states))
    worked = 0
    for number, state in enumerate(states, start=1):
        python, lab = StackingLab(**state), LabOnPage(page, "stacking", number)
        assert lab.numbers(PICTURE) == printed(python.image)
        level = 0
        for stage, stack in enumerate(python.stages[1:], start=1):
            level += python.blocks[stage - 1]["kind"] == "conv"
            which = min(int(python.shown[level - 1]), len(stack) - 1) if level else 0
            assert lab.numbers(map_label(stage, which + 1)) == as_text(stack, stack[which]), state
            shapes = [" x ".join(map(str, one.shape)) for one in python.stages[stage - 1 : stage + 1]]
            expect(card(lab, stage)).to_contain_text(" → ".join(shapes))
            worked += 1
        assert lab.root.locator(".cl-stacking-card:visible").count() == len(python.blocks)
        if python.problem is None:
            expect(lab.root.locator(".cl-stacking-problem:visible")).to_have_count(0)
        else:
            place, reason = python.problem
            expect(card(lab, place + 1)).to_contain_text(reason)
            assert lab.root.locator(".cl-stacking-maps:visible").count() == place
        check_frames(lab, python)
    assert worked >= 30


def check_frames(lab, python):
    """The frames show Network.receptive_field, on the picture and on every map on the way."""
    stages = python.stages
    stage = min(python.stage, len(stages) - 1)
    if stage == 0:
        assert frame_of(lab, PICTURE) is None
        return
    side = stages[stage].shape[-1]
    row, column = min(python.row, side - 1), min(python.column, side - 1)
    for before in range(stage):
        above = Network(python.network.layers[before:])
        wanted = above.receptive_field(stages[before].shape, stage - before, row, column)
        grid = PICTURE if before == 0 else re.compile(f"^Block {before}, map ")
        frame = lab.root.get_by_role("grid", name=grid, exact=before == 0).locator("xpath=..").locator(".cl-frame")
        names = ["row", "column", "height", "width"]
        found = frame.evaluate(f"f => {names}.map(name => +f.style.getPropertyValue('--' + name))")
        assert tuple(found) == wanted


# Looking: by mouse, by keyboard, by touch


def test_a_number_deep_down_shows_where_it_comes_from(open_lab):
    lab = open_lab(blocks=STACKS["two"])
    lab.cell(map_label(4), 1, 1).hover()
    looks = [(frame_of(lab, PICTURE), frame_of(lab, map_label(1)), frame_of(lab, map_label(3)), account(lab, 4))]
    lab.page.mouse.move(0, 0)
    lab.cell(map_label(4), 0, 0).focus()
    assert frame_of(lab, PICTURE) == (0, 0, 6, 6)
    lab.page.keyboard.press("ArrowDown")
    lab.page.keyboard.press("ArrowRight")
    looks.append((frame_of(lab, PICTURE), frame_of(lab, map_label(1)), frame_of(lab, map_label(3)), account(lab, 4)))
    for picture, first, third, text in looks:
        assert (picture, first, third) == ((2, 2, 6, 6), (2, 2, 4, 4), (1, 1, 2, 2))
        assert text == (
            "0.50 (map 1) + 0.00 (map 2) + 0.50 (map 3) + 0 (bias) = 1.00. "
            "It sees 6 x 6, 36 of the 81 pixels: rows 3 to 8, columns 3 to 8."
        )
    lab.expect_status("Block 4, map 1, row 2, column 2: 1.00.", "It sees 6 x 6")
    assert card(lab, 4).locator(".cl-stacking-part:visible").all_inner_texts() == [
        "gives 0.50",
        "gives 0.00",
        "gives 0.50",
    ]
    lab.cell(map_label(2), 0, 1).hover()
    assert account(lab, 2).startswith("-0.11 is negative: it becomes 0. It sees 3 x 3")
    lab.cell(map_label(3), 3, 0).hover()
    assert account(lab, 3).startswith("The largest of 0.33, 0.00 is 0.33. It sees 3 x 4, 12 of the 81 pixels")
    expect(lab.button("Undo")).to_have_attribute("aria-disabled", "true")


def test_touch(open_lab):
    lab = open_lab({"has_touch": True, "viewport": {"width": 320, "height": 700}}, blocks=STACKS["two"])
    lab.cell(map_label(5), 2, 2).tap()
    assert frame_of(lab, PICTURE) == (4, 4, 5, 5)
    lab.root.get_by_role("button", name="map 2 of block 4").tap()
    assert lab.numbers(map_label(5, 2)) == cut(StackingLab(blocks=STACKS["two"]).stages[5][1])
    assert lab.numbers(map_label(3, 1)), "the level before keeps its own choice"
    lab.cell(PICTURE, 0, 0).tap()
    assert lab.numbers(PICTURE)[0][0] == "1"


def test_the_map_that_is_chosen_stays_chosen_through_its_level(open_lab):
    lab = open_lab()
    lab.root.get_by_role("button", name="map 3 of block 2").click()
    python = StackingLab()
    for stage in (1, 2, 3):
        assert lab.numbers(map_label(stage, 3)) == cut(python.stages[stage][2])
    expect(card(lab, 1)).to_contain_text("Filter 3 of 3")
    expect(card(lab, 1)).to_contain_text("It looks for a /.")
    lab.expect_status("map 3")


# Building


def test_building_the_second_level(open_lab):
    lab = open_lab()
    lab.press("Add convolution")
    lab.expect_status("Block 4, convolution, is new.", "4 blocks, 1 x 9 x 9 → 2 x 3 x 3, 56 parameters.")
    assert lab.numbers(map_label(4)) == cut(StackingLab(blocks=STACKS["two"]).stages[4][0])
    expect(card(lab, 4)).to_contain_text("Parameters: 2 x (3 x 2 x 2 + 1) = 26.")
    expect(card(lab, 4)).to_contain_text("It looks for a V")
    lab.press("Add ReLU")
    expect(lab.menu("Choose a stack")).to_have_value("two")
    lab.press("Remove block 4")
    lab.expect_status("Block 4, convolution, is gone.", "4 blocks, 1 x 9 x 9 → 3 x 4 x 4")
    expect(lab.button("Remove block 4")).to_be_focused()
    lab.press("Undo")
    lab.expect_status("Undone.")
    expect(lab.menu("Choose a stack")).to_have_value("two")


def test_no_blocks_and_too_many(open_lab):
    lab = open_lab()
    lab.menu("Choose a stack").select_option("none")
    lab.expect_status("Now no blocks. 0 blocks, 1 x 9 x 9 → 1 x 9 x 9, 0 parameters.")
    assert frame_of(lab, PICTURE) is None
    for _ in range(8):
        lab.press("Add ReLU")
    lab.button("Add pooling").click(force=True)
    lab.expect_status("A stack has at most 8 blocks.")
    for _ in range(8):
        lab.press("Remove block 1")
    expect(lab.button("Add convolution")).to_be_focused()


def test_knobs(open_lab):
    lab = open_lab()
    knob(lab, "Padding", 1).select_option("1")
    lab.expect_status("Block 1, padding: 0 → 1.", "1 x 9 x 9 → 3 x 5 x 5")
    knob(lab, "Stride", 1).select_option("2")
    knob(lab, "Window", 3).select_option("3")
    knob(lab, "Edge", 3).select_option("dropped")
    lab.expect_status("Block 3, edge: kept → dropped.")
    knob(lab, "Kernel", 1).select_option("5")
    lab.expect_status("Block 1, kernel size: 3 → 5.")
    assert lab.numbers(kernel_label(1))[0] == ["0"] * 5
    assert [row[1:4] for row in lab.numbers(kernel_label(1))[1:4]] == printed(FEATURES["backslash"] / 9)
    knob(lab, "Kernel", 1).select_option("3")
    assert lab.numbers(kernel_label(1)) == printed(FEATURES["backslash"] / 9)
    knob(lab, "Filters", 1).select_option("5")
    lab.expect_status("Block 1, filters: 3 → 5.")
    lab.root.get_by_role("button", name="map 4 of block 1").click()
    assert lab.numbers(kernel_label(1)) == printed(FILTERS["an upright stroke"][0])
    python = StackingLab(
        blocks=[conv_block(list(FILTERS.values())[:5], stride=2, padding=1), relu_block(), pool_block(3, 2, "dropped")]
    )
    assert lab.numbers(map_label(3, 4)) == cut(python.stages[3][3])
    knob(lab, "Filters", 1).select_option("6")
    lab.root.get_by_role("button", name="map 6 of block 1").click()
    assert lab.numbers(kernel_label(1)) == printed(np.full((3, 3), 1 / 9))


def test_weights_and_bias_are_edited(open_lab):
    lab = open_lab(blocks=STACKS["two"], stage=4, row=1, column=1)
    lab.cell(kernel_label(4, 2), 0, 0).focus()
    lab.page.keyboard.press("2")
    lab.expect_status(
        "Block 4, filter 1, kernel on map 2, row 1, column 1: 0 → 2. Block 4, map 1, row 2, column 2: 1.00 → 3.00."
    )
    assert "0.50 (map 1) + 2.00 (map 2) + 0.50 (map 3) + 0 (bias) = 3.00." in account(lab, 4)
    lab.page.keyboard.press("Space")
    assert lab.numbers(kernel_label(4, 2))[0][0] == "-2"
    box = lab.root.get_by_role("textbox", name="Block 4, kernel 2, row 1, column 1")
    box.fill("1/3")
    box.press("Enter")
    assert lab.numbers(kernel_label(4, 2))[0][0] == "0.33"
    bias = lab.root.get_by_role("textbox", name="Bias of block 4")
    bias.fill("-2")
    lab.expect_status("Block 4, filter 1, bias: 0 → -2.", "1.33 → -0.66.")
    bias.blur()
    bias.fill("100")
    bias.press("Tab")
    lab.expect_status("bias must hold numbers from -99 to 99 only", "stays")
    expect(bias).to_have_value("-2")
    lab.cell(kernel_label(1), 2, 0).click()
    assert lab.numbers(kernel_label(1))[2][0] == "-0.11", "a click chooses, as in every grid of weights"
    lab.page.keyboard.press("Space")
    assert lab.numbers(kernel_label(1))[2][0] == "0.11", "Space turns the sign"


def test_a_misfit_says_why_at_its_block_and_can_be_mended(open_lab):
    lab = open_lab(blocks=STACKS["two"])
    knob(lab, "Filters", 1).select_option("4")
    lab.expect_status("Block 4 can't work: Each of its filters has 3 kernels, one for each map, but 4 maps come in.")
    expect(card(lab, 4)).to_contain_text("3 kernels, one for each map, but 4 maps come in.")
    expect(card(lab, 5)).to_contain_text("It waits for block 4.")
    assert lab.root.locator(".cl-stacking-maps:visible").count() == 3
    assert findings(lab.page) == []
    lab.press("Give each filter 4 kernels")
    lab.expect_status("Block 4, kernels in each filter: 3 → 4.", "1 x 9 x 9 → 2 x 3 x 3")
    assert lab.numbers(kernel_label(4, 4)) == [["0", "0"], ["0", "0"]]
    assert lab.numbers(map_label(4)) == cut(StackingLab(blocks=STACKS["two"]).stages[4][0])


# Another order


def names(lab):
    return lab.root.locator(".cl-stacking-name:visible").all_inner_texts()


def test_blocks_change_places_by_keyboard(open_lab):
    lab = open_lab()
    lab.button("Up: move block 3").focus()
    lab.page.keyboard.press("Enter")
    assert names(lab) == ["1 Convolution", "2 Pooling", "3 ReLU"]
    expect(lab.button("Up: move block 2")).to_be_focused()
    lab.expect_status("The blocks are now: convolution, pooling, ReLU. 3 blocks, 1 x 9 x 9 → 3 x 4 x 4")
    assert lab.numbers(map_label(3)) == SLIDES["pooled_maps"]["backslash"]["published"]
    lab.page.keyboard.press("Enter")
    lab.page.keyboard.press("Enter")  # at the top already
    assert names(lab) == ["1 Pooling", "2 Convolution", "3 ReLU"]
    lab.press("Down: move block 1")
    expect(lab.button("Down: move block 2")).to_be_focused()
    assert names(lab) == ["1 Convolution", "2 Pooling", "3 ReLU"]


@pytest.mark.parametrize("touch", [False, True])
def test_a_block_is_dragged(touch, open_lab):
    lab = open_lab({"has_touch": touch, "viewport": {"width": 500 if touch else 900, "height": 800}})
    handle = lab.root.locator(".cl-stacking-handle").nth(2)
    handle.scroll_into_view_if_needed()
    pointer = lab.page.context.new_cdp_session(lab.page)

    def middle(which):
        box = lab.root.locator(".cl-stacking-handle").nth(which).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def send(kind, point):
        if touch:
            points = [] if kind == "End" else [dict(zip("xy", point, strict=True))]
            pointer.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})
        elif kind == "Move":
            lab.page.mouse.move(*point)
        else:
            lab.page.mouse.move(*point)
            getattr(lab.page.mouse, {"Start": "down", "End": "up"}[kind])()

    send("Start", middle(2))
    assert lab.root.locator(".cl-stacking-maps:visible").count() == 0, "folded while a block is dragged"
    target = middle(0)
    send("Move", target)
    expect(lab.root.locator(".cl-stacking-card").first).to_have_class(re.compile("is-target"))
    send("End", target)
    assert names(lab) == ["1 Pooling", "2 Convolution", "3 ReLU"]
    assert lab.root.locator(".cl-stacking-maps:visible").count() == 3
    lab.expect_status("The blocks are now: pooling, convolution, ReLU.")


# A net of the reader's own

NET = """{"layers": [
  {"kind": "conv",
   "weights": [[[[1, -1, -1], [-1, 1, -1], [-1, -1, 1]]],
               [[[-1, -1, 1], [-1, 1, -1], [1, -1, -1]]]],
   "bias": [-6, -6]},
  {"kind": "relu"},
  {"kind": "pool", "window": 2},
  {"kind": "conv",
   "weights": [[[[1, 0], [0, 0]], [[0, 1], [0, 0]]]]}
]}"""


def paste(lab, text):
    area = lab.root.get_by_role("textbox", name="A net as JSON")
    if not area.is_visible():
        lab.root.get_by_text("A net of your own").click()
        expect(area).not_to_have_value("")  # the stack is written into it a moment after it opens
    area.fill(text)
    lab.press("Use this net")


def test_a_net_is_pasted(open_lab):
    lab = open_lab()
    paste(lab, NET)
    weights = np.stack([FEATURES["backslash"], FEATURES["slash"]])[:, np.newaxis]
    second = np.array([[[[1, 0], [0, 0]], [[0, 1], [0, 0]]]])
    python = StackingLab(blocks=[conv_block(weights, [-6, -6]), relu_block(), pool_block(), conv_block(second)])
    for stage in (1, 3, 4):
        assert lab.numbers(map_label(stage)) == printed(python.stages[stage][0])
    lab.expect_status("The blocks are now: convolution, ReLU, pooling, convolution.")
    lab.press("Write the stack here")
    text = lab.root.get_by_role("textbox", name="A net as JSON").input_value()
    assert json.loads(text) == {"layers": python.blocks}
    assert len(text.splitlines()) == 6
    paste(lab, text.replace('"padding":0', '"padding":1', 1))
    lab.expect_status("Block 1, padding: 0 → 1.")


def test_the_chapters_example_is_a_net_of_ten_lines(open_lab):
    chapter = json.loads((Path(__file__).parent.parent / "book" / "06_stacking.ipynb").read_text(encoding="utf-8"))
    text = "\n".join("".join(cell["source"]) for cell in chapter["cells"])
    (example,) = re.findall(r"```json\n(.+?)\n```", text, re.DOTALL)
    assert len(example.splitlines()) == 10
    lab = open_lab()
    paste(lab, example)
    lab.expect_status("The blocks are now: convolution, ReLU, pooling, convolution. 4 blocks, 1 x 9 x 9 → 1 x 3 x 3")
    paste(lab, example.replace("[-6, -6]", "[-6]"))
    lab.expect_status("Line 5: layer 1: bias must be a list of 2, one number for each filter.")


DEEP = "[" * 5000
BAD_NETS = [
    ("", "Line 1: wanted a number, a text in quotes, [ or {, but the text ends."),
    ("[1, 2]", 'Line 1: a net is an object like {"layers": [...]}.'),
    ("null", 'Line 1: a net is an object like {"layers": [...]}.'),
    (NET.replace('"relu"}', '"relu"'), 'Line 7: wanted a name in quotes, but "{"kind": "po" stands'),
    (NET.replace('"bias": [-6, -6]', '"bias": [-6, -6'), 'Line 5: wanted , or ], but "}," stands there.'),
    (NET.replace('"bias": [-6, -6]', '"bias": [-6]'), "Line 5: layer 1: bias must be a list of 2, one number for each"),
    (NET.replace("[1, -1, -1]", "[1, -1]", 1), "Line 3: layer 1: weights must be 1 to 6 filters"),
    (NET.replace("[1, -1, -1]", "[1, -1, 100]", 1), "Line 3: layer 1: weights must hold numbers from -99 to 99 only."),
    (NET.replace('"window": 2', '"window": 5'), "Line 7: layer 3: window must be a whole number from 2 to 3."),
    (NET.replace('"relu"', '"dropout"'), "Line 6: layer 2: kind must be one of: conv, relu, pool."),
    (NET.replace('"relu"', '"relu", "rate": 1'), "Line 6: layer 2: a block of kind relu has kind, and nothing else."),
    (NET.replace('{"kind": "relu"}', "7"), "layer 2: a block is an object with a kind."),
    (NET + "x", 'Line 10: wanted the end, but "x" stands there.'),
    (NET.replace("window", '__proto__": {"x": 1}, "window'), "Line 7: layer 3: a block of kind pool has"),
    (DEEP, "Line 1: wanted fewer brackets within brackets"),
    ('{"layers": [' + ",\n".join(['{"kind": "relu"}'] * 9) + "]}", "Line 9: a stack has at most 8 layers."),
    ("x" * 100_001, "Line 1: the text is longer than 100000 characters."),
    (json.dumps({"layers": [conv_block(np.ones((6, 6, 5, 5)).tolist(), [0] * 6)]}),
     "at most 600 weights in all; these are 900"),
]  # fmt: skip


@pytest.mark.sweep
def test_a_bad_net_is_refused_with_its_line(open_lab):
    lab = open_lab()
    before = lab.numbers(map_label(3))
    for text, reason in BAD_NETS:
        paste(lab, text)
        expect(lab.root.locator(".cl-net-fault")).to_contain_text(reason)
        lab.expect_status(reason, "The stack stays as it was.")
        assert lab.numbers(map_label(3)) == before
    paste(lab, NET.replace('"window": 2', '"window": 5'))
    expect(lab.root.locator(".cl-net-fault")).to_contain_text("window must be")
    area = lab.root.get_by_role("textbox", name="A net as JSON")
    lab.page.wait_for_timeout(200)  # a press may move a selection after its own handler
    marked = area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert marked == '  {"kind": "pool", "window": 5},'
    expect(area).to_have_attribute("aria-invalid", "true")
    assert findings(lab.page) == []
    paste(lab, NET)
    expect(lab.root.locator(".cl-net-fault")).to_be_empty()
    expect(area).to_have_attribute("aria-invalid", "false")


def test_a_net_is_dropped_as_a_file(open_lab):
    lab = open_lab()
    drop = """([stage, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "net.json"));
      for (const type of ["dragover", "drop"])
        stage.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    }"""
    stage = lab.root.locator(".cl-stage").element_handle()
    lab.page.evaluate(drop, [stage, NET])
    lab.expect_status("The blocks are now: convolution, ReLU, pooling, convolution.")
    lab.page.evaluate(drop, [stage, "{"])
    lab.expect_status("Line 1: wanted a name in quotes")
    assert names(lab)[3] == "4 Convolution"


def test_in_the_box_undo_belongs_to_the_text(open_lab):
    lab = open_lab()
    lab.press("Add ReLU")
    paste(lab, "{")
    lab.root.get_by_role("textbox", name="A net as JSON").press("Control+z")
    assert len(names(lab)) == 4


# Challenges


def test_seeing_the_whole_picture(open_lab):
    lab = open_lab()
    lab.menu("Choose a stack").select_option("three")  # 8 of 9
    assert lab.solved() == []
    lab.press("Remove block 5")  # five blocks
    knob(lab, "Kernel", 4).select_option("3")
    lab.expect_status("kernel size: 2 → 3", "Challenge solved!", "widens")
    assert "sees the whole picture" in lab.solved()[0]


def test_seeing_it_with_six_blocks_is_not_enough(open_lab):
    lab = open_lab()
    lab.menu("Choose a stack").select_option("three")
    knob(lab, "Kernel", 4).select_option("3")
    lab.expect_status("kernel size: 2 → 3")
    assert frame_of(lab, PICTURE) is not None
    assert not any("sees the whole" in text for text in lab.solved())


def test_down_to_one_number(open_lab):
    lab = open_lab()
    for _ in range(2):
        lab.press("Add pooling")
    lab.expect_status("3 x 1 x 1")
    assert lab.solved() == [], "pooling, and more than once"
    lab.menu("Choose a stack").select_option("none")
    for place in (1, 2):
        lab.press("Add convolution")
        knob(lab, "Kernel", place).select_option("5")
    lab.expect_status("Challenge solved!")
    assert any("1 x 1" in text for text in lab.solved())
    assert not any("sees the whole" in text for text in lab.solved()), "no pooling is among them"


def test_telling_an_x_from_an_o(open_lab):
    lab = open_lab(blocks=STACKS["two"], image=TRICKIER_X)
    lab.cell(kernel_label(4, 2), 0, 0).focus()
    lab.page.keyboard.press("2")
    bias = lab.root.get_by_role("textbox", name="Bias of block 4")
    bias.fill("-1")
    assert lab.solved() == []  # 2.00 on the X, but the O has 0.88
    bias.fill("-2")
    lab.expect_status("Challenge solved!", "A filter on top of filters")
    assert len(lab.solved()) == 1


# All together


def test_a_link_carries_the_whole_state(open_lab, open_labs):
    lab = open_lab(CLIPBOARD)
    paste(lab, NET)
    lab.root.get_by_text("A net of your own").click()  # folds it
    lab.root.get_by_role("button", name="map 2 of block 1").click()
    lab.cell(map_label(4), 1, 2).click()
    lab.press("Copy link")
    lab.expect_status("Link copied.")
    link = lab.page.evaluate("navigator.clipboard.readText()")
    there = LabOnPage(open_labs(StackingLab(), fragment="#" + link.split("#")[1]), "stacking")
    assert there.look() == lab.look()
    assert there.solved() == []


def test_the_largest_state_fits_in_a_link_and_on_a_narrow_page(open_labs):
    third = conv_block(np.full((6, 6, 3, 3), 1 / 3 + 1e-9), np.full(6, 1 / 3))
    blocks = [conv_block(np.full((6, 1, 5, 5), -1 / 3), padding=2), *[relu_block()] * 5, third]
    python = StackingLab(blocks=blocks, image=np.full((9, 9), 1 / 3), stage=7, row=3, column=3)
    page = open_labs(python, viewport={"width": 320, "height": 700}, color_scheme="dark", **CLIPBOARD)
    lab = LabOnPage(page, "stacking")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    lab.press("Copy link")
    link = page.evaluate("navigator.clipboard.readText()")
    there = LabOnPage(open_labs(StackingLab(), fragment="#" + link.split("#")[1]), "stacking")
    there.expect_status("This is the state that the link describes.")
    assert there.numbers(map_label(7)) == as_text(python.stages[7], python.stages[7][0])


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (MaxPool2d(3, 2, 1), "has a padding"),
        (MaxPool2d((2, 3)), "not the same in both directions"),
        (Conv2d(1, 1, 3, stride=(1, 2), rng=np.random.default_rng(0)), "not the same in both directions"),
    ],
)
def test_a_layer_that_no_block_can_be_is_refused(layer, message):
    with pytest.raises(ValueError, match=f"^blocks_of: .* {message}"):
        blocks_of(Network([layer]))


# What stands there no more


def no_longer_a_convolution(lab):
    """A ReLU and a convolution have changed places and, by Ctrl+Z, have come back: block 2 is the ReLU again."""
    lab.press("Down: move block 1")
    expect(card(lab, 2)).to_have_accessible_name("Block 2, Convolution")


@pytest.mark.in_turn("key", 3)
@pytest.mark.parametrize("key", ["5", "-", " ", "+", "Escape"])
def test_a_key_after_undo_edits_no_kernel_that_is_gone(key, open_lab):
    lab = open_lab(shown=[0] * 8, blocks=STACKS["slides"])
    no_longer_a_convolution(lab)
    lab.cell(kernel_label(2), 1, 1).focus()
    look = lab.look()
    lab.page.keyboard.press("Control+z")
    before = lab.look()
    lab.page.keyboard.press(key)
    lab.page.keyboard.press("1")
    assert lab.look() == before
    expect(lab.root.locator(":focus:visible")).to_have_count(1)
    lab.press("Redo")
    assert lab.look() == look


LATE = """([name, keys]) => {
  const lab = document.querySelector(".cl-lab");
  const find = (label) => [...lab.querySelectorAll("*")].find((one) => one.getAttribute("aria-label") === label);
  const press = (target, key, more = {}) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  const grid = find(name);
  const target = grid.matches("[role=grid]") ? grid.querySelector("[role=gridcell]") : grid;
  target.focus();
  press(lab, "z", { ctrlKey: true });
  for (const key of keys) {
    if (target.matches("select, input")) {
      target.value = key;
      for (const type of ["input", "change"]) target.dispatchEvent(new Event(type, { bubbles: true }));
    } else press(target, key);
  }
}"""


@pytest.mark.in_turn("name", 3)
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Block 2, kernel 1", ["5", "-", " "]),
        ("Bias of block 2", ["3"]),
        ("Filters of block 2", ["1", "6"]),
        ("Kernel of block 2", ["5"]),
        ("Stride of block 2", ["2"]),
        ("Padding of block 2", ["1"]),
    ],
)
def test_no_control_of_a_block_outlives_it(name, keys, open_lab):
    """Even in the moment in which it has gone: the frame is not drawn yet, and the focus still where it was."""
    lab = open_lab(blocks=STACKS["slides"])
    before, *_ = lab.look()
    no_longer_a_convolution(lab)
    lab.page.evaluate(LATE, [name, keys])
    text, *_ = lab.look()
    assert text == before


def test_a_kernel_that_its_filter_has_lost_is_not_edited(open_lab):
    """The third map came with another block 1; Ctrl+Z takes both away."""
    lab = open_lab(blocks=[conv_block(np.ones((1, 1, 3, 3))), conv_block(np.ones((1, 1, 2, 2)))])
    knob(lab, "Filters", 1).select_option("3")
    lab.press("Give each filter 3 kernels")
    lab.page.evaluate(LATE, [kernel_label(2, 3), ["5"]])
    expect(lab.grid(kernel_label(2, 3))).to_be_hidden()
    expect(card(lab, 2)).to_contain_text("1 kernel, one for each map, but 3 maps come in")
