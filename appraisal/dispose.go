package appraisal

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// DisposalKind is what an author makes of a comment.
type DisposalKind string

// The kinds.
const (
	Accepted  DisposalKind = "accepted"
	Partly    DisposalKind = "partly"
	Explained DisposalKind = "explained"
)

// DisposalKinds in the order they are offered.
var DisposalKinds = []DisposalKind{Accepted, Partly, Explained}

// Name is the office's word.
func (k DisposalKind) Name() string {
	return map[DisposalKind]string{Accepted: "Tiếp thu", Partly: "Tiếp thu một phần", Explained: "Giải trình"}[k]
}

// Disposal is what the author made of a comment on one day.
type Disposal struct {
	Seq     int          `db:"seq"`
	Comment db.ID        `db:"comment"`
	N       int          `db:"n"`
	Kind    DisposalKind `db:"kind"`
	Wording string       `db:"wording"` // how it reads now; needed where a comment is taken in part
	Reason  string       `db:"reason"`  // needed where it is not taken
	At      db.Instant   `db:"at"`
	By      string       `db:"by_name"`
}

func disposalsOf(tx *db.Tx, a Appraisal) (map[db.ID]Disposal, error) {
	var rows []Disposal
	err := tx.Select(&rows, `
select d.seq, d.comment, d.n, d.kind, d.wording, d.reason, d.at, d.by_name
from appraisal_disposal d
join appraisal_comment c on c.id = d.comment
where c.appraisal = ?
order by d.comment, d.seq`, a.ID)
	all := make(map[db.ID]Disposal, len(rows))
	for _, d := range rows {
		all[d.Comment] = d // the last one stands
	}
	return all, err
}

// Dispose says what the author makes of comments, several at once where they say the same.
func Dispose(tx *db.Tx, by access.Actor, id db.ID, comments []db.ID, d Disposal) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.authored(tx, by); err != nil {
		return err
	}
	if a.Over() {
		return a.underway()
	}
	if err := d.check(); err != nil {
		return err
	}
	all, err := commentsOf(tx, a, a.N)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c Comment) bool { return !c.Signed })
	if len(comments) == 0 {
		return fault.Invalid("rows", "Chưa chọn góp ý nào; hãy đánh dấu ở đầu mỗi góp ý.")
	}
	for _, one := range comments {
		if !slices.ContainsFunc(all, func(c Comment) bool { return c.ID == one }) {
			return fault.Invalid("rows", "Có góp ý không còn trong hồ sơ này; xin mở lại trang.")
		}
		if _, err := tx.Exec(`
insert into appraisal_disposal (comment, seq, n, kind, wording, reason, at, by_actor, by_name)
select ?, coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?
from appraisal_disposal
where comment = ?`, one, a.N, string(d.Kind), d.Wording, d.Reason, tx.Now(), by.Key(), by.Name, one); err != nil {
			return err
		}
	}
	_, err = journal.Write(tx, by, "disposed", a.about(), journal.Details{"kind": d.Kind.Name(), "comments": len(comments)})
	return err
}

func (d *Disposal) check() error {
	d.Wording, d.Reason = strings.TrimSpace(fold.Clean(d.Wording)), strings.TrimSpace(fold.Clean(d.Reason))
	var wrong fault.List
	switch d.Kind {
	case Accepted:
	case Partly:
		if d.Wording == "" {
			wrong.Add("new_wording", "Tiếp thu một phần thì ghi rõ nay viết thế nào.")
		}
	case Explained:
		if d.Reason == "" {
			wrong.Add("reason", "Giải trình cần lý do.")
		}
	default:
		wrong.Add("disposal", "Xin chọn tiếp thu, tiếp thu một phần hay giải trình.")
	}
	if len(d.Wording) > mostText*5 {
		wrong.Add("new_wording", "Phần này quá dài; xin ghi đoạn đã sửa.")
	}
	if len(d.Reason) > mostText {
		wrong.Add("reason", "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return official.RefuseSecret(d.Wording, d.Reason)
}
