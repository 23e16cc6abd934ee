package archive_test

import (
	"testing"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
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
