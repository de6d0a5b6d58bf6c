/* The scanner of plain pages: what it takes, what it leaves to gumbo, and that the two agree. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/fuzz/html_pair.h"
#include "tests/tap.h"

enum { MEMORY = 64 << 20 };

static bool takes(const char *page)
{
    return html_pair(str_from(page), MEMORY) == 1;
}

static bool leaves(const char *page)
{
    return html_pair(str_from(page), MEMORY) == 0;
}

static void test_taken(void)
{
    ok(takes("<!DOCTYPE html><html><head><meta charset=utf-8><title>t</title></head><body><p>a</p>"
             "</body></html>"), "a whole page is taken");
    ok(takes("<TABLE border=1><TR><TD colspan=2>a<TD nowrap>b<TR><TD>&nbsp;<TD>1</TABLE>"),
       "capitals, bare attributes, end tags left out");
    ok(takes("<p>a<p>b<ul><li>c<li>d</ul><dl><dt>e<dd>f</dl>"), "paragraphs and items left open");
    ok(takes("<p><font><b>a</p><p>b</font></b>c</p>"), "formatting that is not nested properly");
    ok(takes("<b>a<div>b</b>c</div>d"), "formatting that ends inside a block");
    ok(takes("<p class=MsoNormal><span lang=EN-US>1<o:p></o:p></span></p><![if !x]><?xml:namespace "
             "prefix = o />"), "what Word leaves");
    ok(takes("<div>a</span></div></div>b</td></p>c"), "end tags of nothing");
    ok(takes("<script>if (a < b) '<table>'</script><style><!-- p {} --></style><!-- <td> -->x"),
       "scripts, styles and comments");
    ok(takes("<table><form><tr><td><input value=3></td></tr></form></table>"), "forms in tables");
    ok(takes("<form id=a><b><p>x</p></form></body></html>"), "a form around the page");
    ok(takes("<svg><g><path d='M0'/></g></svg><select><option>1<option>2</select><button>b</button>"
             "<iframe>x</iframe>x"), "drawings, menus, buttons, frames");
    ok(takes("22<sup><a href=x>[1]</a></sup>&#160;&#x4E2D;&ldquo;"), "raised text and references");
    ok(takes("<tr><td>a<table hidden><tr><td>b</table>c<p style='display:none'>d</p>e"),
       "what is not shown");
}

static void test_cells(void)
{
    ok(takes("<table><tr><td>a<td><script>write(1)</script><td>1<select><option>2</select><td>"
             "<button>3</button><nav>4</nav><td><iframe></iframe><embed><video>5</video></table>"),
       "scripts, menus, buttons and frames in cells");
    ok(takes("<table><tr><td>a<td>1<input type=number value=2><td><input type=submit><td>"
             "<input type=hidden value=3></table>"), "inputs of several types in cells");
    ok(takes("<div style='visibility:hidden'><textarea>x</textarea><svg><path/></svg><b "
             "style='display:none'>y</b><object>z</object></div>"), "rare elements outside cells");
    ok(leaves("<p>1<s>2</s>") && leaves("<p>1<strike>2</strike>") && leaves("<p>1<del>2</del>") &&
           leaves("<p>1<b style='text-decoration:line-through'>2</b>"), "struck text is left");
    ok(leaves("<table><tr><td><textarea>1</textarea></table>") &&
           leaves("<table><tr><td><svg><path/></svg></table>") &&
           leaves("<table><tr><td><object>1</object></table>") &&
           leaves("<table><tr><td><b style='display:none'>1</b></table>") &&
           leaves("<table><tr><td style='visibility:hidden'>1</table>") &&
           leaves("<table><tr><td>1<b style='vertical-align:super'>1</b></table>"),
       "so are rare elements, hidden text and text raised by its style in cells");
}

static void test_left(void)
{
    ok(leaves("<table>x<tr><td>a</table>"), "text in a table outside its cells is left");
    ok(leaves("<table><tr><div>x</div><td>a</table>"), "so is a block there");
    ok(leaves("<p>a&notit;</p>"), "a reference that few use");
    ok(leaves("<p>a\rb</p>"), "a carriage return alone");
    ok(leaves("<p>a&#10;b</p>"), "a line break by number");
    ok(leaves("<p>a</p"), "a tag without end");
    ok(leaves("<!-- a"), "a comment without end");
    ok(leaves("<script>a"), "a script without end");
    ok(leaves("<frameset><frame></frameset>"), "frames");
    ok(leaves("<b><i><u><tt><em><div>x</b>y</div>z"), "more formatting around a block than gumbo moves");
}

/* The page with some of its tags taken out, doubled or put elsewhere: `seed` says which. */
static struct str change(struct buf *out, struct str page, uint64_t seed)
{
    buf_reset(out);
    struct str kept = {0};
    for (size_t i = 0; i < page.n;) {
        const char *lt = memchr(page.p + i, '<', page.n - i);
        size_t to = lt ? (size_t)(lt - page.p) : page.n;
        buf_add(out, str_slice(page, i, to));
        const char *gt = lt ? memchr(lt, '>', page.n - to) : NULL;
        size_t end = gt ? (size_t)(gt - page.p) + 1 : page.n;
        struct str tag = str_slice(page, to, end);
        seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        unsigned chance = (unsigned)(seed >> 33) % 600;
        if (chance > 0)
            buf_add(out, tag);
        if (chance == 1)
            buf_add(out, tag);
        if (chance == 2)
            kept = tag;
        if (chance > 590 && kept.n > 0) {
            buf_add(out, kept);
            kept = (struct str){0};
        }
        i = end;
    }
    return buf_str(out);
}

static struct str slurp(struct arena *arena, const char *path)
{
    struct stream *in = NULL;
    struct str bytes = {0};
    if (stream_open(&in, path, NULL) < 0 || stream_all(in, arena, MEMORY, &bytes, NULL) < 0)
        bytes = (struct str){0};
    stream_close(in);
    return bytes;
}

static void test_folder(const char *folder)
{
    struct arena arena = arena_new(MEMORY);
    struct buf changed = buf_new(MEMORY);
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, NULL, alphasort), pages = 0, taken = 0;
    for (int i = 0; i < n; i++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        struct str name = str_from(entries[i]->d_name);
        struct str page = str_ends(name, STR(".html")) ? slurp(&arena, path) : (struct str){0};
        free(entries[i]);
        if (page.n == 0)
            continue;
        pages++;
        taken += html_pair(page, MEMORY) == 1;
        int apart = 0;
        for (uint64_t seed = 1; seed <= 60; seed++)
            apart += html_pair(change(&changed, page, seed), MEMORY) < 0;
        ok(html_pair(page, MEMORY) >= 0 && apart == 0, "scanner and gumbo agree on %s, changed too",
           path);
    }
    free(entries);
    ok(pages > 0 && taken == pages, "the scanner takes all pages of %s", folder);
    buf_free(&changed);
    arena_free(&arena);
}

int main(void)
{
    test_taken();
    test_cells();
    test_left();
    test_folder("fixtures/fuzz/html");
    test_folder("fixtures/html");
    test_folder("fixtures/samples/in");
    return done();
}
