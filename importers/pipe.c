#include "importers/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How a program ends that could not find another one to run. */
enum { NOT_FOUND = 127 };

/* A program that runs: its input is a socket, since writing to one can be kept from raising
 * SIGPIPE, its output a pipe. */
struct running {
    pid_t pid;
    int in, out;
};

static void close_one(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static int is_missing(const struct pipe_program *program, struct err *err)
{
    return err_reject(err, "no-converter", 0,
                      "needs %s to be read, which is not installed; install it, or save the file as "
                      ".docx or .txt", program->converter);
}

static int start(struct running *run, const struct pipe_program *program, struct err *err)
{
    const char *const *arguments = program->arguments;
    static const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                             "LC_ALL=C.UTF-8", NULL};
    int input[2] = {-1, -1}, output[2] = {-1, -1}, status = -1;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    if (posix_spawn_file_actions_init(&actions) != 0)
        return err_memory(err);
    if (posix_spawnattr_init(&attributes) != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return err_memory(err);
    }
    sigfillset(&defaults);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) < 0 ||
        pipe2(output, O_CLOEXEC) < 0) {
        err_set(err, ERR_SYSTEM, "cannot start %s: %s", arguments[0], strerror(errno));
    } else if (posix_spawn_file_actions_adddup2(&actions, input[1], 0) != 0 ||
               posix_spawn_file_actions_adddup2(&actions, output[1], 1) != 0 ||
               posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) != 0 ||
               posix_spawn_file_actions_addclosefrom_np(&actions, 3) != 0 ||
               posix_spawn_file_actions_addchdir_np(&actions, "/") != 0 ||
               posix_spawnattr_setsigdefault(&attributes, &defaults) != 0 ||
               posix_spawnattr_setflags(&attributes,
                                        POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP) != 0) {
        err_memory(err);
    } else {
        int failed = posix_spawnp(&run->pid, arguments[0], &actions, &attributes,
                                  (char *const *)(uintptr_t)arguments,
                                  (char *const *)(uintptr_t)environment);
        if (failed == ENOENT)
            is_missing(program, err);
        else if (failed)
            err_set(err, ERR_SYSTEM, "cannot start %s: %s", arguments[0], strerror(failed));
        else
            status = 0;
    }
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    close_one(&input[1]);
    close_one(&output[1]);
    if (status < 0) {
        close_one(&input[0]);
        close_one(&output[0]);
    }
    run->in = input[0];
    run->out = output[0];
    return status;
}

static void bound(pid_t pid, const struct pipe_program *program)
{
    const struct {
        __rlimit_resource_t what;
        rlim_t most;
    } all[] = {
        {RLIMIT_CPU, (rlim_t)program->seconds}, {RLIMIT_AS, program->memory_bytes},
        {RLIMIT_FSIZE, program->file_bytes},    {RLIMIT_CORE, 0},
        {RLIMIT_NOFILE, program->files},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct rlimit limit = {all[i].most, all[i].most};
        prlimit(pid, all[i].what, &limit, NULL);
    }
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Sends what fits; closes the input when all is sent or nobody reads any more. */
static int send_some(struct running *run, struct stream *in, struct err *err)
{
    struct str bytes;
    char gone[STREAM_PEEK];
    if (stream_peek(in, sizeof gone, &bytes, err) < 0)
        return -1;
    ssize_t sent = bytes.n ? send(run->in, bytes.p, bytes.n, MSG_NOSIGNAL | MSG_DONTWAIT) : 0;
    if (sent > 0)
        return stream_read(in, gone, (size_t)sent, err) < 0 ? -1 : 0;
    if (bytes.n == 0 || (errno != EAGAIN && errno != EINTR))
        close_one(&run->in);
    return 0;
}

/* Passes bytes both ways until the output ends. 1: too long, too much. */
static int converse(struct running *run, struct stream *in, int64_t until, struct buf *out,
                    struct err *err)
{
    for (;;) {
        int64_t left = until - now_ms();
        struct pollfd both[2] = {{run->out, POLLIN, 0}, {run->in, POLLOUT, 0}};
        if (left <= 0)
            return 1;
        if (poll(both, run->in >= 0 ? 2 : 1, (int)left) < 0 && errno != EINTR)
            return err_set(err, ERR_SYSTEM, "cannot wait for a converter: %s", strerror(errno));
        if (run->in >= 0 && both[1].revents && send_some(run, in, err) < 0)
            return -1;
        if (!both[0].revents)
            continue;
        size_t room = out->limit - out->n < STREAM_PEEK ? out->limit - out->n : STREAM_PEEK;
        if (room == 0 || buf_reserve(out, room) < 0)
            return 1;
        ssize_t got = read(run->out, out->p + out->n, room);
        if (got == 0)
            return 0;
        if (got > 0)
            out->n += (size_t)got;
        else if (errno != EINTR)
            return err_set(err, ERR_SYSTEM, "cannot wait for a converter: %s", strerror(errno));
    }
}

int pipe_through(const struct pipe_program *program, struct stream *in, struct buf *out,
                 struct err *err)
{
    struct running run = {.in = -1, .out = -1};
    int how = 0;
    if (start(&run, program, err) < 0)
        return -1;
    bound(run.pid, program);
    if (!in)
        close_one(&run.in);
    int status = converse(&run, in, now_ms() + (int64_t)program->seconds * 1000, out, err);
    close_one(&run.in);
    close_one(&run.out);
    if (status != 0)
        kill(-run.pid, SIGKILL);
    while (waitpid(run.pid, &how, 0) < 0 && errno == EINTR)
        continue;
    if (status < 0)
        return -1;
    if (status > 0)
        return err_reject(err, "converter", 0, "%s took more than %d seconds or wrote more than %zu "
                          "bytes; convert the file by hand", program->converter, program->seconds,
                          out->limit);
    if (WIFEXITED(how) && WEXITSTATUS(how) == NOT_FOUND)
        return is_missing(program, err);
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0)
        return err_reject(err, "converter", 0,
                          "%s could not read it (it may be damaged or have a password); open it and "
                          "save it again", program->converter);
    return 0;
}
