package appraisal

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/org"
)

// UnseenKind is what was done about a document of which no file was seen.
type UnseenKind string

// The kinds. Nothing is told of an agency before it was asked, and only the leader decides that it is.
const (
	UnseenAsked    UnseenKind = "asked"
	UnseenAnswered UnseenKind = "answered"
	UnseenFound    UnseenKind = "found"
	UnseenTold     UnseenKind = "told"
	UnseenUntold   UnseenKind = "untold"
)

// Name says where it stands.
func (k UnseenKind) Name() string {
	return map[UnseenKind]string{"": "Chưa hỏi cơ quan", UnseenAsked: "Đã hỏi cơ quan", UnseenAnswered: "Cơ quan đã trả lời", UnseenFound: "Đã thấy hồ sơ",
		UnseenTold: "Nêu: chưa thấy hồ sơ thẩm định", UnseenUntold: "Không nêu"}[k]
}

// UnseenFact is one step about such a document.
type UnseenFact struct {
	Directive db.ID      `db:"directive"`
	Seq       int        `db:"seq"`
	Kind      UnseenKind `db:"kind"`
	Body      db.ID      `db:"org"` // who is asked
	Appraisal db.ID      `db:"appraisal"`
	Note      string     `db:"note"`
	At        db.Instant `db:"at"`
	ByActor   string     `db:"by_actor"`
	By        string     `db:"by_name"`
}

// Unseen is a document that falls under a rule, was registered as issued, and of which no appraisal is known.
type Unseen struct {
	Document directive.Directive
	Rule     Rule
	Kind     UnseenKind // the last step; "" while nothing was done
	Body     db.ID      // who was asked
	Facts    []UnseenFact
	May      []Appraisal // that may be its file
}

// addresseeOf tells by its symbol and issuer who issued a document of the province; "" for others.
func addresseeOf(d directive.Directive) Addressee {
	_, issuer, _ := strings.Cut(strings.ToUpper(d.Symbol), "-")
	words := " " + fold.Fold(d.Issuer) + " "
	switch {
	case strings.HasSuffix(d.Symbol, "/TU") || strings.Contains(words, " tinh uy ") || strings.Contains(words, " thanh uy "):
		return ToParty
	case strings.Contains(issuer+d.Symbol, "UBND") || strings.Contains(issuer+d.Symbol, "HĐND") || strings.Contains(words, "uy ban nhan dan tinh") || strings.Contains(words, "hoi dong nhan dan tinh"):
		return ToGovernment
	}
	return ""
}

// UnseenDocuments lists them, the latest first: to the commission all, to an agency those it was asked about.
func UnseenDocuments(tx *db.Tx, by access.Actor) ([]Unseen, error) {
	if err := by.May(access.ReadAppraisal, by.Body); err != nil {
		return nil, err
	}
	all, err := rules(tx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	steps, err := unseenFacts(tx)
	if err != nil {
		return nil, err
	}
	ended, err := read(tx, by, "exists (select 1 from appraisal_fact f where f.appraisal = a.id and f.kind in ('concluded', 'closed'))", "order by a.id")
	if err != nil {
		return nil, err
	}
	var found []Unseen
	for after := db.ID(""); ; {
		page, err := directive.Entries(tx, by, directive.Province, after)
		if err != nil || len(page) == 0 {
			slices.Reverse(found)
			return found, err
		}
		for _, d := range page {
			after = d.ID
			if u, ok := unseen(d, all, steps[d.ID], ended); ok && (by.OfCommission() || u.Body == by.Body) {
				found = append(found, u)
			}
		}
	}
}

func unseen(d directive.Directive, all []Rule, steps []UnseenFact, ended []Appraisal) (u Unseen, ok bool) {
	u = Unseen{Document: d, Facts: steps}
	to := addresseeOf(d)
	if to == "" || d.Date.IsZero() {
		return u, false
	}
	sectors := append([]string{""}, d.Sectors.Codes()...)
	for _, r := range all {
		for _, s := range sectors {
			if r.Covers(d.Type, to, s, d.Date) && (u.Rule.ID == "" || r.narrow() > u.Rule.narrow()) {
				u.Rule = r
			}
		}
	}
	for _, f := range steps {
		if u.Kind = f.Kind; f.Kind == UnseenAsked {
			u.Body = f.Body
		}
	}
	if u.Rule.ID == "" || u.Kind == UnseenFound {
		return u, false
	}
	for _, a := range ended {
		if a.Addressee == to && fold.Fold(a.Form) == fold.Fold(d.Type) && !calendar.OfInstant(a.At.Time()).After(d.Date) {
			u.May = append(u.May, a)
		}
	}
	return u, true
}

func unseenFacts(tx *db.Tx) (map[db.ID][]UnseenFact, error) {
	var rows []UnseenFact
	err := tx.Select(&rows, "select directive, seq, kind, org, appraisal, note, at, by_actor, by_name\nfrom appraisal_unseen\norder by directive, seq")
	all := make(map[db.ID][]UnseenFact)
	for _, f := range rows {
		all[f.Directive] = append(all[f.Directive], f)
	}
	return all, err
}

// findUnseen gives one such document, if the actor may read it.
func findUnseen(tx *db.Tx, by access.Actor, id db.ID) (Unseen, error) {
	all, err := UnseenDocuments(tx, by)
	at := slices.IndexFunc(all, func(u Unseen) bool { return u.Document.ID == id })
	if err == nil && at < 0 {
		err = fault.Missing("Văn bản này không thuộc danh sách chưa thấy hồ sơ thẩm định.")
	}
	if err != nil {
		return Unseen{}, err
	}
	return all[at], nil
}

func (u Unseen) happened(tx *db.Tx, by access.Actor, f UnseenFact, details journal.Details) error {
	f.Directive, f.Seq, f.At, f.ByActor, f.By = u.Document.ID, len(u.Facts)+1, tx.Now(), by.Key(), by.Name
	f.Note = fold.Tidy(f.Note)
	if len(f.Note) > mostText {
		return fault.Invalid("note", "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	if err := official.RefuseSecret(f.Note); err != nil {
		return err
	}
	if err := tx.Insert("appraisal_unseen", f); err != nil {
		return err
	}
	details["document"] = u.Document.Label()
	body := u.Body
	if f.Body != "" {
		body = f.Body
	}
	_, err := journal.Write(tx, by, "unseen_"+string(f.Kind), journal.Subject{Kind: "appraisal_unseen", ID: u.Document.ID, Body: body}, details)
	return err
}

// AskUnseen asks an agency whether and where the draft of a document was appraised.
func AskUnseen(tx *db.Tx, by access.Actor, id, body db.ID) error {
	if err := by.May(access.ConductAppraisal, by.Body); err != nil {
		return err
	}
	u, err := findUnseen(tx, by, id)
	if err != nil {
		return err
	}
	if u.Kind != "" && u.Kind != UnseenAsked {
		return fault.Conflict("Việc hỏi văn bản này đã xong: %s.", fold.Uncapital(u.Kind.Name()))
	}
	b, err := org.Find(tx, by, body, calendar.OfInstant(tx.Clock()))
	if err != nil || b.Kind.Own() || b.Kind == org.Authority {
		return fault.Invalid("body", "Xin chọn cơ quan đã soạn thảo văn bản.")
	}
	return u.happened(tx, by, UnseenFact{Kind: UnseenAsked, Body: b.ID}, journal.Details{"body": b.Name})
}

// AnswerUnseen is what the agency says to it.
func AnswerUnseen(tx *db.Tx, by access.Actor, id db.ID, note string) error {
	u, err := findUnseen(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.SubmitDraft, u.Body); err != nil {
		return err
	}
	if by.OfCommission() || u.Kind != UnseenAsked && u.Kind != UnseenAnswered {
		return fault.Conflict("Văn bản này không chờ cơ quan trả lời.")
	}
	if strings.TrimSpace(note) == "" {
		return fault.Invalid("note", "Cần ghi dự thảo đã được thẩm định ở đâu, hoặc vì sao chưa gửi.")
	}
	return u.happened(tx, by, UnseenFact{Kind: UnseenAnswered, Note: note}, journal.Details{"note": fold.Tidy(note)})
}

// FindFile says that an appraisal which is there is the file of the document.
func FindFile(tx *db.Tx, by access.Actor, id, found db.ID) error {
	if err := by.May(access.ConductAppraisal, by.Body); err != nil {
		return err
	}
	u, err := findUnseen(tx, by, id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(u.May, func(a Appraisal) bool { return a.ID == found })
	if at < 0 {
		return fault.Invalid("appraisal", "Xin chọn hồ sơ thẩm định trong danh sách.")
	}
	return u.happened(tx, by, UnseenFact{Kind: UnseenFound, Appraisal: found}, journal.Details{"appraisal": u.May[at].Label()})
}

// DecideUnseen is the leader's word whether it is told in the table that no file was seen. The agency was asked before.
func DecideUnseen(tx *db.Tx, by access.Actor, id db.ID, tell bool, note string) error {
	if err := by.May(access.DecideUnseen, by.Body); err != nil {
		return err
	}
	u, err := findUnseen(tx, by, id)
	if err != nil {
		return err
	}
	if u.Kind == "" {
		return fault.Conflict("Chưa hỏi cơ quan soạn thảo văn bản này; hỏi trước, quyết định sau.")
	}
	kind := UnseenUntold
	if tell {
		kind = UnseenTold
	}
	return u.happened(tx, by, UnseenFact{Kind: kind, Note: note}, journal.Details{"note": fold.Tidy(note)})
}
