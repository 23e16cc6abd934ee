package web

import (
	"slices"
	"testing"

	"giaoban/official"
	"giaoban/people"
	"giaoban/report"
)

func TestAReportIsSignedByThePostOfItsSigner(t *testing.T) {
	head := people.Signer{Block: official.Signer{Title: "Giám đốc", Name: "Trần Văn Bình"}}
	deputy := people.Signer{Block: official.Signer{Lines: []official.AuthorityLine{{Authority: official.ForHead, Of: "Giám đốc"}},
		Title: "Phó Giám đốc", Name: "Lê Thị Hòa"}}
	all := []people.Signer{head, deputy}
	for _, c := range []struct {
		original, sender string
		signers          []people.Signer
		title, name      string
		lines            int
	}{
		{"Lê Thị Hoà", "Trần Văn Bình", all, "Phó Giám đốc", "Lê Thị Hòa", 1}, // written otherwise, the same person
		{"", "Trần Văn Bình", all, "Giám đốc", "Trần Văn Bình", 0},
		{"", "Một chuyên viên", all, "Giám đốc", "", 0},
		{"Người lạ", "Một chuyên viên", all, "Thủ trưởng cơ quan", "Người lạ", 0},
		{"", "Một chuyên viên", nil, "Thủ trưởng cơ quan", "", 0},
	} {
		sub := report.Submission{ByName: c.sender, Original: report.Original{Signer: c.original}}
		got := submissionSigner(sub, slices.Clone(c.signers))
		if got.Title != c.title || got.Name != c.name || len(got.Lines) != c.lines {
			t.Errorf("%q, %q: %+v", c.original, c.sender, got)
		}
	}
}
