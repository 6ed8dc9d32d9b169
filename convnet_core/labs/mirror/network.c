// network.js once more, for WebAssembly with SIMD: the same layers, forward and backward, in 32-bit floats. tools/wasm.py
// compiles it into network_wasm.js; fast_network.js lays out the memory and calls it.
//
// Eight samples go through the layers side by side: what lies at one place in all of them is two vectors, one after the
// other, and maps lie as [channel][row][column] of such pairs. So each weight is read once for eight samples. A lane
// that has no sample holds zeros, which add nothing to any gradient.

typedef float Vector __attribute__((vector_size(16)));
typedef int Mask __attribute__((vector_size(16)));

enum { CONV, RELU, POOL, LINEAR };
enum { PAIR = 2 };

// As fast_network.js writes it: whole numbers of four bytes, in this order.
typedef struct {
  int kind, channels, height, width;  // of what comes in
  int filters, rows, columns;         // of what goes out; `filters` is how many there are, `room` for how many
  int room, inside;                   // rounded up to fours: the filters, and the channels that come in
  int size, stride, padding;
  Vector *in, *bordered, *out;         // `bordered`: what comes in with a border of zeros, for a conv
  Vector *error, *blame, *spread;      // of what goes out; of what comes in (0: nobody asks); the former, for a conv, in
                                       // a border of zeros and with its stride between
  float *weight, *bias, *weight_gradient, *bias_gradient; // as the book has them: [filter][channel][row][column]
  float *kernels, *turned, *change, *none; // [channel][row][column][filter]; [filter] ... turned round [channel]; and the
                                           // gradient of `kernels`; zeros
  Mask *winners;                       // of each window
} Layer;

#define EXPORT(name) __attribute__((export_name(#name)))
#define INLINE static inline __attribute__((always_inline))

INLINE Vector all(float value) { return (Vector){value, value, value, value}; }
INLINE Vector where(Mask mask, Vector value) { return (Vector)(mask & (Mask)value); }
INLINE float sum(Vector v) { return (v[0] + v[1]) + (v[2] + v[3]); }
INLINE int least(int a, int b) { return a < b ? a : b; }

// Every filter over every place, four filters at a time: out[f] = bias[f] + sum of kernels[...][f] * in[...].
static void slide(const Vector *in, const float *kernels, const float *bias, Vector *out,
                  int channels, int height, int width, int filters, int rows, int columns, int size, int stride) {
  for (int f = 0; f < filters; f += 4)
    for (int r = 0; r < rows; r++)
      for (int c = 0; c < columns; c++) {
        Vector sums[4][PAIR];
        for (int k = 0; k < 4; k++) sums[k][0] = sums[k][1] = all(bias[f + k]);
        const float *weight = kernels + f;
        for (int channel = 0; channel < channels; channel++)
          for (int i = 0; i < size; i++) {
            const Vector *x = in + ((channel * height + r * stride + i) * width + c * stride) * PAIR;
            for (int j = 0; j < size; j++, x += PAIR, weight += filters) {
              Vector low = x[0], high = x[1];
              for (int k = 0; k < 4; k++) {
                Vector w = all(weight[k]);
                sums[k][0] += w * low;
                sums[k][1] += w * high;
              }
            }
          }
        Vector *to = out + ((f * rows + r) * columns + c) * PAIR;
        for (int k = 0; k < 4; k++, to += rows * columns * PAIR) {
          to[0] = sums[k][0];
          to[1] = sums[k][1];
        }
      }
}

// What two filters' weights in `many` columns side by side change: each result's share of the error times what it saw.
INLINE void blame_weights(const Layer *l, const Vector *x, const Vector *error, float *change, const int many) {
  const int line = (l->width + 2 * l->padding) * PAIR, map = l->rows * l->columns * PAIR;
  Vector first[5], second[5];
  for (int j = 0; j < many; j++) first[j] = second[j] = all(0);
  for (int r = 0; r < l->rows; r++, x += l->stride * line) {
    const Vector *at = x;
    for (int c = 0; c < l->columns; c++, at += l->stride * PAIR, error += PAIR)
      for (int half = 0; half < PAIR; half++) {
        Vector one = error[half], other = error[half + map];
        for (int j = 0; j < many; j++) {
          Vector seen = at[j * PAIR + half];
          first[j] += one * seen;
          second[j] += other * seen;
        }
      }
  }
  for (int j = 0; j < many; j++, change += l->room) {
    change[0] += sum(first[j]);
    change[1] += sum(second[j]);
  }
}

// Puts maps into larger ones: each row and column `stride` apart, `edge` away from the border.
static void put(const Vector *from, Vector *to, int maps, int rows, int columns,
                int height, int width, int stride, int edge) {
  for (int map = 0; map < maps; map++)
    for (int r = 0; r < rows; r++) {
      Vector *line = to + ((map * height + r * stride + edge) * width + edge) * PAIR;
      for (int c = 0; c < columns; c++, from += PAIR, line += stride * PAIR) {
        line[0] = from[0];
        line[1] = from[1];
      }
    }
}

static void conv(const Layer *l) {
  const int height = l->height + 2 * l->padding, width = l->width + 2 * l->padding;
  if (l->padding) put(l->in, l->bordered, l->channels, l->height, l->width, height, width, 1, l->padding);
  slide(l->bordered, l->kernels, l->bias, l->out,
        l->channels, height, width, l->room, l->rows, l->columns, l->size, l->stride);
}

static void conv_back(const Layer *l) {
  const int height = l->height + 2 * l->padding, width = l->width + 2 * l->padding, size = l->size;
  const int map = l->rows * l->columns * PAIR, edge = size - 1;
  for (int f = 0; f < l->filters; f++) {
    Vector total = all(0);
    for (int k = 0; k < map; k++) total += l->error[f * map + k];
    l->bias_gradient[f] += sum(total);
  }
  for (int f = 0; f < l->filters; f += 2)
    for (int line = 0; line < l->channels * size; line++) {
      const int channel = line / size, i = line % size;
      for (int j = 0; j < size;) {
        const Vector *x = l->bordered + ((channel * height + i) * width + j) * PAIR;
        float *change = l->change + (line * size + j) * l->room + f;
        const int many = size - j >= 5 ? 5 : size - j >= 3 ? 3 : 1;
        if (many == 5) blame_weights(l, x, l->error + f * map, change, 5);
        else if (many == 3) blame_weights(l, x, l->error + f * map, change, 3);
        else blame_weights(l, x, l->error + f * map, change, 1);
        j += many;
      }
    }
  if (!l->blame) return;
  // The pixels' blame is a convolution too: of the error in a border, by the kernels turned round.
  const int tall = l->height + edge, wide = l->width + edge;
  put(l->error, l->spread, l->filters, l->rows, l->columns, tall, wide, l->stride, edge - l->padding);
  slide(l->spread, l->turned, l->none, l->blame, l->filters, tall, wide, l->inside, l->height, l->width, size, 1);
}

static void relu(const Layer *l) {
  for (int k = 0; k < l->filters * l->rows * l->columns * PAIR; k++) l->out[k] = where(l->in[k] > all(0), l->in[k]);
}

static void relu_back(const Layer *l) {
  for (int k = 0; k < l->filters * l->rows * l->columns * PAIR; k++) l->blame[k] = where(l->out[k] > all(0), l->error[k]);
}

// Of equal ones, the first in reading order wins.
static void pool(const Layer *l) {
  const Vector *map = l->in;
  Vector *out = l->out;
  Mask *winners = l->winners;
  for (int f = 0; f < l->filters; f++, map += l->height * l->width * PAIR)
    for (int r = 0; r < l->rows; r++)
      for (int c = 0; c < l->columns; c++)
        for (int half = 0; half < PAIR; half++) {
          const int top = r * l->stride, left = c * l->stride;
          const int down = least(l->size, l->height - top), right = least(l->size, l->width - left);
          Vector most = map[(top * l->width + left) * PAIR + half];
          Mask winner = {0, 0, 0, 0};
          for (int i = 0; i < down; i++)
            for (int j = 0; j < right; j++) {
              const int place = i * l->size + j;
              Vector value = map[((top + i) * l->width + left + j) * PAIR + half];
              Mask wins = value > most;
              most = (Vector)((wins & (Mask)value) | (~wins & (Mask)most));
              winner = (wins & place) | (~wins & winner);
            }
          *out++ = most;
          *winners++ = winner;
        }
}

static void pool_back(const Layer *l) {
  Vector *map = l->blame;
  const Vector *error = l->error;
  const Mask *winners = l->winners;
  for (int k = 0; k < l->filters * l->height * l->width * PAIR; k++) map[k] = all(0);
  for (int f = 0; f < l->filters; f++, map += l->height * l->width * PAIR)
    for (int r = 0; r < l->rows; r++)
      for (int c = 0; c < l->columns; c++)
        for (int half = 0; half < PAIR; half++, error++, winners++) {
          const int top = r * l->stride, left = c * l->stride;
          const int down = least(l->size, l->height - top), right = least(l->size, l->width - left);
          for (int i = 0; i < down; i++)
            for (int j = 0; j < right; j++)
              map[((top + i) * l->width + left + j) * PAIR + half] += where(*winners == i * l->size + j, *error);
        }
}

static void linear(const Layer *l) {
  const int inputs = l->channels * l->height * l->width;
  const float *weight = l->weight;
  for (int f = 0; f < l->filters; f++) {
    Vector low = all(l->bias[f]), high = low;
    for (int k = 0; k < inputs; k++, weight++) {
      low += all(*weight) * l->in[k * PAIR];
      high += all(*weight) * l->in[k * PAIR + 1];
    }
    l->out[f * PAIR] = low;
    l->out[f * PAIR + 1] = high;
  }
}

static void linear_back(const Layer *l) {
  const int inputs = l->channels * l->height * l->width;
  const float *weight = l->weight;
  float *gradient = l->weight_gradient;
  if (l->blame)
    for (int k = 0; k < inputs * PAIR; k++) l->blame[k] = all(0);
  for (int f = 0; f < l->filters; f++) {
    const Vector low = l->error[f * PAIR], high = l->error[f * PAIR + 1];
    l->bias_gradient[f] += sum(low + high);
    for (int k = 0; k < inputs; k++, weight++, gradient++) {
      *gradient += sum(low * l->in[k * PAIR] + high * l->in[k * PAIR + 1]);
      if (!l->blame) continue;
      l->blame[k * PAIR] += all(*weight) * low;
      l->blame[k * PAIR + 1] += all(*weight) * high;
    }
  }
}

// Before the first samples of a batch: the weights as `slide` wants them, and all gradients at 0.
EXPORT(begin) void begin(const Layer *layers, int count) {
  for (const Layer *l = layers; l < layers + count; l++) {
    for (int k = 0; l->bias && k < l->filters; k++) l->bias_gradient[k] = 0;
    const int cells = l->size * l->size;
    const int whole = l->channels * (l->kind == LINEAR ? l->height * l->width : cells);
    for (int k = 0; l->bias && k < l->filters * whole; k++) l->weight_gradient[k] = 0;
    if (l->kind != CONV) continue;
    for (int k = 0; k < whole * l->room; k++) l->change[k] = 0;
    for (int f = 0; f < l->filters; f++)
      for (int c = 0; c < l->channels; c++)
        for (int k = 0; k < cells; k++) {
          const float w = l->weight[(f * l->channels + c) * cells + k];
          l->kernels[(c * cells + k) * l->room + f] = w;
          l->turned[(f * cells + cells - 1 - k) * l->inside + c] = w;
        }
  }
}

EXPORT(forward) void forward(const Layer *layers, int count) {
  for (const Layer *l = layers; l < layers + count; l++)
    l->kind == CONV ? conv(l) : l->kind == RELU ? relu(l) : l->kind == POOL ? pool(l) : linear(l);
}

// After `forward`, with the error of the last layer in its place: adds to all gradients.
EXPORT(backward) void backward(const Layer *layers, int count) {
  for (const Layer *l = layers + count - 1; l >= layers; l--)
    l->kind == CONV ? conv_back(l) : l->kind == RELU ? relu_back(l) : l->kind == POOL ? pool_back(l) : linear_back(l);
}

// After the last samples of a batch: the gradients as the book has them.
EXPORT(end) void end(const Layer *layers, int count) {
  for (const Layer *l = layers; l < layers + count; l++) {
    const int whole = l->channels * l->size * l->size;
    for (int f = 0; l->kind == CONV && f < l->filters; f++)
      for (int k = 0; k < whole; k++) l->weight_gradient[f * whole + k] = l->change[k * l->room + f];
  }
}

// A step of gradient descent, with some of the last one's swing, of all parameters: they lie in one row.
EXPORT(move) void move(float *values, const float *gradients, float *steps, int count, float rate, float momentum) {
  for (int k = 0; k < count; k++) {
    steps[k] = momentum * steps[k] + gradients[k];
    values[k] -= rate * steps[k];
  }
}

// Where free memory begins.
extern char __heap_base;
EXPORT(base) char *base(void) { return &__heap_base; }
