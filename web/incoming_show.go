package web

import (
	"net/http"

	"giaoban/access"
	"giaoban/archive"
	"giaoban/calendar"
	"giaoban/document"
	"giaoban/intake"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/files"
	"giaoban/library"
	"giaoban/org"
	"giaoban/task"
)

// incomingShow is one incoming paper with what its file says.
type incomingShow struct {
	Row      incomingRow
	Badge    badge
	Step     string
	URL      string
	Made     string // address of the record it went into
	Target   string // address of the report or task it is for
	Text     []document.Block
	Hidden   int // blocks that are not shown
	Problems []string
	MayKeep  bool
	Note     string
	Result   string
	Earlier  *intake.Incoming // which this one revokes, updates or replaces
	Later    *intake.Incoming // which does so with this one
	Linked   bool             // its graph shows something
}

// mostBlocks is how many paragraphs of a file are shown beside its fields.
const mostBlocks = 400

func (s *site) showIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	p, err := incomingShown(tx, by, db.ID(r.PathValue("incoming")))
	return Reply{Page: "incoming/show", Data: p}, err
}

func incomingShown(tx *db.Tx, by access.Actor, id db.ID) (*incomingShow, error) {
	i, err := intake.Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	p := &incomingShow{Badge: incomingBadge(i.State), MayKeep: by.Can(access.KeepIncoming, i.Body)}
	today := calendar.OfInstant(tx.Clock())
	names, err := org.Names(tx, today)
	if err != nil {
		return nil, err
	}
	if p.Row, err = incomingRowOf(tx, by, i, names, today); err != nil {
		return nil, err
	}
	if p.MayKeep {
		p.Step, p.URL = nextStep(i)
	}
	if i.MadeKind != "" {
		p.Made = address(i.MadeKind, i.MadeID)
	}
	switch {
	case i.LeadsTo == "":
	case i.Kind == intake.Result:
		p.Target = address("task", i.LeadsTo)
	case i.Kind == intake.Report:
		p.Target = "/bao-cao/" + string(i.LeadsTo)
	}
	if p.Earlier, err = intake.Earlier(tx, by, i); err != nil {
		return nil, err
	}
	if p.Later, err = intake.Later(tx, by, i); err != nil {
		return nil, err
	}
	d, err := intake.Read(tx, by, id)
	if err != nil {
		return nil, err
	}
	p.Text, p.Problems = d.Accepted(), d.Problems
	if p.Hidden = len(p.Text) - mostBlocks; p.Hidden > 0 {
		p.Text = p.Text[:mostBlocks]
	}
	p.Linked, err = linked(tx, by, "incoming", i.ID)
	return p, err
}

// incomingDo runs one act on a paper; refused, the page comes back with what was typed.
func incomingDo(tx *db.Tx, by access.Actor, r *http.Request, act func(id db.ID, version int64) error) (Reply, error) {
	id := db.ID(r.PathValue("incoming"))
	err := act(id, wholeNumber(r.PostFormValue("version")))
	if err == nil {
		return Reply{To: address("incoming", id)}, nil
	}
	if kind := fault.Of(err); kind == nil || kind.Kind == fault.KindMissing || kind.Kind == fault.KindForbidden {
		return Reply{}, err
	}
	p, again := incomingShown(tx, by, id)
	if again != nil {
		return Reply{}, again
	}
	p.Note, p.Result = r.PostFormValue("note"), r.PostFormValue("result")
	if r.PostForm[p.Row.Field("number")] != nil {
		p.Row.read(r)
	}
	return Reply{Page: "incoming/show", Data: p}, err
}

func (s *site) correctIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, _ int64) error {
		i, err := intake.Find(tx, by, id)
		if err != nil {
			return err
		}
		row := incomingRow{Incoming: i}
		e, wrong := row.read(r)
		if err := by.May(access.KeepIncoming, i.Body); err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if _, err = intake.Enter(tx, by, id, row.Version, e); err != nil {
			return renamedFields(err, row.called)
		}
		return nil
	})
}

func (s *site) dropIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, version int64) error { return intake.Drop(tx, by, id, version, r.PostFormValue("note")) })
}

func (s *site) closeIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, version int64) error { return intake.Close(tx, by, id, version, r.PostFormValue("note")) })
}

// resultIncoming makes a paper the proof that a task was done.
func (s *site) resultIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	return incomingDo(tx, by, r, func(id db.ID, _ int64) error {
		i, err := intake.Find(tx, by, id)
		if err != nil {
			return err
		}
		if i.Kind != intake.Result || i.LeadsTo == "" {
			return fault.Conflict("Văn bản này chưa được ghi là kết quả của nhiệm vụ nào; hãy chọn nhiệm vụ rồi lưu.")
		}
		t, err := task.Find(tx, by, i.LeadsTo)
		if err != nil {
			return err
		}
		came, err := intake.Files(tx, by, id)
		if err != nil {
			return err
		}
		e := task.Evidence{Note: r.PostFormValue("result"), Paper: i.Label()}
		for _, f := range came {
			e.Files = append(e.Files, task.File{ID: f.ID, Name: f.Name})
		}
		if err := intake.Settle(tx, by, id, t.Node()); err != nil {
			return err
		}
		if err := task.EnterResult(tx, by, t.ID, i.Sender, e); err != nil {
			return renamedFields(err, func(field string) string {
				if field == "note" {
					return "result"
				}
				return field
			})
		}
		return nil
	})
}

// archiveIncoming hands an old paper to the archive, where each thing that was read of it is confirmed.
func (s *site) archiveIncoming(tx *db.Tx, by access.Actor, r *http.Request) (Reply, error) {
	made := db.ID("")
	reply, err := incomingDo(tx, by, r, func(id db.ID, _ int64) error {
		came, err := intake.Files(tx, by, id)
		if err != nil {
			return err
		}
		d, err := intake.Read(tx, by, id)
		if err != nil {
			return err
		}
		match, err := org.Matcher(tx, by)
		if err != nil {
			return err
		}
		f := came[0]
		p, err := archive.ProposeRead(f.Name, d, match)
		if err != nil {
			return err
		}
		kept, _, err := archive.Keep(tx, by, []archive.Prepared{{Name: f.Name, Stored: stored(f.File), Proposal: p}})
		if err != nil {
			return err
		}
		made = kept[0].ID
		return intake.Settle(tx, by, id, kept[0].Node())
	})
	if err == nil {
		reply.To = address("import", made)
	}
	return reply, err
}

// stored is a file of the library as the store keeps it.
func stored(f library.File) files.Stored {
	return files.Stored{SHA256: f.SHA256, Size: f.Size, Kind: f.Kind, Known: true}
}
