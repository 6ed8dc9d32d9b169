"""Python in the page: what the book's exercises and cells run with where there is no kernel, offline.

small_numpy/  as much of numpy as they use, in plain Python
mending       what the page's engine, MicroPython, has otherwise than Python
stand_ins     the modules that it lacks
rewrite       the book's own sources as that engine takes them, done when the book is built
answers       what each exercise's checker compares with, worked out when the book is built
stored        how the page reads those answers
typed         a reader's code, with what MicroPython would do otherwise said anew
words         an error as a sentence for the reader
running       runs one cell, and tells the page what came of it
page_lab      the lab above the cell, as `lab`
library       all of it, as one table from module to source: what a page loads when somebody first presses Run
engine/       MicroPython, as tools/micropython.py fetches it
js/           what a reader sees: the editor, the buttons, the output; and what runs the engine, apart from the page
scripts       those modules as the scripts that a page loads

`mending`, `stand_ins`, `stored`, `typed`, `words`, `running` and `page_lab` run in the page, as modules of these names.
"""
