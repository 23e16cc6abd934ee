package paper_test

import (
	"slices"
	"strings"
	"testing"

	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/official"
	"giaoban/paper"
)

func TestADraftWaitsForItsSignatureWhenItWasPutForward(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		id := pile(t, tx, o, 0, paper.ThongBao)[0]
		on := func(way paper.Way, want int) paper.Paper {
			t.Helper()
			all, _, err := paper.List(tx, o.leader, paper.Filter{State: paper.Drafted, Way: way})
			check(t, err)
			if len(all) != want {
				t.Fatalf("%d papers with the %s, want %d", len(all), way, want)
			}
			p, err := paper.Find(tx, o.leader, id)
			check(t, err)
			return p
		}
		if p := on(paper.WithDrafter, 1); p.Standing() != "Dự thảo đang soạn" {
			t.Errorf("a draft that was only generated is %q", p.Standing())
		}
		on(paper.WithSigner, 0)
		_, err := paper.SendBack(tx, o.leader, id, "Sửa")
		refused(t, err, fault.KindConflict, "chưa được trình ký")
		_, err = paper.PutForward(tx, o.leader, id, 1)
		refused(t, err, fault.KindForbidden, "")
		_, err = paper.PutForward(tx, o.officer, id, 7)
		refused(t, err, fault.KindStale, "")

		_, err = paper.PutForward(tx, o.officer, id, 1)
		check(t, err)
		on(paper.WithDrafter, 0)
		if p := on(paper.WithSigner, 1); p.State != paper.Drafted || p.Step.By != o.officer.Name {
			t.Errorf("put forward it is %s by %s", p.State, p.Step.By)
		}
		_, err = paper.PutForward(tx, o.officer, id, 1)
		refused(t, err, fault.KindConflict, "đã trình ký")
		_, err = paper.Revise(tx, o.officer, id, 1, notice("Văn bản sửa"))
		refused(t, err, fault.KindConflict, "Rút lại để sửa")
		_, err = paper.TakeBack(tx, o.officer, id)
		check(t, err)
		p, err := paper.Revise(tx, o.officer, id, 1, notice("Văn bản sửa"))
		check(t, err)
		_, err = paper.PutForward(tx, o.officer, id, p.Version)
		check(t, err)

		_, err = paper.SendBack(tx, o.leader, id, " ")
		refused(t, err, fault.KindInvalid, "người soạn biết phải sửa gì")
		_, err = paper.SendBack(tx, o.officer, id, "Sửa")
		refused(t, err, fault.KindForbidden, "")
		_, err = paper.SendBack(tx, o.leader, id, "Bổ sung nơi nhận")
		check(t, err)
		if p := on(paper.WithDrafter, 1); !p.SentBack() || p.Step.Note != "Bổ sung nơi nhận" {
			t.Errorf("sent back it is %q: %q", p.Standing(), p.Step.Note)
		}
		_, err = paper.PutForward(tx, o.officer, id, p.Version)
		check(t, err)
		p, err = paper.Sign(tx, o.leader, id, paper.Signature{Signer: "Lê Thị Hoa"})
		check(t, err)
		if p.Standing() != "Đã ký, chờ vào số" {
			t.Errorf("signed it is %q", p.Standing())
		}
		on(paper.WithSigner, 0)
		_, err = paper.TakeBack(tx, o.officer, id)
		refused(t, err, fault.KindConflict, "đã được ký")

		// Signing is also an answer: nobody has to put forward what the signer has before him.
		other := pile(t, tx, o, 1, paper.BaoCao)[0]
		if p, err := paper.Find(tx, o.leader, other); err != nil || p.State != paper.Signed || p.Step.N != 0 {
			t.Errorf("signed at once: %s after %d steps, %v", p.State, p.Step.N, err)
		}
	})
}

// A draft that could not be signed does not reach the desk of who signs: one emptied of words, or with a place unwritten.
func TestWhatCannotBeSignedIsNotPutForward(t *testing.T) {
	eachOffice(t, func(t *testing.T, tx *db.Tx, o office) {
		blank := official.Table{Columns: []official.Column{{Title: "Nội dung"}, {Title: "Thời hạn"}}, Rows: [][]official.Cell{{official.C(" "), official.C("")}}}
		for _, c := range []struct {
			says string
			body []official.Block
		}{
			{"chưa có nội dung", nil},
			{"chưa có nội dung", []official.Block{official.Heading{Level: 1, Runs: official.Text("Nhiệm vụ")}, blank}},
			{"chưa có nội dung", []official.Block{text(" "), official.PageBreak{}}},
			{"Chưa ghi thời gian", []official.Block{text("Ban thông báo."), official.Paragraph{Ask: "thời gian"}}},
		} {
			content := notice("thử")
			content.Body = c.body
			p, err := paper.Draft(tx, o.officer, paper.New{Body: o.commission.ID, Kind: paper.ThongBao, Content: content})
			check(t, err)
			_, err = paper.PutForward(tx, o.officer, p.ID, p.Version)
			refused(t, err, fault.KindConflict, c.says)
			found, err := paper.Lint(tx, o.officer, p.ID)
			if check(t, err); !slices.ContainsFunc(found, func(f paper.Finding) bool { return f.Grave && strings.Contains(f.Sentence, c.says) }) {
				t.Errorf("lint says nothing of %q: %+v", c.says, found)
			}
		}
		p := o.draft(t, tx, paper.ThongBao, "thử", o.health.ID) // its signer is open
		_, err := paper.PutForward(tx, o.officer, p.ID, p.Version)
		check(t, err)
	})
}
