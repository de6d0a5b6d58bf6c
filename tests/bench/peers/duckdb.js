// node duckdb.js DATABASE FILE.sql [NAME=VALUE...]: runs the statements, {NAME} replaced, on two threads.
// The seconds they took, without the start of node and the loading of DuckDB, go to $OWN_TIME.
const fs = require('fs');
const {DuckDBInstance} = require(process.env.DUCKDB || '@duckdb/node-api');

async function main([database, file, ...values]) {
  let sql = fs.readFileSync(file, 'utf8');
  for (const value of values) {
    const at = value.indexOf('=');
    sql = sql.replaceAll('{' + value.slice(0, at) + '}', value.slice(at + 1));
  }
  const instance = await DuckDBInstance.create(database, {threads: process.env.THREADS || '2'});
  const connection = await instance.connect();
  const begun = process.hrtime.bigint();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  if (process.env.OWN_TIME) fs.writeFileSync(process.env.OWN_TIME, String(seconds));
}

main(process.argv.slice(2)).catch(error => { console.error(error); process.exit(1); });
