package appraisal

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// Sheet is one version of a draft as somebody may read it: its paragraphs, and the comments at their places.
type Sheet struct {
	Appraisal
	Versions   []Version
	At         int // the version that is shown
	Paragraphs []Paragraph
	Comments   []Comment // all that the reader may see, also those without a place here
	Rounds     []Reviewer
	Facts      []Fact
	Side       db.ID // in whose name the reader speaks
	Questions  []Question
}

// Question asks where a comment stands in the latest version.
type Question struct {
	Comment
	Was string      // the words it was made on
	May []Paragraph // that come into question
}

// Look reads one version of a draft; n 0 is the latest.
func Look(tx *db.Tx, by access.Actor, id db.ID, n int) (s Sheet, err error) {
	if s.Appraisal, err = Find(tx, by, id); err != nil {
		return s, err
	}
	if n == 0 {
		n = s.N
	}
	if s.At = n; n < 1 || n > s.N {
		return s, fault.Missing("Dự thảo không có bản này.")
	}
	if s.Side, err = sideOf(tx, by); err != nil {
		return s, err
	}
	if s.Versions, err = Versions(tx, by, id); err != nil {
		return s, err
	}
	if s.Paragraphs, err = paragraphsOf(tx, id, n); err != nil {
		return s, err
	}
	all, err := commentsOf(tx, s.Appraisal, n)
	if err != nil {
		return s, err
	}
	s.Comments = s.seenBy(by, s.Side, all)
	if err := tx.Select(&s.Rounds, reviewerColumns+"where r.appraisal = ?\norder by r.n, b.sort, b.code", id); err != nil {
		return s, err
	}
	s.Rounds = s.answersTo(by, s.Rounds)
	if err := tx.Select(&s.Facts, "select "+factColumns+"\nfrom appraisal_fact\nwhere appraisal = ?\norder by seq", id); err != nil {
		return s, err
	}
	if s.Side == s.Body && n == s.N {
		s.Questions, err = s.questions(tx, s.Comments)
	}
	return s, err
}

// questions are the comments of which nobody has said where they stand now, each with where it stood last.
func (a Appraisal) questions(tx *db.Tx, all []Comment) (asked []Question, err error) {
	frozen := make(map[int][]Paragraph)
	at := func(n int) ([]Paragraph, error) {
		if frozen[n] == nil {
			var err error
			if frozen[n], err = paragraphsOf(tx, a.ID, n); err != nil {
				return nil, err
			}
		}
		return frozen[n], nil
	}
	now, err := at(a.N)
	if err != nil {
		return nil, err
	}
	may := make(map[int][]Carried)
	for _, c := range all {
		if c.Place.How != Asked || !c.Signed || c.Disposed() {
			continue
		}
		n, key := c.N, c.Paragraph
		if err := tx.Get(&n, "select coalesce(max(n), ?) from appraisal_place where comment = ? and how <> 'asked'", c.N, c.ID); err != nil {
			return nil, err
		}
		if n != c.N {
			if err := tx.Get(&key, "select paragraph from appraisal_place where comment = ? and n = ? and how <> 'asked' order by seq desc limit 1", c.ID, n); err != nil {
				return nil, err
			}
		}
		old, err := at(n)
		if err != nil {
			return nil, err
		}
		q := Question{Comment: c}
		if i := keyAt(old, key); i >= 0 {
			q.Was = old[i].Words()
			if may[n] == nil {
				may[n] = carry(old, now)
			}
			for _, j := range append(may[n][i].To, may[n][i].May...) {
				q.May = append(q.May, now[j])
			}
		}
		asked = append(asked, q)
	}
	return asked, nil
}

// Of are the comments whose place ends at a paragraph: that is where they are shown.
func (s Sheet) Of(key string) (all []Comment) {
	for _, c := range s.Comments {
		last := c.Place.Until
		if last == "" {
			last = c.Place.Paragraph
		}
		if last == key && key != "" {
			all = append(all, c)
		}
	}
	return all
}

// OfWhole are the comments on the whole draft.
func (s Sheet) OfWhole() (all []Comment) {
	for _, c := range s.Comments {
		if c.Place.Comment != "" && c.Place.Paragraph == "" && c.Place.How != Asked {
			all = append(all, c)
		}
	}
	return all
}
