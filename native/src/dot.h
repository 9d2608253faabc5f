/*
 * Integer products of a strip of weights and a block of activations, for the instruction set a file is compiled for.
 *
 * A quad is four inputs of the strip's 16 outputs: 64 bytes, or as many nibbles. To each output's sum it adds four
 * weights times the same four activations. The 16 sums are held in PIECES registers, which are computed one after
 * another, so that those of eight rows fit the processor.
 *
 * `dot_bytes` takes signed weights plus BYTE_OFFSET, since the instructions of VNNI multiply unsigned by signed bytes:
 * its sums start from -BYTE_OFFSET times the sum of the activations. `dot_nibbles` takes weights from 0 to 15; after
 * the at most 8 quads of a block, `nibble_sums` turns what it has added up into the sums.
 */
#pragma once
#include "vector.h"

INLINE int32_t load_int(const void *p) {
  int32_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

#if defined(__AVX512VNNI__)

typedef __m512i Piece;
enum { BYTE_OFFSET = 128 };
INLINE Piece load_piece(const void *p) { return _mm512_loadu_si512(p); }
INLINE Piece broadcast(int32_t x) { return _mm512_set1_epi32(x); }
INLINE Piece with_offset(Piece weights) { return _mm512_xor_si512(weights, _mm512_set1_epi8((char)0x80)); }
INLINE Piece low_nibbles(Piece weights) { return _mm512_and_si512(weights, _mm512_set1_epi8(15)); }
INLINE Piece high_nibbles(Piece weights) { return low_nibbles(_mm512_srli_epi32(weights, 4)); }
INLINE Piece dot_nibbles(Piece sum, Piece weights, Piece activations) {
  return _mm512_dpbusd_epi32(sum, weights, activations);
}
INLINE Piece nibble_sums(Piece sum) { return sum; }
INLINE Piece dot_bytes(Piece sum, Piece weights, Piece activations) { return dot_nibbles(sum, weights, activations); }

#elif defined(__AVX2__)

typedef __m256i Piece;
INLINE Piece load_piece(const void *p) { return _mm256_loadu_si256(p); }
INLINE Piece broadcast(int32_t x) { return _mm256_set1_epi32(x); }
INLINE Piece low_nibbles(Piece weights) { return _mm256_and_si256(weights, _mm256_set1_epi8(15)); }
INLINE Piece high_nibbles(Piece weights) { return low_nibbles(_mm256_srli_epi32(weights, 4)); }
#if defined(__AVXVNNI__)
enum { BYTE_OFFSET = 128 };
INLINE Piece with_offset(Piece weights) { return _mm256_xor_si256(weights, _mm256_set1_epi8((char)0x80)); }
INLINE Piece dot_nibbles(Piece sum, Piece weights, Piece activations) {
  return _mm256_dpbusd_avx_epi32(sum, weights, activations);
}
INLINE Piece nibble_sums(Piece sum) { return sum; }
INLINE Piece dot_bytes(Piece sum, Piece weights, Piece activations) { return dot_nibbles(sum, weights, activations); }
#else
enum { BYTE_OFFSET = 0 };
INLINE Piece with_offset(Piece weights) { return weights; }
INLINE Piece pair_sums(Piece pairs) { return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)); }
/** Adds pairs of products in 16 bits, which hold 8 quads: 8 * 2 * 15 * 127 = 30480. */
INLINE Piece dot_nibbles(Piece sum, Piece weights, Piece activations) {
  return _mm256_add_epi16(sum, _mm256_maddubs_epi16(weights, activations));
}
INLINE Piece nibble_sums(Piece sum) { return pair_sums(sum); }
/** |w| times a with the sign of w; a pair is at most 2 * 128 * 127 = 32512. */
INLINE Piece dot_bytes(Piece sum, Piece weights, Piece activations) {
  Piece pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(weights), _mm256_sign_epi8(activations, weights));
  return _mm256_add_epi32(sum, pair_sums(pairs));
}
#endif

#elif defined(NEON)

typedef int8x16_t Piece;
enum { BYTE_OFFSET = 0 };
INLINE Piece load_piece(const void *p) { return vld1q_s8(p); }
INLINE Piece broadcast(int32_t x) { return vreinterpretq_s8_s32(vdupq_n_s32(x)); }
INLINE Piece with_offset(Piece weights) { return weights; }
INLINE Piece low_nibbles(Piece weights) { return vandq_s8(weights, vdupq_n_s8(15)); }
INLINE Piece high_nibbles(Piece weights) { return vreinterpretq_s8_u8(vshrq_n_u8(vreinterpretq_u8_s8(weights), 4)); }
INLINE Piece dot_bytes(Piece sum, Piece weights, Piece activations) {
#if defined(__ARM_FEATURE_DOTPROD)
  return vreinterpretq_s8_s32(vdotq_s32(vreinterpretq_s32_s8(sum), weights, activations));
#else
  int32x4_t low = vpaddlq_s16(vmull_s8(vget_low_s8(weights), vget_low_s8(activations)));
  int32x4_t high = vpaddlq_s16(vmull_s8(vget_high_s8(weights), vget_high_s8(activations)));
  return vreinterpretq_s8_s32(vaddq_s32(vreinterpretq_s32_s8(sum), vpaddq_s32(low, high)));
#endif
}
INLINE Piece dot_nibbles(Piece sum, Piece weights, Piece activations) { return dot_bytes(sum, weights, activations); }
INLINE Piece nibble_sums(Piece sum) { return sum; }

#else

typedef i32x16 Piece;
enum { BYTE_OFFSET = 0 };
INLINE Piece load_piece(const void *p) {
  Piece piece;
  memcpy(&piece, p, sizeof piece);
  return piece;
}
INLINE Piece broadcast(int32_t x) { return (Piece){} + x; }
INLINE Piece with_offset(Piece weights) { return weights; }
INLINE Piece low_nibbles(Piece weights) { return weights & 0x0f0f0f0f; }
INLINE Piece high_nibbles(Piece weights) { return (Piece)((u32x16)weights >> 4) & 0x0f0f0f0f; }
INLINE Piece dot_bytes(Piece sum, Piece weights, Piece activations) {
  int8_t w[64], a[64];
  memcpy(w, &weights, sizeof w);
  memcpy(a, &activations, sizeof a);
  for (int lane = 0; lane < LANES; lane++)
    for (int i = 0; i < 4; i++) sum[lane] += w[lane * 4 + i] * a[lane * 4 + i];
  return sum;
}
INLINE Piece dot_nibbles(Piece sum, Piece weights, Piece activations) { return dot_bytes(sum, weights, activations); }
INLINE Piece nibble_sums(Piece sum) { return sum; }

#endif

enum { PIECES = sizeof(i32x16) / sizeof(Piece) };

/** The sums of 16 outputs. */
typedef union {
  i32x16 whole;
  Piece piece[PIECES];
} Products;
