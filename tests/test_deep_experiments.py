"""The tables of chapter 11's experiments: some of it is run again, all of it is there, and the sentences hold."""

import numpy as np
import pytest

from convnet_core.labs.digits import EXPERIMENTS
from convnet_core.labs.kit.stored import stored
from tools import deep_experiments as tool
from tools.experiments import FILE, SEEDS

FEW_DIGITS = 0.02  # of 1,000: what last bits may decide in a training of some hundred steps


def column(table, name):
    return np.array(EXPERIMENTS[table][name])


def test_every_seed_is_in_every_table():
    assert list(EXPERIMENTS) == list(tool.TABLES)
    assert {len(runs) for table in EXPERIMENTS.values() for runs in table.values()} == {SEEDS}
    assert stored("digits", FILE) == EXPERIMENTS


def test_the_size_of_the_first_weights_is_what_the_tool_finds():
    found = tool.start(1)
    for name, value in found.items():
        kept = EXPERIMENTS["start"][name][1]
        assert value == pytest.approx(kept, rel=1e-6 if "votes" in name else 0, abs=FEW_DIGITS), name


def test_few_examples():
    plain = column("few", "as it is")
    assert (column("few", "as it is own") == 1).all()
    assert (column("few", "augmentation, twice as long") > plain).all()
    assert (column("few", "dropout") > plain).sum() == 4
    assert abs(column("few", "weight decay 0.001").mean() - plain.mean()) < 0.01
    assert column("few", "weight decay 0.01").mean() < plain.mean() - 0.01
    assert column("few", "stopped early").mean() < column("few", "not stopped").mean()
    longer = column("few", "as it is, twice as long")
    assert (column("few", "augmentation, twice as long") > longer).all()
    assert (column("few", "dropout, twice as long") > longer).all()
    assert column("few", "dropout, twice as long").mean() < column("few", "augmentation, twice as long").mean()
    more = column("few", "both, twice as long").mean() - column("few", "augmentation, twice as long").mean()
    assert more < 0.005


def test_batch_normalization():
    means = {rate: column("norm", f"{rate} with").mean() for rate in ("0.01", "0.03", "0.1")}
    assert max(means.values()) - min(means.values()) < 0.02
    assert (column("norm", "0.1 without") == 0.1).sum() == 3
    for rate in ("0.003", "0.01", "0.03", "0.1"):
        assert column("norm", f"{rate} with").mean() > column("norm", f"{rate} without").mean()


def test_twelve_layers():
    assert (column("depth", "plain 12 own") == 0.1).all()
    assert (column("depth", "residual 12") > column("depth", "plain 2")).sum() == 4
    assert (column("depth", "plain 12 he") < column("depth", "plain 2")).all()
    assert (column("depth", "plain 12 he own") < column("depth", "plain 2 own")).all()
    assert (column("depth", "plain 12 blame") < 3e-6).all()
    assert (column("depth", "plain 12 he blame") > column("depth", "residual 12 blame")).all()


def test_how_much_of_the_blame_arrives_is_what_the_tool_finds():
    network, own = tool.deep_net(3, tool.DEEP, "residual"), tool.some_of(tool.DEEP_EACH, np.random.default_rng(3))
    assert tool.passed_on(network, *own) == pytest.approx(column("depth", "residual 12 blame")[3], abs=0.006)


def test_first_weights():
    assert all((column("start", factor) == 0.1).all() for factor in ("0.1", "0.3", "3"))
    assert (column("start", "1") > 0.7).all()
    assert (column("start", "0.1 votes") < 3e-9).all()
    assert np.median(column("start", "3 votes")) > 1000


def test_transfer():
    gain = {
        count: column("transfer", f"{count} features of 0 to 4") - column("transfer", f"{count} from nothing")
        for count in (5, 10, 50)
    }
    assert (gain[10] > 0).all()
    assert gain[10].mean() == pytest.approx(0.03, abs=0.005)
    assert abs(gain[5].mean()) < column("transfer", "5 from nothing").std()
    assert abs(gain[50].mean()) < 0.005
    for count in (5, 10, 50):
        worse, bare = column("transfer", f"{count} random features"), column("transfer", f"{count} votes on pixels")
        assert (worse < column("transfer", f"{count} features of 0 to 4")).all()
        assert worse.mean() < bare.mean() < column("transfer", f"{count} features of 0 to 4").mean()
    assert column("transfer", "10 votes on pixels").mean() > column("transfer", "10 from nothing").mean()


def test_wrong_labels():
    assert (column("noise", "0 late") > column("noise", "0 early")).all()
    for share in ("0.2", "0.4"):
        assert column("noise", f"{share} late").mean() < column("noise", f"{share} early").mean() - 0.02
        assert (column("noise", f"{share} early") > column("noise", f"{share} nearest")).all()
    assert column("noise", "0.2 by heart").mean() == pytest.approx(0.5, abs=0.05)
    for share in ("0.2", "0.4"):
        assert (column("noise", f"{share} nine nearest") > column("noise", f"{share} early")).sum() == 4
    assert column("noise", "0 nine nearest").mean() < column("noise", "0 nearest").mean()


def test_nine_neighbours_are_those_of_whole_distances():
    (images, labels), (asked, _) = tool.some_of(3, np.random.default_rng(0)), tool.samples()[1]
    by_hand = []
    for picture in asked[:5]:
        distances = [((picture - one) ** 2).sum() for one in images]
        by_hand.append(np.bincount(labels[np.argsort(distances)[:9]], minlength=10).argmax())
    assert tool.by_nine(asked[:5], images, labels).tolist() == by_hand


@pytest.mark.sweep
def test_transfer_and_slips_are_what_the_tool_finds():
    for table, abs_error in (("transfer", 0.03), ("noise", 0.1)):
        for name, value in tool.TABLES[table](2).items():
            assert value == pytest.approx(EXPERIMENTS[table][name][2], abs=abs_error), name
