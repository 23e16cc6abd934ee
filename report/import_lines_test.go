package report

import (
	"strings"
	"testing"

	"giaoban/internal/table"
)

// What stands over the figures is found from below, whatever its lines: names, numbers of rows left, and what is above.
func TestTheHeadOfATableIsFoundFromBelow(t *testing.T) {
	for _, c := range []struct {
		text, names, above string
		rest               int
	}{
		{"TT;Đơn vị;Y tế;;;;Giáo dục\n;;Khám;;Nhập viện;;Trường\n;;TH;KH;TH;KH;Số trường\n1;SYT;1;2;3;4;5\n",
			"TT|Đơn vị|Y tế - Khám - TH|Y tế - Khám - KH|Y tế - Nhập viện - TH|Y tế - Nhập viện - KH|Giáo dục - Trường - Số trường", "", 1},
		{"A. Bảng\n\nĐơn vị;Lượt khám;Số bác sĩ\nA. Khối tỉnh;;\nSYT;1.000;5\nB. Khối huyện;;\nHuyện X;7;8\n", "Đơn vị|Lượt khám|Số bác sĩ", "A. Bảng", 4},
		{"Đơn vị;Lượt khám;;\n;Năm 2021;Năm 2022;Tăng, giảm (%)\nSYT;1000;1100;10\n", "Đơn vị|Lượt khám - Năm 2021|Lượt khám - Năm 2022|Lượt khám - Tăng, giảm (%)", "", 1},
		{"Đơn vị;2021;2022\nSYT;5;6\n", "Đơn vị|2021|2022", "", 1},
		{"STT;Chỉ tiêu;ĐVT;Kế hoạch;Thực hiện\nI;Y tế;;;\n1;Lượt khám;lượt;1000;900\n", "STT|Chỉ tiêu|ĐVT|Kế hoạch|Thực hiện", "", 1},
		{"Cơ quan;Số lớp mở;Ghi chú\nSYT;-;chưa mở\nSGDDT;5;\n", "Cơ quan|Số lớp mở|Ghi chú", "", 2},
		{"Bảng số liệu;;\n(Kèm theo Báo cáo số 15-BC/STC ngày 02/4/2022);;\nĐơn vị;Lượt khám;Số bác sĩ\nSYT;5;6\n", "Đơn vị|Lượt khám|Số bác sĩ",
			"Bảng số liệu|(Kèm theo Báo cáo số 15-BC/STC ngày 02/4/2022)", 1},
		{"Đơn vị;Lượt khám bệnh trong 6 tháng;Số bác sĩ\n;(lượt);(người)\n1;2;3\nSYT;500;6\n", "Đơn vị|Lượt khám bệnh trong 6 tháng|Số bác sĩ", "", 1},
	} {
		rows, err := table.Read(strings.NewReader(c.text), int64(len(c.text)))
		if err != nil {
			t.Fatal(err)
		}
		h := tableHeadOf(rows)
		if names, above := strings.Join(h.names, "|"), strings.Join(h.above, "|"); names != c.names || above != c.above || len(h.rest) != c.rest {
			t.Errorf("%s is read as %q below %q, with %d rows", c.text, names, above, len(h.rest))
		}
	}
}
