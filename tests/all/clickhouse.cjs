// clickhouse.cjs - in the folder of a partitioned export: runs clickhouse.sql in an embedded
// ClickHouse, loads the files, and prints the lines of v_total.
const { Session } = require('chdb');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'clickhouse-'));
const session = new Session(folder);
session.query('CREATE DATABASE IF NOT EXISTS g ENGINE = Atomic; USE g;');
const statements = fs.readFileSync('clickhouse.sql', 'utf8').replace(/^--.*$/gm, '').split(';');
for (const statement of statements) if (statement.trim()) session.query(`USE g; ${statement};`);
const load = (table, files) => session.query(
    `USE g; INSERT INTO ${table} SELECT * FROM file('${process.cwd()}/${files}', 'CSVWithNames');`);
for (const table of ['cell', 'agency', 'division', 'tree', 'report'])
    load(table, `dimension/${table}.csv.gz`);
load('fact', 'fact/year=*/part-*.csv.gz');
process.stdout.write(session.query(
    `USE g; SELECT division_code, year, part, code, toString(value), n_stated FROM v_total;`, 'CSV')
    .replaceAll('"', ''));
session.cleanup();
fs.rmSync(folder, { recursive: true, force: true });
