/*
 * Runs the operators on random shapes, lengths, paths and thread counts, under AddressSanitizer and
 * UndefinedBehaviorSanitizer (see run.sh). ONNX Runtime is replaced by the few functions below; every tensor is a
 * block of exactly its size. In half of the runs something is wrong: that must be an error or harmless. All other
 * runs must succeed, and every set of kernels must compute the same bytes. The hash of all outputs is the same on
 * every processor for the same arguments.
 *
 * Compiled with -DLIBRARY it loads the operators from the library that its third argument names (see emulate.sh).
 */
#include "../src/node.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <pthread.h>
#endif
#if defined(LIBRARY) && !defined(_WIN32)
#include <dlfcn.h>
#endif

enum { MOST_INPUTS = 11, MOST_OUTPUTS = 3 };

struct OrtValue {
  int type;
  size_t rank;
  int64_t dims[4];
  void *data;
};
struct OrtTensorTypeAndShapeInfo {
  const OrtValue *value;
};
struct OrtKernelInfo {
  const char *names[8];
  double values[8];
  size_t count;
};
struct OrtKernelContext {
  OrtValue inputs[MOST_INPUTS], outputs[MOST_OUTPUTS];
  size_t input_count;
  int omitted[MOST_OUTPUTS]; /* outputs that the node doesn't have */
  int in_place;              /* outputs from the second on are written over the inputs of the same number */
};
struct OrtStatus {
  char message[300];
};

static uint64_t state;
static int threads;

static uint32_t next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33);
}
static int below(int limit) { return (int)(next() % (uint32_t)limit); }
static int one_in(int count) { return below(count) == 0; }
static float number(void) { return (float)below(20001) / 10000.0f - 1.0f; }

static size_t element_bytes(int type) { return type == ORT_UINT8 ? 1 : type == ORT_FLOAT16 ? 2 : 4; }
static size_t bytes_of(const OrtValue *value) {
  size_t bytes = element_bytes(value->type);
  for (size_t i = 0; i < value->rank; i++) bytes *= (size_t)value->dims[i];
  return bytes;
}

/* ONNX Runtime's part. */
static OrtStatus *create_status(int code, const char *message) {
  OrtStatus *status = calloc(1, sizeof *status);
  snprintf(status->message, sizeof status->message, "%s", message);
  return status;
}
static void release_status(OrtStatus *status) { free(status); }
static OrtStatus *get_data(OrtValue *value, void **data) { return *data = value->data, NULL; }
static OrtStatus *get_info(const OrtValue *value, OrtTensorTypeAndShapeInfo **info) {
  *info = malloc(sizeof **info);
  (*info)->value = value;
  return NULL;
}
static void release_info(OrtTensorTypeAndShapeInfo *info) { free(info); }
static OrtStatus *get_type(const OrtTensorTypeAndShapeInfo *info, int *type) { return *type = info->value->type, NULL; }
static OrtStatus *get_rank(const OrtTensorTypeAndShapeInfo *info, size_t *rank) {
  return *rank = info->value->rank, NULL;
}
static OrtStatus *get_dims(const OrtTensorTypeAndShapeInfo *info, int64_t *dims, size_t count) {
  memcpy(dims, info->value->dims, count * sizeof *dims);
  return NULL;
}
static double *attribute(const OrtKernelInfo *info, const char *name) {
  for (size_t i = 0; i < info->count; i++)
    if (!strcmp(info->names[i], name)) return (double *)&info->values[i];
  return NULL;
}
static OrtStatus *get_float(const OrtKernelInfo *info, const char *name, float *value) {
  double *found = attribute(info, name);
  if (!found) return create_status(1, "missing");
  *value = (float)*found;
  return NULL;
}
static OrtStatus *get_int(const OrtKernelInfo *info, const char *name, int64_t *value) {
  double *found = attribute(info, name);
  if (!found) return create_status(1, "missing");
  *value = (int64_t)*found;
  return NULL;
}
static OrtStatus *get_count(const OrtKernelContext *context, size_t *count) {
  return *count = context->input_count, NULL;
}
static OrtStatus *get_input_value(const OrtKernelContext *context, size_t index, const OrtValue **value) {
  const OrtValue *input = &context->inputs[index];
  return *value = input->type ? input : NULL, NULL;
}
static OrtStatus *get_output(OrtKernelContext *context, size_t index, const int64_t *dims, size_t rank,
                             OrtValue **value) {
  OrtValue *output = &context->outputs[index];
  if (context->omitted[index]) return *value = NULL, NULL;
  *output = (OrtValue){.type = ORT_FLOAT, .rank = rank};
  memcpy(output->dims, dims, rank * sizeof *dims);
  if (index && context->in_place)
    *output = context->inputs[index];
  else
    output->data = calloc(1, bytes_of(output) + !bytes_of(output));
  *value = output;
  return NULL;
}

typedef struct {
  void (*task)(void *, size_t);
  void *data;
  size_t count, offset;
  atomic_size_t taken;
} Tasks;

static void *work(void *argument) {
  Tasks *tasks = argument;
  for (size_t i; (i = atomic_fetch_add(&tasks->taken, 1)) < tasks->count;)
    tasks->task(tasks->data, (i + tasks->offset) % tasks->count);
  return NULL;
}

static OrtStatus *parallel_for(const OrtKernelContext *context, void (*task)(void *, size_t), size_t count,
                               size_t batches, void *data) {
  Tasks tasks = {task, data, count, count ? next() % count : 0, 0};
#if defined(_WIN32)
  work(&tasks); /* zig has no threads of POSIX for Windows */
#else
  pthread_t started[4];
  for (int i = 1; i < threads; i++) pthread_create(&started[i], NULL, work, &tasks);
  work(&tasks);
  for (int i = 1; i < threads; i++) pthread_join(started[i], NULL);
#endif
  return NULL;
}

/* Registration: the operators are kept in the order in which they are added. */
enum { ATTENTION, ATTENTION_HALF, LINEAR, OPERATORS };
static const OrtCustomOp *operators[OPERATORS];
static int operator_count;
static OrtStatus *create_domain(const char *name, OrtCustomOpDomain **domain) {
  operator_count = 0;
  return *domain = NULL, NULL;
}
static OrtStatus *add_operator(OrtCustomOpDomain *domain, const OrtCustomOp *operator_) {
  operators[operator_count++] = operator_;
  return NULL;
}
static OrtStatus *add_domain(OrtSessionOptions *options, OrtCustomOpDomain *domain) { return NULL; }

static OrtApi api;
static void fill_api(void) {
  const struct {
    int index;
    void *function;
  } entries[] = {
      {OrtCreateStatusIndex, create_status},
      {OrtReleaseStatusIndex, release_status},
      {OrtGetTensorMutableDataIndex, get_data},
      {OrtGetTensorTypeAndShapeIndex, get_info},
      {OrtGetTensorElementTypeIndex, get_type},
      {OrtReleaseTensorTypeAndShapeInfoIndex, release_info},
      {OrtGetDimensionsCountIndex, get_rank},
      {OrtKernelInfoGetAttribute_floatIndex, get_float},
      {OrtGetDimensionsIndex, get_dims},
      {OrtKernelInfoGetAttribute_int64Index, get_int},
      {OrtKernelContext_GetInputCountIndex, get_count},
      {OrtKernelContext_GetInputIndex, get_input_value},
      {OrtKernelContext_GetOutputIndex, get_output},
      {OrtKernelContext_ParallelForIndex, parallel_for},
      {OrtCreateCustomOpDomainIndex, create_domain},
      {OrtCustomOpDomain_AddIndex, add_operator},
      {OrtAddCustomOpDomainIndex, add_domain},
  };
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) api.entry[entries[i].index] = entries[i].function;
}

static const OrtApi *get_api(uint32_t version) { return version == ORT_VERSION ? &api : NULL; }

/* The library's functions. */
typedef OrtStatus *(*Register)(OrtSessionOptions *, const OrtApiBase *);
typedef const char *(*Names)(void);
#if defined(LIBRARY)
static Register register_operators;
static Names kernels;
static int load(const char *file) {
#if defined(_WIN32)
  HMODULE library = LoadLibraryA(file);
  if (!library) return 0;
  register_operators = (Register)(void *)GetProcAddress(library, "RegisterCustomOps");
  kernels = (Names)(void *)GetProcAddress(library, "foredraft_kernels");
#else
  void *library = dlopen(file, RTLD_NOW);
  if (!library) return 0;
  register_operators = (Register)dlsym(library, "RegisterCustomOps");
  kernels = (Names)dlsym(library, "foredraft_kernels");
#endif
  return register_operators && kernels;
}
#else
OrtStatus *RegisterCustomOps(OrtSessionOptions *, const OrtApiBase *);
const char *foredraft_kernels(void);
static const Register register_operators = RegisterCustomOps;
static const Names kernels = foredraft_kernels;
static int load(const char *file) { return 1; }
#endif

static OrtStatus *choose(const char *name) {
  const OrtApiBase base = {get_api, NULL};
#if defined(_WIN32)
  SetEnvironmentVariableA("FOREDRAFT_KERNELS", name);
#else
  setenv("FOREDRAFT_KERNELS", name, 1);
#endif
  return register_operators(NULL, &base);
}

/* Random runs. */
static OrtValue tensor(int type, size_t rank, int64_t a, int64_t b, int64_t c, int64_t d) {
  OrtValue value = {type, rank, {a, b, c, d}, NULL};
  size_t bytes = bytes_of(&value);
  value.data = malloc(bytes + !bytes);
  for (size_t i = 0; i < bytes; i++) ((uint8_t *)value.data)[i] = (uint8_t)below(0x38); /* small float16 and float32 */
  if (type == ORT_FLOAT)
    for (size_t i = 0; i < bytes / 4; i++) ((float *)value.data)[i] = number();
  return value;
}

/** Gives a dimension of a tensor another size, its memory too. */
static void reshape(OrtValue *value) {
  if (!value->rank || !value->type) return;
  size_t i = (size_t)below((int)value->rank);
  int64_t sizes[] = {0, 1, value->dims[i] + 1, value->dims[i] - 1, value->dims[i] * 2, value->dims[i] + 16};
  value->dims[i] = sizes[below(6)];
  if (value->dims[i] < 0) value->dims[i] = 0;
  if (one_in(8)) value->rank -= 1;
  free(value->data);
  *value = tensor(value->type, value->rank, value->dims[0], value->dims[1], value->dims[2], value->dims[3]);
}

static void omit(OrtValue *value) {
  free(value->data);
  *value = (OrtValue){0};
}

static void random_attention(OrtKernelInfo *info, OrtKernelContext *context, int half, int wrong) {
  int key_heads = 1 + below(3), heads = key_heads * (1 + below(7)), size = 16 * (1 + below(16)), groups = 1 + below(20);
  int slots = groups * 16, rows = below(one_in(4) ? 40 : 6), width = below(5), cache = half ? ORT_FLOAT16 : ORT_FLOAT;
  if (rows > slots) rows = slots;
  int rotary = size / (2 << below(2));
  *info = (OrtKernelInfo){{"num_heads", "kv_num_heads", "local_window_size", "softcap", "epsilon"},
                          {heads, key_heads, one_in(2) ? below(200) : 0, one_in(3) ? 5 : 0, 1e-5},
                          5};
  *context = (OrtKernelContext){.input_count = 9 + below(3), .in_place = 1};
  OrtValue *in = context->inputs;
  in[0] = tensor(ORT_FLOAT, 2, rows, (heads + 2 * key_heads) * size, 0, 0);
  in[1] = tensor(cache, 4, key_heads, groups, size, 16);
  in[2] = tensor(cache, 3, key_heads, slots, size, 0);
  for (int i = 3; i < 5; i++) in[i] = tensor(ORT_INT32, 1, rows, 0, 0, 0);
  in[5] = tensor(ORT_INT32, 2, rows, width, 0, 0);
  in[6] = tensor(ORT_INT32, 1, rows, 0, 0, 0);
  in[7] = tensor(ORT_FLOAT, 2, slots, rotary, 0, 0);
  in[8] = tensor(ORT_FLOAT, 2, slots, rotary, 0, 0);
  for (int i = 9; i < 11; i++) in[i] = tensor(ORT_FLOAT, 1, size, 0, 0, 0);
  if (one_in(3)) omit(&in[9]);
  int32_t *slot = in[3].data, *prefix = in[4].data, *path = in[5].data, *position = in[6].data;
  int start = below(slots - rows + 1);
  for (int row = 0; row < rows; row++) {
    slot[row] = start + row;
    prefix[row] = width ? below(slots + 1) : 1 + below(slots);
    position[row] = below(slots);
    for (int i = 0; i < width; i++) path[row * width + i] = below(slots);
    if (width && prefix[row] && one_in(3)) path[row * width + below(width)] = -1;
  }
  if (one_in(5)) context->input_count = 6;
  if (!wrong || !rows) return;
  int32_t bad[] = {-1, slots, slots - 1, INT32_MAX, INT32_MIN, 0};
  switch (below(5)) {
  case 0:
    slot[below(rows)] = bad[below(6)];
    break;
  case 1:
    prefix[below(rows)] = bad[below(6)];
    break;
  case 2:
    if (width) path[below(rows * width)] = bad[below(6)];
    break;
  case 3:
    position[below(rows)] = bad[below(6)];
    break;
  default:
    reshape(&in[below(11)]);
  }
}

static void random_linear(OrtKernelInfo *info, OrtKernelContext *context, int wrong) {
  static const int block_bytes[] = {544, 320, 288, 544}, superblock_bytes[] = {0, 0, 64, 32};
  int format = below(4), blocks = format >= 2 ? 8 * (1 + below(3)) : 1 + below(20), outputs = 1 + below(80),
      rows = below(one_in(4) ? 40 : 10), gate = one_in(3) ? 1 + below(2) : 0, inputs = blocks * 32,
      rank_blocks = one_in(2) ? 1 + below(3) : 0;
  int strip = (blocks * block_bytes[format] + blocks / 8 * superblock_bytes[format] + 63) / 64 * 64;
  *info = (OrtKernelInfo){{"K", "N", "format", "gate", "epsilon", "rank"},
                          {inputs, outputs, format, gate, 1e-5, 32 * rank_blocks},
                          6};
  *context = (OrtKernelContext){.input_count = rank_blocks ? 8 : 2 + below(5)};
  OrtValue *in = context->inputs;
  in[0] = tensor(ORT_FLOAT, 3, 1, rows, gate ? 2 * inputs : inputs, 0);
  in[1] = tensor(ORT_UINT8, 1, (outputs + 15) / 16 * strip, 0, 0, 0);
  in[2] = tensor(ORT_FLOAT, 1, outputs, 0, 0, 0);
  in[3] = tensor(ORT_FLOAT, 3, 1, rows, inputs, 0);
  in[4] = tensor(ORT_FLOAT, 1, inputs, 0, 0, 0);
  in[5] = tensor(ORT_FLOAT, 1, inputs, 0, 0, 0);
  if (rank_blocks) {
    in[6] = tensor(ORT_UINT8, 1, 2 * rank_blocks * ((blocks * 544 + 63) / 64 * 64), 0, 0, 0);
    in[7] = tensor(ORT_UINT8, 1, (outputs + 15) / 16 * ((rank_blocks * 544 + 63) / 64 * 64), 0, 0, 0);
  }
  for (int i = 2; i < 6; i++)
    if (one_in(2) || (gate && i > 2)) omit(&in[i]);
  for (int i = 1; i < 3; i++) context->omitted[i] = gate || one_in(2);
  if (!wrong) return;
  switch (below(4)) {
  case 0:
    info->values[below(6)] += below(5) - 2;
    break;
  case 1:
    context->omitted[1 + below(2)] ^= 1;
    break;
  case 2:
    omit(&in[6 + below(2)]);
    break;
  default:
    reshape(&in[below(8)]);
  }
}

static uint64_t hash = 14695981039346656037u; /* FNV-1a */
static void add_to_hash(const uint8_t *data, size_t bytes) {
  for (size_t i = 0; i < bytes; i++) hash = (hash ^ data[i]) * 1099511628211u;
}

/** Runs the node once; returns its failure. */
static OrtStatus *run(const OrtCustomOp *op, const OrtKernelInfo *info, OrtKernelContext *context) {
  void *kernel = NULL;
  OrtStatus *status = op->CreateKernelV2(op, &api, info, &kernel);
  if (!status) status = op->KernelComputeV2(kernel, context);
  op->KernelDestroy(kernel);
  return status;
}

/** Hash of all outputs. */
static uint64_t hash_outputs(const OrtKernelContext *context) {
  uint64_t hash = 14695981039346656037u; /* FNV-1a */
  for (int i = 0; i < MOST_OUTPUTS; i++) {
    const OrtValue *output = &context->outputs[i];
    for (size_t k = 0; output->data && k < bytes_of(output); k++)
      hash = (hash ^ ((const uint8_t *)output->data)[k]) * 1099511628211u;
  }
  return hash;
}

static void free_tensors(OrtKernelContext *context) {
  for (int i = 0; i < MOST_INPUTS; i++) free(context->inputs[i].data);
  for (int i = 0; i < (context->in_place ? 1 : MOST_OUTPUTS); i++) free(context->outputs[i].data);
}

int main(int count, char **arguments) {
  int runs = count > 1 ? atoi(arguments[1]) : 2000, refused = 0;
  uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1, all = 0;
  fill_api();
  if (!load(count > 3 ? arguments[3] : "")) return fprintf(stderr, "The library can't be loaded.\n"), 1;
  for (int i = 0; i < runs; i++) {
    uint64_t fastest = 0;
    char names[64];
    snprintf(names, sizeof names, "%s", kernels());
    for (char *name = strtok(names, " "); name; name = strtok(NULL, " ")) {
      if (choose(name)) return fprintf(stderr, "The kernels %s are refused.\n", name), 1;
      state = seed * 1000003u + (uint64_t)i;
      for (int k = 0; k < 4; k++) next();
      int wrong = one_in(2), kind = below(OPERATORS);
      OrtKernelInfo info;
      OrtKernelContext context;
      if (kind == LINEAR)
        random_linear(&info, &context, wrong);
      else
        random_attention(&info, &context, kind == ATTENTION_HALF, wrong);
      threads = 1 + below(4);
      OrtStatus *status = run(operators[kind], &info, &context);
      if (status && !wrong) return fprintf(stderr, "run %d refused: %s\n", i, status->message), 1;
      uint64_t hash = status ? 0 : hash_outputs(&context);
      if (fastest && hash != fastest)
        return fprintf(stderr, "run %d: %s differs from the fastest kernels\n", i, name), 1;
      if (!fastest) all = (all ^ hash) * 1099511628211u;
      fastest = hash;
      free_tensors(&context);
      if (!status) continue;
      free(status);
      refused++;
      break;
    }
  }
  printf("%d runs, %d of them refused; outputs %016llx; kernels: %s\n", runs, refused, (unsigned long long)all,
         kernels());
  return 0;
}
