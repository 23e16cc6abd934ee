package review

import (
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// headings are the standard outline of a review's report. A heading begins with a Roman numeral, what stands under it with a dash.
var headings = []string{
	"I. Lãnh đạo, chỉ đạo, tổ chức thực hiện",
	"- Quán triệt, học tập, tuyên truyền: hình thức, số người, tỷ lệ",
	"- Cụ thể hóa: chương trình, kế hoạch, cơ chế, nguồn lực đã ban hành, bố trí",
	"- Kiểm tra, giám sát, sơ kết",
	"II. Kết quả thực hiện mục tiêu, nhiệm vụ, giải pháp của văn bản",
	"- Từng mục tiêu, chỉ tiêu: số liệu đầu kỳ, cuối kỳ, đạt hay chưa đạt",
	"- Từng nhóm nhiệm vụ, giải pháp: việc đã làm, mô hình, cách làm hay",
	"III. Đánh giá chung",
	"- Kết quả nổi bật",
	"- Hạn chế, khó khăn; nguyên nhân khách quan, chủ quan",
	"- Bài học kinh nghiệm",
	"IV. Phương hướng, nhiệm vụ, giải pháp thời gian tới",
	"V. Kiến nghị, đề xuất với từng cấp",
	"Phụ lục: số liệu theo năm; danh mục văn bản đã ban hành",
}

// Headings are the lines of the outline: those of this review, or the standard ones.
func (r Review) Headings() []string {
	if r.Outline == "" {
		return headings
	}
	return strings.Split(r.Outline, "\n")
}

// mostHeadings bounds an outline: longer is the report itself.
const mostHeadings = 200

// SetOutline changes the outline of one review, a heading a line; "" goes back to the standard one.
func SetOutline(tx *db.Tx, by access.Actor, id db.ID, version int64, text string) error {
	r, err := working(tx, by, id, version)
	if err != nil {
		return err
	}
	if err := r.running(); err != nil {
		return err
	}
	var lines []string
	for l := range strings.Lines(fold.Clean(text)) {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	kept := strings.Join(lines, "\n")
	if len(lines) > mostHeadings || len(kept) > 4*mostText {
		return fault.Invalid("outline", "Đề cương dài quá %d dòng; xin chỉ ghi các đề mục.", mostHeadings)
	}
	if err := official.RefuseSecret(kept); err != nil {
		return err
	}
	if kept == strings.Join(headings, "\n") {
		kept = ""
	}
	if kept == r.Outline {
		return nil
	}
	if _, err := tx.Exec("update review set outline = ? where id = ?", kept, r.ID); err != nil {
		return err
	}
	said := "Dùng đề cương chung"
	if kept != "" {
		said = fmt.Sprintf("Đề cương riêng, %d dòng", len(lines))
	}
	return r.happened(tx, by, journal.Details{"lines": len(lines)}, Fact{Kind: factOutlined, Note: said})
}
