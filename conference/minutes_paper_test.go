package conference_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/dbtest"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/official/officialtest"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/sample"
	"giaoban/sample/sampletest"
)

// minutesOfQuarter drafts the biên bản of the first quarter's conference.
func minutesOfQuarter(t *testing.T, p *sample.Province, secretary string) (b conference.Conference, made paper.Paper) {
	t.Helper()
	if err := p.DB.Write(t.Context(), func(tx *db.Tx) (err error) {
		if b, err = conference.OfPeriod(tx, p.Officer, sample.Quarterly, calendar.MustPeriod("2022-Q1")); err == nil {
			made, err = conference.DraftMinutes(tx, p.Officer, b.ID, secretary)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return b, made
}

// fill writes into every place of a draft that asks for words.
func fill(tx *db.Tx, by access.Actor, id db.ID) (asked []string, err error) {
	p, err := paper.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	content, err := paper.Content(tx, by, id)
	if err != nil {
		return nil, err
	}
	w := paper.WordsOf(content)
	for i, piece := range w.Pieces {
		if piece.Ask != "" {
			asked = append(asked, piece.Ask)
			w.Pieces[i].Text = "Ghi bổ sung: " + piece.Ask + "."
		}
	}
	_, err = paper.Rewrite(tx, by, id, p.Version, w)
	return asked, err
}

// One person does not sign minutes twice: as who wrote them down, and as the chair.
func TestMinutesAreSignedByTwoPeople(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		o.clock.Set(time.Date(2022, 4, 1, 17, 0, 0, 0, db.Vietnam))
		o.write(t, func(tx *db.Tx) error { return conference.Close(tx, o.officer, o.id) })
		draft := func(secretary string) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { _, err := conference.DraftMinutes(tx, o.officer, o.id, secretary); return err }
		}
		o.refused(t, fault.KindInvalid, "người ghi và người chủ trì là hai người", draft(" lê minh  Đức"))
		o.write(t, draft("Phạm Thu Hà"))
	})
}

// Minutes are written from what was written down, signed by who wrote them and then by the chair, by nobody else and in no
// other order; they bear no number, go to nobody, and are no work of the clerk's.
func TestMinutesHaveTwoSignatures(t *testing.T) {
	for _, e := range dbtest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			p := sampletest.Open(t, e, "2022-04-20 09:00")
			leader := p.Actor("truongban")
			b, made := minutesOfQuarter(t, p, p.Officer.Name)
			refused := func(what, because string, do func(tx *db.Tx) error) {
				t.Helper()
				err := p.DB.Write(t.Context(), do)
				if !fault.Is(err, fault.KindConflict) || !strings.Contains(err.Error(), because) {
					t.Errorf("%s: %v", what, err)
				}
			}
			did := func(what string, do func(tx *db.Tx) error) {
				t.Helper()
				if err := p.DB.Write(t.Context(), do); err != nil {
					t.Fatalf("%s: %v", what, err)
				}
			}
			version := func(tx *db.Tx) int64 {
				now, err := paper.Find(tx, p.Officer, made.ID)
				if err != nil {
					t.Fatal(err)
				}
				return now.Version
			}
			witness := func(tx *db.Tx) error { _, err := paper.Witness(tx, p.Officer, made.ID, version(tx)); return err }
			sign := func(tx *db.Tx) error {
				_, err := record.Sign(tx, leader, made.ID, paper.Signature{Version: version(tx)})
				return err
			}
			if made.Chair != leader.Name || made.Secretary != p.Officer.Name {
				t.Fatalf("signed by %s and %s", made.Secretary, made.Chair)
			}
			refused("a second one", "đã được soạn", func(tx *db.Tx) error {
				_, err := conference.DraftMinutes(tx, p.Officer, b.ID, "")
				return err
			})
			refused("the chair first", "ký bản này trước", sign)
			refused("put forward first", "ký bản này trước", func(tx *db.Tx) error { return record.PutForward(tx, p.Officer, made.ID, version(tx)) })
			var asked []string
			did("fill", func(tx *db.Tx) (err error) { asked, err = fill(tx, p.Officer, made.ID); return err })
			did("the secretary", witness)
			did("words that change afterwards", func(tx *db.Tx) error {
				content, err := paper.Content(tx, p.Officer, made.ID)
				if err != nil {
					return err
				}
				w := paper.WordsOf(content)
				w.Subject += " (ghi lại)"
				_, err = paper.Rewrite(tx, p.Officer, made.ID, version(tx), w)
				return err
			})
			refused("the chair, of other words", "ký bản này trước", sign)
			did("the secretary again", witness)
			other := leader
			other.Name = "Nguyễn Thị Khác"
			refused("another one for the chair", "Chủ trì là đồng chí "+leader.Name, func(tx *db.Tx) error {
				_, err := record.Sign(tx, other, made.ID, paper.Signature{})
				return err
			})
			did("put forward", func(tx *db.Tx) error { return record.PutForward(tx, p.Officer, made.ID, version(tx)) })
			did("the chair", sign)
			refused("a number", "không vào số", func(tx *db.Tx) error {
				_, err := paper.EnterNumber(tx, p.Actor("vanthu"), made.ID, 1, calendar.On(2022, 4, 20))
				return err
			})
			did("look", func(tx *db.Tx) error {
				now, err := conference.MinutesPaper(tx, p.Officer, b.ID)
				if err != nil {
					return err
				}
				if now.State != paper.Kept || !now.BySecretary() || now.Signer != leader.Name {
					t.Errorf("kept as %+v", now)
				}
				waiting, _, err := paper.List(tx, p.Actor("vanthu"), paper.Filter{State: paper.Signed})
				if err != nil {
					return err
				}
				if slices.ContainsFunc(waiting, func(w paper.Paper) bool { return w.ID == made.ID }) {
					t.Error("minutes wait for a number")
				}
				if _, err := paper.Find(tx, p.Actor("syt"), made.ID); !fault.Is(err, fault.KindMissing) {
					t.Errorf("a body that was invited reads the minutes: %v", err)
				}
				g, err := record.Walk(tx, p.Officer, "paper", made.ID, 1)
				if err != nil {
					return err
				}
				if !slices.ContainsFunc(g.Ancestors, func(a lineage.Branch) bool { return a.Node.ID == b.ID }) {
					t.Error("the minutes do not lead to their conference")
				}
				return minutesRead(t, tx, p, b, made.ID, asked)
			})
		})
	}
}

// minutesRead looks at the minutes as they are printed.
func minutesRead(t *testing.T, tx *db.Tx, p *sample.Province, b conference.Conference, id db.ID, asked []string) error {
	t.Helper()
	findings, err := paper.Lint(tx, p.Officer, id)
	if err != nil {
		return err
	}
	for _, f := range findings {
		t.Errorf("%s: %s", f.Where, f.Sentence)
	}
	file, err := paper.Render(tx, p.Officer, id, "docx", "")
	if err != nil {
		return err
	}
	if dir := os.Getenv("MINUTES_OUT"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "bien-ban.docx"), file.Body, 0o644); err != nil {
			return err
		}
	}
	lines, err := officialtest.Paragraphs(file.Body)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, line := range lines {
		text.WriteString(line.Text + "\n")
	}
	all, err := conference.Conclusions(tx, p.Officer, b.ID)
	if err != nil {
		return err
	}
	want := []string{"BIÊN BẢN", "NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ HỘI NGHỊ", p.Officer.Name, "Có mặt: đại diện"}
	for _, c := range all {
		want = append(want, strings.TrimRight(c.Words, ". "))
	}
	for _, one := range want {
		if !strings.Contains(text.String(), one) {
			t.Errorf("the minutes do not say %q", one)
		}
	}
	for _, never := range []string{"Nơi nhận", "(đề xuất)", "KÝ THAY"} {
		if strings.Contains(text.String(), never) {
			t.Errorf("the minutes say %q", never)
		}
	}
	t.Logf("%d conclusions, asked for %q", len(all), asked)
	return nil
}
