package programme

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Old are paragraphs of a report from before the program, of one sector and year.
type Old struct {
	Year   int
	Sector string
	Source string // "Báo cáo số 120-BC/BTGTU ngày 05/12/2018"
	Words  string // a paragraph a line
}

// EnterOld enters what an old yearly report told of a sector, marked as from the archive. The program proposes the line that each
// paragraph speaks of; a person confirms it.
func EnterOld(tx *db.Tx, by access.Actor, id db.ID, o Old) (entered, proposed int, err error) {
	p, err := keeping(tx, by, id)
	if err != nil {
		return 0, 0, err
	}
	o.Source, o.Words = fold.Tidy(o.Source), tidyLines(o.Words)
	var wrong fault.List
	if o.Year < p.From.Year() || !p.To.IsZero() && o.Year > p.To.Year() || o.Year > day(tx).Year() {
		wrong.Add("year", "Năm phải nằm trong thời hạn của chương trình và không sau năm nay.")
	}
	if o.Sector != "" && !slices.Contains(sectorCodes(), o.Sector) {
		wrong.Add("sector", "Hãy chọn một lĩnh vực trong danh sách.")
	}
	if o.Source == "" || len(o.Source) > 500 {
		wrong.Add("source", "Cần ghi báo cáo nào: số, ký hiệu, ngày, của ai.")
	}
	if o.Words == "" || len(o.Words) > mostWords {
		wrong.Add("words", "Cần nội dung kết quả, nhiều nhất %d chữ mỗi lần.", mostWords)
	}
	if err := wrong.Err(); err != nil {
		return 0, 0, err
	}
	if err := official.RefuseSecret(o.Source, o.Words); err != nil {
		return 0, 0, err
	}
	lines, err := linesOf(tx, p.ID)
	if err != nil {
		return 0, 0, err
	}
	on, err := calendar.MakeDate(o.Year, 12, 31)
	if err != nil {
		return 0, 0, err
	}
	var before int
	if err := tx.Get(&before, "select count(*) from programme_evidence where programme = ? and how = ?", p.ID, string(Archive)); err != nil {
		return 0, 0, err
	}
	find := finderOf(lines)
	for i, words := range strings.Split(o.Words, "\n") {
		e := Evidence{Programme: p.ID, Sector: o.Sector, Place: fmt.Sprint(before + i + 1), Label: o.Source, Words: words, Day: on, How: Archive}
		if at, why, ok := find.best(words, func(l Line) bool { return l.Sector == o.Sector }); ok {
			e.Line, e.Why = lines[at].ID, why
			proposed++
		}
		if err := e.keep(tx, by); err != nil {
			return 0, 0, err
		}
		entered++
	}
	_, err = journal.Write(tx, by, "old_entered", p.about(), journal.Details{"year": o.Year, "sector": sectorName(o.Sector), "source": o.Source, "paragraphs": entered})
	return entered, proposed, err
}

// Placed is a person's word on an old paragraph: the line that it speaks of, "" for its sector as a whole.
type Placed struct {
	ID   db.ID
	Line db.ID
	Drop bool // it says nothing of the programme
}

// PlaceOld keeps what a person said of old paragraphs.
func PlaceOld(tx *db.Tx, by access.Actor, id db.ID, all []Placed) error {
	p, err := keeping(tx, by, id)
	if err != nil {
		return err
	}
	lines, err := linesOf(tx, p.ID)
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.Line != "" && !slices.ContainsFunc(lines, func(l Line) bool { return l.ID == one.Line }) {
			return fault.Invalid("", "Một đoạn được gắn vào nội dung không có trong chương trình này.")
		}
		settled := "yes"
		if one.Drop {
			settled = "no"
		}
		n, err := tx.Exec(`
update programme_evidence
set line = ?, settled = ?, settled_at = ?, settled_by = ?
where id = ? and programme = ? and how = ?`, one.Line, settled, tx.Now(), by.Name, one.ID, p.ID, string(Archive))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing("Không có đoạn này.")
		}
	}
	_, err = journal.Write(tx, by, "old_placed", p.about(), journal.Details{"paragraphs": len(all)})
	return err
}
