"""The tables of chapter 13's experiments: some of it is run again, all of it is there, and the sentences hold."""

import numpy as np
import pytest

from convnet_core import imagining
from convnet_core.digits import LEARNED, digit_net_from, load_digits
from convnet_core.edges import EDGE, crops, edge_shares, load_whitened
from convnet_core.imagining import FILE, MACHINES, load_imagining, parameters_of
from convnet_core.labs.kit.stored import stored
from convnet_core.unsupervised import ConvRBM, block_probabilities, pooled_features
from tools import unsupervised_experiments as tool
from tools import unsupervised_weights as made
from tools.experiments import FILE as TABLES
from tools.experiments import SEEDS

EXPERIMENTS, WEIGHTS = stored("belief", TABLES), stored("belief")
SIZES = [10 * each for each in tool.EACH]
KINDS = ["pixels", "random filters", "random filters, larger", "patches", "learned", "net"]
FEW_DIGITS = 0.05  # of 200: machines rounded to bytes draw other samples, and that decides as much


def column(table, name):
    return np.array(EXPERIMENTS[table][name])


def mean(table, name):
    return column(table, name).mean()


def test_every_seed_is_in_every_table():
    assert list(EXPERIMENTS) == list(tool.TABLES)
    assert {len(runs) for table in EXPERIMENTS.values() for runs in table.values()} == {SEEDS}
    assert list(EXPERIMENTS["few"]) == [f"{size} {kind}" for size in SIZES for kind in KINDS]


# Run again


def test_the_first_edges_are_what_the_tool_finds():
    """A few hundred steps of 32-bit sums: a filter or two may turn out otherwise elsewhere."""
    seen = {}
    made.edges(2, steps=((0.04, 501),), look=lambda machine, steps: seen.setdefault(steps, made.count_edges(machine)))
    for steps in (0, 500):
        assert abs(seen[steps] - EXPERIMENTS["edges"][f"after {steps} steps"][2]) <= (steps > 0) * 2


def test_what_passes_by_chance_is_what_the_tool_finds():
    for seed in (0, 3):
        for name, share in tool.by_chance(seed).items():
            assert share == pytest.approx(EXPERIMENTS["edges"][name][seed], abs=0.002), name


def test_votes_on_pixels_and_on_random_filters_are_what_the_tool_finds():
    images, labels = load_digits()
    pictures = made.cropped(images)
    noise = tool.calibrated(made.fresh_strokes(1).weight, tool.LARGER, pictures[:LEARNED])
    kinds = {
        "pixels": pictures.reshape(len(pictures), -1),
        "random filters, larger": pooled_features(noise, pictures, tool.WIDTH),
    }
    for each in tool.EACH[1:2]:
        drawn, others, asked = tool.dealt(labels, each, np.random.default_rng([1, 7, each]))
        for kind, numbers in kinds.items():
            strength = tool.chosen_strength(numbers, labels, others, asked)
            told = numbers[drawn], labels[drawn]
            share = tool.right(told, (numbers[LEARNED:], labels[LEARNED:]), strength)
            assert share == pytest.approx(EXPERIMENTS["few"][f"{10 * each} {kind}"][1], abs=0.02), kind


def test_the_net_with_labels_is_what_the_tool_finds():
    images, labels = load_digits()
    drawn, *_ = tool.dealt(labels, 1, np.random.default_rng([2, 7, 1]))
    share = tool.by_net(2, 1, images, labels, drawn)
    assert share == pytest.approx(EXPERIMENTS["few"]["10 net"][2], abs=0.02)


def test_simple_halves_are_what_the_tool_finds():
    judge = digit_net_from(stored("digits"))
    for seed in range(SEEDS):
        whole, _, labels = tool.held_out(seed)
        for name, half in tool.simple_halves(whole).items():
            pictures = np.where(tool.known_half(), whole, half)
            assert (judge.forward(pictures).argmax(1) == labels).mean() == column("fill", name)[seed], name
            error = ((pictures - whole) ** 2)[..., tool.HIDDEN_FROM :].mean()
            assert error == pytest.approx(column("fill", f"{name} error")[seed], abs=1e-4), name


# What is stored does what the tables say


def machine_of(name, **settings):
    machine = ConvRBM(1, made.EDGES, len(WEIGHTS[name]["filters"][0]), rng=np.random.default_rng(0), **settings)
    machine.weight[:, 0], machine.hidden_bias[...] = WEIGHTS[name]["filters"], WEIGHTS[name]["hidden_bias"]
    machine.visible_bias[...] = np.reshape(WEIGHTS[name]["visible_bias"], (1, 1, 1))
    return machine


def test_stored_edges_are_those_of_the_first_seed():
    assert made.count_edges(machine_of("edges")) == column("edges", "after 5000 steps")[0]


def test_few_units_are_on_as_it_was_to_be():
    (pieces,) = crops(load_whitened(), 39, 40, 1, np.random.default_rng(0))
    assert machine_of("edges").hidden(pieces)[0].mean() == pytest.approx(made.EDGE_TARGET, rel=0.3)
    digits = made.cropped(load_digits()[0][:200])
    on = machine_of("strokes", sigma=made.STROKE_SIGMA).hidden(digits)[0].mean()
    assert on == pytest.approx(made.STROKE_TARGET, rel=0.1)


def test_stored_strokes_are_worth_what_the_table_says():
    images, labels = load_digits()
    numbers = pooled_features(machine_of("strokes", sigma=made.STROKE_SIGMA), made.cropped(images), tool.WIDTH)
    drawn, others, asked = tool.dealt(labels, 5, np.random.default_rng([0, 7, 5]))
    strength = tool.chosen_strength(numbers, labels, others, asked)
    share = tool.right((numbers[drawn], labels[drawn]), (numbers[LEARNED:], labels[LEARNED:]), strength)
    assert share == pytest.approx(EXPERIMENTS["few"]["50 learned"][0], abs=0.02)


@pytest.mark.parametrize("name", MACHINES)
def test_stored_machines_imagine_as_the_table_says(name, monkeypatch):
    sweeps = tool.SWEEPS if name == "persistent" else (1, 10)
    monkeypatch.setattr(tool, "SWEEPS", sweeps)
    judge, machine = digit_net_from(stored("digits")), load_imagining()[name]
    whole, _, labels = tool.held_out(0)
    for count, pictures in tool.after_sweeps(machine, whole, 0):
        share = (judge.forward(pictures).argmax(1) == labels).mean()
        assert share == pytest.approx(EXPERIMENTS["fill"][f"{name}, {count} sweeps"][0], abs=FEW_DIGITS)
        error = ((pictures - whole) ** 2)[..., tool.HIDDEN_FROM :].mean()
        assert error == pytest.approx(EXPERIMENTS["fill"][f"{name}, {count} sweeps error"][0], abs=0.004)


def test_the_file_of_machines_is_what_the_writer_makes_of_what_is_read():
    assert made.as_bytes(load_imagining()) == FILE.read_bytes()
    assert FILE.stat().st_size == 161_202


def test_numbers_are_rounded_by_half_a_step_at_most():
    machines = {name: imagining.imagining_machine(name, np.random.default_rng(1)) for name in MACHINES}
    for machine in machines.values():
        machine.hidden_bias[...] = np.linspace(-3, 1, len(machine.hidden_bias))
        machine.visible_bias[...] = -0.7
    data = np.frombuffer(made.as_bytes(machines), np.int8)
    for array in (array for machine in machines.values() for array in parameters_of(machine)):
        step, numbers, data = 2.0 ** data[0], data[1 : 1 + array.size], data[1 + array.size :]
        assert np.abs(numbers * step - array.ravel()).max() <= step / 2
        assert np.abs(array).max() > 60 * step
    assert not data.size


@pytest.mark.parametrize("change", [lambda data: data[:-10], lambda data: data + b"\0", lambda data: b""])
def test_a_file_that_is_not_whole_is_refused(tmp_path, monkeypatch, change):
    cut = tmp_path / "imagines.bin"
    cut.write_bytes(change(FILE.read_bytes()))
    monkeypatch.setattr(imagining, "FILE", cut)
    with pytest.raises(
        ValueError, match=r"load_imagining: imagines.bin holds \d+ bytes, wanted 161202: fetch the book"
    ):
        load_imagining()


def test_another_name_is_refused():
    with pytest.raises(ValueError, match="name is 'CD-2', wanted"):
        imagining.imagining_machine("CD-2", np.random.default_rng(0))


# What the tool does


def test_what_is_dealt_has_no_digit_twice_and_none_held_out():
    labels = load_digits()[1]
    for each in tool.EACH:
        drawn, others, asked = tool.dealt(labels, each, np.random.default_rng(0))
        places = np.concatenate([drawn, *others, asked])
        assert len(np.unique(places)) == len(places)
        assert places.max() < LEARNED
        for part in (drawn, *others):
            assert np.bincount(labels[part]).tolist() == [each] * 10


def test_the_five_seeds_ask_each_digit_held_out_once():
    asked = np.concatenate([tool.held_out(seed)[1] for seed in range(SEEDS)])
    images = load_digits()[0][LEARNED:]
    assert sorted(picture.tobytes() for picture in asked[:, 0]) == sorted(picture.tobytes() for picture in images)


def test_biases_are_set_so_that_each_unit_is_on_as_often():
    pictures = made.cropped(load_digits()[0][:LEARNED])
    filters = tool.patches(0, pictures)
    assert np.abs(filters.mean((2, 3))).max() < 1e-9
    machine = tool.calibrated(filters, 0.2, pictures)
    assert np.sqrt((machine.weight**2).sum((1, 2, 3))) == pytest.approx(np.full(made.STROKES, 0.2), rel=1e-5)
    on = machine.hidden(pictures[:: LEARNED // tool.CALIBRATED])[0].mean((0, 2, 3))
    assert on == pytest.approx(np.full(made.STROKES, made.STROKE_TARGET), rel=0.05)
    assert block_probabilities(machine.inputs(pictures[:1]))[0].max() > 0.5


def test_photographs_as_taken_have_the_contrast_of_whitened_ones():
    for photograph, white in zip(tool.as_taken(), load_whitened(), strict=True):
        assert photograph.std() == pytest.approx(np.sqrt((white**2).mean()))
        assert abs(photograph.mean()) < 1e-9


def test_first_filters_are_no_edges_and_the_rule_says_yes_to_a_gabor():
    side = np.arange(10) - 4.5
    bell = np.exp(-(side[:, None] ** 2 + side**2) / 10)
    assert (edge_shares([np.sin(side) * bell, np.sin(side)[:, None] * bell]) > EDGE).all()
    assert (column("edges", "after 0 steps") == 0).all()


def test_a_filter_that_has_faded_counts_as_no_edge():
    machine, stored_one = machine_of("edges"), machine_of("edges")
    before = made.count_edges(machine)
    machine.weight *= made.FADED / 10
    assert before >= 15
    assert made.count_edges(machine) == 0
    assert made.count_edges(stored_one) == before


# What makes edges


def test_most_filters_become_edges_and_chance_does_not_explain_it():
    for steps in (4000, 5000):
        assert (column("edges", f"after {steps} steps") >= 15).all()
    assert (column("edges", "after 500 steps") >= 7).all()
    assert ((column("edges", "share of pieces") > 0.15) & (column("edges", "share of pieces") < 0.21)).all()
    assert (column("edges", "share of noise") < 0.005).all()


def test_few_units_on_decay_a_small_sigma_and_whitening_decide_it():
    usual = column("edges", "half as long")
    assert (column("edges", "target 0.01") <= 8).all()
    assert (column("edges", "target 0.03") <= 2).all()
    assert (usual >= 14).all()
    assert (column("edges", "sigma 1") == 0).all()
    assert (column("edges", "no pull to few") <= 6).all()
    assert (column("edges", "no decay") <= 6).all()
    assert (column("edges", "short steps, not whitened") < column("edges", "short steps")).all()


def test_edges_do_not_need_the_convolution():
    assert (column("edges", "plain") >= 15).all()


# What features without labels are worth


def test_learned_features_beat_pixels_and_random_filters_at_each_size():
    for size in SIZES:
        learned = column("few", f"{size} learned")
        for kind in ("pixels", "random filters", "random filters, larger"):
            assert learned.mean() > mean("few", f"{size} {kind}"), (size, kind)
        assert (learned > column("few", f"{size} pixels")).all()
        assert mean("few", f"{size} random filters") > mean("few", f"{size} pixels")


def test_pieces_of_digits_are_worth_as_much_as_what_was_learned():
    """So what is learned here is not better than what lies about in the pictures."""
    for size in SIZES:
        away = column("few", f"{size} learned") - column("few", f"{size} patches")
        assert abs(away.mean()) < 0.015
        assert 1 <= (away > 0).sum() <= 4


def test_the_net_with_labels_that_is_shown_no_more_is_behind():
    for size in SIZES:
        assert mean("few", f"{size} net") < mean("few", f"{size} learned")
    assert mean("few", "500 learned") - mean("few", "500 net") < 0.02


# Who fills in half a digit


def test_persistent_chains_fill_in_best_of_the_machines():
    persistent = column("fill", "persistent, 100 sweeps")
    assert (persistent > column("fill", "CD-1, 100 sweeps")).all()
    assert (persistent > column("fill", "convolutional, 100 sweeps") + 0.1).all()
    assert persistent.mean() == pytest.approx(0.856, abs=0.001)
    for name in ("CD-1, 100 sweeps", "convolutional, 100 sweeps", "mean", "most similar left half"):
        assert (column("fill", "persistent, 100 sweeps error") < column("fill", f"{name} error")).all(), name


def test_it_takes_some_sweeps():
    for name in ("CD-1", "persistent"):
        shares = [mean("fill", f"{name}, {sweeps} sweeps") for sweeps in tool.SWEEPS]
        assert shares == sorted(shares)
    assert mean("fill", "persistent, 1 sweeps") < mean("fill", "mean")
    assert mean("fill", "persistent, 10 sweeps") > mean("fill", "CD-1, 100 sweeps")


def test_small_filters_know_no_whole_digit():
    """They do no better than paper."""
    for sweeps in tool.SWEEPS:
        assert mean("fill", f"convolutional, {sweeps} sweeps") < mean("fill", "paper") + 0.02
    assert (column("fill", "convolutional, 100 sweeps error") > column("fill", "mean error")).all()


def test_the_most_similar_left_half_is_read_as_well_but_is_further_off():
    similar = "most similar left half"
    assert abs(mean("fill", similar) - mean("fill", "persistent, 100 sweeps")) < 0.015
    assert (column("fill", f"{similar} error") > column("fill", "persistent, 100 sweeps error") + 0.02).all()


def test_the_judge_reads_whole_digits():
    assert (column("fill", "whole") > 0.95).all()
    assert mean("fill", "whole, grey") == pytest.approx(0.983)
    assert 0.65 < mean("fill", "paper") < mean("fill", "mean") < 0.75
