"""How convolutional neural networks work, in numpy: one module for each chapter of the book.

pictures      the X, the O and the other pictures of the book
filtering     chapter 2: how well one feature matches one patch
convolution   chapter 3: every possible match, as a feature map

printing      numbers as the slides print them
plots         figures: number grids and heatmaps
checks        what the functions say when they are handed something they cannot use

Nothing is re-exported here, so a module's name always means the module:
`from convnet_core.filtering import match`.
"""
