#include "importers/importer.h"

#include <strings.h>

extern const struct importer importer_csv, importer_docx, importer_html, importer_office,
    importer_pdf, importer_text, importer_unreadable, importer_xlsx;

const struct importer *const importers[] = {
    &importer_csv,
    &importer_docx,
    &importer_html,
    &importer_office,
    &importer_pdf,
    &importer_text,
    &importer_xlsx,
    &importer_unreadable,
    NULL,
};

/* What one look takes: enough for any heading, little enough for the stack. */
enum { LOOK_BYTES = 8 * 1024 };

bool import_path_ends(struct str path, const char *ending)
{
    struct str want = str_from(ending);
    if (path.n <= want.n || path.p[path.n - want.n - 1] != '.')
        return false;
    return strncasecmp(path.p + path.n - want.n, want.p, want.n) == 0;
}

const struct importer *importer_for(struct str head, const struct import_options *options)
{
    char decoded[LOOK_BYTES * 2];
    struct import_head look = {.bytes = head, .path = options->path};
    look.text = encoding_look(str_slice(head, 0, LOOK_BYTES), options->encoding, decoded,
                              sizeof decoded);
    const struct importer *best = &importer_unreadable;
    int most = 0;
    for (size_t i = 0; importers[i]; i++) {
        int sure = importers[i]->claims(&look);
        if (sure > most) {
            most = sure;
            best = importers[i];
        }
    }
    return best;
}
