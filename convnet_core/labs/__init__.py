"""The labs, a folder each: its Python half (lab.py), its JavaScript half (lab.js) and what belongs to it alone.

What every lab is made of is in `kit`, the core's arithmetic in JavaScript in `mirror`. A lab imports no lab.
"""
