"""The labs: a Python module each, and a JavaScript module of the same name in js/, which may have others beside it.

A module that is no lab serves several: base, joiner, photograph, rules, tables, traits.
"""
