package report

import (
	"encoding/json"
	"errors"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// Draft is what a body has typed so far. Nothing of it is lost: cells stay exactly as they were typed.
type Draft struct {
	Values    map[string]string `json:"values,omitempty"`    // code → as typed; "ước" before a number marks an estimate
	Estimates map[string]bool   `json:"estimates,omitempty"` // code → ticked as an estimate beside the cell
	Sections  []SectionText     `json:"sections,omitempty"`
	Notes     map[string]string `json:"notes,omitempty"`    // Finding.Key → the reason given for a warning
	Unplaced  string            `json:"unplaced,omitempty"` // pasted text that stands under no heading yet; it is not sent
	Read      []FromFile        `json:"read,omitempty"`     // figures of a file that nobody has confirmed; they are not sent
	Nil       bool              `json:"nil,omitempty"`      // of a paper that says nothing happened; then nothing else is given
}

// SectionText is what a body wrote under one heading for one sector, paragraph by paragraph.
type SectionText struct {
	Section    string   `json:"section"`
	Sector     string   `json:"sector"`
	Paragraphs []string `json:"paragraphs"`
}

// SavedDraft is a draft with the version that a writer passes back.
type SavedDraft struct {
	Draft
	Version  int64 // 0: nothing was saved yet
	SavedAt  db.Instant
	SavedBy  string
	Step     Step // what was done with it last; zero while it is only written
	savedKey string
}

// What a body may write into one report.
const (
	mostText       = 2 << 20 // bytes of all paragraphs together
	mostParagraphs = 2000
)

// clean tidies a draft at the edge, refuses secret texts and drops nothing that was typed except empty paragraphs.
func (d *Draft) clean() error {
	var texts []string
	size := 0
	for code, text := range d.Values {
		if len(text) > 200 {
			return fault.Invalid("value."+code, "Ô %s quá dài, không phải là một số.", code)
		}
		d.Values[code] = fold.Clean(text)
	}
	for key, note := range d.Notes {
		d.Notes[key] = fold.Tidy(note)
		texts = append(texts, note)
		size += len(note)
	}
	for _, one := range d.Read {
		for i, s := range one.Said {
			s = Said{fold.Tidy(s.Text), fold.Tidy(s.Unit), fold.Tidy(s.Comparison), fold.Tidy(s.Quote), fold.Tidy(s.Place), s.Undecided}
			one.Said[i] = s
			texts = append(texts, s.Text, s.Unit, s.Comparison, s.Quote, s.Place)
			size += len(s.Text) + len(s.Unit) + len(s.Comparison) + len(s.Quote) + len(s.Place)
		}
	}
	d.Unplaced = fold.Tidy(d.Unplaced)
	texts, size = append(texts, d.Unplaced), size+len(d.Unplaced)
	sections, err := cleanSections(d.Sections)
	if err != nil {
		return err
	}
	d.Sections = sections
	if size > mostText {
		return fault.TooLarge("notes", "Ghi chú hoặc phần chưa xếp quá dài; hãy rút gọn.")
	}
	return official.RefuseSecret(texts...)
}

func cleanSections(sections []SectionText) ([]SectionText, error) {
	kept := make([]SectionText, 0, len(sections))
	size, count := 0, 0
	for _, s := range sections {
		paragraphs := make([]string, 0, len(s.Paragraphs))
		for _, p := range s.Paragraphs {
			if p = fold.Tidy(p); p != "" {
				paragraphs = append(paragraphs, p)
				size += len(p)
				count++
			}
		}
		if err := official.RefuseSecret(paragraphs...); err != nil {
			return nil, err
		}
		if len(paragraphs) > 0 {
			kept = append(kept, SectionText{s.Section, s.Sector, paragraphs})
		}
	}
	if size > mostText || count > mostParagraphs {
		return nil, fault.TooLarge("sections", "Báo cáo dài quá 2 MB hoặc quá %d đoạn; hãy rút gọn, gửi phụ lục thành tệp kèm.", mostParagraphs)
	}
	return kept, nil
}

type draftRow struct {
	Content   string     `db:"content"`
	Version   int64      `db:"version"`
	SavedAt   db.Instant `db:"saved_at"`
	SavedBy   string     `db:"saved_by"`
	SavedName string     `db:"saved_name"`
}

func (row draftRow) saved() (SavedDraft, error) {
	d := SavedDraft{Version: row.Version, SavedAt: row.SavedAt, SavedBy: row.SavedName, savedKey: row.SavedBy}
	return d, json.Unmarshal([]byte(row.Content), &d.Draft)
}

// FindDraft reads what was saved; Version 0 when nothing was.
func FindDraft(tx *db.Tx, by access.Actor, o Obligation) (SavedDraft, error) {
	if !o.seenBy(by) {
		return SavedDraft{}, noSubmission()
	}
	return loadDraft(tx, o.ID)
}

func loadDraft(tx *db.Tx, obligation db.ID) (SavedDraft, error) {
	var row draftRow
	err := tx.Get(&row, `
select content, version, saved_at, saved_by, saved_name
from report_draft
where obligation = ?`, obligation)
	if errors.Is(err, db.None) {
		return SavedDraft{}, nil
	}
	if err != nil {
		return SavedDraft{}, err
	}
	d, err := row.saved()
	if err != nil {
		return d, err
	}
	d.Step, err = lastStep(tx, obligation)
	return d, err
}

// SaveDraft keeps what was typed. version is the one that was read, 0 for the first; when somebody else saved meanwhile
// it is Stale, and the draft returned beside the error is theirs, so that both can be shown. What was put forward stands
// still until it is taken back or sent back.
func SaveDraft(tx *db.Tx, by access.Actor, o Obligation, d Draft, version int64) (SavedDraft, error) {
	if err := by.May(access.DraftReport, o.Holder); err != nil {
		return SavedDraft{}, err
	}
	if err := d.clean(); err != nil {
		return SavedDraft{}, err
	}
	old, err := loadDraft(tx, o.ID)
	if err != nil {
		return SavedDraft{}, err
	}
	if old.Version != version {
		if old.Version == 0 {
			return old, fault.Stale("Bản nháp này đã được gửi đi hoặc bỏ trong lúc đồng chí soạn. Xin mở lại báo cáo.")
		}
		return old, fault.Stale("%s vừa lưu bản nháp này lúc %s. Xin so hai bản rồi lưu lại.", old.SavedBy, old.SavedAt)
	}
	if old.Stage().Locked() {
		return SavedDraft{}, fault.Conflict("%s", old.lockedSentence())
	}
	content, err := json.Marshal(d)
	if err != nil {
		return SavedDraft{}, err
	}
	if version == 0 {
		version = o.Version * draftsPerVersion // a page left open since the last sending must not match the new draft
	}
	saved := SavedDraft{Draft: d, Version: version + 1, SavedAt: tx.Now(), SavedBy: by.Name, Step: old.Step, savedKey: by.Key()}
	if _, err := tx.Exec(`
insert into report_draft (obligation, content, version, saved_at, saved_by, saved_name, begun)
values (?, ?, ?, ?, ?, ?, ?)
on conflict (obligation) do update set content = excluded.content, version = excluded.version, saved_at = excluded.saved_at,
	saved_by = excluded.saved_by, saved_name = excluded.saved_name`,
		o.ID, string(content), saved.Version, saved.SavedAt, by.Key(), by.Name, saved.Version); err != nil {
		return SavedDraft{}, err
	}
	head, err := journal.Write(tx, by, "draft_saved", obligationSubject(o), journal.Details{"version": saved.Version})
	if err != nil || o.Drafted {
		return saved, err
	}
	// The first draft changes the body's state in the matrix; later ones change nothing there.
	if err := keepState(tx, o.ID); err != nil {
		return SavedDraft{}, err
	}
	return saved, touch(tx, o.Opening, head)
}

const draftsPerVersion = 1_000_000

func obligationSubject(o Obligation) journal.Subject {
	return journal.Subject{Kind: "obligation", ID: o.ID, Body: o.Holder}
}

func touch(tx *db.Tx, opening db.ID, head journal.Head) error {
	s, err := hold(tx, opening)
	if err != nil {
		return err
	}
	s.touch(head.Root)
	return nil
}
