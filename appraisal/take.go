package appraisal

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/document"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/official"
)

// Returned is a reviewer's Word file as it came back: kept by the library, and read.
type Returned struct {
	library.File
	Read document.Document
}

// TakeFile reads what a reviewer changed and noted in a Word file of the latest version into comments at their places. They
// are the body's own until its leader signs, and can be dropped before. It tells how many came of it.
func TakeFile(tx *db.Tx, by access.Actor, id db.ID, n int, f Returned) (taken int, err error) {
	a, side, err := reviewing(tx, by, access.CommentDraft, id)
	if err != nil {
		return 0, err
	}
	if n != a.N {
		return 0, fault.Stale("Dự thảo vừa có bản mới. Xin góp ý trên bản mới.")
	}
	if f.ID == "" {
		return 0, fault.Invalid("file", "Hãy chọn tệp Word có nhận xét hoặc chỗ sửa.")
	}
	again, err := tx.Exists(`
select 1
from appraisal_comment c
join file f on f.id = c.file
where c.appraisal = ? and c.n = ? and c.org = ? and c.dropped_at is null and f.sha256 = ?`, a.ID, a.N, side, f.SHA256)
	if err != nil {
		return 0, err
	}
	if again {
		return 0, fault.Invalid("file", "Tệp này đã đọc vào góp ý của cơ quan rồi.")
	}
	paragraphs, err := paragraphsOf(tx, a.ID, a.N)
	if err != nil {
		return 0, err
	}
	found := readReturned(paragraphs, f.Read)
	if len(found) == 0 {
		return 0, fault.Invalid("file", "Tệp “%s” không có nhận xét hay chỗ sửa nào so với bản %d của dự thảo.", f.Name, a.N)
	}
	if err := a.room(tx, side, len(found)); err != nil {
		return 0, err
	}
	for _, c := range found {
		c.File = f.ID
		if err := c.check(paragraphs); err != nil {
			return 0, err
		}
		if err := a.say(tx, by, side, c); err != nil {
			return 0, err
		}
	}
	if err := library.Attach(tx, by, f.ID, "appraisal", a.ID, side, "Bản góp ý"); err != nil {
		return 0, err
	}
	_, err = journal.Write(tx, by, "took_comments", a.aside(side), journal.Details{"comments": len(found), "file": f.Name})
	return len(found), err
}

// readReturned holds a file against the frozen paragraphs: each change is a proposed wording, each remark beside the text a
// comment at the paragraph it begins in.
func readReturned(paragraphs []Paragraph, back document.Document) (all []NewComment) {
	d, written := written(paragraphs)
	r := official.Return(d, written, back)
	for _, l := range r.Lines {
		if c, ok := proposed(paragraphs, l); ok {
			all = append(all, c)
		}
	}
	place := make(map[string]NewComment)
	for i, b := range back.Blocks {
		for _, remark := range b.Remarks {
			c := NewComment{Quote: remark.Quote}
			if from := r.From[i]; from >= 0 {
				c.Paragraph = paragraphs[from].Key
			} else {
				c.Unsure = "Đoạn mang nhận xét này không có trong dự thảo đã gửi: “" + short(b.Text) + "”."
			}
			place[remark.ID] = c
		}
	}
	for _, remark := range back.Comments {
		c, ok := place[remark.ID]
		if !ok {
			c.Unsure = "Tệp không cho biết nhận xét này ở đoạn nào."
		}
		if c.Words, c.Who = strings.TrimSpace(remark.Text), remark.Who; c.Words != "" {
			all = append(all, c)
		}
	}
	return all
}

// proposed makes a change of the file a comment.
func proposed(paragraphs []Paragraph, l official.ReturnedLine) (c NewComment, ok bool) {
	c = NewComment{Who: l.Who, Unsure: l.Unsure}
	at := l.Block
	if l.State == official.LineNew {
		at = l.Behind
	}
	if at >= 0 {
		c.Paragraph = paragraphs[at].Key
	}
	switch l.State {
	case official.LineStruck:
		c.Words = "Đề nghị bỏ đoạn này."
	case official.LineNew:
		c.Words = "Đề nghị thêm sau đoạn này: " + l.New
		if at < 0 {
			c.Words = "Đề nghị thêm vào đầu dự thảo: " + l.New
		}
	case official.LineMoved:
		c.Words = "Đề nghị chuyển đoạn này đến sau đoạn “" + short(l.After) + "”."
		if l.New != l.Old {
			c.Wording = l.New
		}
	default:
		c.Wording = l.New
		if len(l.Joined) > 0 {
			c.Words = "Đề nghị gộp với đoạn sau."
		}
		if l.Cell != nil && at >= 0 {
			cells := slices.Clone(paragraphs[at].Cells)
			if l.Cell.Column < len(cells) {
				cells[l.Cell.Column] = l.New
			}
			c.Wording = strings.Join(cells, " | ")
		}
	}
	if c.Paragraph == "" && c.Wording != "" {
		c.Words, c.Wording = strings.TrimSpace(c.Words+" Đề nghị sửa “"+short(l.Old)+"” thành “"+l.New+"”."), ""
	}
	return c, c.Words != "" || c.Wording != ""
}

// written are the frozen paragraphs as a paper and as what is read of it: what official.Return holds a file against.
func written(paragraphs []Paragraph) (d official.Document, w document.Document) {
	for _, p := range paragraphs {
		w.Blocks = append(w.Blocks, document.Block{Kind: p.Kind, Level: p.Level, Number: p.Number, Text: p.Text, Cells: p.Cells})
		if p.Kind != document.Row {
			d.Body = append(d.Body, official.Say("%s", p.Text))
			continue
		}
		var row []official.Cell
		for _, cell := range p.Cells {
			row = append(row, official.C(cell))
		}
		d.Body = append(d.Body, official.Table{Rows: [][]official.Cell{row}})
	}
	return d, w
}

// short is the beginning of a text by which a person knows it.
func short(text string) string {
	words := strings.Fields(text)
	if len(words) <= 14 {
		return strings.Join(words, " ")
	}
	return strings.Join(words[:14], " ") + " …"
}
