package conference_test

import (
	"strings"
	"testing"

	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/paper"
	"giaoban/record"
	"giaoban/task"
)

// succeeded drafts and sends out what follows a paper.
func (o *office) succeeded(t *testing.T, old db.ID, kind paper.SuccessionKind, number int64) paper.Paper {
	t.Helper()
	var p paper.Paper
	o.write(t, func(tx *db.Tx) (err error) {
		if p, err = record.Succeed(tx, o.officer, old, kind, "Ghi nhầm"); err != nil {
			return err
		}
		if _, err = record.Sign(tx, o.leader, p.ID, paper.Signature{Signer: "Lê Minh Đức"}); err != nil {
			return err
		}
		if _, err = paper.EnterNumber(tx, o.clerk, p.ID, number, calendar.OfInstant(tx.Clock())); err != nil {
			return err
		}
		p, err = record.Release(tx, o.clerk, p.ID)
		return err
	})
	return p
}

func (o *office) papers(t *testing.T) (invitation, notice paper.Paper) {
	t.Helper()
	o.read(t, func(tx *db.Tx) (err error) {
		invitation, notice, err = conference.Papers(tx, o.officer, o.id)
		return err
	})
	return invitation, notice
}

// A notice that was revoked confirms nothing: the conference may be opened again, and a notice drafted anew gives the tasks that
// were stopped once more, and those that run only once.
func TestARevokedNoticeIsNone(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		old := o.numbered(t)
		o.write(t, func(tx *db.Tx) error { _, err := record.Release(tx, o.clerk, old.ID); return err })
		o.standsAt(t, conference.Released)
		var before []conference.Result
		o.read(t, func(tx *db.Tx) (err error) { before, err = conference.Tasks(tx, o.officer, o.id); return err })
		if len(before) < 2 {
			t.Fatalf("%d tasks", len(before))
		}
		o.succeeded(t, old.ID, paper.Revokes, 31)
		o.standsAt(t, conference.Closed)
		if _, notice := o.papers(t); notice.ID != "" {
			t.Errorf("the conference shows the revoked %s as its notice", notice.Label())
		}
		o.write(t, func(tx *db.Tx) error {
			return task.Withdraw(tx, o.leader, before[0].Task.ID, "Văn bản giao việc đã thu hồi", "")
		})
		anew := o.issue(t, 32, func(tx *db.Tx) (paper.Paper, error) {
			return conference.DraftNotice(tx, o.officer, o.id, paper.Signature{Signer: "Lê Minh Đức"})
		})
		o.standsAt(t, conference.Released)
		if _, notice := o.papers(t); notice.ID != anew.ID {
			t.Errorf("the notice is %s", notice.Label())
		}
		var after []conference.Result
		o.read(t, func(tx *db.Tx) (err error) { after, err = conference.Tasks(tx, o.officer, o.id); return err })
		if len(after) != len(before) || after[0].Task.ID == before[0].Task.ID || after[1].Task.ID != before[1].Task.ID {
			t.Errorf("tasks before %+v, after %+v", before, after)
		}
	})
}

// What replaced a notice or an invitation is the conference's paper from its release on, also where it is revoked in its turn.
func TestAConferenceAdoptsWhatReplacesItsPapers(t *testing.T) {
	on(t, func(t *testing.T, o *office) {
		first := o.issue(t, 21, o.invitation)
		draft, err := paper.Paper{}, error(nil)
		o.write(t, func(tx *db.Tx) error {
			draft, err = record.Succeed(tx, o.officer, first.ID, paper.Replaces, "Thêm thành phần")
			return err
		})
		if now, _ := o.papers(t); now.ID != first.ID {
			t.Errorf("a draft is shown as the invitation: %s", now.Label())
		}
		o.write(t, func(tx *db.Tx) error { _, err := paper.Withdraw(tx, o.officer, draft.ID, "Thử"); return err })
		second := o.succeeded(t, first.ID, paper.Replaces, 22)
		if now, _ := o.papers(t); now.ID != second.ID {
			t.Errorf("the invitation is %s", now.Label())
		}
		if words := o.words(t, first.ID); !strings.HasPrefix(words, "Đã được thay thế bởi Giấy mời số 22") || strings.Contains(words, ";") {
			t.Errorf("the first invitation says %q", words)
		}
		o.read(t, func(tx *db.Tx) error {
			if need, err := conference.Needs(tx, o.officer, o.id); err != nil || need.Invitation {
				t.Errorf("asked for anew: %+v %v", need, err)
			}
			return nil
		})
		o.write(t, o.move(calendar.On(2022, 4, 8), "Trùng lịch"))
		if words := o.words(t, second.ID); !strings.Contains(words, "Hội nghị đã dời sang") {
			t.Errorf("the second invitation says %q", words)
		}
		o.refused(t, fault.KindConflict, "trang hội nghị", func(tx *db.Tx) error {
			_, err := record.Succeed(tx, o.officer, second.ID, paper.Replaces, "Đổi ngày")
			return err
		})
	})
	on(t, func(t *testing.T, o *office) {
		o.concluded(t)
		old := o.numbered(t)
		o.write(t, func(tx *db.Tx) error { _, err := record.Release(tx, o.clerk, old.ID); return err })
		next := o.succeeded(t, old.ID, paper.Replaces, 31)
		o.standsAt(t, conference.Released)
		if _, notice := o.papers(t); notice.ID != next.ID {
			t.Errorf("the notice is %s", notice.Label())
		}
		o.succeeded(t, next.ID, paper.Revokes, 32)
		o.standsAt(t, conference.Closed)
	})
}
