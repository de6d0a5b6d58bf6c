"""counties.py FILE: the sums of the regions in an export's county-year.csv."""
import csv
import sys

with open(sys.argv[1], encoding='utf-8-sig', newline='') as file:
    for row in csv.DictReader(file):
        if row['level'] == 'county' and row['part'] == 'region' and row['value'] != '':
            print(row['division_code'], row['year'], row['code'], row['value'], sep=',')
