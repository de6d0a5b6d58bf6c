"""Inputs of any size, a function a family, each of which once was, or might be, more work than its size: lines,
cells, labels, brackets, spans, depths, attributes, quotes, shared strings, merged cells, members. n says how many.
"""
import io
import random
import zipfile

L=["一、本年新收政府信息公开申请数量","二、上年结转政府信息公开申请数量","(一)予以公开","(二)部分公开","1.属于国家秘密","2.其他法律行政法规禁止公开","(七)总计","四、结转下年度继续办理"]
def table3(n):
    return "\n".join(f"{L[i%len(L)]} | {i%7} | 0 | 0 | 0 | 0 | 0 | {i%7} |" for i in range(n))
HEAD="常德市教育局2023年政府信息公开工作年度报告\n一、总体情况\n本机关收到申请5件。\n三、收到和处理政府信息公开申请情况\n"
fam={}
def f(fn): fam[fn.__name__]=fn; return fn
def wrap(body): return (HEAD+body+"\n四、行政复议\n五、问题\n六、其他\n常德市教育局\n2024年1月16日\n").encode()
@f
def txt_prose(n): return wrap("\n".join("本机关认真落实政府信息公开各项要求,共收到申请5件,办结3件。" for _ in range(n)))
@f
def txt_rows(n): return wrap(table3(n))
@f
def txt_one_line_cells(n): return wrap(" | ".join(["0"]*n))
@f
def txt_one_line_labels(n): return wrap(" | ".join(L[i%8] for i in range(n)))
@f
def txt_whole_on_line(n): return wrap(" ".join(f"{L[i%8]} 1 0 0 0 0 0 1" for i in range(n)))
@f
def txt_long_digits(n): return wrap("一、本年新收政府信息公开申请数量 | "+"9"*n+" | 0")
@f
def txt_long_cell(n): return wrap("一、本年新收"+"政府信息公开"*n+" | 0 | 0")
@f
def txt_long_line(n): return wrap("本机关"+"收到申请"*n)
@f
def txt_long_nocn(n): return wrap("a"*n)
@f
def txt_brackets(n): return wrap("("*n+" | 1 | "+")"*n)
@f
def txt_brackets_wide(n): return wrap("（"*n+" | 1 | "+"）"*n)
@f
def txt_quotes(n): return wrap("“"*n+"\n"+'"'*n)
@f
def txt_spaces(n): return wrap(" "*n+"x"+" "*n)
@f
def txt_spaces_between(n): return wrap("x "+(" "*20+"1")*n)
@f
def txt_wide_spaces(n): return wrap("　"*n+"x")
@f
def txt_blank_lines(n): return wrap("\n"*n)
@f
def txt_blank_cells(n): return wrap("| "*n)
@f
def txt_pipes_lines(n): return wrap("| |\n"*n)
@f
def txt_page_marks(n): return wrap("- 4 -\n"*n)
@f
def txt_page_marks_inside(n): return wrap("\n".join(f"{L[i%8]} | 1 | 0 | 0 | 0 | 0 | 0 | 1\n- {i} -" for i in range(n)))
@f
def txt_many_tables(n): return wrap("\n正文。\n".join(table3(3) for _ in range(n)))
@f
def txt_many_tables_head(n): return wrap("\n".join("申请人情况\n自然人 | 法人或其他组织 | 总计\n商业企业 | 科研机构\n"+table3(2)+"\n" for _ in range(n)))
@f
def txt_aligned(n): return wrap("\n".join(f"{L[i%8]:<30}      {i%7}      0      0      0      0      0      {i%7}" for i in range(n)))
@f
def txt_aligned_wrapped(n): return wrap("\n".join(f"          {L[i%8][:6]}\n               {i%7}      0      0      0      0      0      {i%7}\n          {L[i%8][6:]}" for i in range(n)))
@f
def txt_cell_a_line(n): return wrap("\n".join((L[i%8] if i%8==0 else "0")+" |" for i in range(n)))
@f
def txt_cell_a_paragraph(n): return wrap("\n\n".join((L[(i//8)%8] if i%8==0 else "0") for i in range(n)))
@f
def txt_figures_lines(n): return wrap("\n".join("0" for i in range(n)))
@f
def txt_labels_lines(n): return wrap("\n".join(L[i%8] for i in range(n)))
@f
def txt_half_labels(n): return wrap("\n".join("本年新" for i in range(n)))
@f
def txt_markdown(n): return wrap("\n".join("| a | b |\n|---|---|\n| 1 | 2 |\n" for i in range(n)))
@f
def txt_markdown_rows(n): return wrap("|---|---|\n"*n)
@f
def txt_tabs(n): return wrap("\n".join(f"{L[i%8]}\t1\t0\t0\t0\t0\t0\t1" for i in range(n)))
@f
def txt_tabs_line(n): return wrap("\t"*n)
@f
def txt_titles(n): return wrap("\n".join("常德市教育局2023年政府信息公开工作年度报告" for i in range(n)))
@f
def txt_titles_differ(n): return wrap("\n".join(f"第{i}局2023年政府信息公开工作年度报告" for i in range(n)))
@f
def txt_reports(n): return b"\n".join(wrap(table3(8)) for i in range(n))
@f
def txt_dates(n): return wrap("2023年1月1日起至2023年12月31日止。"*n)
@f
def txt_dates_lines(n): return wrap("2023年1月1日\n"*n)
@f
def txt_years(n): return wrap("2023年"*n)
@f
def txt_numbers(n): return wrap("收到5件，"*n)
@f
def txt_numbers_cn(n): return wrap("一百二十三"*n)
@f
def txt_places(n): return wrap("湖南省常德市武陵区"*n)
@f
def txt_agencies(n): return wrap("常德市教育局、"*n)
@f
def txt_agencies_lines(n): return wrap("\n".join(f"常德市第{i}局" for i in range(n)))
@f
def txt_bureau(n): return wrap("局"*n)
@f
def txt_title_long(n): return ("常德市"+"教育"*n+"局2023年政府信息公开工作年度报告\n"+table3(8)).encode()
@f
def txt_headings(n): return wrap("\n".join("三、收到和处理政府信息公开申请情况" for i in range(n)))
@f
def txt_ordinals(n): return wrap("\n".join("（一）"*3 for i in range(n)))
@f
def txt_ordinal_long(n): return wrap("1."*n)
@f
def txt_dots(n): return wrap("."*n)
@f
def txt_minus(n): return wrap("-"*n)
@f
def txt_commas(n): return wrap("1,"*n+" | 2")
@f
def txt_slash(n): return wrap("/ | "*n)
@f
def txt_combining(n): return wrap("a"+"\u0301"*n)
@f
def txt_ligature(n): return wrap("\ufdfa"*n)
@f
def txt_zero_width(n): return wrap("\u200b"*n)
@f
def txt_nul(n): return wrap("\0"*n)
@f
def txt_invalid(n): return wrap("")+b"\xff\xfe\x80"*n
@f
def txt_gbk(n): return wrap("本机关认真落实\n"*n).decode().encode('gb18030')
@f
def txt_utf16(n): return b"\xff\xfe"+wrap("本机关认真落实\n"*n).decode().encode('utf-16-le')
@f
def txt_cr(n): return wrap("本机关\r"*n)
@f
def txt_crcr(n): return wrap("\r"*n)
@f
def txt_mixed_lines(n): return b"".join([("本机关认真\n").encode('utf8' if i%2 else 'gb18030') for i in range(n)])
@f
def txt_t4(n): return wrap("\n".join("0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0" for i in range(n)))
@f
def txt_vertical(n): return wrap("\n".join("本\n年\n新\n收 | 1" for i in range(n)))
@f
def txt_wide_table(n): return wrap("\n".join(" | ".join(["x"]+["0"]*n) for _ in range(20)))
@f
def txt_form2014(n): return ("常德市教育局2017年政府信息公开工作年度报告\n"+"\n".join("(一)主动公开政府信息数 | 条 | 5" for i in range(n))).encode()
# html
def hw(b): return ("<html><head><title>常德市教育局2023年政府信息公开工作年度报告</title></head><body>"+b+"</body></html>").encode()
def row(i): return f"<tr><td>{L[i%8]}</td>"+"".join(f"<td>{i%7}</td>" for _ in range(7))+"</tr>"
@f
def html_rows(n): return hw("<table>"+"".join(row(i) for i in range(n))+"</table>")
@f
def html_tables(n): return hw("".join("<table>"+row(i)+row(i+1)+"</table><p>x</p>" for i in range(n)))
@f
def html_cells(n): return hw("<table><tr>"+"<td>0</td>"*n+"</tr></table>")
@f
def html_nested_tables(n): return hw("<table><tr><td>"*n)
@f
def html_nested_tables_text(n): return hw("<table><tr><td>一、本年新收 "*n)
@f
def html_nested_div(n): return hw("<div>"*n+"x")
@f
def html_nested_b(n): return hw("<b>"*n+"x")
@f
def html_nested_font(n): return hw("<font color=1>x"*n)
@f
def html_bp(n): return hw("<b><p>x"*n)
@f
def html_ap(n): return hw("<a><div>x"*n)
@f
def html_misnest(n): return hw("<b><i><u>x</b></i></u>"*n)
@f
def html_p(n): return hw("<p>本机关认真"*n)
@f
def html_span(n): return hw("<p>"+"<span>本</span>"*n)
@f
def html_br(n): return hw("本<br>"*n)
@f
def html_entities(n): return hw("&nbsp;"*n)
@f
def html_amp(n): return hw("&"*n)
@f
def html_lt(n): return hw("<"*n)
@f
def html_attrs(n): return hw("<p "+" ".join(f"a{i}=1" for i in range(n))+">x")
@f
def html_attrs_same(n): return hw("<p "+"a=1 "*n+">x")
@f
def html_attr_long(n): return hw("<p a='"+"x"*n+"'>")
@f
def html_comment(n): return hw("<!--"*n)
@f
def html_style(n): return hw("<span style='display:none'>x</span>"*n)
@f
def html_style_long(n): return hw("<p style='"+"display "*n+"'>x")
@f
def html_colspan(n): return hw("<table>"+"<tr><td colspan=1000>x</td></tr>"*n+"</table>")
@f
def html_rowspan(n): return hw("<table>"+"<tr><td rowspan=65534>x</td><td>1</td></tr>"*n+"</table>")
@f
def html_bothspan(n): return hw("<table>"+"<tr><td colspan=1000 rowspan=65534>x</td></tr>"*n+"</table>")
@f
def html_alternate(n): return hw("<table>"+"<tr><td>y</td><td colspan=999 rowspan=65534>x</td></tr><tr><td colspan=1000>z</td></tr>"*n+"</table>")
@f
def html_rowspan0(n): return hw("<table>"+"<tr><td rowspan=0 colspan=30>x</td><td>1</td></tr>"*n+"</table>")
@f
def html_empty_rows(n): return hw("<table>"+"<tr>"*n+"</table>")
@f
def html_empty_tables(n): return hw("<table></table>"*n)
@f
def html_foster(n): return hw("<table>"+"x<tr>"*n)
@f
def html_foster2(n): return hw("<table>"*n+"x")
@f
def html_foster3(n): return hw("<table><b>x"*n)
@f
def html_sup(n): return hw("<table><tr><td>22"+"<sup>1</sup>"*n)
@f
def html_supnest(n): return hw("<table><tr><td>22"+"<sup>1"*n)
@f
def html_pre(n): return hw("<pre>x</pre>"*n)
@f
def html_pre_long(n): return hw("<pre>"+"一、本年新收 | 1\n"*n+"</pre>")
@f
def html_select(n): return hw("<select><option>x"*n)
@f
def html_template(n): return hw("<template>"*n)
@f
def html_svg(n): return hw("<svg><p>"*n)
@f
def html_math(n): return hw("<math><mi>"*n)
@f
def html_form(n): return hw("<form><input value=1>"*n)
@f
def html_lists(n): return hw("<ul><li>"*n)
@f
def html_lists_flat(n): return hw("<ul>"+"<li>x"*n)
@f
def html_dd(n): return hw("<dl>"+"<dd>x"*n)
@f
def html_h(n): return hw("<h1>x"*n)
@f
def html_button(n): return hw("<button>"*n)
@f
def html_ruby(n): return hw("<ruby><rt>"*n)
@f
def html_frameset(n): return hw("</p>"*n)
@f
def html_close(n): return hw("<div>"*1000+"</b>"*n)
@f
def html_close_tables(n): return hw("<p>"+"</td>"*n)
@f
def html_deep_close(n): return hw("<i>"*400+("</p>"*n))
@f
def html_img(n): return hw("<img>"*n)
@f
def html_th(n): return hw("<table>"+("<tr>"+"<th>自然人</th>"*8+"</tr>")*n+"</table>")
@f
def html_headers(n): return hw("<table><tr><td>申请人情况</td></tr>"+"<tr><td>自然人</td><td>法人或其他组织</td><td>总计</td></tr>"*n+"</table>")
@f
def html_caption(n): return hw("<table>"+"<caption>x"*n+"</table>")
@f
def html_layout(n): return hw("<table><tr><td><table>"+row(0)+"</table></td></tr></table>"*n)
@f
def html_longcell(n): return hw("<table><tr><td>"+"本年新收"*n+"</td><td>1</td></tr></table>")
# csv
@f
def csv_long(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市第{i//20}局,430700,2023,own,{c},{i}\n" for i in range(n) for c in [["t3.new.person","t3.new.total","t3.granted.total","t3.new.business"][i%4]])).encode()
@f
def csv_long_one(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市教育局,430700,2023,own,t3.new.person,{i}\n" for i in range(n))).encode()
@f
def csv_long_each(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市第{i}局,430700,2023,own,t3.new.person,{i}\n" for i in range(n))).encode()
@f
def csv_long_bad(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市第{i}局,430700,2023,own,t3.xxx,{i}\n" for i in range(n))).encode()
@f
def csv_shuffled(n):
    x=[f"常德市第{i//20}局,430700,2023,own,t3.new.{['person','business','research','charity','legal','other','total'][i%7]},{i}\n" for i in range(n)]
    random.Random(1).shuffle(x); return ("agency,division,year,scope,code,value\n"+"".join(x)).encode()
@f
def csv_shuffled_years(n):
    x=[f"常德市第{i//20}局,430700,{2021+i%3},own,t3.new.{['person','business','research','charity','legal','other','total'][i%7]},{i}\n" for i in range(n)]
    random.Random(1).shuffle(x); return ("agency,division,year,scope,code,value\n"+"".join(x)).encode()
@f
def csv_quote_open(n): return ("agency,division,year,scope,code,value\n"+"".join(f"\"常德市第{i}局,430700,2023,own,t3.new.person,{i}\n" for i in range(n))).encode()
@f
def csv_quote_first(n): return ("agency,division,year,scope,code,value\n\""+"".join(f"常德市第{i}局,430700,2023,own,t3.new.person,{i}\n" for i in range(n))).encode()
@f
def csv_quote_odd(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市第{i}局,430700,2023,own,\"t3.new\"x.person,{i}\n" for i in range(n))).encode()
@f
def csv_quote_mid(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市第{i}局,430700,2023,own,t3.new.person,\"1\n" for i in range(n))).encode()
@f
def csv_quote_later(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市第{i}局,430700,2023,own,t3.new.person,1\n" for i in range(n))+"\"x\n").encode()
@f
def csv_multiline(n): return ("agency,division,year,scope,code,value\n常德市教育局,430700,2023,own,t3.new.person,\""+"1\n"*n+"\"\n").encode()
@f
def csv_longfield(n): return ("agency,division,year,scope,code,value\n常德市教育局,430700,2023,own,t3.new.person,"+"1"*n+"\n").encode()
@f
def csv_longagency(n): return ("agency,division,year,scope,code,value\n"+"教"*n+",430700,2023,own,t3.new.person,1\n").encode()
@f
def csv_columns(n): return ("agency,division,year,scope,"+",".join(f"x{i}" for i in range(n))+"\n常德市教育局,430700,2023,own"+",1"*n+"\n").encode()
@f
def csv_wide(n): return ("agency,division,year,scope,t3.new.person,t3.new.total\n"+"".join(f"常德市第{i}局,430700,2023,own,1,1\n" for i in range(n))).encode()
@f
def csv_wide_shortrows(n): return ("agency,division,year,scope,t3.new.person,t3.new.total\n"+"x\n"*n).encode()
@f
def csv_wide_samecol(n): return ("agency,division,year,scope"+",t3.new.person"*n+"\n常德市教育局,430700,2023,own"+",1"*n+"\n").encode()
@f
def csv_blank(n): return ("agency,division,year,scope,code,value\n"+"\n"*n+"常德市教育局,430700,2023,own,t3.new.person,1\n").encode()
@f
def csv_commas(n): return ("agency,division,year,scope,code,value\n"+","*n+"\n").encode()
@f
def csv_form(n): return ("常德市教育局2023年政府信息公开工作年度报告\n"+"\n".join(f"{L[i%8]},1,0,0,0,0,0,1" for i in range(n))).encode()
@f
def csv_form_wide(n): return ("常德市教育局2023年政府信息公开工作年度报告\n"+"一、本年新收政府信息公开申请数量"+",0"*n).encode()
@f
def csv_samewhose(n): return ("agency,division,year,scope,code,value\n"+"".join(f"常德市第{i%50}局,430700,2023,own,t3.new.person,{i}\n" for i in range(n))).encode()
# office
def z(parts):
    b=io.BytesIO()
    with zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED) as zf:
        for k,v in parts: zf.writestr(k,v)
    return b.getvalue()
CT='<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
def xlsx(sheet, strings='', sheets=1):
    wb='<workbook xmlns:r="r"><sheets>'+''.join(f'<sheet name="s{i}" sheetId="{i+1}" r:id="rId{i+1}"/>' for i in range(sheets))+'</sheets></workbook>'
    rel='<Relationships>'+''.join(f'<Relationship Id="rId{i+1}" Type="x/worksheet" Target="worksheets/sheet{i+1}.xml"/>' for i in range(sheets))+'</Relationships>'
    p=[("[Content_Types].xml",CT),("xl/workbook.xml",wb),("xl/_rels/workbook.xml.rels",rel)]
    if strings: p.append(("xl/sharedStrings.xml","<sst>"+strings+"</sst>"))
    for i in range(sheets): p.append((f"xl/worksheets/sheet{i+1}.xml","<worksheet>"+sheet+"</worksheet>"))
    return z(p)
def s(t): return f'<c t="inlineStr"><is><t>{t}</t></is></c>'
def xrow(i): return "<row>"+s(L[i%8])+"".join(f"<c><v>{i%7}</v></c>" for _ in range(7))+"</row>"
T0="<row>"+s("常德市教育局2023年政府信息公开工作年度报告")+"</row>"
@f
def xlsx_rows(n): return xlsx("<sheetData>"+T0+"".join(xrow(i) for i in range(n))+"</sheetData>")
@f
def xlsx_cells(n): return xlsx("<sheetData>"+T0+"<row>"+"<c><v>0</v></c>"*n+"</row></sheetData>")
@f
def xlsx_strings(n): return xlsx("<sheetData>"+T0+xrow(0)+"</sheetData>","".join(f"<si><t>s{i}</t></si>" for i in range(n)))
@f
def xlsx_strings_used(n): return xlsx("<sheetData>"+T0+"".join(f'<row><c t="s"><v>{i}</v></c><c><v>1</v></c></row>' for i in range(n))+"</sheetData>","".join(f"<si><t>s{i}</t></si>" for i in range(n)))
@f
def xlsx_merges(n): return xlsx("<sheetData>"+T0+"".join(xrow(i) for i in range(50))+"</sheetData><mergeCells>"+"".join(f'<mergeCell ref="A{i+1}:B{i+1}"/>' for i in range(n))+"</mergeCells>")
@f
def xlsx_merges_rows(n): return xlsx("<sheetData>"+T0+"".join(xrow(i) for i in range(n))+"</sheetData><mergeCells>"+"".join(f'<mergeCell ref="A{i+1}:B{i+1}"/>' for i in range(n))+"</mergeCells>")
@f
def xlsx_merges_same(n): return xlsx("<sheetData>"+T0+"".join(xrow(i) for i in range(n))+"</sheetData><mergeCells>"+"".join(f'<mergeCell ref="A1:XFD1048576"/>' for i in range(n))+"</mergeCells>")
@f
def xlsx_merge_tall(n): return xlsx("<sheetData>"+T0+"".join(xrow(i) for i in range(n))+"</sheetData><mergeCells>"+"".join(f'<mergeCell ref="A1:A{i+2}"/>' for i in range(n))+"</mergeCells>")
@f
def xlsx_sheets(n): return xlsx("<sheetData>"+T0+xrow(0)+"</sheetData>","",n)
@f
def xlsx_far(n): return xlsx("<sheetData>"+T0+xrow(0)+"".join(f'<row r="{1048576-n+i}"><c r="XFD{1048576-n+i}"><v>1</v></c></row>' for i in range(n))+"</sheetData>")
@f
def xlsx_gap(n): return xlsx("<sheetData>"+T0+xrow(0)+"".join(f'<row r="{10+i*90}"><c r="A{10+i*90}"><v>1</v></c><c r="ZZ{10+i*90}"><v>1</v></c></row>' for i in range(n))+"</sheetData>")
@f
def xlsx_back(n): return xlsx("<sheetData>"+T0+"".join(f'<row r="{n-i+1}"><c r="A{n-i+1}"><v>1</v></c></row>' for i in range(n))+"</sheetData>")
@f
def xlsx_runs(n): return xlsx("<sheetData>"+T0+xrow(0)+"</sheetData>","<si>"+"<r><t>x</t></r>"*n+"</si>")
@f
def xlsx_xmldeep(n): return xlsx("<sheetData>"+"<row>"*n)
@f
def xlsx_attrs(n): return xlsx("<sheetData>"+T0+"<row "+" ".join(f'a{i}="1"' for i in range(n))+"/></sheetData>")
@f
def xlsx_longattr(n): return xlsx("<sheetData>"+T0+'<row a="'+"x"*n+'"/></sheetData>')
@f
def xlsx_hidden(n): return xlsx("<cols>"+'<col min="1" max="16384" hidden="1"/>'*n+"</cols><sheetData>"+T0+xrow(0)+"</sheetData>")
def docx(body): return z([("[Content_Types].xml",CT),("word/document.xml",'<w:document xmlns:w="w"><w:body>'+body+'</w:body></w:document>')])
def p(t): return f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>"
def drow(i): return "<w:tr>"+f"<w:tc>{p(L[i%8])}</w:tc>"+"".join(f"<w:tc>{p(i%7)}</w:tc>" for _ in range(7))+"</w:tr>"
D0=p("常德市教育局2023年政府信息公开工作年度报告")
@f
def docx_rows(n): return docx(D0+"<w:tbl>"+"".join(drow(i) for i in range(n))+"</w:tbl>")
@f
def docx_paragraphs(n): return docx(D0+p("本机关认真落实")*n)
@f
def docx_runs(n): return docx(D0+"<w:p>"+"<w:r><w:t>本</w:t></w:r>"*n+"</w:p>")
@f
def docx_tables(n): return docx(D0+("<w:tbl>"+drow(0)+drow(1)+"</w:tbl>"+p("x"))*n)
@f
def docx_nested(n): return docx(D0+"<w:tbl><w:tr><w:tc>"*n+p("x")+"</w:tc></w:tr></w:tbl>"*n)
@f
def docx_span(n): return docx(D0+"<w:tbl>"+('<w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>'+p("x")+"</w:tc></w:tr>")*n+"</w:tbl>")
@f
def docx_vmerge(n): return docx(D0+"<w:tbl>"+('<w:tr>'+'<w:tc><w:tcPr><w:vMerge/></w:tcPr>'+p("x")+"</w:tc><w:tc>"+p("1")+"</w:tc></w:tr>")*n+"</w:tbl>")
@f
def docx_vmerge_cols(n): return docx(D0+"<w:tbl>"+('<w:tr>'+('<w:tc><w:tcPr><w:vMerge/></w:tcPr>'+p("x")+"</w:tc>")*n+"</w:tr>")*6+"</w:tbl>")
@f
def docx_cells(n): return docx(D0+"<w:tbl><w:tr>"+f"<w:tc>{p('0')}</w:tc>"*n+"</w:tr></w:tbl>")
@f
def zip_members(n):
    return z([(f"m{i}.txt",b"x") for i in range(n)])
@f
def zip_reports(n):
    return z([(f"第{i}局.txt",wrap(table3(8)).replace("教育局".encode(),f"第{i}局".encode())) for i in range(n)])
@f
def html_evade(n): return hw("<div></x>"*n)
@f
def html_evade_b(n): return hw("<b></x>x"*n)
@f
def html_evade_table(n): return hw("<table><tr><td></table x></table>"*n)
@f
def html_evade_tables(n): return hw("<table><tr><td><!--</table>-->"*n)
@f
def html_evade_comment(n): return hw("<div><!--</div>-->"*n)
@f
def html_evade_attr(n): return hw("<div a='</div>'>"*n)
@f
def html_bodies(n): return hw("".join(f"<body a{i}=1>" for i in range(n)))
@f
def html_htmls(n): return hw("".join(f"<html a{i}=1>" for i in range(n)))
@f
def html_span_p(n): return hw("<span><p></span>"*n)
@f
def html_p_button(n): return hw("<p></x>"*n)
@f
def html_li_deep(n): return hw("<li><x></li>"*n)
@f
def html_td_deep(n): return hw("<table>"+"<tr><td><i></td></tr>"*n)
@f
def html_i_p(n): return hw("<p><i></p>"*n)
@f
def html_i_p2(n): return hw("<p><i color="+"a>x</p>"*1+"".join(f"<p><i a={i}></p>" for i in range(n)))
@f
def html_font_p(n): return hw("".join(f"<p><font color={i}>x</p>" for i in range(n)))
