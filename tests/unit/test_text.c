#include "tests/unit/reading.h"

static void test_lines(void)
{
    ok(reads(STR("one\ntwo\r\n\r\nthree\rfour"), "P1 one\nP2 two\nP3 \nP4 three\nP5 four\n"),
       "LF, CRLF and CR end lines, and blank ones count");
    ok(reads(STR("a\xE2\x80\xA8" "b\nc"), "P1 a\nP1 b\nP2 c\n"),
       "a line separator begins a paragraph on the same line");
    ok(reads(STR("a\n\fb\fc\n"), "P1 a\nP2 \nP2 b\nP2 c\n"), "a form feed is a page break");
    ok(reads(STR("  1   2  "), "P1   1   2  \n"), "white space inside and around is kept");
    ok(refuses(STR(" \n\r\n\xE3\x80\x80"), "empty", 0), "a text of white space alone is refused");
    ok(refuses(STR(""), "empty", 0), "an empty file is refused");
    ok(refuses(STR("a\nb\xFF\xFF\n"), "encoding", 2), "what cannot be decoded is refused");
}

static void test_bars(void)
{
    ok(reads(STR("a | b |\n1|2|\n"), "G1\nR a@1|b@1|@1\nR 1@2|2@2|@2\n"),
       "bars part cells, loose and tight; the last cell may be empty");
    ok(reads(STR("| a | b |\n|---|:-:|\n| 1 | |\n"), "G1\nR a@1|b@1\nR 1@3|@3\n"),
       "outer bars are no cells, and Markdown rules are dropped");
    ok(reads(STR("| a | - | -- |\n| b | \xE2\x80\x94 | / |\n| - | - | - |\n"),
             "G1\nR a@1|-@1|--@1\nR b@2|\xE2\x80\x94@2|/@2\nR -@3|-@3|-@3\n"),
       "a row of dashes for nothing is no rule");
    ok(reads(STR("|a\\|b|c|"), "G1\nR a|b@1|c@1\n"), "an escaped bar is part of its cell");
    ok(reads(STR("a |\nb |\n"), "G1\nR a@1|@1\nR b@2|@2\n"), "one cell a line is a grid too");
    ok(reads(STR("a | | 0 | ||\n"), "G1\nR a@1|@1|0@1|@1|@1|@1\n"), "empty cells are kept");
    ok(reads(STR("a|b\n\n\nc|d\n\n\n\ne|f\n"),
             "G1\nR a@1|b@1\nR c@4|d@4\nP5 \nP6 \nP7 \nG8\nR e@8|f@8\n"),
       "two blank lines do not end a grid, three do");
    ok(reads(STR("x\na|b\ny\n"), "P1 x\nG2\nR a@2|b@2\nP3 y\n"), "a line without cells ends a grid");
    ok(reads(STR("a\xEF\xBD\x9C" "b\n"), "G1\nR a@1|b@1\n"), "a full-width bar is a bar");
    ok(reads(STR("\xE2\x94\x8C\xE2\x94\x80\xE2\x94\x90\n\xE2\x94\x82" "a\xE2\x94\x82\n"
                 "\xE2\x94\x94\xE2\x94\x80\xE2\x94\x98\n"),
             "P1 \xE2\x94\x8C\xE2\x94\x80\xE2\x94\x90\nG2\nR a@2\n"),
       "a table drawn with lines is a grid");
}

static void test_tabs(void)
{
    ok(reads(STR("a\tb\n1\t\n\t2\n"), "G1\nR a@1|b@1\nR 1@2|@2\nR @3|2@3\n"),
       "tabs part cells, empty ones too");
    ok(reads(STR("\ta\tb\n"), "G1\nR @1|a@1|b@1\n"), "a leading tab is an empty cell");
    ok(reads(STR("\tprose\nmore\n"), "P1 \tprose\nP2 more\n"), "an indented line is prose");
    ok(reads(STR("\t\tx\n1\t2\t3\n"), "G1\nR @1|@1|x@1\nR 1@2|2@2|3@2\n"),
       "an indented line above cells is a row");
    ok(reads(STR("a\t|\tb\n"), "G1\nR a@1|b@1\n"), "where there are bars, tabs are white space");
}

int main(void)
{
    test_lines();
    test_bars();
    test_tabs();
    return done();
}
