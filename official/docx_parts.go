package official

import (
	"fmt"
	"strconv"
	"strings"
)

func contentTypes(x *xmlWriter, s sheet, _ Document) {
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	x.raw(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
		`<Default Extension="xml" ContentType="application/xml"/>`)
	if len(s.drawings) > 0 {
		x.raw(`<Default Extension="emf" ContentType="image/x-emf"/>`)
	}
	for _, o := range [][2]string{
		{"/word/document.xml", word + "document.main+xml"},
		{"/word/styles.xml", word + "styles+xml"},
		{"/word/numbering.xml", word + "numbering+xml"},
		{"/word/settings.xml", word + "settings+xml"},
		{"/word/fontTable.xml", word + "fontTable+xml"},
		{"/word/header1.xml", word + "header+xml"},
		{"/word/header2.xml", word + "header+xml"},
		{"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
		{"/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
	} {
		x.raw(`<Override PartName="`, o[0], `" ContentType="`, o[1], `"/>`)
	}
	x.raw(`</Types>`)
}

const (
	relations   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	officeTypes = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

func relate(x *xmlWriter, id, kind, target string) {
	x.raw(`<Relationship Id="`, id, `" Type="`, kind, `" Target="`, target, `"/>`)
}

func packageRelations(x *xmlWriter, _ sheet, _ Document) {
	x.raw(relations)
	relate(x, "rId1", officeTypes+"officeDocument", "word/document.xml")
	relate(x, "rId2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml")
	relate(x, "rId3", officeTypes+"extended-properties", "docProps/app.xml")
	x.raw(`</Relationships>`)
}

func documentRelations(x *xmlWriter, s sheet, _ Document) {
	x.raw(relations)
	relate(x, "rId1", officeTypes+"styles", "styles.xml")
	relate(x, "rId2", officeTypes+"settings", "settings.xml")
	relate(x, "rId3", officeTypes+"fontTable", "fontTable.xml")
	relate(x, "rId4", officeTypes+"header", "header1.xml")
	relate(x, "rId5", officeTypes+"header", "header2.xml")
	relate(x, "rId6", officeTypes+"numbering", "numbering.xml")
	for i := range s.drawings {
		relate(x, drawingRelation(i+1), officeTypes+"image", drawingFile(i+1))
	}
	x.raw(`</Relationships>`)
}

func coreProperties(x *xmlWriter, s sheet, d Document) {
	x.raw(`<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`,
		`<dc:title>`, escape(s.title), `</dc:title><dc:creator>`, escape(s.author), `</dc:creator>`)
	if d.Proof != "" {
		x.raw(`<dc:description>`, escape(clean(d.Proof)), `</dc:description>`)
	}
	if d.Date.Y > 0 && d.Date.valid() {
		day := fmt.Sprintf("%04d-%02d-%02dT00:00:00Z", d.Date.Y, d.Date.M, max(d.Date.D, 1))
		x.raw(`<dcterms:created xsi:type="dcterms:W3CDTF">`, day, `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">`, day, `</dcterms:modified>`)
	}
	x.raw(`<dc:language>vi-VN</dc:language></cp:coreProperties>`)
}

func appProperties(x *xmlWriter, s sheet, _ Document) {
	x.raw(`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Giao Ban</Application><Company>`,
		escape(s.author), `</Company></Properties>`)
}

func fontTablePart(x *xmlWriter, s sheet, _ Document) {
	x.raw(`<w:fonts `, wordSpace, `><w:font w:name="`, escape(s.p.Font), `"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`)
}

func settingsPart(x *xmlWriter, _ sheet, _ Document) {
	x.raw(`<w:settings `, wordSpace, `><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>`,
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>`,
		`<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`)
}

// stylesPart makes every part of a paper a named style, so that the clerk changes one style in Word
// and not each paragraph.
func stylesPart(x *xmlWriter, s sheet, _ Document) {
	font := escape(s.p.Font)
	x.raw(`<w:styles `, wordSpace, `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="`, font, `" w:hAnsi="`, font, `" w:eastAsia="`, font, `" w:cs="`, font, `"/>`,
		`<w:color w:val="000000"/><w:sz w:val="`, halves(s.p.Parts[PartBody].Size), `"/><w:szCs w:val="`, halves(s.p.Parts[PartBody].Size), `"/>`,
		`<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/></w:rPr></w:rPrDefault>`,
		`<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`,
		`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>`,
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, part := range allParts {
		x.style(s.p, part, s.p.Parts[part])
	}
	x.raw(`</w:styles>`)
}

func (x *xmlWriter) style(p Profile, part Part, st Style) {
	name, custom := partNames[part], ` w:customStyle="1"`
	if known, ok := wordNames[part]; ok {
		name, custom = known, ""
	}
	level, heading := strings.CutPrefix(string(part), "Heading")
	if heading { // Word knows its own headings by this name
		name, custom = "heading "+level, ""
	}
	x.raw(`<w:style w:type="paragraph"`, custom, ` w:styleId="`, string(part), `"><w:name w:val="`, name, `"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>`)
	if heading {
		x.raw(`<w:keepNext/>`)
	}
	x.raw(`<w:widowControl/>`)
	if heading {
		if at := int(level[0] - '1'); p.countsHeadings(at + 1) {
			x.raw(`<w:numPr><w:ilvl w:val="`, strconv.Itoa(at), `"/><w:numId w:val="`, strconv.Itoa(mainList), `"/></w:numPr>`)
		}
	}
	x.raw(`<w:spacing w:before="`, twentieths(st.Before), `" w:after="`, twentieths(st.After), `"`)
	if st.LineExact > 0 {
		x.raw(` w:line="`, twentieths(st.LineExact), `" w:lineRule="exact"`)
	}
	x.raw(`/>`)
	if st.Indent > 0 {
		x.raw(`<w:ind w:firstLine="`, twips(st.Indent), `"/>`)
	}
	x.raw(`<w:jc w:val="`, string(st.Align), `"/>`)
	if heading {
		x.raw(`<w:outlineLvl w:val="`, string(level[0]-1), `"/>`)
	} else if part == PartAnnex { // navigation lists the annexes beside the chapters
		x.raw(`<w:outlineLvl w:val="0"/>`)
	}
	x.raw(`</w:pPr><w:rPr>`)
	if st.Bold {
		x.raw(`<w:b/><w:bCs/>`)
	}
	if st.Italic {
		x.raw(`<w:i/><w:iCs/>`)
	}
	x.raw(`<w:sz w:val="`, halves(st.Size), `"/><w:szCs w:val="`, halves(st.Size), `"/>`)
	if st.Underline {
		x.raw(`<w:u w:val="single"/>`)
	}
	x.raw(`</w:rPr></w:style>`)
}

// wordNames are styles that Word itself knows by these names: its navigation, its list of tables and readers of the
// file find the title of the paper and the captions by them.
var wordNames = map[Part]string{PartTypeName: "Title", PartTableTitle: "caption"}

// partNames are the names of the styles as the clerk sees them in Word.
var partNames = map[Part]string{
	PartNational: "VB Quốc hiệu, tiêu đề", PartMotto: "VB Tiêu ngữ", PartSuperior: "VB Cơ quan cấp trên",
	PartIssuer: "VB Cơ quan ban hành", PartSeparator: "VB Dấu cách", PartNumber: "VB Số, ký hiệu",
	PartPlaceDate: "VB Địa danh, ngày tháng", PartTypeName: "VB Tên loại", PartSubject: "VB Trích yếu",
	PartLetterMatter: "VB Trích yếu công văn", PartAddressLabel: "VB Kính gửi", PartBasis: "VB Căn cứ",
	PartBody: "VB Thân văn bản", PartItem: "VB Mục liệt kê", PartTableTitle: "VB Tên bảng",
	PartTableUnit: "VB Đơn vị tính", PartTableHead: "VB Đầu bảng", PartTableCell: "VB Ô bảng",
	PartTableNote: "VB Ghi chú bảng", PartRecipients: "VB Nơi nhận", PartRecipient: "VB Dòng nơi nhận",
	PartAuthority: "VB Quyền hạn ký", PartSignerTitle: "VB Chức vụ người ký",
	PartSignerName: "VB Họ tên người ký", PartUrgency: "VB Mức độ khẩn", PartDraft: "VB Dự thảo",
	PartConference: "VB Tài liệu hội nghị", PartPageNumber: "VB Số trang", PartBanner: "VB Dòng báo mỗi trang",
	PartAnnex: "VB Phụ lục", PartAnnexTitle: "VB Tên phụ lục", PartAnnexOf: "VB Kèm theo",
	PartTight: "VB Dòng kẻ",
}
