package document

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
)

// note is a footnote or an endnote before it is known where it stands.
type note struct {
	blocks []Block
}

// readNotes reads all notes of a kind; those that only draw the line above them are no notes.
func (w *word) readNotes(kind, part string) error {
	called := "chú thích cuối trang"
	if kind == "endnote" {
		called = "chú thích cuối văn bản"
	}
	return w.apart(part, called, func(x *walker, e xml.StartElement) error {
		switch attr(e, "type") {
		case "separator", "continuationSeparator", "continuationNotice":
			return x.skip()
		}
		blocks, err := w.inside(x, e)
		w.notes[kind+attr(e, "id")] = note{blocks}
		return err
	})
}

// number counts a reference to a note: digits for those at the foot of the page, small Roman ones at the end.
func (w *word) noteAt(kind, id string, custom bool) (Block, bool) {
	n, ok := w.notes[kind+id]
	if !ok {
		return Block{}, false
	}
	b := Block{Kind: Note, Text: textOf(n.blocks), Place: w.place.String(w.page) + ", chú thích"}
	for _, inner := range n.blocks {
		b.Undecided = append(b.Undecided, inner.Undecided...)
		if len(n.blocks) == 1 {
			b.Changes, b.Original, b.Change = inner.Changes, inner.Original, inner.Change
		}
	}
	if !custom {
		w.counts[kind]++
		if b.Number = strconv.Itoa(w.counts[kind]); kind == "endnote" {
			b.Number = strings.ToLower(Roman(w.counts[kind]))
		}
	}
	return b, b.Text != ""
}

// flow reads what stands in a body, a cell, a note or a box.
func (w *word) flow(x *walker, _ xml.StartElement) error {
	return x.children(func(e xml.StartElement) error { return w.block(x, e) })
}

func (w *word) block(x *walker, e xml.StartElement) error {
	switch name(e) {
	case "p":
		return w.paragraph(x)
	case "tbl":
		if err := w.flushPending(); err != nil {
			return err
		}
		return w.table(x)
	case "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo":
		return w.flow(x, e)
	case "del", "moveFrom":
		return x.skip()
	case "mc:AlternateContent":
		return w.choice(x, func(e xml.StartElement) error { return w.block(x, e) })
	case "altChunk":
		return w.chunk(x, e)
	}
	return x.skip()
}

// choice reads one of the versions in which newer programs write a thing: the first that is known here, or the one for
// older programs. Which stands in it is the same text.
func (w *word) choice(x *walker, each func(e xml.StartElement) error) error {
	done := false
	return x.children(func(e xml.StartElement) error {
		if done || name(e) == "mc:Choice" && !known(attr(e, "Requires")) || name(e) != "mc:Choice" && name(e) != "mc:Fallback" {
			return x.skip()
		}
		done = true
		return x.children(each)
	})
}

// known are the extensions in which text stands as it does without them.
func known(requires string) bool {
	for prefix := range strings.FieldsSeq(requires) {
		switch strings.TrimRight(prefix, "0123456789") {
		case "wps", "wpg", "wpc", "wpi", "w", "wp", "a", "pic", "v", "cx", "aink", "am":
		default:
			return false
		}
	}
	return requires != ""
}

// chunk reads a file that stands inside the file: what Word itself takes in when it opens it.
func (w *word) chunk(x *walker, e xml.StartElement) error {
	r, ok := w.relations[attr(e, "id")]
	if err := x.skip(); err != nil || !ok || r.outside {
		return err
	}
	if err := w.flushPending(); err != nil {
		return err
	}
	unread := "Một phần ghép từ tệp khác không đọc được (" + w.place.String(w.page) + ")."
	if w.nested >= 3 {
		w.say(unread)
		return nil
	}
	content, err := w.parcel.content(r.target)
	if err != nil || content == nil {
		w.say(unread)
		return err
	}
	inner, err := readHere(r.target, bytes.NewReader(content), int64(len(content)), w.nested+1)
	if err != nil {
		if err == errTooLarge {
			return err
		}
		w.say(unread)
		return nil
	}
	for _, b := range inner.Blocks {
		b.Place = w.place.String(w.page) + ", phần ghép, " + b.Place
		if err := w.count(len(b.Text), len(b.Cells)); err != nil {
			return err
		}
		w.blocks = append(w.blocks, b)
	}
	for _, p := range inner.Problems {
		w.say("%s", p)
	}
	return nil
}

// String is the place in words.
func (p place) String(page int) string {
	var parts []string
	if p.part != "" {
		parts = append(parts, p.part)
	}
	if page > 0 && p.part == "" {
		parts = append(parts, "trang "+strconv.Itoa(page))
	}
	if p.table > 0 && p.row > 0 {
		parts = append(parts, "bảng "+strconv.Itoa(p.table)+", hàng "+strconv.Itoa(p.row))
	} else {
		parts = append(parts, "đoạn "+strconv.Itoa(max(1, p.paragraph)))
	}
	return strings.Join(parts, ", ")
}
