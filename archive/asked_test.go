package archive

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
)

// numberedWord is a Word file in which what begins with # is an item that Word numbers itself.
func numberedWord(t *testing.T, lines ...string) []byte {
	t.Helper()
	const space = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	body := ""
	for _, l := range lines {
		look := ""
		if words, ok := strings.CutPrefix(l, "#"); ok {
			l, look = words, `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>`
		}
		body += `<w:p>` + look + `<w:r><w:t>` + l + `</w:t></w:r></w:p>`
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{{"word/document.xml", `<w:document` + space + `><w:body>` + body + `</w:body></w:document>`},
		{"word/numbering.xml", `<w:numbering` + space + `><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>` +
			`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>`},
		{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>`}} {
		f, err := z.Create(part[0])
		if err == nil {
			_, err = io.WriteString(f, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Items that Word numbers are conclusions behind “… yêu cầu:”, full stop or not and whatever they say; behind another colon
// and before the line they are what they were.
func TestNumberedItemsBehindAnAskingLineAreConclusions(t *testing.T) {
	items := []string{"Sở Y tế khắc phục hạn chế trong tiêm chủng", "Báo cáo kết quả thực hiện trước ngày 30/4/2022", "Các huyện đã chọn điểm thi thì giữ nguyên."}
	for _, asks := range []string{"Thường trực Tỉnh ủy yêu cầu:", "Kết luận hội nghị, đồng chí Lê Hữu Mẫu yêu cầu:", "Ban Tuyên giáo đề nghị:"} {
		lines := []string{"Hội nghị giao ban công tác khoa giáo quý I năm 2022", sentence, asks}
		for _, it := range items {
			lines = append(lines, "#"+it)
		}
		p, err := Read(t.Context(), "tin.docx", numberedWord(t, lines...), nil)
		if err != nil {
			t.Fatal(err)
		}
		checkSpans(t, p)
		want := slices.Clone(items)
		want[2] = strings.TrimSuffix(want[2], ".")
		if got := values(p.Conclusions); !slices.Equal(got, want) || p.Paper != "" {
			t.Errorf("%s gives %q", asks, got)
		}
		for _, it := range slices.Concat(p.Results, p.Shortcomings, p.Difficulties) {
			if slices.Contains(want, it.Value) {
				t.Errorf("%s: “%s” stands in a wrong list", asks, it.Value)
			}
		}
	}
}

// A table that goes on on another page without its head has rows, but no figure of it names a column.
func TestFiguresNameNoColumnsOfATableWithoutHead(t *testing.T) {
	row := func(cells ...string) string {
		out := "<w:tr>"
		for _, c := range cells {
			out += "<w:tc><w:p><w:r><w:t>" + c + "</w:t></w:r></w:p></w:tc>"
		}
		return out + "</w:tr>"
	}
	body := ""
	for _, l := range []string{"ĐẢNG CỘNG SẢN VIỆT NAM", "Số 12-BC/BTGTU", "Mẫu, ngày 05 tháng 4 năm 2022", "BÁO CÁO", "kết quả quý I năm 2022", "I. KẾT QUẢ", "Các ngành báo cáo số liệu."} {
		body += "<w:p><w:r><w:t>" + l + "</w:t></w:r></w:p>"
	}
	p, err := Read(t.Context(), "a.docx", docx(t, body+"<w:tbl>"+row("7", "Số bác sĩ", "người", "899", "+0,6")+row("8", "Số trạm y tế", "trạm", "139", "0,0")+"</w:tbl>"), nil)
	if err != nil {
		t.Fatal(err)
	}
	checkSpans(t, p)
	var got []string
	for _, f := range p.Figures {
		got = append(got, f.Row+"|"+f.Column+"|"+f.Value)
	}
	if want := []string{"Số bác sĩ||899", "Số bác sĩ||0.6", "Số trạm y tế||139", "Số trạm y tế||0"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// A notice in which neither title nor headings are told by the file, only by their form.
func TestHeadingsDecideBeforeWordsDo(t *testing.T) {
	lines := func(all ...string) []byte {
		for i := range all {
			all[i] = strings.ReplaceAll(all[i], "&", "&amp;")
		}
		return numberedWord(t, all...)
	}
	p, err := Read(t.Context(), "a.docx", lines("UBND TỈNH MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 45/BC-SYT", "Mẫu, ngày 10 tháng 10 năm 2022", "BÁO CÁO",
		"Kết quả công tác quý III năm 2022", "Kính gửi: Ban Tuyên giáo Tỉnh ủy", "Sở Y tế báo cáo như sau:", "I. Kết quả công tác", "1. Khám, chữa bệnh",
		"Ngành đề nghị các huyện khắc phục hạn chế, khó khăn trong tiếp nhận người bệnh", "Trong thời gian tới các trạm yêu cầu bổ sung thuốc đã được cấp đủ",
		"2. Phòng bệnh", "- Còn chậm một xã so với kế hoạch nhưng nay đã xong", "- Nhiệm vụ tiêm nhắc hoàn thành ở 45 trạm y tế", "II. Tồn tại, hạn chế", "Tiêm chủng đạt kết quả tốt ở vùng thấp, vùng cao thì không",
		"III. Nhiệm vụ quý IV", "1. Kết quả điều tra được công bố trước ngày 15/11/2022", "2. Khắc phục khó khăn về thuốc", "Trên đây là báo cáo của Sở Y tế.", "Nơi nhận:", "- Như trên;", "GIÁM ĐỐC", "Nguyễn Văn Mẫu"), nil)
	if err != nil {
		t.Fatal(err)
	}
	checkSpans(t, p)
	if p.Paper != "bao-cao" || p.Symbol.Value != "45/BC-SYT" || p.Issued.String() != "2022-10-10" || p.Title.Value != "BÁO CÁO Kết quả công tác quý III năm 2022" {
		t.Errorf("%s %s %s %q", p.Paper, p.Symbol.Value, p.Issued, p.Title.Value)
	}
	for what, c := range map[string][2][]string{
		"results": {values(p.Results), {"Ngành đề nghị các huyện khắc phục hạn chế, khó khăn trong tiếp nhận người bệnh", "Trong thời gian tới các trạm yêu cầu bổ sung thuốc đã được cấp đủ",
			"Còn chậm một xã so với kế hoạch nhưng nay đã xong", "Nhiệm vụ tiêm nhắc hoàn thành ở 45 trạm y tế"}},
		"shortcomings": {values(p.Shortcomings), {"Tiêm chủng đạt kết quả tốt ở vùng thấp, vùng cao thì không"}},
		"conclusions":  {values(p.Conclusions), {"Kết quả điều tra được công bố trước ngày 15/11/2022", "Khắc phục khó khăn về thuốc"}},
		"difficulties": {values(p.Difficulties), {}},
	} {
		if !slices.Equal(c[0], c[1]) {
			t.Errorf("%s: %q", what, c[0])
		}
	}
	if len(p.Signers) != 1 || p.Signers[0].Title != "GIÁM ĐỐC" || len(p.Figures) != 1 || p.Figures[0].Value != "45" {
		t.Errorf("%v %v", p.Signers, p.Figures)
	}
}
