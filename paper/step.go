package paper

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// StepKind is what was done with a draft on its way to the signature.
type StepKind string

// The acts; signing ends the draft, whatever was done before.
const (
	StepPutForward StepKind = "put_forward"
	StepTakenBack  StepKind = "taken_back"
	StepSentBack   StepKind = "sent_back"
)

// Step is the last act done with a draft, a dated fact; zero while it was only written.
type Step struct {
	N    int        `db:"step_n"`
	Kind StepKind   `db:"step_kind"`
	Note string     `db:"step_note"` // of a draft sent back: what is to be mended
	At   db.Instant `db:"step_at"`
	By   string     `db:"step_by"`
}

// PutForward reports whether the draft waits for the signature, so that its text stands still.
func (p Paper) PutForward() bool { return p.State == Drafted && p.Step.Kind == StepPutForward }

// SentBack reports whether the draft came back from who was to sign it, and waits to be mended.
func (p Paper) SentBack() bool { return p.State == Drafted && p.Step.Kind == StepSentBack }

// Standing is where the paper stands, in the office's words.
func (p Paper) Standing() string {
	switch {
	case p.PutForward():
		return "Dự thảo đã trình ký"
	case p.SentBack():
		return "Dự thảo bị trả lại"
	case p.State == Drafted:
		return "Dự thảo đang soạn"
	}
	return p.State.Name()
}

// PutForward is trình ký: the draft goes as it stands at version to the desk of who signs. What could not be signed is not put
// forward: every grave finding is told, but for the signer, who may be named with the signature.
func PutForward(tx *db.Tx, by access.Actor, id db.ID, version int64) (Paper, error) {
	p, err := open(tx, by, access.DraftPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.Writable(); err != nil {
		return Paper{}, err
	}
	if version != p.Version {
		return Paper{}, stale()
	}
	if err := p.afterSecretary(); err != nil {
		return Paper{}, err
	}
	d, err := Document(tx, by, id)
	if err != nil {
		return Paper{}, err
	}
	if err := refuseErrors(d, "thieu-nguoi-ky"); err != nil {
		return Paper{}, err
	}
	return p, p.step(tx, by, StepPutForward, "")
}

// TakeBack is rút lại: what was put forward is written on.
func TakeBack(tx *db.Tx, by access.Actor, id db.ID) (Paper, error) {
	p, err := open(tx, by, access.DraftPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.waits(); err != nil {
		return Paper{}, err
	}
	return p, p.step(tx, by, StepTakenBack, "")
}

// SendBack is trả lại, by who may sign: the drafter finds the comment on the paper.
func SendBack(tx *db.Tx, by access.Actor, id db.ID, note string) (Paper, error) {
	p, err := open(tx, by, access.SignPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if err := p.waits(); err != nil {
		return Paper{}, err
	}
	if note = fold.Tidy(note); note == "" {
		return Paper{}, fault.Invalid("note", "Hãy ghi nhận xét, để người soạn biết phải sửa gì.")
	}
	if err := official.RefuseSecret(note); err != nil {
		return Paper{}, err
	}
	return p, p.step(tx, by, StepSentBack, note)
}

// waits refuses what can only be done with a draft that was put forward.
func (p *Paper) waits() error {
	if err := p.still(Drafted, "Văn bản này đã được ký."); err != nil {
		return err
	}
	if !p.PutForward() {
		return fault.Conflict("Dự thảo này chưa được trình ký; xin chờ người soạn trình.")
	}
	return nil
}

// Writable refuses to change what is signed, or waits for its signature.
func (p *Paper) Writable() error {
	if err := p.still(Drafted, "Văn bản đã ký, nội dung không sửa được nữa. Hãy rút văn bản này và soạn văn bản thay thế."); err != nil {
		return err
	}
	if p.PutForward() {
		return fault.Conflict("Dự thảo này đã trình ký (%s, %s). Muốn sửa thì bấm “Rút lại để sửa”.", p.Step.By, p.Step.At)
	}
	return nil
}

// step writes the fact down; the draft itself stays the version that was read.
func (p *Paper) step(tx *db.Tx, by access.Actor, kind StepKind, note string) error {
	p.Step = Step{N: p.Step.N + 1, Kind: kind, Note: note, At: tx.Now(), By: by.Name}
	if _, err := tx.Exec(`
insert into paper_step (id, paper, n, version, kind, note, at, by_actor, by_name) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.NewID(), p.ID, p.Step.N, p.Version, string(kind), note, p.Step.At, by.Key(), by.Name); err != nil {
		return err
	}
	details := journal.Details{"version": p.Version}
	if note != "" {
		details["note"] = note
	}
	_, err := journal.Write(tx, by, string(p.Step.Kind), subject(*p), details)
	return err
}
