CREATE TABLE fact AS
SELECT * FROM read_csv('{in}', header = true, auto_detect = false, nullstr = ['', '/'],
                       columns = {'agency': 'VARCHAR', 'division': 'VARCHAR', 'year': 'INTEGER',
                                  'scope': 'VARCHAR', 'code': 'VARCHAR', 'value': 'DECIMAL(18,8)'});
