/* The operator Linear: its inputs checked, its work split into tasks. See README.md for the packed weights. */
#include "kernels.h"
#include "node.h"
#include <limits.h>
#include <math.h>

enum { INPUT, WEIGHTS, BIAS, SKIP, NORM, POST_NORM, LORA_A, LORA_B, INPUTS };
enum { OUTPUT, SUM, NORMED, OUTPUTS };

/** A task reads about this much of the weights: enough that starting it takes no share of its time. */
enum { BYTES_PER_TASK = 65536, MOST_TASKS = 64, FEWEST_TASKS = 4 };

/** Rows up to which the small product with A takes less time than starting threads. */
enum { ROWS_ALONE = 16 };

/** Elements that take about as long to prepare as threads to start, those of a gate counted twice; rows of a task. */
enum { ELEMENTS_ALONE = 8192, MOST_ROWS_PER_PREPARE = 8 };

typedef struct {
  const OrtApi *api;
  const Kernels *kernels;
  int inputs, outputs, rank;
  WeightFormat format;
  Gate gate;
  float epsilon;
} LinearNode;

/** A product, with what is added to it: B times a row of `rank` elements, which are A times the row. */
typedef struct {
  Linear linear, a, b; /* without an adapter, the weights of the last two are null */
  const Kernels *kernels;
  int strips, strips_per_task, rows_per_prepare;
} Job;

static void prepare_task(void *data, size_t index) {
  Job *job = data;
  Range rows = chunk_of(job->linear.rows, index, job->rows_per_prepare);
  for (int row = rows.first; row < rows.end; row++) job->kernels->activations->prepare_row(&job->linear, row);
}

static void multiply_task(void *data, size_t index) {
  Job *job = data;
  Range strips = chunk_of(job->strips, index, job->strips_per_task);
  job->kernels->linear->multiply(&job->linear, strips);
  if (job->b.weights) job->kernels->linear->multiply(&job->b, strips);
}

static int is_nested(WeightFormat format) { return format == BITS_4_NESTED || format == BITS_8_NESTED; }

/** Bytes of a strip of 16 outputs: weights, scales, minimums, padding to 64. */
static size_t strip_bytes(int blocks, WeightFormat format) {
  static const size_t block_bytes[FORMATS] = {512 + 32, 256 + 64, 256 + 32, 512 + 32};
  static const size_t superblock_bytes[FORMATS] = {0, 0, 64, 32};
  size_t bytes = blocks * block_bytes[format] + blocks / BLOCKS_PER_SUPERBLOCK * superblock_bytes[format];
  return (bytes + 63) / 64 * 64;
}

static size_t weight_bytes(int inputs, int outputs, WeightFormat format) {
  return chunks_of(outputs, OUTPUTS_PER_STRIP) * strip_bytes(inputs / INPUTS_PER_BLOCK, format);
}

/** The data of an optional input that has `count` elements, called `size`; null if it is omitted. */
static const float *get_vector(Run *run, size_t index, const char *name, int64_t count, const char *size) {
  Tensor vector = get_optional_input(run, index, name, ORT_FLOAT);
  require(run, !vector.given || (vector.rank > 0 && outer_size(&vector, 0) == count),
          "%s has %lld elements, not %s = %lld.", name, (long long)outer_size(&vector, 0), size, (long long)count);
  return vector.data;
}

/** Reads input and weights, and what a row goes through before the product. */
static void read_inputs(Run *run, Tensor *input, size_t weight_bytes, Linear *l) {
  *input = get_input(run, INPUT, "input", ORT_FLOAT);
  Tensor weights = get_input(run, WEIGHTS, "weights", ORT_UINT8);
  if (run->status) return;
  int64_t rows = outer_size(input, 1), width = input->dims[input->rank - 1], bytes = outer_size(&weights, 0);
  require(run, width == (int64_t)l->inputs * (l->gate ? 2 : 1), "input is %lld wide, not %sK = %lld.", (long long)width,
          l->gate ? "2 " : "", (long long)l->inputs * (l->gate ? 2 : 1));
  require(run, rows <= INT_MAX, "input has %lld rows.", (long long)rows);
  require(run, bytes == (int64_t)weight_bytes, "weights have %lld bytes: %zu are needed for K = %d, N = %d.",
          (long long)bytes, weight_bytes, l->inputs, l->outputs);
  l->rows = (int)rows;
  l->input = input->data;
  l->weights = weights.data;
  l->bias = get_vector(run, BIAS, "bias", l->outputs, "N");
  l->skip = get_vector(run, SKIP, "skip", rows * l->inputs, "rows * K");
  l->norm = get_vector(run, NORM, "norm", l->inputs, "K");
  l->post_norm = get_vector(run, POST_NORM, "post_norm", l->inputs, "K");
  require(run, (!l->norm && !l->post_norm) || l->epsilon > 0, "Linear has epsilon = %g: a norm needs one above 0.",
          l->epsilon);
}

/** An adapter's weights, `name`; null if they are omitted. */
static const uint8_t *get_adapter(Run *run, size_t index, const char *name, size_t bytes) {
  Tensor weights = get_optional_input(run, index, name, ORT_UINT8);
  require(run, weights.given == (bytes > 0), "%s is %s.", name, weights.given ? "given, but rank = 0" : "missing");
  require(run, !weights.given || (weights.rank > 0 && outer_size(&weights, 0) == (int64_t)bytes),
          "%s has %lld bytes: %zu are needed.", name, (long long)outer_size(&weights, 0), bytes);
  return weights.data;
}

/** Makes the outputs, those that are wanted, with the input's outer sizes. */
static void make_outputs(Run *run, Tensor *input, Linear *l) {
  int64_t *width = &input->dims[input->rank - 1];
  *width = l->outputs;
  l->output = make_output(run, OUTPUT, input->dims, input->rank);
  *width = l->inputs;
  l->sum = make_output(run, SUM, input->dims, input->rank);
  l->normed = make_output(run, NORMED, input->dims, input->rank);
  require(run, !l->gate || !(l->skip || l->norm || l->post_norm || l->sum || l->normed),
          "Linear has gate = %d: skip, norms and their outputs can't be combined with one.", l->gate);
}

static void prepare(Run *run, Job *job) {
  Linear *l = &job->linear;
  int alone = (int64_t)l->rows * l->inputs * (l->gate ? 2 : 1) <= ELEMENTS_ALONE;
  job->rows_per_prepare = alone ? l->rows : l->rows > 2 * MOST_ROWS_PER_PREPARE ? MOST_ROWS_PER_PREPARE : 1;
  if (l->rows) run_tasks(run, prepare_task, chunks_of(l->rows, job->rows_per_prepare), job);
}

static void multiply(Run *run, Job *job, size_t fewest) {
  size_t tasks = job->strips * job->linear.strip_bytes / BYTES_PER_TASK;
  if (job->linear.rows > 64 || tasks > MOST_TASKS) tasks = MOST_TASKS;
  if (tasks < fewest) tasks = fewest;
  job->strips_per_task = (int)chunks_of(job->strips, (int)tasks);
  if (job->linear.rows) run_tasks(run, multiply_task, chunks_of(job->strips, job->strips_per_task), job);
}

static Job job_of(const Kernels *kernels, Linear linear) {
  return (Job){.linear = linear, .kernels = kernels, .strips = (int)chunks_of(linear.outputs, OUTPUTS_PER_STRIP)};
}

/** Multiplies the rows by A, and prepares the result for the product with B. */
static void multiply_by_a(Run *run, const Job *job) {
  Job a = job_of(job->kernels, job->a), b = job_of(job->kernels, job->b);
  /* Rows are quantised alike for all formats but one, whose integer products start elsewhere. */
  if (job->linear.format == BITS_8_NESTED) prepare(run, &a);
  multiply(run, &a, a.linear.rows > ROWS_ALONE ? FEWEST_TASKS : 1);
  prepare(run, &b);
}

/** Reads the adapter of `rank` and gives it its part of the scratch memory. */
static void read_adapter(Run *run, int rank, const Linear *l, float *low_rank, Linear *a, Linear *b) {
  const uint8_t *weights_a = get_adapter(run, LORA_A, "lora_a", rank ? weight_bytes(l->inputs, rank, BITS_8) : 0);
  const uint8_t *weights_b = get_adapter(run, LORA_B, "lora_b", rank ? weight_bytes(rank, l->outputs, BITS_8) : 0);
  *a = *l;
  a->format = BITS_8;
  a->strip_bytes = strip_bytes(l->blocks, BITS_8);
  a->weights = weights_a;
  a->outputs = rank;
  a->output = low_rank;
  a->bias = NULL;
  a->sum = a->normed = NULL;
  *b = (Linear){
      .rows = l->rows,
      .inputs = rank,
      .outputs = l->outputs,
      .blocks = rank / INPUTS_PER_BLOCK,
      .format = BITS_8,
      .strip_bytes = strip_bytes(rank / INPUTS_PER_BLOCK, BITS_8),
      .weights = weights_b,
      .input = low_rank,
      .output = l->output,
      .adds = 1,
      .activations = (ActivationBlock *)(low_rank + (size_t)l->rows * rank),
  };
}

static OrtStatus *compute(void *kernel, OrtKernelContext *context) {
  const LinearNode *node = kernel;
  Run run = {node->api, context, NULL};
  Linear l = {
      .inputs = node->inputs,
      .outputs = node->outputs,
      .blocks = node->inputs / INPUTS_PER_BLOCK,
      .format = node->format,
      .gate = node->gate,
      .epsilon = node->epsilon,
      .strip_bytes = strip_bytes(node->inputs / INPUTS_PER_BLOCK, node->format),
  };
  Tensor input;
  read_inputs(&run, &input, weight_bytes(l.inputs, l.outputs, l.format), &l);
  if (run.status) return run.status;
  make_outputs(&run, &input, &l);
  size_t low_rank = node->rank * sizeof(float) + node->rank / INPUTS_PER_BLOCK * sizeof(ActivationBlock);
  l.activations = take_scratch(&run, (size_t)l.rows * (l.blocks * sizeof(ActivationBlock) + low_rank));
  if (!l.activations) return run.status;
  Job job = job_of(node->kernels, l);
  read_adapter(&run, node->rank, &l, (float *)(l.activations + (size_t)l.rows * l.blocks), &job.a, &job.b);
  int has_adapter = node->rank > 0 && !run.status;
  if (has_adapter && l.format == BITS_8_NESTED) multiply_by_a(&run, &job);
  prepare(&run, &job);
  if (has_adapter && l.format != BITS_8_NESTED) multiply_by_a(&run, &job);
  multiply(&run, &job, FEWEST_TASKS);
  release_scratch(l.activations);
  return run.status;
}

static OrtStatus *create(const OrtCustomOp *op, const OrtApi *api, const OrtKernelInfo *info, void **kernel) {
  Run run = {api, NULL, NULL};
  int64_t inputs = get_int_attribute(&run, info, "K", 0), outputs = get_int_attribute(&run, info, "N", 0);
  int64_t format = get_int_attribute(&run, info, "format", -1);
  int64_t gate = get_int_attribute(&run, info, "gate", GATE_NONE);
  float epsilon = get_float_attribute(&run, info, "epsilon", 0);
  int64_t rank = get_int_attribute(&run, info, "rank", 0);
  require(&run, format >= 0 && format < FORMATS, "Linear has format = %lld: 0 to %d are known.", (long long)format,
          FORMATS - 1);
  int64_t multiple = is_nested((WeightFormat)format) ? INPUTS_PER_BLOCK * BLOCKS_PER_SUPERBLOCK : INPUTS_PER_BLOCK;
  require(&run, inputs > 0 && inputs % multiple == 0 && inputs <= 1 << 24,
          "Linear has K = %lld: a multiple of %lld is needed.", (long long)inputs, (long long)multiple);
  require(&run, outputs > 0 && outputs <= 1 << 24, "Linear has N = %lld.", (long long)outputs);
  require(&run, gate >= 0 && gate < GATES, "Linear has gate = %lld: 0 to %d are known.", (long long)gate, GATES - 1);
  require(&run, epsilon >= 0 && epsilon < INFINITY, "Linear has epsilon = %g: a finite one from 0 on is needed.",
          epsilon);
  require(&run, rank >= 0 && rank % INPUTS_PER_BLOCK == 0 && rank <= 1 << 16,
          "Linear has rank = %lld: a multiple of %d is needed.", (long long)rank, INPUTS_PER_BLOCK);
  LinearNode *node = create_kernel(&run, sizeof *node);
  if (node)
    *node = (LinearNode){.api = api,
                         .kernels = selected_kernels(),
                         .inputs = (int)inputs,
                         .outputs = (int)outputs,
                         .rank = (int)rank,
                         .format = (WeightFormat)format,
                         .gate = (Gate)gate,
                         .epsilon = epsilon};
  *kernel = node;
  return run.status;
}

static const char *name(const OrtCustomOp *op) { return "Linear"; }
static size_t input_count(const OrtCustomOp *op) { return INPUTS; }
static size_t output_count(const OrtCustomOp *op) { return OUTPUTS; }
static int input_type(const OrtCustomOp *op, size_t index) {
  return index == WEIGHTS || index == LORA_A || index == LORA_B ? ORT_UINT8 : ORT_FLOAT;
}
static int output_type(const OrtCustomOp *op, size_t index) { return ORT_FLOAT; }
static int input_characteristic(const OrtCustomOp *op, size_t index) {
  return index >= BIAS ? ORT_OPTIONAL : ORT_REQUIRED;
}
static int output_characteristic(const OrtCustomOp *op, size_t index) {
  return index == OUTPUT ? ORT_REQUIRED : ORT_OPTIONAL;
}

const OrtCustomOp linear_operator = {
    OPERATOR_DEFAULTS,
    .GetName = name,
    .GetInputTypeCount = input_count,
    .GetInputType = input_type,
    .GetOutputTypeCount = output_count,
    .GetOutputType = output_type,
    .GetInputCharacteristic = input_characteristic,
    .GetOutputCharacteristic = output_characteristic,
    .CreateKernelV2 = create,
    .KernelComputeV2 = compute,
};
