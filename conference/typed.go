package conference

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/org"
	"giaoban/task"
)

// Typed is a conclusion as somebody types it. Nothing typed is refused for being unfinished: what is missing is listed
// by Problems and stands in the way of closing only. Mark is the Mark of the conclusion the form was opened with, ""
// for a new one. An empty Mode of a task follows from the body that leads: own units are assigned, others requested.
type Typed struct {
	No          int
	Mark        string
	Kind        Kind
	Mode        task.Mode
	Words       string
	Product     string
	Lead        db.ID
	Due         string // as typed: 20/5/2022
	DueSpoken   bool
	ForcePaper  string
	Cooperation string // one body a line: "STTTT: phần việc, hạn 20/5/2022"
}

// Blank reports that nothing was typed.
func (t Typed) Blank() bool {
	return fold.Tidy(t.Words) == "" && fold.Tidy(t.Product) == "" && t.Lead == "" && fold.Tidy(t.Due) == "" && fold.Tidy(t.Cooperation) == "" &&
		fold.Tidy(t.ForcePaper) == "" && (t.Kind == "" || t.Kind == Undecided)
}

// Form gives a conclusion back as it would be typed.
func (c Conclusion) Form() Typed {
	return Typed{No: c.No, Mark: c.Mark(), Kind: c.Kind, Mode: c.Mode, Words: c.Words, Product: c.Product, Lead: c.Lead,
		Due: c.DueText(), DueSpoken: c.DueSpoken, ForcePaper: c.ForcePaper, Cooperation: c.Cooperation}
}

// Mark tells one version of a conclusion: its number and a digest of its content. With the digest a sheet of many
// lines knows which of them were changed on this page, so that two people at two lines do not stop each other.
func (c Conclusion) Mark() string {
	if c.Version == 0 {
		return ""
	}
	return strconv.FormatInt(c.Version, 10) + "-" + c.digest()
}

func (c Conclusion) digest() string {
	return digestOf(string(c.Kind), string(c.Mode), c.Words, c.Product, string(c.Lead), c.DueText(),
		strconv.FormatBool(c.DueSpoken), c.ForcePaper, c.Cooperation)
}

// digestOf tells one content from another: of a row that was not touched it is what it was.
func digestOf(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// bodies is the directory on the day of the conference, for leads and for the bodies named in a cooperation.
type bodies struct {
	byID    map[db.ID]org.Body
	match   func(spelling string) (db.ID, bool)
	invited []db.ID // in the order of the invitation
}

func directory(tx *db.Tx, b Conference) (bodies, error) {
	day := b.HeldOn
	if day.IsZero() {
		day = calendar.OfInstant(tx.Clock())
	}
	all, err := org.At(tx, access.System("giao ban"), day)
	if err != nil {
		return bodies{}, err
	}
	d := bodies{byID: make(map[db.ID]org.Body, len(all))}
	if d.invited, err = invitedTo(tx, b.ID); err != nil {
		return bodies{}, err
	}
	for _, o := range all {
		d.byID[o.ID] = o
	}
	known := make(map[string]db.ID) // a sheet names the same few bodies again and again
	d.match = func(spelling string) (db.ID, bool) {
		id, ok := known[spelling]
		if !ok {
			if found, err := org.Matching(tx, access.System("giao ban"), spelling, day); err == nil && len(found) == 1 {
				id = found[0].ID
			}
			known[spelling] = id
		}
		return id, id != ""
	}
	return d, nil
}

// take turns what was typed into a conclusion, over the one kept so far.
func (d bodies) take(old Conclusion, t Typed) (Conclusion, error) {
	c := old
	c.No, c.Kind, c.Words, c.Product = t.No, t.Kind, fold.Tidy(t.Words), fold.Tidy(t.Product)
	c.Lead, c.DueSpoken, c.ForcePaper, c.Cooperation = t.Lead, t.DueSpoken, fold.Tidy(t.ForcePaper), fold.Tidy(t.Cooperation)
	if err := refuseSecret(c.Words, c.Product, c.ForcePaper, c.Cooperation, t.Due); err != nil {
		return c, err
	}
	switch c.Kind {
	case "":
		c.Kind = Undecided
	case Undecided, Guidance, Task, Request, Shortcoming:
	default:
		return c, fault.Invalid("kind", "Loại kết luận “%s” không có; hãy chọn định hướng, nhiệm vụ, đề nghị nhiều cơ quan hoặc hạn chế.", shortened(string(c.Kind)))
	}
	c.Mode = ""
	if c.Lead != "" {
		lead, ok := d.byID[c.Lead]
		if !ok {
			return c, fault.Invalid("lead", "Cơ quan chủ trì không có trong danh bạ vào ngày họp.")
		}
		if c.Kind == Task {
			if c.Mode = t.Mode; c.Mode == "" {
				c.Mode = task.ModeFor(lead.Kind)
			}
			if wrong := task.ToneProblem(c.Mode, lead, c.ForcePaper); wrong != "" {
				return c, fault.Invalid("mode", "%s", wrong)
			}
		}
	}
	c.Due, c.DueTyped = calendar.Date{}, ""
	if typed := fold.Tidy(t.Due); typed != "" {
		day, err := calendar.ReadDate(typed)
		if err != nil {
			c.DueTyped = shortened(typed)
		} else {
			c.Due = day
		}
	}
	entries, _ := readCooperation(c.Cooperation)
	if c.Kind != Request {
		c.Cooperating = d.named(entries, c.Lead)
		return c, nil
	}
	c.Cooperating = d.named(entries, "")
	chosen := func(k Cooperation) bool { return k.Body == c.Lead }
	if c.Lead != "" && !slices.ContainsFunc(c.Cooperating, chosen) { // chosen while the line was a task of one body
		c.Cooperating = append([]Cooperation{{Body: c.Lead}}, c.Cooperating...)
	}
	return c, nil
}
