package report

import (
	"encoding/json"
	"sync"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
)

// CompletenessItem is one cell of the body × period matrix.
type CompletenessItem struct {
	ID       db.ID // of the obligation
	Body     Body
	Period   calendar.Period
	State    State
	Late     bool // the newest version came after its deadline, whatever the state is now
	Accepted bool // some version counts
	Waived   bool // the commission waits no more; State still says what is missing
	Due      calendar.Date
	Scope    Scope      // which sectors the body was asked for
	At       db.Instant // when the newest version was received; 0 for none
}

// Completeness lists the cells of the newest periods opened, the oldest period first, bodies in the office's order,
// narrowed to what the actor may see.
//
// What is read is kept in memory per opening under the journal root of its last change, which every change of an opening
// writes into its row once per commit: twelve periods cost one query as long as nothing happened, and only the period
// that is being reported is read again. A packed row per opening was the alternative; at 3,300 bodies it would rewrite
// 130 kB with every commit of submissions.
func Completeness(tx *db.Tx, by access.Actor, regimeCode string, last int) ([]CompletenessItem, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	seen, err := seenOpenings(tx, by, "where regime = ? order by to_day desc limit ?", r.ID, max(last, 0))
	return gather(seen), err
}

// CompletenessOf is Completeness of periods named one by one; those never opened have no cells.
func CompletenessOf(tx *db.Tx, by access.Actor, regimeCode string, periods []calendar.Period) ([]CompletenessItem, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	in, args := db.In(periods)
	seen, err := seenOpenings(tx, by, "where regime = ? and period in "+in+" order by to_day desc", append([]any{r.ID}, args...)...)
	return gather(seen), err
}

// CompletenessJSON is Completeness as the API writes it, a JSON array of {org, period, state, due, at}: encoded once per
// change, not once per request.
func CompletenessJSON(tx *db.Tx, by access.Actor, regimeCode string, last int) ([]byte, error) {
	r, err := FindRegime(tx, by, regimeCode)
	if err != nil {
		return nil, err
	}
	seen, err := seenOpenings(tx, by, "where regime = ? order by to_day desc limit ?", r.ID, max(last, 0))
	if err != nil {
		return nil, err
	}
	size := 2
	for _, s := range seen {
		size += len(s.encoded) + 1
	}
	b := append(make([]byte, 0, size), '[')
	for _, s := range seen {
		if len(s.encoded) > 0 && len(b) > 1 {
			b = append(b, ',')
		}
		b = append(b, s.encoded...)
	}
	return append(b, ']'), nil
}

// matrix is one opening's cells, read-only once made.
type matrix struct {
	mark    string
	items   []CompletenessItem
	encoded []byte // the items as JSON, separated by commas
}

var (
	matrices     sync.Map // opening id → *matrix of everybody
	matricesKept struct {
		sync.Mutex
		order []db.ID
	}
)

// mostMatrices bounds memory: 64 openings of 3,300 bodies are about 45 MB, of 400 bodies 5 MB.
const mostMatrices = 64

func keepMatrix(opening db.ID, m *matrix) {
	_, had := matrices.Swap(opening, m)
	if had {
		return
	}
	matricesKept.Lock()
	defer matricesKept.Unlock()
	matricesKept.order = append(matricesKept.order, opening)
	if len(matricesKept.order) > mostMatrices {
		matrices.Delete(matricesKept.order[0])
		matricesKept.order = matricesKept.order[1:]
	}
}

func seenOpenings(tx *db.Tx, by access.Actor, where string, args ...any) ([]*matrix, error) {
	org := by.Sees(access.ReadReport)
	var openings []Opening
	if err := tx.Select(&openings, selectOpening+where, args...); err != nil {
		return nil, err
	}
	seen := make([]*matrix, 0, len(openings))
	for i := len(openings) - 1; i >= 0; i-- { // the newest came first
		o := openings[i]
		if org == "" && tx.ReadOnly() { // inside a write the mark is behind
			if m, ok := matrices.Load(o.ID); ok && m.(*matrix).mark == o.Mark {
				seen = append(seen, m.(*matrix))
				continue
			}
		}
		m, err := readMatrix(tx, o, org)
		if err != nil {
			return nil, err
		}
		if org == "" && tx.ReadOnly() {
			keepMatrix(o.ID, m)
		}
		seen = append(seen, m)
	}
	return seen, nil
}

func readMatrix(tx *db.Tx, o Opening, org string) (*matrix, error) {
	rows, err := tx.Rows(`
select o.id, o.body, b.code, o.due, o.drafted, o.extended, o.returned, o.owed, o.latest, o.latest_at, o.late, o.nil_report, o.accepted, o.sectors
from obligation o
join body b on b.id = o.body
where o.opening = ? and (cast(? as text) = '' or ? in (o.body, o.holder))
order by o.n`, o.ID, org, org)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	m := &matrix{mark: o.Mark}
	for rows.Next() {
		var ob Obligation
		if err := rows.Scan(&ob.ID, &ob.Body, &ob.BodyCode, &ob.Due, &ob.Drafted, &ob.Extended, &ob.Returned, &ob.Owed, &ob.Latest, &ob.At,
			&ob.Late, &ob.NoContent, &ob.Accepted, &ob.Scope); err != nil {
			return nil, err
		}
		m.items = append(m.items, CompletenessItem{ID: ob.ID, Body: Body{ob.Body, ob.BodyCode}, Period: o.Period, State: ob.State(),
			Late: ob.Late, Accepted: ob.Accepted != "", Waived: ob.Waived(), Due: ob.Due, Scope: ob.Scope, At: ob.At})
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	m.encoded = encodeItems(m.items)
	return m, nil
}

func encodeItems(items []CompletenessItem) []byte {
	b := make([]byte, 0, len(items)*112)
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		code, _ := json.Marshal(item.Body.Code) // a string always encodes
		b = append(append(b, `{"org":`...), code...)
		b = append(append(append(b, `,"period":"`...), item.Period.String()...), `","state":"`...)
		b = append(append(append(b, item.State...), `","due":"`...), item.Due.String()...)
		if item.At == 0 {
			b = append(b, `","at":null}`...)
			continue
		}
		b = append(append(append(b, `","at":"`...), item.At.RFC3339()...), `"}`...)
	}
	return b
}

func gather(seen []*matrix) []CompletenessItem {
	n := 0
	for _, m := range seen {
		n += len(m.items)
	}
	all := make([]CompletenessItem, 0, n)
	for _, m := range seen {
		all = append(all, m.items...)
	}
	return all
}
