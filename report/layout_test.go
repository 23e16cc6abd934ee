package report_test

import (
	"strings"
	"testing"

	"giaoban/internal/fold"
	"giaoban/report"
)

// layForm is a quarterly form of three sectors.
func layForm(t *testing.T) *report.Form {
	o := report.Outline{Sectors: []report.Sector{{Code: "YT", Name: "Y tế, dân số"}, {Code: "GD", Name: "Giáo dục và đào tạo"}, {Code: "VH", Name: "Văn hóa, thể thao, gia đình"}}}
	for _, code := range report.SectionCodes {
		o.Sections = append(o.Sections, report.Section{Code: code})
	}
	return report.FormOf(o)
}

// told writes a laid text as "section/sector: paragraph | paragraph", the rest last.
func told(l report.Laid) string {
	var b strings.Builder
	for _, s := range l.Placed {
		b.WriteString(s.Section + "/" + s.Sector + ": " + strings.Join(s.Paragraphs, " | ") + "\n")
	}
	if len(l.Rest) > 0 {
		b.WriteString("chưa xếp: " + strings.Join(l.Rest, " | ") + "\n")
	}
	if len(l.Frame) > 0 {
		b.WriteString("khung: " + strings.Join(l.Frame, " | ") + "\n")
	}
	return b.String()
}

// A text from Word is laid under the headings of the form by their words, however they are numbered; nothing of it is lost.
func TestATextIsLaidUnderTheHeadings(t *testing.T) {
	for name, c := range map[string]struct{ text, only, want string }{
		"of one sector, numbered I, 1": {only: "YT", text: `SỞ Y TẾ
BÁO CÁO KẾT QUẢ CÔNG TÁC QUÝ I
Thực hiện Công văn số 12, Sở báo cáo như sau:
I. KẾT QUẢ THỰC HIỆN NHIỆM VỤ
1. Phòng, chống dịch
Đã tiêm 5.000 liều.
2. Khám, chữa bệnh: đạt khá
- Khám 3.000 lượt.
II. HẠN CHẾ, NGUYÊN NHÂN
1. Hạn chế
Thiếu thuốc ở ba trạm.
2. Nguyên nhân
Đấu thầu chậm.
III. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM QUÝ II
Mua đủ thuốc.
IV. ĐỀ XUẤT, KIẾN NGHỊ
Đề nghị bổ sung kinh phí.
Trên đây là báo cáo của Sở Y tế./.
Nơi nhận:
- Như trên;`, want: `results/YT: 1. Phòng, chống dịch | Đã tiêm 5.000 liều. | 2. Khám, chữa bệnh: đạt khá | - Khám 3.000 lượt.
shortcomings/YT: Thiếu thuốc ở ba trạm.
causes/YT: Đấu thầu chậm.
next_tasks/YT: Mua đủ thuốc.
proposals/YT: Đề nghị bổ sung kinh phí.
chưa xếp: SỞ Y TẾ | BÁO CÁO KẾT QUẢ CÔNG TÁC QUÝ I | Thực hiện Công văn số 12, Sở báo cáo như sau: | Trên đây là báo cáo của Sở Y tế./. | Nơi nhận: | - Như trên;
`},
		"of several sectors, the sectors below the sections": {text: `A. Kết quả
1. Công tác giáo dục và đào tạo
Tuyển sinh đủ.
2. Lĩnh vực y tế
Tiêm đủ.
3. Việc khác
Không rõ của ai.
B. Khó khăn
Chung cả tỉnh.
1. Văn hóa
Thiếu nhà văn hóa.`, want: `results/YT: Tiêm đủ.
results/GD: Tuyển sinh đủ.
difficulties/VH: Thiếu nhà văn hóa.
chưa xếp: 3. Việc khác | Không rõ của ai. | Chung cả tỉnh.
`},
		"of several sectors, the sections below the sectors": {text: `I. Y TẾ
1. Kết quả
Tiêm đủ.
2. Kiến nghị
Cấp thuốc.
II. GIÁO DỤC VÀ ĐÀO TẠO
1. Tình hình
Tuyển sinh đủ.
2. Tồn tại
Thiếu phòng học.`, want: `results/YT: Tiêm đủ.
results/GD: Tuyển sinh đủ.
shortcomings/GD: Thiếu phòng học.
proposals/YT: Cấp thuốc.
`},
		"bold headings, a part that the form has not": {only: "GD", text: `**Kết quả nổi bật**
Có 12 trường đạt chuẩn.
**II. Công tác xây dựng Đảng**
Kết nạp 3 đảng viên.
**Phần thứ ba: Kiến nghị**
Thêm biên chế.`, want: `results/GD: Có 12 trường đạt chuẩn.
proposals/GD: Thêm biên chế.
chưa xếp: II. Công tác xây dựng Đảng | Kết nạp 3 đảng viên.
`},
		"numbered sentences are no headings": {only: "VH", text: "I. Kết quả\n1. Đã tổ chức 3 hội thi.\n2. Kiến nghị của dân được trả lời;\n3. Đã xong.", want: "results/VH: 1. Đã tổ chức 3 hội thi. | 2. Kiến nghị của dân được trả lời; | 3. Đã xong.\n"},
		"a text without headings":            {only: "VH", text: "Đã tổ chức 3 hội thi.\nTốt.", want: "chưa xếp: Đã tổ chức 3 hội thi. | Tốt.\n"},
	} {
		if got := told(layForm(t).LayOut(c.text, c.only)); got != c.want {
			t.Errorf("%s:\n%swant\n%s", name, got, c.want)
		}
	}
}

// Whatever is pasted, every line of it stands somewhere, but for headings that the form has itself.
func FuzzLayOut(f *testing.F) {
	for _, seed := range []string{"I. Kết quả\nA.\nB.", "**Khó khăn**\n1. Y tế\nx", "PHẦN I\n\x00\r\nNơi nhận:\n- Lưu.", "1.1.1.1.1 x\na) y", "IV) KIẾN NGHỊ;\n**"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		form := layForm(t)
		laid := form.LayOut(text, "YT")
		kept := len(laid.Rest)
		for _, s := range laid.Placed {
			kept += len(s.Paragraphs)
		}
		lines := 0
		for line := range strings.Lines(strings.ReplaceAll(fold.Clean(text), "\r", "\n")) {
			if strings.TrimSpace(line) != "" && !report.HeadingOnly(line) {
				lines++
			}
		}
		if kept < lines {
			t.Errorf("%d of %d lines are kept of %q: %q", kept, lines, text, told(laid))
		}
	})
}
