/*
 * C twin of src-main/kernels/ldpc.ts for the bench alone: the same algorithm, strips, vectors of eight 16-bit
 * integers and order of work, so that the time of the WebAssembly kernel can be set against a native compiler's.
 * Build: gcc -O3 -march=native -o ldpc bench/ldpc.c   (x86-64 with SSE 4.1)
 *
 *   ldpc ROWS COLUMNS EDGES LIFTING FRAMES MOST < starts, blocks, then totals and syndrome of each frame > totals
 *
 * Prints the processor seconds of decoding on the error channel, frame by frame.
 */
#include <smmintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef __m128i v8;
enum { STRIP = 128, LANES = 8 };

static int rows, columns, edges, lifting;
static int32_t *starts, *blocks;
static int16_t *totals, *syndrome, *messages, **places, *wrapped;
static v8 *incoming;

static inline v8 load(const int16_t *at) { return _mm_loadu_si128((const v8 *)at); }
static inline void store(int16_t *at, v8 value) { _mm_storeu_si128((v8 *)at, value); }

static inline v8 correction(v8 x) {
  v8 line = _mm_srli_epi16(_mm_sub_epi16(_mm_set1_epi16(32767), x), 7);
  v8 square = _mm_srli_epi16(_mm_mullo_epi16(line, line), 8);
  v8 fourth = _mm_srli_epi16(_mm_mullo_epi16(square, square), 8);
  return _mm_mullo_epi16(fourth, fourth);
}

static inline v8 box_plus(v8 a, v8 b) {
  v8 lower = _mm_min_epi16(a, b), upper = _mm_max_epi16(a, b);
  v8 gain = _mm_sub_epi16(correction(_mm_sub_epi16(upper, lower)), correction(_mm_adds_epi16(upper, lower)));
  return _mm_max_epi16(_mm_sub_epi16(lower, _mm_srli_epi16(gain, 5)), _mm_setzero_si128());
}

static inline v8 rounded(v8 x) { return _mm_srli_epi16(_mm_add_epi16(x, _mm_set1_epi16(8)), 4); }

static int take_places(int row, int first, int width) {
  int from = starts[row], degree = starts[row + 1] - from;
  for (int edge = 0; edge < degree; edge++) {
    int16_t *column = totals + lifting * blocks[2 * (from + edge)];
    int start = (blocks[2 * (from + edge) + 1] + first) & (lifting - 1);
    places[edge] = column + start;
    if (start + width <= lifting) continue;
    int16_t *copy = wrapped + STRIP * edge;
    int straight = lifting - start;
    memcpy(copy, column + start, 2 * straight);
    memcpy(copy + straight, column, 2 * (width - straight));
    places[edge] = copy;
  }
  return degree;
}

static void put_back(int row, int first, int width) {
  int from = starts[row], degree = starts[row + 1] - from;
  for (int edge = 0; edge < degree; edge++) {
    int16_t *copy = wrapped + STRIP * edge;
    if (places[edge] != copy) continue;
    int16_t *column = totals + lifting * blocks[2 * (from + edge)];
    int start = (blocks[2 * (from + edge) + 1] + first) & (lifting - 1);
    int straight = lifting - start;
    memcpy(column + start, copy, 2 * straight);
    memcpy(column, copy + straight, 2 * (width - straight));
  }
}

static void update_checks(int degree, int i, int16_t *sent, const int16_t *wanted) {
  const v8 limit = _mm_set1_epi16(2047);
  v8 signs = load(wanted), signs2 = load(wanted + LANES);
  v8 least = limit, least2 = limit, rest = limit, rest2 = limit;
  int16_t *message = sent;
  for (int edge = 0; edge < degree; edge++, message += lifting) {
    const int16_t *place = places[edge] + i;
    v8 value = _mm_sub_epi16(load(place), load(message));
    v8 value2 = _mm_sub_epi16(load(place + LANES), load(message + LANES));
    incoming[2 * edge] = value;
    incoming[2 * edge + 1] = value2;
    signs = _mm_xor_si128(signs, value);
    signs2 = _mm_xor_si128(signs2, value2);
    v8 size = _mm_min_epi16(_mm_abs_epi16(value), limit);
    v8 size2 = _mm_min_epi16(_mm_abs_epi16(value2), limit);
    v8 larger = _mm_slli_epi16(_mm_max_epi16(least, size), 4);
    v8 larger2 = _mm_slli_epi16(_mm_max_epi16(least2, size2), 4);
    least = _mm_min_epi16(least, size);
    least2 = _mm_min_epi16(least2, size2);
    rest = edge > 1 ? box_plus(rest, larger) : larger;
    rest2 = edge > 1 ? box_plus(rest2, larger2) : larger2;
  }
  v8 all = rounded(box_plus(rest, _mm_slli_epi16(least, 4)));
  v8 all2 = rounded(box_plus(rest2, _mm_slli_epi16(least2, 4)));
  v8 more = _mm_sub_epi16(rounded(rest), all), more2 = _mm_sub_epi16(rounded(rest2), all2);
  message = sent;
  for (int edge = 0; edge < degree; edge++, message += lifting) {
    int16_t *place = places[edge] + i;
    v8 value = incoming[2 * edge], value2 = incoming[2 * edge + 1];
    v8 size = _mm_add_epi16(all, _mm_and_si128(more, _mm_cmpeq_epi16(_mm_abs_epi16(value), least)));
    v8 size2 = _mm_add_epi16(all2, _mm_and_si128(more2, _mm_cmpeq_epi16(_mm_abs_epi16(value2), least2)));
    v8 sign = _mm_srai_epi16(_mm_xor_si128(signs, value), 15);
    v8 sign2 = _mm_srai_epi16(_mm_xor_si128(signs2, value2), 15);
    v8 out = _mm_sub_epi16(_mm_xor_si128(size, sign), sign);
    v8 out2 = _mm_sub_epi16(_mm_xor_si128(size2, sign2), sign2);
    store(message, out);
    store(message + LANES, out2);
    store(place, _mm_add_epi16(value, out));
    store(place + LANES, _mm_add_epi16(value2, out2));
  }
}

static void update_row(int row) {
  int width = lifting < STRIP ? lifting : STRIP, first = starts[row];
  for (int check = 0; check < lifting; check += STRIP) {
    int degree = take_places(row, check, width);
    int16_t *sent = messages + (size_t)first * lifting + check;
    const int16_t *wanted = syndrome + row * lifting + check;
    for (int i = 0; i < width; i += 2 * LANES) update_checks(degree, i, sent + i, wanted + i);
    put_back(row, check, width);
  }
}

static int strip_matches(int row, int first) {
  int width = lifting < STRIP ? lifting : STRIP, degree = take_places(row, first, width);
  const int16_t *wanted = syndrome + row * lifting + first;
  v8 odd = _mm_setzero_si128();
  for (int i = 0; i < width; i += LANES) {
    v8 parity = load(wanted + i);
    for (int edge = 0; edge < degree; edge++) parity = _mm_xor_si128(parity, load(places[edge] + i));
    odd = _mm_or_si128(odd, parity);
  }
  return (_mm_movemask_epi8(odd) & 0xaaaa) == 0;
}

static int matches(void) {
  for (int row = 0; row < rows; row++)
    for (int first = 0; first < lifting; first += STRIP)
      if (!strip_matches(row, first)) return 0;
  return 1;
}

static void decode(int most) {
  memset(messages, 0, 2 * (size_t)edges * lifting);
  for (int done = 0; done < most && !matches(); done++)
    for (int row = 0; row < rows; row++) update_row(row);
}

static void *room(size_t bytes) {
  void *at = aligned_alloc(64, (bytes + 63) & ~(size_t)63);
  if (!at) exit(2);
  return at;
}

static void take(void *at, size_t bytes) {
  if (fread(at, 1, bytes, stdin) != bytes) exit(3);
}

int main(int count, char **given) {
  if (count != 7) return 1;
  rows = atoi(given[1]), columns = atoi(given[2]), edges = atoi(given[3]), lifting = atoi(given[4]);
  size_t length = 2 * (size_t)columns * lifting, checks = 2 * (size_t)rows * lifting;
  starts = room(4 * (rows + 1));
  blocks = room(8 * edges);
  totals = room(length);
  syndrome = room(checks);
  messages = room(2 * (size_t)edges * lifting);
  places = room(sizeof *places * columns);
  wrapped = room(2 * (size_t)STRIP * columns);
  incoming = room(32 * (size_t)columns);
  take(starts, 4 * (rows + 1));
  take(blocks, 8 * edges);
  for (int frame = 0; frame < atoi(given[5]); frame++) {
    take(totals, length);
    take(syndrome, checks);
    clock_t began = clock();
    decode(atoi(given[6]));
    fprintf(stderr, "%.6f\n", (double)(clock() - began) / CLOCKS_PER_SEC);
    fwrite(totals, 1, length, stdout);
  }
  return 0;
}
