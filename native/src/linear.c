/*
 * The quantised linear layer, compiled once for each instruction set.
 *
 * The activations are int8 with a scale for each block of 32, so products of a block are integers and exact. An
 * output's sum adds its blocks (halves of blocks where those have scales of their own) in order: acc = fma(product *
 * activation scale, weight scale, acc), then, where the format has a minimum, acc = fma(-(activation scale * sum of
 * codes), minimum, acc); last the bias. No row takes part in the sums of another.
 */
#include "kernels.h"
#include "dot.h"

/** Bytes ahead: the processor's own prefetching ends with a page of 4096 bytes. */
enum { PREFETCH = 4096 };

/** Rows whose integer sums the registers hold. */
enum { ROWS_AT_ONCE = PIECES == 1 ? 8 : 4 };

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

/** The integer products of a part of a block of 32 inputs: 16 outputs of `count` rows, as many as registers hold. */
INLINE void multiply_rows(const uint8_t *weights, const ActivationBlock *rows, int part, const int count,
                          const WeightFormat format, Products *products) {
  const int parts = parts_of(format), quads = has_bytes(format) ? 8 / parts : 4;
  Piece sum[ROWS_AT_ONCE][PIECES];
  UNROLL
  for (int r = 0; r < count; r++) {
    UNROLL
    for (int p = 0; p < PIECES; p++)
      sum[r][p] = broadcast(BYTE_OFFSET != 0 && has_bytes(format) ? rows[r].start[part] : 0);
  }
  UNROLL
  for (int quad = part * quads; quad < (part + 1) * quads; quad++) {
    Piece bytes[PIECES];
    UNROLL
    for (int p = 0; p < PIECES; p++) bytes[p] = load_piece(weights + quad * 64 + p * sizeof(Piece));
    UNROLL
    for (int r = 0; r < count; r++) {
      const int8_t *codes = rows[r].codes + quad * 4;
      Piece first = broadcast(load_int(codes));
      if (has_bytes(format)) {
        UNROLL
        for (int p = 0; p < PIECES; p++) sum[r][p] = dot_bytes(sum[r][p], with_offset(bytes[p]), first);
      } else {
        Piece second = broadcast(load_int(codes + 16));
        UNROLL
        for (int p = 0; p < PIECES; p++) {
          sum[r][p] = dot_nibbles(sum[r][p], low_nibbles(bytes[p]), first);
          sum[r][p] = dot_nibbles(sum[r][p], high_nibbles(bytes[p]), second);
        }
      }
    }
  }
  UNROLL
  for (int r = 0; r < count; r++) {
    UNROLL
    for (int p = 0; p < PIECES; p++) products[r].piece[p] = has_bytes(format) ? sum[r][p] : nibble_sums(sum[r][p]);
  }
}

/** The integer products of a part of a block, of a tile of `count` rows. */
INLINE void multiply_part(const uint8_t *weights, const ActivationBlock *rows, int part, const int count,
                          const WeightFormat format, Products *products) {
  multiply_rows(weights, rows, part, count < ROWS_AT_ONCE ? count : ROWS_AT_ONCE, format, products);
  if (count > ROWS_AT_ONCE)
    multiply_rows(weights, rows + ROWS_AT_ONCE, part, count - ROWS_AT_ONCE, format, products + ROWS_AT_ONCE);
}

INLINE void write_strip(const Linear *l, int strip, int row, f32x16 sum) {
  int output = strip * OUTPUTS_PER_STRIP, count = l->outputs - output;
  float *to = l->output + (size_t)row * l->outputs + output;
  if (count >= LANES) {
    if (l->bias) sum += load(l->bias + output);
    store(to, l->adds ? load(to) + sum : sum);
  } else {
    for (int i = 0; i < count; i++) {
      float one = l->bias ? sum[i] + l->bias[output + i] : sum[i];
      to[i] = l->adds ? to[i] + one : one;
    }
  }
}

/** Outputs of one strip for the `count` rows from `row` on, a tile. */
INLINE void multiply_tile(const Linear *l, int strip, int row, const int count, const WeightFormat format) {
  const int block_bytes = has_bytes(format) ? 512 : 256;
  const uint8_t *weights = l->weights + (size_t)strip * l->strip_bytes;
  const uint8_t *scales = weights + (size_t)l->blocks * block_bytes;
  const ActivationBlock *rows = l->activations + (size_t)row * l->blocks;
  f32x16 sum[ROWS_PER_TILE];
  PartScales super = {};
  UNROLL
  for (int r = 0; r < count; r++) sum[r] = (f32x16){};
  for (int block = 0; block < l->blocks; block++, weights += block_bytes, rows += count) {
    UNROLL
    for (int part = 0; part < parts_of(format); part++) {
      Products products[ROWS_PER_TILE];
      UNROLL
      for (int line = 0; line < block_bytes / 64; line += parts_of(format))
        __builtin_prefetch(weights + (line + part) * 64 + PREFETCH);
      multiply_part(weights, rows, part, count, format, products);
      PartScales of = scales_of(l, scales, block, part, format, &super);
      UNROLL
      for (int r = 0; r < count; r++) {
        sum[r] = multiply_add(to_float(products[r].whole) * rows[r].scale, of.scale, sum[r]);
        if (has_minimum(format)) sum[r] = multiply_add(splat(rows[r].shift), of.minimum, sum[r]);
      }
    }
  }
  for (int r = 0; r < count; r++) write_strip(l, strip, row + r, sum[r]);
}

/* A function for each number of rows and format, so that loops have constant bounds and sums stay in registers. */
#define TILE(COUNT, FORMAT)                                                                                            \
  static __attribute__((noinline)) void tile_##COUNT##_##FORMAT(const Linear *l, int strip, int row) {                 \
    multiply_tile(l, strip, row, COUNT, FORMAT);                                                                       \
  }
#define TILES(FORMAT)                                                                                                  \
  TILE(1, FORMAT)                                                                                                      \
  TILE(2, FORMAT)                                                                                                      \
  TILE(3, FORMAT)                                                                                                      \
  TILE(4, FORMAT)                                                                                                      \
  TILE(5, FORMAT)                                                                                                      \
  TILE(6, FORMAT)                                                                                                      \
  TILE(7, FORMAT)                                                                                                      \
  TILE(8, FORMAT)
#define TILES_OF(FORMAT)                                                                                               \
  {tile_1_##FORMAT, tile_2_##FORMAT, tile_3_##FORMAT, tile_4_##FORMAT,                                                 \
   tile_5_##FORMAT, tile_6_##FORMAT, tile_7_##FORMAT, tile_8_##FORMAT}
TILES(BITS_8)
TILES(BITS_4)
TILES(BITS_4_NESTED)
TILES(BITS_8_NESTED)
static void (*const tiles[FORMATS][ROWS_PER_TILE])(const Linear *, int strip, int row) = {
    TILES_OF(BITS_8), TILES_OF(BITS_4), TILES_OF(BITS_4_NESTED), TILES_OF(BITS_8_NESTED)};

static void multiply(const Linear *l, Range strips) {
  for (int strip = strips.first; strip < strips.end; strip++) {
    for (int row = 0; row < l->rows; row += ROWS_PER_TILE) {
      int count = l->rows - row < ROWS_PER_TILE ? l->rows - row : ROWS_PER_TILE;
      tiles[l->format][count - 1](l, strip, row);
    }
  }
}

const LinearKernels NAMED(linear) = {multiply};
