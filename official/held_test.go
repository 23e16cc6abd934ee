package official

import (
	"strings"
	"testing"
)

func TestALineNeverBeginsWithAMark(t *testing.T) {
	for text, want := range map[string]string{
		"giai đoạn 2022 – 2025":          "giai đoạn 2022~–~2025",
		"nhiệm vụ quý II năm 2022":       "nhiệm vụ quý~II năm 2022",
		"giảm 0,4 điểm %, chưa đạt":      "giảm 0,4 điểm~%, chưa đạt",
		"Sở Lao động - Thương binh":      "Sở Lao động~- Thương binh",
		"- Lưu Văn phòng Ban.":           "- Lưu Văn phòng Ban.",
		"Chỉ thị số 20-CT/TW, 2021-2025": "Chỉ thị số 20-CT/TW, 2021-2025",
	} {
		if got := strings.ReplaceAll(held(text), "\u00a0", "~"); got != want {
			t.Errorf("%q thành %q", text, got)
		}
	}
}

func TestATurnedSheetKeepsTheMarginsAsItIsRead(t *testing.T) {
	hd05, _, _ := profiles(t)
	d := mergedReport(hd05)
	doc := partOf(t, fileOf(t, d), "word/document.xml")
	const margins = `<w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"`
	if !strings.Contains(doc, `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`+margins) || strings.Count(doc, margins) != strings.Count(doc, "<w:pgMar ") {
		t.Error("lề trang ngang khác lề của thể thức")
	}
	if got := hd05.textWidth(true); got != 297-30-15 {
		t.Errorf("bảng trên trang ngang rộng %g mm", got)
	}
}
