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
#define UNROLL _Pragma("GCC unroll 16")
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

INLINE f32x16 splat(float x) { return (f32x16){} + x; }
INLINE f32x16 load(const float *p) {
  f32x16 v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store(float *p, f32x16 v) { memcpy(p, &v, sizeof v); }
INLINE i32x16 load_bytes(const void *p) {
  i32x16 v;
  memcpy(&v, p, sizeof v);
  return v;
}
INLINE int32_t load_int(const void *p) {
  int32_t v;
  memcpy(&v, p, sizeof v);
  return v;
}
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

/** e^x for x <= 0, to about one unit in the last place; 0 below -87. */
INLINE f32x16 exponential(f32x16 x) {
  i32x16 normal = x >= -87.0f;
  f32x16 power, fraction = exp_fraction(larger(x, splat(-87.0f)), &power);
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

/*
 * Integer products: to each lane's sum, four weights (bytes) times the same four activations (int8 in
 * [-127, 127]). `dot_nibbles` takes weights from 0 to 15. `dot_bytes` takes signed weights plus BYTE_OFFSET:
 * the instructions of VNNI multiply unsigned by signed, so the caller takes the offset's share off.
 */
#if defined(__AVX512VNNI__)
enum { BYTE_OFFSET = 128 };
INLINE i32x16 dot_nibbles(i32x16 sum, i32x16 weights, int32_t activations) {
  return (i32x16)_mm512_dpbusd_epi32((__m512i)sum, (__m512i)weights, _mm512_set1_epi32(activations));
}
INLINE i32x16 dot_bytes(i32x16 sum, i32x16 weights, int32_t activations) {
  return dot_nibbles(sum, weights, activations);
}
#elif defined(__AVX2__)
typedef union {
  i32x16 whole;
  __m256i half[2];
} Halves;
#if defined(__AVXVNNI__)
enum { BYTE_OFFSET = 128 };
INLINE i32x16 dot_nibbles(i32x16 sum, i32x16 weights, int32_t activations) {
  Halves s = {sum}, w = {weights};
  for (int i = 0; i < 2; i++) s.half[i] = _mm256_dpbusd_avx_epi32(s.half[i], w.half[i], _mm256_set1_epi32(activations));
  return s.whole;
}
INLINE i32x16 dot_bytes(i32x16 sum, i32x16 weights, int32_t activations) {
  return dot_nibbles(sum, weights, activations);
}
#else
enum { BYTE_OFFSET = 0 };
INLINE __m256i dot_unsigned(__m256i sum, __m256i weights, __m256i activations) {
  return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(weights, activations), _mm256_set1_epi16(1)));
}
INLINE i32x16 dot_nibbles(i32x16 sum, i32x16 weights, int32_t activations) {
  Halves s = {sum}, w = {weights};
  for (int i = 0; i < 2; i++) s.half[i] = dot_unsigned(s.half[i], w.half[i], _mm256_set1_epi32(activations));
  return s.whole;
}
INLINE i32x16 dot_bytes(i32x16 sum, i32x16 weights, int32_t activations) {
  Halves s = {sum}, w = {weights};
  for (int i = 0; i < 2; i++) { /* |w| times a with w's sign: at most 2 * 128 * 127, which 16 bits hold */
    __m256i signed_activations = _mm256_sign_epi8(_mm256_set1_epi32(activations), w.half[i]);
    s.half[i] = dot_unsigned(s.half[i], _mm256_abs_epi8(w.half[i]), signed_activations);
  }
  return s.whole;
}
#endif
#elif defined(NEON)
enum { BYTE_OFFSET = 0 };
typedef union {
  i32x16 whole;
  int32x4_t sum[4];
  int8x16_t bytes[4];
} Quarters;
INLINE int32x4_t dot_quarter(int32x4_t sum, int8x16_t weights, int8x16_t activations) {
#if defined(__ARM_FEATURE_DOTPROD)
  return vdotq_s32(sum, weights, activations);
#else
  int32x4_t low = vpaddlq_s16(vmull_s8(vget_low_s8(weights), vget_low_s8(activations)));
  int32x4_t high = vpaddlq_s16(vmull_s8(vget_high_s8(weights), vget_high_s8(activations)));
  return vaddq_s32(sum, vpaddq_s32(low, high));
#endif
}
INLINE i32x16 dot_bytes(i32x16 sum, i32x16 weights, int32_t activations) {
  Quarters s = {sum}, w = {weights};
  int8x16_t a = vreinterpretq_s8_s32(vdupq_n_s32(activations));
  for (int i = 0; i < 4; i++) s.sum[i] = dot_quarter(s.sum[i], w.bytes[i], a);
  return s.whole;
}
INLINE i32x16 dot_nibbles(i32x16 sum, i32x16 weights, int32_t activations) {
  return dot_bytes(sum, weights, activations);
}
#else
enum { BYTE_OFFSET = 0 };
INLINE i32x16 dot_bytes(i32x16 sum, i32x16 weights, int32_t activations) {
  int8_t w[64], a[4];
  memcpy(w, &weights, sizeof w);
  memcpy(a, &activations, sizeof a);
  for (int lane = 0; lane < LANES; lane++)
    for (int i = 0; i < 4; i++) sum[lane] += w[lane * 4 + i] * a[i];
  return sum;
}
INLINE i32x16 dot_nibbles(i32x16 sum, i32x16 weights, int32_t activations) {
  return dot_bytes(sum, weights, activations);
}
#endif
