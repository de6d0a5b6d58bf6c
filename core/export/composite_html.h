/* composite_html.h - a composite as one page: nothing is loaded from elsewhere, it prints well, and
 * its tables can be heard. */
#ifndef GONGKAI_EXPORT_COMPOSITE_HTML_H
#define GONGKAI_EXPORT_COMPOSITE_HTML_H

#include "core/export/composite.h"
#include "core/text/html_out.h"

int composite_html(struct composite *composite, struct sink sink, struct err *err);

/* The official tables alone, as part of another page. */
void composite_html_tables(struct html_out *html, struct composite *composite);

#endif
