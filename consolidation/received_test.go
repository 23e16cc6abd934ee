package consolidation_test

import (
	"os"
	"strings"
	"testing"

	"giaoban/consolidation"
	"giaoban/internal/fault"
	"giaoban/official/officialtest"
	"giaoban/report"
)

// Each report stands in the file as it was sent, with its own numbers from the beginning; who sent none is named.
func TestTheReportsReceivedAreAnnexesOfOneFile(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		c, err := consolidation.Compose(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
		o.ok(err)
		lines := func() string {
			file, err := consolidation.ReceivedFile(o.tx, o.officer, c, "docx")
			o.ok(err)
			if dir := os.Getenv("RECEIVED_OUT"); dir != "" { // set to look at the file
				o.ok(os.WriteFile(dir+"/"+file.Name, file.Body, 0o600))
			}
			read, err := officialtest.Paragraphs(file.Body)
			o.ok(err)
			var all []string
			for _, p := range read {
				all = append(all, p.Text)
			}
			return strings.Join(all, "\n")
		}
		if empty := lines(); !strings.Contains(empty, "Chưa có báo cáo nào") || !strings.Contains(empty, "Sở Y tế (tháng 1, tháng 2, tháng 3)") {
			o.t.Errorf("nothing was received, the file says %s", empty)
		}
		o.usual()
		c, err = consolidation.Compose(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
		o.ok(err)
		text := lines()
		for _, want := range []string{
			"Tập này gồm 06 báo cáo đã được tiếp nhận", "Chưa có báo cáo được tiếp nhận của 1 cơ quan: Sở Văn hóa và Thể thao (tháng 1, tháng 2, tháng 3).",
			"PHỤ LỤC I\nBáo cáo của Sở Giáo dục và Đào tạo, tháng 1 năm 2022\n(bản 1, gửi ngày 05/4/2022)\nI. KẾT QUẢ THỰC HIỆN\nDạy học trực tiếp an toàn, đợt một.",
			"PHỤ LỤC VI\nBáo cáo của Sở Y tế, tháng 3 năm 2022\n(bản 1, gửi ngày 05/4/2022)\nI. ", "\nII. ", "ước 700.000",
		} {
			if !strings.Contains(text, want) {
				o.t.Errorf("the file does not say %q", want)
			}
		}
		if n := strings.Count(text, "\nI. "); n != 6 {
			o.t.Errorf("%d reports begin with I.", n)
		}
		if strings.Contains(text, "Nơi nhận") || strings.Contains(text, "TRƯỞNG BAN") {
			o.t.Error("the file looks signed")
		}
		_, err = consolidation.ReceivedFile(o.tx, o.officer, c, "pdf")
		o.ok(err)
		_, err = consolidation.ReceivedFile(o.tx, o.atHealth, c, "docx")
		o.refused(err, fault.KindForbidden, "")
	})
}
