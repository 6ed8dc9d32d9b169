"""How fast does it learn in a page? Whole training steps by network.js, ConvNetJS and TensorFlow.js, in one Chromium.

The other two are no dependencies of the book. Where a folder of packages has them, name it:

    npm install --prefix ../others convnetjs @tensorflow/tfjs
    NODE_MODULES=../others/node_modules python -m benchmarks

The three take turns on one page, with the same pictures. ConvNetJS can only drop the windows of a pool that stick
out, so its net is smaller (27 values that vote in place of 48) and has less to do. TensorFlow.js counts on its CPU
backend, in 32-bit floats; the other two in 64-bit.
"""

import os
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from convnet_core.labs.kit import joiner
from tests.browser import launch

BATCHES = [1, 32, 256]
ROUNDS = 5
SECONDS = 0.6

OTHERS = {"ConvNetJS": "convnetjs/build/convnet-min.js", "TensorFlow.js": "@tensorflow/tfjs/dist/tf.min.js"}

# A function each: (pictures, labels) of one batch -> a function that takes one step on them.
STEPS = """
window.ours = (pictures, labels) => {
  const { Network, SGD } = window.convnetLabs['mirror/network'];
  const plans = [
    { kind: "conv", filters: 3, size: 3 },
    { kind: "relu" },
    { kind: "pool", window: 2 },
    { kind: "linear", outputs: 2 },
  ];
  const net = new Network(plans, { channels: 1, height: 9, width: 9 }, labels.length);
  for (const { value } of net.parameters()) value.forEach((_, k) => (value[k] = Math.random() - 0.5));
  const mover = new SGD(net.parameters(), { rate: 0.05 });
  const [images, right] = [Float64Array.from(pictures.flat()), Int32Array.from(labels)];
  return () => {
    net.lossAndGradients(images, right, labels.length);
    mover.step();
  };
};

window.ConvNetJS = (pictures, labels) => {
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: "input", out_sx: 9, out_sy: 9, out_depth: 1 },
    { type: "conv", sx: 3, filters: 3, stride: 1, pad: 0, activation: "relu" },
    { type: "pool", sx: 2, stride: 2 },
    { type: "softmax", num_classes: 2 },
  ]);
  const options = { method: "sgd", learning_rate: 0.05, momentum: 0, l2_decay: 0, batch_size: labels.length };
  const trainer = new convnetjs.SGDTrainer(net, options);
  const volumes = pictures.map((picture) => {
    const volume = new convnetjs.Vol(9, 9, 1, 0);
    picture.forEach((pixel, k) => (volume.w[k] = pixel));
    return volume;
  });
  return () => volumes.forEach((volume, k) => trainer.train(volume, labels[k]));
};

window["TensorFlow.js"] = (pictures, labels) => {
  const net = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [9, 9, 1], filters: 3, kernelSize: 3, activation: "relu" }),
      tf.layers.maxPooling2d({ poolSize: 2, padding: "same" }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 2 }),
    ],
  });
  const optimizer = tf.train.sgd(0.05);
  const images = tf.tensor4d(pictures.flat(), [labels.length, 9, 9, 1]);
  const right = tf.oneHot(tf.tensor1d(labels, "int32"), 2);
  const loss = () => tf.losses.softmaxCrossEntropy(right, net.apply(images, { training: true }));
  return () => tf.tidy(() => optimizer.minimize(loss));
};
"""

RATE = """
async ({ way, batch, seconds }) => {
  if (way === "TensorFlow.js") await tf.setBackend("cpu");
  const picture = () => Array.from({ length: 81 }, () => (Math.random() < 0.5 ? -1 : 1));
  const pictures = Array.from({ length: batch }, picture);
  const step = window[way](pictures, pictures.map((_, k) => k % 2));
  for (let warm = performance.now() + 200; performance.now() < warm; ) step();
  const start = performance.now();
  let steps = 0;
  while (performance.now() - start < 1000 * seconds) {
    step();
    steps += 1;
  }
  return (steps * batch * 1000) / (performance.now() - start);
}
"""


def measure():
    """Median samples a second by way and batch size; the others' only where it is told of them."""
    scripts = [joiner.static_script(joiner.modules_of("mirror/network")), STEPS]
    ways = ["ours"]
    if "NODE_MODULES" in os.environ:
        scripts += [(Path(os.environ["NODE_MODULES"]) / path).read_text(encoding="utf-8") for path in OTHERS.values()]
        ways += OTHERS
    turns = {way: {batch: [] for batch in BATCHES} for way in ways}
    with sync_playwright() as playwright:
        page = launch(playwright).new_page()
        for script in scripts:
            page.add_script_tag(content=script)
        for _ in range(ROUNDS):
            for way in ways:
                for batch in BATCHES:
                    told = {"way": way, "batch": batch, "seconds": SECONDS}
                    turns[way][batch].append(page.evaluate(RATE, told))
    return {way: {batch: median(found) for batch, found in rates.items()} for way, rates in turns.items()}


def table(rates):
    """Markdown."""
    lines = [f"| batch | network.js | {' | '.join(f'{other} | ratio' for other in OTHERS)} |"]
    lines.append("| --- " * (2 + 2 * len(OTHERS)) + "|")
    for batch, rate in rates["ours"].items():
        found = [rates[other][batch] if other in rates else None for other in OTHERS]
        others = [f"{other:,.0f} | {rate / other:.1f}" if other else "not run | " for other in found]
        lines.append(f"| {batch} | {rate:,.0f} | {' | '.join(others)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
