package directive_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/lineage"
)

const reportText = "Tham mưu tổng kết 10 năm thực hiện Chỉ thị số 20-CT/TW, ngày 05/11/2012 của Bộ Chính trị; triển khai Nghị quyết số 20-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương."

func report(id db.ID, label string) lineage.Node {
	return lineage.Node{Kind: "submission", ID: id, Label: label}
}

func TestMentionsAreNotedOnceAndFollowTheText(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		children := enter(t, d, p.officer, childrenDirective())
		source := report("bc-1", "Báo cáo quý I")
		mention := func(text string) {
			t.Helper()
			write(t, d, func(tx *db.Tx) error { return directive.Mention(tx, p.doctor, source, text) })
		}
		rows := func(want int) {
			t.Helper()
			read(t, d, func(tx *db.Tx) error {
				var n int
				err := tx.Get(&n, "select count(*) from directive_mention")
				if n != want {
					t.Errorf("%d rows, want %d", n, want)
				}
				return err
			})
		}
		mention("Không viện dẫn văn bản nào.")
		rows(0)
		mention(reportText)
		rows(2)
		mention(reportText)
		rows(2)
		mentioned(t, d, p.officer, children.ID, "Báo cáo quý I")
		mention("Chỉ còn Nghị quyết số 20-NQ/TW, ngày 25/10/2017.")
		rows(1)
		mentioned(t, d, p.officer, children.ID)
	})
}

func TestARegisteredDocumentFindsItsEarlierMentions(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		source := report("bc-1", "Báo cáo quý I")
		write(t, d, func(tx *db.Tx) error { return directive.Mention(tx, p.doctor, source, reportText) })
		health := enter(t, d, p.officer, healthResolution())
		mentioned(t, d, p.officer, health.ID, "Báo cáo quý I")
		// A correction that takes the date away from the reference takes the mention away too.
		wrong := healthResolution()
		wrong.Date = calendar.On(2017, 10, 26)
		write(t, d, func(tx *db.Tx) error {
			_, err := directive.Revise(tx, p.officer, health.ID, health.Version, wrong)
			return err
		})
		mentioned(t, d, p.officer, health.ID)
	})
}

func TestASecondDocumentMakesALooseMentionDoubtfulAgain(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		science := enter(t, d, p.officer, scienceResolution())
		source := report("bc-1", "Báo cáo quý I")
		write(t, d, func(tx *db.Tx) error {
			return directive.Mention(tx, p.doctor, source, "Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương Đảng được quán triệt.")
		})
		mentioned(t, d, p.officer, science.ID, "Báo cáo quý I")
		enter(t, d, p.officer, healthResolution())
		mentioned(t, d, p.officer, science.ID)
	})
}

// The list goes on to older pages until it is full of what the reader sees.
func TestAListOfMentionsHoldsOnlyWhatTheReaderSees(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		children := enter(t, d, p.officer, childrenDirective())
		write(t, d, func(tx *db.Tx) error {
			var texts []directive.Text
			for i := range 700 {
				texts = append(texts, directive.Text{Source: report(db.ID(fmt.Sprintf("bc-%03d", i)), "Báo cáo"), Text: "Chỉ thị số 20-CT/TW, ngày 05/11/2012."})
			}
			return directive.MentionAll(tx, p.officer, texts)
		})
		tens := func(kind string, ids []db.ID) (map[db.ID]lineage.Shown, error) {
			shown, err := every(kind, ids)
			maps.DeleteFunc(shown, func(id db.ID, _ lineage.Shown) bool { return !strings.HasSuffix(string(id), "0") })
			return shown, err
		}
		read(t, d, func(tx *db.Tx) error {
			first, next, err := directive.MentionsOf(tx, p.doctor, tens, children.ID, "")
			if err != nil {
				return err
			}
			rest, end, err := directive.MentionsOf(tx, p.doctor, tens, children.ID, next)
			if len(first) != 50 || len(rest) != 20 || end != "" {
				t.Errorf("%d and %d mentions, then %q; want 50 and 20", len(first), len(rest), end)
			}
			for _, m := range append(first, rest...) {
				if !strings.HasSuffix(m.Record, "0") {
					t.Errorf("%s is not for this reader", m.Record)
				}
			}
			return err
		})
	})
}

// A text of our province cites the 20-NQ/TW on science with its date and, further down, the one on health without any:
// the first says nothing about the second, even while only the first is registered.
func TestABareSymbolIsNotTakenForTheFullReferenceBesideIt(t *testing.T) {
	on(t, func(t *testing.T, d *db.DB, p province) {
		science := enter(t, d, p.officer, scienceResolution())
		write(t, d, func(tx *db.Tx) error {
			return directive.Mention(tx, p.officer, report("bc-1", "Một"),
				"Nghị quyết số 20-NQ/TW, ngày 01-11-2012 của Ban Chấp hành Trung ương Đảng (khóa XI) về khoa học; Nghị quyết 20-NQ/TW về sức khỏe nhân dân.")
		})
		mentioned(t, d, p.officer, science.ID, "Một")
		read(t, d, func(tx *db.Tx) error {
			open, _, err := directive.OpenMentions(tx, p.officer, "")
			if len(open) != 1 || open[0].Date != (calendar.Date{}) {
				t.Errorf("open: %+v", open)
			}
			return err
		})
	})
}
