"""cells.py FILE: the sums of the own reports in an export of all cells."""
import collections
import csv
import decimal
import sys

sums = collections.Counter()
with open(sys.argv[1], encoding='utf-8-sig', newline='') as file:
    for row in csv.DictReader(file):
        if row['scope'] == 'own' and row['state'] == 'value':
            key = row['division_code'], row['year'], row['code']
            sums[key] += decimal.Decimal(row['value'])
for key, value in sums.items():
    print(*key, value, sep=',')
