#include "node.h"
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static void fail(Run *run, OrtStatus *status) {
  if (run->status)
    ORT(run->api, ReleaseStatus)(status);
  else
    run->status = status;
}

/** Notes a call's status; returns whether the run is still good. */
static int succeed(Run *run, OrtStatus *status) {
  if (status) fail(run, status);
  return !run->status;
}

int require(Run *run, int condition, const char *format, ...) {
  if (run->status || condition) return !run->status;
  char message[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  fail(run, ORT(run->api, CreateStatus)(ORT_INVALID_ARGUMENT, message));
  return 0;
}

Tensor get_optional_input(Run *run, size_t index, const char *name, int type) {
  Tensor tensor = {0};
  const OrtValue *value = NULL;
  OrtTensorTypeAndShapeInfo *info = NULL;
  size_t count = 0;
  const OrtApi *api = run->api;
  if (run->status || !succeed(run, ORT(api, KernelContext_GetInputCount)(run->context, &count)) || index >= count)
    return tensor;
  if (!succeed(run, ORT(api, KernelContext_GetInput)(run->context, index, &value)) || !value) return tensor;
  tensor.given = 1;
  if (!succeed(run, ORT(api, GetTensorTypeAndShape)(value, &info))) return tensor;
  if (succeed(run, ORT(api, GetTensorElementType)(info, &tensor.type)) &&
      succeed(run, ORT(api, GetDimensionsCount)(info, &tensor.rank)) &&
      require(run, tensor.type == type, "%s has element type %d, not %d.", name, tensor.type, type) &&
      require(run, tensor.rank <= MAX_RANK, "%s has %zu dimensions: %d are the most.", name, tensor.rank, MAX_RANK))
    succeed(run, ORT(api, GetDimensions)(info, tensor.dims, tensor.rank));
  ORT(api, ReleaseTensorTypeAndShapeInfo)(info);
  if (!run->status) succeed(run, ORT(api, GetTensorMutableData)((OrtValue *)value, &tensor.data));
  return tensor;
}

Tensor get_input(Run *run, size_t index, const char *name, int type) {
  Tensor tensor = get_optional_input(run, index, name, type);
  require(run, tensor.given && tensor.rank > 0, "%s is missing or a scalar.", name);
  return tensor;
}

void *make_output(Run *run, size_t index, const int64_t *dims, size_t rank) {
  OrtValue *value = NULL;
  void *data = NULL;
  if (!run->status && succeed(run, ORT(run->api, KernelContext_GetOutput)(run->context, index, dims, rank, &value)) &&
      value)
    succeed(run, ORT(run->api, GetTensorMutableData)(value, &data));
  return data;
}

int64_t outer_size(const Tensor *tensor, size_t inner) {
  int64_t size = 1;
  for (size_t i = 0; i + inner < tensor->rank; i++) size *= tensor->dims[i];
  return size;
}

Range chunk_of(int count, size_t index, int size) {
  int first = (int)index * size;
  return (Range){first, count - first < size ? count : first + size};
}

size_t chunks_of(int count, int size) { return ((size_t)count + size - 1) / size; }

void run_tasks(Run *run, void (*task)(void *data, size_t index), size_t count, void *data) {
  if (run->status) return;
  if (count == 1)
    task(data, 0);
  else
    succeed(run, ORT(run->api, KernelContext_ParallelFor)(run->context, task, count, 0, data));
}

/* Scratch memory is reused by the nodes of a graph, which run one after another; few graphs run at a time. */
enum { SPARES = 4, ALIGNMENT = 64 };
typedef struct {
  size_t bytes;
  void *block;
} Scratch; /* lies right before the aligned memory */
static _Atomic(void *) spares[SPARES];
static atomic_int kernels;

static Scratch *header(void *scratch) { return (Scratch *)((char *)scratch - sizeof(Scratch)); }

static void free_scratch(void *scratch) {
  if (scratch) free(header(scratch)->block);
}

void *take_scratch(Run *run, size_t bytes) {
  if (run->status) return NULL;
  for (int i = 0; i < SPARES; i++) {
    void *spare = atomic_exchange(&spares[i], NULL);
    if (spare && header(spare)->bytes >= bytes) return spare;
    free_scratch(spare);
  }
  size_t roomy = bytes + bytes / 4;
  char *block = malloc(roomy + sizeof(Scratch) + ALIGNMENT);
  if (!block) {
    fail(run, ORT(run->api, CreateStatus)(ORT_FAIL, "There is no memory left for the node."));
    return NULL;
  }
  uintptr_t aligned = ((uintptr_t)block + sizeof(Scratch) + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1);
  *header((void *)aligned) = (Scratch){roomy, block};
  return (void *)aligned;
}

void release_scratch(void *scratch) {
  if (!scratch) return;
  for (int i = 0; i < SPARES; i++) {
    void *none = NULL;
    if (atomic_compare_exchange_strong(&spares[i], &none, scratch)) return;
  }
  free_scratch(scratch);
}

int64_t get_int_attribute(Run *run, const OrtKernelInfo *info, const char *name, int64_t absent) {
  int64_t value = absent;
  OrtStatus *status = ORT(run->api, KernelInfoGetAttribute_int64)(info, name, &value);
  if (status) ORT(run->api, ReleaseStatus)(status);
  return status ? absent : value;
}

float get_float_attribute(Run *run, const OrtKernelInfo *info, const char *name, float absent) {
  float value = absent;
  OrtStatus *status = ORT(run->api, KernelInfoGetAttribute_float)(info, name, &value);
  if (status) ORT(run->api, ReleaseStatus)(status);
  return status ? absent : value;
}

void *create_kernel(Run *run, size_t bytes) {
  if (run->status) return NULL;
  void *kernel = malloc(bytes);
  if (kernel)
    atomic_fetch_add(&kernels, 1);
  else
    fail(run, ORT(run->api, CreateStatus)(ORT_FAIL, "There is no memory left for the node."));
  return kernel;
}

void destroy_kernel(void *kernel) {
  if (!kernel) return;
  free(kernel);
  if (atomic_fetch_sub(&kernels, 1) > 1) return;
  for (int i = 0; i < SPARES; i++) free_scratch(atomic_exchange(&spares[i], NULL));
}

const char *node_provider(const OrtCustomOp *op) { return "CPUExecutionProvider"; }
int node_memory_type(const OrtCustomOp *op, size_t index) { return 0; }
int node_arity(const OrtCustomOp *op) { return 1; }
int node_homogeneity(const OrtCustomOp *op) { return 0; }
int node_start_version(const OrtCustomOp *op) { return 1; }
int node_end_version(const OrtCustomOp *op) { return INT32_MAX; }
