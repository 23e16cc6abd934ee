package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
)

// conferenceLine is a conference in the one list of those of the program and those that old files tell of. An old file that tells of
// one of the program is its source and no line of its own.
type conferenceLine struct {
	Name, URL, When, Place string
	Undated                string // what is said while there is no day
	Badge                  badge
	Sources                []archive.Event
	place                  string // in the list, the latest first
}

// mostConferences are shown on one page.
const mostConferences = 50

// pastConferences are those of old files, for readers who look over all bodies, by what is known of them.
type pastConferences struct {
	sources map[db.ID][]archive.Event // of conferences in the program
	others  []archive.Event           // our own that stand only in files, and those of other provinces
	Asked   []askedEvent              // nobody knows whose they are
	Unasked int                       // more of those, for which this page has no room
}

type askedEvent struct {
	archive.Event
	Like string // address of the conference of the program with the same kind and period or day
}

func pastConferencesOf(tx *db.Tx, by access.Actor) (pastConferences, error) {
	t := pastConferences{sources: make(map[db.ID][]archive.Event)}
	if by.Sees(access.ReadBriefing) != "" {
		return t, nil
	}
	all, err := archive.Events(tx, by, "")
	for _, e := range all {
		switch own := e.Conference(); {
		case own != "":
			t.sources[own] = append(t.sources[own], e)
		case e.Asks() && len(t.Asked) == mostConferences:
			t.Unasked++
		case e.Asks():
			t.Asked = append(t.Asked, askedEvent{e, address("briefing", e.Like)})
		case e.Whose == archive.Unknown: // its province is being confirmed
		default:
			t.others = append(t.others, e)
		}
	}
	return t, err
}

// lines puts all of them into one list, the latest first, and gives a page of it: what stands behind a place, "" for the first
// page. next is the place behind which the page after it begins, "" at the end.
func (t pastConferences) lines(list []conference.Line, after string) (page []conferenceLine, next string) {
	var all []conferenceLine
	for _, l := range list {
		day := l.HeldOn
		if day.IsZero() {
			day = l.PeriodEnd
		}
		all = append(all, conferenceLine{l.Short(), address("briefing", l.ID), fold.Capital(l.When()), l.Place, "chưa định", briefingBadge(l.State),
			t.sources[l.ID], day.String() + "~" + string(l.ID)})
	}
	for _, e := range t.others {
		all = append(all, conferenceLine{e.Name(), address("event", e.ID), e.When(), e.Place, "chưa rõ ngày", eventBadge(e), nil, e.SortDay + "~" + string(e.ID)})
	}
	slices.SortFunc(all, func(a, b conferenceLine) int { return cmp.Compare(b.place, a.place) })
	if after != "" {
		all = slices.DeleteFunc(all, func(l conferenceLine) bool { return l.place >= after })
	}
	if len(all) > mostConferences {
		all = all[:mostConferences]
		next = all[mostConferences-1].place
	}
	return all, next
}

func eventBadge(e archive.Event) badge {
	switch e.Whose {
	case archive.Foreign:
		if e.Province != "" {
			return badge{"draft", "Tỉnh khác: " + e.Province}
		}
		return badge{"draft", "Tỉnh khác"}
	case archive.Unknown:
		return badge{"proposed", archive.Unknown.Name()}
	}
	return badge{"nil", "Từ tư liệu cũ"}
}

// of gives our own conference of the past that looked back on a quarter, or on the longer period that ended with it.
func (t pastConferences) of(quarter calendar.Period) (archive.Event, bool) {
	for _, e := range t.others {
		looksBack := e.Kind == archive.Briefing || e.Kind == archive.YearReview
		if e.Whose == archive.Ours && looksBack && !e.Period.IsZero() && e.Period.Last() == quarter.Last() && e.Period.Kind() != calendar.Month {
			return e, true
		}
	}
	return archive.Event{}, false
}

// placeEvents takes an officer's word on whose conferences of the past were, one press each: "ours.<id>"; all that wait with
// "ours.".
func (s *site) placeEvents(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ImportArchive, by.Body); err != nil {
		return Reply{}, err
	}
	whose, id, _ := strings.Cut(r.PostFormValue("act"), ".")
	ids := []db.ID{db.ID(id)}
	if id == "" {
		ids = nil
		for _, one := range r.PostForm["events[]"] {
			ids = append(ids, db.ID(one))
		}
	}
	var err error
	if len(ids) == 0 {
		err = fault.Invalid("act", "Cần chọn hội nghị nào là của tỉnh mình.")
	}
	for _, one := range ids {
		if err == nil {
			seen, _ := strconv.ParseInt(r.PostFormValue("answered."+string(one)), 10, 64)
			err = archive.Answer(tx, by, one, archive.Whose(whose), db.Instant(seen))
		}
	}
	if err != nil {
		return withPage(err, func() (Reply, error) { return s.briefings(tx, by, r) })
	}
	return Reply{To: "/giao-ban"}, nil
}

// beatLine is a quarter of the cadence: the province's own conference, and the counts of the levels below.
type beatLine struct {
	conference.Beat
	Name, URL string // of the province's conference, or of the one that old files tell of
	Day       calendar.Date
	Badge     badge
	Levels    []tallyCell
	Into      *conference.Conference // with which it was held together
}

// cadenceOf lays the levels side by side for each quarter of a year.
func cadenceOf(tx *db.Tx, by access.Actor, past pastConferences, year int) ([]beatLine, error) {
	beats, err := conference.Cadence(tx, by, year)
	if err != nil {
		return nil, err
	}
	tallies, err := conference.Tallies(tx, by, year)
	if err != nil {
		return nil, err
	}
	var lines []beatLine
	for _, b := range beats {
		line := beatOf(b, past)
		if line.Into, err = conferenceSeen(tx, by, b.Fact.Other); err != nil {
			return nil, err
		}
		for _, t := range tallies {
			if t.Quarter == b.Quarter {
				line.Levels = append(line.Levels, cellOf(t))
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// beatOf says what the province held for a quarter: in the program, else by old files, else as it was noted in short.
func beatOf(b conference.Beat, past pastConferences) beatLine {
	line := beatLine{Beat: b, Badge: badge{"draft", "Chưa đến kỳ"}}
	old, inFiles := past.of(b.Quarter)
	held := b.Conference.ID != "" && !b.State.Gone()
	switch {
	case held || b.Conference.ID != "" && !inFiles && b.Sitting.ID == "":
		line.Name, line.URL, line.Day = b.Conference.Short(), address("briefing", b.Conference.ID), b.Conference.HeldOn
		if line.Badge = briefingBadge(b.State); b.Held {
			line.Badge = badge{"on-time", "Đã họp"}
		}
	case inFiles:
		line.Name, line.URL, line.Day, line.Badge = old.Name(), address("event", old.ID), old.HeldOn, badge{"on-time", "Đã họp, theo tư liệu cũ"}
	case b.Sitting.ID != "":
		line.Name, line.URL, line.Day = b.Sitting.Name(), address("sitting", b.Sitting.ID), b.Sitting.HeldOn
		line.Badge = outcomeBadge(b.Sitting.Outcome, true)
	case b.Due:
		line.Badge = badge{"missing", "Không có hội nghị"}
	}
	return line
}

// noteAddress is where a body notes its own conferences in short; "" where it holds none here.
func noteAddress(tx *db.Tx, by access.Actor, today calendar.Date) (string, error) {
	body := by.Body
	if by.OfCommission() {
		commission, err := org.TheCommission(tx, today)
		if err != nil {
			return "", err
		}
		body = commission.ID
	}
	if !by.Can(access.NoteSitting, body) {
		return "", nil
	}
	level, _, err := conference.LevelOf(tx, by, body, today)
	if err != nil || level == "" {
		return "", err
	}
	return "/ne-nep/co-quan/" + string(body), nil
}
