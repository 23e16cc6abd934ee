package officialtest

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

const (
	inWord  = `<w:document xmlns:w="w" xmlns:v="v" xmlns:a="a" xmlns:wp="wp"><w:body>%s</w:body></w:document>`
	line    = `<w:p><w:r><w:t>%s</w:t></w:r></w:p>`
	styles  = `<w:styles xmlns:w="w"><w:style w:type="paragraph" w:styleId="Dau"><w:name w:val="Dấu"/><w:rPr><w:b/><w:caps/></w:rPr></w:style><w:style w:styleId="Dau2"><w:basedOn w:val="Dau"/></w:style></w:styles>`
	odtHead = `<o:document xmlns:o="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f"><o:automatic-styles><style:style style:name="P7"><style:text-properties fo:text-transform="uppercase"/></style:style></o:automatic-styles>%s</o:document>`
)

func paragraph(s string) string { return fmt.Sprintf(line, s) }

// nineLines is a paper of ordinary text, so that the marked place is one of many.
var nineLines = strings.Repeat(paragraph("Toàn tỉnh duy trì các trường mở cửa trở lại; công tác bảo mật được giữ vững."), 9)

// Word is a Word file of ordinary text that ends with this body, and has further parts: name, content.
func Word(body string, more ...string) []byte {
	return zipBytes(append([]string{"word/document.xml", fmt.Sprintf(inWord, nineLines+body)}, more...)...)
}

func zipBytes(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Places gives all the Places in which files show a text; %s is that text.
func Places(text string) map[string][]byte {
	embedded := string(Word(paragraph(text)))
	at := func(format string) string { return fmt.Sprintf(format, text) }
	wide := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."
	for _, r := range "\r" + text + "\r" {
		wide += string([]byte{byte(r), byte(r >> 8)})
	}
	return map[string][]byte{
		"paragraph.docx":          Word(paragraph(text)),
		"split runs.docx":         Word(at(`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>%.1s`) + `</w:t></w:r><w:proofErr/><w:r><w:t>` + text[1:] + `</w:t></w:r></w:p>`),
		"table.docx":              Word(`<w:tbl><w:tr><w:tc>` + paragraph("TỈNH ỦY") + `</w:tc><w:tc>` + paragraph(text) + `</w:tc></w:tr></w:tbl>`),
		"text box.docx":           Word(`<w:p><w:r><w:t>Trước</w:t><mc:AlternateContent><wps:txbx><w:txbxContent>` + paragraph(text) + `</w:txbxContent></wps:txbx></mc:AlternateContent></w:r></w:p>`),
		"header.docx":             Word("", "word/header3.xml", fmt.Sprintf(inWord, paragraph(text))),
		"footer.docx":             Word("", "word/footer1.xml", fmt.Sprintf(inWord, paragraph(text))),
		"watermark.docx":          Word("", "word/header1.xml", fmt.Sprintf(inWord, at(`<w:p><w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1"><v:textpath style="font-family:&quot;Times&quot;" string="%s"/></v:shape></w:pict></w:r></w:p>`))),
		"drawn watermark.docx":    Word("", "word/header1.xml", fmt.Sprintf(inWord, at(`<w:p><w:r><w:drawing><wps:txbx><w:txbxContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></w:r></w:p>`))),
		"comment.docx":            Word("", "word/comments.xml", fmt.Sprintf(inWord, paragraph(text))),
		"footnote.docx":           Word("", "word/footnotes.xml", fmt.Sprintf(inWord, paragraph(text))),
		"endnote.docx":            Word("", "word/endnotes.xml", fmt.Sprintf(inWord, paragraph(text))),
		"deleted.docx":            Word(at(`<w:p><w:del><w:r><w:delText>%s</w:delText></w:r></w:del></w:p>`)),
		"alt text.docx":           Word(at(`<w:p><w:r><w:drawing><wp:docPr id="1" name="Ảnh" descr="%s"/></w:drawing></w:r></w:p>`)),
		"title of picture.docx":   Word(at(`<w:p><w:r><w:drawing><wp:docPr id="1" title="%s"/></w:drawing></w:r></w:p>`)),
		"chart.docx":              Word("", "word/charts/chart1.xml", at(`<c:chartSpace><c:title><c:tx><c:rich><a:p><a:r><a:t>%s</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chartSpace>`)),
		"value of chart.docx":     Word("", "word/charts/chart1.xml", at(`<c:chartSpace><c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:cat></c:chartSpace>`)),
		"diagram.docx":            Word("", "word/diagrams/data1.xml", at(`<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>%s</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>`)),
		"embedded book.docx":      Word("", "word/embeddings/Microsoft_Excel_Sheet.xlsx", string(zipBytes("xl/sharedStrings.xml", at(`<sst><si><t>%s</t></si></sst>`)))),
		"embedded document.docx":  Word("", "word/embeddings/a.docx", embedded),
		"embedded twice.docx":     Word("", "word/embeddings/a.docx", string(Word("", "word/embeddings/b.docx", embedded))),
		"embedded object.docx":    Word("", "word/embeddings/oleObject1.bin", wide),
		"package in object.docx":  Word("", "word/embeddings/oleObject2.bin", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"+strings.Repeat("\x00", 504)+embedded),
		"altChunk.docx":           Word(`<w:altChunk r:id="r1"/>`, "word/afchunk.html", at("<html><body><p>%s</p></body></html>")),
		"rich altChunk.docx":      Word(`<w:altChunk r:id="r1"/>`, "word/afchunk.rtf", `{\rtf1\ansi\pard `+rich(text)+`\par}`),
		"plain altChunk.docx":     Word(`<w:altChunk r:id="r1"/>`, "word/afchunk.txt", "Dòng một\n"+text+"\n"),
		"properties.docx":         Word("", "docProps/core.xml", at(`<cp:coreProperties><dc:title>%s</dc:title></cp:coreProperties>`)),
		"own properties.docx":     Word("", "docProps/custom.xml", at(`<Properties><property name="Loại"><vt:lpwstr>%s</vt:lpwstr></property></Properties>`)),
		"named property.docx":     Word("", "docProps/custom.xml", at(`<Properties><property name="%s"><vt:i4>1</vt:i4></property></Properties>`)),
		"own XML.docx":            Word("", "customXml/item1.xml", at(`<root><dau>%s</dau></root>`)),
		"glossary.docx":           Word("", "word/glossary/document.xml", fmt.Sprintf(inWord, paragraph(text))),
		"choice.docx":             Word(at(`<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="%s" w:value="1"/></w:dropDownList></w:sdtPr></w:sdt>`)),
		"entities.docx":           Word(`<w:p><w:r><w:t>` + entities(text) + `</w:t></w:r></w:p>`),
		"CDATA.docx":              Word(at(`<w:p><w:r><w:t><![CDATA[%s]]></w:t></w:r></w:p>`)),
		"quoted bracket.docx":     Word(at(`<w:p a=">"><w:r><w:t>%s</w:t></w:r></w:p>`)),
		"shared.xlsx":             zipBytes("xl/sharedStrings.xml", at(`<sst><si><t>Số</t></si><si><r><t>%s</t></r></si></sst>`)),
		"inline.xlsx":             zipBytes("xl/worksheets/sheet1.xml", at(`<worksheet><row><c t="inlineStr"><is><t>%s</t></is></c></row></worksheet>`)),
		"formula.xlsx":            zipBytes("xl/worksheets/sheet1.xml", at(`<worksheet><row><c t="str"><f>A1</f><v>%s</v></c></row></worksheet>`)),
		"header.xlsx":             zipBytes("xl/worksheets/sheet1.xml", at(`<worksheet><headerFooter><oddHeader>&amp;C&amp;"Times,Bold"&amp;14 %s</oddHeader></headerFooter></worksheet>`)),
		"sheet.xlsx":              zipBytes("xl/workbook.xml", at(`<workbook><sheets><sheet name="%s" sheetId="1"/></sheets></workbook>`)),
		"comment.xlsx":            zipBytes("xl/comments1.xml", at(`<comments><comment><text><r><t>%s</t></r></text></comment></comments>`)),
		"shape.xlsx":              zipBytes("xl/drawings/drawing1.xml", at(`<xdr:wsDr><xdr:sp><xdr:txBody><a:p><a:r><a:t>%s</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>`)),
		"chart.xlsx":              zipBytes("xl/charts/chart1.xml", at(`<c:chartSpace><a:p><a:r><a:t>%s</a:t></a:r></a:p></c:chartSpace>`)),
		"text.odt":                zipBytes("content.xml", fmt.Sprintf(odtHead, at(`<text:p><text:span>%s</text:span></text:p>`))),
		"page header.odt":         zipBytes("styles.xml", at(`<o><style:header><text:p>%s</text:p></style:header></o>`)),
		"title.odt":               zipBytes("content.xml", at(`<o><draw:frame><svg:title>%s</svg:title></draw:frame></o>`)),
		"properties.odt":          zipBytes("meta.xml", at(`<o><meta:user-defined meta:name="a">%s</meta:user-defined></o>`)),
		"cell.ods":                zipBytes("content.xml", at(`<o><table:table-cell><text:p>%s</text:p></table:table-cell></o>`)),
		"object.odt":              zipBytes("Object 1/content.xml", at(`<o><text:p>%s</text:p></o>`)),
		"slide.pptx":              zipBytes("ppt/slides/slide1.xml", at(`<p:sld><a:p><a:r><a:t>%s</a:t></a:r></a:p></p:sld>`)),
		"page.html":               []byte(at("<!DOCTYPE html><html><body><table><tr><td>%s</td></tr></table></body></html>")),
		"entities.html":           []byte("<html><p><b>" + entities(text) + "</b></p>"),
		"described picture.html":  []byte(at(`<html><p><img src="a.png" alt="%s"></p></html>`)),
		"title.html":              []byte(at(`<html><head><title>%s</title></head></html>`)),
		"rich.rtf":                []byte(`{\rtf1\ansi{\fonttbl{\f0 Times;}}\pard\qc ` + rich(text) + `\par Th\u432?\u7901?ng\par}`),
		"plain.txt":               []byte("Dòng một\n" + text + "\nDòng ba\n"),
		"table.csv":               []byte("stt,tên\n1,\"" + text + "\"\n"),
		"old.doc":                 []byte(wide),
		text + " - phương án.doc": []byte("thường"),
	}
}

func entities(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, "&#x%x;", r)
	}
	return b.String()
}

func rich(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, `\u%d?`, r)
	}
	return b.String()
}

// Capitals are files in which "Mật" is shown as "MẬT".
var Capitals = map[string][]byte{
	"caps.docx":          Word(`<w:p><w:r><w:rPr><w:b/><w:caps/></w:rPr><w:t>Tối mật</w:t></w:r></w:p>`),
	"small caps.docx":    Word(`<w:tbl><w:tc><w:p><w:r><w:rPr><w:smallCaps w:val="1"/></w:rPr><w:t>Mật</w:t></w:r></w:p></w:tc></w:tbl>`),
	"caps in a row.docx": Word(`<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Hỏa tốc - mật</w:t></w:r></w:p>`),
	"style.docx":         Word(`<w:tbl><w:tc><w:p><w:pPr><w:pStyle w:val="Dau"/></w:pPr><w:r><w:t>mật</w:t></w:r></w:p></w:tc></w:tbl>`, "word/styles.xml", styles),
	"based style.docx":   Word(`<w:tbl><w:tc><w:p><w:r><w:rPr><w:rStyle w:val="Dau2"/></w:rPr><w:t>mật</w:t></w:r></w:p></w:tc></w:tbl>`, "word/styles.xml", styles),
	"drawing.pptx":       zipBytes("ppt/slides/slide1.xml", `<p:sld><a:p><a:r><a:rPr cap="all"/><a:t>báo cáo mật</a:t></a:r></a:p></p:sld>`),
	"chart.docx":         Word("", "word/charts/chart1.xml", `<c:chartSpace><a:p><a:pPr><a:defRPr cap="all"/></a:pPr><a:r><a:t>mật</a:t></a:r></a:p></c:chartSpace>`),
	"style.odt":          zipBytes("content.xml", fmt.Sprintf(odtHead, `<text:p text:style-name="P7">mật</text:p>`)),
	"style.html":         []byte(`<html><p style="text-transform: uppercase">mật</p>`),
	"class.html":         []byte(`<html><style>p.dau { text-transform: uppercase }</style><p class="dau">mật</p>`),
}

// InnocentFiles say the word without being marked.
var InnocentFiles = map[string][]byte{
	"honey.docx":             Word(`<w:tbl><w:tr><w:tc>` + paragraph("Mật") + `</w:tc><w:tc>` + paragraph("20 lít") + `</w:tc></w:tr></w:tbl>`),
	"honey.xlsx":             zipBytes("xl/sharedStrings.xml", `<sst><si><t>Đường</t></si><si><t>Mật</t></si><si><t>Mật ong</t></si></sst>`),
	"honey.odt":              zipBytes("content.xml", fmt.Sprintf(odtHead, `<table:table-cell><text:p>Mật</text:p></table:table-cell>`)),
	"caps off.docx":          Word(`<w:tbl><w:tc><w:p><w:r><w:rPr><w:caps w:val="0"/></w:rPr><w:t>mật</w:t></w:r></w:p></w:tc></w:tbl>`),
	"caps nearby.docx":       Word(`<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Tiêu đề</w:t></w:r></w:p><w:tbl><w:tc>` + paragraph("mật") + `</w:tc></w:tbl>`),
	"caps of the end.docx":   Word(`<w:tbl><w:tc><w:p><w:pPr><w:rPr><w:caps/></w:rPr></w:pPr><w:r><w:t>mật</w:t></w:r></w:p></w:tc></w:tbl>`),
	"style unused.docx":      Word(`<w:tbl><w:tc>`+paragraph("mật")+`</w:tc></w:tbl>`, "word/styles.xml", styles),
	"law.docx":               Word(paragraph("DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT") + paragraph("Mật khẩu")),
	"page.html":              []byte("<html><style>.a{color:red}</style><p>Bảo mật</p><p class=a>mật độ</p>"),
	"(mat) truoc.jpg":        []byte("\xff\xd8\xff\xe0...."),
	"mat_truoc.jpg":          []byte("\xff\xd8\xff\xe0...."),
	"Bảo mật thông tin.docx": Word(""),
}
