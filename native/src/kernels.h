/* What the two operators hand to their kernels, and the table of kernels that each instruction set has. */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
  /** Keys are stored in groups of slots, elements outermost. */
  SLOTS_PER_GROUP = 16,
  /** The units in which attention sums. They are part of its result: with others the last bits differ. */
  POSITIONS_PER_BLOCK = 128,
  ELEMENTS_PER_SUM = 32,
  /** Of a prefill. */
  QUERIES_PER_TASK = 48,
  MAX_HEAD_SIZE = 256,
  MAX_HEADS = 4096,
  MAX_SLOTS = 1 << 24,
  /** Floats of a state after the values: the maximum, the sum, padding. */
  STATE_EXTRA = 16,
};

/**
 * One run of attention. A row is a token; it has `group` queries for each key/value head. A state is what is known
 * of a query after some blocks: [head size] weighted values, the largest score, the sum of weights, padding.
 */
typedef struct {
  int rows, heads, key_heads, group, head_size, slots, path_width;
  int half;                           /* the cache is float16 */
  int window;                         /* positions a row sees, itself included; 0 for all */
  float scale, soft_cap;              /* of scores; a cap of 0 is none */
  const float *input;                 /* [rows][heads + 2 key heads][head size]: queries, keys, values */
  const float *query_norm, *key_norm; /* [head size], may be null: weights of an RMS norm before the rotation */
  float epsilon;                      /* of the norms */
  const float *cosine, *sine;         /* [positions][rotary_half], null without rotary embedding */
  int rotary_half;
  const int32_t *position, *slot, *prefix, *path; /* [rows], [rows], [rows], [rows][path width] */
  int32_t *length;                                /* [rows]: positions in prefix and path */
  void *keys, *values; /* [key heads][slots / 16][head size][16], [key heads][slots][head size] */
  float *queries;      /* [key heads][rows * group][head size], rotated and scaled */
  float *partial;      /* [key heads][blocks][rows * group] states */
  int blocks;
  float *output; /* [rows][heads][head size] */
} Attention;

/** How weights are packed; see README.md. */
typedef enum { BITS_8, BITS_4, BITS_4_NESTED, BITS_8_NESTED, FORMATS } WeightFormat;

enum {
  OUTPUTS_PER_STRIP = 16,
  INPUTS_PER_BLOCK = 32,
  BLOCKS_PER_SUPERBLOCK = 8,
  /** Rows that share one read of the weights. */
  ROWS_PER_TILE = 8,
};

/** A block of a row's activations: code * scale. */
typedef struct {
  int8_t codes[INPUTS_PER_BLOCK]; /* in [-127, 127] */
  float scale;
  float shift;      /* -scale * sum of the codes: the factor of the weights' minimum */
  int32_t start[2]; /* what the integer products start from, in BITS_8_NESTED those of each half: see BYTE_OFFSET */
} ActivationBlock;

/** What the first half of a row goes through before it multiplies the second half. */
typedef enum { GATE_NONE, GATE_SILU, GATE_GELU, GATES } Gate;

/** One run of the quantised linear layer. What may be absent is then null. */
typedef struct {
  int rows, inputs, outputs, blocks; /* blocks of 32 inputs */
  WeightFormat format;
  Gate gate;
  float epsilon; /* of the norms */
  size_t strip_bytes;
  const uint8_t *weights;        /* [strips] of 16 outputs */
  const float *input;            /* [rows][inputs], with a gate [rows][2][inputs] */
  const float *post_norm, *norm; /* [inputs], may be absent: before and after the skip connection */
  const float *skip;             /* [rows][inputs], may be absent */
  const float *bias;             /* [outputs], may be absent */
  float *output;                 /* [rows][outputs] */
  int adds;                      /* to the output, which has values already */
  float *sum, *normed;           /* [rows][inputs], may be absent: the row before and after `norm` */
  ActivationBlock *activations;  /* [tiles][blocks][rows of the tile] */
} Linear;

/** From `first` to `end` - 1. */
typedef struct {
  int first, end;
} Range;

typedef struct {
  /** Rotates and scales the rows' queries, and stores their keys and values. */
  void (*prepare)(const Attention *, Range rows);
  /** Fills the partial states of queries of a key/value head, over each of these blocks. */
  void (*attend_blocks)(const Attention *, int key_head, Range blocks, Range queries);
  /** Merges the partial states of a key/value head's queries into the output. */
  void (*merge_blocks)(const Attention *, int key_head);
  /** All blocks for at most QUERIES_PER_TASK queries of a key/value head: the bits of the two above. */
  void (*attend_queries)(const Attention *, int key_head, Range queries);
} AttentionKernels;

typedef struct {
  /** Applies norms, skip connection or gate to a row, and quantises it. */
  void (*prepare_row)(const Linear *, int row);
} ActivationKernels;

typedef struct {
  /** Computes the outputs of these strips for all rows. */
  void (*multiply)(const Linear *, Range strips);
} LinearKernels;

/** The kernels of one instruction set. All sets compute the same bits. */
typedef struct {
  const char *name;
  const AttentionKernels *attention;
  const ActivationKernels *activations;
  const LinearKernels *linear;
} Kernels;

/**
 * The kernels for this processor, or those named `forced` unless that is null or empty; null where `forced` is unknown
 * or the processor can't run it.
 */
const Kernels *choose_kernels(const char *forced);

/** Names of all kernels that this processor can run, fastest first, separated by spaces. */
const char *kernel_names(void);
