// duckdb.cjs - in the folder of a partitioned export: runs duckdb.sql and prints the lines of v_total.
const { DuckDBInstance } = require('@duckdb/node-api');
const fs = require('fs');

(async () => {
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    await duckdb.run(fs.readFileSync('duckdb.sql', 'utf8'));
    const rows = await (await duckdb.runAndReadAll(`
        SELECT concat_ws(',', division_code, year, part, code,
                         regexp_replace(CAST(value AS VARCHAR), '\\.?0+$', ''), n_stated)
          FROM v_total`)).getRows();
    for (const [line] of rows) console.log(line);
})();
