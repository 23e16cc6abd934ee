package archive

import (
	"strings"
	"unicode/utf8"

	"giaoban/citation"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

// draft is a field before it has a row.
type draft struct {
	kind  FieldKind
	span  Span
	value Value
	sure  bool
}

// drafts lists what a proposal holds in the order of confirming. What a file says twice stands once.
func drafts(p *Proposal) []draft {
	var all []draft
	add := func(kind FieldKind, span Span, v Value, sure bool) {
		v.Text, v.Title = withoutContacts(v.Text), withoutContacts(v.Title)
		all = append(all, draft{kind, span, v, sure})
	}
	item := func(kind FieldKind, i Item) {
		if i.Value != "" {
			add(kind, i.Span, Value{Text: i.Value}, true)
		}
	}
	items := func(kind FieldKind, list []Item) {
		for _, i := range list {
			item(kind, i)
		}
	}
	kind := p.Kind
	if kind == "" {
		kind = Other
	}
	add(KindField, p.KindSpan, Value{Text: string(kind)}, kind != Other)
	if !p.HeldOn.IsZero() {
		add(HeldOnField, p.HeldOnSpan, Value{Text: p.HeldOn.String()}, true)
	}
	if p.PartOfDay != "" {
		add(PartField, p.PartSpan, Value{Text: p.PartOfDay}, true)
	}
	if !p.Period.IsZero() {
		add(PeriodField, p.PeriodSpan, Value{Text: p.Period.String()}, true)
	}
	if !p.NextPeriod.IsZero() {
		add(NextField, p.NextPeriodSpan, Value{Text: p.NextPeriod.String()}, true)
	}
	item(OrganiserField, p.Organiser)
	item(ProvinceField, p.Province)
	item(PlaceField, p.Place)
	for _, c := range p.Chairs {
		if c.Name != "" {
			add(ChairField, c.Span, Value{Text: c.Name, Title: c.Title}, true)
		}
	}
	item(ConcluderField, p.Concluder)
	seen := make(map[string]bool)
	for _, b := range p.Bodies {
		key := b.Code
		if key == "" {
			key = "~" + fold.Fold(b.Name)
		}
		if b.Name != "" && !seen[key] {
			seen[key] = true
			add(BodyField, b.Span, Value{Text: b.Name, Body: b.Code}, b.Code != "")
		}
	}
	for _, r := range once(p.Citations) {
		v := citedValue(p.Text, r)
		add(CitationField, Span{r.Start, r.End}, v, v.Symbol != "" && v.Type != "" && v.Confidence >= 0.9 && (v.Date != "" || v.Term != ""))
	}
	for _, r := range p.Reviews {
		if r.Symbol != "" {
			add(ReviewField, r.Span, Value{Text: r.Kind + " " + r.Symbol, Symbol: r.Symbol, Review: r.Kind, Years: r.Years}, true)
		}
	}
	items(ResultField, p.Results)
	items(DifficultyField, p.Difficulties)
	items(ShortcomeField, p.Shortcomings)
	noted := func(kind FieldKind, list []Item, remark string) { // what stands elsewhere in the paper than the kind says
		for _, i := range list {
			add(kind, i.Span, Value{Text: i.Value, Remark: remark}, false)
		}
	}
	noted(ShortcomeField, p.Causes, "trong văn bản đứng ở phần nguyên nhân")
	done := make(map[Span]Task)
	for _, t := range p.Tasks {
		done[t.Span] = t
	}
	for _, i := range p.Conclusions {
		v := Value{Text: i.Value}
		if t, ok := done[i.Span]; ok {
			v.Lead, v.Product, v.Due, v.Remark = t.Code, t.Product, isoDay(t.Due), t.said()
		}
		add(ConclusionField, i.Span, v, true)
	}
	noted(ConclusionField, p.Proposals, "trong văn bản đứng ở phần kiến nghị, đề xuất")
	for _, f := range p.Figures {
		if f.Value != "" {
			add(FigureField, f.Span, Value{Text: f.said(), Number: f.Value, Unit: f.Unit, Comparison: f.Comparison, Estimate: f.Estimate}, true)
		}
	}
	items(CaptionField, p.Captions)
	item(AuthorField, p.Author)
	item(SourceField, p.Source)
	return all
}

// said is what a table says of a task beside its words, as written: “chủ trì: Sở Y tế; thời hạn: quý II”.
func (t Task) said() string {
	var parts []string
	for _, part := range [][2]string{{"chủ trì", t.Lead}, {"phối hợp", t.Cooperating}, {"sản phẩm", t.Product}, {"thời hạn", t.Deadline}} {
		if part[1] != "" {
			parts = append(parts, part[0]+": "+part[1])
		}
	}
	return withoutContacts(strings.Join(parts, "; "))
}

// said are the words a person confirms a figure by: its clause, or in a table row, column and cell.
func (f Figure) said() string {
	if f.Row == "" && f.Column == "" {
		return f.Text
	}
	words := strings.Trim(f.Row+" ("+f.Column+"): "+NumberShown(f.Value), " ")
	if f.Unit == "%" {
		return words + "%"
	}
	return strings.TrimRight(words+" "+f.Unit, " ")
}

// contacts are telephone numbers and e-mail addresses as pages write them.
var contacts = pattern.Of(`[\pL\d._%+-]+@[\pL\d.-]+\.\pL{2,}|\(?\b0\d{2,3}\)?[ .-]?\d{3}[ .-]?\d{3,4}\b|\+84[ .-]?\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}\b`)

// withoutContacts leaves out how to reach a person: that stays in the file and is no field of a record.
func withoutContacts(s string) string { return contacts().ReplaceAllString(s, "…") }

// once keeps each cited document of a file once, the place that says most of it. A bare symbol beside a dated one stays:
// it may mean another document.
func once(refs []citation.Reference) []citation.Reference {
	var out []citation.Reference
	place := make(map[string]int)
	for _, r := range refs {
		if r.Symbol == "" && r.Text == "" {
			continue
		}
		key := fold.Fold(r.Symbol)
		if key == "" {
			key = "~" + fold.Fold(r.Text)
		}
		key += "|" + fold.Fold(r.Type) + "|" + r.Date.String() + "|" + strings.ToUpper(r.Term)
		at, there := place[key]
		switch {
		case !there || r.Issuer != "" && out[at].Issuer != "" && fold.Fold(r.Issuer) != fold.Fold(out[at].Issuer):
			place[key] = len(out)
			out = append(out, r)
		case out[at].Issuer == "" && r.Issuer != "":
			out[at] = r
		}
	}
	return out
}

func citedValue(text string, r citation.Reference) Value {
	v := Value{Text: strings.Join(strings.Fields(r.Text), " "), Type: r.Type, Symbol: r.Symbol, Issuer: r.Issuer, Term: r.Term, Confidence: r.Confidence,
		Remark: strings.Join(r.Notes, "; ")}
	if !r.Date.IsZero() {
		v.Date = r.Date.String()
	}
	if r.End > 0 && r.End <= len(text) {
		v.Subject = quotedSubject(text[r.End:])
	}
	return v
}

// longestSubject of a document named in running text.
const longestSubject = 600

// quotedSubject is what a document is about where the text quotes it right behind the reference: “về tăng cường …”.
func quotedSubject(behind string) string {
	behind = strings.TrimLeft(behind, " ,\n)")
	behind = strings.TrimPrefix(behind, "về việc ban hành ")
	for _, about := range []string{"về việc ", "về "} {
		behind = strings.TrimPrefix(behind, about)
	}
	open, size := utf8.DecodeRuneInString(behind)
	if open != '“' && open != '"' && open != '«' {
		return ""
	}
	behind = behind[size:]
	end := strings.IndexAny(behind, "”\"»")
	if end <= 0 || end > longestSubject {
		return ""
	}
	subject := strings.Join(strings.Fields(behind[:end]), " ")
	first, size := utf8.DecodeRuneInString(subject)
	return strings.ToUpper(string(first)) + subject[size:]
}
