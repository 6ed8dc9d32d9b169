"""The labs: a Python module each, and a JavaScript module of the same name in js/.

filtering, convolution and kernels are labs; the other modules serve all of them.
"""
