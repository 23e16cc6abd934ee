package directive

import (
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/lineage"
	"giaoban/official"
	"giaoban/org"
)

// Record enters a document. When the register already has it, or one that may well be the same, the refusal is a
// conflict that names it; a person who knows better says Distinct. Whoever records a document lets its reviews follow:
// review.Follow.
func Record(tx *db.Tx, by access.Actor, n New) (Directive, error) {
	commission, err := org.TheCommission(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return Directive{}, err
	}
	if err := by.May(access.RecordDirective, commission.ID); err != nil {
		return Directive{}, err
	}
	d := Directive{ID: tx.NewID(), Body: commission.ID, Version: 1, MadeAt: tx.Now(), MadeBy: by.Name}
	row, err := d.take(tx, &n)
	if err != nil {
		return Directive{}, err
	}
	if err := row.unique(tx, n.Distinct); err != nil {
		return Directive{}, err
	}
	if err := tx.Insert("directive", row); err != nil {
		return Directive{}, err
	}
	if err := row.keep(tx, by, n); err != nil {
		return Directive{}, err
	}
	if n.Source.Kind != "" {
		if err := lineage.Link(tx, n.Source, row.Node(), "đọc từ"); err != nil {
			return Directive{}, err
		}
	}
	if n.Parent != "" {
		if err := carryOut(tx, by, row.Directive, n.Parent); err != nil {
			return Directive{}, err
		}
	}
	if _, err := journal.Write(tx, by, "recorded", row.About(), journal.Details{"label": row.Label(), "issuer": row.Issuer, "arrived": row.ArrivedNo}); err != nil {
		return Directive{}, err
	}
	if err := row.reread(tx, by, n.Text); err != nil {
		return Directive{}, err
	}
	return row.Directive, settle(tx, by, row.keys())
}

// Revise corrects an entry; version is the one that was read. The journal keeps what stood there before. No
// Text, no File and nil Goals leave the kept ones; Parent and Source are not looked at. Reviews follow as after Record.
func Revise(tx *db.Tx, by access.Actor, id db.ID, version int64, n New) (Directive, error) {
	old, err := Find(tx, by, id)
	if err != nil {
		return old, err
	}
	if err := by.May(access.RecordDirective, old.Body); err != nil {
		return old, err
	}
	if old.Version != version {
		return old, fault.Stale("Văn bản này vừa được người khác sửa (bản %d). Xin xem lại rồi sửa tiếp.", old.Version)
	}
	d := Directive{ID: old.ID, Body: old.Body, Version: old.Version + 1, MadeAt: old.MadeAt, MadeBy: old.MadeBy, ReplacedOn: old.ReplacedOn}
	if n.File == "" {
		n.File = old.File
	}
	row, err := d.take(tx, &n)
	if err != nil {
		return old, err
	}
	if err := row.unique(tx, n.Distinct); err != nil {
		return old, err
	}
	if _, err := tx.Exec(`
update directive
set level = ?, type = ?, number = ?, symbol = ?, symbol_key = ?, short_key = ?, number_key = ?, name_key = ?, date = ?, term = ?, issuer = ?,
	issuer_key = ?, issuer_body = ?, province = ?, subject = ?, sectors = ?, arrived_no = ?, arrived_on = ?, valid_from = ?,
	valid_to = ?, file = ?, sort_day = ?, folded = ?, identity = ?, version = ?
where id = ?`,
		string(row.Level), row.Type, row.Number, row.Symbol, row.SymbolKey, row.ShortKey, row.NumberKey, row.NameKey, row.Date, row.Term, row.Issuer,
		row.IssuerKey, row.IssuerBody, row.Province, row.Subject, string(row.Sectors), row.ArrivedNo, row.ArrivedOn, row.ValidFrom,
		row.ValidTo, row.File, row.SortDay, row.Folded, row.Identity, row.Version, row.ID); err != nil {
		return old, err
	}
	if err := row.keep(tx, by, n); err != nil {
		return old, err
	}
	if _, err := journal.Write(tx, by, "revised", row.About(), changed(old, row.Directive)); err != nil {
		return old, err
	}
	if err := row.reread(tx, by, n.Text); err != nil {
		return old, err
	}
	before := entry{Directive: old}
	before.derive()
	return row.Directive, settle(tx, by, append(before.keys(), row.keys()...))
}

// entry is a document with the columns that follow from it.
type entry struct {
	Directive
	SymbolKey string `db:"symbol_key"`
	ShortKey  string `db:"short_key"`
	NumberKey string `db:"number_key"`
	NameKey   string `db:"name_key"`
	IssuerKey string `db:"issuer_key"`
	SortDay   string `db:"sort_day"`
	Folded    string `db:"folded"`
	Identity  string `db:"identity"`
}

// mostText bounds what is typed into one field.
const mostText = 4000

// take puts what was typed into the document, in one spelling, and says everything that is wrong with it at once.
func (d Directive) take(tx *db.Tx, n *New) (entry, error) {
	for _, s := range []*string{&n.Type, &n.Number, &n.Symbol, &n.Term, &n.Issuer, &n.Province, &n.Subject, &n.ArrivedNo} {
		*s = strings.Join(strings.Fields(fold.Clean(*s)), " ")
	}
	n.Text = fold.Clean(n.Text)
	if err := official.RefuseSecret(n.Type, n.Symbol, n.Issuer, n.Subject, n.ArrivedNo, n.Text); err != nil {
		return entry{}, err
	}
	var wrong fault.List
	if n.Type == "" {
		wrong.Add("type", "Cần ghi loại văn bản, ví dụ “Chỉ thị”.")
	}
	if n.Symbol == "" && n.Subject == "" {
		wrong.Add("symbol", "Cần ghi số, ký hiệu; văn bản không có số thì ghi trích yếu, ví dụ “Nghị quyết Đại hội đại biểu Đảng bộ tỉnh”.")
	}
	if n.Symbol != "" && numberOf(n.Symbol) == "" {
		wrong.Add("symbol", "Số, ký hiệu “%s” chưa có số; hãy ghi đủ như 20-CT/TW.", n.Symbol)
	}
	if n.Symbol == "" && n.Issuer == "" {
		wrong.Add("issuer", "Văn bản không có số thì cần ghi cơ quan ban hành.")
	}
	for field, value := range map[string]string{"type": n.Type, "symbol": n.Symbol, "term": n.Term, "issuer": n.Issuer, "subject": n.Subject, "arrived_no": n.ArrivedNo} {
		if len(value) > mostText {
			wrong.Add(field, "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
		}
	}
	today := calendar.OfInstant(tx.Clock())
	wrong.AddError("date", calendar.Happened("Ngày văn bản", n.Date, today))
	wrong.AddError("arrived_on", calendar.Happened("Ngày đến", n.ArrivedOn, today))
	wrong.AddError("arrived_on", calendar.NotBefore("Ngày đến", n.ArrivedOn, "ngày văn bản", n.Date))
	if !n.ValidTo.IsZero() && (n.ValidTo.Before(n.ValidFrom) || n.ValidTo.Before(n.Date)) {
		wrong.Add("valid_to", "Ngày hết hiệu lực (%s) phải sau ngày bắt đầu.", n.ValidTo.Vietnamese())
	}
	if n.Level != "" && !n.Level.Known() {
		wrong.Add("level", "Không có cấp ban hành “%s”.", string(n.Level))
	}
	n.Sectors.check(&wrong)
	for i := range n.Goals {
		n.Goals[i].check(&wrong, i+1)
	}
	if err := wrong.Err(); err != nil {
		return entry{}, err
	}
	d.Level, d.Type, d.Number, d.Symbol, d.Date, d.Term = n.Level, n.Type, n.Number, spelled(n.Symbol), n.Date, strings.ToUpper(n.Term)
	d.Issuer, d.IssuerBody, d.Province, d.Subject = n.Issuer, n.IssuerBody, n.Province, n.Subject
	d.Sectors, d.ArrivedNo, d.ArrivedOn, d.ValidFrom, d.ValidTo, d.File = n.Sectors, n.ArrivedNo, n.ArrivedOn, n.ValidFrom, n.ValidTo, n.File
	if err := d.complete(tx); err != nil {
		return entry{}, err
	}
	e := entry{Directive: d}
	e.derive()
	return e, nil
}

// complete fills in what follows: the number from the symbol, the level, the issuing body, the own province.
func (d *Directive) complete(tx *db.Tx) error {
	if d.Number == "" {
		d.Number = numberOf(d.Symbol)
	}
	key, named := issuer(d.Issuer)
	if d.Level == "" {
		d.Level = levelOf(d.Symbol, key)
	}
	day := d.Date
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	if d.IssuerBody == "" && d.Issuer != "" {
		var err error
		if d.IssuerBody, err = issuingBody(tx, d.Issuer, d.Level, day); err != nil {
			return err
		}
	}
	switch {
	case d.Level == Central:
		d.Province = ""
	case d.Province == "":
		own, err := org.Setting(tx, org.Province)
		if err != nil {
			return err
		}
		d.Province = own
		if named != "" && named != provinceKey(own) {
			d.Province = afterFold(d.Issuer, named)
		}
	}
	return nil
}

// afterFold gives the end of written whose folded form is folded: the province as it was written in the issuer.
func afterFold(written, folded string) string {
	words := strings.Fields(written)
	for i := range words {
		if tail := strings.Join(words[i:], " "); fold.Fold(tail) == folded {
			return tail
		}
	}
	return folded
}

// issuingBody is the body that an issuer's spelling means on a day, where there is exactly one: an authority outside the
// block for what comes from above, a body of the block otherwise.
func issuingBody(tx *db.Tx, written string, level Level, day calendar.Date) (db.ID, error) {
	system := access.System("tìm cơ quan ban hành")
	matchers := []func(*db.Tx, access.Actor) (func(string, calendar.Date) (string, bool), error){org.Matcher, org.IssuerMatcher}
	if level == Central {
		matchers = matchers[1:]
	}
	for _, load := range matchers {
		match, err := load(tx, system)
		if err != nil {
			return "", err
		}
		if code, ok := match(written, day); ok {
			body, err := org.ByCode(tx, system, code, day)
			return body.ID, err
		}
	}
	return "", nil
}

// derive computes the columns by which a document is found and told from others.
func (e *entry) derive() {
	key, _ := issuer(e.Issuer)
	e.IssuerKey = key
	e.SymbolKey, e.ShortKey, e.NumberKey = symbolKey(e.Symbol), shortKey(e.Symbol), numberKey(e.Number, e.Type)
	if e.Symbol == "" {
		e.NameKey = nameKey(e.Type, e.Subject)
	} else if fold.Fold(e.Type) == "luat" || fold.Fold(e.Type) == "bo luat" || fold.Fold(e.Type) == "phap lenh" {
		e.NameKey = nameKey(e.Type, e.Subject) // laws are cited by their name
	}
	if !e.Date.IsZero() {
		e.SortDay = e.Date.String()
	}
	e.Folded = strings.Join([]string{fold.Fold(e.Type + " " + e.Symbol), fold.Fold(e.Symbol), fold.Fold(e.Subject), fold.Fold(e.Issuer), fold.Fold(e.ArrivedNo)}, "\n")
	when := e.SortDay
	if when == "" && e.Term != "" {
		when = "khóa " + e.Term
	}
	name := e.SymbolKey
	if name == "" {
		name = fold.Fold(e.Subject)
	}
	e.Identity = strings.Join([]string{key, provinceKey(e.Province), fold.Fold(e.Type), name, when}, "|")
}

func (e *entry) keys() []lookup {
	return []lookup{{e.SymbolKey, e.ShortKey, e.NameKey}, {short: e.NumberKey}}
}

// keep writes what lies in other tables: sectors, goals, words and the file.
func (e *entry) keep(tx *db.Tx, by access.Actor, n New) error {
	if _, err := tx.Exec("delete from directive_sector where directive = ?", e.ID); err != nil {
		return err
	}
	for _, code := range e.Sectors.Codes() {
		if _, err := tx.Exec("insert into directive_sector (sector, directive, sort_day) values (?, ?, ?)", code, e.ID, e.SortDay); err != nil {
			return err
		}
	}
	if n.Text != "" {
		if _, err := tx.Exec(`
insert into directive_text (directive, text) values (?, ?)
on conflict (directive) do update set text = excluded.text`, e.ID, n.Text); err != nil {
			return err
		}
	}
	if n.Goals != nil {
		if err := setGoals(tx, e.ID, n.Goals); err != nil {
			return err
		}
	}
	if e.File == "" {
		return nil
	}
	return library.Attach(tx, by, e.File, "directive", e.ID, e.Body, "Văn bản")
}

// changed says what a correction changed: before and after, field by field.
func changed(old, now Directive) journal.Details {
	before, after := make(map[string]string), make(map[string]string)
	for _, f := range []struct{ name, old, now string }{
		{"type", old.Type, now.Type}, {"symbol", old.Symbol, now.Symbol}, {"date", old.Date.String(), now.Date.String()}, {"term", old.Term, now.Term},
		{"issuer", old.Issuer, now.Issuer}, {"province", old.Province, now.Province}, {"subject", old.Subject, now.Subject},
		{"sectors", string(old.Sectors), string(now.Sectors)}, {"level", string(old.Level), string(now.Level)},
		{"arrived_no", old.ArrivedNo, now.ArrivedNo}, {"arrived_on", old.ArrivedOn.String(), now.ArrivedOn.String()},
		{"valid_from", old.ValidFrom.String(), now.ValidFrom.String()}, {"valid_to", old.ValidTo.String(), now.ValidTo.String()},
		{"file", string(old.File), string(now.File)},
	} {
		if f.old != f.now {
			before[f.name], after[f.name] = f.old, f.now
		}
	}
	return journal.Details{"label": now.Label(), "before": before, "after": after}
}
