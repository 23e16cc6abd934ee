package paper_test

import (
	"testing"

	"giaoban/internal/db"
	"giaoban/paper"
)

// A name signs: other marks are another person, however the letters look, and the place of a tone is nobody's.
func TestOnlyWhoIsNamedSignsMinutes(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		for _, c := range []struct {
			named, signs string
			same         bool
		}{
			{"Lê Thị Hóa", "Lê Thị Hoà", false},
			{"Lê Thị Hóa", "Lê Thị Hoa", false},
			{"Lê Thị Hóa", "Lê Thị Hoá", true},
			{"Lê Thị Hòa", "LÊ THỊ HOÀ", true},
			{"Lê Thị Hòa", "Lê  Thi\u0323 Ho\u0300a", true}, // decomposed, as some keyboards type it
			{"Trần Đức", "Trần Dức", false},
			{"Võ Tân", "Võ Tấn", false},
			{"", "", false},
		} {
			p := paper.Paper{State: paper.Drafted, Body: o.commission.ID}
			p.Secretary = c.named
			by := o.officer
			by.Name = c.signs
			if p.MayWitness(by) != c.same {
				t.Errorf("%q signs for %q: %v, want %v", c.signs, c.named, !c.same, c.same)
			}
		}
	})
}
