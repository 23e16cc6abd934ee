package official

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"strconv"
	"strings"

	"giaoban/internal/fault"
)

// looks are the properties of text as a Word file writes them (ECMA-376 part 1, 17.3), by their own names: "sz", "b",
// "jc", "ind.firstLine". What is absent is inherited.
type looks map[string]string

// over lays more specific properties over these.
func (l looks) over(more looks) looks {
	out := maps.Clone(l)
	if out == nil {
		out = looks{}
	}
	maps.Copy(out, more)
	return out
}

// on reports whether a toggle such as b or caps is set.
func (l looks) on(name string) bool {
	switch l[name] {
	case "", "0", "false", "off", "none":
		return false
	}
	return true
}

// number reads a property that counts; false where it is absent or no number.
func (l looks) number(name string) (float64, bool) {
	n, err := strconv.ParseFloat(l[name], 64)
	return n, err == nil
}

// wordText is one paragraph of a Word file with its looks: those of most of its letters, and its place.
type wordText struct {
	text             string
	looks            looks
	table, row, cell int // from 0; table -1: outside of tables
	section          int
	from, to         int64 // bytes of the part between which its content stands
}

// wordSection is a stretch of pages of one size, in mm.
type wordSection struct {
	width, height float64
	margins       Margins
	firstOwn      bool              // the first page has a header of its own
	headers       map[string]string // by kind (default, first), the id of the part
}

// wordFile is what a Word file shows of its layout.
type wordFile struct {
	texts    []wordText
	sections []wordSection
	headers  map[string][]wordText // by id, the paragraphs; a page number stands as pageField
}

// pageField stands for the number of the page in the text of a header.
const pageField = "\ue000"

var errNoWord = fault.Invalid("", "Tệp không phải văn bản Word (.docx): thiếu phần nội dung. Hãy chọn tệp khác.")

// readWord reads the layout of a Word file. Sizes are bounded and nothing outside of the file is followed.
func readWord(file io.ReaderAt, size int64) (*wordFile, error) {
	z, err := openZip(file, size)
	if err != nil {
		return nil, err
	}
	parts := map[string]*zip.File{}
	for _, f := range z.File {
		parts[f.Name] = f
	}
	r := &wordReader{budget: maxUnpacked, styles: map[string]wordStyle{}, out: &wordFile{headers: map[string][]wordText{}}}
	main := mainPart(z.File)
	if main == nil {
		return nil, errNoWord
	}
	r.each(parts["word/theme/theme1.xml"], r.themeFont())
	r.each(parts["word/styles.xml"], r.styleSheet())
	targets := map[string]string{}
	r.each(parts["word/_rels/"+strings.TrimPrefix(main.Name, "word/")+".rels"], func(t xml.Token, _ []string) {
		if e, ok := t.(xml.StartElement); ok && strings.HasSuffix(attribute(e, "Type"), "/header") {
			targets[attribute(e, "Id")] = "word/" + strings.TrimPrefix(attribute(e, "Target"), "/word/")
		}
	})
	r.out.texts = r.texts(main)
	for id, name := range targets {
		if f := parts[name]; f != nil {
			r.out.headers[id] = r.texts(f)
		}
	}
	return r.out, r.err
}

// mainPart finds the text of a Word file. Word on the web numbers it: word/document2.xml.
func mainPart(files []*zip.File) *zip.File {
	for _, f := range files {
		if after, ok := strings.CutPrefix(f.Name, "word/document"); ok && strings.HasSuffix(after, ".xml") && len(after) < 8 {
			return f
		}
	}
	return nil
}

type wordStyle struct {
	based string
	looks looks
}

// wordReader reads the parts of a file one after the other and keeps the first error.
type wordReader struct {
	budget   int64
	err      error
	out      *wordFile
	theme    [2]string // Latin fonts of headings and of texts
	defaults looks
	styles   map[string]wordStyle
	normal   string // the style of paragraphs that name none

	began, ended int64 // bytes of the part around the token that is seen
}

// each gives the tokens of a part with the names of the open elements, the innermost last.
func (r *wordReader) each(f *zip.File, see func(t xml.Token, open []string)) {
	if f == nil || r.err != nil {
		return
	}
	part, err := f.Open()
	if err != nil {
		r.err = errBroken
		return
	}
	defer part.Close()
	b := &bounded{r: part, left: min(int64(maxPart), r.budget)}
	start := b.left
	defer func() { r.budget -= start - b.left }()
	var open []string
	for d := xml.NewDecoder(b); ; {
		r.began = d.InputOffset()
		t, err := d.Token()
		r.ended = d.InputOffset()
		switch {
		case errors.Is(err, io.EOF) && !b.over:
			return
		case b.over, len(open) > maxDepth:
			r.err = errTooLarge
		case err != nil:
			r.err = errBroken
		}
		if _, declares := t.(xml.Directive); declares {
			r.err = errBroken
		}
		if r.err != nil {
			return
		}
		if e, ok := t.(xml.StartElement); ok {
			open = append(open, e.Name.Local)
		}
		see(t, open)
		if _, ok := t.(xml.EndElement); ok {
			open = open[:len(open)-1]
		}
	}
}

// parent is the name of the element around the innermost one.
func parent(open []string) string {
	if len(open) < 2 {
		return ""
	}
	return open[len(open)-2]
}

func (r *wordReader) themeFont() func(xml.Token, []string) {
	return func(t xml.Token, open []string) {
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "latin" {
			return
		}
		switch parent(open) {
		case "majorFont":
			r.theme[0] = attribute(e, "typeface")
		case "minorFont":
			r.theme[1] = attribute(e, "typeface")
		}
	}
}

func (r *wordReader) styleSheet() func(xml.Token, []string) {
	id, now := "", wordStyle{}
	return func(t xml.Token, open []string) {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "style", "docDefaults":
				id, now = attribute(t, "styleId"), wordStyle{looks: looks{}}
				if attribute(t, "type") == "paragraph" && (attribute(t, "default") == "1" || attribute(t, "default") == "true") {
					r.normal = id
				}
			case "basedOn":
				now.based = attribute(t, "val")
			default:
				r.property(now.looks, t, open)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "style":
				r.styles[id] = now
			case "docDefaults":
				r.defaults = now.looks
			}
		}
	}
}

// style gives the looks of a style with what it is based on.
func (r *wordReader) style(id string) looks {
	var chain []looks
	for depth := 0; id != "" && depth < 20; depth++ {
		s := r.styles[id]
		chain = append(chain, s.looks)
		id = s.based
	}
	out := looks{}
	for i := len(chain) - 1; i >= 0; i-- {
		out = out.over(chain[i])
	}
	return out
}

// property keeps an element of pPr or rPr among looks.
func (r *wordReader) property(into looks, t xml.StartElement, open []string) {
	if into == nil || parent(open) != "pPr" && parent(open) != "rPr" {
		return
	}
	switch name := t.Name.Local; name {
	case "rFonts":
		font := attribute(t, "ascii")
		switch theme := attribute(t, "asciiTheme"); {
		case strings.HasPrefix(theme, "major"):
			font = r.theme[0]
		case strings.HasPrefix(theme, "minor"):
			font = r.theme[1]
		}
		if font != "" {
			into["font"] = font
		}
	case "spacing", "ind":
		for _, a := range t.Attr {
			into[name+"."+a.Name.Local] = a.Value
		}
	case "sz", "jc", "u", "outlineLvl":
		into[name] = attribute(t, "val")
	case "b", "i", "caps":
		into[name] = "1"
		if v := attribute(t, "val"); v != "" {
			into[name] = v
		}
	}
}

// read keeps what a section says of its pages.
func (s *wordSection) read(t xml.StartElement) {
	mm := func(name string) float64 {
		n, _ := strconv.ParseFloat(attribute(t, name), 64)
		return n / 1440 * 25.4
	}
	switch t.Name.Local {
	case "pgSz":
		s.width, s.height = mm("w"), mm("h")
	case "pgMar":
		s.margins = Margins{Top: mm("top"), Bottom: mm("bottom"), Left: mm("left") + mm("gutter"), Right: mm("right")}
	case "titlePg":
		v := attribute(t, "val")
		s.firstOwn = v == "" || v == "1" || v == "true" || v == "on"
	case "headerReference":
		s.headers[attribute(t, "type")] = attribute(t, "id")
	}
}
