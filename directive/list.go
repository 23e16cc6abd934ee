package directive

import (
	"encoding/base64"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/id"
)

// Filter says which documents List gives. Everything may be left out.
type Filter struct {
	Text   string        // words of symbol, type, subject, issuer or số đến, in any spelling
	Type   string        // "Chỉ thị"
	Level  Level         //
	Year   int           // of issue
	Sector string        // code
	State  State         //
	Issuer db.ID         // the body that issued it
	Day    calendar.Date // the day that State is told by; zero: today
	Limit  int           // 0: 50, at most 500
	Cursor string        // where the page before ended
}

// List gives documents, the latest first and those without a date last, and the cursor of the next page.
func List(tx *db.Tx, by access.Actor, f Filter) (found []Directive, next string, err error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, "", err
	}
	where, args, err := f.where(tx)
	if err != nil {
		return nil, "", err
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	f.Limit = min(f.Limit, 500)
	// One more than asked tells whether there is a next page.
	if err := tx.Select(&found, columns+where+"\norder by d.sort_day desc, d.id desc\nlimit ?", append(args, f.Limit+1)...); err != nil {
		return nil, "", err
	}
	if len(found) > f.Limit {
		found = found[:f.Limit]
		last := found[f.Limit-1]
		next = base64.RawURLEncoding.EncodeToString([]byte(last.Date.String() + "|" + string(last.ID)))
	}
	return found, next, nil
}

// Entries gives the documents of the register, at most 500, in the order of their ids after the one named; level "" is every
// level. What follows from the whole register is planned and checked by it.
func Entries(tx *db.Tx, by access.Actor, level Level, after db.ID) (found []Directive, err error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	err = tx.Select(&found, columns+`where d.id > ?
  and (cast(? as text) = '' or d.level = ?)
order by d.id
limit 500`, string(after), string(level), string(level))
	return found, err
}

// where is written out for each question, so that an index answers it.
func (f Filter) where(tx *db.Tx) (string, []any, error) {
	var where []string
	var args []any
	and := func(condition string, more ...any) {
		where = append(where, condition)
		args = append(args, more...)
	}
	if f.Day.IsZero() {
		f.Day = calendar.OfInstant(tx.Clock())
	}
	if f.Type != "" {
		and("d.type = ?", f.Type)
	}
	if f.Level != "" {
		and("d.level = ?", string(f.Level))
	}
	if f.Issuer != "" {
		and("d.issuer_body = ?", f.Issuer)
	}
	if f.Year != 0 {
		if f.Year < 1900 || f.Year > 2999 {
			return "", nil, fault.Invalid("nam", "Năm “%d” không đúng; hãy ghi như 2022.", f.Year)
		}
		and("d.sort_day >= ?", strconv.Itoa(f.Year)+"-01-01")
		and("d.sort_day <= ?", strconv.Itoa(f.Year)+"-12-31")
	}
	if f.Sector != "" {
		and("d.id in (select s.directive from directive_sector s where s.sector = ?)", f.Sector)
	}
	switch f.State {
	case "":
	case InForce:
		and("(d.replaced_on is null or d.replaced_on > ?)", f.Day)
		and("(d.valid_to is null or d.valid_to >= ?)", f.Day)
	case Replaced:
		and("d.replaced_on is not null")
		and("d.replaced_on <= ?", f.Day)
	case Expired:
		and("d.valid_to is not null")
		and("d.valid_to < ?", f.Day)
		and("(d.replaced_on is null or d.replaced_on > ?)", f.Day)
	default:
		return "", nil, fault.Invalid("state", "Không có trạng thái “%s”. Các trạng thái: in_force, replaced, expired.", string(f.State))
	}
	f.words(and)
	if f.Cursor != "" {
		day, last, err := readCursor(f.Cursor)
		if err != nil {
			return "", nil, err
		}
		and("(d.sort_day, d.id) < (?, ?)", day, last)
	}
	if len(where) == 0 {
		return "", nil, nil
	}
	return "where " + strings.Join(where, "\n  and "), args, nil
}

// words narrows by what was typed into the search box. A whole symbol is looked up in its index; otherwise every word
// must stand somewhere in the entry.
func (f Filter) words(and func(condition string, more ...any)) {
	text := fold.Tidy(f.Text)
	if text == "" {
		return
	}
	if all := parts(text); len(all) > 1 && digits(all[0]) && !strings.ContainsAny(text, " ") {
		key := strings.Join(all, "/")
		and("(d.symbol_key = ? or d.symbol_key >= ? and d.symbol_key < ?)", key, key+"/", key+"0") // '0' follows '/'
		return
	}
	words := strings.Fields(fold.Fold(text))
	for i, w := range words {
		if i == 8 { // nobody needs more, and each costs a look at every entry
			break
		}
		and(`d.folded like ? escape '\'`, "%"+like.Replace(w)+"%")
	}
}

var like = strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`)

func readCursor(s string) (string, db.ID, error) {
	wrong := fault.Invalid("sau", "Dấu trang không đúng; xin mở lại danh sách từ đầu.")
	text, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return "", "", wrong
	}
	day, key, ok := strings.Cut(string(text), "|")
	if _, dateErr := calendar.ParseDate(day); !ok || day != "" && dateErr != nil {
		return "", "", wrong
	}
	last, ok := id.Parse(key)
	if !ok {
		return "", "", wrong
	}
	return day, last, nil
}

// Types lists the types that stand in the register, for the filter.
func Types(tx *db.Tx, by access.Actor) ([]string, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	var types []string
	// Walks from one type to the next in the index; there are some dozen, however many documents.
	err := tx.Select(&types, `
with recursive kind (type) as (
	select min(type) from directive
	union all
	select (select min(d.type) from directive d where d.type > k.type) from kind k where k.type is not null
)
select type from kind where type is not null`)
	return types, err
}
