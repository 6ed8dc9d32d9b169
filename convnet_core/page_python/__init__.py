"""Python in the page: what the book's exercises and cells run with where there is no kernel, offline.

small_numpy/  as much of numpy as they use, in plain Python
mending       what the page's engine, MicroPython, has otherwise than Python
rewrite       the book's own sources as that engine takes them, done when the book is built
answers       what each exercise's checker compares with, worked out when the book is built
stored        how the page reads those answers
words         an error as a sentence for the reader
library       all of it, as one table from module to source: what a page loads when somebody first presses Run

`mending`, `stored` and `words` run in the page; there they are modules of these names.
"""
