/*
 * Vectors of 16 lanes for the instruction set a file is compiled for (PATH). Every floating-point operation is
 * one IEEE operation on each lane, and compilers may not contract a product and a sum (-ffp-contract=off), so
 * every path computes the same bits.
 */
#pragma once
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#define INLINE static inline __attribute__((always_inline, unused))
#if defined(PLAIN)
#define UNROLL /* scalar code would only grow */
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#define JOIN_(a, b) a##_##b
#define JOIN(a, b) JOIN_(a, b)
/** The name of an exported function or table of this path. */
#define NAMED(name) JOIN(name, PATH)

/* The plain path is the same C on every processor. */
#if defined(__aarch64__) && !defined(PLAIN)
#define NEON 1
#endif
#if defined(__FMA__) || defined(NEON)
#define HAS_FMA 1
#endif
#if defined(__F16C__) || defined(NEON)
#define HAS_HALF 1
#endif

enum { LANES = 16 };

typedef float f32x16 __attribute__((vector_size(64)));
typedef int32_t i32x16 __attribute__((vector_size(64)));
typedef uint32_t u32x16 __attribute__((vector_size(64)));
typedef int8_t i8x16 __attribute__((vector_size(16)));
typedef uint8_t u8x16 __attribute__((vector_size(16)));

/* Not 0 + x, which isn't x for -0 and so takes an addition. */
INLINE f32x16 splat(float x) { return (f32x16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }
INLINE f32x16 load(const float *p) {
  f32x16 v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store(float *p, f32x16 v) { memcpy(p, &v, sizeof v); }
INLINE f32x16 to_float(i32x16 v) { return __builtin_convertvector(v, f32x16); }

/** a * b + c, rounded once. */
INLINE float multiply_add_scalar(float a, float b, float c) {
#ifdef HAS_FMA
  return __builtin_fmaf(a, b, c);
#else
  /* The product is exact in double; the sum is rounded to odd, so the rounding to float is the only one. */
  double product = (double)a * b, sum = product + c;
  double kept = sum - product, error = (product - (sum - kept)) + (c - kept);
  uint64_t bits;
  memcpy(&bits, &sum, sizeof bits);
  if (error != 0 && error - error == 0 && !(bits & 1)) {
    bits += (error > 0) == (sum > 0) ? 1 : (uint64_t)-1;
    memcpy(&sum, &bits, sizeof sum);
  }
  return (float)sum;
#endif
}

INLINE f32x16 multiply_add(f32x16 a, f32x16 b, f32x16 c) {
#if defined(HAS_FMA) && defined(__clang__)
  return __builtin_elementwise_fma(a, b, c);
#else
  for (int i = 0; i < LANES; i++) c[i] = multiply_add_scalar(a[i], b[i], c[i]);
  return c;
#endif
}

INLINE f32x16 larger(f32x16 a, f32x16 b) {
  i32x16 first = a > b;
  return (f32x16)((first & (i32x16)a) | (~first & (i32x16)b));
}

/** The lanes added in a fixed order: halves, quarters, pairs. */
INLINE float sum_of(f32x16 v) {
  float lane[LANES];
  store(lane, v);
  for (int width = LANES / 2; width; width /= 2)
    for (int i = 0; i < width; i++) lane[i] += lane[i + width];
  return lane[0];
}

INLINE float largest_of(f32x16 v) {
  float lane[LANES];
  store(lane, v);
  for (int width = LANES / 2; width; width /= 2)
    for (int i = 0; i < width; i++) lane[i] = lane[i] > lane[i + width] ? lane[i] : lane[i + width];
  return lane[0];
}

INLINE int32_t integer_sum_of(i32x16 v) {
  int32_t sum = 0;
  for (int i = 0; i < LANES; i++) sum += v[i];
  return sum;
}

/** Squares summed lane by lane, for inverse_rms. */
INLINE f32x16 add_square(f32x16 squares, f32x16 x) { return multiply_add(x, x, squares); }

/** 1 / sqrt(mean square + epsilon): what RMS norm multiplies `count` elements by. */
INLINE float inverse_rms(f32x16 squares, int count, float epsilon) {
  return 1.0f / __builtin_sqrtf(sum_of(squares) / (float)count + epsilon);
}

#ifdef HAS_HALF
typedef _Float16 f16x16 __attribute__((vector_size(32)));

INLINE f32x16 load_half(const uint16_t *p) {
  f16x16 v;
  memcpy(&v, p, sizeof v);
  return __builtin_convertvector(v, f32x16);
}

INLINE void store_half(uint16_t *p, f32x16 v) {
  f16x16 half = __builtin_convertvector(v, f16x16);
  memcpy(p, &half, sizeof half);
}
#else
INLINE float half_to_float(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000) << 16, bits = (uint32_t)(half & 0x7fff) << 13;
  float value;
  memcpy(&value, &bits, sizeof value);
  value *= 0x1p112f; /* from half's exponent bias, 15, to float's, 127; exact, subnormals included */
  memcpy(&bits, &value, sizeof bits);
  if ((half & 0x7c00) == 0x7c00) bits |= 0x7f800000;
  bits |= sign;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/** Rounds to nearest, ties to even. */
INLINE uint16_t float_to_half(float value) {
  uint32_t bits, sign;
  memcpy(&bits, &value, sizeof bits);
  sign = bits >> 16 & 0x8000;
  bits &= 0x7fffffff;
  if (bits > 0x7f800000) return (uint16_t)(sign | 0x7e00);
  if (bits >= 0x477ff000) return (uint16_t)(sign | 0x7c00);
  if (bits < 0x38800000) { /* a subnormal half: 0.5 has its unit in the last place, 2^-24 */
    float sum;
    memcpy(&sum, &bits, sizeof sum);
    sum += 0.5f;
    memcpy(&bits, &sum, sizeof bits);
    return (uint16_t)(sign | (bits - 0x3f000000));
  }
  bits += 0xfff + (bits >> 13 & 1);
  return (uint16_t)(sign | ((bits - 0x38000000) >> 13));
}

INLINE f32x16 load_half(const uint16_t *p) {
  f32x16 v;
  for (int i = 0; i < LANES; i++) v[i] = half_to_float(p[i]);
  return v;
}

INLINE void store_half(uint16_t *p, f32x16 v) {
  for (int i = 0; i < LANES; i++) p[i] = float_to_half(v[i]);
}
#endif

/** Adding it to a float of magnitude below 2^22 leaves the nearest integer in the low bits. */
static const float rounding = 0x1.8p23f;
#define ROUNDING_BITS 0x4B400000u

INLINE i32x16 integer_bits(f32x16 rounded) { return (i32x16)((u32x16)rounded - ROUNDING_BITS); }

/** e^x - 1 = power * fraction + (power - 1), with power a power of two; x in [-87, 88]. Coefficients: Cephes expf. */
INLINE f32x16 exp_fraction(f32x16 x, f32x16 *power) {
  f32x16 shifted = multiply_add(x, splat(1.44269504f), splat(rounding)), n = shifted - rounding;
  f32x16 r = multiply_add(n, splat(-0.693359375f), x);
  r = multiply_add(n, splat(2.12194440e-4f), r);
  f32x16 p = multiply_add(splat(1.9875691500e-4f), r, splat(1.3981999507e-3f));
  p = multiply_add(p, r, splat(8.3334519073e-3f));
  p = multiply_add(p, r, splat(4.1665795894e-2f));
  p = multiply_add(p, r, splat(1.6666665459e-1f));
  p = multiply_add(p, r, splat(5.0000001201e-1f));
  *power = (f32x16)(((u32x16)integer_bits(shifted) + 127) << 23);
  return multiply_add(p, r * r, r);
}

/** e^x for x <= 0, to about one unit in the last place; 0 below -64. What is smaller could change no sum it is a part
 *  of, and would make subnormal products, which many processors compute slowly. */
INLINE f32x16 exponential(f32x16 x) {
  i32x16 normal = x >= -64.0f;
  f32x16 power, fraction = exp_fraction(larger(x, splat(-64.0f)), &power);
  return (f32x16)((i32x16)((fraction + 1.0f) * power) & normal);
}

/** tanh x = e / (e + 2) with e = exp(2x) - 1, of the magnitude; 1 from 10 on. */
INLINE f32x16 hyperbolic_tangent(f32x16 x) {
  i32x16 sign = (i32x16)x & INT32_MIN;
  f32x16 magnitude = (f32x16)((i32x16)x & INT32_MAX);
  f32x16 power, fraction = exp_fraction(-larger(-2.0f * magnitude, splat(-20.0f)), &power);
  f32x16 e = multiply_add(power, fraction, power - 1.0f);
  return (f32x16)((i32x16)(e / (e + 2.0f)) | sign);
}
