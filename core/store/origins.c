#include "core/store/origins.h"

static uint64_t zigzag(int64_t n)
{
    return ((uint64_t)n << 1) ^ (uint64_t)(n >> 63);
}

static void put(struct buf *out, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_char(out, (char)(n | 0x80));
    buf_char(out, (char)n);
}

static int get(struct str *blob, uint64_t *out)
{
    *out = 0;
    for (unsigned shift = 0; shift < 63 && blob->n > 0; shift += 7) {
        unsigned char c = (unsigned char)blob->p[0];
        *blob = str_skip(*blob, 1);
        *out |= (uint64_t)(c & 0x7f) << shift;
        if (!(c & 0x80))
            return 0;
    }
    return -1;
}

static int64_t unzigzag(uint64_t n)
{
    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

void origins_encode(struct buf *out, const struct fact *facts, uint32_t count)
{
    int64_t before = count ? facts[0].line : 0;
    for (uint32_t i = 0, end; i < count; i = end) {
        bool same = true;
        for (end = i + 1; end < count && facts[end].cell >> 3 == facts[i].cell >> 3; end++)
            same = same && facts[end].line == facts[i].line;
        put(out, zigzag((int64_t)facts[i].line - before) << 1 | !same);
        for (uint32_t k = i + 1; !same && k < end; k++)
            put(out, zigzag((int64_t)facts[k].line - (int64_t)facts[k - 1].line));
        before = facts[end - 1].line;
    }
}

int origins_decode(struct str blob, int64_t first_line, const uint16_t *cells, uint32_t count,
                   uint32_t *lines)
{
    int64_t line = first_line;
    uint64_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool first = i == 0 || cells[i] >> 3 != cells[i - 1] >> 3;
        if (first) {
            if (get(&blob, &n) < 0)
                return -1;
            line += unzigzag(n >> 1);
        } else if (n & 1) {
            uint64_t step;
            if (get(&blob, &step) < 0)
                return -1;
            line += unzigzag(step);
        }
        if (line < 0 || line > UINT32_MAX)
            return -1;
        lines[i] = (uint32_t)line;
    }
    return blob.n == 0 ? 0 : -1;
}
