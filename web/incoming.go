package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/document"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/org"
	"giaoban/task"
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
				err = inRow(*row, err)
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

// inRow names the fields of a refusal as they are in this row.
func inRow(row incomingRow, err error) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	renamed := &fault.Error{Kind: f.Kind}
	for _, problem := range f.Problems {
		if problem.Field == "" {
			problem.Field = "number"
		}
		problem.Field = row.Field(problem.Field)
		renamed.Problems = append(renamed.Problems, problem)
	}
	return renamed
}

// incomingShow is one incoming paper with what its file says.
type incomingShow struct {
	Row      incomingRow
	Badge    badge
	Step     string
	URL      string
	Made     string // address of the record it went into
	Target   string // address of the report or task it is for
	Text     []document.Block
	Hidden   int // blocks that are not shown
	Problems []string
	MayKeep  bool
	Note     string
	Result   string
	Linked   bool // its graph shows something
}

// mostBlocks is how many paragraphs of a file are shown beside its fields.
const mostBlocks = 400

func (s *site) showIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := incomingShown(tx, by, db.ID(r.PathValue("incoming")))
	return Reply{Page: "incoming/show", Data: p}, err
}

func incomingShown(tx *db.Tx, by access.Actor, id db.ID) (*incomingShow, error) {
	i, err := intake.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	p := &incomingShow{Badge: incomingBadge(i.State), MayKeep: by.Can(access.KeepIncoming, i.Body)}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	if p.Row, err = incomingRowOf(tx, by, i, names, today); err != nil {
		return nil, err
	}
	if p.MayKeep {
		p.Step, p.URL = nextStep(i)
	}
	if i.MadeKind != "" {
		p.Made = address(i.MadeKind, i.MadeID)
	}
	switch {
	case i.LeadsTo == "":
	case i.Kind == intake.Result:
		p.Target = address("task", i.LeadsTo)
	case i.Kind == intake.Report:
		p.Target = "/bao-cao/" + string(i.LeadsTo)
	}
	d, err := intake.Read(tx, by, id)
	if err != nil {
		return nil, err
	}
	p.Text, p.Problems = d.Accepted(), d.Problems
	if p.Hidden = len(p.Text) - mostBlocks; p.Hidden > 0 {
		p.Text = p.Text[:mostBlocks]
	}
	p.Linked, err = linked(tx, by, "incoming", i.ID)
	return p, err
}

// incomingDo runs one act on a paper; refused, the page comes back with what was typed.
func incomingDo(tx *db.Tx, by access.Actor, r *http.Request, act func(id db.ID, version int64) error) (Reply, error) {
	id := db.ID(r.PathValue("incoming"))
	err := act(id, wholeNumber(r.PostFormValue("version")))
	if err == nil {
		return Reply{To: address("incoming", id)}, nil
	}
	if kind := fault.Of(err); kind == nil || kind.Kind == fault.KindMissing || kind.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, again := incomingShown(tx, by, id)
	if again != nil {
		return Reply{}, again
	}
	p.Note, p.Result = r.PostFormValue("note"), r.PostFormValue("result")
	if r.PostForm[p.Row.Field("number")] != nil {
		p.Row.read(r)
	}
	return Reply{Page: "incoming/show", Data: p}, err
}

func (s *site) correctIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, _ int64) error {
		i, err := intake.Find(tx, by, id)
		if err != nil {
			return err
		}
		row := incomingRow{Incoming: i}
		e, wrong := row.read(r)
		if err := by.May(access.KeepIncoming, i.Body); err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if _, err = intake.Enter(tx, by, id, row.Version, e); err != nil {
			return inRow(row, err)
		}
		return nil
	})
}

func (s *site) dropIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, version int64) error { return intake.Drop(tx, by, id, version, r.PostFormValue("note")) })
}

func (s *site) closeIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, version int64) error { return intake.Close(tx, by, id, version, r.PostFormValue("note")) })
}

// resultIncoming makes a paper the proof that a task was done.
func (s *site) resultIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, _ int64) error {
		i, err := intake.Find(tx, by, id)
		if err != nil {
			return err
		}
		if i.Kind != intake.Result || i.LeadsTo == "" {
			return fault.Conflict("Văn bản này chưa được ghi là kết quả của nhiệm vụ nào; hãy chọn nhiệm vụ rồi lưu.")
		}
		t, err := task.Find(tx, by, i.LeadsTo)
		if err != nil {
			return err
		}
		came, err := intake.Files(tx, by, id)
		if err != nil {
			return err
		}
		e := task.Evidence{Note: r.PostFormValue("result"), Paper: i.Label()}
		for _, f := range came {
			e.Files = append(e.Files, task.File{ID: f.ID, Name: f.Name})
		}
		if err := intake.Settle(tx, by, id, t.Node()); err != nil {
			return err
		}
		if err := task.EnterResult(tx, by, t.ID, i.Sender, e); err != nil {
			return renamedField(err, "note", "result")
		}
		return nil
	})
}

// renamedField puts the problems of one field under another, as this page calls it.
func renamedField(err error, from, to string) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	renamed := &fault.Error{Kind: f.Kind}
	for _, problem := range f.Problems {
		if problem.Field == from {
			problem.Field = to
		}
		renamed.Problems = append(renamed.Problems, problem)
	}
	return renamed
}

// archiveIncoming hands an old paper to the archive, where each thing that was read of it is confirmed.
func (s *site) archiveIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	made := db.ID("")
	reply, err := incomingDo(tx, by, r, func(id db.ID, _ int64) error {
		came, err := intake.Files(tx, by, id)
		if err != nil {
			return err
		}
		d, err := intake.Read(tx, by, id)
		if err != nil {
			return err
		}
		match, err := org.Matcher(tx, by)
		if err != nil {
			return err
		}
		f := came[0]
		p, err := archive.ProposeRead(f.Name, d, match)
		if err != nil {
			return err
		}
		kept, _, err := archive.Keep(tx, by, []archive.Prepared{{Name: f.Name, Stored: stored(f.File), Proposal: p}})
		if err != nil {
			return err
		}
		made = kept[0].ID
		return intake.Settle(tx, by, id, kept[0].Node())
	})
	if err == nil {
		reply.To = address("import", made)
	}
	return reply, err
}

// stored is a file of the library as the store keeps it.
func stored(f library.File) files.Stored {
	return files.Stored{SHA256: f.SHA256, Size: f.Size, Kind: f.Kind, Known: true}
}
