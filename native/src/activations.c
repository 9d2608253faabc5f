/*
 * A row of activations before the quantised product, compiled once for each instruction set: norm, skip connection
 * and norm, or gate; then rounding to int8. Nothing in between is kept unless it is an output: each pass computes it
 * from the inputs again, to the same bits.
 */
#include "kernels.h"
#include "dot.h"

/** Smaller activations are 0: the inverse of their scale would overflow. */
static const float smallest = 0x1p-100f;

typedef struct {
  const float *input, *skip, *post_norm, *norm; /* the last three may be null */
  float post_scale, scale;                      /* 1 / root mean square, of the input and of the sum */
} Row;

/** Elements [k, k + 16) of the row after `post_norm` and the skip connection. */
INLINE f32x16 summed(const Row *row, int k) {
  f32x16 x = load(row->input + k);
  if (row->post_norm) x = x * row->post_scale * load(row->post_norm + k);
  if (row->skip) x += load(row->skip + k);
  return x;
}

/** 1 / (1 + e^-x). */
INLINE f32x16 sigmoid(f32x16 x) {
  f32x16 power = exponential((f32x16)((i32x16)x | INT32_MIN)); /* e^-|x| */
  i32x16 negative = x < 0.0f;
  f32x16 numerator = (f32x16)((negative & (i32x16)power) | (~negative & (i32x16)splat(1.0f)));
  return numerator / (1.0f + power);
}

/** Elements [k, k + 16) of a gated row: the activation function of its first half times its second half. */
INLINE f32x16 gated(const Linear *l, const float *input, int k) {
  f32x16 x = load(input + k), argument = x;
  /* (1 + tanh u) / 2 is the sigmoid of 2 u, with u = sqrt(2 / pi) (x + 0.044715 x^3). */
  if (l->gate == GATE_GELU) argument = x * multiply_add(x * x, splat(0.0713548163f), splat(1.5957691216f));
  return x * sigmoid(argument) * load(input + l->inputs + k);
}

/** `halves`: the products of each half start from a number of their own. What is not a number stays one. */
INLINE void quantize(f32x16 low, f32x16 high, const int halves, ActivationBlock *block) {
  float largest = largest_of(larger(larger(low, -low), larger(high, -high)));
  float inverse = largest < smallest ? 0.0f : 127.0f / largest;
  i32x16 low_code = integer_bits(multiply_add(low, splat(inverse), splat(rounding)));
  i32x16 high_code = integer_bits(multiply_add(high, splat(inverse), splat(rounding)));
  i8x16 code[2] = {__builtin_convertvector(low_code, i8x16), __builtin_convertvector(high_code, i8x16)};
  memcpy(block->codes, code, sizeof code);
  int32_t sum = integer_sum_of(low_code + high_code), low_sum = halves ? integer_sum_of(low_code) : 0;
  block->scale = largest < smallest ? 0.0f : largest / 127.0f;
  block->shift = -(block->scale * (float)sum);
  block->start[0] = -BYTE_OFFSET * (halves ? low_sum : sum);
  block->start[1] = -BYTE_OFFSET * (sum - low_sum);
}

static void prepare_row(const Linear *l, int index) {
  size_t at = (size_t)index * l->inputs;
  Row row = {l->input + at * (l->gate ? 2 : 1), l->skip ? l->skip + at : NULL, l->post_norm, l->norm, 1.0f, 1.0f};
  if (row.post_norm) {
    f32x16 squares = {};
    for (int k = 0; k < l->inputs; k += LANES) squares = add_square(squares, load(row.input + k));
    row.post_scale = inverse_rms(squares, l->inputs, l->epsilon);
  }
  if (row.norm) {
    f32x16 squares = {};
    for (int k = 0; k < l->inputs; k += LANES) squares = add_square(squares, summed(&row, k));
    row.scale = inverse_rms(squares, l->inputs, l->epsilon);
  }
  int tile = index / ROWS_PER_TILE * ROWS_PER_TILE, left = l->rows - tile;
  int tile_rows = left < ROWS_PER_TILE ? left : ROWS_PER_TILE;
  ActivationBlock *activations = l->activations + (size_t)tile * l->blocks + (index - tile);
  for (int block = 0; block < l->blocks; block++, activations += tile_rows) {
    f32x16 half[2];
    UNROLL
    for (int i = 0; i < 2; i++) {
      int k = block * INPUTS_PER_BLOCK + i * LANES;
      f32x16 x = l->gate ? gated(l, row.input, k) : summed(&row, k);
      if (l->sum) store(l->sum + at + k, x);
      if (row.norm) x = x * row.scale * load(row.norm + k);
      if (l->normed) store(l->normed + at + k, x);
      half[i] = x;
    }
    quantize(half[0], half[1], l->format == BITS_8_NESTED, activations);
  }
}

const ActivationKernels NAMED(activations) = {prepare_row};
