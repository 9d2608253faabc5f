/*
 * llama.cpp's side of `npm run bench:peers`: answers the requests of contestant.ts.
 *
 *   llama-cpp FILE.gguf THREADS SLOTS on|off      the last: flash attention
 *
 * It times what llama-bench times, llama_decode and llama_synchronize, but each forward separately, and with the
 * logits of every row.
 */
#include <llama.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { most_rows = 8 };

static struct llama_context *context;
static struct llama_batch batch;
static int length;

static void fail(const char *message) {
  fprintf(stderr, "llama-cpp: %s\n", message);
  exit(1);
}

/* As promptTokens of measurement.ts. */
static llama_token token_at(int position) {
  static uint32_t state = 1;
  static llama_token *tokens;
  static int made;
  for (; made <= position; made++) {
    if (made % 4096 == 0) tokens = realloc(tokens, (made + 4096) * sizeof *tokens);
    state = state * 1664525u + 1013904223u;
    tokens[made] = 17 + (state >> 8) % 49000;
  }
  return tokens[position];
}

/* Milliseconds of one forward of `rows` tokens, of which the last `kept` get logits. */
static double forward(int rows, int kept) {
  batch.n_tokens = rows;
  for (int row = 0; row < rows; row++) {
    batch.token[row] = token_at(length + row);
    batch.pos[row] = length + row;
    batch.n_seq_id[row] = 1;
    batch.seq_id[row][0] = 0;
    batch.logits[row] = row >= rows - kept;
  }
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  if (llama_decode(context, batch) != 0) fail("llama_decode failed");
  llama_synchronize(context);
  clock_gettime(CLOCK_MONOTONIC, &end);
  length += rows;
  return (end.tv_sec - start.tv_sec) * 1e3 + (end.tv_nsec - start.tv_nsec) / 1e6;
}

static void roll_back_to(int target) {
  if (!llama_memory_seq_rm(llama_get_memory(context), 0, target, -1)) fail("llama_memory_seq_rm failed");
  length = target;
}

/* `read N`: makes the context N tokens long; answers with the milliseconds of reading. */
static void read_to(int target, int most) {
  if (target < length) roll_back_to(target);
  double taken = 0;
  while (length < target) {
    const int rows = target - length < most ? target - length : most;
    taken += forward(rows, length + rows == target);
  }
  printf("[%.4f]\n", taken);
}

/* `forward ROWS COUNT`: COUNT forwards of ROWS rows, all at the present context. */
static void forwards(int rows, int count) {
  const int start = length;
  for (int done = 0; done < count; done++) {
    printf("%c%.4f", done == 0 ? '[' : ',', forward(rows, rows));
    roll_back_to(start);
  }
  printf("]\n");
}

static void quiet(enum ggml_log_level level, const char *text, void *data) {
  (void)data;
  if (level == GGML_LOG_LEVEL_ERROR) fputs(text, stderr);
}

int main(int count, char **arguments) {
  if (count != 5) fail("call it as: llama-cpp FILE.gguf THREADS SLOTS on|off");
  llama_log_set(quiet, NULL);
  llama_backend_init();
  struct llama_model *model = llama_model_load_from_file(arguments[1], llama_model_default_params());
  if (!model) fail("the model can't be loaded");
  struct llama_context_params params = llama_context_default_params();
  params.n_threads = params.n_threads_batch = atoi(arguments[2]);
  params.n_ctx = atoi(arguments[3]);
  params.n_outputs_max = params.n_outputs_max_per_seq = most_rows;
  params.flash_attn_type =
      strcmp(arguments[4], "on") == 0 ? LLAMA_FLASH_ATTN_TYPE_ENABLED : LLAMA_FLASH_ATTN_TYPE_DISABLED;
  context = llama_init_from_model(model, params);
  if (!context) fail("the context can't be created");
  const int most = llama_n_batch(context);
  batch = llama_batch_init(most, 0, 1);
  printf("\"llama.cpp %s, %s\"\n", llama_version(), llama_print_system_info());
  fflush(stdout);

  char line[64];
  int first, second;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "read %d", &first) == 1) read_to(first, most);
    else if (sscanf(line, "forward %d %d", &first, &second) == 2) forwards(first, second);
    else fail("unknown request");
    fflush(stdout);
  }
  return 0;
}
