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
	"giaoban/lineage"
	"giaoban/org"
)

// AnswerDays is the office's setting with the working days it gives itself to answer a proposal.
const AnswerDays = "proposal_days"

// defaultAnswerDays is our own choice: a proposal of one month is answered before the next month's reports come.
const defaultAnswerDays = 15

// ProposalState is where a kiến nghị stands.
type ProposalState string

// The states. A forwarded proposal was passed on by a công văn and waits for those above, who are never late; a replied
// one has their answer.
const (
	ProposalOpen      ProposalState = "open"
	ProposalAccepted  ProposalState = "accepted"
	ProposalForwarded ProposalState = "forwarded"
	ProposalReplied   ProposalState = "replied"
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
		return "Đang chờ ý kiến"
	case ProposalReplied:
		return "Đã có ý kiến"
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
	AnsweredAt  db.Instant      `db:"answered_at"`
	AnsweredBy  string          `db:"answered_by"`
	Forwarded
	ProposalReply
	Follower     db.ID  `db:"follower"` // who of the commission follows it
	FollowerName string `db:"follower_name"`
	Draft        db.ID  `db:"draft"`    // the công văn that is on its way; "" when none is
	DraftTo      string `db:"draft_to"` // whom it is for
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
		label = string(r[:90])
		if i := strings.LastIndexByte(label, ' '); i > 0 && r[90] != ' ' {
			label = label[:i] // no word is cut
		}
		label += "…"
	}
	return lineage.Node{Kind: "proposal", ID: p.ID, Label: label}
}

// OnItsWay holds of a row d of proposal_forward whose công văn is drafted, and neither released nor withdrawn.
const OnItsWay = `d.paper is not null
	and not exists (select 1 from proposal_answer l where l.id = d.id)
	and not exists (select 1 from paper_withdrawal l where l.paper = d.paper)`

// The newest answer counts; an answer may be corrected by a later one. g is the forwarding that stands, f its công văn, d
// the one on its way.
const selectProposal = `
select p.id, p.submission, p.body, b.code as body_code, r.code as regime_code, r.name as regime_name, p.period, p.sector, p.n, p.place, p.text, p.at, p.due,
	p.withdrawn_at, coalesce(a.kind, '') as kind, coalesce(a.reason, '') as reason, a.at as answered_at, coalesce(a.by_name, '') as answered_by,
	coalesce(g.forwarded_to, '') as forwarded_to, g.id as forwarding, g.at as forwarded_at, f.paper as letter, coalesce(m.symbol, f.symbol, '') as letter_symbol,
	coalesce(m.date, f.day) as letter_day, coalesce(y.symbol, '') as reply_symbol, y.day as reply_day, coalesce(y.how, '') as reply_how, y.received,
	w.person as follower, coalesce(h.name, '') as follower_name, d.paper as draft, coalesce(d.addressee, '') as draft_to
from proposal p
join body b on b.id = p.body
join regime r on r.id = p.regime
left join proposal_answer a on a.proposal = p.id
	and a.id = (select l.id from proposal_answer l where l.proposal = p.id order by l.n desc limit 1)
left join proposal_reply y on y.id = a.id
left join proposal_answer g on g.id = coalesce(y.forwarded, a.id) and g.kind = 'forwarded'
left join proposal_forward f on f.id = g.id
left join paper_number m on m.paper = f.paper
left join proposal_follower w on w.proposal = p.id and w.n = (select max(l.n) from proposal_follower l where l.proposal = p.id)
left join person h on h.id = w.person
left join proposal_forward d on d.proposal = p.id and ` + OnItsWay + "\n"

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
	case ProposalAccepted, ProposalForwarded, ProposalReplied, ProposalDeclined:
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
