/* measure - runs shell commands in turn, A B A B …, and prints the medians of what they took.
 *
 *   measure [--rounds N] [--seconds S] [--cold] NAME PREPARE COMMAND [NAME PREPARE COMMAND]...
 *
 * PREPARE (may be empty) goes before each run of its COMMAND and is not measured. No round is begun
 * once S seconds have gone, but the first. --cold drops the caches of the disk before each run.
 * One line a command, parted by tabs: name, rounds, seconds (median, least, most), seconds of
 * processor (median), greatest KiB of memory of any one process. A command that leaves seconds in
 * the file that $OWN_TIME names took those: peers whose start-up is not to count use it. Exit codes
 * 0, 3 and 4 are those of work that was done. What is written to standard error goes to $LOG. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS = 8, ROUNDS = 100 };

struct command {
    const char *name, *prepare, *run;
    double wall[ROUNDS], cpu[ROUNDS];
    long most_kib;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Runs a command without output; its exit code, -1 when it ended otherwise. */
static int run(const char *text, struct rusage *usage)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        int log = getenv("LOG") ? open(getenv("LOG"), O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;
        dup2(nowhere, STDOUT_FILENO);
        dup2(log < 0 ? nowhere : log, STDERR_FILENO);
        execl("/bin/sh", "sh", "-c", text, (char *)NULL);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, usage) < 0 || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

static void drop_caches(void)
{
    sync();
    FILE *file = fopen("/proc/sys/vm/drop_caches", "w");
    if (!file || fputs("3\n", file) < 0 || fclose(file) != 0) {
        fprintf(stderr, "measure: caches cannot be dropped here\n");
        exit(2);
    }
}

/* What the command says it took, or `otherwise`. */
static double own_time(const char *path, double otherwise)
{
    FILE *file = path ? fopen(path, "r") : NULL;
    double own = otherwise;
    if (file && fscanf(file, "%lf", &own) != 1)
        own = otherwise;
    if (file) {
        fclose(file);
        unlink(path);
    }
    return own;
}

static int measure(struct command *c, int round, bool cold)
{
    struct rusage usage;
    const char *own = getenv("OWN_TIME");
    if (*c->prepare && run(c->prepare, &usage) != 0) {
        fprintf(stderr, "measure: failed: %s\n", c->prepare);
        return -1;
    }
    if (own)
        unlink(own);
    if (cold)
        drop_caches();
    double begun = now();
    int code = run(c->run, &usage);
    c->wall[round] = own_time(own, now() - begun);
    c->cpu[round] = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    if (usage.ru_maxrss > c->most_kib)
        c->most_kib = usage.ru_maxrss;
    if (code == 0 || code == 3 || code == 4)
        return 0;
    fprintf(stderr, "measure: exit %d: %s\n", code, c->run);
    return -1;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *sorted, int n)
{
    return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

static void print(struct command *c, int rounds)
{
    qsort(c->wall, (size_t)rounds, sizeof *c->wall, by_size);
    qsort(c->cpu, (size_t)rounds, sizeof *c->cpu, by_size);
    printf("%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%ld\n", c->name, rounds, median(c->wall, rounds),
           c->wall[0], c->wall[rounds - 1], median(c->cpu, rounds), c->most_kib);
}

int main(int argc, char **argv)
{
    static struct command commands[COMMANDS];
    int most = 5, count = 0, at = 1, rounds = 0;
    double limit = 1e9, begun = now();
    bool cold = false;
    for (; at < argc && !strncmp(argv[at], "--", 2); at++) {
        if (!strcmp(argv[at], "--cold"))
            cold = true;
        else if (!strcmp(argv[at], "--rounds") && at + 1 < argc)
            most = atoi(argv[++at]);
        else if (!strcmp(argv[at], "--seconds") && at + 1 < argc)
            limit = atof(argv[++at]);
    }
    for (; at + 2 < argc && count < COMMANDS; at += 3)
        commands[count++] = (struct command){argv[at], argv[at + 1], argv[at + 2], {0}, {0}, 0};
    if (!count || at != argc || most < 1 || most > ROUNDS) {
        fprintf(stderr, "usage: measure [--rounds N] [--seconds S] [--cold] "
                        "NAME PREPARE COMMAND [NAME PREPARE COMMAND]...\n");
        return 2;
    }
    while (rounds < most && (!rounds || now() - begun < limit)) {
        for (int i = 0; i < count; i++)
            if (measure(&commands[i], rounds, cold) < 0)
                return 1;
        rounds++;
    }
    for (int i = 0; i < count; i++)
        print(&commands[i], rounds);
    return 0;
}
