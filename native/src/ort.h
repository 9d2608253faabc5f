/*
 * The part of ONNX Runtime's C API that the operators use, declared by hand after onnxruntime_c_api.h
 * (Copyright (c) Microsoft Corporation, MIT License: see ../LICENSE.onnxruntime).
 *
 * OrtApi is a table of functions that only ever grows at its end, so the index of an entry holds for every later
 * version. A function that can fail returns a status, null for success.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

typedef struct OrtStatus OrtStatus;
typedef struct OrtValue OrtValue;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtKernelInfo OrtKernelInfo;
typedef struct OrtKernelContext OrtKernelContext;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtCustomOpDomain OrtCustomOpDomain;
typedef struct OrtCustomOp OrtCustomOp;
typedef struct {
  void *entry[275];
} OrtApi;

typedef struct {
  const OrtApi *(*GetApi)(uint32_t version);
  const char *(*GetVersionString)(void);
} OrtApiBase;

/** The oldest version with every entry below; the structure of a custom operator is that of this version too. */
enum { ORT_VERSION = 18 };
enum { ORT_FAIL = 1, ORT_INVALID_ARGUMENT = 2 };
enum { ORT_FLOAT = 1, ORT_UINT8 = 2, ORT_INT32 = 6, ORT_FLOAT16 = 10 };
enum { ORT_REQUIRED = 0, ORT_OPTIONAL = 1 };

/* X(index, name, result, parameters) */
#define ORT_FUNCTIONS(X)                                                                                               \
  X(0, CreateStatus, OrtStatus *, (int code, const char *message))                                                     \
  X(26, CreateCustomOpDomain, OrtStatus *, (const char *name, OrtCustomOpDomain **domain))                             \
  X(27, CustomOpDomain_Add, OrtStatus *, (OrtCustomOpDomain * domain, const OrtCustomOp *operator_))                   \
  X(28, AddCustomOpDomain, OrtStatus *, (OrtSessionOptions * options, OrtCustomOpDomain * domain))                     \
  X(51, GetTensorMutableData, OrtStatus *, (OrtValue * value, void **data))                                            \
  X(60, GetTensorElementType, OrtStatus *, (const OrtTensorTypeAndShapeInfo *info, int *type))                         \
  X(61, GetDimensionsCount, OrtStatus *, (const OrtTensorTypeAndShapeInfo *info, size_t *count))                       \
  X(62, GetDimensions, OrtStatus *, (const OrtTensorTypeAndShapeInfo *info, int64_t *dims, size_t count))              \
  X(65, GetTensorTypeAndShape, OrtStatus *, (const OrtValue *value, OrtTensorTypeAndShapeInfo **info))                 \
  X(85, KernelInfoGetAttribute_float, OrtStatus *, (const OrtKernelInfo *info, const char *name, float *value))        \
  X(86, KernelInfoGetAttribute_int64, OrtStatus *, (const OrtKernelInfo *info, const char *name, int64_t *value))      \
  X(88, KernelContext_GetInputCount, OrtStatus *, (const OrtKernelContext *context, size_t *count))                    \
  X(90, KernelContext_GetInput, OrtStatus *, (const OrtKernelContext *context, size_t index, const OrtValue **value))  \
  X(91, KernelContext_GetOutput, OrtStatus *,                                                                          \
    (OrtKernelContext * context, size_t index, const int64_t *dims, size_t count, OrtValue **value))                   \
  X(93, ReleaseStatus, void, (OrtStatus * status))                                                                     \
  X(99, ReleaseTensorTypeAndShapeInfo, void, (OrtTensorTypeAndShapeInfo * info))                                       \
  X(274, KernelContext_ParallelFor, OrtStatus *,                                                                       \
    (const OrtKernelContext *context, void (*task)(void *data, size_t index), size_t count, size_t batches,            \
     void *data))

#define ORT_DECLARE(index, name, result, parameters)                                                                   \
  typedef result(*Ort##name) parameters;                                                                               \
  enum { Ort##name##Index = index };
ORT_FUNCTIONS(ORT_DECLARE)
#undef ORT_DECLARE

/** The function `name` of an OrtApi, typed. */
#define ORT(api, name) ((Ort##name)(api)->entry[Ort##name##Index])

/** A custom operator: callbacks that ONNX Runtime asks for its types and kernels. */
struct OrtCustomOp {
  uint32_t version;
  void *(*CreateKernel)(const OrtCustomOp *, const OrtApi *, const OrtKernelInfo *);
  const char *(*GetName)(const OrtCustomOp *);
  const char *(*GetExecutionProviderType)(const OrtCustomOp *);
  int (*GetInputType)(const OrtCustomOp *, size_t index);
  size_t (*GetInputTypeCount)(const OrtCustomOp *);
  int (*GetOutputType)(const OrtCustomOp *, size_t index);
  size_t (*GetOutputTypeCount)(const OrtCustomOp *);
  void (*KernelCompute)(void *kernel, OrtKernelContext *);
  void (*KernelDestroy)(void *kernel);
  int (*GetInputCharacteristic)(const OrtCustomOp *, size_t index);
  int (*GetOutputCharacteristic)(const OrtCustomOp *, size_t index);
  int (*GetInputMemoryType)(const OrtCustomOp *, size_t index);
  int (*GetVariadicInputMinArity)(const OrtCustomOp *);
  int (*GetVariadicInputHomogeneity)(const OrtCustomOp *);
  int (*GetVariadicOutputMinArity)(const OrtCustomOp *);
  int (*GetVariadicOutputHomogeneity)(const OrtCustomOp *);
  OrtStatus *(*CreateKernelV2)(const OrtCustomOp *, const OrtApi *, const OrtKernelInfo *, void **kernel);
  OrtStatus *(*KernelComputeV2)(void *kernel, OrtKernelContext *);
  OrtStatus *(*InferOutputShape)(const OrtCustomOp *, void *context);
  int (*GetStartVersion)(const OrtCustomOp *);
  int (*GetEndVersion)(const OrtCustomOp *);
  size_t (*GetMayInplace)(int **inputs, int **outputs);
  void (*ReleaseMayInplace)(int *inputs, int *outputs);
  size_t (*GetAliasMap)(int **inputs, int **outputs);
  void (*ReleaseAliasMap)(int *inputs, int *outputs);
};
