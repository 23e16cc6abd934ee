package web

import (
	"cmp"
	"encoding/json"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
	"giaoban/record"
)

var journalRoom = room{
	menu: entry{group: officeGroup, name: "Nhật ký", url: "/nhat-ky", key: "g k"},
	pages: []route{
		see("/nhat-ky", (*site).showJournal, access.ReadJournal),
		see("/nhat-ky/kiem-tra", (*site).verifyJournal, access.ReadJournal).titled("Kiểm tra nhật ký"),
	},
}

const (
	journalPageSize = 50
	// mostSearched lines are looked through for one page of a filtered journal; then the reader is asked to go on.
	mostSearched = 5000
	searchChunk  = 500
)

// journalPage is the audit page: the newest lines first, before a number, filtered.
type journalPage struct {
	Head    journal.Head
	Lines   []journalRow
	Filter  journalFilter
	Kinds   []option
	Bodies  []option
	Older   string // URL of the next page; "" at the beginning of the journal
	Newest  string // URL of the first page; "" when this is it
	Cut     bool   // the search stopped before the journal's beginning
	Through int64  // the oldest line looked at
}

type journalFilter struct {
	Kind, Body, Who, Day string
	day                  calendar.Date
}

func (f journalFilter) empty() bool {
	return f.Kind == "" && f.Body == "" && f.Who == "" && f.day.IsZero()
}

// of leaves out the lines that only seal unless they are asked for.
func (f journalFilter) of() journal.Sealing { return journal.Sealing(f.Kind == journal.SealKind) }

// journalRow is one line in plain words.
type journalRow struct {
	Older    bool // the last shown of a record that has more lines
	Seq      int64
	At       db.Instant
	Who      string
	Sentence string
	About    string // what kind of thing, in the office's word
	URL      string // its page, "" when it has none, or none for these eyes
	Body     string
	Private  string // personal data of the line, for the audit page only
	Hash     string // its first characters, to compare by eye
	subject  lineage.Node
}

// option is one choice of a select.
type option struct {
	Value, Text string
	Selected    bool
}

func (s *site) showJournal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	var p journalPage
	p.Filter = journalFilter{Kind: r.FormValue("loai"), Body: r.FormValue("co-quan"), Who: strings.TrimSpace(r.FormValue("nguoi")), Day: r.FormValue("ngay")}
	again := Reply{Page: "journal/list", Data: &p}
	before, _ := strconv.ParseInt(r.FormValue("truoc"), 10, 64)
	if before <= 0 || before > math.MaxInt32 {
		before = math.MaxInt32
	}
	if _, err := journal.Latest(tx, by, journal.Acts, before, 1); err != nil { // asked first: who may not read it learns nothing else
		return Reply{}, err
	}
	var err error
	if p.Head, err = journal.Current(tx); err != nil {
		return again, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return again, err
	}
	p.choices(names)
	if p.Filter.Day != "" {
		if p.Filter.day, err = calendar.ReadDate(p.Filter.Day); err != nil {
			return again, fieldOf("ngay", err)
		}
	}
	if err := p.search(tx, by, before, names); err != nil {
		return again, err
	}
	p.links(before)
	return again, p.lead(tx, by)
}

// lead gives each line the page of its subject, where the reader may open it.
func (p *journalPage) lead(tx *db.Tx, by access.Actor) error {
	subjects := make([]lineage.Node, len(p.Lines))
	for i, row := range p.Lines {
		subjects[i] = row.subject
	}
	seen, err := record.SeeAll(tx, by, subjects)
	for i, of := range subjects {
		if _, ok := seen[of.Key()]; ok {
			p.Lines[i].URL = address(of.Kind, of.ID)
		}
	}
	return err
}

// search walks back through the journal until a page is full.
func (p *journalPage) search(tx *db.Tx, by access.Actor, before int64, names map[db.ID]org.Body) error {
	chunk := searchChunk
	if p.Filter.empty() {
		chunk = journalPageSize
	}
	p.Through = before
	for searched := 0; searched < mostSearched && len(p.Lines) < journalPageSize; searched += chunk {
		lines, err := journal.Latest(tx, by, p.Filter.of(), p.Through, chunk)
		if err != nil {
			return err
		}
		for i := range lines {
			if len(p.Lines) == journalPageSize {
				p.Cut = true
				return nil
			}
			p.Through = lines[i].Seq
			if !p.Filter.day.IsZero() && calendar.OfInstant(lines[i].At.Time()).Before(p.Filter.day) {
				p.Cut = false
				return nil // lines are in the order of time
			}
			if p.Filter.keeps(&lines[i]) {
				p.Lines = append(p.Lines, rowOf(&lines[i], names, true))
			}
		}
		if p.Cut = len(lines) == chunk && p.Through > 1; !p.Cut {
			return nil
		}
	}
	return nil
}

func (f journalFilter) keeps(l *journal.Line) bool {
	return (f.Kind == "" || l.Kind == f.Kind) && (f.Body == "" || l.Body == f.Body) &&
		(f.Who == "" || strings.Contains(fold.Fold(l.ActorName), fold.Fold(f.Who))) &&
		(f.day.IsZero() || calendar.OfInstant(l.At.Time()) == f.day)
}

func (p *journalPage) choices(names map[db.ID]org.Body) {
	p.Kinds = append(p.Kinds, option{"", "Mọi loại", p.Filter.Kind == ""})
	for _, kind := range record.Order {
		if len(record.Kinds[kind].Verbs) > 0 {
			p.Kinds = append(p.Kinds, option{kind, kindName(kind), p.Filter.Kind == kind})
		}
	}
	p.Bodies = append([]option{{"", "Mọi cơ quan", p.Filter.Body == ""}}, bodyOptions(names, calendar.Date{}, db.ID(p.Filter.Body))...)
}

func (p *journalPage) links(before int64) {
	q := url.Values{}
	for name, value := range map[string]string{"loai": p.Filter.Kind, "co-quan": p.Filter.Body, "nguoi": p.Filter.Who, "ngay": p.Filter.Day} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if before != math.MaxInt32 {
		p.Newest = "/nhat-ky?" + q.Encode()
	}
	if p.Cut {
		q.Set("truoc", strconv.FormatInt(p.Through, 10))
		p.Older = "/nhat-ky?" + q.Encode()
	}
}

// verifyPage tells what recomputing the whole journal found.
type verifyPage struct {
	Head     journal.Head
	Findings []journal.Finding
	Known    string // a head that an office kept, as typed: "1234 root"
	Took     string
}

func (s *site) verifyJournal(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadJournal, by.Body); err != nil {
		return Reply{}, err
	}
	p := verifyPage{Known: strings.TrimSpace(r.FormValue("dau"))}
	again := Reply{Page: "journal/verify", Data: &p}
	var known []journal.Head
	if p.Known != "" {
		size, root, _ := strings.Cut(p.Known, " ")
		n, err := strconv.ParseInt(size, 10, 64)
		if err != nil || n < 1 || len(strings.TrimSpace(root)) != 44 {
			return again, fieldProblem("dau", "Đầu nhật ký gồm số dòng, dấu cách và 44 ký tự mã gốc, như in trên biên nhận.")
		}
		known = append(known, journal.Head{Size: n, Root: strings.TrimSpace(root)})
	}
	began := time.Now()
	var err error
	p.Findings, p.Head, err = journal.Verify(tx, known, nil)
	p.Took = strings.ReplaceAll(strconv.FormatFloat(time.Since(began).Seconds(), 'f', 2, 64), ".", ",") + " giây"
	return again, err
}

// activityOf gives what happened to one subject, the newest first, for {{template "activity" …}} on that subject's
// page. A body sees the lines that concern itself.
func activityOf(tx *db.Tx, by access.Actor, kind string, subject db.ID, limit int) ([]journalRow, error) {
	lines, err := journal.Activity(tx, by, kind, subject, limit+1)
	if err != nil || len(lines) == 0 {
		return nil, err
	}
	names, err := org.Names(tx, calendar.OfInstant(tx.Clock()))
	if err != nil {
		return nil, err
	}
	rows := make([]journalRow, len(lines))
	for i := range lines {
		rows[i] = rowOf(&lines[i], names, false)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		rows[limit-1].Older = true
	}
	return rows, nil
}

// rowOf puts a line into words. private shows its personal part: only on the audit page.
func rowOf(l *journal.Line, names map[db.ID]org.Body, private bool) journalRow {
	details := make(map[string]any)
	json.Unmarshal([]byte(l.Details), &details) // a line whose details cannot be read is still a line
	row := journalRow{Seq: l.Seq, At: l.At, Who: whoOf(l), Sentence: record.Sentence(l.Kind, l.Verb, details),
		About: record.Kinds[l.Kind].Name, subject: lineage.Node{Kind: l.Kind, ID: l.Subject}, Body: names[db.ID(l.Body)].ShortName}
	for _, b := range l.Hash[:min(4, len(l.Hash))] {
		row.Hash += hexPair(b)
	}
	if private && l.Private != "" {
		personal := make(map[string]any)
		json.Unmarshal([]byte(l.Private), &personal)
		var parts []string
		for _, key := range []string{"name", "login", "phone", "host"} {
			if v, ok := personal[key].(string); ok && v != "" {
				parts = append(parts, personalNames[key]+": "+v)
			}
		}
		row.Private = strings.Join(parts, "; ")
	}
	return row
}

var personalNames = map[string]string{"name": "họ tên", "login": "tên đăng nhập", "phone": "điện thoại", "host": "địa chỉ máy"}

func whoOf(l *journal.Line) string {
	switch {
	case strings.HasPrefix(l.Actor, "system:"):
		return "Hệ thống (" + l.ActorName + ")"
	case strings.HasPrefix(l.Actor, "token:"):
		return "Mã truy cập “" + l.ActorName + "”"
	}
	return cmp.Or(l.ActorName, "Người chưa đăng nhập")
}

func hexPair(b byte) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[b>>4], digits[b&15]})
}
