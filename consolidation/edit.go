package consolidation

import (
	"encoding/json"
	"errors"
	"slices"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
	"giaoban/report"
)

// Every change of a draft takes the version that was read and gives the next one; when another writer was faster the
// answer is Stale and nothing changes. Origins are never lost: they follow the text into whatever it becomes.

// editing is a draft opened for one change.
type editing struct {
	tx  *db.Tx
	by  access.Actor
	row draftRow
}

func edit(tx *db.Tx, by access.Actor, id db.ID, version int64) (editing, error) {
	e, err := editAs(tx, by, access.DraftConsolidation, id, version)
	if err != nil {
		return e, err
	}
	return e, e.still()
}

func editAs(tx *db.Tx, by access.Actor, act access.Act, id db.ID, version int64) (editing, error) {
	row, err := rowByID(tx, by, id)
	if err != nil {
		return editing{}, err
	}
	if err := by.May(act, row.Body); err != nil {
		return editing{}, err
	}
	if row.SignedAt != 0 {
		return editing{}, fault.Conflict("Báo cáo tổng hợp đã được ký; nội dung không sửa được nữa.")
	}
	if row.EndedAt != 0 {
		return editing{}, fault.Conflict("Bản tổng hợp này đã được thay bằng bản khác; hãy mở bản mới.")
	}
	if row.Version != version {
		return editing{}, fault.Stale("Người khác vừa sửa báo cáo tổng hợp này (đang là bản %d, đồng chí mở bản %d). Hãy xem bản mới rồi sửa tiếp; phần đồng chí vừa gõ vẫn còn trên trang.", row.Version, version)
	}
	return editing{tx, by, row}, nil
}

// done raises the version and writes the change down.
func (e *editing) done(verb string, details journal.Details) (int64, error) {
	e.row.Version++
	if _, err := e.tx.Exec("update consolidation set version = ? where id = ?", e.row.Version, e.row.ID); err != nil {
		return 0, err
	}
	details["version"] = e.row.Version
	_, err := journal.Write(e.tx, e.by, verb, journal.Subject{Kind: "consolidation", ID: e.row.ID, Body: e.row.Body}, details)
	return e.row.Version, err
}

// paragraph finds one that is kept or dropped.
func (e *editing) paragraph(id db.ID) (paragraphRow, error) {
	var p paragraphRow
	err := e.tx.Get(&p, `
select id, section, sector, rank, text, state, reason, edited_at, edited_by
from consolidation_paragraph
where id = ? and consolidation = ? and state <> 'merged'`, id, e.row.ID)
	if errors.Is(err, db.None) {
		return p, fault.Missing("Không có đoạn này trong báo cáo tổng hợp.")
	}
	return p, err
}

// typed cleans what was typed for a paragraph and refuses what must not come in.
func typedParagraph(field, text string) (string, error) {
	text = fold.Tidy(text)
	if text == "" {
		return "", fault.Invalid(field, "Đoạn văn không được để trống; muốn bỏ đoạn này hãy chọn “Không đưa vào”.")
	}
	return text, official.RefuseSecret(text)
}

func (e *editing) write(id db.ID, text string) error {
	_, err := e.tx.Exec("update consolidation_paragraph set text = ?, edited_at = ?, edited_by = ? where id = ?", text, e.tx.Now(), e.by.Name, id)
	return err
}

// EditParagraph replaces the words of a paragraph.
func EditParagraph(tx *db.Tx, by access.Actor, id db.ID, version int64, paragraph db.ID, text string) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	p, err := e.paragraph(paragraph)
	if err != nil {
		return 0, err
	}
	if text, err = typedParagraph("text", text); err != nil {
		return 0, err
	}
	if text == p.Text {
		return e.row.Version, nil
	}
	if err := e.write(p.ID, text); err != nil {
		return 0, err
	}
	return e.done("edited_paragraph", journal.Details{"paragraph": string(p.ID)})
}

// MergeParagraphs puts the words of one paragraph behind those of another, and its origins with them.
func MergeParagraphs(tx *db.Tx, by access.Actor, id db.ID, version int64, into, from db.ID) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	if into == from {
		return 0, fault.Invalid("from", "Hãy chọn hai đoạn khác nhau để gộp.")
	}
	a, err := e.paragraph(into)
	if err != nil {
		return 0, err
	}
	b, err := e.paragraph(from)
	if err != nil {
		return 0, err
	}
	if a.State != ParagraphKept || b.State != ParagraphKept {
		return 0, fault.Conflict("Chỉ gộp được hai đoạn đang đưa vào báo cáo.")
	}
	if err := e.write(a.ID, a.Text+" "+b.Text); err != nil {
		return 0, err
	}
	if err := copyOrigins(tx, b.ID, a.ID); err != nil {
		return 0, err
	}
	for _, statement := range []string{
		"delete from consolidation_origin where paragraph = ?",
		"update consolidation_paragraph set state = 'merged' where id = ?",
	} {
		if _, err := tx.Exec(statement, b.ID); err != nil {
			return 0, err
		}
	}
	return e.done("merged_paragraphs", journal.Details{"into": string(a.ID), "from": string(b.ID)})
}

func copyOrigins(tx *db.Tx, from, to db.ID) error {
	_, err := tx.Exec(`
insert into consolidation_origin (paragraph, submission, section, sector, n, consolidation, body, period, version, text, superseded)
select ?, submission, section, sector, n, consolidation, body, period, version, text, superseded
from consolidation_origin
where paragraph = ?
on conflict (paragraph, submission, section, sector, n) do nothing`, to, from)
	return err
}

// SplitParagraph makes two of one; both keep its origins.
func SplitParagraph(tx *db.Tx, by access.Actor, id db.ID, version int64, paragraph db.ID, first, second string) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	p, err := e.paragraph(paragraph)
	if err != nil {
		return 0, err
	}
	var wrong fault.List
	for _, part := range []struct {
		field string
		text  *string
	}{{"first", &first}, {"second", &second}} {
		if *part.text, err = typedParagraph(part.field, *part.text); err != nil {
			if err := wrong.AddError(part.field, err); err != nil {
				return 0, err
			}
		}
	}
	if err := wrong.Err(); err != nil {
		return 0, err
	}
	if err := e.write(p.ID, first); err != nil {
		return 0, err
	}
	half := placed{&Paragraph{Text: second, State: p.State, Reason: p.Reason, EditedAt: tx.Now(), EditedBy: by.Name}, p.Section, p.Sector, 0}
	if err := insertParagraphs(tx, e.row.ID, []*placed{&half}); err != nil {
		return 0, err
	}
	if err := copyOrigins(tx, p.ID, half.ID); err != nil {
		return 0, err
	}
	if err := e.arrange(half.ID, p.Section, p.Sector, putAfter{p.ID}); err != nil {
		return 0, err
	}
	return e.done("split_paragraph", journal.Details{"paragraph": string(p.ID), "new": string(half.ID)})
}

// AddParagraph writes a paragraph of the commission's own, behind another one ("": at the end of the group).
func AddParagraph(tx *db.Tx, by access.Actor, id db.ID, version int64, section, sector string, behind db.ID, text string) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	if err := e.asked(section, sector); err != nil {
		return 0, err
	}
	if text, err = typedParagraph("text", text); err != nil {
		return 0, err
	}
	own := placed{&Paragraph{Text: text, State: ParagraphKept, EditedAt: tx.Now(), EditedBy: by.Name}, section, sector, 0}
	if err := insertParagraphs(tx, e.row.ID, []*placed{&own}); err != nil {
		return 0, err
	}
	if err := e.arrange(own.ID, section, sector, putAfter{behind}); err != nil {
		return 0, err
	}
	return e.done("added_paragraph", journal.Details{"paragraph": string(own.ID), "section": section, "sector": sector})
}

// MoveParagraph puts a paragraph before another one ("": at the end), under the same or another heading and sector.
func MoveParagraph(tx *db.Tx, by access.Actor, id db.ID, version int64, paragraph db.ID, section, sector string, ahead db.ID) (int64, error) {
	return move(tx, by, id, version, paragraph, section, sector, putBefore{ahead})
}

func move(tx *db.Tx, by access.Actor, id db.ID, version int64, paragraph db.ID, section, sector string, where any) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	p, err := e.paragraph(paragraph)
	if err != nil {
		return 0, err
	}
	if err := e.asked(section, sector); err != nil {
		return 0, err
	}
	if err := e.arrange(p.ID, section, sector, where); err != nil {
		return 0, err
	}
	return e.done("moved_paragraph", journal.Details{"paragraph": string(p.ID), "from": p.Section + "/" + p.Sector, "to": section + "/" + sector})
}

// asked refuses a heading that the form does not have; the sector may be "" for a text that belongs to none.
func (e *editing) asked(section, sector string) error {
	form, err := report.ActiveForm(e.tx, e.row.Regime, e.row.Period)
	if err != nil {
		return err
	}
	var wrong fault.List
	if !slices.ContainsFunc(form.Sections, func(s report.Section) bool { return s.Code == section }) {
		wrong.Add("section", "Biểu mẫu không có mục “%s”; hãy chọn một mục trong đề cương.", section)
	}
	if sector != "" && !slices.ContainsFunc(form.Sectors, func(s report.Sector) bool { return s.Code == sector }) {
		wrong.Add("sector", "Biểu mẫu không có lĩnh vực “%s”; hãy chọn một lĩnh vực trong danh sách.", sector)
	}
	return wrong.Err()
}

type (
	putBefore struct{ id db.ID }
	putAfter  struct{ id db.ID }
)

// arrange gives a paragraph its place in a group and numbers the group anew; only what moved is written.
func (e *editing) arrange(id db.ID, section, sector string, where any) error {
	if _, err := e.tx.Exec("update consolidation_paragraph set section = ?, sector = ? where id = ?", section, sector, id); err != nil {
		return err
	}
	var rows []struct {
		ID   db.ID `db:"id"`
		Rank int64 `db:"rank"`
	}
	if err := e.tx.Select(&rows, `
select id, rank from consolidation_paragraph
where consolidation = ? and section = ? and sector = ?
order by rank, id`, e.row.ID, section, sector); err != nil {
		return err
	}
	order, ranks := make([]db.ID, 0, len(rows)), make(map[db.ID]int64, len(rows))
	for _, r := range rows {
		ranks[r.ID] = r.Rank
		if r.ID != id {
			order = append(order, r.ID)
		}
	}
	at := len(order)
	switch w := where.(type) {
	case putBefore:
		if i := slices.Index(order, w.id); i >= 0 {
			at = i
		}
	case putAfter:
		if i := slices.Index(order, w.id); i >= 0 {
			at = i + 1
		}
	}
	for i, one := range slices.Insert(order, at, id) {
		if rank := int64(i + 1); ranks[one] != rank {
			if _, err := e.tx.Exec("update consolidation_paragraph set rank = ? where id = ?", rank, one); err != nil {
				return err
			}
		}
	}
	return nil
}

// DropParagraph leaves a paragraph out; it stays listed as “không đưa vào” with the reason.
func DropParagraph(tx *db.Tx, by access.Actor, id db.ID, version int64, paragraph db.ID, reason string) (int64, error) {
	return setState(tx, by, id, version, paragraph, ParagraphDropped, fold.Tidy(reason))
}

// RestoreParagraph takes a paragraph back into the report.
func RestoreParagraph(tx *db.Tx, by access.Actor, id db.ID, version int64, paragraph db.ID) (int64, error) {
	return setState(tx, by, id, version, paragraph, ParagraphKept, "")
}

func setState(tx *db.Tx, by access.Actor, id db.ID, version int64, paragraph db.ID, state, reason string) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	if err := official.RefuseSecret(reason); err != nil {
		return 0, err
	}
	p, err := e.paragraph(paragraph)
	if err != nil {
		return 0, err
	}
	if p.State == state {
		return e.row.Version, nil
	}
	if _, err := tx.Exec("update consolidation_paragraph set state = ?, reason = ? where id = ?", state, reason, p.ID); err != nil {
		return 0, err
	}
	verb := map[string]string{ParagraphDropped: "dropped_paragraph", ParagraphKept: "restored_paragraph"}[state]
	return e.done(verb, journal.Details{"paragraph": string(p.ID), "reason": reason})
}

// Reword changes what the commission writes around the text.
func Reword(tx *db.Tx, by access.Actor, id db.ID, version int64, w Wording) (int64, error) {
	e, err := edit(tx, by, id, version)
	if err != nil {
		return 0, err
	}
	w.Subject, w.Opening, w.Filing = fold.Tidy(w.Subject), fold.Tidy(w.Opening), fold.Tidy(w.Filing)
	w.Bases, w.Recipients = tidyLines(w.Bases), tidyLines(w.Recipients)
	if w.Subject == "" {
		return 0, fault.Invalid("subject", "Báo cáo cần có trích yếu.")
	}
	if err := official.RefuseSecret(append(append([]string{w.Subject, w.Opening, w.Filing}, w.Bases...), w.Recipients...)...); err != nil {
		return 0, err
	}
	text, err := json.Marshal(w)
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec("update consolidation set wording = ? where id = ?", string(text), e.row.ID); err != nil {
		return 0, err
	}
	return e.done("reworded", journal.Details{"subject": w.Subject})
}

// lines cleans a list and leaves out what is empty.
func tidyLines(list []string) []string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		if s = fold.Tidy(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
