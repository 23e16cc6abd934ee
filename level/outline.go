package level

import (
	"fmt"
	"strings"

	"giaoban/internal/fold"
	"giaoban/internal/pattern"
	"giaoban/report"
	"giaoban/review"
)

// roman is the number before a heading of an outline: the papers number their headings themselves.
var roman = pattern.Of(`^[IVX]+\.\s*`)

// sections makes headings of a form of the lines of an outline: a heading, and below it the points, which begin with a dash. What
// stands under a usual heading of reports keeps its code, so that proposals become answers owed. Annexes are no heading.
func sections(lines []string) (all []report.Section, annexes string) {
	taken := make(map[string]bool)
	for _, line := range lines {
		point, below := strings.CutPrefix(line, "- ")
		if below && len(all) > 0 {
			last := &all[len(all)-1]
			last.Points = append(last.Points, point)
			continue
		}
		if strings.HasPrefix(fold.Fold(line), "phu luc") {
			annexes = line
			continue
		}
		name := roman().ReplaceAllString(strings.TrimPrefix(line, "- "), "")
		code := usual(name)
		if code == "" || taken[code] {
			code = report.PartCode(len(all) + 1)
		}
		taken[code] = true
		all = append(all, report.Section{Code: code, Name: name})
	}
	return all, annexes
}

// usual is the usual heading of reports that a heading begins with; "" for none.
func usual(name string) string {
	said := fold.Fold(name)
	for _, known := range []struct{ code, words string }{{report.SectionResults, "ket qua"}, {report.SectionProposals, "kien nghi"},
		{report.SectionProposals, "de xuat"}, {report.SectionNextTasks, "phuong huong"}, {report.SectionNextTasks, "nhiem vu"}} {
		if strings.HasPrefix(said, known.words) {
			return known.code
		}
	}
	return ""
}

// sectorOf is the one field under which all is written: that of the document, where it has one.
func sectorOf(r review.Review) report.Sector {
	if codes, names := r.Sectors.Codes(), r.Sectors.Names(); len(codes) == 1 {
		return report.Sector{Code: codes[0], Name: names[0]}
	}
	return report.Sector{Code: "chung", Name: "Nội dung chung"}
}

// span is the term that is looked back on, in years: 2012..2022.
func span(r review.Review) string {
	return fmt.Sprintf("%d..%d", r.Issued.Year(), max(r.Due.Year(), r.Issued.Year()+1))
}

// codeOf calls the reports of a review where codes stand: “tong-ket-10-20-ct-tw”.
func codeOf(r review.Review) string {
	words := strings.FieldsFunc(fold.Fold(fmt.Sprintf("%s %d %s %d", r.Kind, r.Years, r.Symbol, r.Due.Year())), func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')
	})
	code := strings.Join(words, "-")
	return code[:min(len(code), 60)]
}

// basis is the paper by which the levels are asked: the instruction from above, before that why the review is due.
func basis(r review.Review) string {
	if r.Provisional() {
		return r.Basis
	}
	return r.Instruction
}
