package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

func (s *site) directiveRoutes() {
	s.read("GET /van-ban-chi-dao", s.directives)
	s.read("GET /van-ban-chi-dao/them", s.newDirective)
	s.write("POST /van-ban-chi-dao", s.recordDirective)
	s.read("GET /van-ban-chi-dao/{directive}", s.showDirective)
	s.read("GET /van-ban-chi-dao/{directive}/sua", s.editDirective)
	s.write("POST /van-ban-chi-dao/{directive}/sua", s.reviseDirective)
	s.write("POST /van-ban-chi-dao/{directive}/tep", s.fileDirective)
	s.read("GET /van-ban-chi-dao/{directive}/tep/{file}", s.directiveFile)
	s.write("POST /van-ban-chi-dao/{directive}/quan-he", s.relateDirective)
	s.write("POST /van-ban-chi-dao/{directive}/quan-he/xac-nhan", s.confirmRelation)
	s.write("POST /van-ban-chi-dao/{directive}/quan-he/bo", s.endRelation)
	s.read("GET /van-ban-chi-dao/{directive}/noi-nhac", s.directiveMentions)
	s.read("GET /van-ban-chi-dao/{directive}/quan-triet", s.directiveRollout)
	s.write("POST /van-ban-chi-dao/{directive}/quan-triet", s.noteRollout)
	s.write("POST /van-ban-chi-dao/{directive}/quan-triet/bo", s.dropRollout)

	s.read("GET /vien-dan", s.resolveReference)
	s.read("GET /vien-dan/cho", s.openReferences)
	s.write("POST /vien-dan/chon", s.chooseReference)
	s.write("POST /vien-dan/bo-qua", s.setReferenceAside)
	s.write("POST /vien-dan/bo-chon", s.undecideReference)

	s.read("GET /tham-muu", s.advices)
	s.read("GET /tham-muu/them", s.newAdvice)
	s.write("POST /tham-muu", s.noteAdvice)
	s.read("GET /tham-muu/{advice}", s.showAdvice)
	s.write("POST /tham-muu/{advice}", s.noteAdvice)
}

var directiveClass = map[directive.State]string{directive.InForce: "accepted", directive.Replaced: "extended", directive.Expired: "nil"}

func directiveBadge(state directive.State) badge { return badge{directiveClass[state], state.Name()} }

// directivesPage is the register with its search and filters.
type directivesPage struct {
	Text, Type, Sector, Year string
	Level                    directive.Level
	State                    directive.State
	Types                    []string
	Levels                   []directive.Level
	States                   []directive.State
	Sectors                  []directive.Sector
	Lines                    []directiveLine
	Filtered                 bool
	Next, First              string
	MayRecord                bool
	Open                     int  // references that wait for an officer
	More                     bool // there are more of them than were counted
}

type directiveLine struct {
	directive.Directive
	Badge badge
}

func (s *site) directives(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadDirective, by.Org); err != nil {
		return Reply{}, err
	}
	p := &directivesPage{Text: strings.TrimSpace(r.FormValue("tim")), Type: r.FormValue("loai"), Sector: r.FormValue("linh-vuc"), Year: strings.TrimSpace(r.FormValue("nam")),
		Level: directive.Level(r.FormValue("cap")), State: directive.State(r.FormValue("trang-thai")),
		Levels: directive.Levels, States: directive.States, Sectors: directive.AllSectors, MayRecord: by.Can(access.RecordDirective, by.Org)}
	f := directive.Filter{Text: p.Text, Type: p.Type, Level: p.Level, Sector: p.Sector, State: p.State, Cursor: r.FormValue("sau")}
	p.Filtered = p.Text != "" || p.Type != "" || p.Sector != "" || p.Year != "" || p.Level != "" || p.State != ""
	var err error
	if p.Types, err = directive.Types(tx, by); err != nil {
		return Reply{}, err
	}
	if p.Year != "" {
		if f.Year, err = strconv.Atoi(p.Year); err != nil {
			f.Year = -1 // the room says how a year is written
		}
	}
	today := calendar.OfInstant(tx.Clock())
	found, next, err := directive.List(tx, by, f)
	if err != nil {
		return Reply{Page: "directive/list", Data: p}, err
	}
	for _, d := range found {
		p.Lines = append(p.Lines, directiveLine{d, directiveBadge(d.StateOn(today))})
	}
	if next != "" {
		p.Next = withQuery(r, "sau", next)
	}
	if f.Cursor != "" {
		p.First = withQuery(r, "sau", "")
	}
	if p.MayRecord {
		open, more, err := directive.OpenMentions(tx, by, "")
		if err != nil {
			return Reply{}, err
		}
		p.Open, p.More = len(open), more != ""
	}
	return Reply{Page: "directive/list", Data: p}, nil
}

// withQuery is the address of this page with one parameter changed; "" removes it.
func withQuery(r *http.Request, name, value string) string {
	q := url.Values{}
	for key, values := range r.URL.Query() {
		if len(values) > 0 && values[0] != "" {
			q.Set(key, values[0])
		}
	}
	q.Del(name)
	if value != "" {
		q.Set(name, value)
	}
	if len(q) == 0 {
		return r.URL.Path
	}
	return r.URL.Path + "?" + q.Encode()
}

// directiveFile gives a file of a document to whoever reads the register.
func (s *site) directiveFile(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if !by.SignedIn() {
		return Reply{}, fault.SignIn("Xin đăng nhập để xem tệp.")
	}
	f, err := directive.FileOf(tx, by, db.ID(r.PathValue("directive")), db.ID(r.PathValue("file")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Download: s.stored(f)}, nil
}

// MayRecord says whether the visitor keeps the register.
func (v *view) MayRecord() bool { return v.Actor.Can(access.RecordDirective, v.Org) }

// SeesAdvice says whether the visitor may open the list of advice.
func (v *view) SeesAdvice() bool { return mayAdvise(v.Actor) == nil }
