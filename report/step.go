package report

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// StepKind is what was done with a draft on its way to the commission.
type StepKind string

// The four acts. Sending is none of them: it ends the draft.
const (
	StepPutForward StepKind = "put_forward"
	StepTakenBack  StepKind = "taken_back"
	StepApproved   StepKind = "approved"
	StepSentBack   StepKind = "sent_back"
)

// Step is one act done with a draft, a dated fact.
type Step struct {
	ID         db.ID      `db:"id"`
	Obligation db.ID      `db:"obligation"`
	N          int        `db:"n"`     // 1, 2, 3… of the obligation
	Draft      int64      `db:"draft"` // the version it was done with
	Kind       StepKind   `db:"kind"`
	Note       string     `db:"note"` // of a draft sent back: about the whole
	At         db.Instant `db:"at"`
	ByActor    string     `db:"by_actor"`
	ByName     string     `db:"by_name"`
}

// Stage is where a draft stands.
type Stage string

// The stages; "" where there is no draft.
const (
	StageWriting    Stage = "writing"
	StagePutForward Stage = "put_forward"
	StageApproved   Stage = "approved"
	StageSentBack   Stage = "sent_back"
)

// Name is the office's word.
func (s Stage) Name() string {
	switch s {
	case StageWriting:
		return "Đang soạn"
	case StagePutForward:
		return "Đã trình, chờ duyệt"
	case StageApproved:
		return "Đã duyệt, chờ gửi"
	case StageSentBack:
		return "Lãnh đạo trả lại"
	}
	return string(s)
}

// Locked reports whether the text stands still, because somebody reads it or has approved it.
func (s Stage) Locked() bool { return s == StagePutForward || s == StageApproved }

// stageAfter is the one rule by which the last step of a draft says where it stands.
func stageAfter(drafted bool, last StepKind) Stage {
	switch {
	case !drafted:
		return ""
	case last == StepPutForward:
		return StagePutForward
	case last == StepApproved:
		return StageApproved
	case last == StepSentBack:
		return StageSentBack
	}
	return StageWriting
}

// Stage is where the obligation's draft stands.
func (o Obligation) Stage() Stage { return stageAfter(o.Drafted, o.DraftStep) }

// Stage is where the draft stands.
func (d SavedDraft) Stage() Stage { return stageAfter(d.Version > 0, d.Step.Kind) }

// mayApprove reports whether a leader may say yes to the draft: it was put forward, or these are the leader's own words.
func (d SavedDraft) mayApprove(by access.Actor) bool {
	return d.Stage() == StagePutForward || d.Stage() != StageApproved && d.savedKey == by.Key()
}

// PutForward is trình: the draft goes to the body's leader as it stands at version. It is held to what sending is held to,
// so that nobody is given to read what could not be sent.
func PutForward(tx *db.Tx, by access.Actor, o Obligation, version int64) error {
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return err
	}
	d, err := draftAt(tx, o, version)
	if err != nil {
		return err
	}
	if d.Stage().Locked() {
		return fault.Conflict("%s", d.lockedSentence())
	}
	f, err := formByID(tx, o.Form)
	if err != nil {
		return err
	}
	p := o.prepared(f, WayProgram)
	if err := p.readDraft(tx, o, d.Draft); err != nil {
		return err
	}
	_, err = takeStep(tx, by, o, d, StepPutForward, "draft_put_forward", "")
	return err
}

// TakeBackDraft is rút lại: what was put forward or approved is written on.
func TakeBackDraft(tx *db.Tx, by access.Actor, o Obligation) error {
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return err
	}
	d, err := loadDraft(tx, o.ID)
	if err != nil {
		return err
	}
	if !d.Stage().Locked() {
		return fault.Conflict("Bản nháp này chưa trình nên không phải rút lại; xin mở trang soạn để sửa.")
	}
	_, err = takeStep(tx, by, o, d, StepTakenBack, "draft_taken_back", "")
	return err
}

// Approve notes that the agency's leader approved the draft as it stands; the focal point may then send it. A leader
// approves what was put forward, or what the same leader typed.
func Approve(tx *db.Tx, by access.Actor, o Obligation, version int64) error {
	if err := by.May(access.ApproveReport, o.Holder); err != nil {
		return err
	}
	d, err := draftAt(tx, o, version)
	if err != nil {
		return err
	}
	switch {
	case d.Stage() == StageApproved:
		return fault.Conflict("%s", d.lockedSentence())
	case !d.mayApprove(by):
		return notPutForward(d)
	}
	_, err = takeStep(tx, by, o, d, StepApproved, "draft_approved", "")
	return err
}

// Comment is what the leader says of one paragraph or figure of a draft.
type Comment struct {
	Section   string `db:"section"`
	Sector    string `db:"sector"`
	Paragraph int    `db:"paragraph"` // from 1
	Indicator string `db:"indicator"`
	Quote     string `db:"quote"` // what stood there
	Words     string `db:"words"`
}

// SentBack is a draft that its leader sent back.
type SentBack struct {
	Step
	Comments []Comment
}

// SendDraftBack is trả lại: the focal point finds the comments beside the paragraphs and figures and writes on. Comments
// without words are left out; note is about the whole.
func SendDraftBack(tx *db.Tx, by access.Actor, o Obligation, version int64, note string, comments []Comment) error {
	if err := by.May(access.ApproveReport, o.Holder); err != nil {
		return err
	}
	d, err := draftAt(tx, o, version)
	if err != nil {
		return err
	}
	if !d.Stage().Locked() {
		return notPutForward(d)
	}
	f, err := formByID(tx, o.Form)
	if err != nil {
		return err
	}
	note = fold.Tidy(note)
	kept, err := cleanComments(tx, f.For(o.Scope), d.Draft, comments)
	if err != nil {
		return err
	}
	if note == "" && len(kept) == 0 {
		return fault.Invalid("note", "Hãy ghi nhận xét ở ít nhất một đoạn, một số liệu, hoặc nhận xét chung, để người soạn biết phải sửa gì.")
	}
	if err := official.RefuseSecret(note); err != nil {
		return err
	}
	step, err := takeStep(tx, by, o, d, StepSentBack, "draft_sent_back", note)
	if err != nil {
		return err
	}
	for n, c := range kept {
		if _, err := tx.Exec(`
insert into report_comment (id, step, n, section, sector, paragraph, indicator, quote, words)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)`, tx.NewID(), step, n, c.Section, c.Sector, c.Paragraph, c.Indicator, c.Quote, c.Words); err != nil {
			return err
		}
	}
	return nil
}

// cleanComments keeps the comments that say something, each with what it speaks of.
func cleanComments(tx *db.Tx, f *Form, d Draft, comments []Comment) ([]Comment, error) {
	var kept []Comment
	size := 0
	for _, c := range comments {
		about := Returning{Reason: c.Words, Section: c.Section, Sector: c.Sector, Paragraph: c.Paragraph, Indicator: c.Indicator}
		if strings.TrimSpace(c.Words) == "" {
			continue
		}
		if err := about.check(tx, f); err != nil {
			return nil, err
		}
		c.Words, c.Quote = about.Reason, d.at(c)
		if size += len(c.Words); size > mostText {
			return nil, fault.TooLarge("note", "Nhận xét quá dài; hãy rút gọn.")
		}
		kept = append(kept, c)
	}
	return kept, nil
}

// at is what stands in a draft where a comment points to.
func (d Draft) at(c Comment) string {
	if c.Indicator != "" {
		return d.Values[c.Indicator]
	}
	for _, s := range d.Sections {
		if s.Section == c.Section && s.Sector == c.Sector && c.Paragraph > 0 && c.Paragraph <= len(s.Paragraphs) {
			return s.Paragraphs[c.Paragraph-1]
		}
	}
	return ""
}

// draftAt finds the draft that was read; Stale when it was changed since.
func draftAt(tx *db.Tx, o Obligation, version int64) (SavedDraft, error) {
	d, err := loadDraft(tx, o.ID)
	switch {
	case err != nil:
		return d, err
	case d.Version == 0:
		return d, fault.Conflict("Báo cáo này chưa có bản nháp; hãy soạn trước.")
	case d.Version != version:
		return d, fault.Stale("%s vừa sửa bản nháp lúc %s. Xin xem bản mới rồi làm tiếp.", d.SavedBy, d.SavedAt)
	}
	return d, nil
}

func notPutForward(d SavedDraft) error {
	return fault.Conflict("%s đang soạn, chưa trình bản này. Xin chờ trình; muốn tự soạn thì mở trang soạn.", d.SavedBy)
}

// lockedSentence says why the text cannot be changed now, and what to do.
func (d SavedDraft) lockedSentence() string {
	if d.Stage() == StageApproved {
		return d.Step.ByName + " đã duyệt bản này lúc " + d.Step.At.String() + "; chỉ còn gửi. Muốn sửa thì bấm “Rút lại để sửa”."
	}
	return d.Step.ByName + " đã trình bản này lúc " + d.Step.At.String() + ", đang chờ lãnh đạo cơ quan duyệt. Muốn sửa thì bấm “Rút lại để sửa”."
}

// takeStep writes the fact down, and what follows from it; verb is the journal's word.
func takeStep(tx *db.Tx, by access.Actor, o Obligation, d SavedDraft, kind StepKind, verb, note string) (db.ID, error) {
	var last int
	if err := tx.Get(&last, "select coalesce(max(n), 0) from report_step where obligation = ?", o.ID); err != nil {
		return "", err
	}
	s := Step{ID: tx.NewID(), N: last + 1, Obligation: o.ID, Draft: d.Version, Kind: kind, Note: note, At: tx.Now(), ByActor: by.Key(), ByName: by.Name}
	if err := tx.Insert("report_step", s); err != nil {
		return "", err
	}
	if err := keepState(tx, o.ID); err != nil {
		return "", err
	}
	_, err := journal.Write(tx, by, verb, obligationSubject(o), journal.Details{"version": d.Version, "note": note})
	return s.ID, err
}

const selectStep = `
select s.id, s.obligation, s.n, s.draft, s.kind, s.note, s.at, s.by_actor, s.by_name
from report_step s
join report_draft d on d.obligation = s.obligation and s.draft >= d.begun
`

// lastStep is the newest step of the draft that stands; zero for none.
func lastStep(tx *db.Tx, obligation db.ID) (s Step, err error) {
	err = tx.Get(&s, selectStep+"where s.obligation = ? order by s.n desc limit 1", obligation)
	if errors.Is(err, db.None) {
		err = nil
	}
	return s, err
}

// LastSteps gives the newest step of the drafts of some obligations that the actor has found.
func LastSteps(tx *db.Tx, obligations []db.ID) (map[db.ID]Step, error) {
	last := make(map[db.ID]Step)
	for part := range slices.Chunk(obligations, 500) { // below every engine's limit of parameters
		in, args := db.In(part)
		var rows []Step
		if err := tx.Select(&rows, selectStep+"where s.obligation in "+in+" order by s.n", args...); err != nil {
			return nil, err
		}
		for _, s := range rows {
			last[s.Obligation] = s
		}
	}
	return last, nil
}

// lastSentBack is what the leader said last about the draft that stands, nil when nothing.
func lastSentBack(tx *db.Tx, obligation db.ID) (*SentBack, error) {
	var back SentBack
	err := tx.Get(&back.Step, selectStep+"where s.obligation = ? and s.kind = ? order by s.n desc limit 1", obligation, string(StepSentBack))
	if errors.Is(err, db.None) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	err = tx.Select(&back.Comments, `
select section, sector, paragraph, indicator, quote, words
from report_comment
where step = ?
order by n`, back.ID)
	return &back, err
}

// PutForwardTo lists what waits for the leader of a body, narrowed to what the actor may see.
func PutForwardTo(tx *db.Tx, by access.Actor, body db.ID) ([]Obligation, error) {
	org := by.Sees(access.ReadReport)
	var all []Obligation
	err := tx.Select(&all, selectObligation+`
where o.holder = ? and o.draft_step = 'put_forward' and `+mayRead+`
order by o.due, r.code, p.period`, body, org, org)
	return all, err
}
