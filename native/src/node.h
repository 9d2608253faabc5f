/* What both operators need of a running node: tensors, errors, scratch memory, tasks. */
#pragma once
#include "kernels.h"
#include "ort.h"

enum { MAX_RANK = 8 };

/** A run of a node. The first failure sticks: what is asked afterwards does nothing. */
typedef struct {
  const OrtApi *api;
  OrtKernelContext *context;
  OrtStatus *status;
} Run;

/** A tensor; one that is omitted is not given. */
typedef struct {
  int given;
  void *data;
  int type;
  size_t rank;
  int64_t dims[MAX_RANK];
} Tensor;

/** Fails the run with ORT_INVALID_ARGUMENT and a printf-like message unless `condition` holds. Returns whether the run
 * is still good. */
int require(Run *run, int condition, const char *format, ...) __attribute__((format(printf, 3, 4)));

/** Input number `index`, which must have the element type. */
Tensor get_input(Run *run, size_t index, const char *name, int type);

/** Input number `index` if it was given. */
Tensor get_optional_input(Run *run, size_t index, const char *name, int type);

/** The data of output number `index`, made with this shape; null if it is omitted. */
void *make_output(Run *run, size_t index, const int64_t *dims, size_t rank);

/** The product of all sizes but the last `inner`. */
int64_t outer_size(const Tensor *tensor, size_t inner);

/** Chunk number `index` of 0 to count - 1, cut into chunks of `size`. */
Range chunk_of(int count, size_t index, int size);
size_t chunks_of(int count, int size);

/** Calls task(data, 0) to task(data, count - 1) on ONNX Runtime's threads, in any order. */
void run_tasks(Run *run, void (*task)(void *data, size_t index), size_t count, void *data);

/** Memory for this run, aligned to 64 bytes, to be given back with release_scratch; null where there is none left. */
void *take_scratch(Run *run, size_t bytes);
void release_scratch(void *scratch);

/** An attribute of the node, or `absent` where it has none. */
int64_t get_int_attribute(Run *run, const OrtKernelInfo *info, const char *name, int64_t absent);
float get_float_attribute(Run *run, const OrtKernelInfo *info, const char *name, float absent);

/** Memory for a kernel, freed by destroy_kernel; null after a failure. With the last kernel, scratch memory is freed.
 */
void *create_kernel(Run *run, size_t bytes);
void destroy_kernel(void *kernel);

/** What all operators answer alike. */
const char *node_provider(const OrtCustomOp *);
int node_memory_type(const OrtCustomOp *, size_t index);
int node_arity(const OrtCustomOp *);
int node_homogeneity(const OrtCustomOp *);
int node_start_version(const OrtCustomOp *);
int node_end_version(const OrtCustomOp *);
#define OPERATOR_DEFAULTS                                                                                              \
  .version = ORT_VERSION, .GetExecutionProviderType = node_provider, .GetInputMemoryType = node_memory_type,           \
  .GetVariadicInputMinArity = node_arity, .GetVariadicInputHomogeneity = node_homogeneity,                             \
  .GetVariadicOutputMinArity = node_arity, .GetVariadicOutputHomogeneity = node_homogeneity,                           \
  .GetStartVersion = node_start_version, .GetEndVersion = node_end_version, .KernelDestroy = destroy_kernel

extern const OrtCustomOp attention_operator, attention_half_operator, linear_operator;

/** The kernels of nodes that are created now. */
const Kernels *selected_kernels(void);
