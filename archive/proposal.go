// Package archive turns tư liệu cũ, old articles, notices and reports, into records: a file is read into a proposal, and
// a person confirms each field of it beside the text it came from.
package archive

import (
	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/official"
)

// Kind is what a file tells of.
type Kind string

const (
	Briefing         Kind = "briefing"          // hội nghị giao ban
	YearReview       Kind = "year_review"       // tổng kết năm, triển khai nhiệm vụ năm sau
	ProgrammeSigning Kind = "programme_signing" // ký kết chương trình phối hợp
	ProgrammeReview  Kind = "programme_review"  // sơ kết, tổng kết chương trình phối hợp
	Notice           Kind = "notice"            // thông báo (kết luận)
	Report           Kind = "report"            // báo cáo
	Other            Kind = "other"
)

// Kinds in the order a person is offered them.
var Kinds = []Kind{Briefing, YearReview, ProgrammeSigning, ProgrammeReview, Notice, Report, Other}

// Span is the place in Proposal.Text that a field was read from: bytes, End beyond the last. Both are 0 for a field that
// the text does not state.
type Span struct{ Start, End int }

// Item is a piece of text with its place; Value is the text as it will be kept (blanks put right, lead-in words dropped).
type Item struct {
	Value string
	Span
}

// Person is a chair: named as in the text, with the title that stands beside the name.
type Person struct {
	Name, Title string
	Span
}

// Mentioned is a body named in the text. Code is the body of the office that the name meant on the day, "" when none.
type Mentioned struct {
	Name string // as written
	Code string
	Span
}

// Review is a sơ kết or tổng kết of a document that the text tells of.
type Review struct {
	Symbol string
	Kind   string // "sơ kết" | "tổng kết"
	Years  int    // 0 when not stated
	Span
}

// Figure is a number that the text states of the field's work.
type Figure struct {
	Text       string // the clause it stands in
	Value      string // exact decimal with a point: "4.9"
	Unit       string // "%", "người", …
	Comparison string // "so với cùng kỳ năm trước"; "" when none
	Estimate   bool   // "ước"
	Row        string // of a table: what its row and its column are called, Text is the whole row
	Column     string
	Span
	cell Span // of a table
}

// Task is a conclusion that is to be done. Lead to Deadline are as written, "" where the file does not say.
type Task struct {
	Item
	Lead        string
	Cooperating string
	Product     string
	Deadline    string
	Due         calendar.Date // zero when Deadline names no day, or several
	Code        string        // of the body that the lead meant on the day, "" when none
}

// Proposal is what a file seems to say. A field of which the reader is not sure is empty, never guessed.
type Proposal struct {
	File  string // name as given
	Title Item
	Text  string // the whole text as read; spans count its bytes
	Main  Span   // the article itself; before and after it stand menus, comments and footers

	Kind       Kind
	KindSpan   Span
	HeldOn     calendar.Date
	HeldOnSpan Span
	PartOfDay  string // "morning" | "afternoon" | "evening" | ""
	PartSpan   Span
	Posted     calendar.Date // when the page was put up; never held_on
	PostedSpan Span

	Period         calendar.Period // zero when not stated
	PeriodSpan     Span
	NextPeriod     calendar.Period // the period it launches, only where stated
	NextPeriodSpan Span

	Organiser Item
	Province  Item // "Khánh Hòa"
	Place     Item
	Chairs    []Person
	Concluder Item
	Bodies    []Mentioned
	Citations []citation.Reference
	Reviews   []Review

	Results      []Item
	Difficulties []Item
	Shortcomings []Item
	Conclusions  []Item // conclusions and next tasks, one each
	Tasks        []Task // those of the conclusions that are tasks; of an official paper only
	Figures      []Figure
	Captions     []Item
	Author       Item
	Source       Item

	// What only the skeleton of an official paper tells.
	Paper     official.Kind // "" for anything else
	Symbol    Item          // "05-BC/BTGTU"
	Issued    calendar.Date
	Guidance  []Item // those of the conclusions that are guidance
	Causes    []Item // of difficulties and shortcomings
	Proposals []Item
	Programme []Item // of a conference
	Invited   []Item
	Present   []Item
	Absent    []Item
	Signers   []Person
}
