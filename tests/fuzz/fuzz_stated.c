/* Cells stated by name, read one by one or laid out as a table: the report is the same. The first
 * line is agency,division,year,scope; each other one a name, a tab and what is printed. */
#include "tests/fuzz/read.h"
#include "tests/fuzz/same.h"

enum { NAMES = 1000 };

static void declare(struct document *doc, struct str line)
{
    struct str field[4] = {{0}};
    for (int i = 0; i < 4; i++)
        str_split(&line, ',', &field[i]);
    doc->declared = (struct declared){field[0], field[1], field[3], 0};
    for (size_t i = 0; i < field[2].n && i < 4 && field[2].p[i] >= '0' && field[2].p[i] <= '9'; i++)
        doc->declared.year = doc->declared.year * 10 + (field[2].p[i] - '0');
}

/* The place of a name among the names, where it is put when it is new. */
static uint32_t name_of(struct stated_names *names, struct str name)
{
    uint32_t i = 0;
    while (i < names->count && !str_eq(names->name[i], name))
        i++;
    if (i == names->count && i < NAMES) {
        names->name[i] = name;
        names->cell[i] = CELL_UNASKED;
        names->count++;
    }
    return i;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct str name[NAMES];
    static uint16_t cell[NAMES];
    const struct recogniser *recogniser = fuzz_tables()->recogniser;
    struct context context = {.path = STR("湖南省/常德市教育局2023年报.csv")};
    struct arena arena = arena_new(FUZZ_MEMORY);
    struct stated_names names = {.arena = &arena, .name = name, .cell = cell};
    struct document *doc = document_new(&arena), laid;
    struct str text = {(const char *)data, size}, line;
    fuzz_holds(doc != NULL);
    if (str_line(&text, &line))
        declare(doc, line);
    doc->names = &names;
    for (uint32_t number = 2; str_line(&text, &line); number++) {
        struct str field = {"", 0};
        str_split(&line, '\t', &field);
        uint32_t at = name_of(&names, field);
        if (at < NAMES && document_state(doc, (struct stated_cell){at, number, str_trim(line)}) < 0)
            abort();
    }
    if (doc->stated_count > 0 && document_lay_out(doc, &arena, &laid) == 0) {
        struct buf one = buf_new(16 << 20), two = buf_new(16 << 20);
        same_recognise(&one, recogniser, doc, &context);
        same_recognise(&two, recogniser, &laid, &context);
        fuzz_holds(one.failed || two.failed || str_eq(buf_str(&one), buf_str(&two)));
        buf_free(&one);
        buf_free(&two);
    }
    arena_free(&arena);
    return 0;
}
