package paper

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/people"
)

// Witnessed is the first of the two signatures that minutes have: who wrote them down signs, then the chair. Both sign as
// what they were at the meeting, so each is named by it and only that person signs.
type Witnessed struct {
	Secretary   string     `db:"secretary"` // who is named as having written them down; "": a paper of one signature
	Chair       string     `db:"chair"`
	WitnessedAt db.Instant `db:"witnessed_at"`
	WitnessedBy string     `db:"witnessed_by"`
	WitnessedV  int64      `db:"witnessed_version"` // of the draft that the secretary signed
}

// BySecretary reports whether who wrote the minutes down has signed them as they stand.
func (p Paper) BySecretary() bool {
	return p.WitnessedAt != 0 && (p.State != Drafted || p.WitnessedV == p.Version)
}

// MayWitness reports whether the actor may sign these minutes now as who wrote them down.
func (p Paper) MayWitness(by access.Actor) bool {
	return p.State == Drafted && !p.PutForward() && !p.BySecretary() && samePerson(by.Name, p.Secretary) && by.Can(access.DraftPaper, p.Body)
}

// MayChair reports whether the actor may sign these minutes now as the chair.
func (p Paper) MayChair(by access.Actor) bool {
	return p.State == Drafted && p.BySecretary() && samePerson(by.Name, p.Chair) && by.Can(access.SignPaper, p.Body)
}

// samePerson compares names as they are read: case and the letter on which a tone is put (Hoà, Hòa) say nothing, but another
// mark is another name. So it is with the key by which names are sorted.
func samePerson(a, b string) bool {
	return a != "" && fold.SortKey(fold.Tidy(a)) == fold.SortKey(fold.Tidy(b))
}

// twoSigners refuses minutes whose two signatures would be one person's.
func twoSigners(secretary, chair string) error {
	if !samePerson(secretary, chair) {
		return nil
	}
	return fault.Invalid("secretary", "Biên bản có hai chữ ký nên người ghi và người chủ trì là hai người; đồng chí %s đang ghi ở cả hai chỗ. Xin ghi người khác.", fold.Tidy(secretary))
}

// chairing is what the chair signs as.
func (p Paper) chairing() string {
	if p.OriginKind == "briefing" {
		return "Chủ trì hội nghị"
	}
	return "Chủ trì"
}

func (p Paper) bothSigners() []official.Signer {
	return []official.Signer{{Title: "Người ghi biên bản", Name: p.Secretary}, {Title: p.chairing(), Name: p.Chair}}
}

// onPaper is the way for those who do not sign in the program.
const onPaper = "Ai không ký ở đây thì ký trên giấy; văn thư đính bản quét đủ hai chữ ký vào trang này."

// Witness is the signature of who wrote the minutes down, on the draft as it stands at version. Words that change afterwards
// are to be signed anew.
func Witness(tx *db.Tx, by access.Actor, id db.ID, version int64) (Paper, error) {
	p, err := open(tx, by, access.DraftPaper, id)
	if err != nil {
		return Paper{}, err
	}
	if p.Secretary == "" {
		return Paper{}, fault.Conflict("Văn bản này không có chữ ký của người ghi.")
	}
	if err := p.Writable(); err != nil {
		return Paper{}, err
	}
	if version != p.Version {
		return Paper{}, stale()
	}
	if err := twoSigners(p.Secretary, p.Chair); err != nil {
		return Paper{}, err
	}
	if !samePerson(by.Name, p.Secretary) {
		return Paper{}, fault.Conflict("Người ghi biên bản là đồng chí %s, nên chỉ đồng chí %s ký ở chỗ này. %s", p.Secretary, p.Secretary, onPaper)
	}
	content, err := contentOf(tx, id)
	if err != nil {
		return Paper{}, err
	}
	d, err := p.document(tx, by, content)
	if err != nil {
		return Paper{}, err
	}
	if err := refuseErrors(d); err != nil {
		return Paper{}, err
	}
	p.WitnessedAt, p.WitnessedBy, p.WitnessedV = tx.Now(), by.Name, p.Version
	if _, err := tx.Exec(`
insert into paper_witness (paper, version, at, by_actor, by_name) values (?, ?, ?, ?, ?)
on conflict (paper) do update
set version = excluded.version, at = excluded.at, by_actor = excluded.by_actor, by_name = excluded.by_name`,
		p.ID, p.WitnessedV, p.WitnessedAt, by.Key(), by.Name); err != nil {
		return Paper{}, err
	}
	_, err = journal.Write(tx, by, "witnessed", subject(p), journal.Details{"version": p.Version})
	return p, err
}

// afterSecretary refuses what comes after the first signature of minutes.
func (p Paper) afterSecretary() error {
	if p.Secretary == "" || p.BySecretary() {
		return nil
	}
	return fault.Conflict("Đồng chí %s, người ghi biên bản, ký bản này trước; sau đó mới đến chủ trì.", p.Secretary)
}

// signMinutes is the signature of the chair, the second one.
func (p Paper) signMinutes(tx *db.Tx, by access.Actor) (Paper, error) {
	if err := p.afterSecretary(); err != nil {
		return Paper{}, err
	}
	if !samePerson(by.Name, p.Chair) {
		return Paper{}, fault.Conflict("Chủ trì là đồng chí %s, nên chỉ đồng chí %s ký biên bản này. %s", p.Chair, p.Chair, onPaper)
	}
	return p.fixMinutes(tx, by, "signed")
}

// signedOnPaper notes that both signatures stand on the scan that is being attached.
func (p Paper) signedOnPaper(tx *db.Tx, by access.Actor) (Paper, error) {
	return p.fixMinutes(tx, by, "signed_on_paper")
}

func (p Paper) fixMinutes(tx *db.Tx, by access.Actor, verb string) (Paper, error) {
	content, err := contentOf(tx, p.ID)
	if err != nil {
		return Paper{}, err
	}
	content.Signers = p.bothSigners()
	return p.fix(tx, by, verb, content, people.Post{Name: p.Chair, Title: p.chairing()})
}
