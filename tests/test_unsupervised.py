"""Chapter 13's machine: every conditional and every slope is what all states of a tiny machine say."""

from itertools import product

import numpy as np
import pytest

from convnet_core.edges import EDGE, crops, edge_shares, load_whitened, whitened
from convnet_core.unsupervised import (
    ConvRBM,
    block_probabilities,
    fill,
    in_pixels,
    learn_features,
    pooled_features,
    sample_blocks,
)

EXACT = 1e-12


def rng(seed=0):
    return np.random.default_rng(seed)


def tiny(visible="binary", seed=0, **changed):
    """3 x 3 pixels, two filters of 2 x 2: two maps of one block each. Its parameters are large, so that all matters."""
    settings = {"channels": 1, "features": 2, "size": 2, "sigma": 0.5, "dtype": np.float64} | changed
    machine = ConvRBM(**settings, visible=visible, rng=rng(seed))
    for parameter in (machine.weight, machine.hidden_bias, machine.visible_bias):
        parameter[...] = rng(seed + 1).normal(size=parameter.shape)
    return machine


def hidden_states(features=2, side=2):
    """All states of maps of one block each: in each, one unit is on or none. (states, features, side, side)."""
    one = np.concatenate([np.zeros((1, side * side)), np.eye(side * side)])
    return np.array([np.stack(maps).reshape(features, side, side) for maps in product(one, repeat=features)])


def pictures_of(side=3):
    return np.array(list(product((0.0, 1.0), repeat=side * side))).reshape(-1, 1, side, side)


def energies_of(machine, pictures, states):
    """Of each picture with each hidden state: (pictures, states)."""
    return np.array([machine.energy(pictures, state[np.newaxis].repeat(len(pictures), 0)) for state in states]).T


def joint(machine, from_above=None):
    """The probability of each picture with each hidden state: (pictures, states), by the energy alone."""
    pictures, states = pictures_of(), hidden_states()
    energies = energies_of(machine, pictures, states)
    if from_above is not None:
        energies -= (states.max((2, 3)) * from_above).sum(1)
    weights = np.exp(-energies)
    return weights / weights.sum()


# One block


def test_one_block_is_the_example_of_the_slides_paper():
    each, pooled = block_probabilities([[2.0, 0.0], [-1.0, 0.0]])
    assert np.round(each, 3).tolist() == [[0.687, 0.093], [0.034, 0.093]]
    assert np.round(pooled, 3).tolist() == [[0.907]]


def test_a_block_is_a_softmax_with_a_zero_for_none():
    inputs = rng().normal(size=(3, 5, 6, 4)) * 3
    each, pooled = block_probabilities(inputs)
    for sample, feature, row, column in np.ndindex(3, 5, 3, 2):
        block = np.append(inputs[sample, feature, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2].ravel(), 0)
        wanted = np.exp(block) / np.exp(block).sum()
        found = each[sample, feature, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2].ravel()
        assert np.abs(found - wanted[:-1]).max() < EXACT
        assert abs(pooled[sample, feature, row, column] - (1 - wanted[-1])) < EXACT


def test_a_block_of_one_is_a_sigmoid():
    inputs = rng().normal(size=(4, 4))
    each, pooled = block_probabilities(inputs, 1)
    assert np.abs(each - 1 / (1 + np.exp(-inputs))).max() < EXACT
    assert np.array_equal(each, pooled)


@pytest.mark.parametrize("size", [1e3, 1e5, -1e5])
def test_a_block_takes_inputs_of_any_size(size):
    each, pooled = block_probabilities(np.full((2, 2), size))
    assert np.abs(each - (0.25 if size > 0 else 0)).max() < EXACT
    assert pooled == (size > 0)


def test_what_is_sampled_has_one_unit_on_in_a_block_or_none_as_often_as_is_probable():
    each, pooled = block_probabilities(np.tile([[2.0, 0.0], [-1.0, 0.0]], (20_000, 1, 1)))
    drawn = sample_blocks(each, 2, rng())
    assert set(np.unique(drawn)) == {0.0, 1.0}
    assert drawn.sum((1, 2)).max() == 1
    assert np.abs(drawn.mean(0) - each[0]).max() < 0.01
    assert abs(drawn.max((1, 2)).mean() - pooled[0, 0, 0]) < 0.01


@pytest.mark.parametrize("shape", [(3, 4), (4, 5)])
def test_a_map_that_does_not_come_out_in_whole_blocks_is_refused(shape):
    with pytest.raises(ValueError, match="block is 2, wanted a divisor of"):
        block_probabilities(np.zeros(shape))


# What the energy says, and what the machine does


@pytest.mark.parametrize("from_above", [None, [1.3, -0.7]])
def test_hidden_units_by_the_picture_are_what_all_states_say(from_above):
    machine = tiny()
    table = joint(machine, from_above)
    states, pictures = hidden_states(), pictures_of()
    wanted = np.einsum("ps,sfij->pfij", table / table.sum(1, keepdims=True), states)
    above = None if from_above is None else np.tile(np.reshape(from_above, (1, 2, 1, 1)), (len(pictures), 1, 1, 1))
    found, pooled = machine.hidden(pictures, above)
    assert np.abs(found - wanted).max() < EXACT
    assert np.abs(pooled[..., 0, 0] - wanted.sum((2, 3))).max() < EXACT


def test_pixels_by_the_hidden_units_are_what_all_states_say():
    machine = tiny()
    table = joint(machine)
    wanted = np.einsum("ps,pcij->scij", table / table.sum(0), pictures_of())
    assert np.abs(machine.visible_of(hidden_states()) - wanted).max() < EXACT


def test_real_pixels_by_the_hidden_units_are_a_bell_around_what_they_stamp():
    """The energy of a pixel's value, minus that at its mean, is (value - mean)^2 / (2 sigma^2)."""
    machine = tiny("real")
    for state in hidden_states()[[0, 3, 7, 24]]:
        mean = machine.visible_of(state[np.newaxis])
        for _ in range(3):
            away = rng(5).normal(size=mean.shape)
            found = machine.energy(mean + away, state[np.newaxis]) - machine.energy(mean, state[np.newaxis])
            assert np.abs(found - (away**2).sum() / (2 * 0.5**2)).max() < 1e-9


def test_hidden_units_by_a_real_picture_are_what_all_states_say():
    machine, picture = tiny("real"), rng(3).normal(size=(1, 1, 3, 3))
    states = hidden_states()
    weights = np.exp(-machine.energy(picture.repeat(len(states), 0), states))
    wanted = np.einsum("s,sfij->fij", weights / weights.sum(), states)
    assert np.abs(machine.hidden(picture)[0][0] - wanted).max() < EXACT


def test_real_pixels_are_sampled_with_their_deviation():
    machine = tiny("real")
    state = hidden_states()[7][np.newaxis].repeat(20_000, 0)
    drawn = machine.sample_visible(state, rng())
    assert np.abs(drawn.mean(0) - machine.visible_of(state[:1])[0]).max() < 0.02
    assert np.abs(drawn.std(0) - 0.5).max() < 0.02


@pytest.mark.parametrize("name", ["weight", "hidden_bias", "visible_bias"])
@pytest.mark.parametrize("is_plain", [False, True])
def test_the_slope_of_the_likelihood_is_shown_minus_made_up(name, is_plain):
    """The difference of two averages is the slope of log P(picture), by the wiggle, with all states in the sum."""
    changed = {"is_plain": True, "block": 1, "size": 2} if is_plain else {}
    machine = tiny(**changed)
    pictures = pictures_of(2 if is_plain else 3)
    states = hidden_states(2, 1 if is_plain else 2)
    picture = pictures[5:6]

    def table():
        weights = np.exp(-energies_of(machine, pictures, states))
        return weights / weights.sum()

    def likelihood():
        return np.log(table()[5].sum())

    places = states.shape[2] * states.shape[3]
    averages = [machine.together(one[np.newaxis], machine.hidden(one[np.newaxis])[0]) for one in pictures]
    shown = vars(machine.together(picture, machine.hidden(picture)[0]))[name]
    made_up = sum(share * vars(one)[name] for share, one in zip(table().sum(1), averages, strict=True))
    parameter = getattr(machine, name)
    # Averages are over places: of a filter, and of the pixels that share a bias.
    shared = places if name != "visible_bias" else pictures[0].size // parameter.size
    for place in np.ndindex(parameter.shape):
        before, ends = parameter[place], []
        for sign in (1, -1):
            parameter[place] = before + sign * 1e-5
            ends.append(likelihood())
        parameter[place] = before
        assert abs((ends[0] - ends[1]) / 2e-5 - shared * (shown - made_up)[place]) < 1e-8


def test_what_goes_down_is_the_way_back_of_the_convolution():
    machine = tiny(channels=3, features=4, size=3)
    pictures, hidden = rng(1).normal(size=(2, 3, 6, 6)), rng(2).normal(size=(2, 4, 4, 4))
    up = (machine.bond.forward(pictures) - machine.hidden_bias[:, None, None]) * hidden
    down = (machine.down(hidden) - machine.visible_bias) * pictures
    assert abs(up.sum() - down.sum()) < 1e-9


def test_features_are_pooled_units_on_average_over_squares():
    machine, pictures = tiny(features=3), rng(1).random((5, 1, 9, 9))
    _, pooled = machine.hidden(pictures)
    found = pooled_features(machine, pictures).reshape(5, 3, 2, 2)
    for row, column in np.ndindex(2, 2):
        square = pooled[:, :, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        assert np.abs(found[:, :, row, column] - square.mean((2, 3))).max() < EXACT


# A pile of machines


def test_a_pile_hears_from_below_and_above():
    """Two machines, every state of both: the middle units by the picture and the top are what the energies say."""
    lower = tiny()
    upper = ConvRBM(2, 2, 1, block=1, visible="binary", is_plain=True, dtype=np.float64, rng=rng(4))
    upper.weight[...] = rng(6).normal(size=upper.weight.shape)
    upper.visible_bias[...] = rng(7).normal(size=upper.visible_bias.shape)
    picture, states = pictures_of()[77:78], hidden_states()
    for top in product((0.0, 1.0), repeat=2):
        top = np.reshape(top, (1, 2, 1, 1))
        both = lower.energy(picture.repeat(len(states), 0), states) + upper.energy(
            states.max((2, 3), keepdims=True), top.repeat(len(states), 0)
        )
        weights = np.exp(-both)
        wanted = np.einsum("s,sfij->fij", weights / weights.sum(), states)
        assert np.abs(lower.hidden(picture, upper.down(top))[0][0] - wanted).max() < EXACT


def test_filling_keeps_what_is_known_and_goes_where_the_machine_says():
    """The share of each picture that a tiny machine imagines is the one that all states say."""
    machine = tiny()
    known = np.zeros((4000, 1, 3, 3), bool)
    known[..., 0] = True
    picture = pictures_of()[300:301]
    table = joint(machine).sum(1)
    fits = (pictures_of()[..., 0] == picture[..., 0]).all((1, 2))
    wanted = np.einsum("p,pcij->cij", table * fits / (table * fits).sum(), pictures_of())
    many = picture.repeat(4000, 0)
    for now in fill([machine], many, known, 60, rng()):
        assert (now[..., 0] == many[..., 0]).all()
    assert np.abs(now.mean(0) - wanted).max() < 0.03


def test_a_pile_that_fills_is_the_joint_machine():
    lower = tiny()
    upper = ConvRBM(2, 2, 1, block=1, visible="binary", is_plain=True, dtype=np.float64, rng=rng(4))
    upper.weight[...] = 2 * rng(6).normal(size=upper.weight.shape)
    states, pictures = hidden_states(), pictures_of()
    tops = np.array(list(product((0.0, 1.0), repeat=2))).reshape(-1, 2, 1, 1)
    on = states.max((2, 3), keepdims=True)
    high = np.array([np.exp(-upper.energy(on, top[np.newaxis].repeat(len(on), 0))) for top in tops]).sum(0)
    table = joint(lower) * high
    table = table.sum(1) / table.sum()
    wanted = np.einsum("p,pcij->cij", table, pictures)
    nothing = np.zeros((4000, 1, 3, 3))
    *_, last = fill([lower, upper], nothing, nothing > 0, 60, rng())
    assert np.abs(last.mean(0) - wanted).max() < 0.03


def test_what_an_upper_feature_stands_for_is_stamped_by_the_lower_machine():
    lower, upper = tiny(channels=2, features=3), tiny("real", channels=3, features=4, size=2)
    pictures = in_pixels(upper, lower)
    assert pictures.shape == (4, 2, 5, 5)
    wanted = np.zeros_like(pictures)
    for top, feature, row, column, down, across in np.ndindex(4, 3, 2, 2, 2, 2):
        corner = np.s_[:, 2 * row + down : 2 * row + down + 2, 2 * column + across : 2 * column + across + 2]
        wanted[top][corner] += upper.weight[top, feature, row, column] * lower.weight[feature] / 4
    assert np.abs(pictures - wanted).max() < EXACT


# Learning


def test_edges_come_out_of_photographs():
    """Three seconds of one core; the chapter's own numbers are `tools/unsupervised_experiments.py`."""
    machine = ConvRBM(1, 12, 8, rng=rng())
    learn_features(machine, crops(load_whitened(), 19, 2, 1500, rng(1)), rng(2), target=0.003, progress=False)
    assert (edge_shares(machine.weight[:, 0]) > EDGE).sum() >= 6


def test_a_machine_learns_the_pictures_that_it_is_shown():
    """Bars, one a picture: their likelihood, by all states, rises far above that of pictures at random."""
    bars = np.array([np.eye(3)[[k, k, k]] * 0 + (np.arange(3) == k) for k in range(3)], float)[:, np.newaxis]
    machine = ConvRBM(1, 4, 3, visible="binary", is_plain=True, block=1, spread=0.1, dtype=np.float64, rng=rng())
    batches = (bars for _ in range(4000))
    learn_features(machine, batches, rng(1), rate=0.05, pull=0, decay=0, target=0.1, is_persistent=True, progress=False)
    pictures, states = pictures_of(), np.array(list(product((0.0, 1.0), repeat=4))).reshape(-1, 4, 1, 1)
    table = np.exp(-energies_of(machine, pictures, states)).sum(1)
    is_bar = [(one == bars).all((1, 2, 3)).any() for one in pictures]
    assert table[is_bar].sum() / table.sum() > 0.5  # of 512 pictures, three


@pytest.mark.parametrize("is_persistent", [False, True])
def test_the_same_seed_learns_the_same(is_persistent):
    def learned():
        machine = ConvRBM(1, 3, 4, rng=rng())
        learn_features(
            machine, crops(load_whitened(), 9, 2, 5, rng(1)), rng(2), is_persistent=is_persistent, progress=False
        )
        return machine.weight

    assert (learned() == learned()).all()


# Photographs, and the rule for edges


def test_whitening_makes_coarse_and_fine_equally_strong():
    """Of noise in which waves fall off as 1 / frequency, as in photographs, all but the finest come out alike."""
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(256), np.fft.fftfreq(256)))
    frequency[0, 0] = 1
    waves = np.fft.fft2(rng().normal(size=(256, 256))) / frequency
    white = whitened(np.fft.ifft2(waves).real)
    power = np.abs(np.fft.fft2(white)) ** 2
    around = np.hypot(*np.meshgrid(*(np.fft.fftfreq(side) for side in white.shape)))
    means = [power[(around >= low) & (around < low + 0.05)].mean() for low in (0.05, 0.1, 0.15, 0.2)]
    assert max(means) / min(means) < 1.4
    assert abs((white**2).mean() - 0.1) < 1e-9


def test_a_flat_photograph_is_nothing_when_whitened():
    assert (whitened(np.full((40, 30), 0.3)) == np.zeros((24, 14))).all()


def test_pieces_are_of_the_photographs():
    picture = rng().normal(size=(6, 7))
    for batch in crops([picture], 5, 3, 4, rng()):
        assert batch.shape == (3, 1, 5, 5)
        for piece in batch[:, 0]:
            assert any((piece == picture[r : r + 5, c : c + 5]).all() for r in range(2) for c in range(3))


def gabor(side=10, turn=0.6, waves=1.1, phase=0.4):
    middle = (np.arange(side) - (side - 1) / 2) / side
    across = np.cos(turn) * middle + np.sin(turn) * middle[:, np.newaxis]
    along = np.cos(turn) * middle[:, np.newaxis] - np.sin(turn) * middle
    return np.exp(-((across / 0.2) ** 2 + (along / 0.25) ** 2) / 2) * np.cos(2 * np.pi * waves * across + phase)


@pytest.mark.parametrize("turn", np.linspace(0, 3, 7))
def test_a_gabor_function_is_an_edge_at_any_turn_and_phase(turn):
    filters = np.array([gabor(turn=turn, phase=phase) for phase in np.linspace(0, 6, 5)])
    assert edge_shares(filters).min() > 0.9


def test_noise_and_nothing_are_no_edges():
    shares = edge_shares(np.concatenate([rng().normal(size=(200, 10, 10)), np.zeros((1, 10, 10))]))
    assert (shares[:-1] > EDGE).sum() == 0
    assert shares[-1] == 0


def test_a_filter_s_size_and_sign_do_not_matter():
    filters = rng().normal(size=(5, 8, 8))
    assert np.abs(edge_shares(filters) - edge_shares(-100 * filters)).max() < 1e-9
