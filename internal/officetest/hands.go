package officetest

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// ByLeader is how Word marks what a leader changed while changes were tracked.
const ByLeader = `w:id="900" w:author="Phan Đức Hòa" w:date="2022-05-04T09:00:00Z"`

// Hands are those of a leader who changes a Word file of ours, with tracking or, in Body, without.
type Hands struct {
	t     testing.TB
	parts map[string][]byte
	order []string
	Body  string // the words, as Word keeps them

	remarks []string // beside the text
}

// InHands opens a Word file.
func InHands(t testing.TB, file []byte) *Hands {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	c := &Hands{t: t, parts: map[string][]byte{}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if c.parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		c.order = append(c.order, f.Name)
	}
	c.Body = string(c.parts["word/document.xml"])
	return c
}

// File is the file as it comes back.
func (c *Hands) File() []byte {
	c.t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	c.parts["word/document.xml"] = []byte(c.Body)
	c.writeRemarks()
	for _, name := range c.order {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(c.parts[name])
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		c.t.Fatal(err)
	}
	return file.Bytes()
}

var (
	aParagraph = regexp.MustCompile(`(?s)<w:p>.*?</w:p>|<w:p .*?</w:p>`)
	aRun       = regexp.MustCompile(`(?s)<w:r>(<w:rPr>.*?</w:rPr>)?<w:t[^>]*>(.*?)</w:t></w:r>`)
)

// Paragraph finds the first paragraph with the words.
func (c *Hands) Paragraph(words string) (from, to int) {
	c.t.Helper()
	for _, at := range aParagraph.FindAllStringIndex(c.Body, -1) {
		if strings.Contains(c.Body[at[0]:at[1]], words) {
			return at[0], at[1]
		}
	}
	c.t.Fatalf("no paragraph has %q", words)
	return 0, 0
}

func run(look, text string) string {
	return `<w:r>` + look + `<w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func struckRun(look, text string) string {
	return `<w:del ` + ByLeader + `><w:r>` + look + `<w:delText xml:space="preserve">` + text + `</w:delText></w:r></w:del>`
}

func insertedRun(look, text string) string {
	return `<w:ins ` + ByLeader + `>` + run(look, text) + `</w:ins>`
}

// Change puts one text in the place of another, with tracking.
func (c *Hands) Change(old, now string) {
	c.t.Helper()
	from, to := c.Paragraph(old)
	c.Body = c.Body[:from] + aRun.ReplaceAllStringFunc(c.Body[from:to], func(whole string) string {
		m := aRun.FindStringSubmatch(whole)
		before, after, found := strings.Cut(m[2], old)
		if !found {
			return whole
		}
		return run(m[1], before) + struckRun(m[1], old) + insertedRun(m[1], now) + run(m[1], after)
	}) + c.Body[to:]
}

// Strike takes a paragraph out, with tracking.
func (c *Hands) Strike(words string) {
	from, to := c.Paragraph(words)
	p := aRun.ReplaceAllStringFunc(c.Body[from:to], func(whole string) string {
		m := aRun.FindStringSubmatch(whole)
		return struckRun(m[1], m[2])
	})
	c.Body = c.Body[:from] + strings.Replace(p, `</w:pPr>`, `<w:rPr><w:del `+ByLeader+`/></w:rPr></w:pPr>`, 1) + c.Body[to:]
}

// Add writes a paragraph behind the one with the words, with tracking.
func (c *Hands) Add(behind, text string) {
	_, to := c.Paragraph(behind)
	c.Body = c.Body[:to] + `<w:p><w:pPr><w:rPr><w:ins ` + ByLeader + `/></w:rPr></w:pPr>` + insertedRun("", text) + `</w:p>` + c.Body[to:]
}

// Move puts a paragraph behind another, with tracking.
func (c *Hands) Move(words, behind string) {
	from, to := c.Paragraph(words)
	p := c.Body[from:to]
	wrapped := func(element string) string {
		return aRun.ReplaceAllStringFunc(p, func(whole string) string {
			return `<w:` + element + ` ` + ByLeader + `>` + whole + `</w:` + element + `>`
		})
	}
	c.Body = c.Body[:from] + wrapped("moveFrom") + c.Body[to:]
	_, at := c.Paragraph(behind)
	c.Body = c.Body[:at] + wrapped("moveTo") + c.Body[at:]
}

// Remark writes a comment beside the words.
func (c *Hands) Remark(words, text string) {
	c.t.Helper()
	from, to := c.Paragraph(words)
	id := strconv.Itoa(len(c.remarks))
	c.remarks = append(c.remarks, text)
	c.Body = c.Body[:from] + aRun.ReplaceAllStringFunc(c.Body[from:to], func(whole string) string {
		m := aRun.FindStringSubmatch(whole)
		before, after, found := strings.Cut(m[2], words)
		if !found {
			return whole
		}
		return run(m[1], before) + `<w:commentRangeStart w:id="` + id + `"/>` + run(m[1], words) + `<w:commentRangeEnd w:id="` + id +
			`"/><w:r><w:commentReference w:id="` + id + `"/></w:r>` + run(m[1], after)
	}) + c.Body[to:]
}

// writeRemarks puts the part of the comments into the file, where there are some.
func (c *Hands) writeRemarks() {
	const part = "word/comments.xml"
	if len(c.remarks) == 0 || c.parts[part] != nil {
		return
	}
	all := `<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`
	for i, text := range c.remarks {
		all += `<w:comment w:id="` + strconv.Itoa(i) + `" w:author="Phan Đức Hòa"><w:p>` + run("", text) + `</w:p></w:comment>`
	}
	c.parts[part], c.order = []byte(all+`</w:comments>`), append(c.order, part)
	put := func(in, before, text string) {
		c.parts[in] = []byte(strings.Replace(string(c.parts[in]), before, text+before, 1))
	}
	put("word/_rels/document.xml.rels", "</Relationships>",
		`<Relationship Id="remarks" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>`)
	put("[Content_Types].xml", "</Types>",
		`<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>`)
}
