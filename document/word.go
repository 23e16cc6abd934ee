package document

import (
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"

	"giaoban/internal/fault"
)

// word reads one Word file (ECMA-376, transitional and strict).
type word struct {
	*collector
	parcel    *parcel
	relations map[string]relation
	styles    *styles
	numbering *numbering
	notes     map[string]note // footnotes and endnotes, by their kind and id
	counts    map[string]int  // notes referred to so far, by their kind
	fields    []field         // open fields, the outermost first
	page      int             // 0 while the file tells no page
	place     place
	remarked  map[string]bool // comments whose beginning was seen
	nested    int             // files within files
	pending   []para          // paragraphs whose mark is struck: they go on in the next one
	read      int             // bytes of text
	changes   int
	hidden    int // letters that are hidden
	unknown   int // signs nobody knows
}

// place is where the reader stands.
type place struct {
	part             string // "" in the body
	paragraph, table int
	row              int
}

type field struct {
	instruction bool // what follows is the order, not its result
}

// readWord reads a .docx.
func readWord(data io.ReaderAt, size int64, nested int) (Document, error) {
	p, err := openParcel(data, size)
	if err != nil {
		return Document{}, err
	}
	return readWordParcel(p, nested)
}

func readWordParcel(p *parcel, nested int) (Document, error) {
	main, err := mainPart(p)
	if err != nil {
		return Document{}, err
	}
	p.text = main
	w := &word{collector: &collector{}, parcel: p, notes: make(map[string]note), counts: make(map[string]int), remarked: make(map[string]bool), nested: nested}
	if err := w.prepare(main); err != nil {
		return Document{}, err
	}
	if err := p.read(main, func(x *walker, _ xml.StartElement) error {
		return x.children(func(e xml.StartElement) error {
			if name(e) == "body" {
				return w.flow(x, e)
			}
			return x.skip()
		})
	}); err != nil {
		return Document{}, err
	}
	if err := w.flushPending(); err != nil {
		return Document{}, err
	}
	d := Document{Blocks: w.blocks}
	if d.Comments, err = w.readComments(); err != nil {
		return Document{}, err
	}
	if d.Heads, d.Feet, err = w.readMargins(); err != nil {
		return Document{}, err
	}
	w.sayAll()
	d.Problems = w.problems
	return d, nil
}

// mainPart is the part that the package itself names as its document; Word on the web calls it document2.xml.
func mainPart(p *parcel) (string, error) {
	all, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range all {
		if r.kind == "officeDocument" && p.parts[r.target] != nil {
			return r.target, nil
		}
	}
	if p.parts["word/document.xml"] != nil {
		return "word/document.xml", nil
	}
	return "", fault.Invalid("", "Tệp không phải văn bản Word (.docx): thiếu phần nội dung. Hãy chọn tệp khác.")
}

// prepare reads what the body rests on: styles, numbering and notes.
func (w *word) prepare(main string) (err error) {
	if w.relations, err = w.parcel.relations(main); err != nil {
		return err
	}
	if w.styles, err = readStyles(w.parcel, w.related(main, "styles")); err != nil {
		return err
	}
	if w.numbering, err = readNumbering(w.parcel, w.related(main, "numbering")); err != nil {
		return err
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if err = w.readNotes(kind, w.related(main, kind+"s")); err != nil {
			return err
		}
	}
	return nil
}

// related is the part of a kind that the main part names, or the one that stands where it usually does.
func (w *word) related(main, kind string) string {
	for _, r := range w.relations {
		if r.kind == kind && !r.outside {
			return r.target
		}
	}
	return path.Join(path.Dir(main), kind+".xml")
}

func (w *word) readComments() (all []Comment, err error) {
	part := ""
	for _, r := range w.relations {
		if r.kind == "comments" {
			part = r.target
		}
	}
	err = w.apart(part, "nhận xét", func(x *walker, e xml.StartElement) error {
		blocks, err := w.inside(x, e)
		if text := textOf(blocks); text != "" {
			all = append(all, Comment{ID: attr(e, "id"), Who: attr(e, "author"), When: attr(e, "date"), Text: text})
		}
		return err
	})
	return all, err
}

// readMargins gives the running heads and feet, each text once.
func (w *word) readMargins() (heads, feet []string, err error) {
	var parts []relation
	for _, r := range w.relations {
		if (r.kind == "header" || r.kind == "footer") && !r.outside {
			parts = append(parts, r)
		}
	}
	slices.SortFunc(parts, func(a, b relation) int { return strings.Compare(a.target, b.target) })
	for _, r := range parts {
		into, part := &heads, "đầu trang"
		if r.kind == "footer" {
			into, part = &feet, "chân trang"
		}
		err := w.whole(r.target, part, func(x *walker, e xml.StartElement) error {
			blocks, err := w.inside(x, e)
			if text := textOf(blocks); text != "" && !slices.Contains(*into, text) {
				*into = append(*into, text)
			}
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return heads, feet, nil
}

// whole hands over the root of a part that is no part of the body.
func (w *word) whole(part, called string, each func(x *walker, e xml.StartElement) error) error {
	kept := w.place
	w.place = place{part: called}
	defer func() { w.place = kept }()
	return w.parcel.read(part, each)
}

// apart hands over the elements below the root of such a part.
func (w *word) apart(part, called string, each func(x *walker, e xml.StartElement) error) error {
	return w.whole(part, called, func(x *walker, _ xml.StartElement) error {
		return x.children(func(e xml.StartElement) error { return each(x, e) })
	})
}

// inside reads an element that holds paragraphs into blocks of their own.
func (w *word) inside(x *walker, e xml.StartElement) ([]Block, error) {
	outer, pending, fields := w.blocks, w.pending, w.fields
	w.blocks, w.pending, w.fields = nil, nil, nil
	err := w.flow(x, e)
	if err == nil {
		err = w.flushPending()
	}
	inner := w.blocks
	w.blocks, w.pending, w.fields = outer, pending, fields
	return inner, err
}

// textOf joins the accepted text of blocks, a block a line, the numbers before.
func textOf(blocks []Block) string {
	var lines []string
	for _, b := range blocks {
		if b.Change != Deleted {
			lines = append(lines, strings.TrimSpace(b.Number+" "+b.Text))
		}
	}
	return strings.Join(lines, "\n")
}

// sayAll writes down what a reader of the file should know.
func (w *word) sayAll() {
	if w.changes > 0 {
		w.say("Tệp có %d"+changesSaid, w.changes)
	}
	if w.hidden > 0 {
		w.say("Tệp có chữ ẩn (%d ký tự); chữ ẩn không được đọc.", w.hidden)
	}
	if w.unknown > 0 {
		w.say("Có %d ký hiệu của phông chữ riêng không rõ là gì; chỗ ấy ghi □.", w.unknown)
	}
	for _, r := range w.relations {
		switch r.kind {
		case "chart", "diagramData":
			w.say("Tệp có biểu đồ hoặc sơ đồ; chữ trong đó không được đọc.")
		case "package", "oleObject":
			w.say("Tệp có tệp khác nhúng bên trong; nội dung nhúng không được đọc.")
		}
	}
	slices.Sort(w.problems)
	w.old.say(w.collector)
}
