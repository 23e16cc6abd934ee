package appraisal

import (
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/library"
	"giaoban/official"
)

// Version is one frozen version of a draft.
type Version struct {
	N        int        `db:"n"`
	File     db.ID      `db:"file"`
	Name     string     `db:"name"`
	Problems string     `db:"problems"`
	Note     string     `db:"note"`
	At       db.Instant `db:"at"`
	By       string     `db:"by_name"`
}

// Versions are those of a draft, the first first.
func Versions(tx *db.Tx, by access.Actor, id db.ID) (all []Version, err error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return all, tx.Select(&all, "select n, file, name, problems, note, at, by_name\nfrom appraisal_version\nwhere appraisal = ?\norder by n", id)
}

// FileOf is the file of a version, to who may see the draft.
func FileOf(tx *db.Tx, by access.Actor, id db.ID, n int) (library.File, error) {
	all, err := Versions(tx, by, id)
	if err != nil {
		return library.File{}, err
	}
	at := slices.IndexFunc(all, func(v Version) bool { return v.N == n })
	if at < 0 {
		return library.File{}, fault.Missing("Dự thảo không có bản này.")
	}
	return library.Find(tx, access.System("đưa dự thảo cho nơi được hỏi ý kiến"), all[at].File)
}

func paragraphsOf(tx *db.Tx, id db.ID, n int) ([]Paragraph, error) {
	var found []string
	if err := tx.Select(&found, "select paragraphs from appraisal_version where appraisal = ? and n = ?", id, n); err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.Missing("Dự thảo không có bản này.")
	}
	return readParagraphs(found[0])
}

// NewVersion is the next version of a draft. Seen is the latest one that the author read.
type NewVersion struct {
	Seen  int
	File  File
	Note  string
	Days  int  // working days for opinions; 0: as many as before
	Again bool // those who were asked about the one before are asked again
}

// SubmitVersion freezes the next version. What is not disposed of is carried over by its words; where these do not tell, a
// person is asked.
func SubmitVersion(tx *db.Tx, by access.Actor, id db.ID, v NewVersion) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.authored(tx, by); err != nil {
		return err
	}
	if a.Over() {
		return a.underway()
	}
	if v.Seen != a.N {
		return fault.Stale("Dự thảo vừa có bản mới khác. Xin xem lại rồi gửi tiếp.")
	}
	paragraphs := frozen(v.File.Read)
	v.Note = fold.Tidy(v.Note)
	var wrong fault.List
	checkFile(&wrong, v.File, paragraphs)
	if len(v.Note) > mostText {
		wrong.Add("note", "Phần này dài quá %d ký tự; xin ghi ngắn gọn.", mostText)
	}
	if v.Days != 0 {
		checkDays(&wrong, v.Days)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := official.RefuseSecret(v.Note); err != nil {
		return err
	}
	old, err := paragraphsOf(tx, a.ID, a.N)
	if err != nil {
		return err
	}
	comments, err := commentsOf(tx, a, a.N)
	if err != nil {
		return err
	}
	asked := a.Reviewers
	if v.Days == 0 || a.Kind == Formal {
		v.Days = a.DayCount
	}
	if err := a.freeze(tx, by, v.File, paragraphs, v.Days, v.Note); err != nil {
		return err
	}
	var again []db.ID
	for _, r := range asked {
		if v.Again || a.Kind == Formal {
			again = append(again, r.Body)
		}
	}
	if err := a.ask(tx, by, again, a.FirstDue, a.FirstHow); err != nil {
		return err
	}
	open := slices.DeleteFunc(comments, func(c Comment) bool { return c.Disposed() || !c.Signed && !slices.Contains(again, c.Body) })
	questions, err := a.carryOver(tx, by, old, paragraphs, open)
	if err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "revised", a.about(), journal.Details{"version": a.N, "carried": len(open), "asked": questions})
	return err
}

// carryOver gives open comments their place in the new version and counts those of which a person is asked.
func (a Appraisal) carryOver(tx *db.Tx, by access.Actor, old, now []Paragraph, open []Comment) (questions int, err error) {
	found := carry(old, now)
	for _, c := range open {
		p := Place{Comment: c.ID, N: a.N, Seq: 1, How: Same}
		switch at := keyAt(old, c.Place.Paragraph); {
		case c.Place.Comment == "", c.Place.How == Asked, at < 0 && c.Place.Paragraph != "": // it stood nowhere in the version before
			p.How = Asked
		case at >= 0:
			p.How = found[at].How
			to := found[at].To
			if len(to) > 1 && c.Quote != "" {
				if within := quoted(now, to, c.Quote); within >= 0 {
					to = []int{within}
				}
			}
			if len(to) > 0 {
				p.Paragraph = now[to[0]].Key
			}
			if len(to) > 1 {
				p.Until = now[to[len(to)-1]].Key
			}
		}
		if p.How == Asked {
			questions++
		}
		if err := p.keep(tx, by); err != nil {
			return questions, err
		}
	}
	return questions, nil
}

func (p Place) keep(tx *db.Tx, by access.Actor) error {
	_, err := tx.Exec("insert into appraisal_place (comment, n, seq, paragraph, until, how, at, by_name) values (?, ?, ?, ?, ?, ?, ?, ?)",
		p.Comment, p.N, p.Seq, p.Paragraph, p.Until, string(p.How), tx.Now(), by.Name)
	return err
}

func keyAt(all []Paragraph, key string) int {
	return slices.IndexFunc(all, func(p Paragraph) bool { return key != "" && p.Key == key })
}

// quoted is the one of some paragraphs in which the quoted words stand; -1 where none has them whole, or several.
func quoted(all []Paragraph, among []int, quote string) int {
	found := -1
	for _, i := range among {
		if strings.Contains(all[i].bare, bare(quote)) {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// PlaceComment answers where a comment stands that was asked about: at a paragraph of the latest version, or "" for the whole.
func PlaceComment(tx *db.Tx, by access.Actor, id, comment db.ID, key string) error {
	a, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := a.authored(tx, by); err != nil {
		return err
	}
	if a.Over() {
		return a.underway()
	}
	if comment == "" {
		return fault.Invalid("place", "Chưa chọn đoạn cho góp ý nào.")
	}
	all, err := commentsOf(tx, a, a.N)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(c Comment) bool { return c.ID == comment && c.Signed })
	if at < 0 || all[at].Place.How != Asked && all[at].Place.How != ByPerson {
		return fault.Invalid("place", "Góp ý này không chờ chỉ chỗ; xin mở lại trang.")
	}
	paragraphs, err := paragraphsOf(tx, a.ID, a.N)
	if err != nil {
		return err
	}
	if key != "" && keyAt(paragraphs, key) < 0 {
		return fault.Invalid("place", "Đoạn đã chọn không có trong bản này; xin chọn lại.")
	}
	p := Place{Comment: comment, N: a.N, Seq: all[at].Place.Seq + 1, Paragraph: key, How: ByPerson}
	if err := p.keep(tx, by); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "placed", a.about(), journal.Details{"version": a.N})
	return err
}

// Compared is a paragraph of two versions: Old is empty for one that came, New for one that is gone.
type Compared struct {
	How      How
	Old, New Paragraph
	Words    []official.Wording
	Asked    bool // it may be one of the other version, which is not clear
}

// Compare tells two versions apart word by word, in the order of the later one; what is gone stands where it stood.
func Compare(tx *db.Tx, by access.Actor, id db.ID, from, to int) ([]Compared, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	old, err := paragraphsOf(tx, id, from)
	if err != nil {
		return nil, err
	}
	now, err := paragraphsOf(tx, id, to)
	if err != nil {
		return nil, err
	}
	return compare(old, now), nil
}

func compare(old, now []Paragraph) (all []Compared) {
	found := carry(old, now)
	from := make(map[int][]int)
	for i, c := range found {
		for _, j := range c.To {
			from[j] = append(from[j], i)
		}
	}
	next := 0
	gone := func(until int) {
		for ; next < until; next++ {
			if found[next].How == Asked {
				all = append(all, Compared{How: Asked, Old: old[next], Words: official.Differ(old[next].Words(), ""), Asked: len(found[next].May) > 0})
			}
		}
	}
	for j, p := range now {
		was := from[j]
		if len(was) == 0 {
			all = append(all, Compared{New: p, Words: official.Differ("", p.Words())})
			continue
		}
		how := found[was[0]].How
		if how != Moved {
			gone(was[0])
		}
		var words []string
		for _, i := range was {
			words = append(words, old[i].Words())
		}
		c := Compared{How: how, Old: old[was[0]], New: p}
		switch how {
		case Reworded:
			c.Words = official.Differ(words[0], p.Words())
		case Joined:
			c.Words = official.Differ(strings.Join(words, " "), p.Words())
		default:
			c.Words = []official.Wording{{Text: p.Words()}}
		}
		all = append(all, c)
	}
	gone(len(old))
	return all
}
