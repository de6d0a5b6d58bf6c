/* A command line, a word a line: options of every command are read as they would be, and their
 * values asked for. Nothing is run. */
#include "cmd/options.h"
#include "tests/fuzz/read.h"

enum { WORDS_MOST = 64 };

static void ask_all(struct session *session)
{
    static const char *const choices[] = {"en", "zh", NULL};
    for (int i = 0; i < session->given_count; i++) {
        struct err err = {0};
        long number;
        int choice;
        const char *name = session->given[i].row->name;
        fuzz_holds(session_option(session, name) && session_flag(session, name));
        if (session_number(session, name, 1, 9, 5, &number, &err) == 0)
            fuzz_holds(number >= 1 && number <= 9);
        else
            fuzz_holds(err.kind == ERR_USAGE);
        fuzz_holds(session_choice(session, name, choices, &choice, &err) < 0 || choice <= 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *argv[WORDS_MOST + 2] = {NULL}, *text = malloc(size + 1);
    int argc = 0;
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = 0;
    argv[argc++] = (char *)(uintptr_t)"gongkai";
    for (char *word = text, *end = text + size; word < end && argc <= WORDS_MOST; argc++) {
        char *stop = memchr(word, '\n', (size_t)(end - word));
        argv[argc] = word;
        word = stop ? stop + 1 : end;
        if (stop)
            *stop = 0;
    }
    struct session session = {.lock = -1};
    struct err err = {0};
    if (options_read(&session, NULL, argc, argv, &err) < 0) {
        fuzz_holds(err.kind == ERR_USAGE && err.english[0]);
    } else if (session.argument_count > 0) {
        session.command = command_find(session.arguments[0]);
        if (session.command && options_read(&session, session.command, session.argument_count,
                                            session.arguments, &err) == 0) {
            fuzz_holds(session.argument_count >= 0 && session.argument_count <= argc);
            ask_all(&session);
        }
    }
    free(text);
    return 0;
}
