package archive_test

import (
	"testing"
	"time"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// events gives all conferences of the past.
func (o *office) events() (all []archive.Event) {
	o.t.Helper()
	o.read(func(tx *db.Tx) (err error) { all, err = archive.Events(tx, o.officer, ""); return err })
	return all
}

func (o *office) answer(by access.Actor, id db.ID, whose archive.Whose) error {
	return o.try(func(tx *db.Tx) error { return archive.Answer(tx, by, id, whose, 0) })
}

// What names no province joins none of ours by its day or period; once a person has said that it is ours it does, and stays there
// when another field of it is decided anew.
func TestAnArticleWithoutAProvinceJoinsOursOnlyWhenAPersonSaysSo(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		const said = "tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2019."
		if _, err := o.feed(o.officer, []string{"cua-minh.txt", "khong-ro.txt", "noi-khac.txt"}, map[string]string{
			"cua-minh.txt": "Giao ban quý I\n\nNgày 11/4/2019, Ban Tuyên giáo Tỉnh ủy Khánh Hòa " + said,
			"khong-ro.txt": "Giao ban quý I\n\nSáng ngày 11/4/2019, Ban Tuyên giáo Tỉnh ủy " + said,
			"noi-khac.txt": "Giao ban quý I\n\nNgày 11/4/2019, Ban Tuyên giáo Tỉnh ủy Nghệ An " + said,
		}); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"cua-minh", "khong-ro", "noi-khac"} {
			o.sure(name)
		}
		by := make(map[archive.Whose]archive.Event)
		for _, e := range o.events() {
			by[e.Whose] = e
		}
		if len(by) != 3 || len(o.events()) != 3 {
			t.Fatalf("%+v", by)
		}
		if err := o.answer(o.officer, by[archive.Foreign].ID, archive.Ours); !fault.Is(err, fault.KindConflict) {
			t.Errorf("what a file says is answered otherwise: %v", err)
		}
		if err := o.answer(o.doctor, by[archive.Unknown].ID, archive.Ours); err == nil {
			t.Error("an agency answered")
		}
		if err := o.answer(o.officer, by[archive.Unknown].ID, archive.Unknown); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("nothing was chosen: %v", err)
		}
		if err := o.answer(o.officer, by[archive.Unknown].ID, archive.Ours); err != nil {
			t.Fatal(err)
		}
		together := func(why string) {
			t.Helper()
			a, _ := o.file("cua-minh")
			b, _ := o.file("khong-ro")
			if all := o.events(); len(all) != 2 || a.Event != b.Event {
				t.Errorf("%s: %d conferences, %s and %s", why, len(all), a.Event, b.Event)
			}
		}
		together("after the answer")
		o.askedOnlyAfterTheProvince()
		_, fields := o.file("khong-ro")
		for _, f := range fields {
			if f.Kind == archive.PartField {
				o.write(func(tx *db.Tx) error {
					open, err := archive.Reopen(tx, o.officer, f.ID, f.Version)
					if err == nil {
						_, err = archive.Accept(tx, o.officer, f.ID, open.Version, f.Value, archive.Choice{})
					}
					return err
				})
			}
		}
		together("after another field was decided anew")
	})
}

// Two officers answer the same question: the one who did not see the other's answer is told of it.
func TestAnAnswerOverAnUnseenOneIsRefused(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		if _, err := o.feed(o.officer, []string{"khong-ro.txt"}, map[string]string{
			"khong-ro.txt": "Giao ban quý I\n\nSáng ngày 11/4/2019, Ban Tuyên giáo Tỉnh ủy tổ chức Hội nghị giao ban công tác khoa giáo quý I năm 2019."}); err != nil {
			t.Fatal(err)
		}
		o.sure("khong-ro")
		e := o.events()[0]
		if err := o.answer(o.officer, e.ID, archive.Foreign); err != nil {
			t.Fatal(err)
		}
		if err := o.answer(o.officer, e.ID, archive.Ours); !fault.Is(err, fault.KindStale) || o.events()[0].Answer != archive.Foreign {
			t.Errorf("%v, and it is %q", err, o.events()[0].Answer)
		}
		seen := o.events()[0].AnsweredAt
		if err := o.try(func(tx *db.Tx) error { return archive.Answer(tx, o.officer, e.ID, archive.Ours, seen) }); err != nil {
			t.Error(err)
		}
	})
}

// Another province becomes part of ours: its articles ask from that day on, though nothing at all was written since.
func TestWhoseAnArticleIsFollowsTheDay(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		if _, err := o.feed(o.officer, []string{"ninh-thuan.txt"}, map[string]string{"ninh-thuan.txt": "Giao ban quý II năm 2021\n\nNgày 07/7/2021, " +
			"Ban Tuyên giáo Tỉnh ủy Ninh Thuận tổ chức Hội nghị giao ban công tác khoa giáo quý II năm 2021."}); err != nil {
			t.Fatal(err)
		}
		o.sure("ninh-thuan")
		for _, day := range []struct {
			at   time.Time
			want archive.Whose
		}{{time.Date(2025, 6, 30, 9, 0, 0, 0, db.Vietnam), archive.Foreign}, {time.Date(2025, 7, 2, 9, 0, 0, 0, db.Vietnam), archive.Unknown}} {
			o.clock.Set(day.at)
			if e := o.events()[0]; e.Whose != day.want {
				t.Errorf("on %s it is %q, want %q", day.at, e.Whose, day.want)
			}
		}
	})
}

// What was called off, or held with another one, was not held: an article that tells of a conference of its period is no source of
// it, but of the one that took its place, or stands by itself.
func TestAnArticleIsNoSourceOfWhatWasCalledOff(t *testing.T) {
	in(t, func(t *testing.T, o *office) {
		if _, err := o.feed(o.officer, []string{"cua-minh.txt"}, map[string]string{"cua-minh.txt": "Giao ban quý IV năm 2023\n\nNgày 11/01/2024, " +
			"Ban Tuyên giáo Tỉnh ủy Khánh Hòa tổ chức Hội nghị giao ban công tác khoa giáo quý IV năm 2023."}); err != nil {
			t.Fatal(err)
		}
		o.sure("cua-minh")
		e := o.events()[0]
		plan := conference.New{Type: "briefing", Regime: "kg-quy", Period: calendar.MustPeriod("2023-Q4"), HeldOn: calendar.On(2024, 1, 11)}
		source := func(id db.ID, want int) {
			t.Helper()
			o.read(func(tx *db.Tx) error {
				all, err := archive.SourcesOf(tx, o.officer, id)
				if len(all) != want {
					t.Errorf("%d sources, want %d", len(all), want)
				}
				return err
			})
		}
		var first, second conference.Conference
		o.write(func(tx *db.Tx) (err error) {
			if _, err := report.CreateRegime(tx, setup, report.NewRegime{Code: "kg-quy", Name: "Báo cáo quý", Content: "Công tác khoa giáo", Receiver: o.ban,
				Kind: calendar.Quarter, Cutoff: calendar.ND09, WorkingDays: 2, Channel: "Chương trình"}); err != nil {
				return err
			}
			first, err = conference.Plan(tx, o.officer, plan)
			return err
		})
		source(first.ID, 1)
		o.write(func(tx *db.Tx) error {
			_, err := conference.CallOff(tx, o.officer, first.ID, "Phòng, chống bão")
			return err
		})
		source(first.ID, 0)
		if now := o.events()[0]; now.Conference() != "" || now.ID != e.ID {
			t.Errorf("it tells of %q", now.Conference())
		}
		o.write(func(tx *db.Tx) (err error) { second, err = conference.Plan(tx, o.officer, plan); return err })
		source(first.ID, 0)
		source(second.ID, 1)
	})
}

// askedOnlyAfterTheProvince: while the province that was read waits for its confirmation, nobody is asked.
func (o *office) askedOnlyAfterTheProvince() {
	o.t.Helper()
	_, fields := o.file("noi-khac")
	decide := func(do func(tx *db.Tx, f archive.Field) error) {
		for _, f := range fields {
			if f.Kind == archive.ProvinceField {
				o.write(func(tx *db.Tx) error { return do(tx, f) })
			}
		}
	}
	decide(func(tx *db.Tx, f archive.Field) error {
		_, err := archive.Reopen(tx, o.officer, f.ID, f.Version)
		return err
	})
	for _, e := range o.events() {
		if e.Whose != archive.Unknown {
			continue
		}
		if err := o.answer(o.officer, e.ID, archive.Foreign); e.Asks() || !fault.Is(err, fault.KindConflict) {
			o.t.Errorf("asked while the province waits: %v", err)
		}
	}
	_, fields = o.file("noi-khac")
	decide(func(tx *db.Tx, f archive.Field) error {
		_, err := archive.Skip(tx, o.officer, f.ID, f.Version)
		return err
	})
	asked := 0
	for _, e := range o.events() {
		if e.Asks() {
			asked++
		}
	}
	if asked != 1 {
		o.t.Errorf("%d are asked about after the province was skipped", asked)
	}
}
