package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/consolidation"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/report"
)

// textPage is the commission's draft by outline and sector, every paragraph with where it came from.
type textPage struct {
	Head      consolidationHead
	Draft     consolidation.Consolidation
	Parts     []textPart
	Contents  contents
	Editing   db.ID  // the paragraph whose editor is open
	Text      string // as typed there
	Adding    string // section.sector where an own paragraph is being written
	Places    []choice
	Kept      int
	Dropped   int
	Own       int
	Since     sinceBox
	Editable  bool
	MayReturn bool
	Note      string           // typed about the whole, when it is sent back
	Typed     map[db.ID]string // about paragraphs
	asked     map[db.ID][]report.Asked
	mayAsk    bool
	Advice    advicePlace // what was drafted for others in the period, while no paragraph says it
}

// advicePlace is a sentence that counts the advice of a period, and where in the report it would stand.
type advicePlace struct{ Sentence, Key, Anchor string }

type textPart struct {
	Title  string
	Groups []textGroup // those with paragraphs, and the one that is written into
	Empty  []textGroup // the others, folded
}

type textGroup struct {
	ID     string
	Key    string // section.sector
	Sector string
	Items  []textItem
}

type textItem struct {
	consolidation.Paragraph
	Origins     []originMark
	First, Last bool
	Said        []consolidation.Comment // by a leader who sent the draft back
	Next        db.ID                   // the kept paragraph behind it, for merging
}

// originMark is agency · period · version, leading to the report.
type originMark struct {
	Text, URL  string
	Superseded string
	Partly     bool   // something else of the version was asked for again
	Ask        string // where this paragraph is asked for again
}

func (s *site) showText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return Reply{}, err
	}
	data, err := textOf(tx, by, head)
	data.Editing, data.Adding = db.ID(r.FormValue("doan")), r.FormValue("them")
	if r.Form.Has("tham-muu") {
		data.Text = data.Advice.Sentence
	}
	data.show(r)
	return Reply{Page: "consolidation/text", Data: data}, err
}

// show puts the part in sight that is asked for, or that is being written in, and folds what has no paragraph yet.
func (p *textPage) show(r *http.Request) {
	at := -1
	for i := range p.Parts {
		part := &p.Parts[i]
		var full []textGroup
		kept := 0
		for _, g := range part.Groups {
			for _, item := range g.Items {
				if item.ID != "" && item.ID == p.Editing {
					at = i
				}
				if item.State != consolidation.ParagraphDropped {
					kept++
				}
			}
			if g.Key == p.Adding {
				at = i
			}
			if len(g.Items) == 0 && g.Key != p.Adding {
				part.Empty = append(part.Empty, g)
			} else {
				full = append(full, g)
			}
		}
		part.Groups = full
		line := contentsPart{Title: part.Title, Note: "chưa có đoạn", Done: kept > 0}
		if kept > 0 {
			line.Note = wholeText(kept) + " đoạn"
		}
		p.Contents.Parts = append(p.Contents.Parts, line)
	}
	p.Contents.open(p.Head.Base+"/loi-van", r, at)
}

func textOf(tx *db.Tx, by access.Actor, head consolidationHead) (textPage, error) {
	c, err := consolidation.For(tx, by, head.Regime.Code, head.Period, head.include())
	if err != nil {
		return textPage{Head: head}, err
	}
	if err := head.take(tx, by, c); err != nil {
		return textPage{Head: head}, err
	}
	data := textPage{Head: head, Draft: c, Editable: head.Forward(), MayReturn: head.MayReturn()}
	if !head.Signed() {
		if data.asked, err = report.AskedIn(tx, head.Regime, c.Parts); err != nil {
			return data, err
		}
		data.mayAsk = by.Can(access.ReturnReport, head.Regime.Receiver)
	}
	data.lay()
	if head.Signed() {
		data.Since, err = head.since(tx, by, c)
	}
	if err != nil || !data.Editable {
		return data, err
	}
	return data, data.advise(tx, by)
}

// advise counts the advice of the period by form and source document, for the officer to take into the report.
func (p *textPage) advise(tx *db.Tx, by access.Actor) error {
	period := p.Head.Period
	counts, err := directive.AdviceCount(tx, by, "", period.First(), period.Last())
	if err != nil || counts.Issued+counts.Sent+counts.Declined == 0 || len(p.Places) == 0 {
		return err
	}
	said := counts.Sentence("Trong " + period.Name())
	for _, g := range p.Draft.Groups {
		for _, paragraph := range g.Paragraphs {
			if strings.Contains(paragraph.Text, said) {
				return nil
			}
		}
	}
	key := p.Places[0].Code
	for _, place := range p.Places { // the first heading that has the commission's own sector
		if strings.HasSuffix(place.Code, ".TM") {
			key = place.Code
			break
		}
	}
	p.Advice = advicePlace{said, key, anchor(key)}
	return nil
}

func (p *textPage) lay() {
	c := p.Draft
	at := make(map[string]consolidation.Group, len(c.Groups))
	for _, g := range c.Groups {
		at[g.Section+"."+g.Sector] = g
	}
	sectors := append(slices.Clone(c.Sectors), report.Sector{})
	for _, section := range c.Outline {
		part := textPart{Title: section.Name}
		for _, sector := range sectors {
			key := section.Code + "." + sector.Code
			g, ok := at[key]
			if !ok && (sector.Code == "" || !p.Editable || len(section.Sectors) > 0 && !slices.Contains(section.Sectors, sector.Code)) {
				continue
			}
			name := sector.Name
			if sector.Code == "" {
				name = "Chung"
			}
			p.Places = append(p.Places, choice{key, section.Name + ", " + name})
			part.Groups = append(part.Groups, textGroup{ID: anchor(key), Key: key, Sector: name, Items: p.items(g)})
		}
		if len(part.Groups) > 0 {
			p.Parts = append(p.Parts, part)
		}
	}
}

func (p *textPage) items(g consolidation.Group) []textItem {
	var items []textItem
	for i, paragraph := range g.Paragraphs {
		item := textItem{Paragraph: paragraph, First: i == 0, Last: i == len(g.Paragraphs)-1}
		if p.Head.Back != nil {
			for _, c := range p.Head.Back.Comments {
				if c.Paragraph == paragraph.ID {
					item.Said = append(item.Said, c)
				}
			}
		}
		for _, o := range paragraph.Origins {
			mark := originMark{URL: address("submission", o.Submission), Superseded: o.Superseded}
			name := p.Draft.Names[o.Body]
			if name == "" {
				name = o.Body
			}
			mark.Text = name + " · "
			if o.Period != p.Head.Period {
				mark.Text += o.Period.Short() + " · "
			}
			mark.Text += "bản " + wholeText(int(o.Version))
			if o.N > 0 {
				mark.URL += "#" + anchor(textName(o.Section, o.Sector)+"."+wholeText(o.N))
				p.ask(&mark, o)
			}
			item.Origins = append(item.Origins, mark)
		}
		switch {
		case paragraph.State == consolidation.ParagraphDropped:
			p.Dropped++
		case paragraph.Own():
			p.Own++
			p.Kept++
		default:
			p.Kept++
		}
		items = append(items, item)
	}
	for i := range items {
		for _, behind := range items[i+1:] {
			if behind.State == consolidation.ParagraphKept {
				items[i].Next = behind.ID
				break
			}
		}
	}
	return items
}

// ask marks a paragraph that was asked for again, and leads there from one that was not.
func (p *textPage) ask(mark *originMark, o consolidation.Origin) {
	for _, a := range p.asked[o.Submission] {
		if a.Is(o.Section, o.Sector, o.N) {
			mark.Superseded = cmp.Or(mark.Superseded, "Ban đang đề nghị bổ sung đoạn này.")
		}
		mark.Partly = true
	}
	mark.Partly = mark.Partly && mark.Superseded == ""
	if p.mayAsk && mark.Superseded == "" {
		mark.Ask = askAddress(o.Submission, paragraphPlace(o.Section, o.Sector, o.N))
	}
}

func (s *site) beginText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return Reply{}, err
	}
	if _, err := consolidation.Draft(tx, by, head.Regime.Code, head.Period); err != nil {
		return textAgain(tx, by, r, head, err)
	}
	return Reply{To: head.Base + "/loi-van"}, nil
}

func textAgain(tx *db.Tx, by access.Actor, r *http.Request, head consolidationHead, problem error) (Reply, error) {
	data, err := textOf(tx, by, head)
	if err != nil {
		return Reply{}, problem
	}
	data.show(r)
	return Reply{Page: "consolidation/text", Data: data}, problem
}

// changeText is every change of the draft's paragraphs: the button pressed says which, and which paragraph.
func (s *site) changeText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return Reply{}, err
	}
	act, target, _ := strings.Cut(r.PostFormValue("act"), ".")
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err != nil {
		return Reply{}, err
	}
	change := textChange{tx, by, c, versionOf(r), r}
	if err := change.do(act, target); err != nil {
		data, again := textOf(tx, by, head)
		if again != nil {
			return Reply{}, err
		}
		data.Text = r.PostFormValue("text")
		switch act {
		case "them":
			data.Adding = target
		case "luu", "tach", "chuyen", "bo":
			data.Editing = db.ID(target)
		}
		data.show(r)
		return Reply{Page: "consolidation/text", Data: data}, err
	}
	at := "d-" + target
	switch act {
	case "gop":
		into, _, _ := strings.Cut(target, ".")
		at = "d-" + into
	case "them":
		at = anchor(target)
	}
	return Reply{To: head.Base + "/loi-van" + samePart(r) + "#" + at}, nil
}

type textChange struct {
	tx      *db.Tx
	by      access.Actor
	c       consolidation.Consolidation
	version int64
	r       *http.Request
}

func (t textChange) do(act, target string) error {
	var err error
	paragraph := db.ID(target)
	switch act {
	case "luu":
		_, err = consolidation.EditParagraph(t.tx, t.by, t.c.ID, t.version, paragraph, t.r.PostFormValue("text"))
	case "tach":
		halves := paragraphsOf(t.r.PostFormValue("text"))
		if len(halves) != 2 {
			return fault.Invalid("text", "Để tách, hãy để một dòng trống giữa hai phần của đoạn.")
		}
		_, err = consolidation.SplitParagraph(t.tx, t.by, t.c.ID, t.version, paragraph, halves[0], halves[1])
	case "gop":
		into, from, _ := strings.Cut(target, ".")
		_, err = consolidation.MergeParagraphs(t.tx, t.by, t.c.ID, t.version, db.ID(into), db.ID(from))
	case "bo":
		_, err = consolidation.DropParagraph(t.tx, t.by, t.c.ID, t.version, paragraph, t.r.PostFormValue("reason"))
	case "lay":
		_, err = consolidation.RestoreParagraph(t.tx, t.by, t.c.ID, t.version, paragraph)
	case "len", "xuong":
		err = t.step(paragraph, act == "len")
	case "chuyen":
		section, sector, _ := strings.Cut(t.r.PostFormValue("to"), ".")
		_, err = consolidation.MoveParagraph(t.tx, t.by, t.c.ID, t.version, paragraph, section, sector, "")
	case "them":
		section, sector, _ := strings.Cut(target, ".")
		_, err = consolidation.AddParagraph(t.tx, t.by, t.c.ID, t.version, section, sector, "", t.r.PostFormValue("text"))
	default:
		return fault.Invalid("", "Không rõ việc cần làm với đoạn này. Xin bấm lại nút trên trang.")
	}
	return err
}

// step moves a paragraph one place up or down within its group.
func (t textChange) step(paragraph db.ID, up bool) error {
	for _, g := range t.c.Groups {
		i := slices.IndexFunc(g.Paragraphs, func(p consolidation.Paragraph) bool { return p.ID == paragraph })
		if i < 0 {
			continue
		}
		ahead := db.ID("")
		switch {
		case up && i == 0, !up && i == len(g.Paragraphs)-1:
			return nil
		case up:
			ahead = g.Paragraphs[i-1].ID
		case i+2 < len(g.Paragraphs):
			ahead = g.Paragraphs[i+2].ID
		}
		_, err := consolidation.MoveParagraph(t.tx, t.by, t.c.ID, t.version, paragraph, g.Section, g.Sector, ahead)
		return err
	}
	return fault.Missing("Không có đoạn này trong báo cáo tổng hợp.")
}

func (s *site) refreshText(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	head, err := headOf(tx, by, r, "loi-van")
	if err != nil {
		return Reply{}, err
	}
	c, err := consolidation.Find(tx, by, head.Regime.Code, head.Period)
	if err != nil {
		return Reply{}, err
	}
	if _, err := consolidation.Refresh(tx, by, c.ID, versionOf(r)); err != nil {
		return textAgain(tx, by, r, head, err)
	}
	return Reply{To: head.Base + "/loi-van"}, nil
}
