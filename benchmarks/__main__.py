"""Measures everything and writes the tables into benchmarks/README.md.

python -m benchmarks
"""

import platform
from pathlib import Path

from benchmarks import (
    bench_busy,
    bench_conv2d,
    bench_faces,
    bench_hub,
    bench_labs,
    bench_network,
    bench_readers,
    bench_training,
)

README = Path(__file__).with_name("README.md")

TEXT = """# Benchmarks

The last run of `make bench`, on {machine}. Only ratios taken side by side mean something: a busy or a
slow machine changes all rows alike.

## conv2d

The same maps by four ways, timed in turns within one run; median times. The last three columns say
how many times as long as `conv2d` each way takes. Wanted: scipy at least 4 times as long at 256 x 256
with 16 features.

{conv2d}

## A photograph looked through

The 8,006 windows of the astronaut's photograph, in six sizes, as the net of chapter 12 scores them: the photograph
through the net's layers once for each size, its windows in batches of {faces_batch}, and one by one
({faces_single} of them, and the time of as many as there are), in turns within one run; median times. Wanted: batches
at least 5 times as long as one pass.

{faces}

## Training

Whole training steps: forward, error, backward, move. PyTorch takes its turn where an interpreter that has it is
named in `TORCH_PYTHON`; it is no dependency of the book. Wanted: a ratio of at least 3.5 at batch 1, 4 at batch 32 and
1.6 at batch 256 for the X-and-O net, 1.5 for the digits net in 32 bits, 1.6 in 64 and 0.7 in 32 for the large layer,
and no more than twice PyTorch's memory.

{training}

## Training beside other work

An epoch on small layers, alone and beside {busy_processes} processes that want a core each: with one thread for each
small product, as `train` does it, and with one for each core, in turns within one process; median times. Wanted: with
the limit nothing takes longer; beside other work the convolution and the LSTM take at most a quarter of the time.

{busy}

## Training in a page

Whole training steps of the X-and-O net and of the digits net (conv 8, conv 16, both 5 x 5 with padding 2, each with
ReLU and pool 2, then 10 votes), by our network in WebAssembly (`fast_network.js`), by the one in plain JavaScript
(`network.js`), by ConvNetJS and by TensorFlow.js, in turns within one Chromium; of each, the fastest of {rounds}
turns. The others take part where a folder that holds them is named in `NODE_MODULES`; they are no dependencies of the
book. At batch 1, ours is the plain one either way. TensorFlow.js's WebAssembly trains with a kernel that this
benchmark adds. Wanted: for the digits net at least 30 times ConvNetJS in WebAssembly, 8 times in plain JavaScript,
and twice the faster TensorFlow.js; for the X-and-O net by the faster of ours at least 8 times ConvNetJS, and at batch
32 and 256 at least 50 times TensorFlow.js on its CPU.

{network}

## A page comes alive

From the start of the navigation to the moment when every lab of the page answers, over http from this
machine, with an empty cache; median of {visits} visits. Wanted: under 1000 ms.

{alive}

## An edit

{edits} edits of each lab, each by a real event. Script is the time that JavaScript works for the edit,
the redraw that waits for the next frame included; repaint is the time from the event to the frame that
shows it. Wanted: script under 8 ms at the 99th percentile.

{repaints}

## Frames while a network trains

From a press of Train to the end of the training, {turns} times, and the same page at rest before each: the 99th
percentile and the longest of the times between two frames, alone and beside a process that takes a whole core; and
what the longest task of the page took of the processor, which other work on the machine changes least. Wanted:
nothing longer than 50 ms.

{frames}

## 300 readers at once

The built book behind one process of nginx with `deploy/nginx.conf`, on this machine (`python -m
benchmarks.bench_readers` measures this alone). wrk asks over {readers} connections that stay open, for {reader_seconds}
seconds, for the files of chapter {reader_chapter} one after the other, compressed, without a pause. People pause: 300
who open a chapter within one minute ask for five chapters a second. Then it does so over {crowd} connections: six for
each reader, as browsers may open them, with as many as Debian's nginx allows and with as many as deploy/README.md
advises. (A connection that nginx refuses wrk opens again at once: so errors are many more than readers.) A reader's
day is what a browser with an empty cache asks for that opens three chapters, goes through each to its end, and comes
back to one; bytes are all that nginx sent. Who has the digits or the photographs of chapters 11 to 15 brought, or runs
Python in a page, brings more, once. Wanted: no error.

{asked}

## A class on a hub

A real JupyterHub with the recipe of `deploy/jupyterhub`, on this machine, and {people} people at once, each of whom
starts a server, opens JupyterLab, and runs all cells of chapter 3 (`python -m benchmarks.bench_hub` says what it
needs). The hub's local spawner starts the servers. Memory that processes share counts by its part, and the most that
was seen counts. Wanted: no cell that fails, and at most 500 MB for each.

{hub}
"""


def main():
    conv2d = bench_conv2d.table(bench_conv2d.measure())
    alive, repaints = bench_labs.measure()
    text = TEXT.format(
        machine=f"{platform.system()}, {platform.machine()}, Python {platform.python_version()}",
        conv2d=conv2d,
        faces=bench_faces.table(bench_faces.measure()),
        faces_batch=bench_faces.BATCH,
        faces_single=bench_faces.SINGLE,
        training=bench_training.table(bench_training.measure()),
        busy=bench_busy.table(bench_busy.measure()),
        busy_processes=bench_busy.BUSY,
        network=bench_network.table(bench_network.measure()),
        rounds=bench_network.ROUNDS,
        alive=bench_labs.alive_table(alive),
        repaints=bench_labs.repaint_table(repaints),
        visits=bench_labs.VISITS,
        edits=bench_labs.EDITS,
        frames=bench_labs.frames_table(bench_labs.measure_frames()),
        turns=bench_labs.TURNS,
        asked=bench_readers.table(bench_readers.measure()),
        readers=bench_readers.READERS,
        reader_seconds=bench_readers.SECONDS,
        crowd=f"{bench_readers.EACH * bench_readers.READERS:,}",
        reader_chapter=int(bench_readers.CHAPTER[:2]),
        hub=bench_hub.table(bench_hub.measure()),
        people=bench_hub.USERS,
    )
    README.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
