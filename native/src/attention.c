/*
 * Attention over a cache, compiled once for each instruction set.
 *
 * The order of every sum is fixed by a position's place in its row's own sequence (prefix, then path), never by
 * the row's neighbours, the slot that holds the position, or the split into tasks:
 *   score     each position in a lane of its own: 32 elements of the head at a time, one multiply-add each, in
 *             order; those sums added in order
 *   weights   exp(score - maximum of the block); their sum: lane by lane, then sum_of
 *   values    one multiply-add per position of the block, in order
 *   blocks    of 128 positions, merged in order
 */
#include "kernels.h"
#include "vector.h"

/*
 * Tiles: queries that share one read of keys and values, groups of keys scored at once, and vectors of values
 * summed at once; as many as the registers hold.
 */
#if defined(__AVX512F__)
enum { QUERIES = 6, KEY_GROUPS = 2, VALUE_VECTORS = 4 };
#elif defined(NEON)
enum { QUERIES = 6, KEY_GROUPS = 1, VALUE_VECTORS = 1 };
#else
enum { QUERIES = 3, KEY_GROUPS = 1, VALUE_VECTORS = 2 };
#endif

/** The positions of a block that a query sees, relative to the block: [from, prefix_end) of the prefix, where a
 *  position is its slot, and [prefix_end, end) of the path. */
typedef struct {
  int row, from, prefix_end, end;
} Span;

INLINE int clamp(int x, int low, int high) { return x < low ? low : x > high ? high : x; }
INLINE int state_size(const Attention *a) { return a->head_size + STATE_EXTRA; }
INLINE int first_position(const Attention *a, int row) {
  return a->window && a->length[row] > a->window ? a->length[row] - a->window : 0;
}
INLINE int first_block(const Attention *a, int row) { return first_position(a, row) / POSITIONS_PER_BLOCK; }
INLINE int end_block(const Attention *a, int row) {
  return (a->length[row] + POSITIONS_PER_BLOCK - 1) / POSITIONS_PER_BLOCK;
}

INLINE Span span_of(const Attention *a, int row, int block) {
  int base = block * POSITIONS_PER_BLOCK;
  int end = clamp(a->length[row] - base, 0, POSITIONS_PER_BLOCK);
  int from = clamp(first_position(a, row) - base, 0, end);
  return (Span){row, from, clamp(a->prefix[row] - base, from, end), end};
}

INLINE int slot_of(const Attention *a, Span span, int block, int position) {
  int absolute = block * POSITIONS_PER_BLOCK + position;
  return position < span.prefix_end ? absolute
                                    : a->path[(size_t)span.row * a->path_width + absolute - a->prefix[span.row]];
}

INLINE f32x16 load_cache(const void *cache, size_t index, const int half) {
  return half ? load_half((const uint16_t *)cache + index) : load((const float *)cache + index);
}

/** The cache of one key/value head. */
INLINE const void *of_head(const Attention *a, const void *cache, int key_head, const int half) {
  return (const char *)cache + (size_t)key_head * a->slots * a->head_size * (half ? 2 : 4);
}

/** Asks for `bytes` of memory that the next pass reads: the processor's own prefetching ends with a page. */
INLINE void prefetch(const char *memory, int bytes) {
  for (int at = 0; at < bytes; at += 64) __builtin_prefetch(memory + at);
}

/** Scores `count` queries against `groups` groups of 16 keys. Their values, which take as much memory, are fetched
 *  meanwhile if `values` isn't null. */
INLINE void score(const float *query, int head_size, const void *keys, const void *values, int group, const int count,
                  const int groups, const int half, float *scores, int stride) {
  const int bytes = half ? 2 : 4;
  for (int from = 0; from < head_size; from += ELEMENTS_PER_SUM) {
    int end = from + ELEMENTS_PER_SUM < head_size ? from + ELEMENTS_PER_SUM : head_size;
    f32x16 sum[QUERIES][KEY_GROUPS];
    if (values)
      for (int g = 0; g < groups; g++)
        prefetch((const char *)values + ((size_t)(group + g) * head_size + from) * SLOTS_PER_GROUP * bytes,
                 (end - from) * SLOTS_PER_GROUP * bytes);
    UNROLL
    for (int i = 0; i < count; i++) {
      UNROLL
      for (int g = 0; g < groups; g++) sum[i][g] = (f32x16){};
    }
    for (int d = from; d < end; d++) {
      f32x16 key[KEY_GROUPS];
      UNROLL
      for (int g = 0; g < groups; g++)
        key[g] = load_cache(keys, ((size_t)(group + g) * head_size + d) * SLOTS_PER_GROUP, half);
      UNROLL
      for (int i = 0; i < count; i++) {
        f32x16 element = splat(query[i * head_size + d]);
        UNROLL
        for (int g = 0; g < groups; g++) sum[i][g] = multiply_add(element, key[g], sum[i][g]);
      }
    }
    UNROLL
    for (int i = 0; i < count; i++) {
      UNROLL
      for (int g = 0; g < groups; g++) {
        float *to = scores + i * stride + g * LANES;
        store(to, from ? load(to) + sum[i][g] : sum[i][g]);
      }
    }
  }
}

/** Scores the block's prefix positions: whole groups, of which the spans then take what they see. */
INLINE void score_prefix(const Attention *a, const void *keys, const void *values, const float *query, int block,
                         const Span *span, const int count, const int half, float (*scores)[POSITIONS_PER_BLOCK]) {
  int from = POSITIONS_PER_BLOCK, end = 0;
  for (int i = 0; i < count; i++) {
    if (span[i].prefix_end == span[i].from) continue;
    if (span[i].from < from) from = span[i].from;
    if (span[i].prefix_end > end) end = span[i].prefix_end;
  }
  int group = from / LANES, first = block * (POSITIONS_PER_BLOCK / LANES), end_group = (end + LANES - 1) / LANES;
  for (; group + KEY_GROUPS <= end_group; group += KEY_GROUPS)
    score(query, a->head_size, keys, values, first + group, count, KEY_GROUPS, half, &scores[0][group * LANES],
          POSITIONS_PER_BLOCK);
  for (; group < end_group; group++)
    score(query, a->head_size, keys, values, first + group, count, 1, half, &scores[0][group * LANES],
          POSITIONS_PER_BLOCK);
}

/** Scores the positions on the rows' paths: the groups that hold their slots, one after another. */
INLINE void score_paths(const Attention *a, const void *keys, const float *query, int block, const Span *span,
                        const int count, const int half, float (*scores)[POSITIONS_PER_BLOCK]) {
  float scored[QUERIES][LANES];
  for (int i = 0; i < count;) {
    int same = i + 1, group = -1;
    while (same < count && span[same].row == span[i].row) same++;
    for (int t = span[i].prefix_end; t < span[i].end; t++) {
      int slot = slot_of(a, span[i], block, t);
      if (slot / SLOTS_PER_GROUP != group) {
        group = slot / SLOTS_PER_GROUP;
        score(query, a->head_size, keys, NULL, group, count, 1, half, &scored[0][0], LANES);
      }
      for (int k = i; k < same; k++) scores[k][t] = scored[k][slot % SLOTS_PER_GROUP];
    }
    i = same;
  }
}

/** Turns a query's scores into weights; writes their maximum and sum. */
INLINE void weigh(const Attention *a, Span span, float *scores, float *maximum, float *sum) {
  int first = span.from / LANES * LANES;
  for (int t = first; t < span.from; t++) scores[t] = -__builtin_inff();
  for (int t = span.end; t % LANES; t++) scores[t] = -__builtin_inff();
  f32x16 largest = splat(-__builtin_inff()), total = {};
  for (int t = first; t < span.end; t += LANES) {
    f32x16 s = load(scores + t);
    if (a->soft_cap > 0) {
      i32x16 seen = s > -__builtin_inff();
      f32x16 capped = a->soft_cap * hyperbolic_tangent(s / a->soft_cap);
      s = (f32x16)((seen & (i32x16)capped) | (~seen & (i32x16)s));
      store(scores + t, s);
    }
    largest = larger(largest, s);
  }
  *maximum = largest_of(largest);
  for (int t = first; t < span.end; t += LANES) {
    f32x16 weight = exponential(load(scores + t) - *maximum);
    store(scores + t, weight);
    total += weight;
  }
  *sum = sum_of(total);
}

/** Adds the values of positions [from, end) of one query, whatever their slots. */
INLINE void add_values(const Attention *a, const void *values, Span span, int block, const float *weights, int from,
                       int end, int d, const int vectors, const int half, float *state) {
  f32x16 sum[VALUE_VECTORS];
  if (from >= end) return;
  UNROLL
  for (int v = 0; v < vectors; v++) sum[v] = load(state + d + v * LANES);
  for (int t = from; t < end; t++) {
    size_t at = (size_t)slot_of(a, span, block, t) * a->head_size + d;
    UNROLL
    for (int v = 0; v < vectors; v++)
      sum[v] = multiply_add(splat(weights[t]), load_cache(values, at + v * LANES, half), sum[v]);
  }
  UNROLL
  for (int v = 0; v < vectors; v++) store(state + d + v * LANES, sum[v]);
}

/** Sums the weighted values of elements [d, d + 16 * vectors). Positions of the prefix that all queries see share
 *  one read; those before and after are added query by query. The keys of the next block are fetched meanwhile if
 *  `keys` isn't null. */
INLINE void sum_values(const Attention *a, const void *keys, const void *values, const Span *span, int block,
                       float (*weights)[POSITIONS_PER_BLOCK], const int count, int d, const int vectors, const int half,
                       float *states) {
  const int bytes = half ? 2 : 4;
  int from = 0, end = POSITIONS_PER_BLOCK, size = state_size(a);
  for (int i = 0; i < count; i++) {
    if (span[i].from > from) from = span[i].from;
    if (span[i].prefix_end < end) end = span[i].prefix_end;
  }
  if (end < from) end = from;
  f32x16 sum[QUERIES][VALUE_VECTORS];
  for (int i = 0; i < count; i++) {
    float *state = states + i * size;
    for (int v = 0; v < vectors; v++) store(state + d + v * LANES, (f32x16){});
    add_values(a, values, span[i], block, weights[i], span[i].from, from < span[i].end ? from : span[i].end, d, vectors,
               half, state);
    for (int v = 0; v < vectors; v++) sum[i][v] = load(state + d + v * LANES);
  }
  for (int t = from; t < end; t++) {
    f32x16 value[VALUE_VECTORS];
    size_t at = ((size_t)block * POSITIONS_PER_BLOCK + t) * a->head_size + d;
    if (keys) prefetch((const char *)keys + (at + POSITIONS_PER_BLOCK * a->head_size) * bytes, vectors * LANES * bytes);
    UNROLL
    for (int v = 0; v < vectors; v++) value[v] = load_cache(values, at + v * LANES, half);
    UNROLL
    for (int i = 0; i < count; i++) {
      f32x16 weight = splat(weights[i][t]);
      UNROLL
      for (int v = 0; v < vectors; v++) sum[i][v] = multiply_add(weight, value[v], sum[i][v]);
    }
  }
  for (int i = 0; i < count; i++) {
    float *state = states + i * size;
    for (int v = 0; v < vectors; v++) store(state + d + v * LANES, sum[i][v]);
    add_values(a, values, span[i], block, weights[i], end > span[i].from ? end : span[i].from, span[i].end, d, vectors,
               half, state);
  }
}

/** The states of `count` queries from number `query` on, over one block; undefined for a query that sees none of it.
 *  `fetch`: values and then the next block's keys are probably in no cache yet. */
INLINE void attend_tile(const Attention *a, int key_head, int block, int query, int fetch, const int count,
                        const int half, float *states) {
  float scores[QUERIES][POSITIONS_PER_BLOCK] __attribute__((aligned(64)));
  Span span[QUERIES];
  int on_path = 0;
  for (int i = 0; i < count; i++) {
    span[i] = span_of(a, (query + i) / a->group, block);
    on_path |= span[i].end > span[i].prefix_end;
  }
  const void *keys = of_head(a, a->keys, key_head, half), *values = of_head(a, a->values, key_head, half);
  const float *queries = a->queries + ((size_t)key_head * a->rows * a->group + query) * a->head_size;
  score_prefix(a, keys, fetch ? values : NULL, queries, block, span, count, half, scores);
  if (on_path) score_paths(a, keys, queries, block, span, count, half, scores);
  for (int i = 0; i < count; i++) {
    float *after = states + i * state_size(a) + a->head_size;
    weigh(a, span[i], scores[i], after, after + 1);
  }
  const void *next = fetch && block + 1 < a->blocks ? keys : NULL;
  int d = 0;
  for (; d + VALUE_VECTORS * LANES <= a->head_size; d += VALUE_VECTORS * LANES)
    sum_values(a, next, values, span, block, scores, count, d, VALUE_VECTORS, half, states);
  for (; d < a->head_size; d += LANES) sum_values(a, next, values, span, block, scores, count, d, 1, half, states);
}

/* A function for each tile, so that its loops have constant bounds and its sums stay in registers. */
#define TILE(COUNT, HALF)                                                                                              \
  static __attribute__((noinline)) void tile_##COUNT##_##HALF(const Attention *a, int key_head, int block, int query,  \
                                                              int fetch, float *states) {                              \
    attend_tile(a, key_head, block, query, fetch, COUNT, HALF, states);                                                \
  }
#define TILES(COUNT) TILE(COUNT, 0) TILE(COUNT, 1)
typedef void (*Tile)(const Attention *, int key_head, int block, int query, int fetch, float *states);
TILES(1)
TILES(2)
TILES(3)
#if defined(__AVX512F__) || defined(NEON)
TILES(4)
TILES(5)
TILES(6)
static const Tile tiles[QUERIES][2] = {
    {tile_1_0, tile_1_1}, {tile_2_0, tile_2_1}, {tile_3_0, tile_3_1},
    {tile_4_0, tile_4_1}, {tile_5_0, tile_5_1}, {tile_6_0, tile_6_1},
};
#else
static const Tile tiles[QUERIES][2] = {{tile_1_0, tile_1_1}, {tile_2_0, tile_2_1}, {tile_3_0, tile_3_1}};
#endif

/** The states of queries [first, end), tile by tile. `fetch`: see attend_tile. */
static void attend(const Attention *a, int key_head, int block, int first, int end, int fetch, float *states) {
  for (int query = first, count; query < end; query += count) {
    count = end - query < QUERIES ? end - query : QUERIES;
    tiles[count - 1][a->half](a, key_head, block, query, fetch && query == first,
                              states + (size_t)(query - first) * state_size(a));
  }
}

/** Merges the state of the next block into the one of the blocks before it. */
INLINE void merge(float *state, const float *next, int size) {
  float largest = state[size] > next[size] ? state[size] : next[size];
  f32x16 factor = exponential((f32x16){state[size] - largest, next[size] - largest});
  float before = factor[0], after = factor[1];
  for (int d = 0; d < size; d += LANES)
    store(state + d, multiply_add(load(next + d), splat(after), load(state + d) * before));
  state[size] = largest;
  state[size + 1] = multiply_add_scalar(next[size + 1], after, state[size + 1] * before);
}

INLINE void write_output(const Attention *a, int key_head, int query, const float *state) {
  int row = query / a->group, head = key_head * a->group + query % a->group;
  float *output = a->output + ((size_t)row * a->heads + head) * a->head_size, inverse = 1.0f / state[a->head_size + 1];
  for (int d = 0; d < a->head_size; d += LANES) store(output + d, load(state + d) * inverse);
}

static void attend_blocks(const Attention *a, int key_head, Range blocks, Range queries) {
  int all = a->rows * a->group;
  for (int block = blocks.first; block < blocks.end; block++) {
    size_t state = ((size_t)key_head * a->blocks + block) * all + queries.first;
    attend(a, key_head, block, queries.first, queries.end, 1, a->partial + state * state_size(a));
  }
}

static void merge_blocks(const Attention *a, int key_head) {
  int queries = a->rows * a->group, size = state_size(a);
  float state[MAX_HEAD_SIZE + STATE_EXTRA];
  for (int query = 0; query < queries; query++) {
    int row = query / a->group, block = first_block(a, row);
    const float *partial = a->partial + ((size_t)key_head * a->blocks * queries + query) * size;
    memcpy(state, partial + (size_t)block * queries * size, sizeof(float) * size);
    while (++block < end_block(a, row)) merge(state, partial + (size_t)block * queries * size, a->head_size);
    write_output(a, key_head, query, state);
  }
}

static void attend_queries(const Attention *a, int key_head, Range queries) {
  int first = queries.first, end = queries.end;
  float state[QUERIES_PER_TASK * (MAX_HEAD_SIZE + STATE_EXTRA)], next[QUERIES_PER_TASK * (MAX_HEAD_SIZE + STATE_EXTRA)];
  int size = state_size(a), from = a->blocks, until = 0;
  for (int row = first / a->group; row <= (end - 1) / a->group; row++) {
    if (first_block(a, row) < from) from = first_block(a, row);
    if (end_block(a, row) > until) until = end_block(a, row);
  }
  for (int block = from; block < until; block++) {
    attend(a, key_head, block, first, end, 0, next);
    for (int query = first; query < end; query++) {
      int row = query / a->group, at = (query - first) * size;
      if (block == first_block(a, row))
        memcpy(state + at, next + at, sizeof(float) * size);
      else if (block > first_block(a, row) && block < end_block(a, row))
        merge(state + at, next + at, a->head_size);
    }
  }
  for (int query = first; query < end; query++) write_output(a, key_head, query, state + (query - first) * size);
}

/** RMS norm of a head; `input` itself without weights, otherwise `normed`. */
INLINE const float *normalize(const Attention *a, const float *input, const float *weights, float *normed) {
  if (!weights) return input;
  f32x16 squares = {};
  for (int d = 0; d < a->head_size; d += LANES) squares = add_square(squares, load(input + d));
  float scale = inverse_rms(squares, a->head_size, a->epsilon);
  for (int d = 0; d < a->head_size; d += LANES) store(normed + d, load(input + d) * scale * load(weights + d));
  return normed;
}

/** Rotary embedding of a head's first 2 * rotary_half elements, halves paired; then scales all of them. */
INLINE void rotate(const Attention *a, int row, const float *input, float scale, float *output) {
  int half = a->cosine ? a->rotary_half : 0;
  size_t at = half ? (size_t)a->position[row] * half : 0;
  for (int d = 0; d < half; d++) {
    float cosine = a->cosine[at + d], sine = a->sine[at + d], low = input[d], high = input[d + half];
    output[d] = (low * cosine - high * sine) * scale;
    output[d + half] = (high * cosine + low * sine) * scale;
  }
  for (int d = 2 * half; d < a->head_size; d++) output[d] = input[d] * scale;
}

/** Stores a key in its group, one element every 16, and its value in its slot. */
INLINE void store_slot(const Attention *a, int key_head, int slot, const float *key, const float *value) {
  int size = a->head_size;
  size_t key_at =
      ((size_t)key_head * a->slots + slot / SLOTS_PER_GROUP * SLOTS_PER_GROUP) * size + slot % SLOTS_PER_GROUP;
  size_t value_at = ((size_t)key_head * a->slots + slot) * size;
  if (a->half) {
    uint16_t *keys = (uint16_t *)a->keys + key_at, *values = (uint16_t *)a->values + value_at, half[MAX_HEAD_SIZE];
    for (int d = 0; d < size; d += LANES) store_half(half + d, load(key + d));
    for (int d = 0; d < size; d++) keys[d * SLOTS_PER_GROUP] = half[d];
    for (int d = 0; d < size; d += LANES) store_half(values + d, load(value + d));
  } else {
    float *keys = (float *)a->keys + key_at;
    for (int d = 0; d < size; d++) keys[d * SLOTS_PER_GROUP] = key[d];
    memcpy((float *)a->values + value_at, value, sizeof(float) * size);
  }
}

static void prepare(const Attention *a, Range rows) {
  int size = a->head_size, group = a->group;
  float key[MAX_HEAD_SIZE], normed[MAX_HEAD_SIZE];
  for (int row = rows.first; row < rows.end; row++) {
    const float *queries = a->input + (size_t)row * (a->heads + 2 * a->key_heads) * size;
    const float *keys = queries + (size_t)a->heads * size, *values = keys + (size_t)a->key_heads * size;
    for (int head = 0; head < a->heads; head++) {
      size_t query = ((size_t)(head / group) * a->rows + row) * group + head % group;
      rotate(a, row, normalize(a, queries + head * size, a->query_norm, normed), a->scale, a->queries + query * size);
    }
    for (int head = 0; head < a->key_heads; head++) {
      rotate(a, row, normalize(a, keys + head * size, a->key_norm, normed), 1.0f, key);
      store_slot(a, head, a->slot[row], key, values + head * size);
    }
  }
}

const AttentionKernels NAMED(attention) = {prepare, attend_blocks, merge_blocks, attend_queries};
