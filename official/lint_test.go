package official

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func rules(fs []Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Rule)
	}
	return out
}

func TestAGoodPaperHasNoFinding(t *testing.T) {
	hd36, _ := ProfileByCode("HD36")
	for name, d := range map[string]Document{"HD36": partyReport(hd36), "ND30": stateReport(), "chưa có số": noticeWithoutNumber(hd36), "công văn": letterSample(hd36)} {
		if f := Lint(d); len(f) > 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestEachFaultIsNamed(t *testing.T) {
	for rule, spoil := range map[string]func(*Document){
		"quyen-han-lan-lon":       func(d *Document) { d.Signers[0].Title = "TM. Ban" },
		"nhan-so":                 func(d *Document) { d.Profile.NumberLabel = "Số: " },
		"so-khong-du-chu-so":      func(d *Document) { d.Profile.NumberPad = 1 },
		"ngay-khong-du-chu-so":    func(d *Document) { d.Bases[0] = "Kết luận ngày 5 tháng 4 năm 2022" },
		"ket-thuc":                func(d *Document) { d.Body = append(d.Body, Paragraph{Runs: Text("Hết./.")}) },
		"thieu-trich-yeu":         func(d *Document) { d.Subject = " " },
		"thieu-noi-nhan":          func(d *Document) { d.Recipients = nil },
		"thieu-luu":               func(d *Document) { d.Filing = "" },
		"thieu-chuc-vu":           func(d *Document) { d.Signers[0].Title = "" },
		"thieu-nguoi-ky":          func(d *Document) { d.Signers = nil },
		"hoc-ham":                 func(d *Document) { d.Signers[0].Name = "TS. Trần Thị Mẫu" },
		"ky-thay-duoi-thay-mat":   func(d *Document) { d.Signers[0].Lines = []AuthorityLine{{OnBehalf, "Ban"}, {ForHead, "Trưởng ban"}} },
		"co-so-chua-co-ngay":      func(d *Document) { d.Date.D = 0 },
		"ngay-sai":                func(d *Document) { d.Date = DayOf(2022, 2, 30) },
		"phong-chu":               func(d *Document) { d.Profile.Font = "Arial" },
		"le-trang":                func(d *Document) { d.Profile.Page.Margins.Right = 20 },
		"co-chu":                  func(d *Document) { d.Profile.Parts[PartBody] = Style{Size: 13, Align: Justify} },
		"dau-mat":                 func(d *Document) { d.Bases[0] = "TỐI MẬT" },
		"khong-phai-nfc":          func(d *Document) { d.Subject = norm.NFD.String(d.Subject) },
		"ky-tu-thieu-trong-phong": func(d *Document) { d.Subject += " ☑" },
		"ky-tu-an":                func(d *Document) { d.Subject += "\u202e" },
		"the-thuc-het-hieu-luc":   func(d *Document) { d.Date = DayOf(2026, 6, 1) },
	} {
		hd36, _ := ProfileByCode("HD36")
		d := partyReport(hd36)
		spoil(&d)
		if got := rules(Lint(d)); !slices.Contains(got, rule) {
			t.Errorf("%s không được nêu, chỉ có %v", rule, got)
		}
	}
	state := stateReport()
	state.Addressed = []string{"Đồng chí Giám đốc"}
	if got := rules(Lint(state)); !slices.Contains(got, "xung-ho") {
		t.Errorf("văn bản Nhà nước gọi đồng chí mà không được nêu: %v", got)
	}
	state.Addressed = nil
	state.Signers[0].Title = "K/T Giám đốc"
	if got := rules(Lint(state)); !slices.Contains(got, "quyen-han-lan-lon") {
		t.Errorf("văn bản Nhà nước có K/T mà không nêu: %v", got)
	}
}
