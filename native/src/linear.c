/*
 * The quantised linear layer, compiled once for each instruction set.
 *
 * The activations are int8 with a scale for each block of 32, so products of a block are integers and exact. An
 * output's sum adds its blocks (halves of blocks where those have scales of their own) in order: acc = fma(product *
 * activation scale, weight scale, acc), then, where the format has a minimum, acc = fma(-(activation scale * sum of
 * codes), minimum, acc); last the bias. No row takes part in the sums of another.
 */
#include "kernels.h"
#include "vector.h"

/** Rows that share one read of the weights. */
#if defined(__AVX512F__)
enum { ROWS = 8 };
#else
enum { ROWS = 4 };
#endif

/** Bytes ahead: the processor's own prefetching ends with a page of 4096 bytes. */
enum { PREFETCH = 4096 };

/** A block is summed in this many parts, each with scales of its own. */
INLINE int parts_of(const WeightFormat format) { return format == BITS_8_NESTED ? 2 : 1; }
INLINE int has_bytes(const WeightFormat format) { return format == BITS_8 || format == BITS_8_NESTED; }
INLINE int has_minimum(const WeightFormat format) { return format == BITS_4 || format == BITS_4_NESTED; }

/** Scales and minimums of a part, one lane for each output of the strip. */
typedef struct {
  f32x16 scale, minimum;
} PartScales;

INLINE f32x16 load_codes(const void *codes, const int is_signed) {
  i8x16 code;
  memcpy(&code, codes, sizeof code);
  return is_signed ? __builtin_convertvector(code, f32x16) : __builtin_convertvector((u8x16)code, f32x16);
}

/** `scales` is where a strip's scales begin; a superblock's own scales are read with its first part. */
INLINE PartScales scales_of(const Linear *l, const uint8_t *scales, int block, int part, const WeightFormat format,
                            PartScales *super) {
  const size_t pair = 2 * LANES;
  const uint16_t *half = (const uint16_t *)scales + (size_t)block * LANES;
  const uint8_t *code = scales + block * pair, *supers = scales + l->blocks * pair;
  int superblock = block / BLOCKS_PER_SUPERBLOCK, first = part == 0 && block % BLOCKS_PER_SUPERBLOCK == 0;
  switch (format) {
  case BITS_8:
    return (PartScales){load_half(half), {}};
  case BITS_4:
    return (PartScales){load_half(half), load_half(half + (size_t)l->blocks * LANES)};
  case BITS_4_NESTED:
    if (first) {
      const uint16_t *at = (const uint16_t *)supers + superblock * pair;
      *super = (PartScales){load_half(at), load_half(at + LANES)};
    }
    return (PartScales){super->scale * load_codes(code, 0), super->minimum * load_codes(code + LANES, 0)};
  default:
    if (first) super->scale = load_half((const uint16_t *)supers + superblock * LANES);
    return (PartScales){super->scale * load_codes(code + part * LANES, 1), {}};
  }
}

/** The integer products of a part of a block of 32 inputs: `count` rows by 16 outputs. */
INLINE void part_products(const Linear *l, const uint8_t *weights, int row, int block, int part, const int count,
                          const WeightFormat format, i32x16 *product) {
  const int8_t *codes = l->codes + (size_t)row * l->inputs + block * INPUTS_PER_BLOCK;
  UNROLL
  for (int r = 0; r < count; r++) {
    const int32_t *sums = l->sums + 2 * ((size_t)(row + r) * l->blocks + block);
    int32_t sum = parts_of(format) == 1 ? sums[0] : part == 0 ? sums[1] : sums[0] - sums[1];
    product[r] = (i32x16){} - (has_bytes(format) ? BYTE_OFFSET * sum : 0);
  }
  if (has_bytes(format)) {
    const int quads = 8 / parts_of(format);
    weights += (size_t)block * 512 + part * quads * 64;
    codes += part * quads * 4;
    UNROLL
    for (int k = 0; k < quads; k++) {
      i32x16 bytes = load_bytes(weights + k * 64);
      if (count <= 2) __builtin_prefetch(weights + k * 64 + PREFETCH);
      if (BYTE_OFFSET) bytes ^= (i32x16)((u32x16){} + 0x80808080u);
      UNROLL
      for (int r = 0; r < count; r++)
        product[r] = dot_bytes(product[r], bytes, load_int(codes + (size_t)r * l->inputs + k * 4));
    }
  } else {
    weights += (size_t)block * 256;
    UNROLL
    for (int k = 0; k < 4; k++) {
      i32x16 bytes = load_bytes(weights + k * 64), low = bytes & 0x0f0f0f0f;
      if (count <= 2) __builtin_prefetch(weights + k * 64 + PREFETCH);
      i32x16 high = (i32x16)((u32x16)bytes >> 4) & 0x0f0f0f0f;
      UNROLL
      for (int r = 0; r < count; r++) {
        const int8_t *code = codes + (size_t)r * l->inputs + k * 4;
        product[r] = dot_nibbles(product[r], low, load_int(code));
        product[r] = dot_nibbles(product[r], high, load_int(code + 16));
      }
    }
  }
}

INLINE void write_strip(const Linear *l, int strip, int row, f32x16 sum) {
  int output = strip * OUTPUTS_PER_STRIP, count = l->outputs - output;
  float *to = l->output + (size_t)row * l->outputs + output;
  if (count >= LANES) {
    store(to, l->bias ? sum + load(l->bias + output) : sum);
  } else {
    for (int i = 0; i < count; i++) to[i] = l->bias ? sum[i] + l->bias[output + i] : sum[i];
  }
}

/** Outputs of one strip for `count` rows. */
INLINE void multiply_strip(const Linear *l, int strip, int row, const int count, const WeightFormat format) {
  const uint8_t *weights = l->weights + (size_t)strip * l->strip_bytes;
  const uint8_t *scales = weights + (size_t)l->blocks * (has_bytes(format) ? 512 : 256);
  f32x16 sum[ROWS];
  PartScales super = {};
  UNROLL
  for (int r = 0; r < count; r++) sum[r] = (f32x16){};
  for (int block = 0; block < l->blocks; block++) {
    UNROLL
    for (int part = 0; part < parts_of(format); part++) {
      i32x16 product[ROWS];
      part_products(l, weights, row, block, part, count, format, product);
      PartScales of = scales_of(l, scales, block, part, format, &super);
      UNROLL
      for (int r = 0; r < count; r++) {
        size_t at = (size_t)(row + r) * l->blocks + block;
        float scale = l->scales[at];
        sum[r] = multiply_add(to_float(product[r]) * scale, of.scale, sum[r]);
        if (has_minimum(format)) sum[r] = multiply_add(splat(-(scale * (float)l->sums[2 * at])), of.minimum, sum[r]);
      }
    }
  }
  for (int r = 0; r < count; r++) write_strip(l, strip, row + r, sum[r]);
}

/* A function for each number of rows and format, so that loops have constant bounds and sums stay in registers. */
#define STRIP(COUNT, FORMAT)                                                                                           \
  static __attribute__((noinline)) void strip_##COUNT##_##FORMAT(const Linear *l, int strip, int row) {                \
    multiply_strip(l, strip, row, COUNT, FORMAT);                                                                      \
  }
#define STRIPS(COUNT) STRIP(COUNT, BITS_8) STRIP(COUNT, BITS_4) STRIP(COUNT, BITS_4_NESTED) STRIP(COUNT, BITS_8_NESTED)
#define STRIPS_OF(COUNT)                                                                                               \
  {strip_##COUNT##_BITS_8, strip_##COUNT##_BITS_4, strip_##COUNT##_BITS_4_NESTED, strip_##COUNT##_BITS_8_NESTED}
typedef void (*Strip)(const Linear *, int strip, int row);
STRIPS(1)
STRIPS(2)
STRIPS(4)
#if defined(__AVX512F__)
STRIPS(8)
static const Strip strips[4][FORMATS] = {STRIPS_OF(1), STRIPS_OF(2), STRIPS_OF(4), STRIPS_OF(8)};
#else
static const Strip strips[3][FORMATS] = {STRIPS_OF(1), STRIPS_OF(2), STRIPS_OF(4)};
#endif

static void multiply(const Linear *l, int first_strip, int end_strip) {
  for (int strip = first_strip; strip < end_strip; strip++) {
    for (int row = 0, count; row < l->rows; row += count) {
      int power = 0;
      while (2 << power <= l->rows - row && 2 << power <= ROWS) power++;
      count = 1 << power;
      strips[power][l->format](l, strip, row);
    }
  }
}

const LinearKernels NAMED(linear) = {multiply};
