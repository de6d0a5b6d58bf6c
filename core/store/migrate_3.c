#include "core/store/migrate_3.h"

#include "core/base/resource.h"

int migrate_3(struct warehouse *warehouse, struct err *err)
{
    return warehouse_run_script(warehouse, resource_text("migrations/0003.sql"), err);
}
