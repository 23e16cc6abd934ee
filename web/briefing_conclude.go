package web

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/org"
	"giaoban/task"
)

// concludeData is the sheet of conclusions: one line each, typed while the meeting runs.
type concludeData struct {
	briefingHead
	Lines    []concludeLine
	Version  string // marks of all lines, for the script that saves by itself
	Numbers  string
	Leads    []leadGroup
	Dates    []dateChoice
	Drafts   []draftLine
	Blocking []fault.Problem
	Closing  bool // closing was refused: what blocks it stands beside its line
	Released bool
	MayRead  bool
}

// concludeLine is one conclusion as typed; Theirs is what somebody else saved meanwhile.
type concludeLine struct {
	conference.Typed
	Spare   bool
	First   bool // the first empty line: the key for typing leads here
	Stored  conference.Conclusion
	Theirs  *conference.Conclusion
	Mode    string
	TaskURL string
	Order   bool             // assigned although the body is not of the commission: on the strength of a paper
	URLs    map[db.ID]string // of a request: by body, to the tasks this reader may open
}

// leadGroup are the bodies that may lead, by the tone the commission uses with them.
type leadGroup struct {
	Name   string
	Bodies []org.Body
}

type dateChoice struct {
	Day   calendar.Date
	Label string
}

type draftLine struct {
	conference.Draft
	Taken bool
	Gone  bool // the reason is there no more: the report has come, the proposal is answered
}

// spareLines is how many empty lines wait below the last: enough for a page without scripts to type ahead.
const spareLines = 3

func (s *site) briefingConclusions(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-luan")
	if err != nil {
		return Reply{}, err
	}
	reply, err := head.conclusions(tx, by, nil)
	if data, ok := reply.Data.(concludeData); ok && r.FormValue("ket-thuc") != "" {
		data.Closing = len(data.Blocking) > 0
		reply.Data = data
	}
	return reply, err
}

// Lack is what keeps the conference open at one field, said there once closing was tried.
func (data concludeData) Lack(field string) string {
	var why []string
	for _, p := range data.Blocking {
		if data.Closing && p.Field == field {
			why = append(why, p.Sentence)
		}
	}
	return strings.Join(why, " ")
}

// conclusions builds the page: typed is what a failed save had in its form, nil to show what is kept.
func (h briefingHead) conclusions(tx *db.Tx, by access.Actor, typed []conference.Typed) (Reply, error) {
	data := concludeData{briefingHead: h}
	kept, err := conference.Conclusions(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	data.MayRead = h.Commission || len(kept) > 0
	mine := map[db.ID]bool{} // the tasks this reader may open
	made := map[db.ID]map[db.ID]string{}
	tasks, err := conference.Tasks(tx, by, h.B.ID)
	if err != nil {
		return Reply{}, err
	}
	for _, t := range tasks {
		mine[t.Task.ID] = true
		if t.OfRequest {
			if made[t.Conclusion] == nil {
				made[t.Conclusion] = map[db.ID]string{}
			}
			made[t.Conclusion][t.Task.Lead] = address("task", t.Task.ID)
		}
	}
	last := 0
	stored := make(map[int]conference.Conclusion, len(kept))
	for _, c := range kept {
		stored[c.No] = c
		last = max(last, c.No)
		line := concludeLine{Typed: c.Form(), Stored: c, Mode: c.Mode.Name(), Order: c.Mode == task.Assigned && c.ForcePaper != "", URLs: made[c.ID]}
		if mine[c.Task] {
			line.TaskURL = "/nhiem-vu/" + string(c.Task)
		}
		data.Lines = append(data.Lines, line)
	}
	for _, t := range typed {
		i := slices.IndexFunc(data.Lines, func(l concludeLine) bool { return l.No == t.No })
		if i < 0 {
			data.Lines = append(data.Lines, concludeLine{Typed: t, Spare: t.Words == ""})
			last = max(last, t.No)
			continue
		}
		if t.Mark == "" && t.Blank() {
			continue
		}
		line := &data.Lines[i]
		if t.Mark != line.Mark && !sameTyped(t, line.Typed) {
			theirs := line.Stored
			line.Theirs, t.Mark = &theirs, line.Mark // saving again is a decision now, with both in view
		}
		line.Typed, line.Order = t, t.Mode == task.Assigned
	}
	slices.SortFunc(data.Lines, func(a, b concludeLine) int { return a.No - b.No })
	if h.MayWrite {
		next, err := conference.NextNumber(tx, by, h.B.ID)
		if err != nil {
			return Reply{}, err
		}
		last = max(last, next-1)
		if err := data.offer(tx, by, last, typed != nil); err != nil {
			return Reply{}, err
		}
	}
	return Reply{Page: "briefing/conclude", Data: data}, nil
}

func sameTyped(a, b conference.Typed) bool {
	a.Mark, b.Mark, a.Mode, b.Mode = "", "", "", ""
	return a == b
}

// offer fills what typing needs: spare lines, leads, dates, drafts of the pack and what still keeps the conference open.
func (data *concludeData) offer(tx *db.Tx, by access.Actor, last int, typed bool) error {
	if !typed {
		for n := range spareLines {
			last++
			data.Lines = append(data.Lines, concludeLine{Typed: conference.Typed{No: last, Kind: conference.Undecided}, Spare: true, First: n == 0})
		}
	}
	var marks, numbers []string
	for _, l := range data.Lines {
		numbers = append(numbers, strconv.Itoa(l.No))
		if l.Mark != "" {
			marks = append(marks, fmt.Sprintf("%d=%s", l.No, l.Mark))
		}
	}
	data.Version, data.Numbers = strings.Join(marks, " "), strings.Join(numbers, " ")
	day := data.B.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	all, err := org.At(tx, by, day)
	if err != nil {
		return err
	}
	own, other := leadGroup{Name: "Giao"}, leadGroup{Name: "Đề nghị"}
	for _, o := range all {
		if o.Kind.Own() {
			own.Bodies = append(own.Bodies, o)
		} else {
			other.Bodies = append(other.Bodies, o)
		}
	}
	data.Leads = []leadGroup{other, own}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	for _, n := range []int{5, 10, 20} {
		data.Dates = append(data.Dates, dateChoice{holidays.AddWorkingDays(day, n), fmt.Sprintf("%d ngày làm việc sau hội nghị", n)})
	}
	if ahead := data.B.Ahead(); ahead != "" {
		data.Dates = append(data.Dates, dateChoice{data.B.Launches.Last(), "hết " + ahead})
	}
	drafts, err := conference.Drafts(tx, by, data.B.ID)
	if err != nil {
		return err
	}
	// The frozen pack may propose what has been done since it was shown.
	now, err := conference.Compose(tx, by, data.B.ID)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		data.Drafts = append(data.Drafts, draftLine{d, slices.ContainsFunc(data.Lines, func(l concludeLine) bool { return l.Words == d.Words }),
			!slices.ContainsFunc(now.Drafts, func(n conference.Draft) bool { return n.Key() == d.Key() })})
	}
	data.Blocking, err = conference.Problems(tx, by, data.B.ID)
	return err
}

// readSheet takes the lines of the form; which of them were changed on this page the marks tell.
func readSheet(r *http.Request) []conference.Typed {
	marks := make(map[int]string)
	for _, pair := range strings.Fields(r.FormValue("version")) {
		no, mark, _ := strings.Cut(pair, "=")
		if n, err := strconv.Atoi(no); err == nil {
			marks[n] = mark
		}
	}
	var sheet []conference.Typed
	for _, text := range strings.Fields(r.FormValue("numbers")) {
		no, err := strconv.Atoi(text)
		if err != nil || len(sheet) >= 300 {
			continue
		}
		field := func(name string) string { return r.FormValue(fmt.Sprintf("%s-%d", name, no)) }
		sheet = append(sheet, conference.Typed{No: no, Mark: marks[no], Kind: conference.Kind(field("kind")), Words: unixLines(field("words")),
			Product: field("product"), Lead: db.ID(field("lead")), Due: field("due"), DueSpoken: field("spoken") != "",
			ForcePaper: field("force"), Cooperation: unixLines(field("cooperation"))})
		if last := &sheet[len(sheet)-1]; field("order") != "" && last.Kind == conference.Task {
			last.Mode = task.Assigned
		}
	}
	return sheet
}

// unixLines undoes what browsers do to line ends in a text area.
func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

func (s *site) saveConclusions(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-luan")
	if err != nil {
		return Reply{}, err
	}
	sheet := readSheet(r)
	kept, err := conference.Conclude(tx, by, head.B.ID, sheet)
	switch {
	case err == nil && r.Header.Get("X-Autosave") != "":
		return savedAt(tx, newMarks(sheet, kept)), nil
	case err == nil && r.FormValue("then") == "close":
		blocking, err := conference.Problems(tx, by, head.B.ID)
		if err != nil {
			return Reply{}, err
		}
		if len(blocking) > 0 { // what was typed is kept; a refusal as an error would undo that
			return Reply{To: address("briefing", head.B.ID) + "/ket-luan?ket-thuc=1#con-thieu"}, nil
		}
		return Reply{To: address("briefing", head.B.ID) + "/ket-thuc"}, nil
	case err == nil:
		return Reply{To: address("briefing", head.B.ID) + "/ket-luan"}, nil
	}
	return withPage(err, func() (Reply, error) { return head.conclusions(tx, by, sheet) })
}

// newMarks are the marks the page goes on with: its own lines as they are kept now. A line that somebody else changed
// and this page did not keeps the mark it was read with, so that a later change of it here is noticed.
func newMarks(sheet []conference.Typed, kept []conference.Conclusion) string {
	stored := make(map[int]conference.Conclusion, len(kept))
	for _, c := range kept {
		stored[c.No] = c
	}
	var marks []string
	for _, t := range sheet {
		c, ok := stored[t.No]
		mark := t.Mark
		if ok && sameTyped(typedClean(t), c.Form()) {
			mark = c.Mark()
		}
		if mark != "" {
			marks = append(marks, fmt.Sprintf("%d=%s", t.No, mark))
		}
	}
	return strings.Join(marks, " ")
}

// typedClean is what Conclude keeps of a typed line.
func typedClean(t conference.Typed) conference.Typed {
	for _, text := range []*string{&t.Words, &t.Product, &t.Due, &t.ForcePaper, &t.Cooperation} {
		*text = strings.TrimSpace(*text)
	}
	if day, err := calendar.ReadDate(t.Due); err == nil {
		t.Due = day.Vietnamese()
	}
	if t.Kind == "" {
		t.Kind = conference.Undecided
	}
	return t
}

func (s *site) takeDrafts(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-luan")
	if err != nil {
		return Reply{}, err
	}
	if _, err := conference.TakeDrafts(tx, by, head.B.ID, r.Form["draft[]"]); err != nil {
		return withPage(err, func() (Reply, error) { return head.conclusions(tx, by, nil) })
	}
	return Reply{To: address("briefing", head.B.ID) + "/ket-luan"}, nil
}

func (s *site) dropConclusion(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := briefingOf(tx, by, r, "ket-luan")
	if err != nil {
		return Reply{}, err
	}
	no, _ := strconv.Atoi(r.FormValue("no"))
	if err := conference.Drop(tx, by, head.B.ID, no, r.FormValue("mark")); err != nil {
		return withPage(err, func() (Reply, error) { return head.conclusions(tx, by, nil) })
	}
	return Reply{To: address("briefing", head.B.ID) + "/ket-luan"}, nil
}

// conclusionByID leads to a conclusion's line at its conference.
func (s *site) conclusionByID(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	c, err := conference.FindConclusion(tx, by, db.ID(r.PathValue("id")))
	return Reply{To: address("briefing", c.Conference) + "/ket-luan#dong-" + strconv.Itoa(c.No)}, err
}
