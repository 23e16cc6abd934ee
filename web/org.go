package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/people"
)

var orgRoom = room{
	menu: entry{group: officeGroup, name: "Danh bạ", url: "/danh-ba", key: "g o"},
	pages: []route{
		see("/danh-ba", (*site).listBodies, access.ReadBodies).titled("Danh bạ cơ quan"),
		see("/danh-ba/them", (*site).newBody, access.EnterBodies).titled("Thêm cơ quan"),
		act("/danh-ba", (*site).addBody, access.EnterBodies).titled("Thêm cơ quan").
			says("Đã thêm cơ quan vào danh bạ. Tiếp theo: Quản trị cấp tài khoản, chuyên viên giao chế độ báo cáo.", "Danh bạ", "/danh-ba"),
		see("/danh-ba/{body}", (*site).showBody, access.ReadBodies).of("body"),
		see("/ho-so/body/{id}", (*site).bodyByID, access.ReadBodies).shows("body"),
		act("/danh-ba/{body}/ten", (*site).renameBody, access.ManageBodies).of("body").
			says("Đã ghi tên mới từ ngày đã chọn; tên cũ giữ cho thời gian trước đó.", "Danh bạ", "/danh-ba"),
		act("/danh-ba/{body}/cach-viet", (*site).addAlias, access.EnterBodies).of("body").
			says("Đã ghi thêm cách viết tên; khi nhập tệp, tên này được nhận ra.", "Danh bạ", "/danh-ba"),
		see("/danh-ba/chuc-nang", (*site).whoAnswers, access.ReadBodies).titled("Ai phụ trách việc gì"),
		act("/danh-ba/{body}/chuc-nang", (*site).giveFunction, access.EnterBodies).of("body").
			says("Đã giao chức năng cho cơ quan từ ngày đã chọn.", "Cơ quan theo chức năng", "/danh-ba/chuc-nang"),

		see("/sap-xep", (*site).listChanges, access.ReadBodies).titled("Sắp xếp cơ quan"),
		see("/sap-xep/moi", (*site).newChange, access.ManageBodies).titled("Ghi lần sắp xếp"),
		act("/sap-xep/moi", (*site).announceChange, access.ManageBodies).
			says("Đã ghi việc sắp xếp. Tiếp theo: bàn giao những việc còn dở.", "Bàn giao", "/sap-xep"),
		see("/sap-xep/sua", (*site).editReference, access.ManageBodies).titled("Sửa dòng tham chiếu"),
		act("/sap-xep/xac-nhan", (*site).decideReference, access.ManageBodies).titled("Sửa dòng tham chiếu").
			says("Đã ghi quyết định cho dòng tham chiếu.", "Mọi việc sắp xếp", "/sap-xep"),
		see("/sap-xep/{change}", (*site).showChange, access.ReadBodies).shows("change"),
		act("/sap-xep/{change}/hoan-tac", (*site).undoChange, access.ManageBodies).of("change").
			says("Đã hoàn tác việc sắp xếp; lý do đã ghi vào nhật ký.", "Mọi việc sắp xếp", "/sap-xep"),
		see("/thiet-lap", (*site).showSetup, access.SetUpOffice).named("setup/list").titled("Thiết lập"),
		act("/thiet-lap", (*site).saveSetup, access.SetUpOffice).
			says("Đã lưu thông tin của cơ quan.", "Việc tiếp theo", "#buoc"),
		act("/thiet-lap/co-quan", (*site).takeOffers, access.SetUpOffice).titled("Thiết lập").
			says("Đã thêm các cơ quan đã chọn vào danh bạ. Tiếp theo: thêm người và tài khoản.", "Thêm tài khoản", "/tai-khoan/them"),
		act("/thiet-lap/xong", (*site).finishSetup, access.SetUpOffice).titled("Thiết lập").
			says("Đã kết thúc thiết lập; trang này vẫn mở được từ Danh bạ.", "Danh bạ", "/danh-ba"),
	},
}

// mostBodies on one page; a country's worth of communes is searched, not scrolled.
const mostBodies = 500

// bodiesPage is the directory as of a day.
type bodiesPage struct {
	Day      calendar.Date
	Typed    string // the day as typed
	Query    string
	Bodies   []bodyLine
	Found    int  // how many there are, shown or not
	Past     bool // a day on which some bodies of the list were still there and now are not
	MayAdd   bool
	MaySetUp bool
}

type bodyLine struct {
	org.Body
	Level int        // depth in the tree, 0 for the top
	Now   []bodyLink // "nay là": who took over, where the body has ended since
}

// Indent is what stands before the name: four no-break spaces for each level but the first.
func (b bodyLine) Indent() string { return strings.Repeat("\u00a0", 4*max(0, b.Level-1)) }

func (s *site) listBodies(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p := bodiesPage{Day: calendar.OfInstant(tx.Clock()), Typed: r.FormValue("ngay"), Query: strings.TrimSpace(r.FormValue("tim")),
		MayAdd: by.Can(access.EnterBodies, by.Body), MaySetUp: by.Can(access.SetUpOffice, by.Body)}
	again := Reply{Page: "org/list", Data: &p}
	var wrong error
	if p.Typed != "" {
		if day, err := calendar.ReadDate(p.Typed); err != nil {
			wrong = fieldOf("ngay", err)
		} else {
			p.Day = day
		}
	}
	all, err := org.At(tx, by, p.Day)
	if err != nil {
		return Reply{}, err
	}
	p.Bodies = tree(all)
	if p.Query != "" {
		if err := p.keep(tx, by); err != nil {
			return Reply{}, err
		}
	}
	if p.Found = len(p.Bodies); p.Found > mostBodies {
		p.Bodies = p.Bodies[:mostBodies]
	}
	return again, errors.Join(p.tellNow(tx), wrong)
}

// keep leaves the bodies that the query names, in any spelling.
func (p *bodiesPage) keep(tx *db.Tx, by access.Actor) error {
	wanted := fold.Fold(p.Query)
	exact := make(map[db.ID]bool)
	matching, err := org.Matching(tx, by, p.Query, p.Day)
	if err != nil {
		return err
	}
	for _, b := range matching {
		exact[b.ID] = true
	}
	p.Bodies = slices.DeleteFunc(p.Bodies, func(b bodyLine) bool {
		return !exact[b.ID] && !strings.Contains(fold.Fold(b.Name+"\n"+b.ShortName+"\n"+b.Code), wanted)
	})
	for i := range p.Bodies {
		p.Bodies[i].Level = 0
	}
	return nil
}

// tellNow says of bodies that have ended since whom their work went to.
func (p *bodiesPage) tellNow(tx *db.Tx) error {
	today := calendar.OfInstant(tx.Clock())
	ended := func(b bodyLine) bool { return !b.ValidTo.IsZero() && b.ValidTo.Before(today) }
	if !slices.ContainsFunc(p.Bodies, ended) {
		return nil
	}
	p.Past = true
	line, err := org.LineOf(tx, today)
	if err != nil {
		return err
	}
	names, err := org.Names(tx, today)
	if err != nil {
		return err
	}
	for i, b := range p.Bodies {
		if ended(b) {
			p.Bodies[i].Now = heirs(line.Successors(b.ID), names)
		}
	}
	return nil
}

// heirs are the bodies that parts lead to, each once, first the one that took over whatever no function names.
func heirs(parts []org.Part, names map[db.ID]org.Body) []bodyLink {
	var all []bodyLink
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b org.Part) int {
		switch {
		case a.Whole() == b.Whole():
			return 0
		case a.Whole():
			return -1
		}
		return 1
	})
	for _, part := range parts {
		b, ok := names[part.To]
		if ok && !slices.ContainsFunc(all, func(l bodyLink) bool { return l.ID == b.ID }) {
			all = append(all, bodyLink{b.ID, b.Code, b.Name})
		}
	}
	return all
}

// tree puts children below their parents and keeps the office's order among brothers.
func tree(all []org.Body) []bodyLine {
	children := make(map[db.ID][]org.Body)
	there := make(map[db.ID]bool, len(all))
	for _, b := range all {
		there[b.ID] = true
	}
	for _, b := range all {
		parent := b.Parent
		if !there[parent] {
			parent = "" // the parent had ended: the child stands by itself
		}
		children[parent] = append(children[parent], b)
	}
	lines := make([]bodyLine, 0, len(all))
	var walk func(parent db.ID, level int)
	walk = func(parent db.ID, level int) {
		for _, b := range children[parent] {
			lines = append(lines, bodyLine{Body: b, Level: level})
			if level < 20 { // a ring of parents must not hang the page
				walk(b.ID, level+1)
			}
		}
	}
	walk("", 0)
	return lines
}

// newBodyPage is the form for another body.
type newBodyPage struct {
	Code, Name, Short, Symbol, Place, From, Basis, Sort string
	Kinds                                               []option
	Parents                                             []option
}

func (s *site) newBody(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.EnterBodies, by.Body); err != nil {
		return Reply{}, err
	}
	return s.bodyForm(tx, r)
}

func (s *site) bodyForm(tx *db.Tx, r *http.Request) (Reply, error) {
	p := newBodyPage{Code: r.FormValue("code"), Name: r.FormValue("name"), Short: r.FormValue("short"), Symbol: r.FormValue("symbol"),
		Place: r.FormValue("place"), From: r.FormValue("valid_from"), Basis: r.FormValue("basis")}
	kind := cmp.Or(r.FormValue("kind"), string(org.Agency))
	for _, k := range org.Kinds {
		p.Kinds = append(p.Kinds, option{string(k), k.Name(), string(k) == kind})
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	p.Parents = append([]option{{"", "Không có", r.FormValue("parent") == ""}}, bodyOptions(names, calendar.OfInstant(tx.Clock()), db.ID(r.FormValue("parent")))...)
	return Reply{Page: "org/new", Data: &p}, err
}

func (s *site) addBody(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.bodyForm(tx, r)
	if err != nil {
		return again, err
	}
	var wrong fault.List
	from := readDay(&wrong, r, "valid_from", neededDay)
	parent := db.ID(r.FormValue("parent"))
	sort := 1000 // at the end, where no order is kept yet
	if parent != "" {
		p, err := org.Find(tx, by, parent, calendar.OfInstant(tx.Clock()))
		if err != nil {
			return again, err
		}
		sort = p.Sort
	}
	if !slices.Contains(org.Kinds, org.Kind(r.FormValue("kind"))) {
		wrong.Add("kind", "Xin chọn loại cơ quan trong danh sách.")
	}
	if err := wrong.Err(); err != nil {
		return again, err
	}
	b, err := org.Create(tx, by, org.New{Code: r.FormValue("code"), Name: r.FormValue("name"), ShortName: r.FormValue("short"),
		Symbol: r.FormValue("symbol"), Place: r.FormValue("place"), Kind: org.Kind(r.FormValue("kind")), Sort: sort, Parent: parent,
		ValidFrom: from, Basis: r.FormValue("basis")})
	if err != nil {
		return again, err
	}
	return Reply{To: bodyURL(b.Code)}, nil
}

// bodyByID leads to the page of a body, which goes by its code.
func (s *site) bodyByID(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	b, err := org.Find(tx, by, db.ID(r.PathValue("id")), calendar.OfInstant(tx.Clock()))
	return Reply{To: bodyURL(b.Code)}, err
}

func bodyURL(code string) string { return "/danh-ba/" + url.PathEscape(code) }

// bodyPage is one body: what it is called and was called, who works there, what happened.
type bodyPage struct {
	Body     org.Body
	Parent   org.Body
	Names    []org.Name
	Aliases  []org.Alias
	Posts    []people.Post
	Activity []journalRow
	MayEdit  bool // give it another name
	MayAdd   bool // complete it: spellings, functions
	bodyStory
	Typed struct{ Name, Short, Symbol, From, Basis, Alias, AliasFrom, AliasTo, Function, Since, Paper string }
}

func (s *site) showBody(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	today := calendar.OfInstant(tx.Clock())
	b, err := bodyOf(tx, by, r, today)
	if err != nil {
		return Reply{}, err
	}
	p := bodyPage{Body: b, MayEdit: by.Can(access.ManageBodies, b.ID), MayAdd: by.Can(access.EnterBodies, b.ID)}
	if b.Parent != "" {
		if p.Parent, err = org.Find(tx, by, b.Parent, today); err != nil {
			return Reply{}, err
		}
	}
	if p.Names, err = org.History(tx, by, b.ID); err != nil {
		return Reply{}, err
	}
	if p.Aliases, err = org.Spellings(tx, by, b.ID); err != nil {
		return Reply{}, err
	}
	if err := p.tell(tx, by, b, today, r.PostFormValue("function")); err != nil {
		return Reply{}, err
	}
	if p.Posts, err = people.PostsOf(tx, by, b.ID, today); err != nil {
		return Reply{}, err
	}
	if p.Activity, err = activityOf(tx, by, "body", b.ID, 20); err != nil {
		return Reply{}, err
	}
	p.Typed.Name, p.Typed.Short, p.Typed.Symbol = r.FormValue("name"), r.FormValue("short"), r.FormValue("symbol")
	p.Typed.From, p.Typed.Basis, p.Typed.Alias = r.FormValue("from"), r.FormValue("basis"), r.FormValue("alias")
	p.Typed.AliasFrom, p.Typed.AliasTo = r.FormValue("alias_from"), r.FormValue("alias_to")
	p.Typed.Function, p.Typed.Since, p.Typed.Paper = r.FormValue("function"), r.FormValue("since"), r.FormValue("paper")
	return Reply{Page: "org/body", Data: &p, About: lineage.Node{Kind: "body", ID: b.ID}}, nil
}

// bodyOf finds the body of the address, named by its code or by its id.
func bodyOf(tx *db.Tx, by access.Actor, r *http.Request, day calendar.Date) (org.Body, error) {
	b, err := org.ByCode(tx, by, r.PathValue("body"), day)
	if fault.Is(err, fault.KindMissing) {
		if byID, idErr := org.Find(tx, by, db.ID(r.PathValue("body")), day); idErr == nil {
			return byID, nil
		}
	}
	return b, err
}

func (s *site) renameBody(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showBody(tx, by, r)
	if err != nil {
		return again, err
	}
	b := again.Data.(*bodyPage).Body
	var wrong fault.List
	from := readDay(&wrong, r, "from", neededDay)
	if r.FormValue("name") == "" {
		wrong.Add("name", "Cần tên mới của cơ quan.")
	}
	if err := errors.Join(by.May(access.ManageBodies, b.ID), wrong.Err()); err != nil {
		return again, err
	}
	err = org.Rename(tx, by, b.ID, r.FormValue("name"), r.FormValue("short"), r.FormValue("symbol"), from, r.FormValue("basis"))
	if err != nil {
		return again, refield(err, map[string]string{"day": "from", "parts": "from"})
	}
	return Reply{To: bodyURL(b.Code)}, nil
}

func (s *site) addAlias(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	again, err := s.showBody(tx, by, r)
	if err != nil {
		return again, err
	}
	b := again.Data.(*bodyPage).Body
	var wrong fault.List
	var from, to calendar.Date
	for field, day := range map[string]*calendar.Date{"alias_from": &from, "alias_to": &to} {
		if r.FormValue(field) != "" {
			d, err := calendar.ReadDate(r.FormValue(field))
			wrong.AddError(field, err)
			*day = d
		}
	}
	if err := errors.Join(by.May(access.EnterBodies, b.ID), wrong.Err()); err != nil {
		return again, err
	}
	if err := org.AddDatedAlias(tx, by, b.ID, r.FormValue("alias"), "", from, to); err != nil {
		return again, refield(err, map[string]string{"to": "alias_to"})
	}
	return Reply{To: bodyURL(b.Code)}, nil
}

// bodyOptions are the bodies of the block that exist on a day, in the office's order, for a select; the zero day takes
// those that have ended too.
func bodyOptions(names map[db.ID]org.Body, day calendar.Date, chosen db.ID) []option {
	all := make([]org.Body, 0, len(names))
	for _, b := range names {
		there := b.ValidTo.IsZero() || !b.ValidTo.Before(day) && !b.ValidTo.Before(b.ValidFrom)
		if b.Kind != org.Authority && there || b.ID == chosen {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b org.Body) int { return cmp.Or(cmp.Compare(a.Sort, b.Sort), cmp.Compare(a.Code, b.Code)) })
	options := make([]option, len(all))
	for i, b := range all {
		options[i] = option{string(b.ID), b.ShortName, b.ID == chosen}
	}
	return options
}
