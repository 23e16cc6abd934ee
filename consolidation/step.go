package consolidation

import (
	"cmp"
	"errors"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/people"
)

// StepKind is what was done with a draft on its way to the signature.
type StepKind string

// The acts; signing ends the draft.
const (
	StepPutForward StepKind = "put_forward"
	StepAgreed     StepKind = "agreed" // by one chair of the chain
	StepTakenBack  StepKind = "taken_back"
	StepSentBack   StepKind = "sent_back"
)

// Step is one act done with a draft, a dated fact.
type Step struct {
	ID            db.ID      `db:"id"`
	Consolidation db.ID      `db:"consolidation"`
	N             int        `db:"n"`       // 1, 2, 3… of the consolidation
	Version       int64      `db:"version"` // of the draft it was done with
	Kind          StepKind   `db:"kind"`
	Note          string     `db:"note"`   // of a draft sent back: about the whole
	Stages        string     `db:"stages"` // the chain when it was put forward: chairs, one a line
	Passed        int        `db:"passed"` // how many of them have agreed
	At            db.Instant `db:"at"`
	ByActor       string     `db:"by_actor"`
	ByName        string     `db:"by_name"`
}

// Waits reports whether the draft waits for the next chair or for the signature, so that its text stands still.
func (s Step) Waits() bool { return s.Kind == StepPutForward || s.Kind == StepAgreed }

// Comment is what a leader says of one paragraph of a draft.
type Comment struct {
	Paragraph db.ID  `db:"paragraph"`
	Quote     string `db:"quote"` // what stood there
	Words     string `db:"words"`
}

// SentBack is a draft that a leader sent back.
type SentBack struct {
	Step
	Comments []Comment
}

// PutForward is trình ký: the draft goes as it stands at version to the first chair of the chain, or to the signature.
func PutForward(tx *db.Tx, by access.Actor, id db.ID, version int64) error {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return err
	}
	chain, err := Chain(tx)
	if err != nil {
		return err
	}
	held, err := people.Chairs(tx, by, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return err
	}
	for _, chair := range chain {
		if !sits(held, chair) {
			return fault.Conflict("Dự thảo phải qua %s, nhưng hôm nay chưa có ai giữ chức vụ này. Quản trị sửa được ở Thiết lập, mục Trình ký.", chair)
		}
	}
	return e.step(Step{Kind: StepPutForward, Stages: strings.Join(chain, "\n")})
}

// TakeBack is rút lại: what was put forward is written on.
func TakeBack(tx *db.Tx, by access.Actor, id db.ID) error {
	row, err := rowByID(tx, by, id)
	if err != nil {
		return err
	}
	e, err := editAs(tx, by, access.DraftConsolidation, id, row.Version)
	if err != nil {
		return err
	}
	if _, err := e.waits(); err != nil {
		return err
	}
	return e.step(Step{Kind: StepTakenBack})
}

// SendBack is trả lại, by the chair whose turn it is or by who may sign: who drafts finds the comments beside the
// paragraphs. Comments without words are left out; note is about the whole.
func SendBack(tx *db.Tx, by access.Actor, id db.ID, version int64, note string, comments []Comment) error {
	e, err := editAs(tx, by, access.ConsiderDraft, id, version)
	if err != nil {
		return err
	}
	instead, err := e.maySendBack()
	if err != nil {
		return err
	}
	note = fold.Tidy(note)
	texts := []string{note}
	var kept []Comment
	for _, c := range comments {
		if c.Words = fold.Tidy(c.Words); c.Words == "" {
			continue
		}
		p, err := e.paragraph(c.Paragraph)
		if err != nil {
			return err
		}
		c.Quote = p.Text
		kept, texts = append(kept, c), append(texts, c.Words)
	}
	if note == "" && len(kept) == 0 {
		return fault.Invalid("note", "Hãy ghi nhận xét ở ít nhất một đoạn, hoặc nhận xét chung, để người soạn biết phải sửa gì.")
	}
	if err := official.RefuseSecret(texts...); err != nil {
		return err
	}
	if err := e.step(Step{Kind: StepSentBack, Note: note, ByName: inPlaceOf(by, instead)}); err != nil {
		return err
	}
	step, err := lastStep(tx, id)
	if err != nil {
		return err
	}
	for n, c := range kept {
		if _, err := tx.Exec("insert into consolidation_comment (id, step, n, paragraph, quote, words) values (?, ?, ?, ?, ?, ?)",
			tx.NewID(), step.ID, n, c.Paragraph, c.Quote, c.Words); err != nil {
			return err
		}
	}
	return nil
}

// waits refuses what can only be done with a draft that was put forward.
func (e *editing) waits() (Step, error) {
	last, err := lastStep(e.tx, e.row.ID)
	if err == nil && !last.Waits() {
		err = fault.Conflict("Dự thảo báo cáo tổng hợp này chưa được trình ký; xin chờ chuyên viên trình.")
	}
	return last, err
}

// awaitsSignature refuses to sign what was not put forward, or what a chair of the chain has still to consider.
func (e *editing) awaitsSignature() error {
	last, err := e.waits()
	if err == nil && last.Awaits() != "" {
		err = fault.Conflict("Dự thảo đang chờ ý kiến của %s rồi mới trình ký.", last.Awaits())
	}
	return err
}

// still refuses to change what waits for the signature.
func (e *editing) still() error {
	last, err := lastStep(e.tx, e.row.ID)
	if err == nil && last.Waits() {
		err = fault.Conflict("Dự thảo này đã trình ký (%s, %s). Muốn sửa thì bấm “Rút lại để sửa”.", last.ByName, last.At)
	}
	return err
}

// step writes the fact down; the draft itself stays the version that was read.
func (e *editing) step(s Step) error {
	last, err := lastStep(e.tx, e.row.ID)
	if err != nil {
		return err
	}
	s.ID, s.Consolidation, s.N, s.Version = e.tx.NewID(), e.row.ID, last.N+1, e.row.Version
	s.At, s.ByActor, s.ByName = e.tx.Now(), e.by.Key(), cmp.Or(s.ByName, e.by.Name)
	if err := e.tx.Insert("consolidation_step", s); err != nil {
		return err
	}
	_, err = journal.Write(e.tx, e.by, string(s.Kind), journal.Subject{Kind: "consolidation", ID: e.row.ID, Body: e.row.Body},
		journal.Details{"version": e.row.Version, "note": s.Note})
	return err
}

const selectStep = `
select s.id, s.consolidation, s.n, s.version, s.kind, s.note, s.stages, s.passed, s.at, s.by_actor, s.by_name
from consolidation_step s
where s.consolidation = ?
`

func lastStep(tx *db.Tx, consolidation db.ID) (s Step, err error) {
	err = tx.Get(&s, selectStep+"order by s.n desc limit 1", consolidation)
	if errors.Is(err, db.None) {
		err = nil
	}
	return s, err
}

// LastStep is what was done with a draft last, zero for nothing; and what a leader said of it last, nil for nothing.
func LastStep(tx *db.Tx, by access.Actor, id db.ID) (last Step, back *SentBack, err error) {
	if _, err := rowByID(tx, by, id); err != nil {
		return last, nil, err
	}
	if last, err = lastStep(tx, id); err != nil || last.N == 0 {
		return last, nil, err
	}
	back = new(SentBack)
	err = tx.Get(&back.Step, selectStep+"and s.kind = ? order by s.n desc limit 1", id, string(StepSentBack))
	if errors.Is(err, db.None) {
		return last, nil, nil
	}
	if err != nil {
		return last, nil, err
	}
	err = tx.Select(&back.Comments, "select paragraph, quote, words from consolidation_comment where step = ? order by n", back.ID)
	return last, back, err
}

// Underway is a draft that was put forward, agreed to or sent back, with the step that says so.
type Underway struct {
	Step
	Body       db.ID           `db:"org"` // the commission
	RegimeCode string          `db:"regime_code"`
	RegimeName string          `db:"regime_name"`
	Period     calendar.Period `db:"period"`
}

// AllUnderway lists the drafts that wait for a chair or the signature, or were sent back, the oldest first.
func AllUnderway(tx *db.Tx, by access.Actor) ([]Underway, error) {
	org := by.Sees(access.ReadConsolidation)
	var all []Underway
	err := tx.Select(&all, `
select s.id, s.consolidation, s.n, s.version, s.kind, s.note, s.stages, s.passed, s.at, s.by_actor, s.by_name, r.code as regime_code, r.name as regime_name, c.period, c.org
from consolidation_step s
join consolidation c on c.id = s.consolidation
join regime r on r.id = c.regime
where c.ended_at is null and s.kind <> 'taken_back' and (cast(? as text) = '' or c.org = ?)
	and s.n = (select max(t.n) from consolidation_step t where t.consolidation = c.id)
	and not exists (select 1 from consolidation_signing g where g.consolidation = c.id)
order by s.at, s.id`, org, org)
	return all, err
}
