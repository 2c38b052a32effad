/*
 * C twin of src-main/kernels/cascade.ts, for the bench alone: the same algorithm, both sides in one thread.
 * Build: gcc -O3 -march=native -o cascade bench/cascade.c -lm
 * Run:   ./cascade N QBER FRAMES K0 K1 K2 ...   (block lengths of the passes; the bench passes its own)
 * Prints CPU seconds of the fastest frame, bits disclosed over all frames, rounds, residual errors over all frames.
 */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_PASSES 32
#define SLICED_FROM 65536u

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;

typedef struct {
  u32 offset, a, b, a_inverse, b_inverse, mask, shift, size;
} Permutation;

typedef struct {
  u32 sliced, length, end, blocks, odd_count;
  Permutation order;
  u64 *bits, *bounds, *odd, *dirty;
} Pass;

typedef struct {
  u32 n, words, bob, opened, planned, current, opening, pending, active_count, corrections, contradiction;
  u32 *active;
  Pass passes[MAX_PASSES];
} Frame;

static u32 inverse_odd(u32 odd) {
  u32 inverse = odd;
  for (int step = 0; step < 5; step++) inverse *= 2 - odd * inverse;
  return inverse;
}

static inline u32 scramble(const Permutation *p, u32 x) {
  x = ((x ^ p->offset) * p->a) & p->mask;
  x = ((x ^ (x >> p->shift)) * p->b) & p->mask;
  return x ^ (x >> p->shift);
}

static inline u32 forward(const Permutation *p, u32 x) {
  do x = scramble(p, x);
  while (x >= p->size);
  return x;
}

static inline u32 backward(const Permutation *p, u32 x) {
  do {
    x = ((x ^ (x >> p->shift)) * p->b_inverse) & p->mask;
    x = (((x ^ (x >> p->shift)) * p->a_inverse) & p->mask) ^ p->offset;
  } while (x >= p->size);
  return x;
}

static inline u32 turn(const Permutation *p, u32 slot) { return (slot * p->b + p->a) >> 26; }

static u32 place_of(const Frame *f, u32 pass, u32 position) {
  const Pass *p = &f->passes[pass];
  if (pass == 0) return position;
  if (!p->sliced) return forward(&p->order, position);
  u32 column = position / f->words, slot = position % f->words;
  return (forward(&p->order, slot) << 6) | ((column * p->order.a_inverse - turn(&p->order, slot)) & 63);
}

static inline u32 position_of(const Frame *f, u32 pass, u32 place) {
  const Pass *p = &f->passes[pass];
  if (pass == 0) return place;
  if (!p->sliced) return backward(&p->order, place);
  u32 slot = backward(&p->order, place >> 6);
  return (((place + turn(&p->order, slot)) * p->order.a) & 63) * f->words + slot;
}

static inline u32 parity(const u64 *words, u32 from, u32 to) {
  u32 first = from >> 6, last = (to - 1) >> 6;
  u64 head = ~0ull << (from & 63), tail = ~0ull >> (-to & 63);
  if (first == last) return __builtin_popcountll(words[first] & head & tail) & 1;
  u64 sum = (words[first] & head) ^ (words[last] & tail);
  for (u32 at = first + 1; at < last; at++) sum ^= words[at];
  return __builtin_popcountll(sum) & 1;
}

static inline u32 start_of(const u64 *bounds, u32 position) {
  u32 at = position >> 6;
  u64 word = bounds[at] & (~0ull >> (~position & 63));
  while (!word) word = bounds[--at];
  return (at << 6) + 63 - __builtin_clzll(word);
}

static inline u32 end_of(const u64 *bounds, u32 start) {
  u32 at = (start + 1) >> 6;
  u64 word = bounds[at] & (~0ull << ((start + 1) & 63));
  while (!word) word = bounds[++at];
  return (at << 6) + __builtin_ctzll(word);
}

static inline void set_bit(u64 *words, u32 at) { words[at >> 6] |= 1ull << (at & 63); }

static void scatter(const Frame *f, Pass *p) {
  const u64 *key = f->passes[0].bits;
  u32 whole = p->order.size == p->order.mask + 1;
  for (u32 from = 0; from < f->n; from += 64) {
    u32 count = f->n - from < 64 ? f->n - from : 64;
    u64 word = 0;
    for (u32 i = 0; i < count; i++) {
      u32 place = whole ? scramble(&p->order, from + i) : forward(&p->order, from + i);
      word |= ((key[place >> 6] >> (place & 63)) & 1) << i;
    }
    p->bits[from >> 6] = word;
  }
}

static void transpose(u64 *rows) {
  u64 mask = 0x00000000ffffffffull;
  for (u32 width = 32; width; width >>= 1, mask ^= mask << width)
    for (u32 row = 0; row < 64; row = (row + width + 1) & ~width) {
      u64 swap = ((rows[row] >> width) ^ rows[row + width]) & mask;
      rows[row + width] ^= swap;
      rows[row] ^= swap << width;
    }
}

static void slice(const Frame *f, Pass *p) {
  const u64 *key = f->passes[0].bits;
  u64 rows[64];
  u32 stride = f->words >> 6;
  for (u32 group = 0; group < stride; group++) {
    for (u32 i = 0; i < 64; i++) {
      u32 slot = (group << 6) + i, by = turn(&p->order, slot);
      u64 word = key[forward(&p->order, slot)];
      rows[i] = (word << by) | (word >> (-by & 63));
    }
    transpose(rows);
    for (u32 column = 0; column < 64; column++) p->bits[((column * p->order.a) & 63) * stride + group] = rows[column];
  }
}

static void order(Permutation *p, u32 size, const u32 *random) {
  u32 width = 2;
  while (width < 32 && (1u << width) < size) width++;
  p->size = size;
  p->mask = (1u << width) - 1;
  p->shift = (width + 1) >> 1;
  p->offset = random[0] & p->mask;
  p->a = random[1] | 1;
  p->b = random[2] | 1;
  p->a_inverse = inverse_odd(p->a);
  p->b_inverse = inverse_odd(p->b);
}

static void plan(Frame *f, u32 length, const u32 *random) {
  u32 index = f->planned++;
  Pass *p = &f->passes[index];
  p->sliced = index > 1 && f->n >= SLICED_FROM;
  p->length = length;
  p->end = p->sliced ? f->words << 6 : f->n;
  p->blocks = (p->end + length - 1) / length;
  order(&p->order, p->sliced ? f->words : f->n, random);
}

static void open_next(Frame *f) {
  u32 index = f->opened++;
  Pass *p = &f->passes[index];
  u32 size = f->words + 2;
  u64 *area = calloc(size * (index ? 3 : 2) + (size >> 6) + 1, 8);
  p->bounds = area;
  p->odd = area + size;
  p->dirty = area + (index ? 3 : 2) * size;
  if (index) p->bits = area + 2 * size;
  if (index && p->sliced) slice(f, p);
  if (index && !p->sliced) scatter(f, p);
  for (u32 start = 0; start < p->end; start += p->length) set_bit(p->bounds, start);
  set_bit(p->bounds, p->end);
  f->current = index;
  f->opening = 1;
  f->pending = index ? p->blocks - 1 : p->blocks;
}

static inline void toggle(Pass *p, u32 start) {
  u64 bit = 1ull << (start & 63);
  p->odd[start >> 6] ^= bit;
  if (!(p->odd[start >> 6] & bit)) {
    p->odd_count--;
    return;
  }
  p->odd_count++;
  set_bit(p->dirty, start >> 6);
}

static void correct(Frame *f, u32 from, u32 position) {
  u32 place = place_of(f, from, position);
  if (place >= f->n) {
    f->contradiction = 1;
    return;
  }
  f->corrections++;
  for (u32 index = 0; index < f->opened; index++) {
    Pass *p = &f->passes[index];
    u32 at = index == from ? position : position_of(f, index, place);
    if (f->bob) p->bits[at >> 6] ^= 1ull << (at & 63);
    if (index == from) continue;
    u32 start = start_of(p->bounds, at);
    toggle(p, start);
    if (start == at && (p->odd[at >> 6] >> (at & 63) & 1) && end_of(p->bounds, at) == at + 1) f->contradiction = 1;
  }
}

static void enter(Frame *f, u32 start, u32 end) {
  if (end - start == 1) {
    correct(f, f->current, start);
    return;
  }
  f->active[2 * f->active_count] = start;
  f->active[2 * f->active_count + 1] = end;
  f->active_count++;
}

static void take(Frame *f, u32 index) {
  Pass *p = &f->passes[index];
  f->current = index;
  for (u32 group = 0; group <= f->words >> 6; group++) {
    u64 dirty = p->dirty[group];
    p->dirty[group] = 0;
    for (; dirty; dirty &= dirty - 1) {
      u32 at = (group << 6) + __builtin_ctzll(dirty);
      u64 word = p->odd[at];
      p->odd[at] = 0;
      for (; word; word &= word - 1) {
        u32 start = (at << 6) + __builtin_ctzll(word);
        enter(f, start, end_of(p->bounds, start));
      }
    }
  }
  p->odd_count = 0;
}

static void schedule(Frame *f) {
  f->pending = 0;
  while (!f->active_count && !f->contradiction) {
    u32 index = 0;
    while (index < f->opened && !f->passes[index].odd_count) index++;
    if (index < f->opened) {
      take(f, index);
      continue;
    }
    if (f->opened == f->planned) return;
    open_next(f);
    if (f->pending) return;
    f->opening = 0;
  }
  if (!f->contradiction) f->pending = f->active_count;
}

static inline u32 middle(u32 start, u32 end) { return start + ((end - start + 1) >> 1); }

static void parities(const Frame *f, u8 *out) {
  const Pass *p = &f->passes[f->current];
  u32 bits = 0;
  for (u32 i = 0; i < f->pending; i++) {
    u32 from = f->opening ? i * p->length : f->active[2 * i];
    u32 end = from + p->length < p->end ? from + p->length : p->end;
    u32 to = f->opening ? end : middle(from, f->active[2 * i + 1]);
    bits = bits << 1 | parity(p->bits, from, to);
    if ((i & 7) == 7) out[i >> 3] = bits;
  }
  if (f->pending & 7) out[f->pending >> 3] = bits << (8 - (f->pending & 7));
}

static void opened(Frame *f, const u8 *differences) {
  Pass *p = &f->passes[f->current];
  u32 sum = 0;
  f->opening = 0;
  for (u32 block = 0; block < p->blocks; block++) {
    u32 odd = block < f->pending ? differences[block >> 3] >> (~block & 7) & 1 : sum;
    sum ^= odd;
    if (odd) toggle(p, block * p->length);
  }
}

static void halved(Frame *f, const u8 *differences) {
  Pass *p = &f->passes[f->current];
  f->active_count = 0;
  for (u32 i = 0; i < f->pending; i++) {
    u32 start = f->active[2 * i], end = f->active[2 * i + 1], half = middle(start, end);
    set_bit(p->bounds, half);
    if (differences[i >> 3] >> (~i & 7) & 1) enter(f, start, half);
    else enter(f, half, end);
  }
}

static void advance(Frame *f, const u8 *differences) {
  if (f->opening) opened(f, differences);
  else halved(f, differences);
  schedule(f);
}

static Frame *create(const u8 *key, u32 n, u32 bob) {
  Frame *f = calloc(1, sizeof *f);
  f->n = n;
  f->bob = bob;
  f->words = (((n + 63) >> 6) + 63) & ~63u;
  f->active = malloc(8 * (size_t)(f->words << 5) + 8);
  f->passes[0].bits = calloc(f->words + 2, 8);
  u8 *packed = (u8 *)f->passes[0].bits;
  u32 i = 0;
  for (; i + 8 <= n; i += 8) {
    u64 eight;
    memcpy(&eight, key + i, 8);
    packed[i >> 3] = (eight * 0x0102040810204080ull) >> 56;
  }
  for (; i < n; i++) f->passes[0].bits[i >> 6] |= (u64)key[i] << (i & 63);
  return f;
}

static void destroy(Frame *f) {
  free(f->passes[0].bits);
  for (u32 index = 0; index < f->opened; index++) free(f->passes[index].bounds);
  free(f->active);
  free(f);
}

static u64 state = 88172645463325252ull;
static u64 next_random(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state * 0x2545f4914f6cdd1dull;
}

static double cpu_s(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 5 || argc - 4 > MAX_PASSES) return 2;
  u32 n = (u32)atoi(argv[1]), frames = (u32)atoi(argv[3]);
  double qber = atof(argv[2]), best = 1e9;
  u8 *alice_key = malloc(n), *bob_key = malloc(n), *answer = malloc(n), *differences = malloc(n);
  u64 disclosed = 0, rounds = 0, residual = 0;
  /* Memory is kept between frames, as the kernel keeps its own. */
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  if (n < 64 || !alice_key || !bob_key || !answer || !differences) return 2;
  for (u32 frame = 0; frame < frames; frame++) {
    for (u32 i = 0; i < n; i++) {
      alice_key[i] = next_random() >> 63;
      bob_key[i] = alice_key[i] ^ ((double)(next_random() >> 11) * 0x1p-53 < qber);
    }
    double from = cpu_s();
    Frame *alice = create(alice_key, n, 0), *bob = create(bob_key, n, 1);
    for (int i = 4; i < argc; i++) {
      u32 random[3] = {next_random() >> 32, next_random() >> 32, next_random() >> 32};
      plan(alice, (u32)atoi(argv[i]), random);
      plan(bob, (u32)atoi(argv[i]), random);
    }
    schedule(alice);
    for (schedule(bob); bob->pending; rounds++) {
      parities(alice, answer);
      parities(bob, differences);
      for (u32 i = 0; i < (bob->pending + 7) >> 3; i++) differences[i] ^= answer[i];
      disclosed += bob->pending;
      advance(alice, differences);
      advance(bob, differences);
    }
    for (u32 i = 0; i < n; i++) bob_key[i] = bob->passes[0].bits[i >> 6] >> (i & 63) & 1;
    double taken = cpu_s() - from;
    if (taken < best) best = taken;
    for (u32 i = 0; i < n; i++) residual += bob_key[i] != alice_key[i];
    destroy(alice);
    destroy(bob);
  }
  printf("%.6f %llu %llu %llu\n", best, (unsigned long long)disclosed, (unsigned long long)rounds,
         (unsigned long long)residual);
  return 0;
}
