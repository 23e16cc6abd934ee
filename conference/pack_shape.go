package conference

import (
	"fmt"
	"strings"

	"giaoban/calendar"
)

// Pack is hồ sơ giao ban, composed from what the rooms know. It is kept as JSON exactly as shown, so it holds names
// and words, not only references.
type Pack struct {
	Name       string          `json:"name"`
	Regime     string          `json:"regime"`
	Period     string          `json:"period"`
	Launches   string          `json:"launches"`
	When       string          `json:"when"`
	Place      string          `json:"place"`
	On         calendar.Date   `json:"on"` // the day everything below is told by
	Chairs     []PackPerson    `json:"chairs"`
	Guests     []PackPerson    `json:"guests,omitempty"`   // Role is the word with which each attends
	Speeches   []string        `json:"speeches,omitempty"` // of guests who speak, as papers name them
	Delegates  []PackDelegate  `json:"delegates"`
	Agenda     []string        `json:"agenda"`
	Reports    PackReports     `json:"reports"`
	Results    PackResults     `json:"results"`
	Overdue    []PackTask      `json:"overdue"`
	Rules      []Rule          `json:"rules"`
	Exceptions []Exception     `json:"exceptions"`
	Proposals  []PackProposal  `json:"proposals"`
	Forwarded  []PackForwarded `json:"forwarded,omitempty"`
	Report     []PackSection   `json:"report"`
	Source     string          `json:"source"` // where the report's text comes from, in words
	// Consolidation is the id of the commission's report; "" while the program only proposes one.
	Consolidation string        `json:"consolidation"`
	Papers        []PackSection `json:"papers,omitempty"` // the words of papers that items are about
	Script        []Step        `json:"script"`
	Drafts        []Draft       `json:"drafts"`
}

// PackPerson is a person in a place.
type PackPerson struct {
	Role  string `json:"role"`
	Name  string `json:"name"`
	Title string `json:"title"`
}

// PackDelegate is a body invited and whom it sends; Name is "" while it has not said.
type PackDelegate struct {
	Code         string `json:"code"`
	Body         string `json:"body"`
	Who          string `json:"who"`
	Name         string `json:"name"`
	Title        string `json:"title"`
	Substitute   bool   `json:"substitute"`
	Reason       string `json:"reason"`
	Contribution string `json:"speech"` // subject of the one it registered
}

// PackReports tells who has reported: Owed bodies, of whom Came handed in.
type PackReports struct {
	Owed    int          `json:"owed"`
	Came    int          `json:"came"`
	Missing []PackReport `json:"missing"`
	Late    []PackReport `json:"late"`
	Opened  bool         `json:"opened"` // false: no period of the regime was opened
}

// Delay is how late something was when the pack was made.
type Delay struct {
	Days    int  `json:"days"`
	Working bool `json:"working,omitempty"` // false in packs frozen when calendar days were counted: they stay as shown
}

// Said is "12 ngày làm việc".
func (d Delay) Said() string {
	if d.Working {
		return calendar.WorkingDays(d.Days)
	}
	return fmt.Sprintf("%d ngày", d.Days)
}

// PackReport is one report that is missing or came late.
type PackReport struct {
	Key    string        `json:"key"`
	Code   string        `json:"code"`
	Body   string        `json:"body"`
	Period string        `json:"period"`
	Due    calendar.Date `json:"due"`
	At     string        `json:"at"`
	Delay
	State  string `json:"state"`
	Waived string `json:"waived,omitempty"` // why the commission waits no more; still missing
}

// PackResults is what became of the last conference's tasks.
type PackResults struct {
	Last  string     `json:"last"` // its name, "" when there was none
	Tasks []PackTask `json:"tasks"`
	Done  int        `json:"done"`

	Requests []PackRequest `json:"requests,omitempty"`
	// Shortcomings are those that earlier conferences named: what stands, and what was mended since the last one.
	Shortcomings []PackShortcoming `json:"shortcomings,omitempty"`
}

// PackShortcoming is a hạn chế named at an earlier conference.
type PackShortcoming struct {
	ID     string        `json:"id"`
	Words  string        `json:"words"`
	Body   string        `json:"body"`   // whose it is; "" for all
	Since  calendar.Date `json:"since"`  // the day of the conference that named it
	Mended string        `json:"mended"` // what was done, with what proves it; "" while it stands
}

// Said is the shortcoming in one line.
func (s PackShortcoming) Said() string {
	said := strings.TrimRight(s.Words, ". ")
	if s.Body != "" {
		said += " (" + s.Body + ")"
	}
	said += ", nêu ngày " + s.Since.Vietnamese()
	if s.Mended == "" {
		return said + ": chưa khắc phục."
	}
	return said + ": đã khắc phục, " + sentence(s.Mended)
}

// every are all its tasks, those of requests to several bodies among them.
func (r PackResults) every() []PackTask {
	all := r.Tasks
	for _, q := range r.Requests {
		all = append(all[:len(all):len(all)], q.Sides...)
	}
	return all
}

// PackRequest is what several bodies were asked for under one number of the last conference's conclusions.
type PackRequest struct {
	No      int        `json:"no"`
	Words   string     `json:"words"`
	Done    int        `json:"done"`
	Sides   []PackTask `json:"sides"`
	Missing []string   `json:"missing"` // bodies that have not brought it
}

// Count is "5/7".
func (r PackRequest) Count() string { return fmt.Sprintf("%d/%d", r.Done, len(r.Sides)) }

// Said is the request in one line: how many have done it, and who has not.
func (r PackRequest) Said() string {
	said := fmt.Sprintf("%s: %s cơ quan đã có kết quả", strings.TrimRight(r.Words, ". "), r.Count())
	if len(r.Missing) > 0 {
		said += "; còn " + strings.Join(r.Missing, ", ")
	}
	return said + "."
}

// PackTask is a task as the pack shows it.
type PackTask struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Product string        `json:"product"`
	Mode    string        `json:"mode"`
	Code    string        `json:"code"`
	Lead    string        `json:"lead"`
	Due     calendar.Date `json:"due"`
	State   string        `json:"state"`
	Delay
	From string `json:"from"` // what it came from
}

// PackProposal is a kiến nghị that nobody has answered.
type PackProposal struct {
	ID     string        `json:"id"`
	Code   string        `json:"code"`
	Body   string        `json:"body"`
	Words  string        `json:"words"`
	Period string        `json:"period"`
	Due    calendar.Date `json:"due"` // until when the commission answers
	Late   bool          `json:"late"`
}

// PackForwarded is a kiến nghị that those above have now; they are never late.
type PackForwarded struct {
	ID       string        `json:"id"`
	Body     string        `json:"body"`
	Words    string        `json:"words"`
	Period   string        `json:"period"`
	To       string        `json:"to"`
	By       string        `json:"by"` // which công văn, in words
	Since    calendar.Date `json:"since"`
	Follower string        `json:"follower"`
}

// PackSection is a part of the report shown: its title and paragraphs, each with who wrote it.
type PackSection struct {
	Title      string          `json:"title"`
	Paragraphs []PackParagraph `json:"paragraphs"`
}

// PackParagraph is a paragraph and where it came from.
type PackParagraph struct {
	Words string `json:"words"`
	From  string `json:"from"`
}
