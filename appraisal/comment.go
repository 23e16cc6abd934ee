package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Comment is one thing that a body says of a draft: of a paragraph, or of the whole. Until the body's leader has signed its
// opinion nobody else sees it.
type Comment struct {
	ID        db.ID      `db:"id"`
	Appraisal db.ID      `db:"appraisal"`
	Seq       int        `db:"seq"` // its number in the file
	N         int        `db:"n"`   // the version on which it was made
	Body      db.ID      `db:"org"`
	Paragraph string     `db:"paragraph"` // key in that version; "" for the whole draft
	Quote     string     `db:"quote"`     // the words it is about, where it names some
	Words     string     `db:"words"`
	Wording   string     `db:"wording"` // proposed in place of the paragraph
	File      db.ID      `db:"file"`    // where it was read from; "" for one typed on the page
	Who       string     `db:"who"`     // whom the file names
	Unsure    string     `db:"unsure"`  // what is not clear about what was read
	At        db.Instant `db:"at"`
	By        string     `db:"by_name"`

	Signed   bool     `db:"-"`
	Place    Place    `db:"-"` // in the version that is looked at
	Disposal Disposal `db:"-"` // the last one; without Kind while there is none
}

// Disposed reports whether the author has said what becomes of it.
func (c Comment) Disposed() bool { return c.Disposal.Kind != "" }

// Place is where a comment stands in one version.
type Place struct {
	Comment   db.ID  `db:"comment"`
	N         int    `db:"n"`
	Seq       int    `db:"seq"`
	Paragraph string `db:"paragraph"` // "" for the whole draft, and while a person is asked
	Until     string `db:"until"`     // the last paragraph, where it was split
	How       How    `db:"how"`
}

// NewComment is a comment about to be made.
type NewComment struct {
	Paragraph string // key; "" for the whole draft
	Quote     string
	Words     string
	Wording   string
	File      db.ID // of what was read from a file
	Who       string
	Unsure    string
}

// reviewing opens an appraisal for a body that was asked about its latest version and has not answered.
func reviewing(tx *db.Tx, by access.Actor, act access.Act, id db.ID) (a Appraisal, side db.ID, err error) {
	if a, err = Find(tx, by, id); err != nil {
		return a, "", err
	}
	if side, err = sideOf(tx, by); err != nil {
		return a, side, err
	}
	if err := by.May(act, side); err != nil {
		return a, side, err
	}
	asked, is := a.Asked(side)
	switch {
	case !is && !by.OfCommission():
		return a, side, fault.Forbidden("Cơ quan của đồng chí không được hỏi ý kiến về bản này.")
	case !is:
		return a, side, fault.Conflict("Ban không được hỏi ý kiến về bản này của dự thảo.")
	}
	if asked.SignedAt != 0 {
		return a, side, fault.Conflict("Ý kiến của cơ quan về bản này đã ký ngày %s, không sửa được nữa.", calendar.OfInstant(asked.SignedAt.Time()).Vietnamese())
	}
	return a, side, a.underway()
}

// Say makes one comment in the name of the actor's body, on the version that was read.
func Say(tx *db.Tx, by access.Actor, id db.ID, n int, c NewComment) error {
	a, side, err := reviewing(tx, by, access.CommentDraft, id)
	if err != nil {
		return err
	}
	if n != a.N {
		return fault.Stale("Dự thảo vừa có bản mới. Xin xem bản mới rồi góp ý.")
	}
	paragraphs, err := paragraphsOf(tx, a.ID, a.N)
	if err != nil {
		return err
	}
	if err := c.check(paragraphs); err != nil {
		return err
	}
	if err := a.room(tx, side, 1); err != nil {
		return err
	}
	if err := a.say(tx, by, side, c); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "commented", a.aside(side), journal.Details{"comments": 1})
	return err
}

func (c *NewComment) check(paragraphs []Paragraph) error {
	c.Words, c.Wording, c.Quote = strings.TrimSpace(fold.Clean(c.Words)), strings.TrimSpace(fold.Clean(c.Wording)), fold.Tidy(c.Quote)
	if c.Words == "" && c.Wording == "" {
		return fault.Invalid("words", "Góp ý đang trống; hãy ghi nhận xét hoặc lời đề nghị sửa thành.")
	}
	if len(c.Words) > mostText*2 || len(c.Wording) > mostText*5 {
		return fault.Invalid("words", "Góp ý này quá dài; xin tách thành nhiều ý.")
	}
	if c.Paragraph == "" && c.Wording != "" && c.Words == "" {
		return fault.Invalid("words", "Lời đề nghị sửa phải đặt ở một đoạn; góp ý chung thì ghi ở ô nhận xét.")
	}
	if c.Paragraph != "" && !slices.ContainsFunc(paragraphs, func(p Paragraph) bool { return p.Key == c.Paragraph }) {
		return fault.Invalid("words", "Đoạn được góp ý không có trong bản này; xin mở lại trang.")
	}
	return official.RefuseSecret(c.Words, c.Wording, c.Quote)
}

// room refuses more comments than one body can mean.
func (a Appraisal) room(tx *db.Tx, side db.ID, more int) error {
	var n int
	if err := tx.Get(&n, "select count(*) from appraisal_comment where appraisal = ? and org = ? and n = ? and dropped_at is null", a.ID, side, a.N); err != nil {
		return err
	}
	if n+more > mostComment {
		return fault.Conflict("Mỗi cơ quan ghi nhiều nhất %d góp ý cho một bản.", mostComment)
	}
	return nil
}

func (a Appraisal) say(tx *db.Tx, by access.Actor, side db.ID, c NewComment) error {
	_, err := tx.Exec(`
insert into appraisal_comment (id, appraisal, seq, n, org, paragraph, quote, words, wording, file, who, unsure, at, by_actor, by_name)
select ?, ?, coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
from appraisal_comment
where appraisal = ?`,
		tx.NewID(), a.ID, a.N, side, c.Paragraph, c.Quote, c.Words, c.Wording, c.File, c.Who, c.Unsure, tx.Now(), by.Key(), by.Name, a.ID)
	return err
}

// Drop takes back a comment of the actor's body that is not signed.
func Drop(tx *db.Tx, by access.Actor, id, comment db.ID) error {
	a, side, err := reviewing(tx, by, access.CommentDraft, id)
	if err != nil {
		return err
	}
	done, err := tx.Exec("update appraisal_comment set dropped_at = ? where id = ? and appraisal = ? and org = ? and dropped_at is null", tx.Now(), comment, a.ID, side)
	if err != nil {
		return err
	}
	if done == 0 {
		return fault.Invalid("", "Không có góp ý này, hoặc góp ý đã bỏ.")
	}
	_, err = journal.Write(tx, by, "uncommented", a.aside(side), journal.Details{"comments": 1})
	return err
}

// SignOpinion ends what a body has to say on a version: its leader signs one opinion with the comments that stand.
func SignOpinion(tx *db.Tx, by access.Actor, id db.ID, n int, says Opinion, note string) error {
	a, side, err := reviewing(tx, by, access.SignOpinion, id)
	if err != nil {
		return err
	}
	if n != a.N {
		return fault.Stale("Dự thảo vừa có bản mới. Xin xem bản mới rồi ký ý kiến.")
	}
	return a.sign(tx, by, side, says, note, "")
}

func (a Appraisal) sign(tx *db.Tx, by access.Actor, side db.ID, says Opinion, note string, paper db.ID) error {
	note = strings.TrimSpace(fold.Clean(note))
	if !slices.Contains(Opinions, says) {
		return fault.Invalid("says", "Xin chọn nhất trí, đề nghị bổ sung hay đề nghị xem xét lại.")
	}
	if len(note) > mostText {
		return fault.Invalid("note", "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	comments, err := commentsOf(tx, a, a.N)
	if err != nil {
		return err
	}
	standing := 0
	for _, c := range comments {
		if c.Body == side && !c.Signed {
			standing++
		}
	}
	if says != Agree && standing == 0 && note == "" && paper == "" {
		return fault.Invalid("note", "Ý kiến “%s” cần ít nhất một góp ý, hoặc ghi rõ ở ô này.", says.Name())
	}
	if _, err := tx.Exec(`
insert into appraisal_opinion (appraisal, n, org, says, note, paper, at, by_actor, by_name)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, a.ID, a.N, side, string(says), note, paper, tx.Now(), by.Key(), by.Name); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "opined", a.about(), journal.Details{"opinion": says.Name(), "comments": standing, "version": a.N})
	return err
}

// commentsOf are all comments that stand, in the order they were made, as they stand in one version.
func commentsOf(tx *db.Tx, a Appraisal, n int) (all []Comment, err error) {
	if err = tx.Select(&all, `
select id, appraisal, seq, n, org, paragraph, quote, words, wording, file, who, unsure, at, by_name
from appraisal_comment
where appraisal = ?
  and dropped_at is null
  and n <= ?
order by seq`, a.ID, n); err != nil {
		return nil, err
	}
	var signed []struct {
		Body db.ID `db:"org"`
		N    int   `db:"n"`
	}
	if err := tx.Select(&signed, "select org, max(n) as n from appraisal_opinion where appraisal = ? group by org", a.ID); err != nil {
		return nil, err
	}
	last := make(map[db.ID]int)
	for _, s := range signed {
		last[s.Body] = s.N
	}
	var places []Place
	if err := tx.Select(&places, `
select p.comment, p.n, p.seq, p.paragraph, p.until, p.how
from appraisal_place p
join appraisal_comment c on c.id = p.comment
where c.appraisal = ? and p.n = ?
order by p.comment, p.seq`, a.ID, n); err != nil {
		return nil, err
	}
	at := make(map[db.ID]Place)
	for _, p := range places {
		at[p.Comment] = p // the last one stands
	}
	disposals, err := disposalsOf(tx, a)
	if err != nil {
		return nil, err
	}
	for i := range all {
		c := &all[i]
		c.Signed = last[c.Body] >= c.N
		c.Disposal = disposals[c.ID]
		if c.Place = at[c.ID]; c.N == n {
			c.Place = Place{Comment: c.ID, N: n, Paragraph: c.Paragraph, How: Same}
		}
	}
	return all, nil
}

// seenBy leaves what a side may see: its own; what is signed, to the author and the commission; to others what is signed once
// the version has its result.
func (a Appraisal) seenBy(by access.Actor, side db.ID, all []Comment) []Comment {
	return slices.DeleteFunc(all, func(c Comment) bool {
		return c.Body != side && !(c.Signed && (by.OfCommission() || side == a.Body || a.Open()))
	})
}

// aside is the appraisal for lines of the journal that only one of those who were asked may read before it signs.
func (a Appraisal) aside(side db.ID) journal.Subject {
	return journal.Subject{Kind: "appraisal", ID: a.ID, Body: side}
}

// Reads is the opinion and the day it was signed, for lists.
func (r Reviewer) Reads() string {
	if r.SignedAt == 0 {
		return r.Says.Name()
	}
	return fmt.Sprintf("%s, ký ngày %s", r.Says.Name(), calendar.OfInstant(r.SignedAt.Time()).Vietnamese())
}
