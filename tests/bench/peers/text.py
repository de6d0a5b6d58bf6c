"""text.py FOLDER REGISTER DB: the reports of a folder into a table of one row a cell."""
import os
import sqlite3
import sys

from recognise import decode, load_forms, load_register, recognise, tokens_of


def main(folder, register_path, db_path):
    forms, register = load_forms(), load_register(register_path)
    db = sqlite3.connect(db_path)
    db.execute('PRAGMA journal_mode = WAL')
    db.execute('CREATE TABLE report (id INTEGER PRIMARY KEY, source TEXT, agency TEXT,'
               ' division TEXT, year INTEGER, scope TEXT)')
    db.execute('CREATE TABLE cell (report INTEGER, code TEXT, value, PRIMARY KEY (report, code))'
               ' WITHOUT ROWID')
    reports = 0
    for above, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(above, name)
            with open(path, 'rb') as file:
                lines = decode(file.read()).split('\n')
            report = recognise(map(tokens_of, lines), register, forms)
            if report is None:
                continue
            reports += 1
            db.execute('INSERT INTO report VALUES (?,?,?,?,?,?)', (reports, path, *report[:4]))
            db.executemany('INSERT INTO cell VALUES (?,?,?)',
                           sorted((reports, code, value) for code, value in report[4].items()))
    db.commit()


main(*sys.argv[1:])
