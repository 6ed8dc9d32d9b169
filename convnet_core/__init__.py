"""How convolutional neural networks work, in numpy: one module for each chapter of the book.

pictures      chapter 1: the X, the O, the trickier cases, and a whole set of them
filtering     chapter 2: how well one feature matches one patch
convolution   chapter 3: every possible match, as a feature map
pooling       chapter 4: a map made small, its largest numbers kept
relu          chapter 5: what is negative becomes zero
stacking      chapter 6: layers on layers, as one network
voting        chapter 7: every value gets a vote
backprop      chapter 8: errors, gradients, steps downhill
limitations   chapter 9: swapped pictures, sounds, words and customers
sequences     chapter 10: nets that carry a state along
deep          chapter 11: layers that keep a deep stack trainable, and weights to start it from

digits        chapter 11's digits, and what makes one's own drawing like them
looking       what a trained network looks at
lecture       the pictures of the lecture
layers        what all layers have in common
threads       how many cores a product of matrices may use
sweep         many trainings: each setting of the knobs from each seed, side by side
kept_runs     the file from which a sweep goes on
exchange      the book's networks as other toolkits read them
printing      numbers as the slides print them
plots         figures: number grids and heatmaps
diagrams      figures: boxes and arrows, and line charts
checks        what the functions say when they are handed something they cannot use

Nothing is re-exported here, so a module's name always means the module:
`from convnet_core.filtering import match`.
"""
