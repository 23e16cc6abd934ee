package web

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/document"
	"giaoban/goal"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/library"
	"giaoban/org"
	"giaoban/record"
)

// directivePage is one document with all that is known of it.
type directivePage struct {
	directive.Directive
	Badge      badge
	IssuerName string // the issuing body as it was called then, where it is written otherwise
	Goals      []goalLineShown
	AllGoals   bool // there is more to see of all documents' goals
	Words      string
	Files      []library.Use
	Relations  []relationLine // those that stand
	Proposed   []relationLine // those a person has to look at
	Kinds      []directive.RelationKind
	Up, Down   []directive.Link
	Without    []string // bodies without a plan
	Asked      int      // how many bodies the document asks to make it known
	HeldBy     int      // how many of them have
	Sessions   []sessionLine
	Mentions   []directive.Mentioned
	More       bool // there are more mentions
	Decisions  []directive.Decision
	Lineage    string // "" when nothing is linked
	Activity   []journalRow
	MayRecord  bool
	MayNote    bool
	Reviews    reviewsBlock
	Typed      map[string]string
	Failed     string
}

// relationLine is a relation read from this document's side.
type relationLine struct {
	directive.Relation
	Words string
	Other directive.Directive
}

func (s *site) showDirective(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := directiveOf(tx, by, db.ID(r.PathValue("directive")))
	if err != nil {
		return Reply{}, err
	}
	return Reply{Page: "directive/show", Data: p}, nil
}

func directiveOf(tx *db.Tx, by access.Actor, id db.ID) (*directivePage, error) {
	if !by.SignedIn() {
		return nil, fault.SignIn("Xin đăng nhập để xem sổ văn bản chỉ đạo.")
	}
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return nil, err
	}
	d, err := directive.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	today := calendar.OfInstant(tx.Clock())
	p := &directivePage{Directive: d, Badge: directiveBadge(d.StateOn(today)), Kinds: directive.RelationKinds, Typed: map[string]string{},
		MayRecord: by.Can(access.RecordDirective, d.Body), MayNote: by.Can(access.NoteRollout, by.Body)}
	if d.IssuerBody != "" {
		day := d.Date
		if day.IsZero() {
			day = today
		}
		b, err := org.Find(tx, access.System("tên cơ quan ban hành"), d.IssuerBody, day)
		if err != nil {
			return nil, err
		}
		if b.Name != d.Issuer {
			p.IssuerName = b.Name
		}
	}
	for _, load := range []func(*db.Tx, access.Actor) error{p.contents, p.surroundings, p.people} {
		if err := load(tx, by); err != nil {
			return nil, err
		}
	}
	if p.Reviews, err = reviewsOf(tx, by, d); err != nil {
		return nil, err
	}
	p.Lineage, err = originOf(tx, by, d.Node())
	return p, err
}

func (p *directivePage) contents(tx *db.Tx, by access.Actor) (err error) {
	goals, err := goal.Of(tx, by, p.Directive)
	if err != nil {
		return err
	}
	for _, g := range goals {
		p.Goals = append(p.Goals, goalShown(g))
	}
	p.AllGoals = by.Can(access.ReadConsolidation, by.Body)
	if p.Words, err = directive.Words(tx, by, p.ID); err != nil {
		return err
	}
	if p.Files, err = directive.Files(tx, by, p.ID); err != nil {
		return err
	}
	if p.MayRecord {
		p.Decisions, err = directive.DecisionsOn(tx, by, p.ID)
	}
	return err
}

// surroundings are the documents beside this one.
func (p *directivePage) surroundings(tx *db.Tx, by access.Actor) error {
	all, others, err := directive.Related(tx, by, p.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		line := relationLine{Relation: r, Words: r.Kind.Name(), Other: others[r.Target]}
		if r.Target == p.ID {
			line.Words, line.Other = r.Kind.Passive(), others[r.Source]
		}
		if r.Proposed() {
			p.Proposed = append(p.Proposed, line)
		} else {
			p.Relations = append(p.Relations, line)
		}
	}
	chain, err := directive.ChainOf(tx, by, p.ID)
	if err != nil {
		return err
	}
	p.Up, p.Down = chain.Up, chain.Down
	for _, b := range chain.Without {
		p.Without = append(p.Without, b.ShortName)
	}
	return nil
}

// people are who was told of it, who speaks of it, and what was done to the entry.
func (p *directivePage) people(tx *db.Tx, by access.Actor) error {
	asked, _, err := directive.RolloutOf(tx, by, p.ID)
	if err != nil {
		return err
	}
	if p.Sessions, err = sessionsOf(tx, by, p.ID); err != nil {
		return err
	}
	p.Asked = len(asked)
	for _, s := range asked {
		if s.Held > 0 {
			p.HeldBy++
		}
	}
	mentions, next, err := record.MentionsOf(tx, by, p.ID, "")
	if err != nil {
		return err
	}
	p.Mentions, p.More = mentions, next != ""
	if len(mentions) > 8 {
		p.Mentions, p.More = mentions[:8], true
	}
	p.Activity, err = activityOf(tx, by, "directive", p.ID, 20)
	return err
}

// directiveDo runs one act on a document and goes back to its page, with what was typed when it is refused.
func directiveDo(tx *db.Tx, by access.Actor, r *http.Request, form, anchor string, act func(id db.ID) error) (Reply, error) {
	id := db.ID(r.PathValue("directive"))
	err := act(id)
	if err == nil {
		return Reply{To: "/van-ban-chi-dao/" + string(id) + anchor}, nil
	}
	return withPage(err, func() (Reply, error) {
		p, err := directiveOf(tx, by, id)
		if err != nil {
			return Reply{}, err
		}
		p.Failed = form
		for _, field := range []string{"target", "day", "note", "kind", "label", "reason"} {
			p.Typed[field] = r.PostFormValue(field)
		}
		return Reply{Page: "directive/show", Data: p}, nil
	})
}

// relateDirective ties this document to another, which is named by its citation or symbol.
func (s *site) relateDirective(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return directiveDo(tx, by, r, "quan-he", "#quan-he", func(id db.ID) error {
		d, err := directive.Find(tx, by, id)
		if err != nil {
			return err
		}
		if err := by.May(access.RecordDirective, d.Body); err != nil {
			return err
		}
		var wrong fault.List
		day := readDay(&wrong, r, "day", "")
		other, err := namedDirective(tx, by, r.PostFormValue("target"))
		if err := wrong.AddError("target", err); err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		kind, source, target := strings.TrimSuffix(r.PostFormValue("kind"), "-by"), d.ID, other.ID
		if strings.HasSuffix(r.PostFormValue("kind"), "-by") {
			source, target = target, source
		}
		return directive.Relate(tx, by, directive.RelationKind(kind), source, target, day, r.PostFormValue("note"))
	})
}

func (s *site) confirmRelation(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return directiveDo(tx, by, r, "", "#quan-he", func(db.ID) error {
		return directive.ConfirmRelation(tx, by, db.ID(r.PostFormValue("relation")), directive.RelationKind(r.PostFormValue("kind")))
	})
}

func (s *site) endRelation(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return directiveDo(tx, by, r, "", "#quan-he", func(db.ID) error {
		return directive.EndRelation(tx, by, db.ID(r.PostFormValue("relation")), r.PostFormValue("reason"))
	})
}

// What bounds the files whose words are read while the writer waits; larger ones are read by the archive, and those that
// LibreOffice must open first take seconds.
const (
	mostWordsFrom = 1 << 20
	mostWordsTime = 3 * time.Second
)

func (s *site) fileDirective(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return directiveDo(tx, by, r, "tep", "#tep", func(id db.ID) error {
		d, err := directive.Find(tx, by, id)
		if err != nil {
			return err
		}
		if err := by.May(access.RecordDirective, d.Body); err != nil {
			return err
		}
		if err := refusedUpload(r); err != nil {
			return err
		}
		uploads := s.uploads(r, "files")
		if len(uploads) == 0 {
			return fault.Invalid("files", "Cần chọn ít nhất một tệp.")
		}
		for _, u := range uploads {
			file, err := storeUpload(tx, by, d.Body, u)
			if err != nil {
				return err
			}
			label := strings.TrimSpace(r.PostFormValue("label"))
			if label == "" {
				label = "Văn bản"
			}
			if err := directive.AttachFile(tx, by, d.ID, file, label, wordsOf(r.Context(), u)); err != nil {
				return err
			}
		}
		return nil
	})
}

// wordsOf reads the text of a small file; what cannot be read has none.
func wordsOf(ctx context.Context, u Upload) string {
	if u.Size > mostWordsFrom || document.Slow(u.Name) {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, mostWordsTime)
	defer cancel()
	f, err := u.Open()
	if err != nil {
		return ""
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		return ""
	}
	words, err := archive.ReadText(ctx, u.Name, content)
	if err != nil {
		return ""
	}
	return words.Text
}

// stored sends a file as an attachment, under the media type found in its content.
func (s *site) stored(f library.File) *Download {
	return &Download{Name: f.Name, Type: f.Kind, Open: func() (io.ReadCloser, error) { return s.Files.Reader(f.SHA256) }}
}

// mentionsPage lists where a document is mentioned.
type mentionsPage struct {
	directive.Directive
	Mentions []directive.Mentioned
	Next     string
}

func (s *site) directiveMentions(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	if err := by.May(access.ReadDirective, by.Body); err != nil {
		return Reply{}, err
	}
	d, err := directive.Find(tx, by, db.ID(r.PathValue("directive")))
	if err != nil {
		return Reply{}, err
	}
	p := &mentionsPage{Directive: d}
	var next db.ID
	if p.Mentions, next, err = record.MentionsOf(tx, by, d.ID, db.ID(r.FormValue("sau"))); err != nil {
		return Reply{}, err
	}
	if next != "" {
		p.Next = withQuery(r, "sau", string(next))
	}
	return Reply{Page: "directive/mentions", Data: p}, nil
}
