package web

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/library"
	"giaoban/org"
	"giaoban/report"
)

// sheetPage is the working page of a report: its text by heading and sector, its figures, and how it leaves the house.
type sheetPage struct {
	Obligation report.Obligation
	Form       *report.Form
	BodyName   string
	Badge      badge
	When       string
	Class      string // of the due day: is-late, is-soon
	Version    int64  // of the draft that was read
	SavedAt    db.Instant
	SavedBy    string
	Source     string // draft, submission or empty: where what stands here came from
	LastName   string // the period that is shown beside; "" for none
	LastColumn string
	LastPaper  db.ID
	Sections   []sheetSection
	Groups     []gridGroup
	Others     []gridGroup // sectors the body reports nothing of, folded away
	Monthly    []monthlyGroup
	Months     []string
	Errors     []shownFinding
	Warnings   []shownFinding
	Hints      []shownFinding
	Returned   []shownMark
	SentBack   *report.SentBack // what the body's own leader said
	Comments   []shownComment
	Extensions []report.Extension
	Answers    []report.Proposal // to what it proposed earlier: the report opens with them
	Tasks      []sheetTask       // what the conclusions asked of the body and is not finished
	ToSubmit   string            // where the form goes
	Latest     int64             // newest version handed in when the page was shown: pressing twice gives the same receipt
	MayApprove bool              // the agency's leader sends by himself
	Paper      bool              // a paper report entered by the commission
	Nil        bool              // it says that nothing happened
	Typed      paperFields
	Asked      extensionFields
	Unplaced   unplaced
	FromFile   []fromFileLine // cells beside which a file says something, in their order
	Held       string         // the same, to be carried along
	Laid       string         // of a paper: what was done with the words of a file
	Original   *library.File  // of a paper: the file that is kept as its original already
	Holding    string         // where the body notes its own conference of what is reported once
	Contents   contents       // none for a sheet that fits a screen or so
}

// Again is where the form goes to be looked at once more: the draft is saved, a paper, which has none, is handed in.
func (p sheetPage) Again() string { return cmp.Or(p.Save(), p.ToSubmit) }

// LayAt is where the form goes to have words put into the outline.
func (p sheetPage) LayAt() string {
	if p.Paper {
		return p.ToSubmit
	}
	return "/bao-cao/" + string(p.Obligation.ID) + "/xep"
}

// Save is where the draft is kept; a paper has none.
func (p sheetPage) Save() string {
	if p.Paper {
		return ""
	}
	return "/bao-cao/" + string(p.Obligation.ID) + "/luu"
}

// paperFields are what is typed about the signed original and, for nhập thay, about its arrival.
type paperFields struct{ Number, Date, Signer, ArrivalNumber, ArrivalDate string }

// Given reports whether something was typed about a signed original.
func (p paperFields) Given() bool { return p.Number != "" || p.Date != "" || p.Signer != "" }

type extensionFields struct{ Due, Reason string }

type sheetSection struct {
	Code, Title string
	Points      []string // what is to be said there
	Items       []sheetText
	Others      []sheetText // sectors the body has not written about, folded away
}

// ID is the section as a part of the page.
func (s sheetSection) ID() string { return "phan-" + s.Code }

// sheetText is what stands under one heading for one sector.
type sheetText struct {
	ID, Name, Label string
	Text            string
	Rows            int
	Last            []string
	Marks           []shownMark
	Said            []shownComment
	Class           string
	Findings        []shownFinding
}

// Described are the ids of the sentences that speak of the text.
func (t sheetText) Described() string {
	var ids []string
	for i := range t.Marks {
		ids = append(ids, fmt.Sprintf("%s-tra%d", t.ID, i))
	}
	for i := range t.Said {
		ids = append(ids, fmt.Sprintf("%s-noi%d", t.ID, i))
	}
	return strings.Join(ids, " ")
}

type gridGroup struct {
	Code, Sector string
	Rows         []gridRow
}

// gridRow is one indicator of the grid.
type gridRow struct {
	Indicator  report.Indicator
	ID, Name   string // of the cell
	Typed      string
	Estimate   bool
	Last       string
	Cumulative string
	Target     string
	How        string // what a/b means, how it adds up
	Computed   bool
	Pair       bool
	Class      string
	Described  string
	Findings   []shownFinding
	Marks      []shownMark
	Said       []shownComment
	Read       *readCell // what a file says of it
}

type monthlyGroup struct {
	Sector string
	Rows   []monthlyRow
}

type monthlyRow struct {
	Name, Unit, Total string
	Months            []string
}

// shownFinding is a finding with the place it points to and the reason already given.
type shownFinding struct {
	report.Finding
	ID       string // of the sentence itself, for the cell to refer to
	Field    string // id of the cell or text
	NoteName string // of the field for the reason, for warnings
	NoteID   string
	Note     string // in own words
	WhyName  string // of the usual reasons, one of which takes one tap
	Usual    []usualReason
	Cell     string // of the buttons that choose one of two readings
}

// Given reports whether a reason was given.
func (shown shownFinding) Given() bool {
	return shown.Note != "" || slices.ContainsFunc(shown.Usual, func(u usualReason) bool { return u.Chosen })
}

type usualReason struct {
	Text   string
	Chosen bool
}

// shownMark is a paragraph or figure that was sent back.
type shownMark struct {
	report.Mark
	Field, Where string
}

// shownComment is what the leader said of one place, with the place it points to.
type shownComment struct {
	report.Comment
	Field, Where string
}

func (s *site) showSheet(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	id := db.ID(r.PathValue("obligation"))
	o, err := report.FindObligation(tx, by, id)
	if err != nil {
		return Reply{}, err
	}
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return Reply{}, err
	}
	if o.Stage().Locked() {
		return draftReply(tx, by, r, o) // the text stands still
	}
	data, err := sheetOf(tx, by, id, nil)
	data.turn(nil)
	return Reply{Page: "report/sheet", Data: data}, err
}

// sheetOf reads everything the working page shows; typed takes the place of the draft when a form comes back.
func sheetOf(tx *db.Tx, by access.Actor, id db.ID, typed *report.Draft) (sheetPage, error) {
	sheet, err := report.Fill(tx, by, id)
	if err != nil {
		return sheetPage{}, err
	}
	data, err := sheetHead(tx, by, sheet.Obligation)
	if err != nil {
		return data, err
	}
	data.Form, data.Source = sheet.Form, sheet.Source
	data.Version, data.SavedAt, data.SavedBy = sheet.Draft.Version, sheet.Draft.SavedAt, sheet.Draft.SavedBy
	data.SentBack, data.Badge = sheet.SentBack, stageBadge(sheet.Obligation, calendar.OfInstant(tx.Clock()))
	data.MayApprove = by.Can(access.ApproveReport, sheet.Obligation.Holder)
	data.ToSubmit = "/bao-cao/" + string(id) + "/gui"
	draft, findings := sheet.Draft.Draft, sheet.Findings
	if typed != nil {
		draft = *typed
	}
	if typed != nil || len(draft.Read) > 0 {
		findings = report.Check(sheet.Form, draft.WithRead(), sheet.Before)
	}
	if sheet.Last != nil {
		data.LastName, data.LastColumn, data.LastPaper = sheet.Last.Period.Name(), columnPeriod(sheet.Last.Period), sheet.Last.Submission
	}
	data.lay(draft, findings, sheet.Marks, sheet.Last, sheet.Cumulative)
	data.monthly(sheet)
	if data.Extensions, err = report.Extensions(tx, by, id); err != nil {
		return data, err
	}
	if data.Answers, err = report.AnswersFor(tx, by, sheet.Obligation); err != nil {
		return data, err
	}
	data.Tasks, err = tasksBeside(tx, by, sheet.Obligation.Holder)
	return data, err
}

// sheetHead is what every page about one obligation begins with.
func sheetHead(tx *db.Tx, by access.Actor, o report.Obligation) (sheetPage, error) {
	holidays, err := org.Holidays(tx)
	if err != nil {
		return sheetPage{}, err
	}
	today := calendar.OfInstant(tx.Clock())
	name, err := reporterName(tx, by, o, today)
	if err != nil {
		return sheetPage{}, err
	}
	holding, err := ownHolding(tx, by, o)
	owed := owedOf(o, holidays, today)
	return sheetPage{Obligation: o, BodyName: name, Badge: owed.Badge, When: owed.When, Class: owed.Class, Latest: o.Version, Holding: holding}, err
}
