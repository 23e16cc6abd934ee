package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

const wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" ` +
	`xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`

const officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// parts of a package that is being written.
type parts map[string]string

// docx writes a Word file with a body and further parts; the main part stands under main, "word/document.xml" when it is "".
func docx(body string, more parts) []byte {
	main := "word/document.xml"
	if more["main"] != "" {
		main = more["main"]
	}
	all := parts{
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="` +
			officeRelations + `officeDocument" Target="` + main + `"/></Relationships>`,
		main: `<w:document ` + wordSpaces + `><w:body>` + body + `</w:body></w:document>`,
	}
	relations := more["relations"]
	types := `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/` + main +
		`" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`
	for part, text := range more {
		switch part {
		case "main", "relations":
			continue
		case "styles", "numbering", "footnotes", "endnotes", "comments", "header1", "footer1":
			root := map[string]string{"header1": "hdr", "footer1": "ftr"}[part]
			if root == "" {
				root = part
			}
			kind := strings.TrimSuffix(part, "1")
			all["word/"+part+".xml"] = `<w:` + root + ` ` + wordSpaces + `>` + text + `</w:` + root + `>`
			relations += `<Relationship Id="x` + part + `" Type="` + officeRelations + kind + `" Target="/word/` + part + `.xml"/>`
			types += `<Override PartName="/word/` + part + `.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` +
				kind + `+xml"/>`
		default:
			all[part] = text
		}
	}
	at := strings.LastIndexByte(main, '/') + 1
	all[main[:at]+"_rels/"+main[at:]+".rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		relations + `</Relationships>`
	all["[Content_Types].xml"] = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + types + `</Types>`
	return zipped(all)
}

func zipped(all parts) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range all {
		f, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// p is a paragraph of runs given as XML or as plain words; its properties come first, in brackets.
func p(properties string, runs ...string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	if properties != "" {
		b.WriteString("<w:pPr>" + properties + "</w:pPr>")
	}
	for _, r := range runs {
		if !strings.HasPrefix(r, "<") {
			r = t(r)
		}
		b.WriteString(r)
	}
	return b.String() + "</w:p>"
}

func t(text string) string {
	return `<w:r><w:t xml:space="preserve">` + strings.ReplaceAll(text, "&", "&amp;") + `</w:t></w:r>`
}

func in(font, text string) string {
	return `<w:r><w:rPr><w:rFonts w:ascii="` + font + `" w:hAnsi="` + font + `"/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

const who = `w:id="1" w:author="Trần Thị B" w:date="2026-05-04T09:00:00Z"`

func ins(text string) string { return `<w:ins ` + who + `>` + t(text) + `</w:ins>` }
func del(text string) string {
	return `<w:del ` + who + `><w:r><w:delText xml:space="preserve">` + text + `</w:delText></w:r></w:del>`
}
func numbered(id, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, id)
}
func lvl(i int, format, text string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`, i, format, text)
}
func tbl(rows ...string) string {
	return `<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid/>` + strings.Join(rows, "") + `</w:tbl>`
}
func tr(cells ...string) string { return `<w:tr>` + strings.Join(cells, "") + `</w:tr>` }
func tc(properties, text string) string {
	if !strings.HasPrefix(text, "<") {
		text = p("", text)
	}
	if properties != "" {
		properties = "<w:tcPr>" + properties + "</w:tcPr>"
	}
	return `<w:tc>` + properties + text + `</w:tc>`
}

const threeLevels = `<w:abstractNum w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>` +
	`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>` +
	`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl></w:abstractNum>` +
	`<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>`

const headings = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Rieng"><w:name w:val="Mục của Ban"/><w:basedOn w:val="H1"/></w:style>` +
	`<w:style w:type="paragraph" w:styleId="Chu"><w:name w:val="caption"/></w:style>` +
	`<w:style w:type="character" w:styleId="An"><w:name w:val="an"/><w:rPr><w:vanish/></w:rPr></w:style>`

// shown writes a document as the cases expect it: a block a line, “kind level|number|text”, and its marks.
func shown(d Document) string {
	var b strings.Builder
	for _, one := range d.Blocks {
		b.WriteString(string(one.Kind))
		if one.Level > 0 {
			fmt.Fprintf(&b, "%d", one.Level)
		}
		text := one.Text
		if one.Kind == Row {
			text = strings.Join(one.Cells, " ¦ ")
		}
		fmt.Fprintf(&b, "|%s|%s", one.Number, strings.ReplaceAll(text, "\n", "⏎"))
		for _, s := range one.Spans {
			fmt.Fprintf(&b, " [%d:%d×%d]", s.Column, s.Columns, s.Rows)
		}
		if one.Change != "" {
			fmt.Fprintf(&b, " (%s)", one.Change)
		}
		if len(one.Undecided) > 0 {
			fmt.Fprintf(&b, " {%s}", strings.Join(one.Undecided, " "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// trap is a file with what it must be read as.
type trap struct {
	name     string
	file     string // its name
	content  []byte
	want     string   // as shown writes it
	problems []string // pieces that the problems must hold
}

func lines(all ...string) string { return strings.Join(all, "\n") + "\n" }

// check reads each file and prints a table of them.
func check(t *testing.T, traps []trap) {
	t.Helper()
	var table strings.Builder
	words, lost := 0, 0
	for i, c := range traps {
		d, err := Read(t.Context(), c.file, c.content)
		got := shown(d)
		state := "đúng"
		if err != nil || got != c.want {
			state = "SAI"
			t.Errorf("%s: %v\n%s--- must be\n%s", c.name, err, got, c.want)
		}
		all := strings.Join(d.Problems, "\n")
		for _, p := range c.problems {
			if !strings.Contains(all, p) {
				state = "SAI"
				t.Errorf("%s: no problem says %q: %q", c.name, p, all)
			}
		}
		if len(c.problems) == 0 && all != "" {
			t.Errorf("%s: says %q", c.name, all)
		}
		w, l := wordsLost(c.want, got)
		words, lost = words+w, lost+l
		fmt.Fprintf(&table, "%2d  %-58s %-18s %6d byte %3d khối  %s\n", i+1, c.name, c.file, len(c.content), len(d.Blocks), state)
	}
	t.Logf("%d tệp, %d từ, mất %d từ\n%s", len(traps), words, lost, table.String())
	if lost > 0 {
		t.Errorf("%d words are lost", lost)
	}
}

// wordsLost counts the words of what is expected that the reading does not hold.
func wordsLost(want, got string) (words, lost int) {
	have := make(map[string]int)
	for word := range strings.FieldsFuncSeq(got, notInWord) {
		have[word]++
	}
	for word := range strings.FieldsFuncSeq(want, notInWord) {
		words++
		if have[word]--; have[word] < 0 {
			lost++
		}
	}
	return words, lost
}

func notInWord(r rune) bool { return strings.ContainsRune(" \n|¦⏎", r) }
