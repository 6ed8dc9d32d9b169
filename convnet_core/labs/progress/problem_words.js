// What own problems ask, and the sentence that meets each answer. `names` are the slips' short names, for the teacher.

/**
 * @typedef {object} Words
 * @property {(facts: Record<string, any>) => string} ask
 * @property {(facts: Record<string, any>) => string} reply  why the right answer is right
 * @property {Record<string, { name: string, reply: string }>} slips  by their ids
 * @property {string} otherwise  to any other number
 */

const box = ({ row, column, side }) => `rows ${row + 1} to ${row + side}, columns ${column + 1} to ${column + side}`;

/** @type {Record<string, Words>} by chapter */
export const PROBLEM_WORDS = {
  intro: {
    ask: () =>
      "Left are the matches of a feature, right the weights with which X is voted for. Send the matches through ReLU, then keep the largest number of every 2 by 2. Multiply each of the four that are left by the weight in its place, and add up. How many votes does X get?",
    reply: ({ pooled }) => `After ReLU and pooling ${pooled.flat().join(", ")} are left. Each times its weight, added up.`,
    slips: {
      "no-relu": { name: "left ReLU out", reply: "A number below zero got through. ReLU makes it 0 first." },
      "no-weights": { name: "left the weights out", reply: "That is the sum of what was found. Each number has a weight, and is multiplied by it." },
      "minus-lost": { name: "lost the minus of a weight", reply: "A weight below zero speaks against X: its share is taken away." },
      "relu-late": { name: "used ReLU on the votes", reply: "ReLU comes before pooling and voting. The votes may be below zero." },
    },
    otherwise: "Go step by step: negative numbers become 0; four windows of 2 by 2, the largest of each; times the weights; add up.",
  },
  pictures: {
    ask: ({ down }) =>
      `Right is the left picture, moved by one pixel ${down ? "down" : "to the right"}; what came in is paper. In how many pixels do the two differ?`,
    reply: () => "So many numbers are different, though you see the same picture. This is why comparing pixel by pixel goes wrong.",
    slips: {
      alike: { name: "counted the pixels that agree", reply: "So many agree. How many differ?" },
      "ink-only": { name: "counted lost ink only", reply: "So many pixels of ink became paper. Those that were paper and are ink now differ, too." },
      "all-ink": { name: "counted the ink", reply: "That is the ink of the left picture. Some of it meets ink again after the move." },
    },
    otherwise: "Lay one on the other: a pixel counts where one has ink and the other has paper.",
  },
  filtering: {
    ask: () => "What is the match of this feature with this patch? Ink is 1, paper is -1.",
    reply: ({ added, alike }) => `Products that are 1: ${alike}. Products that are -1: ${9 - alike}. They add up to ${added}, and that is divided by 9.`,
    slips: {
      "not-divided": { name: "did not divide by the number of pixels", reply: "That is the sum. The fourth step divides it by the nine pixels." },
      share: { name: "took the share that agrees", reply: "That is the share of pixels that agree. Each that differs takes 1 away, too." },
      alike: { name: "counted the pixels that agree", reply: "So many pixels agree. Those that differ count -1 each, and the sum is divided by 9." },
      "minus-lost": { name: "lost the minus signs", reply: "1 times -1 is -1: where the two differ, the product is below zero." },
    },
    otherwise: "Multiply pixel by pixel: 1 where they agree, -1 where they differ. Add up the nine, and divide by 9.",
  },
  convolution: {
    ask: ({ row, column }) =>
      `The feature is laid on every place of the picture, and each match (divided by 9) goes into the feature map. What number is feature_map[${row}, ${column}] in Python?`,
    reply: ({ row, column, added }) =>
      `Python counts from 0: the patch begins in row ${row + 1} and column ${column + 1} as one counts on paper. Its products add up to ${added}.`,
    slips: {
      "not-divided": { name: "did not divide by the number of pixels", reply: "That is the sum of the products. It is divided by 9." },
      "from-one": { name: "counted from 1", reply: "Python counts from 0: this is the number one row up and one column to the left." },
      "row-for-column": { name: "took row for column", reply: "The first number is the row, the second the column." },
      turned: { name: "turned the feature round", reply: "You turned the feature by half a turn, as mathematicians do. A ConvNet lays it on as it is." },
    },
    otherwise: "Find the patch first: its upper left pixel stands in that row and column, counted from 0. Then match it with the feature.",
  },
  pooling: {
    ask: ({ row, column }) =>
      `Max pooling with a window of 2 and a stride of 2; windows that hang over the edge take what they have. What number is pooled[${row}, ${column}] in Python?`,
    reply: ({ window }) => `The window holds ${window.join(", ")}, and the largest of them stays.`,
    slips: {
      mean: { name: "took the mean", reply: "That is the mean of the window. Max pooling keeps the largest." },
      "stride-one": { name: "moved the window by 1", reply: "With a stride of 2 the window moves by two cells, so that no cell is taken twice." },
      "from-one": { name: "counted from 1", reply: "Python counts from 0: this is the number one row up and one column to the left." },
      "sign-lost": { name: "lost a minus sign", reply: "Largest, not furthest from zero: a number below zero is small, however big it looks." },
      smallest: { name: "took the smallest", reply: "That is the smallest in the window." },
    },
    otherwise: "Cut the map into windows of 2 by 2, from the upper left on. Find the one that was asked for, counted from 0, and its largest number.",
  },
  relu: {
    ask: () => "This map goes through ReLU. What do all numbers that come out add up to?",
    reply: () => "Everything below zero is 0 now; the others are as they were.",
    slips: {
      "no-relu": { name: "left ReLU out", reply: "That is the sum before ReLU: the numbers below zero are still in it." },
      "sign-lost": { name: "made minus plus", reply: "ReLU makes numbers below zero 0. It does not take their sign away." },
      "other-half": { name: "kept the wrong half", reply: "These are the numbers that ReLU throws away." },
      counted: { name: "counted, not added", reply: "So many numbers stay. What do they add up to?" },
    },
    otherwise: "Cross out all numbers below zero, and add up the rest.",
  },
  stacking: {
    ask: ({ side, first, second }) =>
      `A picture of ${side} by ${side} goes through a convolution of ${first} by ${first} (no padding, stride 1), a pooling of 2 by 2 (stride 2, partial windows kept), a convolution of ${second} by ${second}, and such a pooling again. How many numbers wide are the maps that come out?`,
    reply: ({ side, first }) => `The first convolution leaves ${side - first + 1}, the first pooling half of it, rounded up; then both again.`,
    slips: {
      padded: { name: "padded where no padding was", reply: "That holds with padding. Without it, a convolution takes its kernel's side, less 1, away." },
      dropped: { name: "dropped partial windows", reply: "You rounded down. Here a window that hangs over the edge counts: round up." },
      "half-way": { name: "stopped half-way", reply: "That is what the first convolution and the first pooling leave. There are two more steps." },
      "not-pooled": { name: "left pooling out", reply: "Each pooling halves the side." },
    },
    otherwise: "One step at a time: side - kernel + 1 for a convolution, half of it, rounded up, for a pooling.",
  },
  voting: {
    ask: ({ bias }) => `Five values, and their weights for X. The bias of X is ${bias}. How many votes does X get?`,
    reply: ({ bias }) => `Each value times its weight, all added up, and the bias, ${bias}, with them.`,
    slips: {
      "no-bias": { name: "left the bias out", reply: "That is the sum without the bias." },
      "no-weights": { name: "left the weights out", reply: "You added up the values. Each is multiplied by its weight first." },
      "minus-lost": { name: "lost the minus of a weight", reply: "A weight below zero speaks against X: its share is taken away." },
      "values-lost": { name: "added the weights", reply: "You added up the weights. Each is multiplied by its value first: a value of 0 says nothing." },
    },
    otherwise: "Value times weight, five times; add up; then the bias.",
  },
  backprop: {
    ask: ({ weight, up, down, rate }) =>
      `A weight is ${weight}. With 0.1 more the error is ${up}, with 0.1 less it is ${down}. The learning rate is ${rate}. What is the weight after one step of gradient descent?`,
    reply: ({ weight, slope, rate }) => `The slope is ${slope}: what the error changes by, over the 0.2 between the two places. So ${weight} - ${rate} × ${slope}.`,
    slips: {
      uphill: { name: "went uphill", reply: "That step makes the error larger. Go against the slope." },
      "no-rate": { name: "left the learning rate out", reply: "You took the whole slope. The learning rate says how much of it." },
      "not-divided": { name: "did not divide by the wiggle", reply: "You took the difference of the errors for the slope. Divide it by the way from one place to the other, 0.2." },
      "half-wiggle": { name: "divided by half the wiggle", reply: "From 0.1 less to 0.1 more it is 0.2, not 0.1." },
      "slope-only": { name: "stopped at the slope", reply: "That is the slope. Now take the step." },
    },
    otherwise: "First the slope: (error up - error down) / 0.2. Then weight - learning rate × slope.",
  },
  limitations: {
    ask: ({ order, column }) =>
      `The columns of this picture change places: swapped = picture[:, [${order.join(", ")}]]. What is the match of the feature with the swapped picture, laid on from column ${column} on (counted from 0)?`,
    reply: () => "The same numbers, and other neighbours: for the feature it is another picture.",
    slips: {
      "not-swapped": { name: "did not swap", reply: "That is the match before the columns changed places." },
      "swapped-back": { name: "swapped the other way", reply: "The list says which old column comes first, which second, and so on; not where each goes." },
      "not-divided": { name: "did not divide by the number of pixels", reply: "That is the sum. Divide it by the nine pixels." },
    },
    otherwise: "Write the swapped picture down: its first column is the old one that the list names first. Then match.",
  },
  sequences: {
    ask: ({ held, keep, write, candidate }) =>
      `A cell of an LSTM holds ${held}. The gate that keeps stands at ${keep}, the gate that writes at ${write}, and what might be added is ${candidate}. What does the cell hold after this step?`,
    reply: ({ held, keep, write, candidate }) => `${keep} × ${held} stays, and ${write} × ${candidate} comes in.`,
    slips: {
      "all-kept": { name: "left the keeping gate out", reply: "You kept all of the old. The gate lets only a part of it stay." },
      "all-written": { name: "left the writing gate out", reply: "You wrote all of the new. The gate lets only a part of it in." },
      "gates-swapped": { name: "exchanged the gates", reply: "The gates changed places: one is for what the cell holds, the other for what is new." },
      "old-lost": { name: "forgot what the cell held", reply: "That is what comes in. What the cell keeps is added to it." },
    },
    otherwise: "Keep × what it holds, plus write × what might be added.",
  },
  deep: {
    ask: ({ first, second, side }) =>
      `A net for grey pictures has two convolution layers: ${first} filters of ${side} by ${side}, then ${second} filters of ${side} by ${side}. Each filter has a bias. How many numbers do the two layers learn?`,
    reply: ({ first, second, side }) => `${first} × (${side * side} + 1), and ${second} × (${first} × ${side * side} + 1): a filter of the second layer spans all maps.`,
    slips: {
      "no-bias": { name: "left the biases out", reply: "Each filter has a bias besides." },
      "one-map": { name: "let a filter see one map", reply: "A filter of the second layer has a kernel for each of the maps that come in." },
      "bias-each": { name: "a bias for each kernel", reply: "A filter has one bias, however many kernels." },
      "second-only": { name: "left the first layer out", reply: "That is the second layer alone." },
    },
    otherwise: "For each layer: filters × (maps that come in × pixels of a kernel + 1).",
  },
  faces: {
    ask: ({ one, other }) =>
      `Two boxes: A covers ${box(one)}, and B ${box(other)}. How much do they overlap, as the share that both cover of what either covers (intersection over union)?`,
    reply: ({ both, either }) => `Both cover ${both} cells, one or the other covers ${either}.`,
    slips: {
      "of-one": { name: "divided by one box", reply: "That is the share of A. Divide by what either covers." },
      "counted-twice": { name: "counted the overlap twice", reply: "What both cover is in each of the two areas: in their union it counts once." },
      "of-picture": { name: "divided by the picture", reply: "The picture plays no part: divide by what either box covers." },
      "only-counted": { name: "did not divide", reply: "So many cells both cover. Now as a share of what either covers." },
    },
    otherwise: "Count the cells that say AB. Then all that say A, B or AB. The first over the second.",
  },
  unsupervised: {
    ask: ({ weight, rate, shown, drawn }) =>
      `A weight between a pixel and a unit is ${weight}. On 10 pictures that it was shown, both were on in ${shown}; on 10 that the machine drew, in ${drawn}. The learning rate is ${rate}. What is the weight after one step?`,
    reply: ({ shown, drawn, rate }) => `What is shown, minus what is drawn: ${shown}/10 - ${drawn}/10, times ${rate}. That is added to the weight.`,
    slips: {
      turned: { name: "turned the difference round", reply: "The other way round: what is shown shall become more probable." },
      "shown-only": { name: "left out what is drawn", reply: "What the machine draws by itself is taken away: else every weight would only grow." },
      "not-divided": { name: "took counts for shares", reply: "Take the shares, of 10 pictures each." },
      "change-only": { name: "stopped at the change", reply: "By so much the weight changes. What is it then?" },
    },
    otherwise: "Weight + rate × (share shown - share drawn).",
  },
  game: {
    ask: ({ points, following, discount }) =>
      `An action brings ${points} ${points === 1 ? "point" : "points"}, and the game goes on. In the situation after it the net says ${following.join(", ")} for the three actions. The discount is ${discount}. What should the action have been worth?`,
    reply: ({ points, discount, best }) => `${points} + ${discount} × ${best}: the points, and the best that can be done next, discounted.`,
    slips: {
      "no-discount": { name: "did not discount", reply: "What comes after is worth less: times the discount." },
      "points-only": { name: "took the points alone", reply: "Those are the points. The game goes on, and what comes after counts, too." },
      "all-added": { name: "added all actions", reply: "Only one action can be taken next: the best." },
      "points-too": { name: "discounted the points", reply: "The points come now, and count in full." },
      worst: { name: "took the worst action", reply: "That is the worst of the three. One will take the best." },
    },
    otherwise: "Points, plus the discount times the largest of the three.",
  },
  watching: {
    ask: () =>
      "Two frames of a clip, a row each: left how probable a knife is, right a spoon. If the frames err apart, how many times as likely as the knife is the spoon?",
    reply: ({ values: [[knife, spoon], [knifeThen, spoonThen]] }) =>
      `What frames say that err apart is multiplied: ${spoon} × ${spoonThen} for the spoon, over ${knife} × ${knifeThen} for the knife.`,
    slips: {
      added: { name: "added the frames", reply: "You added up what the frames say. If they err apart, their probabilities are multiplied." },
      turned: { name: "turned the question round", reply: "So many times as likely is the knife. The question was for the spoon." },
      "spoon-only": { name: "left the knife out", reply: "That is the spoon alone. Divide it by the same for the knife." },
      "first-only": { name: "read the first frame only", reply: "That is what the first frame says. The second one has a say, too." },
      "last-only": { name: "read the last frame only", reply: "That is what the second frame says. The first one has a say, too." },
    },
    otherwise: "Multiply the right column, multiply the left column, and divide the one by the other.",
  },
};
