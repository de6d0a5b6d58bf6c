#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "importers/pipe.h"
#include "tests/unit/reading.h"

static struct arena arena;

static struct str fixture(const char *name)
{
    char path[256];
    struct stream *in = NULL;
    struct str bytes = {0};
    snprintf(path, sizeof path, "fixtures/pdf/%s", name);
    if (stream_open(&in, path, NULL) < 0 || stream_all(in, &arena, 1 << 24, &bytes, NULL) < 0)
        diag("%s cannot be read", path);
    stream_close(in);
    return bytes;
}

/* Runs a shell as the filter, which the program itself never does. */
static int run(const char *script, struct str input, size_t most, int seconds, struct buf *out,
               struct err *err)
{
    const char *arguments[] = {"sh", "-c", script, "/tmp/gongkai-pipe-test", NULL};
    struct pipe_program program = {.arguments = arguments, .converter = "sh",
                                   .seconds = seconds, .memory_bytes = 1 << 28, .files = 64};
    struct stream *in = NULL;
    *out = buf_new(most);
    int status = stream_memory(&in, input, err);
    if (status == 0)
        status = pipe_through(&program, in, out, err);
    stream_close(in);
    return status;
}

static void test_pipe(void)
{
    static char large[1 << 20];
    struct buf out;
    struct err err = {0};
    memset(large, 'x', sizeof large);
    ok(run("cat", (struct str){large, sizeof large}, 1 << 22, 20, &out, &err) == 0 &&
           str_eq(buf_str(&out), (struct str){large, sizeof large}),
       "a filter takes and gives more than a pipe holds");
    buf_free(&out);
    ok(run("exec <&-; echo done", (struct str){large, sizeof large}, 1 << 22, 20, &out, &err) == 0 &&
           str_eq(buf_str(&out), STR("done\n")), "one that does not read its input may end well");
    buf_free(&out);
    ok(run("exit 3", STR(""), 1 << 16, 20, &out, &err) < 0 && strcmp(err.reason, "converter") == 0,
       "one that fails refuses the input");
    buf_free(&out);
    time_t before = time(NULL);
    ok(run("sleep 30", STR(""), 1 << 16, 1, &out, &err) < 0 && time(NULL) - before < 10 &&
           strcmp(err.reason, "converter") == 0, "one that hangs is ended");
    buf_free(&out);
    ok(run("yes", STR(""), 1 << 18, 20, &out, &err) < 0 && strcmp(err.reason, "converter") == 0,
       "so is one that writes without end");
    buf_free(&out);
    ok(run("exec no-such-program-here", STR(""), 1 << 16, 20, &out, &err) < 0 &&
           strcmp(err.reason, "no-converter") == 0, "one that another one does not find is named too");
    buf_free(&out);
    ok(run("cat; echo x >\"$0\"; test -s \"$0\"", STR(""), 1 << 16, 20, &out, &err) < 0,
       "none may write a file that was not allowed to");
    unlink("/tmp/gongkai-pipe-test");
    buf_free(&out);
    int leak = open("/dev/null", O_RDONLY);
    ok(run("ls /proc/self/fd", STR(""), 1 << 16, 20, &out, &err) == 0 &&
           str_eq(buf_str(&out), STR("0\n1\n2\n3\n")), "none of our descriptors reaches it");
    buf_free(&out);
    close(leak);
    const char *missing[] = {"no-such-program-here", NULL};
    struct pipe_program program = {.arguments = missing, .converter = "no-such-program-here",
                                   .seconds = 5, .memory_bytes = 1 << 28,
                                   .files = 64};
    struct stream *in = NULL;
    out = buf_new(1 << 16);
    ok(stream_memory(&in, STR("x"), &err) == 0 &&
           pipe_through(&program, in, &out, &err) < 0 &&
           strcmp(err.reason, "no-converter") == 0, "one that is not installed is named");
    stream_close(in);
    buf_free(&out);
}

static void test_pdf(void)
{
    struct reading reading = {0};
    const char *got = reading_of(&reading, fixture("table.pdf"));
    if (reading.status < 0 && strcmp(reading.err.reason, "no-converter") == 0) {
        ok(true, "PDF files are refused with a hint where pdftotext is missing");
        buf_free(&reading.out);
        return;
    }
    ok(reading.status == 0 && strstr(got, "Annual report 2021") && strstr(got, "rules"),
       "a PDF file is read line by line");
    buf_free(&reading.out);
    ok(refuses(fixture("empty.pdf"), "images", 0), "one without text is refused");
    ok(refuses(STR("%PDF-1.4\nrubbish"), "converter", 0), "one that is damaged is refused");
}

int main(void)
{
    arena = arena_new(1 << 22);
    test_pipe();
    test_pdf();
    arena_free(&arena);
    return done();
}
