package conference_test

import (
	"strings"
	"testing"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// province opens the sample province on both engines, some weeks after the first quarter of 2022.
func province(t *testing.T, test func(t *testing.T, p *sample.Province, tx *db.Tx)) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-25 09:00")
			dbtest.Begin(t, p.DB, func(tx *db.Tx) { test(t, p, tx) })
		})
	}
}

var quarterI = calendar.MustPeriod("2022-Q1")

func refusedAs(t *testing.T, kind fault.Kind, err error) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("want %v, got %v", kind, err)
	}
}

func TestALowerCommissionNotesItsConferenceInShort(t *testing.T) {
	province(t, func(t *testing.T, p *sample.Province, tx *db.Tx) {
		nhung := p.Actor("btgnh")
		s, err := conference.NoteSitting(tx, nhung, conference.Sitting{Body: p.BTGNH.ID, Period: quarterI, Outcome: conference.SittingPlanned,
			HeldOn: calendar.On(2022, 4, 28)})
		if err != nil || s.Unit != p.BTGNH.ID || s.Line() != "Dự kiến họp ngày 28/4/2022" {
			t.Fatalf("%+v %v", s, err)
		}
		_, err = conference.NoteSitting(tx, nhung, conference.Sitting{Body: p.BTGNH.ID, Period: quarterI, Outcome: conference.SittingHeld, HeldOn: calendar.On(2022, 4, 5)})
		refusedAs(t, fault.KindConflict, err)
		s.Outcome, s.HeldOn, s.Notice = conference.SittingHeld, calendar.On(2022, 4, 22), " 05-TB/BTGThU "
		if s, err = conference.NoteSitting(tx, nhung, s); err != nil || s.Line() != "Đã họp ngày 22/4/2022, thông báo 05-TB/BTGThU" {
			t.Errorf("%q %v", s.Line(), err)
		}
		s.Version = 1
		_, err = conference.NoteSitting(tx, nhung, s)
		refusedAs(t, fault.KindStale, err)

		// whoever is of another body neither writes nor sees it; the commission sees it and may note for who has no account
		_, err = conference.NoteSitting(tx, p.Actor("btgdk"), conference.Sitting{Body: p.BTGNH.ID, Period: calendar.MustPeriod("2022-H1"),
			Outcome: conference.SittingAgreed, Reason: "Lồng ghép"})
		refusedAs(t, fault.KindForbidden, err)
		for _, login := range []string{"btgdk", "syt"} {
			_, err = conference.FindSitting(tx, p.Actor(login), s.ID)
			refusedAs(t, fault.KindMissing, err)
		}
		if _, err := conference.FindSitting(tx, p.Officer, s.ID); err != nil {
			t.Error(err)
		}
		tallies, err := conference.Tallies(tx, p.Officer, 2022)
		if err != nil {
			t.Fatal(err)
		}
		if lower := tallies[0]; lower.Level != conference.OfLower || lower.Bodies() != 3 || lower.Count[conference.SittingHeld] != 2 ||
			lower.Count[conference.SittingMissing] != 1 || !lower.Due {
			t.Errorf("%+v", lower)
		}
		if next := tallies[2]; next.Count[conference.SittingMissing] != 3 || next.Due {
			t.Errorf("%+v", next)
		}
		units, _, _, err := conference.Units(tx, p.Officer, conference.UnitFilter{Level: conference.OfLower, Quarter: quarterI, Outcome: conference.SittingMissing, Limit: 100})
		if err != nil || len(units) != 1 || units[0].Code != sample.BTGDK {
			t.Errorf("%+v %v", units, err)
		}
		other, err := conference.NoteSitting(tx, p.Officer, conference.Sitting{Body: p.BTGDK.ID, Period: quarterI, Outcome: conference.SittingAgreed,
			Reason: "Lồng ghép vào hội nghị cán bộ chủ chốt"})
		if err != nil {
			t.Fatal(err)
		}
		if tallies, err = conference.Tallies(tx, p.Officer, 2022); err != nil || tallies[0].Count[conference.SittingAgreed] != 1 {
			t.Errorf("%+v %v", tallies[0], err)
		}
		_, err = conference.Tallies(tx, nhung, 2022)
		refusedAs(t, fault.KindForbidden, err)

		if err := conference.DropSitting(tx, p.Officer, other.ID, "Ghi nhầm cơ quan"); err != nil {
			t.Fatal(err)
		}
		if _, err := conference.NoteSitting(tx, p.Actor("btgdk"), conference.Sitting{Body: p.BTGDK.ID, Period: quarterI, Outcome: conference.SittingHeld,
			HeldOn: calendar.On(2022, 4, 6)}); err != nil {
			t.Errorf("after the wrong one was dropped: %v", err)
		}
	})
}

func TestWhatIsNotedInShortMustBeTrueInItself(t *testing.T) {
	province(t, func(t *testing.T, p *sample.Province, tx *db.Tx) {
		day := calendar.On(2022, 4, 5)
		for name, s := range map[string]conference.Sitting{
			"held without a day":           {Outcome: conference.SittingHeld},
			"held tomorrow":                {Outcome: conference.SittingHeld, HeldOn: calendar.On(2022, 4, 26)},
			"held before the period":       {Outcome: conference.SittingHeld, HeldOn: calendar.On(2021, 12, 30)},
			"held, with a reason for none": {Outcome: conference.SittingHeld, HeldOn: day, Reason: "Bận"},
			"agreed without a reason":      {Outcome: conference.SittingAgreed},
			"agreed, and held":             {Outcome: conference.SittingAgreed, Reason: "Lồng ghép", HeldOn: day},
			"planned for a day gone by":    {Outcome: conference.SittingPlanned, HeldOn: day},
			"planned, with its notice":     {Outcome: conference.SittingPlanned, HeldOn: calendar.On(2022, 4, 28), Notice: "05-TB"},
			"nothing chosen":               {HeldOn: day},
			"of a month":                   {Outcome: conference.SittingHeld, HeldOn: day, Period: calendar.MustPeriod("2022-03")},
			"of a department":              {Outcome: conference.SittingHeld, HeldOn: day, Body: p.SYT.ID},
		} {
			if s.Period.IsZero() {
				s.Period = quarterI
			}
			if s.Body == "" {
				s.Body = p.BTGNH.ID
			}
			if _, err := conference.NoteSitting(tx, p.Officer, s); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := conference.NoteSitting(tx, p.Officer, conference.Sitting{Body: p.BTGNH.ID, Period: quarterI, Outcome: conference.SittingAgreed, Reason: "TUYỆT MẬT\nnội dung"})
		refusedAs(t, fault.KindRefused, err)
	})
}

func TestWhatALowerCommissionSaidIsItsOwnUntilItSharesIt(t *testing.T) {
	province(t, func(t *testing.T, p *sample.Province, tx *db.Tx) {
		nhung := p.Actor("btgnh")
		s, err := conference.NoteSitting(tx, nhung, conference.Sitting{Body: p.BTGNH.ID, Period: quarterI, Outcome: conference.SittingHeld, HeldOn: calendar.On(2022, 4, 22)})
		if err != nil {
			t.Fatal(err)
		}
		refusedAs(t, fault.KindConflict, conference.ShareWords(tx, nhung, s.ID, true))
		w := conference.Words{Programme: "Kết quả quý I", People: "Trưởng các phòng", Course: "Trao đổi", Conclusions: "Giữ nề nếp giao ban\nBáo cáo đúng hạn"}
		kept, err := conference.KeepWords(tx, nhung, s.ID, w)
		if err != nil || len(kept.Lines(kept.Conclusions)) != 2 {
			t.Fatalf("%+v %v", kept, err)
		}
		_, err = conference.KeepWords(tx, nhung, s.ID, w)
		refusedAs(t, fault.KindStale, err)
		_, err = conference.KeepWords(tx, p.Officer, s.ID, kept)
		refusedAs(t, fault.KindForbidden, err)
		reads := func(by access.Actor) bool {
			got, may, err := conference.FindWords(tx, by, s)
			if err != nil || may != (got.Course == "Trao đổi") {
				t.Errorf("%+v %v %v", got, may, err)
			}
			return may
		}
		if !reads(p.Actor("lanhdao.btgnh")) || reads(p.Officer) || reads(p.Leader) || reads(p.Actor("btgdk")) {
			t.Error("what was said is not the body's own")
		}
		if err := conference.ShareWords(tx, nhung, s.ID, true); err != nil || !reads(p.Officer) || reads(p.Actor("btgdk")) {
			t.Errorf("shared with the commission, and with it alone: %v", err)
		}
		if err := conference.ShareWords(tx, nhung, s.ID, false); err != nil || reads(p.Leader) {
			t.Errorf("taken back: %v", err)
		}
		share := func() {
			if err := conference.ShareWords(tx, nhung, s.ID, true); err != nil || !reads(p.Officer) {
				t.Fatalf("shared again: %v", err)
			}
		}
		share()
		s.Outcome, s.HeldOn, s.Reason = conference.SittingAgreed, calendar.Date{}, "Lồng ghép"
		if s, err = conference.NoteSitting(tx, nhung, s); err != nil || reads(p.Officer) {
			t.Errorf("agreed not to be held, and what was said is read: %v", err)
		}
		refusedAs(t, fault.KindConflict, conference.ShareWords(tx, nhung, s.ID, true))
		s.Outcome, s.HeldOn, s.Reason = conference.SittingHeld, calendar.On(2022, 4, 22), ""
		if s, err = conference.NoteSitting(tx, nhung, s); err != nil || reads(p.Officer) {
			t.Errorf("held after all, and shared by nobody: %v", err)
		}
		share()
		if err := conference.DropSitting(tx, nhung, s.ID, "Ghi nhầm kỳ"); err != nil || reads(p.Officer) || !reads(nhung) {
			t.Errorf("dropped: %v", err)
		}
	})
}

// A Party committee below a commune notes the commune's conferences; a commune that has ended is asked for none.
func TestTheConferencesOfAPartyCommitteeCountForItsCommune(t *testing.T) {
	province(t, func(t *testing.T, p *sample.Province, tx *db.Tx) {
		setup := access.System("dựng thử")
		make := func(code string, kind org.Kind, parent db.ID, to calendar.Date) db.ID {
			b, err := org.Create(tx, setup, org.New{Code: code, Name: code, ShortName: code, Kind: kind, Parent: parent, ValidFrom: calendar.On(2020, 1, 1), ValidTo: to})
			if err != nil {
				t.Fatal(err)
			}
			return b.ID
		}
		xa := make("XDL", org.Commune, "", calendar.Date{})
		party := make("DUXDL", org.PartyCommittee, xa, calendar.Date{})
		make("XCU", org.Commune, "", calendar.On(2022, 2, 28))
		secretary := access.Actor{Person: "bt", Name: "Phạm Văn Bền", Role: access.AgencyLeader, Body: party}
		s, err := conference.NoteSitting(tx, secretary, conference.Sitting{Body: party, Period: quarterI, Outcome: conference.SittingHeld, HeldOn: calendar.On(2022, 4, 8)})
		if err != nil || s.Unit != xa {
			t.Fatalf("%+v %v", s, err)
		}
		tallies, err := conference.Tallies(tx, p.Officer, 2022)
		if err != nil || tallies[1].Bodies() != 1 || tallies[1].Count[conference.SittingHeld] != 1 {
			t.Errorf("%+v %v", tallies[1], err)
		}
		// one does not correct what the other noted; it hears who did
		chairman := access.Actor{Person: "ct", Name: "Đỗ Thị Mận", Role: access.AgencyOfficer, Body: xa}
		changed := s
		changed.Notice = "01-TB/UBND"
		_, err = conference.NoteSitting(tx, chairman, changed)
		refusedAs(t, fault.KindForbidden, err)
		refusedAs(t, fault.KindForbidden, conference.DropSitting(tx, chairman, s.ID, "Thử"))
		_, err = conference.NoteSitting(tx, chairman, conference.Sitting{Body: xa, Period: quarterI, Outcome: conference.SittingHeld, HeldOn: calendar.On(2022, 4, 9)})
		if !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), "đã được DUXDL ghi; chỉ cơ quan đó sửa được") {
			t.Errorf("%v", err)
		}
		if _, err := conference.NoteSitting(tx, p.Officer, changed); err != nil {
			t.Errorf("who stands in for both: %v", err)
		}
		_, err = conference.NoteSitting(tx, secretary, conference.Sitting{Body: xa, Period: calendar.MustPeriod("2022-Q2"), Outcome: conference.SittingAgreed, Reason: "Lồng ghép"})
		refusedAs(t, fault.KindForbidden, err)
	})
}
