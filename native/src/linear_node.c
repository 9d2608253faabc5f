/* The operator Linear: its inputs checked, its work split into tasks. See README.md for the packed weights. */
#include "kernels.h"
#include "node.h"
#include <limits.h>

enum { INPUT, WEIGHTS, BIAS, INPUTS };

/** A task reads about this much of the weights: enough that starting it takes no share of its time. */
enum { BYTES_PER_TASK = 65536, MOST_TASKS = 64, FEWEST_TASKS = 4, ROWS_PER_QUANTIZE = 8 };

typedef struct {
  const OrtApi *api;
  const LinearKernels *kernels;
  int inputs, outputs;
  WeightFormat format;
} LinearNode;

typedef struct {
  Linear linear;
  const LinearKernels *kernels;
  size_t strips, tasks;
} Job;

static void quantize_task(void *data, size_t index) {
  Job *job = data;
  int first = (int)index * ROWS_PER_QUANTIZE, end = first + ROWS_PER_QUANTIZE;
  for (int row = first; row < end && row < job->linear.rows; row++) job->kernels->quantize(&job->linear, row);
}

static void multiply_task(void *data, size_t index) {
  Job *job = data;
  job->kernels->multiply(&job->linear, (int)(job->strips * index / job->tasks),
                         (int)(job->strips * (index + 1) / job->tasks));
}

/** Bytes of a strip of 16 outputs: weights, scales, minimums, padding to 64. */
static size_t strip_bytes(int blocks, WeightFormat format) {
  static const size_t block_bytes[FORMATS] = {512 + 32, 256 + 64, 256 + 32};
  size_t bytes = blocks * block_bytes[format] + (format == BITS_4_NESTED ? blocks / BLOCKS_PER_SUPERBLOCK * 64 : 0);
  return (bytes + 63) / 64 * 64;
}

static OrtStatus *compute(void *kernel, OrtKernelContext *context) {
  const LinearNode *node = kernel;
  Run run = {node->api, context, NULL};
  Tensor input = get_input(&run, INPUT, "input", ORT_FLOAT), weights = get_input(&run, WEIGHTS, "weights", ORT_UINT8);
  Tensor bias = get_optional_input(&run, BIAS, "bias", ORT_FLOAT);
  if (run.status) return run.status;

  Job job = {.kernels = node->kernels, .strips = ((size_t)node->outputs + OUTPUTS_PER_STRIP - 1) / OUTPUTS_PER_STRIP};
  Linear *l = &job.linear;
  *l = (Linear){.inputs = node->inputs,
                .outputs = node->outputs,
                .format = node->format,
                .blocks = node->inputs / INPUTS_PER_BLOCK};
  l->strip_bytes = strip_bytes(l->blocks, l->format);
  int64_t rows = outer_size(&input, 1), bytes = outer_size(&weights, 0),
          needed = (int64_t)(job.strips * l->strip_bytes);
  require(&run, input.dims[input.rank - 1] == l->inputs, "input is %lld wide, not K = %d.",
          (long long)input.dims[input.rank - 1], l->inputs);
  require(&run, rows <= INT_MAX, "input has %lld rows.", (long long)rows);
  require(&run, bytes == needed, "weights have %lld bytes: %lld are needed for K = %d, N = %d.", (long long)bytes,
          (long long)needed, l->inputs, l->outputs);
  require(&run, !bias.given || (bias.rank > 0 && outer_size(&bias, 0) == l->outputs),
          "bias has %lld elements, not N = %d.", (long long)outer_size(&bias, 0), l->outputs);
  input.dims[input.rank - 1] = l->outputs;
  l->output = make_output(&run, 0, input.dims, input.rank);
  size_t scales = (size_t)rows * l->blocks * sizeof(float);
  char *scratch = take_scratch(&run, 2 * scales + (size_t)rows * l->inputs);
  if (!scratch) return run.status;

  l->rows = (int)rows;
  l->input = input.data;
  l->weights = weights.data;
  l->bias = bias.data;
  l->scales = (float *)scratch;
  l->sums = (int32_t *)(scratch + scales);
  l->codes = (int8_t *)(scratch + 2 * scales);
  if (rows < 2 * ROWS_PER_QUANTIZE)
    for (int row = 0; row < l->rows; row++) job.kernels->quantize(l, row);
  else
    run_tasks(&run, quantize_task, ((size_t)rows + ROWS_PER_QUANTIZE - 1) / ROWS_PER_QUANTIZE, &job);
  size_t tasks = (size_t)needed / BYTES_PER_TASK;
  if (rows > 64 || tasks > MOST_TASKS) tasks = MOST_TASKS;
  if (tasks < FEWEST_TASKS) tasks = FEWEST_TASKS;
  job.tasks = tasks < job.strips ? tasks : job.strips;
  if (rows) run_tasks(&run, multiply_task, job.tasks, &job);
  release_scratch(scratch);
  return run.status;
}

static OrtStatus *create(const OrtCustomOp *op, const OrtApi *api, const OrtKernelInfo *info, void **kernel) {
  Run run = {api, NULL, NULL};
  int64_t inputs = get_int_attribute(&run, info, "K", 0), outputs = get_int_attribute(&run, info, "N", 0);
  int64_t format = get_int_attribute(&run, info, "format", -1);
  require(&run, format >= 0 && format < FORMATS, "Linear has format = %lld: 0 to %d are known.", (long long)format,
          FORMATS - 1);
  int64_t multiple = format == BITS_4_NESTED ? INPUTS_PER_BLOCK * BLOCKS_PER_SUPERBLOCK : INPUTS_PER_BLOCK;
  require(&run, inputs > 0 && inputs % multiple == 0 && inputs <= 1 << 24,
          "Linear has K = %lld: a multiple of %lld is needed.", (long long)inputs, (long long)multiple);
  require(&run, outputs > 0 && outputs <= 1 << 24, "Linear has N = %lld.", (long long)outputs);
  LinearNode *node = create_kernel(&run, sizeof *node);
  if (node) *node = (LinearNode){api, selected_kernels()->linear, (int)inputs, (int)outputs, (WeightFormat)format};
  *kernel = node;
  return run.status;
}

static const char *name(const OrtCustomOp *op) { return "Linear"; }
static size_t input_count(const OrtCustomOp *op) { return INPUTS; }
static size_t output_count(const OrtCustomOp *op) { return 1; }
static int input_type(const OrtCustomOp *op, size_t index) { return index == WEIGHTS ? ORT_UINT8 : ORT_FLOAT; }
static int output_type(const OrtCustomOp *op, size_t index) { return ORT_FLOAT; }
static int characteristic(const OrtCustomOp *op, size_t index) { return index == BIAS ? ORT_OPTIONAL : ORT_REQUIRED; }

const OrtCustomOp linear_operator = {
    OPERATOR_DEFAULTS,
    .GetName = name,
    .GetInputTypeCount = input_count,
    .GetInputType = input_type,
    .GetOutputTypeCount = output_count,
    .GetOutputType = output_type,
    .GetInputCharacteristic = characteristic,
    .CreateKernelV2 = create,
    .KernelComputeV2 = compute,
};
