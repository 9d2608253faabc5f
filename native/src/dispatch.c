/* Which instruction sets this processor has. */
#include "kernels.h"
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#elif defined(__aarch64__) && defined(_WIN32)
__declspec(dllimport) int __stdcall IsProcessorFeaturePresent(unsigned long feature);
#endif

#define DECLARE(path)                                                                                                  \
  extern const AttentionKernels attention_##path;                                                                      \
  extern const ActivationKernels activations_##path;                                                                   \
  extern const LinearKernels linear_##path
#define KERNELS(path, name) {name, &attention_##path, &activations_##path, &linear_##path}

DECLARE(plain);
#if defined(__x86_64__)
DECLARE(avx512);
DECLARE(avx2_vnni);
DECLARE(avx2);
static const Kernels all[] = {
    KERNELS(avx512, "avx512"),
    KERNELS(avx2_vnni, "avx2-vnni"),
    KERNELS(avx2, "avx2"),
    KERNELS(plain, "plain"),
};
#elif defined(__aarch64__)
DECLARE(neon_dot);
DECLARE(neon);
static const Kernels all[] = {KERNELS(neon_dot, "neon-dot"), KERNELS(neon, "neon"), KERNELS(plain, "plain")};
#else
static const Kernels all[] = {KERNELS(plain, "plain")};
#endif

enum { COUNT = sizeof all / sizeof *all };

#if defined(__x86_64__)
typedef struct {
  unsigned a, b, c, d;
} Registers;

static Registers cpuid(unsigned leaf, unsigned subleaf) {
  Registers r = {0};
  if (__get_cpuid_max(0, 0) >= leaf) __cpuid_count(leaf, subleaf, r.a, r.b, r.c, r.d);
  return r;
}

static int has(unsigned bits, unsigned wanted) { return (bits & wanted) == wanted; }

/* Asked of the processor itself: __builtin_cpu_supports needs a constructor that a library built by zig lacks. */
static void detect(int *runs) {
  Registers basic = cpuid(1, 0), extended = cpuid(7, 0), more = cpuid(7, 1);
  unsigned saved = 0, high;
  if (has(basic.c, 1u << 27)) __asm__("xgetbv" : "=a"(saved), "=d"(high) : "c"(0)); /* registers the system saves */
  int fma_f16c = has(basic.c, 1u << 12 | 1u << 29), bmi_avx2 = has(extended.b, 1u << 3 | 1u << 5 | 1u << 8);
  int avx2 = fma_f16c && bmi_avx2 && has(saved, 0x6);
  int avx512 = has(extended.b, 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31); /* F, DQ, CD, BW, VL */
  runs[0] = avx2 && has(saved, 0xe6) && avx512 && has(extended.c, 1u << 11);
  runs[1] = avx2 && extended.a >= 1 && has(more.a, 1u << 4);
  runs[2] = avx2;
  runs[3] = 1;
}
#elif defined(__aarch64__)
static void detect(int *runs) {
#if defined(__linux__)
  runs[0] = (getauxval(AT_HWCAP) & 1u << 20) != 0; /* HWCAP_ASIMDDP */
#elif defined(_WIN32)
  runs[0] = IsProcessorFeaturePresent(43) != 0; /* PF_ARM_V82_DP_INSTRUCTIONS_AVAILABLE */
#else
  runs[0] = 1; /* every Apple processor */
#endif
  runs[1] = runs[2] = 1;
}
#else
static void detect(int *runs) { runs[0] = 1; }
#endif

const Kernels *choose_kernels(const char *forced) {
  int runs[COUNT];
  detect(runs);
  for (int i = 0; i < COUNT; i++)
    if (runs[i] && (!forced || !*forced || !strcmp(forced, all[i].name))) return &all[i];
  return NULL;
}

const char *kernel_names(void) {
  static char names[64];
  char list[sizeof names] = "";
  int runs[COUNT];
  detect(runs);
  for (int i = 0; i < COUNT; i++) {
    if (!runs[i]) continue;
    if (*list) strcat(list, " ");
    strcat(list, all[i].name);
  }
  memcpy(names, list, sizeof names);
  return names;
}
