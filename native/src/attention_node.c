/* The operator Attention: its inputs checked, its work split into tasks. See README.md for the meaning of the inputs.
 */
#include "kernels.h"
#include "node.h"
#include <limits.h>
#include <math.h>
#include <string.h>

enum {
  QUERY_KEY_VALUE,
  PAST_KEY,
  PAST_VALUE,
  SLOTS,
  PREFIX_LENGTHS,
  PATHS,
  POSITIONS,
  COSINES,
  SINES,
  QUERY_NORM,
  KEY_NORM,
  INPUTS
};
enum { OUTPUT, PRESENT_KEY, PRESENT_VALUE, OUTPUTS };

/** More rows are a prefill: their queries are divided among tasks instead of the blocks of the cache. */
enum { MOST_DECODE_ROWS = 16, ROWS_PER_PREPARE = 16 };

/** Of a decode: tasks, as long as there are enough blocks; and queries of a task, where there are few blocks. */
enum { TASKS = 32, FEWEST_TASKS = 8, QUERIES_PER_BLOCK_TASK = 6 };

typedef struct {
  const OrtApi *api;
  const AttentionKernels *kernels;
  int heads, key_heads, window, half;
  float scale, soft_cap, epsilon;
} AttentionNode;

typedef struct {
  Attention attention;
  const AttentionKernels *kernels;
  int first_block; /* of those that any row sees */
  int blocks_per_task, queries_per_task;
} Job;

static int queries_of(const Job *job) { return job->attention.rows * job->attention.group; }

static void prepare_task(void *data, size_t index) {
  Job *job = data;
  job->kernels->prepare(&job->attention, chunk_of(job->attention.rows, index, ROWS_PER_PREPARE));
}

/** Tasks of a head are adjacent, queries innermost, so that a thread reads one stretch of the cache. */
static void blocks_task(void *data, size_t index) {
  Job *job = data;
  int seen = job->attention.blocks - job->first_block;
  size_t query_chunks = chunks_of(queries_of(job), job->queries_per_task);
  size_t chunks = chunks_of(seen, job->blocks_per_task) * query_chunks;
  Range blocks = chunk_of(seen, index % chunks / query_chunks, job->blocks_per_task);
  Range queries = chunk_of(queries_of(job), index % query_chunks, job->queries_per_task);
  blocks = (Range){blocks.first + job->first_block, blocks.end + job->first_block};
  job->kernels->attend_blocks(&job->attention, (int)(index / chunks), blocks, queries);
}

static void merge_task(void *data, size_t index) {
  Job *job = data;
  job->kernels->merge_blocks(&job->attention, (int)index);
}

static void queries_task(void *data, size_t index) {
  Job *job = data;
  size_t heads = (size_t)job->attention.key_heads;
  Range queries = chunk_of(queries_of(job), index / heads, QUERIES_PER_TASK);
  job->kernels->attend_queries(&job->attention, (int)(index % heads), queries);
}

/** Reads the cache's shapes: keys [key heads][groups][head size][16], values [key heads][slots][head size]. */
static void read_cache(Run *run, const AttentionNode *node, const Tensor *keys, const Tensor *values, Attention *a) {
  require(run, keys->rank == 4 && values->rank == 3,
          "past_key has %zu dimensions and past_value %zu: 4 and 3 are needed.", keys->rank, values->rank);
  const int64_t *k = keys->dims, *v = values->dims;
  require(run, k[0] == node->key_heads && v[0] == node->key_heads,
          "The cache has %lld and %lld heads, not kv_num_heads = %d.", (long long)k[0], (long long)v[0],
          node->key_heads);
  require(run, k[2] % 16 == 0 && k[2] > 0 && k[2] <= MAX_HEAD_SIZE && v[2] == k[2],
          "The head size is %lld in past_key and %lld in past_value: one multiple of 16 up to %d is needed.",
          (long long)k[2], (long long)v[2], MAX_HEAD_SIZE);
  require(
      run, k[3] == SLOTS_PER_GROUP && k[1] > 0 && v[1] == k[1] * SLOTS_PER_GROUP && v[1] <= MAX_SLOTS,
      "past_key has %lld groups of %lld slots and past_value %lld slots: groups of %d with as many slots are needed.",
      (long long)k[1], (long long)k[3], (long long)v[1], SLOTS_PER_GROUP);
  if (run->status) return;
  a->head_size = (int)k[2];
  a->slots = (int)v[1];
}

/** The weights of an optional norm of a head's elements. */
static const float *get_norm(Run *run, size_t index, const char *name, const Attention *a) {
  Tensor norm = get_optional_input(run, index, name, ORT_FLOAT);
  if (run->status || !norm.given) return NULL;
  require(run, norm.rank == 1 && norm.dims[0] == a->head_size, "%s needs one element for each of the head's %d.", name,
          a->head_size);
  require(run, a->epsilon > 0, "Attention has epsilon = %g: a norm needs one above 0.", a->epsilon);
  return norm.data;
}

/** Reads the optional rotary tables and the rows' positions in them. */
static void read_rotary(Run *run, Attention *a) {
  Tensor positions = get_optional_input(run, POSITIONS, "positions", ORT_INT32);
  Tensor cosines = get_optional_input(run, COSINES, "cos_cache", ORT_FLOAT);
  Tensor sines = get_optional_input(run, SINES, "sin_cache", ORT_FLOAT);
  if (run->status || (!positions.given && !cosines.given && !sines.given)) return;
  require(run, positions.rank == 1 && positions.dims[0] == a->rows,
          "positions needs one entry for each of the %d rows.", a->rows);
  require(run,
          cosines.rank == 2 && sines.rank == 2 && cosines.dims[0] == sines.dims[0] && cosines.dims[1] == sines.dims[1],
          "cos_cache and sin_cache need two dimensions and the same shape.");
  require(run, 2 * cosines.dims[1] <= a->head_size,
          "cos_cache has %lld angles: half of the head size, %d, are the most.", (long long)cosines.dims[1],
          a->head_size / 2);
  if (run->status) return;
  a->position = positions.data;
  a->cosine = cosines.data;
  a->sine = sines.data;
  a->rotary_half = (int)cosines.dims[1];
  for (int row = 0; row < a->rows; row++)
    if (!require(run, a->position[row] >= 0 && a->position[row] < cosines.dims[0],
                 "Row %d has position %d: the rotary tables have %lld.", row, a->position[row],
                 (long long)cosines.dims[0]))
      return;
}

/** Checks every slot that a row names, and counts the rows' positions into `length`. */
static void read_rows(Run *run, Job *job, int32_t *length) {
  Attention *a = &job->attention;
  int longest = 0, first = INT_MAX;
  for (int row = 0; row < a->rows && !run->status; row++) {
    int slot = a->slot[row], prefix = a->prefix[row], count = 0;
    const int32_t *path = a->path + (size_t)row * a->path_width;
    require(run, slot < a->slots && slot > (row ? a->slot[row - 1] : -1),
            "Row %d is stored in slot %d: slots must ascend and be below %d.", row, slot, a->slots);
    require(run, prefix >= 0 && prefix <= a->slots, "Row %d sees a prefix of %d slots: the cache has %d.", row, prefix,
            a->slots);
    for (; count < a->path_width && path[count] >= 0 && !run->status; count++)
      require(run, path[count] < a->slots, "Row %d sees slot %d: the cache has %d.", row, path[count], a->slots);
    if (!require(run, !run->status && prefix + count > 0, "Row %d sees no position at all.", row)) return;
    length[row] = prefix + count;
    if (length[row] > longest) longest = length[row];
    int unseen = a->window && length[row] > a->window ? length[row] - a->window : 0;
    if (unseen < first) first = unseen;
  }
  a->length = length;
  a->blocks = (int)chunks_of(longest, POSITIONS_PER_BLOCK);
  job->first_block = first / POSITIONS_PER_BLOCK;
}

/** The present cache is the past one where both are bound to the same memory, else a copy. */
static void *present_cache(Run *run, size_t output, const Tensor *past, int element_bytes) {
  void *present = make_output(run, output, past->dims, past->rank);
  if (present && present != past->data) memcpy(present, past->data, (size_t)outer_size(past, 0) * element_bytes);
  return present;
}

static void attend(Run *run, Job *job) {
  Attention *a = &job->attention;
  int heads = a->key_heads, queries = queries_of(job);
  run_tasks(run, prepare_task, chunks_of(a->rows, ROWS_PER_PREPARE), job);
  if (a->rows > MOST_DECODE_ROWS) {
    run_tasks(run, queries_task, heads * chunks_of(queries, QUERIES_PER_TASK), job);
    return;
  }
  int seen = a->blocks - job->first_block, units = heads * seen;
  job->blocks_per_task = units > TASKS ? units / TASKS : 1;
  job->queries_per_task = units < FEWEST_TASKS && queries > QUERIES_PER_BLOCK_TASK ? QUERIES_PER_BLOCK_TASK : queries;
  run_tasks(run, blocks_task, heads * chunks_of(seen, job->blocks_per_task) * chunks_of(queries, job->queries_per_task),
            job);
  if (run->status) return;
  /* Merging a few states takes less time than waking a thread. */
  if (queries * seen > 64)
    run_tasks(run, merge_task, (size_t)heads, job);
  else
    for (int head = 0; head < heads; head++) merge_task(job, (size_t)head);
}

static OrtStatus *compute(void *kernel, OrtKernelContext *context) {
  const AttentionNode *node = kernel;
  Run run = {node->api, context, NULL};
  const int cache_type = node->half ? ORT_FLOAT16 : ORT_FLOAT, element_bytes = node->half ? 2 : 4;
  Tensor input = get_input(&run, QUERY_KEY_VALUE, "query_key_value", ORT_FLOAT);
  Tensor keys = get_input(&run, PAST_KEY, "past_key", cache_type);
  Tensor values = get_input(&run, PAST_VALUE, "past_value", cache_type);
  Tensor slots = get_input(&run, SLOTS, "slots", ORT_INT32);
  Tensor prefixes = get_input(&run, PREFIX_LENGTHS, "prefix_lengths", ORT_INT32);
  Tensor paths = get_input(&run, PATHS, "paths", ORT_INT32);
  Job job = {.kernels = node->kernels,
             .attention = {
                 .heads = node->heads,
                 .key_heads = node->key_heads,
                 .group = node->heads / node->key_heads,
                 .half = node->half,
                 .window = node->window,
                 .soft_cap = node->soft_cap,
                 .scale = node->scale,
                 .epsilon = node->epsilon,
             }};
  Attention *a = &job.attention;
  if (!run.status) read_cache(&run, node, &keys, &values, a);
  if (run.status) return run.status;

  int64_t rows = outer_size(&input, 1), width = (int64_t)(a->heads + 2 * a->key_heads) * a->head_size;
  require(&run, input.rank >= 2 && input.dims[input.rank - 1] == width,
          "query_key_value is %lld wide: (num_heads + 2 * kv_num_heads) * head size = %lld is needed.",
          (long long)input.dims[input.rank - 1], (long long)width);
  require(&run, rows <= INT_MAX / a->heads, "query_key_value has %lld rows.", (long long)rows);
  require(&run,
          slots.rank == 1 && prefixes.rank == 1 && paths.rank == 2 && slots.dims[0] == rows &&
              prefixes.dims[0] == rows && paths.dims[0] == rows,
          "slots, prefix_lengths and paths need one entry for each of the %lld rows.", (long long)rows);
  require(&run, paths.dims[1] <= MAX_SLOTS, "paths has %lld columns: %d are the most.", (long long)paths.dims[1],
          MAX_SLOTS);
  if (run.status) return run.status;
  a->rows = (int)rows;
  a->path_width = (int)paths.dims[1];
  a->input = input.data;
  a->slot = slots.data;
  a->prefix = prefixes.data;
  a->path = paths.data;
  if (!(a->scale > 0)) a->scale = 1.0f / sqrtf((float)a->head_size);
  a->query_norm = get_norm(&run, QUERY_NORM, "query_norm", a);
  a->key_norm = get_norm(&run, KEY_NORM, "key_norm", a);
  read_rotary(&run, a);

  size_t queries = (size_t)a->rows * a->heads;
  size_t query_bytes = queries * a->head_size * sizeof(float);
  size_t state_bytes = (a->head_size + STATE_EXTRA) * sizeof(float);
  int32_t *length = take_scratch(&run, a->rows * sizeof(int32_t));
  if (length) read_rows(&run, &job, length);
  input.dims[input.rank - 1] = (int64_t)a->heads * a->head_size;
  a->output = make_output(&run, OUTPUT, input.dims, input.rank);
  a->keys = present_cache(&run, PRESENT_KEY, &keys, element_bytes);
  a->values = present_cache(&run, PRESENT_VALUE, &values, element_bytes);
  size_t partial_bytes = a->rows > MOST_DECODE_ROWS ? 0 : queries * a->blocks * state_bytes;
  char *scratch = take_scratch(&run, query_bytes + partial_bytes);
  if (scratch && a->rows) {
    a->queries = (float *)scratch;
    a->partial = (float *)(scratch + query_bytes);
    attend(&run, &job);
  }
  release_scratch(scratch);
  release_scratch(length);
  return run.status;
}

static OrtStatus *create(const OrtApi *api, const OrtKernelInfo *info, int half, void **kernel) {
  Run run = {api, NULL, NULL};
  int64_t heads = get_int_attribute(&run, info, "num_heads", 0);
  int64_t key_heads = get_int_attribute(&run, info, "kv_num_heads", 0);
  int64_t window = get_int_attribute(&run, info, "local_window_size", 0);
  float scale = get_float_attribute(&run, info, "scale", 0), soft_cap = get_float_attribute(&run, info, "softcap", 0);
  float epsilon = get_float_attribute(&run, info, "epsilon", 0);
  require(&run, heads > 0 && heads <= MAX_HEADS && key_heads > 0 && heads % key_heads == 0,
          "Attention has num_heads = %lld and kv_num_heads = %lld: a multiple of the second up to %d is needed.",
          (long long)heads, (long long)key_heads, MAX_HEADS);
  require(&run, window <= INT_MAX, "Attention has local_window_size = %lld.", (long long)window);
  require(&run, scale >= 0 && scale < INFINITY && soft_cap >= 0 && soft_cap < INFINITY,
          "Attention has scale = %g and softcap = %g: finite ones from 0 on are needed.", scale, soft_cap);
  require(&run, epsilon >= 0 && epsilon < INFINITY, "Attention has epsilon = %g: a finite one from 0 on is needed.",
          epsilon);
  AttentionNode *node = create_kernel(&run, sizeof *node);
  if (node) {
    if (window < 0) window = 0;
    *node = (AttentionNode){
        api, selected_kernels()->attention, (int)heads, (int)key_heads, (int)window, half, scale, soft_cap, epsilon};
  }
  *kernel = node;
  return run.status;
}

static OrtStatus *create_float(const OrtCustomOp *op, const OrtApi *api, const OrtKernelInfo *info, void **kernel) {
  return create(api, info, 0, kernel);
}

static OrtStatus *create_half(const OrtCustomOp *op, const OrtApi *api, const OrtKernelInfo *info, void **kernel) {
  return create(api, info, 1, kernel);
}

static int input_type(size_t index, int cache) {
  if (index == PAST_KEY || index == PAST_VALUE) return cache;
  return index == QUERY_KEY_VALUE || index >= COSINES ? ORT_FLOAT : ORT_INT32;
}

static const char *name(const OrtCustomOp *op) { return "Attention"; }
static size_t input_count(const OrtCustomOp *op) { return INPUTS; }
static size_t output_count(const OrtCustomOp *op) { return OUTPUTS; }
static int input_type_float(const OrtCustomOp *op, size_t index) { return input_type(index, ORT_FLOAT); }
static int input_type_half(const OrtCustomOp *op, size_t index) { return input_type(index, ORT_FLOAT16); }
static int output_type_float(const OrtCustomOp *op, size_t index) { return ORT_FLOAT; }
static int output_type_half(const OrtCustomOp *op, size_t index) { return index == OUTPUT ? ORT_FLOAT : ORT_FLOAT16; }
static int input_characteristic(const OrtCustomOp *op, size_t index) {
  return index < POSITIONS ? ORT_REQUIRED : ORT_OPTIONAL;
}
static int output_characteristic(const OrtCustomOp *op, size_t index) { return ORT_REQUIRED; }

#define ATTENTION(TYPE)                                                                                                \
  {                                                                                                                    \
      OPERATOR_DEFAULTS,                                                                                               \
      .GetName = name,                                                                                                 \
      .GetInputTypeCount = input_count,                                                                                \
      .GetInputType = input_type_##TYPE,                                                                               \
      .GetOutputTypeCount = output_count,                                                                              \
      .GetOutputType = output_type_##TYPE,                                                                             \
      .GetInputCharacteristic = input_characteristic,                                                                  \
      .GetOutputCharacteristic = output_characteristic,                                                                \
      .CreateKernelV2 = create_##TYPE,                                                                                 \
      .KernelComputeV2 = compute,                                                                                      \
  }
const OrtCustomOp attention_operator = ATTENTION(float), attention_half_operator = ATTENTION(half);
