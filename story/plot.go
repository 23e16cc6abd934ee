package story

import (
	"fmt"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/conference"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/org"
	"giaoban/people"
)

// plot is what a story is made of. Hours are written "2019-04-08 14:00"; bodies are named by their codes, people by how
// they sign in.
type plot struct {
	name     string
	begin    string   // when bodies, people, the register and the regimes are entered
	province string   // "tỉnh Điện Biên"
	superior string   // "TỈNH ỦY ĐIỆN BIÊN"
	unheard  []string // what the play adds and the page does not tell, of the words in event.go

	bodies    []body
	documents []document
	reviews   reviews
	before    []round // of another regime, before the one that the conference looks back on
	reports   round
	report    written
	meeting   meeting
	notice    papers

	cooperation cooperation // of a story that looks back on a programme; it has no conference then
}

// body is a body of a story with the people who work there. Whoever reports has a sector.
type body struct {
	org.New
	sector string
	people []person
}

type person struct {
	login, name, title string
	role               access.Role
	signs              people.Signing // "": by the title
}

// document is a steering document and the day on which it was entered.
type document struct {
	entered string
	directive.New
}

// reviews are those of one year that the officer assigns and lays before the leader.
type reviews struct {
	year             int
	assigned, listed string
	leads            map[string]string // symbol → code of the body that leads
}

// regime is a chế độ báo cáo as the commission sets it up.
type regime struct {
	code, name, content, basis string
	kind                       calendar.Kind
	cutoff                     calendar.Cutoff
	from                       string // first day from which bodies report
}

// round is one period of a regime: opened, handed in by whoever does, accepted.
type round struct {
	regime           regime
	period           string
	opened, accepted string
	reports          []handed
	reminded         string // when those who are missing are asked by telephone; "": never
}

// handed is what one body writes: results, shortcomings and tasks ahead, paragraphs parted by new lines.
type handed struct {
	at, code                     string
	results, shortcomings, ahead string
}

// written is the commission's own part of the consolidated report, and its way to the release.
type written struct {
	drafted                      string
	results, shortcomings, ahead []string
	papers
}

// papers is the way of a paper: signed, numbered and released.
type papers struct {
	drafted, signed, released string
	number                    int64
}

// meeting is the conference.
type meeting struct {
	planned, named, shown string // hours of the plan, of the delegates and of the pack
	began, concluded      string
	invitation            papers
	kind, title, place    string
	bring                 string
	reportDue             string
	organiser             conference.Organiser
	conveners             []string
	seats                 []seat
	guests                []guest
	invited               []invitee
	items                 []item
	speeches              []speech
	course                []string
	assessment            []string
	conclusions           []conference.Typed
}

type seat struct {
	role               conference.Role
	login, title, body string
}

type guest struct {
	name, title, body string
	as                conference.As
	speaks            bool
}

type invitee struct{ code, who string }

type item struct {
	at, subject, speaker string
	symbol               string // of the document it is about
	rollsOut             bool
}

type speech struct{ code, subject, words string }

// act is one thing that happens in one transaction.
type act struct {
	at   time.Time
	name string
	do   func(tx *db.Tx) error
}

// hour reads an hour of a story.
func hour(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, db.Vietnam)
	if err != nil {
		panic(fmt.Sprintf("story: %v", err)) // a typing error in our own story
	}
	return t
}

// date reads a day of a story; "" is no day.
func date(s string) calendar.Date {
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(fmt.Sprintf("story: %v", err))
	}
	return d
}

func (p plot) period() calendar.Period { return calendar.MustPeriod(p.reports.period) }

// loginOf is how the officer of a body signs in.
func loginOf(code string) string { return strings.ToLower(code) }
