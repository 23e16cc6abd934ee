package sample

import (
	"giaoban/calendar"
	"giaoban/charge"
	"giaoban/conference"
	"giaoban/consolidation"
	"giaoban/internal/db"
	"giaoban/report"
)

// quarterOpens is by which rule the quarters after the story open by themselves.
const quarterOpens report.OpenRule = report.OpenBefore + ":40"

// office is what the commission sets up for itself once the quarter's papers are out, so that these stay what they are:
// what it owes upward, who follows whom, and the next quarter that opens by itself.
func (s *stage) office() []event {
	return []event{
		s.step(at("2022-04-01", "17:01"), "Ghi báo cáo Ban phải gửi cấp trên", s.owe),
		s.step(at("2022-04-01", "17:02"), "Ghi số Tỉnh ủy tiếp nhận", s.received),
		s.step(at("2022-04-01", "17:03"), "Phân công người theo dõi", s.follow),
		s.step(at("2022-04-01", "17:04"), "Kỳ sau tự mở", s.openByRule),
		{at: at("2022-04-01", "17:05"), name: "Ban cấp dưới ghi nề nếp", do: s.noteBelow},
	}
}

// noteBelow lets one lower commission note the conference of the quarter that it held itself.
func (s *stage) noteBelow(tx *db.Tx) error {
	by := s.p.AgencyOfficer(s.p.BTGNT)
	_, err := conference.NoteSitting(tx, by, conference.Sitting{Body: by.Body, Period: Quarter, Outcome: conference.SittingHeld,
		HeldOn: date("2022-03-31"), Notice: "03-TB/BTGThU"})
	return err
}

// owe writes down the quarterly report to Tỉnh ủy, from whose day those of the agencies are counted back.
func (s *stage) owe(tx *db.Tx) error {
	r, err := report.FindRegime(tx, s.p.Officer, Quarterly)
	if err != nil {
		return err
	}
	u, err := report.AddUpward(tx, s.p.Officer, report.Upward{Name: "Báo cáo công tác khoa giáo hằng quý gửi Tỉnh ủy", Receiver: "Tỉnh ủy Khánh Hòa",
		Day: 5, After: true, Regime: r.ID, Lead: 13, Basis: "Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh"})
	if err == nil {
		s.tell("Gửi %s, hạn %s; các cơ quan gửi trước %d ngày làm việc.", u.Receiver, u.Rule(), u.Lead)
	}
	return err
}

func (s *stage) received(tx *db.Tx) error {
	owed, err := consolidation.OwedUpward(tx, s.p.Clerk)
	if err != nil {
		return err
	}
	for _, u := range owed {
		if u.Period != Quarter {
			continue
		}
		if err := consolidation.NoteReceipt(tx, s.p.Clerk, u.Upward.ID, u.Period, "1203", date("2022-03-25")); err != nil {
			return err
		}
		s.tell("Báo cáo quý I: số đến 1203, ngày 25/3/2022.")
	}
	return nil
}

func (s *stage) follow(tx *db.Tx) error {
	for _, f := range []struct{ login, code, sector string }{{"khoagiao", SYT, ""}, {"khoagiao2", SLDTBXH, ""}, {"khoagiao2", SGDDT, "GD"}} {
		who, body := s.p.Actor(f.login), s.p.Body(f.code)
		if _, err := charge.Follow(tx, s.p.Deputy, charge.NewFollowing{Person: who.Person, Body: body.ID, Sector: f.sector,
			From: calendar.OfInstant(tx.Clock())}); err != nil {
			return err
		}
		s.tell("%s theo dõi %s.", who.Name, body.ShortName)
	}
	return nil
}

// openByRule lets the quarters open by themselves and says beforehand that the next one is expected.
func (s *stage) openByRule(tx *db.Tx) error {
	r, err := report.FindRegime(tx, s.p.Officer, Quarterly)
	if err != nil {
		return err
	}
	if _, err := report.UpdateRegime(tx, s.p.Officer, r.ID, r.Version, report.NewRegime{Code: r.Code, Name: r.Name, Content: r.Content, Receiver: r.Receiver,
		Kind: r.Kind, Cutoff: r.Cutoff, WorkingDays: r.WorkingDays, Channel: r.Channel, FeedsFrom: r.FeedsFrom, Basis: r.Basis, Opens: quarterOpens}); err != nil {
		return err
	}
	next := Quarter.Next().Next()
	if err := report.DecidePeriod(tx, s.p.Officer, Quarterly, next, report.PeriodConfirmed, ""); err != nil {
		return err
	}
	s.tell("%s: %s, đã xác nhận.", next.Name(), quarterOpens.Name())
	return nil
}
