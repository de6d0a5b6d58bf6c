/* Registers as users write them: the first byte says which, the rest is the CSV file. Whatever it
 * is, it is taken or refused as a whole, with lines told. */
#include "core/store/register.h"
#include "importers/csv_record.h"
#include "tests/fuzz/files.h"

static void told(void *self, const struct err *why)
{
    (void)self;
    fuzz_holds(why->kind == ERR_INPUT && why->english[0] && why->chinese[0]);
}

static struct register_row row_of(struct arena *arena, const struct csv_record *record)
{
    struct str *fields = arena_array(arena, record->count + 1, sizeof *fields);
    for (size_t i = 0; fields && i < record->count; i++)
        fields[i] = arena_copy(arena, record->fields[i].text);
    return (struct register_row){fields, fields ? record->count : 0, record->line};
}

static void load(struct arena *arena, enum register_kind kind, struct csv_reader *reader)
{
    struct register_file file = {0};
    struct register_sink sink = {told, told, NULL};
    struct register_result result;
    struct csv_record record;
    struct err err = {0};
    for (bool head = true; csv_next(reader, &record, NULL) > 0; head = false) {
        struct register_row row = row_of(arena, &record);
        if (head)
            file.head = row;
        else if (arena_grow(arena, &file.rows, file.count, &file.capacity, sizeof row) == 0)
            file.rows[file.count++] = row;
    }
    struct warehouse *w = fuzz_warehouse();
    fuzz_holds(warehouse_begin(w, &err) == 0);
    if (register_load(w, 1, kind, &file, &sink, &result, &err) < 0)
        fuzz_holds(err.kind == ERR_INPUT || err.kind == ERR_USAGE);
    else
        fuzz_holds(result.rows == result.added + result.changed + result.unchanged);
    warehouse_rollback(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = arena_new(FUZZ_MEMORY);
    struct stream *in = NULL;
    struct csv_reader *reader = NULL;
    if (size == 0 || size > 1 << 16)
        return 0;
    struct str bytes = {(const char *)data + 1, size - 1};
    if (stream_memory(&in, bytes, NULL) == 0 &&
        csv_reader_new(&reader, in, ENCODING_BY_CONTENT, NULL) == 0)
        load(&arena, (enum register_kind)(data[0] % 4), reader);
    if (reader)
        csv_reader_free(reader);
    stream_close(in);
    arena_free(&arena);
    return 0;
}
