#include "core/store/letters.h"

/* The last code below those that UTF-8 has no character for. */
enum { OFFSET = 2, ELSEWHERE = 1, LAST = 0xd7ff };

bool letter_holds(int64_t number)
{
    return number >= 0 && number <= LAST - OFFSET;
}

void letter_add(struct buf *out, int64_t number)
{
    unsigned code = letter_holds(number) ? (unsigned)number + OFFSET : ELSEWHERE;
    if (code < 0x80) {
        buf_char(out, (char)code);
        return;
    }
    if (code < 0x800) {
        buf_char(out, (char)(0xc0 | code >> 6));
    } else {
        buf_char(out, (char)(0xe0 | code >> 12));
        buf_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
    }
    buf_char(out, (char)(0x80 | (code & 0x3f)));
}
