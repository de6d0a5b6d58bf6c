"""What a script does about these reports when it need not be right about all that offices publish:
labels are known by their beginnings, figures are those that follow. Shared by text.py and html.py."""
import csv
import pathlib
import re

FORMS = pathlib.Path(__file__).resolve().parents[3] / 'sql' / 'forms'
TRADITIONAL = str.maketrans('開數項規總業關機務處結計訴議維糾審轉請執過個', '开数项规总业关机务处结计诉议维纠审转请执过个')
WIDE = str.maketrans('（），：０１２３４５６７８９', '(),:0123456789')
ORDINAL = re.compile(r'^(?:\d[.、]|[一二三四五六七]、|\([一二三四五六七]\))')
BRACKETS = re.compile(r'\([^()]*\)?|[“”‘’"「」]')
NUMBER = re.compile(r'^[+-]?\d[\d,]*(?:\.\d+)?$')
TITLE = re.compile(r'^\s*(\S+?)((?:19|20)\d\d)年(?:度)?政府信息公开(?:工作)?(?:年度)?(?:工作)?报告\s*$')
NOTHING = {'/', '-', '--', '—', '－', '无', '不适用', 'N/A'}
HEADINGS = (('二、主动公开', 2), ('三、收到', 3), ('四、政府信息公开行政', 4), ('五、', 5))


def key_of(label):
    """A label without ordinal, explanation and white space."""
    label = re.sub(r'\s', '', label).translate(WIDE)
    label = ORDINAL.sub('', label, count=1)
    return BRACKETS.sub('', label).translate(TRADITIONAL)


def load_forms():
    """Year -> (rows of tables 2 and 3 by the beginning of their label, codes of table 4)."""
    forms = {}
    for year in (2019, 2021):
        rows, four = {}, []
        with open(FORMS / f'form-{year}.tsv', encoding='utf-8') as file:
            for line in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
                if line['table'] == 't4':
                    four.append(line['code'])
                else:
                    key = key_of(line['row'].split('/')[-1])
                    rows.setdefault((int(line['table'][1]), key[:5]), []).append(line['code'])
        normative = next(rows[k] for k in rows if '规范性' in k[1])
        for name in ('规范性文件', '行政规范性文件'):
            rows[2, name[:5]] = normative
        forms[year] = rows, four
    return forms


def number(token):
    """The figure, None for a blank or a mark for nothing, False for words."""
    token = token.strip().translate(WIDE)
    if token == '' or token in NOTHING:
        return None
    if NUMBER.match(token):
        token = token.replace(',', '')
        return float(token) if '.' in token else int(token)
    return False


def tokens_of(line):
    """The cells of a line of text."""
    if '|' in line:
        line = line.strip()
        line = line[1:] if line.startswith('|') else line
        line = line[:-1] if line.endswith('|') else line
        return line.split('|')
    if '\t' in line:
        cells = line.split('\t')
        if len(cells) == 10: # table 3 as pasted from a sheet: three columns of labels
            return [c for c in cells[:3] if c.strip()] + cells[3:]
        return cells
    return [t for t in re.split(r' {2,}', line.strip()) if t]


def cells_of(sections, year, forms):
    """code -> figure of the tokens of sections 2 to 4."""
    rows, four = forms[2019 if year < 2021 else 2021]
    found = {}
    for table in (2, 3):
        codes, at = (), 0
        for token in sections[table]:
            value = number(token)
            if value is False:
                known = rows.get((table, key_of(token)[:5]))
                if known: # else it goes on with the label, or is none
                    codes, at = known, 0
            elif at < len(codes):
                found[codes[at]] = value
                at += 1
    figures = [v for v in map(number, (t for t in sections[4] if t.strip())) if v is not False]
    if len(figures) == 15:
        found.update(zip(four, figures))
    return found


def recognise(lines, register, forms):
    """(agency, division, year, scope, cells) of a report's lines, each a list of tokens; None for
    what is no report."""
    title, part, sections = None, 0, {2: [], 3: [], 4: []}
    for tokens in lines:
        if not tokens:
            continue
        if len(tokens) == 1:
            text = tokens[0].strip().translate(TRADITIONAL)
            title = title or TITLE.match(text)
            for heading, number_of in HEADINGS:
                if text.startswith(heading) and number_of > part:
                    part = number_of
                    break
        if 2 <= part <= 4:
            sections[part].extend(tokens)
    if not title or part < 4:
        return None
    name, year = title.group(1), int(title.group(2))
    scope = 'own' if name in register else 'composite'
    agency = name if scope == 'own' else name + '人民政府'
    if agency not in register:
        return None
    return agency, register[agency], year, scope, cells_of(sections, year, forms)


def load_register(path):
    """agency -> division."""
    with open(path, encoding='utf-8') as file:
        return {row['agency']: row['division'] for row in csv.DictReader(file)}


def decode(raw):
    try:
        return raw.decode('utf-8-sig')
    except UnicodeDecodeError:
        return raw.decode('gb18030', errors='replace')
