"""How fast does it learn in a page? Whole training steps by our networks, ConvNetJS and TensorFlow.js, in one Chromium.

The other two are no dependencies of the book. Where a folder of packages has them, name it:

    npm install --prefix ../others convnetjs @tensorflow/tfjs @tensorflow/tfjs-backend-wasm
    NODE_MODULES=../others/node_modules python -m benchmarks

All take turns, each on a page of its own. ConvNetJS can only drop the windows of a pool that stick out, so its X-and-O
net is smaller (27 values that vote in place of 48) and has less to do. network.js and ConvNetJS count in 64 bits, the
others in 32. TensorFlow.js's WebAssembly can't train as it comes: it knows no gradient of a convolution's weights. Here
it gets one, from the convolution that it has.
"""

import base64
import os
from pathlib import Path

from playwright.sync_api import sync_playwright

from convnet_core.labs.kit import joiner
from tests.browser import launch

CASES = [("the X-and-O net", 1), ("the X-and-O net", 32), ("the X-and-O net", 256), ("the digits net", 32)]
ROUNDS = 5
SECONDS = 0.6

OURS = ["WebAssembly", "network.js"]
CONVNET, TENSOR_CPU, TENSOR_WASM = "ConvNetJS", "TensorFlow.js, CPU", "TensorFlow.js, WebAssembly"
OTHERS = [CONVNET, TENSOR_CPU, TENSOR_WASM]
TENSOR = "@tensorflow/tfjs/dist/tf.min.js"
SCRIPTS = {
    CONVNET: ["convnetjs/build/convnet-min.js"],
    TENSOR_CPU: [TENSOR],
    TENSOR_WASM: [TENSOR, "@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js"],
}
BINARIES = ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm", "tfjs-backend-wasm-threaded-simd.wasm"]

# A function each: (net, pictures, labels) of one batch -> a function that takes one step on them.
STEPS = """
window.ways = {};
window.nets = {
  "the X-and-O net": { side: 9, answers: 2, convs: [{ filters: 3, size: 3, padding: 0 }] },
  "the digits net": { side: 28, answers: 10, convs: [8, 16].map((filters) => ({ filters, size: 5, padding: 2 })) },
};

const plansOf = ({ convs, answers }) => [
  ...convs.flatMap((conv) => [{ kind: "conv", ...conv }, { kind: "relu" }, { kind: "pool", window: 2 }]),
  { kind: "linear", outputs: answers },
];
const stepsOf = (net, pictures, labels) => {
  for (const { value } of net.parameters()) value.forEach((_, k) => (value[k] = (Math.random() - 0.5) / 5));
  const mover = net.mover({ rate: 0.01, momentum: 0.9 });
  return () => {
    net.lossAndGradients(pictures, labels, labels.length);
    mover.step();
  };
};
const shapeOf = ({ side }) => ({ channels: 1, height: side, width: side });

window.ways["WebAssembly"] = (net, pictures, labels) => {
  const { fastNetwork } = window.convnetLabs["mirror/fast_network"];
  return stepsOf(fastNetwork(plansOf(net), shapeOf(net), labels.length), pictures, labels);
};

window.ways["network.js"] = (net, pictures, labels) => {
  const { Network } = window.convnetLabs["mirror/network"];
  return stepsOf(new Network(plansOf(net), shapeOf(net), labels.length), pictures, labels);
};

window.ways["ConvNetJS"] = ({ side, convs, answers }, pictures, labels) => {
  const net = new convnetjs.Net();
  const layers = convs.flatMap(({ filters, size, padding }) => [
    { type: "conv", sx: size, filters, stride: 1, pad: padding, activation: "relu" },
    { type: "pool", sx: 2, stride: 2 },
  ]);
  const input = { type: "input", out_sx: side, out_sy: side, out_depth: 1 };
  net.makeLayers([input, ...layers, { type: "softmax", num_classes: answers }]);
  const options = { method: "sgd", learning_rate: 0.01, momentum: 0.9, l2_decay: 0, batch_size: labels.length };
  const trainer = new convnetjs.SGDTrainer(net, options);
  const volumes = Array.from(labels, (_, sample) => {
    const volume = new convnetjs.Vol(side, side, 1, 0);
    for (let k = 0; k < side * side; k++) volume.w[k] = pictures[sample * side * side + k];
    return volume;
  });
  return () => volumes.forEach((volume, sample) => trainer.train(volume, labels[sample]));
};

const tensorSteps = ({ side, convs, answers }, pictures, labels) => {
  const layers = convs.flatMap(({ filters, size, padding }, at) => [
    tf.layers.conv2d({
      ...(at === 0 ? { inputShape: [side, side, 1] } : {}),
      ...{ filters, kernelSize: size, padding: padding ? "same" : "valid", activation: "relu" },
    }),
    tf.layers.maxPooling2d({ poolSize: 2, padding: "same" }),
  ]);
  const net = tf.sequential({ layers: [...layers, tf.layers.flatten(), tf.layers.dense({ units: answers })] });
  const optimizer = tf.train.momentum(0.01, 0.9);
  const images = tf.tensor4d(Float32Array.from(pictures), [labels.length, side, side, 1]);
  const right = tf.oneHot(tf.tensor1d(labels, "int32"), answers);
  const loss = () => tf.losses.softmaxCrossEntropy(right, net.apply(images, { training: true }));
  return () => tf.tidy(() => optimizer.minimize(loss));
};
window.ways["TensorFlow.js, CPU"] = tensorSteps;
window.ways["TensorFlow.js, WebAssembly"] = tensorSteps;

/** The gradient of a convolution's weights, at stride 1: a convolution of the pictures with the error. */
window.repair = () => tf.registerKernel({
  kernelName: "Conv2DBackpropFilter",
  backendName: "wasm",
  kernelFunc: ({ inputs, attrs: { pad, filterShape } }) => tf.tidy(() => {
    const [x, error] = [inputs.x, inputs.dy].map((of) => tf.engine().makeTensorFromTensorInfo(of));
    const edge = pad === "same" ? (filterShape[0] - 1) / 2 : 0;
    const wide = edge ? tf.pad(x, [[0, 0], [edge, edge], [edge, edge], [0, 0]]) : x;
    const seen = tf.conv2d(tf.transpose(wide, [3, 1, 2, 0]), tf.transpose(error, [1, 2, 0, 3]), 1, "valid");
    return tf.transpose(seen, [1, 2, 0, 3]);
  }),
});
"""

PREPARE = """
({ way, net, batch }) => {
  const pixels = window.nets[net].side ** 2;
  const pictures = Float64Array.from({ length: batch * pixels }, () => Math.max(0, Math.random() * 5 - 4));
  const labels = Int32Array.from({ length: batch }, (_, k) => k % window.nets[net].answers);
  const step = window.ways[way](window.nets[net], pictures, labels);
  for (let warm = performance.now() + 400; performance.now() < warm; ) step();
  window.prepared = step;
}
"""
RATE = """
({ batch, seconds }) => {
  const start = performance.now();
  let steps = 0;
  while (performance.now() - start < 1000 * seconds) {
    window.prepared();
    steps += 1;
  }
  return (steps * batch * 1000) / (performance.now() - start);
}
"""

WITH_WASM = """
async (code) => {
  const address = ([name, text]) => [name, `data:application/wasm;base64,${text}`];
  tf.wasm.setWasmPaths(Object.fromEntries(Object.entries(code).map(address)));
  window.repair();
  await tf.setBackend("wasm");
}
"""


def measure():
    """Samples a second by case and way, in the fastest of the turns; the others' only where it is told of them."""
    others = Path(os.environ["NODE_MODULES"]) if "NODE_MODULES" in os.environ else None
    turns = {case: {way: [] for way in [*OURS, *(OTHERS if others else [])]} for case in CASES}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for (net, batch), rates in turns.items():
            pages = {way: page_for(browser, way, others) for way in rates}
            for way, page in pages.items():
                page.evaluate(PREPARE, {"way": way, "net": net, "batch": batch})
            for _ in range(ROUNDS):
                for way, page in pages.items():
                    page.bring_to_front()  # behind another one, a page gets little of a busy machine
                    rates[way].append(page.evaluate(RATE, {"batch": batch, "seconds": SECONDS}))
            for page in pages.values():
                page.close()
    return {case: {way: max(found) for way, found in rates.items()} for case, rates in turns.items()}


def page_for(browser, way, others):
    """A page with the scripts that one way needs, those of the packages in the folder `others` among them."""
    page = browser.new_page()
    if way in OURS:
        page.add_script_tag(content=joiner.static_script(joiner.modules_of("mirror/fast_network")))
    for script in SCRIPTS.get(way, ()):
        page.add_script_tag(content=(others / script).read_text(encoding="utf-8"))
    page.add_script_tag(content=STEPS)
    if way == TENSOR_CPU:
        page.evaluate("tf.setBackend('cpu')")
    if way == TENSOR_WASM:
        folder = (others / SCRIPTS[way][-1]).parent
        code = {name: base64.b64encode((folder / name).read_bytes()).decode() for name in BINARIES}
        page.evaluate(WITH_WASM, code)
    return page


def table(rates):
    """Markdown: samples a second, and what follows for our two."""
    ways = [*OURS, *OTHERS]
    lines = [f"| samples a second | {' | '.join(ways)} |", "| --- " * (1 + len(ways)) + "|"]
    for (net, batch), found in rates.items():
        figures = [f"{found[way]:,.0f}" if way in found else "not run" for way in ways]
        lines.append(f"| {net}, batch {batch} | {' | '.join(figures)} |")
    lines += [
        "",
        "| times as fast as | ConvNetJS | TensorFlow.js, CPU | the faster TensorFlow.js |",
        "| --- " * 4 + "|",
    ]
    for (net, batch), found in rates.items():
        for way in OURS:
            others = [found.get(CONVNET), found.get(TENSOR_CPU), max(found.get(name, 0) for name in OTHERS[1:])]
            ratios = [f"{found[way] / other:.1f}" if other else "not run" for other in others]
            lines.append(f"| {way}: {net}, batch {batch} | {' | '.join(ratios)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
