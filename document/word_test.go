package document

import (
	"fmt"
	"strings"
	"testing"
)

func TestWordFilesAreReadAsTheyArePrinted(t *testing.T) { check(t, wordTraps()) }

func wordTraps() []trap {
	frame := `<w:txbxContent>` + p("", "Trong khung 42") + `</w:txbxContent>`
	box := `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>` + frame + `</wps:txbx></wps:wsp></w:drawing></mc:Choice>` +
		`<mc:Fallback><w:pict><v:shape><v:textbox>` + frame + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`
	newer := strings.Replace(strings.Replace(box, `Requires="wps"`, `Requires="zzz"`, 1), "Trong khung 42", "Chưa ai biết", 1)
	hidden := `<w:r><w:rPr><w:vanish/></w:rPr><w:t>giấu</w:t></w:r>`
	field := `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` +
		t("12") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
	seq := strings.Replace(field, " PAGE ", " SEQ Bảng ", 1)
	cases := []trap{
		{name: "đoạn thường, hai đoạn chữ liền", content: docx(p("", "Tỷ lệ tiêm ", "chủng đạt 96,5%."), nil), want: lines("paragraph||Tỷ lệ tiêm chủng đạt 96,5%.")},
		{name: "số bị xóa, số được thêm: 503 và 516", content: docx(p("", "Có ", del("503"), ins("516"), " cháu."), nil),
			want: lines("paragraph||Có 516 cháu. {516 503}"), problems: []string{"2 sửa đổi chưa được chấp nhận"}},
		{name: "một chữ số bị xóa giữa số", content: docx(p("", "Có 5", del("0"), "3 cháu và 12 cô."), nil),
			want: lines("paragraph||Có 53 cháu và 12 cô. {53 0}"), problems: []string{"1 sửa đổi"}},
		{name: "câu thêm sau một số vẫn để số ấy nguyên", content: docx(p("", "Đạt 516", ins(". Ngoài ra có 3 lớp mới"), "."), nil),
			want: lines("paragraph||Đạt 516. Ngoài ra có 3 lớp mới. {3}"), problems: []string{"1 sửa đổi"}},
		{name: "cả đoạn bị xóa, cả đoạn được thêm", content: docx(p(`<w:rPr><w:del `+who+`/></w:rPr>`, del("Bỏ 7 mục."))+p(`<w:rPr><w:ins `+who+`/></w:rPr>`, ins("Thêm 9 mục.")), nil),
			want: lines("paragraph||Bỏ 7 mục. (deleted) {7}", "paragraph||Thêm 9 mục. (inserted) {9}"), problems: []string{"2 sửa đổi"}},
		{name: "dấu hết đoạn bị xóa: hai đoạn thành một", content: docx(p(`<w:rPr><w:del `+who+`/></w:rPr>`, "Nửa đầu ")+p("", "nửa sau."), nil),
			want: lines("paragraph||Nửa đầu nửa sau.")},
		{name: "chữ chuyển chỗ chỉ đọc một lần", content: docx(p("", `<w:moveFromRangeStart w:id="3" w:name="m1"/><w:moveFrom `+who+`>`+t("Chuyển 15 máy.")+`</w:moveFrom><w:moveFromRangeEnd w:id="3"/>`)+
			p("", "Ở giữa.")+p("", `<w:moveTo `+who+`>`+t("Chuyển 15 máy.")+`</w:moveTo>`), nil),
			want: lines("paragraph||Ở giữa.", "paragraph||Chuyển 15 máy. (moved)"), problems: []string{"1 sửa đổi"}},
		{name: "thêm rồi lại xóa", content: docx(p("", "Còn ", `<w:ins `+who+`>`+del("88")+`</w:ins>`, "lại."), nil),
			want: lines("paragraph||Còn lại. {88}"), problems: []string{"1 sửa đổi"}},
		{name: "đổi kiểu chữ không phải đổi chữ", content: docx(p(`<w:pPrChange `+who+`><w:pPr><w:pStyle w:val="H1"/></w:pPr></w:pPrChange>`,
			`<w:r><w:rPr><w:b/><w:rPrChange `+who+`><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>Đậm 5</w:t></w:r>`), parts{"styles": headings}),
			want: lines("paragraph||Đậm 5")},
		{name: "đánh số tự động ba cấp", content: docx(p(numbered(1, 0), "Kết quả")+p(numbered(1, 1), "Y tế")+p(numbered(1, 2), "Tiêm chủng")+p(numbered(1, 2), "Khám")+
			p(numbered(1, 1), "Giáo dục")+p(numbered(1, 2), "Thi")+p(numbered(1, 0), "Nhiệm vụ")+p(numbered(1, 1), "Quý tới"), parts{"numbering": threeLevels}),
			want: lines("item1|I.|Kết quả", "item2|1.|Y tế", "item3|a)|Tiêm chủng", "item3|b)|Khám", "item2|2.|Giáo dục", "item3|a)|Thi", "item1|II.|Nhiệm vụ", "item2|1.|Quý tới")},
		{name: "đoạn bị xóa không được đếm số", content: docx(p(numbered(1, 0), "Một")+p(numbered(1, 0)+`<w:rPr><w:del `+who+`/></w:rPr>`, del("Bỏ"))+p(numbered(1, 0), "Hai"), parts{"numbering": threeLevels}),
			want: lines("item1|I.|Một", "paragraph||Bỏ (deleted)", "item1|II.|Hai"), problems: []string{"1 sửa đổi"}},
		{name: "hai danh sách một kiểu, đặt lại số đầu", content: docx(p(numbered(1, 0), "A")+p(numbered(2, 0), "B")+p(numbered(3, 0), "C")+p(numbered(3, 0), "D"), parts{"numbering": strings.Replace(threeLevels,
			"upperRoman", "decimal", 1) + `<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>` +
			`<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`}),
			want: lines("item1|1.|A", "item1|2.|B", "item1|5.|C", "item1|6.|D")},
		{name: "cấp thay cả cách ghi số", content: docx(p(numbered(2, 0), "A")+p(numbered(2, 1), "B"), parts{"numbering": threeLevels +
			`<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/>` +
			`<w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:lvlOverride></w:num>`}),
			want: lines("item1|I.|A", "item2|1.3|B")},
		{name: "số theo kiểu đoạn, kiểu dựa trên kiểu", content: docx(p(`<w:pStyle w:val="Con"/>`, "Con một")+p(`<w:pStyle w:val="Con"/>`, "Con hai")+p(`<w:pStyle w:val="Con"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "Không số"),
			parts{"numbering": threeLevels, "styles": headings + `<w:style w:type="paragraph" w:styleId="Cha"><w:name w:val="cha"/><w:pPr><w:outlineLvl w:val="1"/>` +
				numbered(1, 1) + `</w:pPr></w:style><w:style w:type="paragraph" w:styleId="Con"><w:name w:val="con"/><w:basedOn w:val="Cha"/></w:style>`}),
			want: lines("heading2|1.|Con một", "heading2|2.|Con hai", "heading2||Không số")},
		{name: "cấp của danh sách gắn với kiểu đoạn", content: docx(p(`<w:pStyle w:val="Muc"/>`, "Mục"), parts{"numbering": strings.Replace(threeLevels, `<w:lvlText w:val="%3)"/>`, `<w:pStyle w:val="Muc"/><w:lvlText w:val="%3)"/>`, 1),
			"styles": `<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="muc"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`}),
			want: lines("item3|a)|Mục")},
		{name: "dấu đầu dòng của phông Symbol, Wingdings, Courier", content: docx(p(numbered(4, 0), "Tròn")+p(numbered(4, 1), "Rỗng")+p(numbered(4, 2), "Vuông")+p(numbered(4, 3), "Gạch"), parts{"numbering": `<w:abstractNum w:abstractNumId="4">` +
			bulletOf(0, "\uF0B7", "Symbol") + bulletOf(1, "o", "Courier New") + bulletOf(2, "\uF0A7", "Wingdings") + bulletOf(3, "-", "Times New Roman") +
			`</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num>`}),
			want: lines("item1|•|Tròn", "item2|◦|Rỗng", "item3|▪|Vuông", "item4|-|Gạch")},
		{name: "số ẩn của danh sách", content: docx(p(numbered(1, 0), "Không hiện số"), parts{"numbering": strings.Replace(threeLevels, `<w:lvlText w:val="%1."/>`, `<w:lvlText w:val="%1."/><w:rPr><w:vanish/></w:rPr>`, 1)}),
			want: lines("item1||Không hiện số")},
		{name: "đề mục theo kiểu, theo kiểu riêng, theo cấp dàn ý", content: docx(p(`<w:pStyle w:val="H1"/>`, "Một")+p(`<w:pStyle w:val="Rieng"/>`, "Hai")+p(`<w:outlineLvl w:val="2"/>`, "Ba")+p(`<w:pStyle w:val="H1"/><w:outlineLvl w:val="9"/>`, "Bốn"), parts{"styles": headings}),
			want: lines("heading1||Một", "heading1||Hai", "heading3||Ba", "paragraph||Bốn")},
		{name: "bảng có ô gộp ngang, gộp dọc", content: docx(tbl(tr(tc(`<w:vMerge w:val="restart"/>`, "TT"), tc(`<w:gridSpan w:val="2"/>`, "Kết quả")),
			tr(tc(`<w:vMerge/>`, ""), tc("", "Quý I"), tc("", "Quý II")), tr(tc("", "1"), tc("", "12"), tc("", "15"))), nil),
			want: lines("row||TT ¦ Kết quả ¦  [0:1×2] [1:2×1]", "row|| ¦ Quý I ¦ Quý II", "row||1 ¦ 12 ¦ 15")},
		{name: "bảng: dòng bị xóa, dòng thêm, số sửa trong ô", content: docx(tbl(`<w:tr><w:trPr><w:del `+who+`/></w:trPr>`+tc("", p("", del("Cũ")))+tc("", p("", del("77")))+`</w:tr>`,
			`<w:tr><w:trPr><w:ins `+who+`/></w:trPr>`+tc("", p("", ins("Mới")))+tc("", p("", ins("78")))+`</w:tr>`, tr(tc("", "Sửa"), tc("", p("", del("503"), ins("516"))))), nil),
			want: lines("row||Cũ ¦ 77 (deleted) {77}", "row||Mới ¦ 78 (inserted) {78}", "row||Sửa ¦ 516 {516 503}"), problems: []string{"sửa đổi chưa được chấp nhận"}},
		{name: "bảng trong bảng, nhiều đoạn, số tự động trong ô", content: docx(tbl(tr(tc("", p(numbered(1, 1), "Việc")+p("", "Tiếp")), tc("", tbl(tr(tc("", "x"), tc("", "y")))+p("", "")))), parts{"numbering": threeLevels}),
			want: lines("row||1. Việc⏎Tiếp ¦ x | y")},
		{name: "khung một ô quanh các đoạn", content: docx(tbl(tr(tc("", p(`<w:pStyle w:val="H1"/>`, "Đề mục")+p("", "Đoạn")))), parts{"styles": headings}),
			want: lines("heading1||Đề mục", "paragraph||Đoạn")},
		{name: "chú thích cuối trang và cuối văn bản", content: docx(p("", "Đạt 516", `<w:r><w:footnoteReference w:id="2"/></w:r>`, " cháu", `<w:r><w:endnoteReference w:id="5"/></w:r>`), parts{
			"footnotes": `<w:footnote w:type="separator" w:id="0">` + p("", "—") + `</w:footnote><w:footnote w:id="2">` + p("", `<w:r><w:footnoteRef/></w:r>`, "Theo sổ") + `</w:footnote>`,
			"endnotes":  `<w:endnote w:id="5">` + p("", "Nguồn") + `</w:endnote>`}),
			want: lines("paragraph||Đạt 516 cháu", "note|1|Theo sổ", "note|i|Nguồn")},
		{name: "khung chữ chỉ đọc một lần", content: docx(p("", "Ngoài", box), nil), want: lines("paragraph||Ngoài", "paragraph||Trong khung 42")},
		{name: "bản mà chỉ chương trình mới hơn hiểu: đọc bản dự phòng", content: docx(p("", "Ngoài", newer), nil), want: lines("paragraph||Ngoài", "paragraph||Trong khung 42")},
		{name: "chữ ẩn trực tiếp, ẩn theo kiểu", content: docx(p("", "Thấy ", hidden, `<w:r><w:rPr><w:rStyle w:val="An"/></w:rPr><w:t>kín</w:t></w:r>`, "được"), parts{"styles": headings}),
			want: lines("paragraph||Thấy được"), problems: []string{"chữ ẩn (7 ký tự)"}},
		{name: "phần chính mang tên khác", content: docx(p("", "Vẫn đọc được"), parts{"main": "noidung/chinh2.xml"}), want: lines("paragraph||Vẫn đọc được")},
		{name: "đầu trang, chân trang, nhận xét để riêng", content: docx(p("", "Thân bài"), parts{"header1": p("", "Đầu 1"), "footer1": p("", "Chân 2"), "comments": `<w:comment w:id="0" w:author="B">` + p("", "Xem lại") + `</w:comment>`}),
			want: lines("paragraph||Thân bài")},
		{name: "ký hiệu của phông Symbol, Wingdings", content: docx(p("", "Tuổi ", `<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>`, " 60 ", `<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>`, in("Symbol", "\uF0B1"), "2"), nil),
			want: lines("paragraph||Tuổi ≥ 60 ☑±2")},
		{name: "ký hiệu không ai rõ", content: docx(p("", "A ", `<w:r><w:sym w:font="Webdings" w:char="F0B3"/></w:r>`), nil), want: lines("paragraph||A □"), problems: []string{"1 ký hiệu"}},
		{name: "trường: lệnh bỏ, kết quả giữ; chú thích bảng", content: docx(p("", "Trang ", field)+p("", "Bảng ", seq, ". Số lớp")+p(`<w:pStyle w:val="Chu"/>`, "Ảnh 1"), parts{"styles": headings}),
			want: lines("paragraph||Trang 12", "caption||Bảng 12. Số lớp", "caption||Ảnh 1")},
		{name: "tệp HTML ghép trong tệp Word", content: docx(p("", "Trước")+`<w:altChunk r:id="c1"/>`+p("", "Sau"), parts{"word/ghep.html": "<html><body><p>Phần ghép có 31 lớp</p></body></html>",
			"relations": `<Relationship Id="c1" Type="` + officeRelations + `aFChunk" Target="ghep.html"/>`}),
			want: lines("paragraph||Trước", "paragraph||Phần ghép có 31 lớp", "paragraph||Sau")},
		{name: "tệp Word ghép trong tệp Word", content: docx(`<w:altChunk r:id="c1"/>`, parts{"word/ghep.docx": string(docx(p("", "Bên trong"), nil)),
			"relations": `<Relationship Id="c1" Type="` + officeRelations + `aFChunk" Target="ghep.docx"/>`}), want: lines("paragraph||Bên trong")},
		{name: "điều khiển nội dung, liên kết, công thức, xuống dòng, gạch không ngắt", content: docx(`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>`+p("", "Trong ", `<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>`,
			`<w:r><w:br/><w:t>20</w:t><w:noBreakHyphen/><w:t>NQ/TW </w:t></w:r>`, `<m:oMath><m:r><m:t>x=5</m:t></m:r></m:oMath>`)+`</w:sdtContent></w:sdt>`, nil),
			want: lines("paragraph||Trong liên kết⏎20-NQ/TW x=5")},
		{name: "không gian tên của bản nghiêm ngặt", content: zipped(parts{"_rels/.rels": `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/d.xml"/></Relationships>`,
			"word/d.xml": `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Nghiêm</x:t></x:r></x:p></x:body></x:document>`}),
			want: lines("paragraph||Nghiêm")},
	}
	for i := range cases {
		cases[i].file = "van-ban.docx"
	}
	return cases
}

func bulletOf(i int, sign, font string) string {
	return strings.Replace(lvl(i, "bullet", sign), "</w:lvl>", `<w:rPr><w:rFonts w:ascii="`+font+`" w:hAnsi="`+font+`"/></w:rPr></w:lvl>`, 1)
}

// A comment is found where it begins, with the words it is about: across runs, at a point alone, from one paragraph into the
// next, in a cell of a table.
func TestAWordCommentKnowsItsPlace(t *testing.T) {
	mark := func(kind, id string) string { return `<w:comment` + kind + ` w:id="` + id + `"/>` }
	point := func(id string) string { return `<w:r>` + mark("Reference", id) + `</w:r>` }
	comment := func(id string) string {
		return `<w:comment w:id="` + id + `" w:author="B">` + p("", "Lời "+id) + `</w:comment>`
	}
	content := docx(p("", "Giao ", mark("RangeStart", "0"), "Sở Y tế ", del("cũ "), ins("chủ trì"), mark("RangeEnd", "0"), point("0"), ".")+
		p("", "Không có vùng.", point("1"))+p("", "Từ ", mark("RangeStart", "2"), "đây")+p("", "đến kia", mark("RangeEnd", "2"), point("2"))+
		tbl(tr(tc("", "Ô một"), tc("", p("", mark("RangeStart", "3"), "95", mark("RangeEnd", "3"), point("3"), "%")))),
		parts{"comments": comment("0") + comment("1") + comment("2") + comment("3")})
	d, err := Read(t.Context(), "gop-y.docx", content)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, b := range d.Blocks {
		for _, r := range b.Remarks {
			got = append(got, fmt.Sprintf("%d:%s:%s", i, r.ID, r.Quote))
		}
	}
	if want := "0:0:Sở Y tế chủ trì, 1:1:, 2:2:, 4:3:95"; strings.Join(got, ", ") != want {
		t.Errorf("%q, want %q", strings.Join(got, ", "), want)
	}
	if len(d.Comments) != 4 || d.Comments[0].ID != "0" {
		t.Errorf("%+v", d.Comments)
	}
}
