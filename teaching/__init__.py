"""What a teacher gets beside the book: plans, prepared labs, slips and how to meet them, worksheets, questions.

A chapter has one file of its name in each of three folders: `chapters/` (what it gives, prepared labs, slips),
`worksheets/` (tasks for paper) and `questions/` (more questions for tests). The book's pages for teachers are made of
them (book/_ext/for_teachers.py); `python -m teaching.worksheets` and `python -m teaching.question_bank` write the rest.
Readers need none of this, so it is no part of the package that they install.
"""
