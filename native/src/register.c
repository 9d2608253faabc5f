/* What ONNX Runtime and the program call: the registration of the operators, and which kernels they use. */
#include "node.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
__declspec(dllimport) unsigned long __stdcall GetEnvironmentVariableA(const char *name, char *value,
                                                                      unsigned long size);
#else
#define EXPORT __attribute__((visibility("default")))
#endif

static const Kernels *_Atomic selected;

const Kernels *selected_kernels(void) { return selected; }

/** FOREDRAFT_KERNELS, which forces one set of kernels; an empty text where it isn't set. */
static void read_forced(char *forced, size_t size) {
#if defined(_WIN32)
  /* The C library's copy of the environment misses what the program set after it started. */
  unsigned long length = GetEnvironmentVariableA("FOREDRAFT_KERNELS", forced, (unsigned long)size);
  if (length == 0 || length >= size) *forced = 0;
#else
  const char *value = getenv("FOREDRAFT_KERNELS");
  snprintf(forced, size, "%s", value ? value : "");
#endif
}

/** Called by ONNX Runtime for a session's options. Nodes of that session use the kernels chosen here. */
EXPORT OrtStatus *RegisterCustomOps(OrtSessionOptions *options, const OrtApiBase *base) {
  static const OrtCustomOp *const operators[] = {&attention_operator, &attention_half_operator, &linear_operator};
  const OrtApi *api = base->GetApi(ORT_VERSION);
  if (!api) return NULL; /* ONNX Runtime older than 1.18 then finds no such operators */
  char forced[32], message[160];
  read_forced(forced, sizeof forced);
  const Kernels *kernels = choose_kernels(forced);
  if (!kernels) {
    snprintf(message, sizeof message, "FOREDRAFT_KERNELS is %s, which this processor can't run: choose one of %s.",
             forced, kernel_names());
    return ORT(api, CreateStatus)(ORT_INVALID_ARGUMENT, message);
  }
  selected = kernels;
  OrtCustomOpDomain *domain = NULL; /* lives as long as the library, as ONNX Runtime asks */
  OrtStatus *status = ORT(api, CreateCustomOpDomain)("foredraft", &domain);
  for (size_t i = 0; !status && i < sizeof operators / sizeof *operators; i++)
    status = ORT(api, CustomOpDomain_Add)(domain, operators[i]);
  return status ? status : ORT(api, AddCustomOpDomain)(options, domain);
}

/** Name of the kernels chosen last. */
EXPORT const char *foredraft_selected_kernels(void) {
  const Kernels *kernels = selected;
  return kernels ? kernels->name : "";
}

/** Names of all kernels that this processor can run, fastest first, separated by spaces. */
EXPORT const char *foredraft_kernels(void) { return kernel_names(); }
