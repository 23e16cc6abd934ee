package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/org"
)

const incomingURL = "/van-ban-den"

var incomingRoom = room{
	menu: entry{group: paperGroup, name: "Văn bản đến", url: incomingURL, key: "g h"},
	pages: []route{
		see(incomingURL, (*site).incomingPapers, access.ReadIncoming).named("incoming/list"),
		act(incomingURL, (*site).takeIncoming, access.KeepIncoming).files(mostFiles).receiving().
			says("Đã đọc tệp. Xem lại từng dòng rồi vào sổ.", "", ""),
		act(incomingURL+"/vao-so", (*site).enterIncoming, access.KeepIncoming).titled("Văn bản đến").
			says("Đã vào sổ.", "", ""),
		see(incomingURL+"/{incoming}", (*site).showIncoming, access.ReadIncoming).shows("incoming"),
		act(incomingURL+"/{incoming}/sua", (*site).correctIncoming, access.KeepIncoming).of("incoming").
			says("Đã sửa trong sổ văn bản đến.", "Sổ văn bản đến", incomingURL),
		act(incomingURL+"/{incoming}/bo", (*site).dropIncoming, access.KeepIncoming).of("incoming").
			says("Đã bỏ tệp khỏi danh sách chờ; lý do đã ghi vào nhật ký.", "Sổ văn bản đến", incomingURL),
		act(incomingURL+"/{incoming}/ket-qua", (*site).resultIncoming, access.KeepIncoming).of("incoming").
			says("Đã ghi kết quả vào nhiệm vụ; Ban nghiệm thu ở trang của nhiệm vụ.", "Sổ văn bản đến", incomingURL),
		act(incomingURL+"/{incoming}/tu-lieu", (*site).archiveIncoming, access.KeepIncoming).of("incoming").
			says("Đã đọc vào tư liệu; những gì đọc được đang chờ xác nhận từng chỗ.", "Sổ văn bản đến", incomingURL),
		act(incomingURL+"/{incoming}/xong", (*site).closeIncoming, access.KeepIncoming).of("incoming").
			says("Đã ghi việc xử lý văn bản.", "Sổ văn bản đến", incomingURL),
	},
}

// incomingPage is the book of incoming papers: what waits to be entered, as one form, and the rows of the book.
type incomingPage struct {
	Waiting  []incomingRow
	More     int // that wait and are not shown
	Filter   intake.Filter
	States   []option
	Kinds    []option
	Rows     []incomingLine
	Next     string
	First    string
	Counts   map[intake.State]int
	MayKeep  bool
	Asked    bool
	Received []string // sentences on files that were not taken
}

// mostWaiting is how many papers are entered in one form.
const mostWaiting = 20

// incomingRow is one waiting paper with its fields, as proposed or as typed.
type incomingRow struct {
	intake.Incoming
	Ticked                                                    bool
	NumberText, ArrivedText, DateText, DueText                string
	TypeText, SymbolText, SubjectText, SignerText, SenderText string
	Senders, KindOptions, Targets                             []option
	Files                                                     []library.Use
}

// Field names a field of this row: one form holds many.
func (r incomingRow) Field(name string) string { return name + "-" + string(r.ID) }

// called is a field of an entry as this row calls it; what no field says stands at the number.
func (r incomingRow) called(field string) string { return r.Field(cmp.Or(field, "number")) }

// incomingLine is one row of the book.
type incomingLine struct {
	intake.Incoming
	Sender string
	Badge  badge
	Step   string // what comes next
	URL    string
}

func incomingBadge(s intake.State) badge {
	class := map[intake.State]string{intake.Waiting: "proposed", intake.Entered: "waiting", intake.Settled: "accepted", intake.Dropped: "none"}[s]
	return badge{class, s.Name()}
}

// nextStep is where an entered paper is led on, and in which words.
func nextStep(i intake.Incoming) (words, at string) {
	if i.State != intake.Entered {
		return "", ""
	}
	q := "?den=" + url.QueryEscape(string(i.ID))
	switch {
	case i.Kind == intake.Report && i.LeadsTo != "":
		return "Nhập thay báo cáo", "/bao-cao/" + string(i.LeadsTo) + "/nhap-thay" + q
	case i.Kind == intake.Steering:
		return "Vào sổ chỉ đạo", "/van-ban-chi-dao/them?nguon-kind=incoming&nguon-id=" + url.QueryEscape(string(i.ID))
	}
	return "Ghi việc xử lý", address("incoming", i.ID) + "#xu-ly"
}

func (s *site) incomingPapers(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := incomingOf(tx, by, r)
	return Reply{Page: "incoming/list", Data: p}, err
}

func incomingOf(tx *db.Tx, by access.Actor, r *http.Request) (*incomingPage, error) {
	if err := by.May(access.ReadIncoming, by.Body); err != nil {
		return nil, err
	}
	p := &incomingPage{MayKeep: by.Can(access.KeepIncoming, by.Body)}
	state, kind := intake.State(r.FormValue("trang-thai")), intake.Kind(r.FormValue("loai"))
	p.Filter = intake.Filter{State: state, Kind: kind, Words: strings.TrimSpace(r.FormValue("tim")), After: wholeNumber(r.FormValue("sau"))}
	p.Asked = p.Filter != intake.Filter{}
	p.States = []option{{"", "Tất cả", false}}
	for _, one := range intake.States {
		p.States = append(p.States, option{string(one), one.Name(), one == state})
	}
	p.Kinds = append([]option{{"", "Mọi loại", false}}, kindsOf(kind)...)
	var err error
	if p.Counts, err = intake.Count(tx, by); err != nil {
		return nil, err
	}
	found, next, err := intake.List(tx, by, p.Filter)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	for _, i := range found {
		line := incomingLine{Incoming: i, Sender: i.SenderName, Badge: incomingBadge(i.State)}
		if b, ok := names[i.Sender]; ok {
			line.Sender = b.ShortName
		}
		if p.MayKeep {
			line.Step, line.URL = nextStep(i)
		}
		p.Rows = append(p.Rows, line)
	}
	if next > 0 {
		p.Next = incomingQuery(p.Filter, next)
	}
	if p.Filter.After > 0 {
		p.First = incomingQuery(p.Filter, 0)
	}
	if p.MayKeep {
		err = p.wait(tx, by, names, today)
	}
	return p, err
}

func kindsOf(chosen intake.Kind) (all []option) {
	for _, k := range intake.Kinds {
		all = append(all, option{string(k), k.Name(), k == chosen})
	}
	return all
}

func incomingQuery(f intake.Filter, after int64) string {
	q := url.Values{}
	for name, value := range map[string]string{"trang-thai": string(f.State), "loai": string(f.Kind), "tim": f.Words} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if after > 0 {
		q.Set("sau", fmt.Sprint(after))
	}
	if len(q) == 0 {
		return incomingURL
	}
	return incomingURL + "?" + q.Encode()
}

// wait lays out the papers that wait, each with the next number of the book.
func (p *incomingPage) wait(tx *db.Tx, by access.Actor, names map[db.ID]org.Body, today calendar.Date) error {
	waiting, _, err := intake.List(tx, by, intake.Filter{State: intake.Waiting, Limit: mostWaiting})
	if err != nil {
		return err
	}
	number, err := intake.NextNumber(tx, by)
	if err != nil {
		return err
	}
	p.More = p.Counts[intake.Waiting] - len(waiting)
	for n := range waiting { // the first that came gets the first number
		i := waiting[len(waiting)-1-n]
		i.Number = fmt.Sprint(number + n)
		row, err := incomingRowOf(tx, by, i, names, today)
		if err != nil {
			return err
		}
		row.Ticked = true
		p.Waiting = append(p.Waiting, row)
	}
	return nil
}

// incomingRowOf is a paper with its fields as they stand.
func incomingRowOf(tx *db.Tx, by access.Actor, i intake.Incoming, names map[db.ID]org.Body, today calendar.Date) (incomingRow, error) {
	row := incomingRow{Incoming: i, NumberText: i.Number, ArrivedText: i.ArrivedOn.Vietnamese(), DateText: i.Date.Vietnamese(), DueText: i.Due.Vietnamese(),
		TypeText: i.Type, SymbolText: i.Symbol, SubjectText: i.Subject, SignerText: i.Signer, SenderText: i.SenderName}
	var err error
	if row.Files, err = intake.Files(tx, by, i.ID); err != nil {
		return row, err
	}
	return row, row.choices(tx, by, names, today)
}

// choices are what may be chosen for this row: senders, kinds, and what is open of the sender.
func (r *incomingRow) choices(tx *db.Tx, by access.Actor, names map[db.ID]org.Body, today calendar.Date) error {
	r.Senders = append([]option{{"", "Nơi khác, ghi tên bên cạnh", r.Sender == ""}}, bodyOptions(names, today, r.Sender)...)
	r.KindOptions = kindsOf(r.Kind)
	targets, err := intake.Targets(tx, by, r.Sender)
	r.Targets = []option{{"", "Chưa chọn", r.LeadsTo == ""}}
	for _, t := range targets {
		r.Targets = append(r.Targets, option{string(t.ID), t.Name, t.ID == r.LeadsTo})
	}
	return err
}

// read takes a row as it was typed.
func (r *incomingRow) read(req *http.Request) (intake.Entry, fault.List) {
	value := func(name string) string { return strings.TrimSpace(req.PostFormValue(r.Field(name))) }
	r.NumberText, r.ArrivedText, r.DateText, r.DueText = value("number"), value("arrived_on"), value("date"), value("due")
	r.TypeText, r.SymbolText, r.SubjectText, r.SignerText, r.SenderText = value("type"), value("symbol"), value("subject"), value("signer"), value("sender_name")
	r.Sender, r.Kind, r.LeadsTo = db.ID(value("sender")), intake.Kind(value("kind")), db.ID(value("leads_to"))
	r.Version = wholeNumber(value("version"))
	var wrong fault.List
	e := intake.Entry{Number: r.NumberText, Sender: r.Sender, SenderName: r.SenderText, Type: r.TypeText, Symbol: r.SymbolText, Subject: r.SubjectText,
		Signer: r.SignerText, Kind: r.Kind, LeadsTo: r.LeadsTo}
	e.ArrivedOn = readDay(&wrong, req, r.Field("arrived_on"), "")
	e.Date = readDay(&wrong, req, r.Field("date"), "")
	e.Due = readDay(&wrong, req, r.Field("due"), "")
	return e, wrong
}

// enterIncoming puts the ticked papers into the book, all or none: what is wrong stands at its field, nothing typed is lost.
func (s *site) enterIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := incomingOf(tx, by, r)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.KeepIncoming, by.Body); err != nil {
		return Reply{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return Reply{}, err
	}
	chosen := tickedIn(r)
	var all fault.List
	var done []string
	for n := range p.Waiting {
		row := &p.Waiting[n]
		if r.PostForm[row.Field("number")] == nil { // it came in the meantime
			row.Ticked = false
			continue
		}
		e, wrong := row.read(r)
		row.Ticked = chosen.Has(row.ID)
		if err := row.choices(tx, by, names, today); err != nil {
			return Reply{}, err
		}
		if !row.Ticked {
			continue
		}
		err := wrong.Err()
		if err == nil {
			var i intake.Incoming
			i, err = intake.Enter(tx, by, row.ID, row.Version, e)
			done = append(done, i.Number)
			if err != nil {
				err = renamedFields(err, row.called)
			}
		}
		if other := all.AddError("", err); other != nil {
			return Reply{}, other
		}
	}
	switch {
	case len(chosen.Rows) == 0:
		all.Add("rows", "Chưa tích văn bản nào để vào sổ.")
	case len(done) == 0 && all.Err() == nil:
		return Reply{}, fault.Stale("Các văn bản này vừa được người khác ghi. Xin xem lại danh sách.")
	}
	if err := all.Err(); err != nil {
		return Reply{Page: "incoming/list", Data: p}, err
	}
	return Reply{To: incomingURL + "?trang-thai=" + string(intake.Entered), Said: fmt.Sprintf("Đã vào sổ %d văn bản, số đến %s.", len(done), strings.Join(done, ", "))}, nil
}
