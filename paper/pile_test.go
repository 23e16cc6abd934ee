package paper_test

import (
	"slices"
	"testing"

	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
)

// pile drafts papers, signs the first n of them and gives their keys.
func pile(t *testing.T, tx *db.Tx, o office, n int, kinds ...paper.Kind) (ids []db.ID) {
	t.Helper()
	for i, kind := range kinds {
		p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: kind, Content: notice("Văn bản " + string(rune('A'+i)))})
		check(t, err)
		if i < n {
			_, err = paper.Sign(tx, o.leader, p.ID, paper.Signature{Signer: "Lê Thị Hoa"})
			check(t, err)
		}
		ids = append(ids, p.ID)
	}
	return ids
}

func TestAPileGetsTheNumbersThatWereShown(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		today := calendar.OfInstant(tx.Clock())
		check(t, paper.SetNext(tx, o.clerk, o.commission, paper.ThongBao, 41, today))
		ids := pile(t, tx, o, 3, paper.BaoCao, paper.ThongBao, paper.ThongBao, paper.ThongBao)
		slices.Sort(ids[1:3]) // signed at one instant, they stand in the order of their keys
		shown, err := paper.ExpectNumbers(tx, o.clerk, ids, today)
		check(t, err)
		want := []string{"01-BC/BTGTU", "41-TB/BTGTU", "42-TB/BTGTU", ""}
		got := make(map[db.ID]paper.Expected)
		for _, e := range shown {
			got[e.ID] = e
		}
		for i, id := range ids {
			if got[id].Symbol != want[i] || (got[id].Refused != "") != (want[i] == "") {
				t.Errorf("%d: shown %q (%s), want %q", i, got[id].Symbol, got[id].Refused, want[i])
			}
		}
		if p, err := paper.Find(tx, o.clerk, ids[0]); err != nil || p.State != paper.Signed {
			t.Errorf("showing a number entered it: %s %v", p.State, err)
		}
		_, err = paper.EnterNumbers(tx, o.clerk, shown, today)
		refused(t, err, fault.KindStale, "chưa được ký")
		shown = []paper.Expected{got[ids[0]], got[ids[1]], got[ids[2]]}

		// Somebody takes number 41 at another desk: nobody gets a number that was not shown.
		other := pile(t, tx, o, 1, paper.ThongBao)
		_, err = paper.EnterNumber(tx, o.clerk, other[0], 41, today)
		check(t, err)
		_, err = paper.EnterNumbers(tx, o.clerk, shown, today)
		refused(t, err, fault.KindStale, "nay là số 42, không phải 41")
		if p, err := paper.Find(tx, o.clerk, ids[0]); err != nil || p.Symbol != "" {
			t.Errorf("half of the pile was numbered: %s %v", p.Symbol, err)
		}

		shown, err = paper.ExpectNumbers(tx, o.clerk, ids[:3], today)
		check(t, err)
		numbered, err := paper.EnterNumbers(tx, o.clerk, shown, today)
		check(t, err)
		for i, p := range numbered {
			if p.Symbol != shown[i].Symbol || p.Date != today {
				t.Errorf("numbered %s of %s, shown %s", p.Symbol, p.Date, shown[i].Symbol)
			}
		}
		_, err = paper.ExpectNumbers(tx, o.clerk, ids[:3], today.AddDays(1))
		refused(t, err, fault.KindInvalid, "ở sau hôm nay")
		_, err = paper.ExpectNumbers(tx, o.officer, ids[:3], today)
		refused(t, err, fault.KindForbidden, "")
		if again, err := paper.ExpectNumbers(tx, o.clerk, ids[1:2], today); err != nil || again[0].Refused != "đã có số 42-TB/BTGTU" {
			t.Errorf("a second number: %q %v", again[0].Refused, err)
		}
		if early, err := paper.ExpectNumbers(tx, o.clerk, other, today.AddDays(-1)); err != nil || early[0].Refused == "" {
			t.Errorf("numbered before it was signed: %+v %v", early, err)
		}
	})
}
