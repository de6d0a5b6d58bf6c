/* html_tree.h - gumbo's tree: moving about in it, and what an element is to a reader. */
#ifndef GONGKAI_IMPORTERS_HTML_TREE_H
#define GONGKAI_IMPORTERS_HTML_TREE_H

#include <gumbo.h>

#include "importers/html.h"

/* What stands in a node; none in one of text. */
const GumboVector *tree_children(const GumboNode *node);

/* The next node below `root` in reading order, into the children of `node` when `down`. NULL at
 * the end. Needs no stack, whatever the depth. */
const GumboNode *tree_next(const GumboNode *root, const GumboNode *node, bool down);

/* The value of an attribute of an element, NULL: it has none. */
const char *tree_attribute(const GumboNode *node, const char *name);

/* Whether an element is passed over with all that stands in it; which node it makes, if any. */
bool tree_skipped(const GumboNode *node);
enum html_kind tree_kind(const GumboNode *node);

/* What the attributes of an element say of its node. */
void tree_look(struct html_node *node, const GumboNode *from);

#endif
