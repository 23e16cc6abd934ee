package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

type submissionRow struct {
	ID            db.ID         `db:"id"`
	Obligation    db.ID         `db:"obligation"`
	Opening       db.ID         `db:"opening"`
	Body          db.ID         `db:"body"`
	Version       int64         `db:"version"`
	Number        int64         `db:"number"`
	At            db.Instant    `db:"at"`
	Due           calendar.Date `db:"due"`
	Late          bool          `db:"late"`
	Nil           bool          `db:"nil_report"`
	Way           string        `db:"way"`
	ByActor       string        `db:"by_actor"`
	ByName        string        `db:"by_name"`
	Figures       []byte        `db:"figures"`
	Sections      string        `db:"sections"`
	Notes         string        `db:"notes"`
	Hash          string        `db:"hash"`
	Key           any           `db:"key"`
	File          db.ID         `db:"file"`
	PaperNumber   string        `db:"paper_number"`
	PaperDate     calendar.Date `db:"paper_date"`
	Signer        string        `db:"signer"`
	ArrivalNumber string        `db:"arrival_number"`
	ArrivalDate   calendar.Date `db:"arrival_date"`
	JournalSize   int64         `db:"journal_size"`
	JournalRoot   string        `db:"journal_root"`
}

// JournalHead is where the journal stood with the submission's own line in it.
type JournalHead struct {
	Size int64  `json:"size"`
	Root string `json:"root"`
}

// Receipt is what a body keeps as proof. It never changes: it is read back from the submission's row.
type Receipt struct {
	ID      db.ID // of the submission
	Number  string
	Body    string // code
	Regime  string // code
	Period  calendar.Period
	Version int64
	At      db.Instant
	Late    bool
	Hash    string // sha256 of the canonical content, hex
	Journal JournalHead
}

func (r *submissionRow) receipt(org, regime string, period calendar.Period) Receipt {
	return Receipt{ID: r.ID, Number: receiptNumber(regime, period, r.Number), Body: org, Regime: regime, Period: period,
		Version: r.Version, At: r.At, Late: r.Late, Hash: r.Hash, Journal: JournalHead{r.JournalSize, r.JournalRoot}}
}

// receiptNumber is BN-KG-QUY-2022-Q1-0012: the running number of what was received for that regime and period.
func receiptNumber(regime string, period calendar.Period, n int64) string {
	return fmt.Sprintf("BN-%s-%s-%04d", strings.ToUpper(regime), period, n)
}

// ReceiptOf gives a submission's receipt again.
func ReceiptOf(tx *db.Tx, by access.Actor, submission db.ID) (Receipt, error) {
	org := by.Sees(access.ReadReport)
	seen, err := tx.Exists(`
select 1
from submission s
join obligation o on o.id = s.obligation
where s.id = ? and `+mayRead, submission, org, org)
	if err != nil {
		return Receipt{}, err
	}
	if !seen {
		return Receipt{}, noSubmission()
	}
	return receiptByID(tx, submission)
}

func noSubmission() error {
	return fault.Missing("Không có báo cáo này, hoặc không thuộc cơ quan của đồng chí.")
}

func receiptByID(tx *db.Tx, id db.ID) (Receipt, error) {
	var row struct {
		submissionRow
		BodyCode string          `db:"body_code"`
		Regime   string          `db:"regime_code"`
		Period   calendar.Period `db:"period"`
	}
	err := tx.Get(&row, `
select s.id, s.number, s.version, s.at, s.late, s.hash, s.journal_size, s.journal_root, b.code as body_code,
	r.code as regime_code, p.period
from submission s
join opening p on p.id = s.opening
join regime r on r.id = p.regime
join body b on b.id = s.body
where s.id = ?`, id)
	return row.receipt(row.BodyCode, row.Regime, row.Period), err
}

// Submission is one version that a body handed in.
type Submission struct {
	ID         db.ID
	Obligation db.ID
	Opening    db.ID
	RegimeID   db.ID
	Regime     string // code
	Period     calendar.Period
	Body       Body
	Version    int64
	Number     string // of the receipt
	At         db.Instant
	Due        calendar.Date // the day that was in force
	Closes     calendar.Date // the day on which the figures of the period are closed
	Late       bool
	Nil        bool
	Way        string // WayProgram, WaySigned, WayPaper, WayImport
	ByActor    string
	ByName     string
	Form       *Form
	Values     []Value // in the order of Form.Indicators, ratios computed
	Sections   []SectionText
	Notes      map[string]string
	Hash       string
	Original   Original
	Arrival    Arrival
	Latest     bool // no newer version was handed in
	Accepted   bool // this version counts now
	Returns    []Mark
	Journal    JournalHead
}

// Early reports whether this version was sent before the figures it tells were closed, which is allowed and told.
func (s Submission) Early() bool {
	if !s.Arrival.Date.IsZero() {
		return s.Arrival.Date.Before(s.Closes)
	}
	return SentEarly(s.At, s.Closes)
}

// SentEarly reports whether something was sent before the day on which the figures of its period are closed.
func SentEarly(at db.Instant, closes calendar.Date) bool {
	return at != 0 && calendar.OfInstant(at.Time()).Before(closes)
}

// Earlier gives what this version is held against, for whoever was shown it.
func (s Submission) Earlier(tx *db.Tx) (Before, error) {
	found, _, err := before(tx, s.Form, s.RegimeID, s.Body.ID, s.Period)
	return found, err
}

// Returned reports whether this version was sent back.
func (s Submission) Returned() bool { return len(s.Returns) > 0 }

type submissionSeen struct {
	submissionRow
	BodyCode string          `db:"body_code"`
	Regime   string          `db:"regime_code"`
	RegimeID db.ID           `db:"regime"`
	Period   calendar.Period `db:"period"`
	Closes   calendar.Date   `db:"to_day"`
	Form     db.ID           `db:"form"`
	Digest   string          `db:"digest"`
	Scope    Scope           `db:"sectors"`
	Latest   db.ID           `db:"latest"`
	Accepted db.ID           `db:"accepted"`
}

const selectSubmission = `
select s.id, s.obligation, s.opening, s.body, s.version, s.number, s.at, s.due, s.late, s.nil_report, s.way, s.by_actor,
	s.by_name, s.figures, s.sections, s.notes, s.hash, s.file, s.paper_number, s.paper_date, s.signer, s.arrival_number,
	s.arrival_date, s.journal_size, s.journal_root, b.code as body_code, r.code as regime_code, p.regime, p.period, p.to_day, p.form,
	f.digest, o.sectors, o.latest, o.accepted
from submission s
join obligation o on o.id = s.obligation
join opening p on p.id = s.opening
join regime r on r.id = p.regime
join regime_form f on f.id = p.form
join body b on b.id = s.body
`

// VersionName is what the office calls a version: “bản 2”.
func VersionName(n int64) string { return fmt.Sprintf("bản %d", n) }

// FindSubmission gives one version in full; Missing also for other bodies' eyes.
func FindSubmission(tx *db.Tx, by access.Actor, id db.ID) (Submission, error) {
	org := by.Sees(access.ReadReport)
	var row submissionSeen
	err := tx.Get(&row, selectSubmission+"where s.id = ? and "+mayRead, id, org, org)
	if errors.Is(err, db.None) {
		return Submission{}, noSubmission()
	}
	if err != nil {
		return Submission{}, err
	}
	all, err := openAll(tx, []submissionSeen{row})
	if err != nil {
		return Submission{}, err
	}
	return all[0], nil
}

// SubmissionsAmong gives those of some versions that the actor may read.
func SubmissionsAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]db.ID, error) {
	org := by.Sees(access.ReadReport)
	return db.Among[db.ID](tx, ids, "select s.id from submission s join obligation o on o.id = s.obligation where "+mayRead+" and s.id in ", org, org)
}

// Submissions lists every version handed in for a period, by body and version, narrowed to what the actor may see.
func Submissions(tx *db.Tx, by access.Actor, regimeCode string, period calendar.Period) ([]Submission, error) {
	o, err := FindOpening(tx, by, regimeCode, period)
	if err != nil {
		return nil, err
	}
	org := by.Sees(access.ReadReport)
	return submissionsWhere(tx, "where o.opening = ? and "+mayRead+" order by b.sort, b.code, s.version", o.ID, org, org)
}

// History lists the versions handed in for one obligation, the newest first.
func History(tx *db.Tx, by access.Actor, obligation db.ID) ([]Submission, error) {
	org := by.Sees(access.ReadReport)
	return submissionsWhere(tx, "where s.obligation = ? and "+mayRead+" order by s.version desc", obligation, org, org)
}

func submissionsWhere(tx *db.Tx, where string, args ...any) ([]Submission, error) {
	var rows []submissionSeen
	if err := tx.Select(&rows, selectSubmission+where, args...); err != nil {
		return nil, err
	}
	return openAll(tx, rows)
}

// openAll reads what the rows hold, and what was sent back of them in one query.
func openAll(tx *db.Tx, rows []submissionSeen) ([]Submission, error) {
	ids := make([]db.ID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	marks, err := marksOf(tx, ids)
	if err != nil {
		return nil, err
	}
	all := make([]Submission, 0, len(rows))
	for i := range rows {
		s, err := rows[i].open(tx)
		if err != nil {
			return nil, err
		}
		s.Returns = marks[s.ID]
		all = append(all, s)
	}
	return all, nil
}

func (row *submissionSeen) open(tx *db.Tx) (Submission, error) {
	s := Submission{ID: row.ID, Obligation: row.Obligation, Opening: row.Opening, RegimeID: row.RegimeID, Regime: row.Regime,
		Period: row.Period, Body: Body{row.Body, row.BodyCode}, Version: row.Version,
		Number: receiptNumber(row.Regime, row.Period, row.Number), At: row.At, Due: row.Due, Closes: row.Closes, Late: row.Late, Nil: row.Nil,
		Way: row.Way, ByActor: row.ByActor, ByName: row.ByName, Hash: row.Hash,
		Original: Original{row.File, row.PaperNumber, row.PaperDate, row.Signer},
		Arrival:  Arrival{row.ArrivalNumber, row.ArrivalDate}, Latest: row.Latest == row.ID, Accepted: row.Accepted == row.ID,
		Journal: JournalHead{row.JournalSize, row.JournalRoot}}
	f, err := cachedForm(tx, row.Form, row.Digest)
	if err != nil {
		return s, err
	}
	s.Form = f.For(row.Scope)
	typed, err := unpackValues(nil, row.Figures)
	if err != nil {
		return s, fmt.Errorf("báo cáo %s: %w", row.ID, err)
	}
	s.Values = f.all(typed)
	if err := json.Unmarshal([]byte(row.Sections), &s.Sections); err != nil {
		return s, fmt.Errorf("báo cáo %s: %w", row.ID, err)
	}
	if row.Notes != "" {
		if err := json.Unmarshal([]byte(row.Notes), &s.Notes); err != nil {
			return s, fmt.Errorf("báo cáo %s: %w", row.ID, err)
		}
	}
	return s, nil
}

// formByID gives an opening's form without asking who reads: it is part of a change already permitted.
func formByID(tx *db.Tx, id db.ID) (*Form, error) {
	var digest string
	if err := tx.Get(&digest, "select digest from regime_form where id = ?", id); err != nil {
		return nil, err
	}
	return cachedForm(tx, id, digest)
}

func readSections(text string) ([]SectionText, error) {
	var sections []SectionText
	err := json.Unmarshal([]byte(text), &sections)
	return sections, err
}
