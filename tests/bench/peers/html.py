"""html.py FOLDER [REGISTER OUT]: parses all pages with lxml on two threads and takes the text of
every cell. With REGISTER and OUT it adds up, besides, what the pages hold."""
import collections
import concurrent.futures
import csv
import os
import sys

import lxml.html

from recognise import decode, load_forms, load_register, recognise


def parse(path):
    with open(path, 'rb') as file:
        root = lxml.html.document_fromstring(decode(file.read()))
    return root, [cell.text_content() for cell in root.iter('td', 'th')]


def lines_of(root):
    """Rows of cells and paragraphs, in the order of the page."""
    for element in root.iter('tr', 'p'):
        if element.tag == 'p':
            if next(element.iterancestors('td'), None) is None or len(element.getparent()) > 3:
                yield [element.text_content()]
        elif next(element.iterdescendants('table'), None) is None:
            yield [cell.text_content() for cell in element if cell.tag in ('td', 'th')]


def main(folder, register=None, out=None):
    paths = sorted(os.path.join(above, name) for above, _, names in os.walk(folder) for name in names)
    if out is None:
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            print(sum(len(cells) for _, cells in pool.map(parse, paths)), 'cells')
        return
    forms, register = load_forms(), load_register(register)
    sums = collections.Counter()
    for path in paths:
        report = recognise(lines_of(parse(path)[0]), register, forms)
        if report and report[3] == 'own':
            for code, value in report[4].items():
                if value is not None:
                    sums[report[1], report[2], code] += value
    with open(out, 'w', encoding='utf-8', newline='') as file:
        csv.writer(file).writerows((*key, round(value, 8)) for key, value in sums.items())


main(*sys.argv[1:])
