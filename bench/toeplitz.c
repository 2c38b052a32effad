/*
 * C twin of src-main/kernels/toeplitz.ts for the bench alone: the same algorithm, tables, vectors of four floats and
 * order of work, so that the time of the WebAssembly kernel can be set against a native compiler's.
 *
 *   toeplitz N M GROUPS LENGTH RUNS < input, then seed, packed > hash, packed
 *
 * Prints the least processor seconds of one run (layout, tables, hash) on the error channel.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef float v4 __attribute__((vector_size(16)));
typedef int32_t i4 __attribute__((vector_size(16)));
typedef struct { v4 re, im; } element;
typedef struct { float c1, s1, c2, s2, c3, s3; } factors;
typedef uint8_t u8;

enum { LEAF = 512, RUN = 64 };

static const double TURN = 6.283185307179586476925;
static size_t n, m, groups, length, first_place, first_stream, last_stream, streams;
static size_t blocks, block_bits, lead, interleaved;
static u8 *input, *seed, *output, *block, *input_bits, *seed_bits, *rows;
static element *residues, *block_residues, *seed_residues, *centred_tables, *fine, *coarse, *powers, *tables, *crossed;
static factors *twiddles;
static float *cross_factors, *stream_factors;
static v4 far, large;

static inline v4 splat(float x) { return (v4){x, x, x, x}; }
static inline element product(element a, element b) {
  return (element){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static inline v4 size_of(v4 x) { return (v4)((i4)x & 0x7fffffff); }
static inline v4 larger(v4 a, v4 b) {
  const i4 first = a > b;
  return (v4)((first & (i4)a) | (~first & (i4)b));
}

static void *take(size_t bytes) {
  void *at = aligned_alloc(64, (bytes + 127) & ~(size_t)63);
  if (!at) { fprintf(stderr, "no memory for %zu bytes\n", bytes); exit(1); }
  return at;
}

/* Transforms of four sequences at once, as in toeplitz/fft.ts. */
static void fill_twiddles(void) {
  factors *at = twiddles;
  for (size_t j = 0; j < length / 4; j++) {
    double a = -TURN * (double)j / (double)length;
    at[j] = (factors){cos(a), sin(a), cos(2 * a), sin(2 * a), cos(3 * a), sin(3 * a)};
  }
  for (size_t l = length; l > 16; l >>= 2) {
    factors *to = at + l / 4;
    for (size_t j = 0; j < l / 16; j++) to[j] = at[4 * j];
    at = to;
  }
}

static void cut_in_four(element *a, size_t quarter, const factors *w, size_t span) {
  element *b = a + quarter, *c = b + quarter, *d = c + quarter;
  for (size_t j = 0; j < span; j++) {
    v4 sr = a[j].re + c[j].re, si = a[j].im + c[j].im, dr = a[j].re - c[j].re, di = a[j].im - c[j].im;
    v4 or = b[j].re + d[j].re, oi = b[j].im + d[j].im, tr = b[j].im - d[j].im, ti = d[j].re - b[j].re;
    a[j] = (element){sr + or, si + oi};
    b[j] = product((element){dr + tr, di + ti}, (element){splat(w[j].c1), splat(w[j].s1)});
    c[j] = product((element){sr - or, si - oi}, (element){splat(w[j].c2), splat(w[j].s2)});
    d[j] = product((element){dr - tr, di - ti}, (element){splat(w[j].c3), splat(w[j].s3)});
  }
}

static void join_four(element *a, size_t quarter, const factors *w, size_t span) {
  element *b = a + quarter, *c = b + quarter, *d = c + quarter;
  for (size_t j = 0; j < span; j++) {
    element x1 = product(b[j], (element){splat(w[j].c1), -splat(w[j].s1)});
    element x2 = product(c[j], (element){splat(w[j].c2), -splat(w[j].s2)});
    element x3 = product(d[j], (element){splat(w[j].c3), -splat(w[j].s3)});
    v4 sr = a[j].re + x2.re, si = a[j].im + x2.im, dr = a[j].re - x2.re, di = a[j].im - x2.im;
    v4 or = x1.re + x3.re, oi = x1.im + x3.im, tr = x3.im - x1.im, ti = x1.re - x3.re;
    a[j] = (element){sr + or, si + oi};
    b[j] = (element){dr + tr, di + ti};
    c[j] = (element){sr - or, si - oi};
    d[j] = (element){dr - tr, di - ti};
  }
}

static inline void four_point(element *p, int first, int third) {
  element a = p[0], b = p[first], c = p[2], d = p[third];
  v4 sr = a.re + c.re, si = a.im + c.im, dr = a.re - c.re, di = a.im - c.im;
  v4 or = b.re + d.re, oi = b.im + d.im, tr = b.im - d.im, ti = d.re - b.re;
  p[0] = (element){sr + or, si + oi};
  p[1] = (element){dr + tr, di + ti};
  p[2] = (element){sr - or, si - oi};
  p[3] = (element){dr - tr, di - ti};
}

static inline void butterfly(element *p) {
  element a = p[0], b = p[1];
  p[0] = (element){a.re + b.re, a.im + b.im};
  p[1] = (element){a.re - b.re, a.im - b.im};
}

static inline void multiply(element *a, element *b, element *sum, size_t l, int first, int last) {
  element p[4];
  if (l == 4) four_point(a, 1, 3), four_point(b, 1, 3);
  else butterfly(a), butterfly(b);
  for (size_t k = 0; k < l; k++) {
    p[k] = product(a[k], b[k]);
    if (!first) p[k] = (element){p[k].re + sum[k].re, p[k].im + sum[k].im};
  }
  if (last && l == 4) four_point(p, 3, 1);
  else if (last) butterfly(p);
  for (size_t k = 0; k < l; k++) sum[k] = p[k];
}

static void convolve_leaf(element *a, element *b, element *sum, size_t size, const factors *w,
                          int first, int last) {
  size_t l = size;
  for (; l > 4; l >>= 2) {
    for (size_t i = 0; i < size; i += l) {
      cut_in_four(a + i, l / 4, w, l / 4);
      cut_in_four(b + i, l / 4, w, l / 4);
    }
    w += l / 4;
  }
  if (l == 4)
    for (size_t i = 0; i < size; i += 4) multiply(a + i, b + i, sum + i, 4, first, last);
  else
    for (size_t i = 0; i < size; i += 2) multiply(a + i, b + i, sum + i, 2, first, last);
  if (!last) return;
  for (l <<= 2; l <= size; l <<= 2) {
    w -= l / 4;
    for (size_t i = 0; i < size; i += l) join_four(sum + i, l / 4, w, l / 4);
  }
}

static void convolve(element *a, element *b, element *sum, size_t size, const factors *w, int first,
                     int last) {
  const size_t quarter = size / 4;
  if (size <= LEAF) {
    convolve_leaf(a, b, sum, size, w, first, last);
    return;
  }
  cut_in_four(a, quarter, w, quarter);
  cut_in_four(b, quarter, w, quarter);
  for (size_t i = 0; i < size; i += quarter)
    convolve(a + i, b + i, sum + i, quarter, w + quarter, first, last);
  if (last) join_four(sum, quarter, w, quarter);
}

/* Bits to residues, as in toeplitz/bits.ts and toeplitz/residues.ts. */
static uint64_t exchange(uint64_t x, int shift, uint64_t mask) {
  uint64_t t = (x ^ (x >> shift)) & mask;
  return x ^ t ^ (t << shift);
}

static void interleave(const u8 *from, size_t count, u8 *to, size_t step) {
  const size_t stride = length / 8;
  for (size_t k = 0; k < count; k += 8) {
    const uint64_t mask = count - k < 8 ? 0x0f0f0f0f0f0f0f0fULL : ~0ULL;
    for (size_t block = 0; block < stride; block++) {
      uint64_t x = 0;
      for (size_t s = 0; s < 8; s++) x |= (uint64_t)from[(k + s) * stride + block] << (8 * s);
      x = exchange(x, 7, 0x00aa00aa00aa00aaULL);
      x = exchange(x, 14, 0x0000cccc0000ccccULL);
      x = __builtin_bswap64(exchange(x, 28, 0x00000000f0f0f0f0ULL)) & mask;
      memcpy(to + block * step + k, &x, 8);
    }
  }
}

static void fill_powers(element *at, size_t count, size_t group, double step) {
  for (int lane = 0; lane < 4; lane++) {
    const double a = TURN * (16.0 * (double)group + 1 + 4 * lane) * step, c = cos(a), s = sin(a);
    double re = 1, im = 0;
    for (size_t j = 0; j < count; j++) {
      at[j].re[lane] = (float)re;
      at[j].im[lane] = (float)im;
      const double next = re * c - im * s;
      im = re * s + im * c;
      re = next;
    }
  }
}

static void fill_tables(element *tables, int centred) {
  for (size_t k = 0; k < streams; k += 8) {
    element *table = tables + 32 * k, sum = {splat(0), splat(0)};
    const size_t bits = streams - k < 8 ? 4 : 8, count = (size_t)1 << bits;
    for (size_t i = 0; centred && i < bits; i++) {
      sum.re -= splat(0.5f) * powers[k + i].re;
      sum.im -= splat(0.5f) * powers[k + i].im;
    }
    table[0] = sum;
    for (size_t byte = 1; byte < (centred ? count / 2 : count); byte++) {
      const element less = table[byte & (byte - 1)], power = powers[k + __builtin_ctzll(byte)];
      table[byte] = (element){less.re + power.re, less.im + power.im};
    }
    for (size_t low = 0; centred && low < count / 2; low++)
      table[count - 1 - low] = (element){-table[low].re, -table[low].im};
  }
}

static void reduce(const u8 *bits, size_t step, size_t lower, size_t upper, const element *tables,
                   const element *f, const element *c, element *to) {
  for (size_t j = 0; j < length; j += 4) {
    element sum[4] = {0};
    const u8 *w = bits + (j >> 3) * step + (j & 4);
    for (size_t k = 0; k < lower; k++)
      for (int i = 0; i < 4; i++) {
        const element e = tables[256 * k + w[8 * k + i]];
        sum[i] = (element){sum[i].re + e.re, sum[i].im + e.im};
      }
    w += step / 2;
    for (size_t k = 0; k < upper; k++)
      for (int i = 0; i < 4; i++) {
        const element e = tables[256 * k + w[8 * k + i]];
        sum[i] = (element){sum[i].re - e.im, sum[i].im + e.re};
      }
    for (size_t i = 0; i < 4; i++)
      to[j + i] = product(sum[i], product(f[(j & (RUN - 1)) + i], c[j / RUN]));
  }
}

static void multiply_block(size_t g, size_t index) {
  const size_t runs = (length + RUN - 1) / RUN, filled = (block_bits + length - 1) / length;
  const size_t lower = ((filled < streams ? filled : streams) + 7) / 8;
  const size_t upper = filled > streams ? (filled - streams + 7) / 8 : 0;
  const size_t all = (streams + 7) / 8, step = 16 * ((groups + 1) / 2), skip = index * interleaved;
  const element *f = fine + g * RUN, *c = coarse + g * runs;
  element *sum = residues + g * length, *a = index ? block_residues : sum;
  reduce(input_bits + skip, step, lower, upper, tables, f, c, a);
  cut_in_four(a, length / 4, twiddles, length / 4);
  reduce(seed_bits + skip, step, all, all, centred_tables, f, c, seed_residues);
  cut_in_four(seed_residues, length / 4, twiddles, length / 4);
  for (size_t i = 0; i < length; i += length / 4)
    convolve(a + i, seed_residues + i, sum + i, length / 4, twiddles + length / 4, index == 0,
             index == blocks - 1);
}

static void multiply_group(size_t g) {
  fill_powers(powers, streams, g, 1 / (16.0 * (double)groups));
  fill_tables(tables, 0);
  fill_tables(centred_tables, 1);
  for (size_t b = 0; b < blocks; b++) multiply_block(g, b);
}

/* Residues to parities, as in toeplitz/cross.ts, parities.ts and rows.ts. */
static void cross_two(const element *work, element *to) {
  const size_t half = groups / 2;
  for (size_t r = 0; r <= half; r++) {
    element c[2] = {work[0], work[1]}, s[2] = {0};
    for (size_t k = 1; k <= half; k++) {
      const float *f = cross_factors + 2 * (r * (half + 1) + k);
      for (size_t i = 0; i < 2; i++) {
        const element sum = work[2 * k + i], dif = work[2 * (groups - k) + i];
        c[i] = (element){c[i].re + sum.re * splat(f[0]), c[i].im + sum.im * splat(f[0])};
        s[i] = (element){s[i].re + dif.re * splat(f[1]), s[i].im + dif.im * splat(f[1])};
      }
    }
    for (size_t i = 0; i < 2; i++) {
      to[4 * r + i] = (element){c[i].re + s[i].im, c[i].im - s[i].re};
      if (r && 2 * r != groups)
        to[4 * (groups - r) + i] = (element){c[i].re - s[i].im, c[i].im + s[i].re};
    }
  }
}

static void cross_groups(size_t j) {
  const size_t runs = (length + RUN - 1) / RUN;
  element *work = crossed + 4 * groups;
  for (size_t i = 0; i < 4; i += 2) {
    for (size_t g = 0; g < 2 * groups; g++) {
      const size_t at = j + i + g % 2;
      element t = product(fine[g / 2 * RUN + (at & (RUN - 1))], coarse[g / 2 * runs + j / RUN]);
      t.im = -t.im;
      work[g] = product(residues[g / 2 * length + at], t);
    }
    for (size_t k = 2, l = 2 * (groups - 1); k < l; k += 2, l -= 2)
      for (size_t p = 0; p < 2; p++) {
        const element low = work[k + p], high = work[l + p];
        work[k + p] = (element){low.re + high.re, low.im + high.im};
        work[l + p] = (element){low.re - high.re, low.im - high.im};
      }
    cross_two(work, crossed + i);
  }
}

static void transpose(v4 a, v4 b, v4 c, v4 d, v4 *out) {
  v4 ab = __builtin_shuffle(a, b, (i4){0, 4, 1, 5}), cd = __builtin_shuffle(c, d, (i4){0, 4, 1, 5});
  v4 ef = __builtin_shuffle(a, b, (i4){2, 6, 3, 7}), gh = __builtin_shuffle(c, d, (i4){2, 6, 3, 7});
  out[0] = __builtin_shuffle(ab, cd, (i4){0, 1, 4, 5});
  out[1] = __builtin_shuffle(ab, cd, (i4){2, 3, 6, 7});
  out[2] = __builtin_shuffle(ef, gh, (i4){0, 1, 4, 5});
  out[3] = __builtin_shuffle(ef, gh, (i4){2, 3, 6, 7});
}

static void emit_parities(size_t j, float offset) {
  const v4 rounder = splat(12582912.0f);
  for (size_t s = first_stream; s <= last_stream && s < first_stream + groups; s++) {
    const element *p = crossed + 4 * (s % groups);
    v4 re[4], im[4];
    transpose(p[3].re, p[2].re, p[1].re, p[0].re, re);
    transpose(p[3].im, p[2].im, p[1].im, p[0].im, im);
    for (size_t t = s; t <= last_stream; t += groups) {
      const float *f = stream_factors + 8 * (t - first_stream);
      v4 value = splat(offset);
      for (int l = 0; l < 4; l++) value += re[l] * splat(f[l]) + im[l] * splat(f[4 + l]);
      const v4 rounded = value + rounder, off = value - (rounded - rounder);
      far = larger(size_of(off), far);
      large = larger(size_of(value), large);
      const i4 odd = (i4)rounded & 1;
      const u8 bits = (u8)(odd[0] | odd[1] << 1 | odd[2] << 2 | odd[3] << 3);
      u8 *row = rows + (t - first_stream) * (length / 8) + j / 8;
      *row = j & 4 ? *row | bits : (u8)(bits << 4);
    }
  }
}

static void read_rows(float offset) {
  const size_t quarter = length / 4, span = quarter < RUN ? quarter : RUN;
  far = large = splat(0);
  for (size_t i = 0; i < quarter; i += span) {
    for (size_t g = 0; g < groups; g++)
      join_four(residues + g * length + i, quarter, twiddles + i, span);
    for (size_t k = i; k < length; k += quarter)
      for (size_t j = k; j < k + span; j += 4) cross_groups(j), emit_parities(j, offset);
  }
}

static void prepare(void) {
  const size_t runs = (length + RUN - 1) / RUN, half = groups / 2;
  const double places = 4.0 * (double)groups * (double)length;
  fill_twiddles();
  for (size_t g = 0; g < groups; g++) {
    fill_powers(fine + g * RUN, RUN, g, 1 / (4 * places));
    fill_powers(coarse + g * runs, runs, g, RUN / (4 * places));
  }
  for (size_t r = 0; r <= half; r++)
    for (size_t k = 0; k <= half; k++) {
      const double a = TURN * (double)(r * k % groups) / (double)groups;
      cross_factors[2 * (r * (half + 1) + k)] = (float)cos(a);
      cross_factors[2 * (r * (half + 1) + k) + 1] = 2 * k == groups ? 0 : (float)sin(a);
    }
  for (size_t s = first_stream; s <= last_stream; s++)
    for (size_t lane = 0; lane < 4; lane++) {
      const double a = TURN * (double)((4 * lane + 1) * s % (16 * groups)) / (16.0 * (double)groups);
      stream_factors[8 * (s - first_stream) + lane] = (float)(cos(a) / places);
      stream_factors[8 * (s - first_stream) + 4 + lane] = (float)(sin(a) / places);
    }
}

static void fill_noise(u8 *at, size_t from, size_t end) {
  uint64_t state = 0x9e3779b97f4a7c15ULL;
  for (size_t i = from / 8; i < end; i++) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    const u8 noise = (u8)(state >> 32), kept = i == from / 8 ? (u8)(0xff00 >> from % 8) : 0;
    at[i] = (u8)((at[i] & kept) | (noise & ~kept));
  }
}

/* Where the seed of a block begins, as in toeplitz/layout.ts. */
static u8 *seed_of(size_t index) {
  return blocks == 1 ? seed : seed + n / 8 - (index + 1) * (block_bits / 8);
}

static void gather_block(size_t index) {
  const size_t step = 16 * ((groups + 1) / 2), half = streams * length / 8;
  const size_t from = index * block_bits, left = n - from;
  const size_t bytes = ((left < block_bits ? left : block_bits) + 7) / 8;
  u8 *x = input_bits + index * interleaved, *t = seed_bits + index * interleaved;
  memcpy(block, input + from / 8, bytes);
  memset(block + bytes, 0, groups * length - bytes);
  interleave(block, streams, x, step);
  interleave(block + half, streams, x + step / 2, step);
  interleave(seed_of(index), streams, t, step);
  interleave(seed_of(index) + half, streams, t + step / 2, step);
}

static void hash(void) {
  fill_noise(seed - lead, 0, lead);
  fill_noise(seed, n + m - 1, (size_t)(seed_of(0) - seed) + groups * length);
  for (size_t b = 0; b < blocks; b++) gather_block(b);
  for (size_t g = 0; g < groups; g++) multiply_group(g);
  unsigned ones = 0;
  for (size_t i = 0; i < (n + 7) / 8; i++) ones += (unsigned)__builtin_popcount(input[i]);
  read_rows((float)(ones & 3) / 2);
  const size_t from = first_place - first_stream * length;
  for (size_t i = 0; i < (m + 7) / 8; i++) {
    const u8 *p = rows + from / 8 + i;
    output[i] = (u8)((p[0] << 8 | p[1]) >> (8 - from % 8));
  }
  if (m % 8) output[m / 8] &= (u8)(0xff << (8 - m % 8));
}

/* As few blocks as fit, as in toeplitz/layout.ts; 0 when none do. */
static int cut_input(void) {
  const size_t places = 8 * groups * length;
  blocks = 1, block_bits = n, first_place = n - 1;
  if (n + m - 1 > places) {
    if (m + 71 > places) return 0;
    const size_t most = (places - m - 6) / 64 * 64;
    blocks = (n + most - 1) / most;
    block_bits = ((n + blocks - 1) / blocks + 63) / 64 * 64;
    first_place = block_bits - 1 + n % 8;
  }
  first_stream = first_place / length, last_stream = (first_place + m - 1) / length;
  return 1;
}

static void lay_out(void) {
  const size_t bytes = groups * length;
  const size_t wanted = last_stream - first_stream + 1;
  interleaved = length / 8 * 16 * ((groups + 1) / 2);
  lead = 64 + (blocks + 7) / 8 * 64;
  input = take(n / 8 + 64);
  seed = (u8 *)take(lead + bytes + (n + m) / 8 + length + 64) + lead;
  block = take(bytes + length);
  input_bits = take(blocks * interleaved);
  seed_bits = take(blocks * interleaved);
  rows = take(wanted * length / 8 + 64);
  output = take(m / 8 + 64);
  residues = take(bytes * sizeof(element));
  block_residues = take(blocks > 1 ? length * sizeof(element) : 0);
  seed_residues = take(length * sizeof(element));
  twiddles = take(length * sizeof(factors));
  fine = take(groups * RUN * sizeof(element));
  coarse = take(groups * (length / RUN + 1) * sizeof(element));
  powers = take(streams * sizeof(element));
  tables = take((groups + 1) / 2 * 256 * sizeof(element));
  centred_tables = take((groups + 1) / 2 * 256 * sizeof(element));
  crossed = take(6 * groups * sizeof(element));
  cross_factors = take((groups / 2 + 1) * (groups / 2 + 1) * 8);
  stream_factors = take(wanted * 32);
  memset(input, 0, n / 8 + 64);
}

static void read_strings(void) {
  const size_t bytes = (n + m + 6) / 8;
  if (fread(input, 1, (n + 7) / 8, stdin) != (n + 7) / 8 || fread(seed, 1, bytes, stdin) != bytes) {
    fprintf(stderr, "input or seed is too short\n");
    exit(1);
  }
}

int main(int count, char **given) {
  if (count != 6) return fprintf(stderr, "toeplitz N M GROUPS LENGTH RUNS\n"), 2;
  n = strtoull(given[1], 0, 10), m = strtoull(given[2], 0, 10), groups = strtoull(given[3], 0, 10);
  length = strtoull(given[4], 0, 10), streams = 4 * groups;
  if (!n || !m || !groups || length < 64 || length & (length - 1) || !cut_input())
    return fprintf(stderr, "the sizes do not fit\n"), 2;
  lay_out();
  read_strings();
  double best = INFINITY;
  for (long run = strtol(given[5], 0, 10); run > 0; run--) {
    const clock_t start = clock();
    prepare();
    hash();
    best = fmin(best, (double)(clock() - start) / CLOCKS_PER_SEC);
  }
  fwrite(output, 1, (m + 7) / 8, stdout);
  fprintf(stderr, "%.6f\n", best);
  return 0;
}
