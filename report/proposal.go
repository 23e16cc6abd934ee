package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
)

// AnswerDays is the office's setting with the working days it gives itself to answer a proposal.
const AnswerDays = "proposal_days"

// defaultAnswerDays is our own choice: a proposal of one month is answered before the next month's reports come.
const defaultAnswerDays = 15

// ProposalState is where a kiến nghị stands.
type ProposalState string

// The states. A forwarded proposal was passed on to whoever decides, which is an answer to the body that made it.
const (
	ProposalOpen      ProposalState = "open"
	ProposalAccepted  ProposalState = "accepted"
	ProposalForwarded ProposalState = "forwarded"
	ProposalDeclined  ProposalState = "declined"
)

// Name is the office's word.
func (s ProposalState) Name() string {
	switch s {
	case ProposalOpen:
		return "Chưa trả lời"
	case ProposalAccepted:
		return "Tiếp thu"
	case ProposalForwarded:
		return "Đã chuyển"
	case ProposalDeclined:
		return "Không tiếp thu"
	}
	return string(s)
}

// Proposal is a kiến nghị of an accepted report: an answer the commission owes.
type Proposal struct {
	ID          db.ID           `db:"id"`
	Submission  db.ID           `db:"submission"` // the newest version that makes it
	Body        db.ID           `db:"body"`
	BodyCode    string          `db:"body_code"`
	RegimeCode  string          `db:"regime_code"`
	RegimeName  string          `db:"regime_name"`
	Period      calendar.Period `db:"period"`
	Sector      string          `db:"sector"`
	N           int             `db:"n"`     // place among the proposals of its sector, from 1
	Place       string          `db:"place"` // the order of the list, and its cursor
	Text        string          `db:"text"`
	At          db.Instant      `db:"at"`
	Due         calendar.Date   `db:"due"`
	WithdrawnAt db.Instant      `db:"withdrawn_at"` // a newer version of the report no longer makes it
	Answer      string          `db:"kind"`
	Reason      string          `db:"reason"`
	ForwardedTo string          `db:"forwarded_to"`
	AnsweredAt  db.Instant      `db:"answered_at"`
	AnsweredBy  string          `db:"answered_by"`
}

// State derives where it stands.
func (p Proposal) State() ProposalState {
	if p.Answer == "" {
		return ProposalOpen
	}
	return ProposalState(p.Answer)
}

// Overdue reports whether the answer is still owed after its day.
func (p Proposal) Overdue(today calendar.Date) bool {
	return p.Answer == "" && p.WithdrawnAt == 0 && p.Due.Before(today)
}

// proposing is what proposalsOf must know of an accepted submission.
type proposing struct {
	ID       db.ID           `db:"id"`
	Version  int64           `db:"version"`
	Body     db.ID           `db:"body"`
	BodyCode string          `db:"body_code"`
	Sort     int             `db:"sort"`
	Regime   db.ID           `db:"regime"`
	Period   calendar.Period `db:"period"`
	Sections string          `db:"sections"`
}

// proposalsOf makes an answer owed of every paragraph of section proposals when a submission is accepted; it is part
// of that change. What an earlier version already proposed in the same words keeps its answer; what the new version
// no longer says and nobody answered is withdrawn. Accepting the same version again changes nothing.
func proposalsOf(tx *db.Tx, submission db.ID) error {
	var s proposing
	if err := tx.Get(&s, `
select s.id, s.version, s.body, b.code as body_code, b.sort, p.regime, p.period, s.sections
from submission s
join opening p on p.id = s.opening
join body b on b.id = s.body
where s.id = ?`, submission); err != nil {
		return err
	}
	var sections []SectionText
	if err := json.Unmarshal([]byte(s.Sections), &sections); err != nil {
		return fmt.Errorf("báo cáo %s: %w", s.ID, err)
	}
	sections = slices.DeleteFunc(sections, func(t SectionText) bool { return t.Section != SectionProposals })
	if s.Version == 1 && len(sections) == 0 {
		return nil // most reports propose nothing
	}
	var known []struct {
		ID     db.ID  `db:"id"`
		Folded string `db:"folded"`
	}
	if err := tx.Select(&known, "select id, folded from proposal where body = ? and regime = ? and period = ? order by place", s.Body, s.Regime, s.Period); err != nil {
		return err
	}
	earlier := make(map[string]db.ID, len(known))
	for _, k := range known {
		earlier[k.Folded] = k.ID
	}
	kept := make(map[db.ID]bool)
	for _, section := range sections {
		for i, text := range section.Paragraphs {
			folded := section.Sector + " " + fold.Fold(text)
			id, ok := earlier[folded]
			if !ok {
				var err error
				if id, err = s.owe(tx, section.Sector, i+1, text, folded); err != nil {
					return err
				}
				earlier[folded] = id // said twice in one report, it is answered once
			} else if !kept[id] {
				if _, err := tx.Exec("update proposal set submission = ?, n = ?, withdrawn_at = null where id = ?", s.ID, i+1, id); err != nil {
					return err
				}
			}
			kept[id] = true
		}
	}
	for _, k := range known {
		if kept[k.ID] {
			continue
		}
		if _, err := tx.Exec("update proposal set withdrawn_at = ? where id = ? and withdrawn_at is null and not answered", tx.Now(), k.ID); err != nil {
			return err
		}
	}
	return nil
}

func answerDue(tx *db.Tx) (calendar.Date, error) {
	setting, err := org.Setting(tx, AnswerDays)
	if err != nil {
		return calendar.Date{}, err
	}
	days := defaultAnswerDays
	if _, err := fmt.Sscanf(setting, "%d", &days); err != nil || days < 1 || days > 250 {
		days = defaultAnswerDays // not set, or not a sensible number of days
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return calendar.Date{}, err
	}
	return holidays.AddWorkingDays(calendar.OfInstant(tx.Clock()), days), nil
}

func (s proposing) owe(tx *db.Tx, sector string, n int, text, folded string) (db.ID, error) {
	due, err := answerDue(tx)
	if err != nil {
		return "", err
	}
	id := tx.NewID()
	place := fmt.Sprintf("%016d %06d %s %s %s %04d %s", tx.Now(), s.Sort, s.BodyCode, s.Period, sector, n, id)
	if _, err := tx.Exec(`
insert into proposal (id, submission, body, regime, period, sector, n, place, text, folded, at, due, withdrawn_at, answered)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, false)`, id, s.ID, s.Body, s.Regime, s.Period, sector, n, place, text, folded, tx.Now(), due); err != nil {
		return "", err
	}
	body, err := org.Find(tx, access.System("ghi kiến nghị"), s.Body, s.Period.Last())
	if err != nil {
		return "", err
	}
	from := lineage.Node{Kind: "submission", ID: s.ID,
		Label: "Báo cáo " + s.Period.Name() + " của " + body.Name + ", " + VersionName(s.Version)}
	return id, lineage.Link(tx, from, Proposal{ID: id, Text: text}.Node(), "kiến nghị")
}

// Node is the proposal in lineage, for rooms that create something from it.
func (p Proposal) Node() lineage.Node {
	label := p.Text
	if r := []rune(label); len(r) > 90 {
		label = string(r[:90]) + "…"
	}
	return lineage.Node{Kind: "proposal", ID: p.ID, Label: label}
}

// The newest answer counts; an answer may be corrected by a later one.
const selectProposal = `
select p.id, p.submission, p.body, b.code as body_code, r.code as regime_code, r.name as regime_name, p.period, p.sector, p.n, p.place, p.text, p.at, p.due,
	p.withdrawn_at, coalesce(a.kind, '') as kind, coalesce(a.reason, '') as reason, coalesce(a.forwarded_to, '') as forwarded_to,
	a.at as answered_at, coalesce(a.by_name, '') as answered_by
from proposal p
join body b on b.id = p.body
join regime r on r.id = p.regime
left join proposal_answer a on a.proposal = p.id
	and a.id = (select l.id from proposal_answer l where l.proposal = p.id order by l.n desc limit 1)
`

// ProposalFilter narrows Proposals; empty fields do not. Withdrawn ones are only given when asked for.
type ProposalFilter struct {
	State      ProposalState
	Body       db.ID
	RegimeCode string
	Period     calendar.Period
	DueBefore  calendar.Date // an answer owed before this day; zero for any
	Withdrawn  bool
	Limit      int    // 0: 100, at most 500
	Cursor     string // Place of the last one of the page before
}

// Proposals lists proposals, the oldest first, and the cursor of the next page. An agency sees its own.
func Proposals(tx *db.Tx, by access.Actor, f ProposalFilter) ([]Proposal, string, error) {
	sees := by.Sees(access.ReadReport)
	query, args := selectProposal+"where "+mayReadProposal, []any{sees, sees}
	and := func(clause string, values ...any) { query, args = query+"\n  and "+clause, append(args, values...) }
	switch f.State {
	case "":
	case ProposalOpen:
		and("not p.answered")
	case ProposalAccepted, ProposalForwarded, ProposalDeclined:
		and("p.answered and a.kind = ?", string(f.State))
	default:
		return nil, "", fault.Invalid("state", "Không có trạng thái kiến nghị “%s”.", string(f.State))
	}
	if !f.Withdrawn {
		and("p.withdrawn_at is null")
	}
	if f.Body != "" {
		and("p.body = ?", f.Body)
	}
	if f.RegimeCode != "" {
		and("r.code = ?", f.RegimeCode)
	}
	if !f.Period.IsZero() {
		and("p.period = ?", f.Period)
	}
	if !f.DueBefore.IsZero() {
		and("p.due < ?", f.DueBefore)
	}
	if f.Cursor != "" {
		and("p.place > ?", f.Cursor)
	}
	if f.Limit <= 0 || f.Limit > 500 {
		f.Limit = 100
	}
	var found []Proposal
	if err := tx.Select(&found, query+"\norder by p.place\nlimit ?", append(args, f.Limit+1)...); err != nil {
		return nil, "", err
	}
	if len(found) > f.Limit {
		found = found[:f.Limit]
		return found, found[f.Limit-1].Place, nil
	}
	return found, "", nil
}

// OpenProposals counts the proposals without an answer that Proposals lists.
func OpenProposals(tx *db.Tx, by access.Actor) (n int, err error) {
	sees := by.Sees(access.ReadReport)
	err = tx.Get(&n, "select count(*) as n from proposal p where "+mayReadProposal+" and not p.answered and p.withdrawn_at is null", sees, sees)
	return n, err
}

// mayReadProposal: a body reads its own. It binds what the actor sees twice.
const mayReadProposal = "(cast(? as text) = '' or p.body = ?)"

// ProposalsAmong gives those of some proposals that the actor may read.
func ProposalsAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]db.ID, error) {
	sees := by.Sees(access.ReadReport)
	return db.Among[db.ID](tx, ids, "select p.id from proposal p where "+mayReadProposal+" and p.id in ", sees, sees)
}

// FindProposal gives one proposal, if the actor may see its report.
func FindProposal(tx *db.Tx, by access.Actor, id db.ID) (Proposal, error) {
	sees := by.Sees(access.ReadReport)
	var p Proposal
	err := tx.Get(&p, selectProposal+"where p.id = ? and "+mayReadProposal, id, sees, sees)
	if errors.Is(err, db.None) {
		return p, fault.Missing("Không có kiến nghị này.")
	}
	return p, err
}

// ProposalAnswer is what the commission answers.
type ProposalAnswer struct {
	Kind        ProposalState // accepted, forwarded or declined
	Reason      string        // required unless accepted
	ForwardedTo string        // required when forwarded: whom it was passed on to
}

// AnswerProposal answers a kiến nghị. A later answer corrects an earlier one; both stay on record.
func AnswerProposal(tx *db.Tx, by access.Actor, id db.ID, a ProposalAnswer) (Proposal, error) {
	p, err := FindProposal(tx, by, id)
	if err != nil {
		return Proposal{}, err
	}
	if err := by.May(access.AnswerProposal, p.Body); err != nil {
		return Proposal{}, err
	}
	if p.WithdrawnAt != 0 {
		return Proposal{}, fault.Conflict("Cơ quan đã rút kiến nghị này trong bản báo cáo mới hơn; không cần trả lời.")
	}
	a.Reason, a.ForwardedTo = strings.TrimSpace(fold.Clean(a.Reason)), strings.TrimSpace(fold.Clean(a.ForwardedTo))
	var wrong fault.List
	switch a.Kind {
	case ProposalAccepted:
		a.ForwardedTo = ""
	case ProposalForwarded:
		if a.ForwardedTo == "" {
			wrong.Add("forwarded_to", "Cần ghi rõ đã chuyển kiến nghị đến cơ quan nào.")
		}
	case ProposalDeclined:
		a.ForwardedTo = ""
		if a.Reason == "" {
			wrong.Add("reason", "Không tiếp thu thì cần nêu lý do để cơ quan kiến nghị biết.")
		}
	default:
		wrong.Add("kind", "Hãy chọn một trong ba cách trả lời: tiếp thu, chuyển cơ quan khác, không tiếp thu.")
	}
	if err := wrong.Err(); err != nil {
		return Proposal{}, err
	}
	if err := official.RefuseSecret(a.Reason, a.ForwardedTo); err != nil {
		return Proposal{}, err
	}
	if _, err := tx.Exec(`
insert into proposal_answer (id, proposal, n, kind, reason, forwarded_to, at, by_actor, by_name)
select ?, p.id, (select count(*) + 1 from proposal_answer e where e.proposal = p.id), ?, ?, ?, ?, ?, ?
from proposal p
where p.id = ?`, tx.NewID(), string(a.Kind), a.Reason, a.ForwardedTo, tx.Now(), by.Key(), by.Name, p.ID); err != nil {
		return Proposal{}, err
	}
	if _, err := tx.Exec("update proposal set answered = true where id = ?", p.ID); err != nil {
		return Proposal{}, err
	}
	p.Answer, p.Reason, p.ForwardedTo, p.AnsweredAt, p.AnsweredBy = string(a.Kind), a.Reason, a.ForwardedTo, tx.Now(), by.Name
	_, err = journal.Write(tx, by, "answered", journal.Subject{Kind: "proposal", ID: p.ID, Body: p.Body}, journal.Details{"kind": string(a.Kind), "reason": a.Reason, "forwarded_to": a.ForwardedTo})
	return p, err
}
