"""Progress and hand-in: what a reader has solved, problems of their own, and codes that tell a teacher.

Python has what a page has, so that a test, or a teacher, can check it: `codes` (completion codes), `problems` (own
problems: `draw`, `story`, `beyond`) and `chapters` (what there is to solve in each chapter, from its notebook).

The scripts: `codes`, `problems`, `draw`, `story`, `beyond` as above, `problem_words` and `words` (sentences), `kept`
(what a browser keeps), `own` (class word, number, answers), `merge` (export, import, erase), `marks` (the contents of
every page), `summary` and `chapter_view` (the progress page, `progress_page`), and for the teacher `reading` (codes out
of any text), `students` and `histogram` (the class page, `class_page`).
"""
