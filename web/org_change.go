package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/succession"
)

// Rows of the form of a change: as many as are filled and some empty ones, so that it works without JavaScript.
const (
	emptyParts   = 3
	foundRows    = 3
	mostParts    = 60
	unknownWhom  = "" // chưa xác định
	newBodyWords = "moi:"
)

// changeForm is a change as it is being typed.
type changeForm struct {
	Reference        string // key of the shipped row it follows
	Title            string // of that row
	Notes            []string
	Lacking          []org.Named
	Day, Basis, Note string
	DayHint          string
	Kinds            []option
	Parts            []partRow
	Founds           []foundRow
	Renames          []renameRow
	KindBody         []option
	KindKinds        []option
	Rows             int
}

type partRow struct {
	No                 int
	From, To, Function []option
}

type foundRow struct {
	No                        int
	Code, Name, Short, Symbol string
	Kinds                     []option
}

type renameRow struct {
	No                  int
	Body                []option
	Name, Short, Symbol string
}

func (s *site) newChange(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return Reply{}, err
	}
	typed := url.Values{"rows": {"4"}}
	var notes []string
	var lacking []org.Named
	var wrong error
	if key := r.FormValue("dong"); key != "" {
		var day calendar.Date
		if text := r.FormValue("ngay"); text != "" {
			if day, wrong = calendar.ReadDate(text); wrong != nil {
				wrong = fieldOf("day", wrong)
			}
		}
		proposal, err := org.ProposalOf(tx, by, key, day)
		if err != nil {
			return Reply{}, err
		}
		typed = changeValues(proposal.Change)
		notes, lacking = proposal.Notes, proposal.Lacking
	}
	f, err := changeFormOf(tx, by, typed)
	f.Notes, f.Lacking = notes, lacking
	return Reply{Page: "org/change-new", Data: f}, errors.Join(err, wrong)
}

// changeValues writes a proposed change as the form would send it.
func changeValues(n org.NewChange) url.Values {
	v := url.Values{"reference": {n.Reference}, "kind": {string(n.Kind)}, "basis": {n.Basis}, "note": {n.Note}, "day": {n.Day.Vietnamese()}}
	if n.Day.IsZero() {
		v.Set("day", "")
	}
	for i, b := range n.Creates {
		no := strconv.Itoa(i + 1)
		v.Set("found-code-"+no, b.Code)
		v.Set("found-name-"+no, b.Name)
		v.Set("found-short-"+no, b.ShortName)
		v.Set("found-symbol-"+no, b.Symbol)
		v.Set("found-kind-"+no, string(b.Kind))
	}
	for i, p := range n.Parts {
		no := strconv.Itoa(i + 1)
		v.Set("from-"+no, string(p.From))
		v.Set("function-"+no, p.Function)
		v.Set("to-"+no, string(p.To))
		if p.ToCode != "" {
			v.Set("to-"+no, newBodyWords+strconv.Itoa(1+slices.IndexFunc(n.Creates, func(b org.New) bool { return b.Code == p.ToCode })))
		}
	}
	for i, m := range n.Names {
		no := strconv.Itoa(i + 1)
		v.Set("rename-body-"+no, string(m.Body))
		v.Set("rename-name-"+no, m.Name)
		v.Set("rename-short-"+no, m.ShortName)
		v.Set("rename-symbol-"+no, m.Symbol)
	}
	for _, k := range n.Kinds {
		v.Set("kind-body", string(k.Body))
		v.Set("kind-kind", string(k.Kind))
	}
	v.Set("rows", strconv.Itoa(len(n.Parts)+1))
	return v
}

// changeFormOf lays the form out with what was typed.
func changeFormOf(tx *db.Tx, by access.Actor, typed url.Values) (changeForm, error) {
	f := changeForm{Reference: typed.Get("reference"), Day: typed.Get("day"), Basis: typed.Get("basis"), Note: typed.Get("note")}
	if f.Reference != "" {
		row, err := org.FindReference(tx, by, f.Reference)
		if err != nil {
			return f, err
		}
		f.Title = row.Title()
		if row.Day.IsZero() && !row.Earliest.IsZero() {
			f.DayHint = fmt.Sprintf("Theo quyết định của tỉnh; nơi khác trong khoảng %s – %s.", row.Earliest.Vietnamese(), row.Latest.Vietnamese())
		}
	}
	for _, k := range org.ChangeKinds {
		f.Kinds = append(f.Kinds, option{string(k), k.Name(), typed.Get("kind") == string(k)})
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return f, err
	}
	functions, err := org.Functions(tx, by)
	if err != nil {
		return f, err
	}
	f.Rows = min(mostParts, max(1, int(wholeNumber(typed.Get("rows")))))
	for f.Rows < mostParts && typed.Has("from-"+strconv.Itoa(f.Rows+1)) {
		f.Rows++
	}
	var founded []option
	for i := range foundRows {
		no := strconv.Itoa(i + 1)
		row := foundRow{No: i + 1, Code: typed.Get("found-code-" + no), Name: typed.Get("found-name-" + no), Short: typed.Get("found-short-" + no),
			Symbol: typed.Get("found-symbol-" + no), Kinds: kindOptions(org.Kind(cmp.Or(typed.Get("found-kind-"+no), string(org.Department))))}
		f.Founds = append(f.Founds, row)
		founded = append(founded, option{Value: newBodyWords + no, Text: "Cơ quan mới " + no + shownName(row.Name)})
	}
	for i := range f.Rows {
		no := strconv.Itoa(i + 1)
		row := partRow{No: i + 1}
		row.From = append([]option{{"", "Chọn cơ quan", typed.Get("from-"+no) == ""}}, wholeBlock(names, today, db.ID(typed.Get("from-"+no)))...)
		row.Function = []option{{"", "Toàn bộ (phần còn lại)", typed.Get("function-"+no) == ""}}
		for _, g := range functions {
			row.Function = append(row.Function, option{g.Code, g.Name, typed.Get("function-"+no) == g.Code})
		}
		row.To = []option{{unknownWhom, "Chưa xác định", typed.Get("to-"+no) == ""}}
		for _, o := range founded {
			o.Selected = o.Value == typed.Get("to-"+no)
			row.To = append(row.To, o)
		}
		row.To = append(row.To, bodyOptions(names, today, db.ID(typed.Get("to-"+no)))...)
		f.Parts = append(f.Parts, row)
	}
	for i := range 2 {
		no := strconv.Itoa(i + 1)
		chosen := db.ID(typed.Get("rename-body-" + no))
		f.Renames = append(f.Renames, renameRow{No: i + 1, Name: typed.Get("rename-name-" + no), Short: typed.Get("rename-short-" + no),
			Symbol: typed.Get("rename-symbol-" + no), Body: append([]option{{"", "Không có", chosen == ""}}, bodyOptions(names, today, chosen)...)})
	}
	f.KindBody = append([]option{{"", "Không có", typed.Get("kind-body") == ""}}, bodyOptions(names, today, db.ID(typed.Get("kind-body")))...)
	f.KindKinds = kindOptions(org.Kind(cmp.Or(typed.Get("kind-kind"), string(org.Agency))))
	return f, nil
}

func shownName(name string) string {
	if name == "" {
		return ""
	}
	return ": " + name
}

func kindOptions(chosen org.Kind) []option {
	options := make([]option, len(org.Kinds))
	for i, k := range org.Kinds {
		options[i] = option{string(k), k.Name(), k == chosen}
	}
	return options
}

// wholeBlock are the bodies of the block for a select, those that have ended behind the others.
func wholeBlock(names map[db.ID]org.Body, today calendar.Date, chosen db.ID) []option {
	options := bodyOptions(names, today, chosen)
	var ended []org.Body
	for _, b := range names {
		if b.Kind != org.Authority && !b.ValidTo.IsZero() && b.ValidTo.Before(today) && !b.ValidTo.Before(b.ValidFrom) && b.ID != chosen {
			ended = append(ended, b)
		}
	}
	slices.SortFunc(ended, func(a, b org.Body) int { return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.Code, b.Code)) })
	for _, b := range ended {
		options = append(options, option{string(b.ID), b.ShortName + " (đến " + b.ValidTo.Vietnamese() + ")", false})
	}
	return options
}

func (s *site) announceChange(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ManageBodies, by.Body); err != nil {
		return Reply{}, err
	}
	if r.PostFormValue("act") == "them-dong" {
		r.PostForm.Set("rows", strconv.Itoa(min(mostParts, int(wholeNumber(r.PostFormValue("rows")))+emptyParts)))
		f, err := changeFormOf(tx, by, r.PostForm)
		return Reply{Page: "org/change-new", Data: f}, err
	}
	if err := proposeCodes(tx, r.PostForm); err != nil {
		return Reply{}, err
	}
	f, err := changeFormOf(tx, by, r.PostForm)
	if err != nil {
		return Reply{}, err
	}
	again := Reply{Page: "org/change-new", Data: f}
	n, err := readChange(r.PostForm)
	if err != nil {
		return again, err
	}
	c, err := announce(tx, by, n)
	if err != nil {
		return again, refield(err, map[string]string{"name": "rename-name-1", "new_kind": "kind-kind", "valid_from": "day", "code": "found-code-1"})
	}
	return Reply{To: "/sap-xep/" + string(c.ID)}, nil
}

// proposeCodes gives new bodies that were named without a code one of their own.
func proposeCodes(tx *db.Tx, typed url.Values) error {
	taken, err := org.Codes(tx)
	if err != nil {
		return err
	}
	for i := range foundRows {
		taken[strings.TrimSpace(typed.Get("found-code-"+strconv.Itoa(i+1)))] = "typed"
	}
	for i := range foundRows {
		no := strconv.Itoa(i + 1)
		name := strings.TrimSpace(typed.Get("found-name-" + no))
		if name == "" || strings.TrimSpace(typed.Get("found-code-"+no)) != "" {
			continue
		}
		code := org.CodeFor(name, typed.Get("found-symbol-"+no), func(code string) bool { return taken[code] != "" })
		typed.Set("found-code-"+no, code)
		taken[code] = "proposed"
	}
	return nil
}

// announce enters a change and proposes what is open to the successors; nothing of the work moves until it is accepted.
func announce(tx *db.Tx, by access.Actor, n org.NewChange) (org.Change, error) {
	c, err := org.Announce(tx, by, n)
	if err != nil {
		return c, err
	}
	_, err = succession.Propose(tx, by, c.ID)
	return c, err
}

// refield names the fields of a fault as the form on this page calls them, so that each problem leads to its field.
func refield(err error, names map[string]string) error {
	e := fault.Of(err)
	if e == nil {
		return err
	}
	for i, p := range e.Problems {
		if name, ok := names[p.Field]; ok {
			e.Problems[i].Field = name
		}
	}
	return err
}

// readChange reads the form; what is wrong with single fields is told together.
func readChange(typed url.Values) (org.NewChange, error) {
	var wrong fault.List
	n := org.NewChange{Kind: org.ChangeKind(typed.Get("kind")), Basis: typed.Get("basis"), Note: typed.Get("note"), Reference: typed.Get("reference")}
	if strings.TrimSpace(typed.Get("day")) == "" {
		wrong.Add("day", "Cần ngày bắt đầu theo tổ chức mới, ví dụ 01/3/2025.")
	} else {
		day, err := calendar.ReadDate(typed.Get("day"))
		wrong.AddError("day", err)
		n.Day = day
	}
	codes := make(map[string]string)
	for i := range foundRows {
		no := strconv.Itoa(i + 1)
		b := org.New{Code: typed.Get("found-code-" + no), Name: typed.Get("found-name-" + no), ShortName: typed.Get("found-short-" + no),
			Symbol: typed.Get("found-symbol-" + no), Kind: org.Kind(typed.Get("found-kind-" + no))}
		if b.Code == "" && b.Name == "" {
			continue
		}
		if !slices.Contains(org.Kinds, b.Kind) {
			wrong.Add("found-kind-"+no, "Xin chọn loại cơ quan trong danh sách.")
		}
		codes[newBodyWords+no] = strings.TrimSpace(b.Code)
		n.Creates = append(n.Creates, b)
	}
	for i := range mostParts {
		no := strconv.Itoa(i + 1)
		p := org.NewPart{From: db.ID(typed.Get("from-" + no)), Function: typed.Get("function-" + no)}
		to := typed.Get("to-" + no)
		if strings.HasPrefix(to, newBodyWords) {
			p.ToCode = codes[to]
			if p.ToCode == "" {
				wrong.Add("to-"+no, "Dòng %s chọn một cơ quan mới chưa ghi tên ở phần Cơ quan thành lập.", no)
			}
		} else {
			p.To = db.ID(to)
		}
		if p.From != "" || p.Function != "" || p.To != "" || p.ToCode != "" {
			n.Parts = append(n.Parts, p)
		}
	}
	for i := range 2 {
		no := strconv.Itoa(i + 1)
		if body := db.ID(typed.Get("rename-body-" + no)); body != "" {
			n.Names = append(n.Names, org.NewName{Body: body, Name: typed.Get("rename-name-" + no), ShortName: typed.Get("rename-short-" + no),
				Symbol: typed.Get("rename-symbol-" + no)})
		}
	}
	if body := db.ID(typed.Get("kind-body")); body != "" {
		n.Kinds = append(n.Kinds, org.NewKind{Body: body, Kind: org.Kind(typed.Get("kind-kind"))})
	}
	return n, wrong.Err()
}
