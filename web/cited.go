package web

import (
	"html"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"giaoban/calendar"
	"giaoban/citation"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/lineage"
	"giaoban/official"
)

// cited shows a text with every reference to a document linked to the page that finds it in the register. In a
// template: {{cited .Text}}, or {{cited .Text "submission" .ID}} on the page of a record, so that what was chosen for
// that record counts.
func cited(text string, record ...any) template.HTML {
	var source lineage.Node
	if len(record) == 2 {
		source.Kind, _ = record[0].(string)
		switch id := record[1].(type) {
		case db.ID:
			source.ID = id
		case string:
			source.ID = db.ID(id)
		}
	}
	refs := citation.Find(text)
	if len(refs) == 0 {
		return template.HTML(template.HTMLEscapeString(text))
	}
	var out strings.Builder
	at := 0
	for _, r := range refs {
		if r.Start < at || r.End > len(text) {
			continue
		}
		out.WriteString(template.HTMLEscapeString(text[at:r.Start]))
		out.WriteString(`<a class="cited" href="`)
		out.WriteString(template.HTMLEscapeString(citedURL(r, source)))
		out.WriteString(`">`)
		out.WriteString(template.HTMLEscapeString(text[r.Start:r.End]))
		out.WriteString(`</a>`)
		at = r.End
	}
	out.WriteString(template.HTMLEscapeString(text[at:]))
	return template.HTML(out.String())
}

// citedHTML is cited for the sheet of a paper, which is markup already: references inside one piece of text are linked,
// the paper's own number is not.
func citedHTML(sheet template.HTML, own string) template.HTML {
	var out strings.Builder
	rest, linking := string(sheet), 0
	for rest != "" {
		at := strings.IndexByte(rest, '<')
		if at < 0 {
			at = len(rest)
		}
		if text := rest[:at]; linking > 0 || text == "" || own != "" && strings.Contains(text, own) {
			out.WriteString(text)
		} else {
			out.WriteString(string(cited(html.UnescapeString(text))))
		}
		rest = rest[at:]
		if rest == "" {
			break
		}
		end := strings.IndexByte(rest, '>')
		if end < 0 {
			end = len(rest) - 1
		}
		tag := rest[:end+1]
		switch {
		case strings.HasPrefix(tag, "<a ") || strings.HasPrefix(tag, "<style"):
			linking++
		case linking > 0 && (strings.HasPrefix(tag, "</a") || strings.HasPrefix(tag, "</style")):
			linking--
		}
		out.WriteString(tag)
		rest = rest[end+1:]
	}
	return official.HoldSymbols(template.HTML(out.String()))
}

// citedURL is where a reference is looked up; source is the record it stands in, zero for none.
func citedURL(r citation.Reference, source lineage.Node) string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("loai", r.Type)
	set("so", r.Number)
	set("ky-hieu", r.Symbol)
	set("ngay", r.Date.String())
	set("co-quan", r.Issuer)
	set("khoa", r.Term)
	if r.Symbol == "" {
		set("chu", r.Text) // a law is known by the words it is cited with
	}
	if source.Kind != "" && source.ID != "" {
		q.Set("nguon-kind", source.Kind)
		q.Set("nguon-id", string(source.ID))
	}
	return "/vien-dan?" + q.Encode()
}

// referenceOf reads a reference back from an address or a form.
func referenceOf(r *http.Request) (citation.Reference, lineage.Node, error) {
	value := func(name string) string { return strings.TrimSpace(r.FormValue(name)) }
	ref := citation.Reference{Type: value("loai"), Number: value("so"), Symbol: value("ky-hieu"), Issuer: value("co-quan"), Term: value("khoa"), Text: value("chu")}
	if ref.Type == "" {
		ref.Type = value("type")
	}
	source := lineage.Node{Kind: value("nguon-kind"), ID: db.ID(value("nguon-id"))}
	if day := value("ngay"); day != "" {
		d, err := calendar.ReadDate(day)
		if err != nil {
			return ref, source, fieldOf("ngay", err)
		}
		ref.Date = d
	}
	if ref.Symbol == "" && ref.Text == "" {
		return ref, source, fault.Invalid("ky-hieu", "Cần số, ký hiệu hoặc tên văn bản để tìm trong sổ, ví dụ 20-CT/TW.")
	}
	if ref.Text == "" {
		ref.Text = writtenOf(ref)
	}
	return ref, source, nil
}

// writtenOf puts a reference into words as offices cite.
func writtenOf(r citation.Reference) string {
	text := strings.TrimSpace(r.Type + " số " + r.Symbol)
	if !r.Date.IsZero() {
		text += ", ngày " + r.Date.Vietnamese()
	}
	if r.Issuer != "" {
		text += " của " + r.Issuer
	}
	if r.Term != "" {
		text += " khóa " + r.Term
	}
	return text
}
