package programme

import (
	"slices"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/official"
	"giaoban/org"
	"giaoban/people"
)

// Party is a body that agreed, as it was then, and how it signed.
type Party struct {
	Body      db.ID         `db:"body"`
	N         int           `db:"n"` // 0: the commission
	ValidFrom calendar.Date `db:"valid_from"`
	ValidTo   calendar.Date `db:"valid_to"` // the last day; zero: to the end
	Basis     string        `db:"basis"`
	Signer    string        `db:"signer"`
	Title     string        `db:"title"`
	SignedOn  calendar.Date `db:"signed_on"` // zero: not yet
	File      db.ID         `db:"file"`
	NotedAt   db.Instant    `db:"noted_at"`
	NotedBy   string        `db:"noted_by"`
}

// Parties lists who agreed, the commission first.
func Parties(tx *db.Tx, by access.Actor, id db.ID) (all []Party, err error) {
	if _, err = Find(tx, by, id); err != nil {
		return nil, err
	}
	return partiesOf(tx, id)
}

func partiesOf(tx *db.Tx, id db.ID) ([]Party, error) {
	all, err := partiesIn(tx, []db.ID{id})
	return all[id], err
}

// PartiesAmong is Parties for many programmes at once, of those that the actor may see.
func PartiesAmong(tx *db.Tx, by access.Actor, ids []db.ID) (map[db.ID][]Party, error) {
	seen, err := Among(tx, by, ids)
	if err != nil || len(seen) == 0 {
		return nil, err
	}
	ids = nil
	for _, p := range seen {
		ids = append(ids, p.ID)
	}
	return partiesIn(tx, ids)
}

func partiesIn(tx *db.Tx, ids []db.ID) (map[db.ID][]Party, error) {
	var rows []struct {
		Programme db.ID `db:"programme"`
		Party
	}
	in, args := db.Padded(ids)
	err := tx.Select(&rows, `
select programme, body, n, valid_from, valid_to, basis, signer, title, signed_on, file, noted_at, noted_by
from programme_party
where programme in `+in+`
order by programme, n, body`, args...)
	all := make(map[db.ID][]Party, len(ids))
	for _, r := range rows {
		all[r.Programme] = append(all[r.Programme], r.Party)
	}
	return all, err
}

func (p Programme) insertParty(tx *db.Tx, n int, body db.ID, from calendar.Date, basis string) error {
	_, err := tx.Exec(`
insert into programme_party (programme, body, n, valid_from, valid_to, basis, signer, title, signed_on, file, noted_at, noted_by)
values (?, ?, ?, ?, null, ?, '', '', null, null, null, '')`, p.ID, body, n, from, basis)
	return err
}

// Stand is who stands in a party's place for the work of some lines, and since when.
type Stand struct {
	Body  db.ID
	Since calendar.Date
	Basis string
	Lines int // of those that the party leads or works with
}

// Stands tells, for every party that is no more or gave functions away, who stands in its place on a day: by the function that
// each of its lines is about. A party that still does all of it is left out.
func Stands(tx *db.Tx, by access.Actor, parties []Party, lines []Line, on calendar.Date) (map[db.ID][]Stand, error) {
	descent, err := org.DescentTo(tx, by, on)
	if err != nil {
		return nil, err
	}
	stands := make(map[db.ID][]Stand)
	for _, party := range parties {
		heirs := make(map[db.ID]int)
		for _, l := range lines {
			if !slices.Contains(l.Bodies(), party.Body) {
				continue
			}
			functions := descent.FunctionsOf(l.Sector, l.SectorName())
			for _, heir := range descent.HeirsFor(party.Body, l.Words, functions...) {
				heirs[heir]++
			}
		}
		if len(heirs) == 0 {
			for _, heir := range descent.Heirs(party.Body) {
				heirs[heir] = 0
			}
		}
		if _, only := heirs[party.Body]; only && len(heirs) == 1 {
			continue
		}
		changes, err := org.ChangesOf(tx, by, party.Body)
		if err != nil {
			return nil, err
		}
		for heir, n := range heirs {
			s := Stand{Body: heir, Lines: n}
			if heir != party.Body {
				for _, c := range changes {
					if c.UndoneAt == 0 && !c.Day.After(on) && c.Day.After(party.ValidFrom) {
						s.Since, s.Basis = c.Day, c.Basis
					}
				}
			}
			stands[party.Body] = append(stands[party.Body], s)
		}
		slices.SortFunc(stands[party.Body], func(a, b Stand) int {
			if a.Lines != b.Lines {
				return b.Lines - a.Lines
			}
			return compareID(a.Body, b.Body)
		})
	}
	return stands, nil
}

func compareID(a, b db.ID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Signed is one party's signature as it stands on its copy.
type Signed struct {
	Body          db.ID
	Signer, Title string
	File          db.ID
}

// NoteSignatures notes that parties signed on a day, with signer and title as they stand on the paper; the signed copy of each may
// be attached then or later. Signing again corrects what was noted; the journal keeps what stood before.
func NoteSignatures(tx *db.Tx, by access.Actor, id db.ID, on calendar.Date, symbol string, signed []Signed) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	parties, err := partiesOf(tx, p.ID)
	if err != nil {
		return err
	}
	names, err := org.Names(tx, on)
	if err != nil {
		return err
	}
	var wrong fault.List
	if on.IsZero() {
		wrong.Add("signed_on", "Cần ngày ký.")
	} else {
		wrong.AddError("signed_on", calendar.Happened("Ngày ký", on, day(tx)))
	}
	symbol = fold.Tidy(symbol)
	if len(symbol) > 80 {
		wrong.Add("symbol", "Số, ký hiệu dài quá 80 chữ.")
	}
	if len(signed) == 0 {
		wrong.Add("signed_on", "Hãy chọn ít nhất một cơ quan đã ký.")
	}
	for i := range signed {
		s := &signed[i]
		s.Signer, s.Title = fold.Tidy(s.Signer), fold.Tidy(s.Title)
		at := slices.IndexFunc(parties, func(party Party) bool { return party.Body == s.Body })
		if at < 0 {
			wrong.Add("signed_on", "Một cơ quan được ghi đã ký không tham gia %s này.", fold.Uncapital(p.Kind.Name()))
			continue
		}
		if s.Signer == "" || s.Title == "" || len(s.Signer) > 100 || len(s.Title) > 200 {
			wrong.Add("signer-"+string(s.Body), "%s: cần họ tên và chức vụ người ký như trên văn bản.", names[s.Body].Name)
		}
		if err := official.RefuseSecret(s.Signer, s.Title, symbol); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	for _, s := range signed {
		if _, err := tx.Exec(`
update programme_party
set signer = ?, title = ?, signed_on = ?, noted_at = ?, noted_by = ?, file = coalesce(?, file)
where programme = ? and body = ?`, s.Signer, s.Title, on, tx.Now(), by.Name, s.File, p.ID, s.Body); err != nil {
			return err
		}
		if s.File != "" {
			if err := library.Attach(tx, by, s.File, "programme", p.ID, p.Body, "Bản ký của "+names[s.Body].Name); err != nil {
				return err
			}
		}
		if _, err := journal.Write(tx, by, "party_signed", p.about(), journal.Details{"body": names[s.Body].Name, "signer": s.Signer, "on": on.String()}); err != nil {
			return err
		}
	}
	if symbol != "" && symbol != p.Symbol {
		if _, err := tx.Exec("update programme set symbol = ? where id = ?", symbol, p.ID); err != nil {
			return err
		}
	}
	_, err = tx.Exec("update programme set version = version + 1 where id = ?", p.ID)
	return err
}

// Expected proposes who signs for every party today: who leads the body, by post.
func Expected(tx *db.Tx, by access.Actor, parties []Party) (map[db.ID]Signed, error) {
	if err := by.May(access.KeepProgramme, by.Body); err != nil {
		return nil, err
	}
	var bodies []db.ID
	for _, party := range parties {
		bodies = append(bodies, party.Body)
	}
	serving, err := people.ServingAt(tx, by, bodies, day(tx))
	if err != nil {
		return nil, err
	}
	expected := make(map[db.ID]Signed)
	for _, one := range serving {
		leads := one.Role == access.AgencyLeader || one.Role == access.CommissionLeader
		if known, ok := expected[one.Body]; leads && (!ok || people.LeadingTitle(one.Title) && !people.LeadingTitle(known.Title)) {
			expected[one.Body] = Signed{Body: one.Body, Signer: one.Name, Title: one.Title}
		}
	}
	return expected, nil
}

// Join adds a party that came later, by the paper that says so.
func Join(tx *db.Tx, by access.Actor, id, body db.ID, from calendar.Date, basis string) error {
	return changeParty(tx, by, id, body, from, basis, "party_joined")
}

// Leave ends a party's part after a day.
func Leave(tx *db.Tx, by access.Actor, id, body db.ID, last calendar.Date, basis string) error {
	return changeParty(tx, by, id, body, last, basis, "party_left")
}

func changeParty(tx *db.Tx, by access.Actor, id, body db.ID, on calendar.Date, basis, verb string) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	parties, err := partiesOf(tx, p.ID)
	if err != nil {
		return err
	}
	names, err := org.Names(tx, on)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(parties, func(party Party) bool { return party.Body == body })
	basis = fold.Tidy(basis)
	var wrong fault.List
	if on.IsZero() || on.Before(p.From) {
		wrong.Add("on", "Cần ngày, từ %s trở đi.", p.From.Vietnamese())
	}
	if basis == "" || len(basis) > 1000 {
		wrong.Add("basis", "Cần văn bản làm căn cứ.")
	}
	switch {
	case verb == "party_joined" && at >= 0:
		wrong.Add("body", "%s đã tham gia.", names[body].Name)
	case verb == "party_joined" && names[body].ID == "":
		wrong.Add("body", "Hãy chọn một cơ quan trong danh bạ.")
	case verb == "party_left" && (at <= 0 || !parties[at].ValidTo.IsZero()):
		wrong.Add("body", "Cơ quan này không còn tham gia, hoặc là Ban.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(basis); err != nil {
		return err
	}
	if verb == "party_joined" {
		err = p.insertParty(tx, len(parties), body, on, basis)
	} else {
		_, err = tx.Exec("update programme_party set valid_to = ?, basis = ? where programme = ? and body = ?", on, basis, p.ID, body)
	}
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, verb, p.about(), journal.Details{"body": names[body].Name, "on": on.String(), "basis": basis})
	return err
}
