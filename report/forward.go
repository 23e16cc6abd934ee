package report

import (
	"errors"
	"strings"
	"unicode"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
	"giaoban/paper"
	"giaoban/people"
)

// Forwarded is the forwarding of a proposal that stands: to whom, since when and by which công văn. Zero while none does.
type Forwarded struct {
	Forwarding   db.ID         `db:"forwarding"`
	ForwardedTo  string        `db:"forwarded_to"`
	ForwardedAt  db.Instant    `db:"forwarded_at"`
	Letter       db.ID         `db:"letter"`        // the công văn; "" for one made elsewhere
	LetterSymbol string        `db:"letter_symbol"` // "" where no công văn was written down
	LetterDay    calendar.Date `db:"letter_day"`
}

// Since is the day from which those above have it: that of the release, of a công văn made elsewhere the day it bears.
func (f Forwarded) Since() calendar.Date {
	if f.Letter == "" && !f.LetterDay.IsZero() {
		return f.LetterDay
	}
	return calendar.OfInstant(f.ForwardedAt.Time())
}

// LetterName names the công văn; "" where none was written down.
func (f Forwarded) LetterName() string {
	if f.LetterSymbol == "" {
		return ""
	}
	return "công văn số " + f.LetterSymbol + " ngày " + f.LetterDay.Vietnamese()
}

// Means says by what it was forwarded: "bằng công văn số …", or that nothing was written down.
func (f Forwarded) Means() string {
	if f.LetterSymbol == "" {
		return "không ghi công văn"
	}
	return "bằng " + f.LetterName()
}

// Forwarding is what forwarding a proposal needs to know.
type Forwarding struct {
	To       string        // a body of the directory by one of its names, or any other name
	Note     string        // what the commission says of it, in the công văn and to the body that asks; may be ""
	Follower db.ID         // who of the commission follows it; "": who forwards
	Symbol   string        // of a công văn made elsewhere: 58-CV/BTGTU
	Day      calendar.Date // of a công văn made elsewhere
}

// DraftForwarding drafts the công văn that forwards a proposal. The proposal counts as forwarded when it is released.
func DraftForwarding(tx *db.Tx, by access.Actor, id db.ID, f Forwarding) (paper.Paper, error) {
	p, err := FindProposal(tx, by, id)
	if err != nil {
		return paper.Paper{}, err
	}
	if err := by.May(access.DraftPaper, p.Body); err != nil {
		return paper.Paper{}, err
	}
	f.Symbol, f.Day = "", calendar.Date{}
	to, err := p.forwarding(tx, by, &f, nil)
	if err != nil {
		return paper.Paper{}, err
	}
	r, err := FindRegime(tx, by, p.RegimeCode)
	if err != nil {
		return paper.Paper{}, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return paper.Paper{}, err
	}
	asks := names[p.Body].Name
	readers := []db.ID{p.Body}
	if to != "" {
		readers = append(readers, to)
	}
	letter, err := paper.Draft(tx, by, paper.New{Body: r.Receiver, Kind: paper.CongVan, To: readers, Origin: paper.Origin{Kind: "proposal", ID: p.ID},
		Content: official.Document{Kind: official.Letter, Subject: "chuyển kiến nghị của " + asks, Addressed: []string{f.To}, FixedTo: true,
			Body:       p.letterText(asks, names[r.Receiver].Name, f),
			Recipients: []string{"Như trên", asks + " (để biết)", "Lãnh đạo Ban"}, Filing: "Văn phòng Ban"}})
	if err != nil {
		return letter, err
	}
	if _, err := p.keepForwarding(tx, by, f, to, letter.ID); err != nil {
		return letter, err
	}
	_, err = journal.Write(tx, by, "forwarding", p.subject(), journal.Details{"to": f.To, "paper": string(letter.ID)})
	return letter, err
}

// letterText is what the công văn says: the words of the report, what the commission adds, and what is asked for.
func (p Proposal) letterText(asks, commission string, f Forwarding) []official.Block {
	body := []official.Block{official.Say("Trong báo cáo %s, %s có kiến nghị: “%s”.", p.Period.Name(), asks, strings.TrimRight(p.Text, ".;, "))}
	if f.Note != "" {
		body = append(body, official.Say("%s", f.Note))
	}
	asked := official.Say("%s chuyển %s xem xét, cho ý kiến. Ý kiến xin gửi về Ban để thông báo cho cơ quan kiến nghị.", commission, f.To)
	asked.Fixed = true
	return append(body, asked)
}

// ForwardElsewhere notes that a proposal was forwarded by a công văn which was not made in the program.
func ForwardElsewhere(tx *db.Tx, by access.Actor, id db.ID, f Forwarding) (Proposal, error) {
	p, err := FindProposal(tx, by, id)
	if err != nil {
		return Proposal{}, err
	}
	if err := by.May(access.AnswerProposal, p.Body); err != nil {
		return Proposal{}, err
	}
	f.Symbol = oneLine(f.Symbol)
	var wrong fault.List
	if !strings.ContainsFunc(f.Symbol, unicode.IsDigit) {
		wrong.Add("symbol", "Cần số, ký hiệu của công văn đã chuyển, như 58-CV/BTGTU.")
	}
	today := calendar.OfInstant(tx.Clock())
	if f.Day.IsZero() {
		wrong.Add("day", "Cần ngày của công văn đã chuyển.")
	}
	sent, err := p.sentIn(tx)
	if err != nil {
		return Proposal{}, err
	}
	for _, err := range []error{calendar.Happened("Ngày công văn", f.Day, today), calendar.NotBefore("Ngày công văn", f.Day, "ngày nhận báo cáo có kiến nghị", sent)} {
		if other := wrong.AddError("day", err); other != nil {
			return Proposal{}, other
		}
	}
	to, err := p.forwarding(tx, by, &f, wrong)
	if err != nil {
		return Proposal{}, err
	}
	forwarding, err := p.keepForwarding(tx, by, f, to, "")
	if err != nil {
		return Proposal{}, err
	}
	if err := p.forwarded(tx, by, forwarding, f); err != nil {
		return Proposal{}, err
	}
	return FindProposal(tx, by, p.ID)
}

// sentIn is the day on which the first version of the report came in, before which nobody knew what it proposes.
func (p Proposal) sentIn(tx *db.Tx) (calendar.Date, error) {
	var first struct {
		At      db.Instant    `db:"at"`
		Arrived calendar.Date `db:"arrival_date"` // of a paper that the commission entered later
	}
	err := tx.Get(&first, `
select s.at, s.arrival_date
from submission s
where s.obligation = (select n.obligation from submission n where n.id = ?)
order by s.version
limit 1`, p.Submission)
	if !first.Arrived.IsZero() {
		return first.Arrived, err
	}
	return calendar.OfInstant(first.At.Time()), err
}

// forwarding reads what was typed and gives the body it goes to, "" for one outside the directory; wrong is what the
// caller found already.
func (p Proposal) forwarding(tx *db.Tx, by access.Actor, f *Forwarding, wrong fault.List) (db.ID, error) {
	if err := p.still(); err != nil {
		return "", err
	}
	f.To, f.Note = oneLine(f.To), fold.Tidy(f.Note)
	to, err := f.receiver(tx)
	if err != nil {
		return "", err
	}
	switch {
	case f.To == "":
		wrong.Add("to", "Cần ghi chuyển kiến nghị đến cơ quan nào: UBND tỉnh, bộ, Tỉnh ủy…")
	case to.ID == p.Body:
		wrong.Add("to", "%s là cơ quan kiến nghị; hãy chuyển đến cơ quan có thẩm quyền.", f.To)
	case to.Kind == org.Commission:
		wrong.Add("to", "Ban không chuyển kiến nghị cho chính mình; hãy trả lời ở phần “Trả lời”.")
	}
	if f.Follower == "" {
		f.Follower = by.Person
	}
	if err := wrong.AddError("follower", mayFollow(tx, by, f.Follower)); err != nil {
		return "", err
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return to.ID, official.RefuseSecret(f.To, f.Note, f.Symbol)
}

// receiver is the one body that a typed name means, which is then called as the directory calls it; zero for none.
func (f *Forwarding) receiver(tx *db.Tx) (to org.Body, err error) {
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return to, err
	}
	typed, several := fold.Fold(f.To), false
	for _, b := range names {
		if fold.Fold(b.Name) == typed || fold.Fold(b.ShortName) == typed {
			several = to.ID != ""
			to = b
		}
	}
	if several {
		return org.Body{}, nil
	}
	if to.ID != "" {
		f.To = to.Name
	}
	return to, nil
}

// Followers are who may follow a forwarded proposal: those of the commission who answer proposals.
func Followers(tx *db.Tx, by access.Actor) ([]people.Serving, error) {
	if err := by.May(access.AnswerProposal, by.Body); err != nil {
		return nil, err
	}
	return followers(tx, by)
}

func followers(tx *db.Tx, by access.Actor) ([]people.Serving, error) {
	staff, err := people.Office(tx, by, calendar.OfInstant(tx.Clock()))
	var able []people.Serving
	for _, s := range staff {
		if access.AnswerProposal.Reach(s.Role) != access.None {
			able = append(able, s)
		}
	}
	return able, err
}

func mayFollow(tx *db.Tx, by access.Actor, person db.ID) error {
	able, err := followers(tx, by)
	if err != nil {
		return err
	}
	for _, s := range able {
		if s.Person == person {
			return nil
		}
	}
	return fault.Invalid("follower", "Hãy chọn người theo dõi trong số chuyên viên, lãnh đạo đang công tác ở Ban.")
}

// keepForwarding writes down what is on its way, and who follows it.
func (p Proposal) keepForwarding(tx *db.Tx, by access.Actor, f Forwarding, to, letter db.ID) (db.ID, error) {
	id := tx.NewID()
	if _, err := tx.Exec(`
insert into proposal_forward (id, proposal, n, body, addressee, note, paper, symbol, day, at, by_actor, by_name)
select ?, p.id, (select count(*) + 1 from proposal_forward e where e.proposal = p.id), ?, ?, ?, ?, ?, ?, ?, ?, ?
from proposal p
where p.id = ?`, id, to, f.To, f.Note, letter, f.Symbol, f.Day, tx.Now(), by.Key(), by.Name, p.ID); err != nil {
		return "", err
	}
	return id, p.follow(tx, by, f.Follower)
}

func (p Proposal) follow(tx *db.Tx, by access.Actor, person db.ID) error {
	if p.Follower == person {
		return nil
	}
	_, err := tx.Exec(`
insert into proposal_follower (id, proposal, n, person, at, by_actor, by_name)
select ?, p.id, (select count(*) + 1 from proposal_follower e where e.proposal = p.id), ?, ?, ?, ?
from proposal p
where p.id = ?`, tx.NewID(), person, tx.Now(), by.Key(), by.Name, p.ID)
	return err
}

// forwarded makes a forwarding the answer of the proposal: from now on it waits for those above.
func (p Proposal) forwarded(tx *db.Tx, by access.Actor, forwarding db.ID, f Forwarding) error {
	if err := p.answer(tx, by, forwarding, ProposalForwarded, f.Note, f.To); err != nil {
		return err
	}
	_, err := journal.Write(tx, by, "forwarded", p.subject(), journal.Details{"to": f.To, "symbol": f.Symbol, "day": f.Day.String()})
	return err
}

// ReleaseForwarding sends out the công văn of a proposal, which is forwarded from then on.
func ReleaseForwarding(tx *db.Tx, by access.Actor, letter paper.Paper) (paper.Paper, error) {
	p, err := FindProposal(tx, by, letter.Origin().ID)
	if err != nil {
		return letter, err
	}
	if err := by.May(access.ReleasePaper, letter.Body); err != nil {
		return letter, err
	}
	if p.WithdrawnAt != 0 {
		return letter, fault.Conflict("Cơ quan đã rút kiến nghị này trong bản báo cáo mới hơn; xin rút công văn, không phát hành nữa.")
	}
	var f struct {
		ID   db.ID  `db:"id"`
		To   string `db:"addressee"`
		Note string `db:"note"`
	}
	err = tx.Get(&f, "select id, addressee, note from proposal_forward where paper = ?", letter.ID)
	if errors.Is(err, db.None) {
		return letter, fault.Missing("Văn bản này không phải công văn chuyển một kiến nghị.")
	}
	if err != nil {
		return letter, err
	}
	if letter, err = paper.Release(tx, by, letter.ID); err != nil {
		return letter, err
	}
	if err := p.forwarded(tx, by, f.ID, Forwarding{To: f.To, Note: f.Note, Symbol: letter.Symbol, Day: letter.Date}); err != nil {
		return letter, err
	}
	return letter, lineage.Link(tx, p.Node(), letterNode(letter), "chuyển bằng")
}

func letterNode(p paper.Paper) lineage.Node {
	return lineage.Node{Kind: "paper", ID: p.ID, Label: p.Label()}
}

// AheadOfForwarding says to who releases the công văn that this forwards the proposal.
func AheadOfForwarding(_ *db.Tx, by access.Actor, letter paper.Paper) (paper.Ahead, error) {
	return paper.Ahead{Forwards: by.Can(access.ReleasePaper, letter.Body)}, nil
}

// FollowProposal names who of the commission follows a forwarded proposal from now on.
func FollowProposal(tx *db.Tx, by access.Actor, id, person db.ID) error {
	p, err := FindProposal(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.AnswerProposal, p.Body); err != nil {
		return err
	}
	if p.State() != ProposalForwarded && p.Draft == "" {
		return fault.Conflict("Chỉ kiến nghị đã chuyển, đang chờ ý kiến mới có người theo dõi.")
	}
	if err := mayFollow(tx, by, person); err != nil {
		return err
	}
	if err := p.follow(tx, by, person); err != nil {
		return err
	}
	after, err := FindProposal(tx, by, id)
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "followed", p.subject(), journal.Details{"person": after.FollowerName})
	return err
}
