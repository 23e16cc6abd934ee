package conference

import (
	"fmt"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/directive"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/task"
)

// Kind says what a conclusion is. Guidance (định hướng) is never a task.
type Kind string

// The kinds; a conference cannot be closed while an item is undecided.
const (
	Undecided Kind = "undecided"
	Guidance  Kind = "guidance"
	Task      Kind = "task"
	Request   Kind = "request" // the same of several bodies, each with its own product and date

	Shortcoming Kind = "shortcoming" // a problem that is told again until it is mended; nobody is asked by it
)

// Name is the office's word.
func (k Kind) Name() string {
	switch k {
	case Undecided:
		return "Chưa quyết"
	case Guidance:
		return "Định hướng"
	case Task:
		return "Nhiệm vụ"
	case Request:
		return "Đề nghị nhiều cơ quan"
	case Shortcoming:
		return "Hạn chế cần khắc phục"
	}
	return string(k)
}

// Conclusion is one item of what was concluded. DueTyped is what stands in the date's place while it is no date.
type Conclusion struct {
	ID          db.ID         `db:"id"`
	Conference  db.ID         `db:"conference"`
	No          int           `db:"no"`
	Kind        Kind          `db:"kind"`
	Mode        task.Mode     `db:"mode"`
	Words       string        `db:"words"`
	Product     string        `db:"product"`
	Lead        db.ID         `db:"lead"`
	Due         calendar.Date `db:"due"`
	DueTyped    string        `db:"due_typed"`
	DueSpoken   bool          `db:"due_spoken"`
	ForcePaper  string        `db:"force_paper"`
	Cooperation string        `db:"cooperation"`
	OriginKind  string        `db:"origin_kind"`
	OriginID    db.ID         `db:"origin_id"`
	OriginLabel string        `db:"origin_label"`
	Version     int64         `db:"version"`
	At          db.Instant    `db:"at"`
	ByActor     string        `db:"by_actor"`
	DroppedAt   db.Instant    `db:"dropped_at"`
	ConfirmedAt db.Instant    `db:"confirmed_at"`
	Task        db.ID         `db:"task"`

	Cooperating []Cooperation `db:"-"`
}

// Proposed reports that the date was not spoken at the conference and no signature has confirmed it: wherever it is
// shown it bears "đề xuất".
func (c Conclusion) Proposed() bool {
	dated := !c.Due.IsZero() || c.Kind == Request && slices.ContainsFunc(c.Cooperating, func(k Cooperation) bool { return !k.Due.IsZero() })
	return c.Kind.Asks() && dated && !c.DueSpoken && c.ConfirmedAt == 0
}

// DueWords is the date as it may be shown: "20/5/2022", with "(đề xuất)" while nobody spoke or signed it.
func (c Conclusion) DueWords() string {
	if c.Proposed() {
		return c.Due.Vietnamese() + proposedMark
	}
	return c.Due.Vietnamese()
}

// DueText is what stands in the form's field.
func (c Conclusion) DueText() string {
	if c.Due.IsZero() {
		return c.DueTyped
	}
	return c.Due.Vietnamese()
}

// Node is the conclusion in the graph of what came from what.
func (c Conclusion) Node() lineage.Node {
	return lineage.Node{Kind: "conclusion", ID: c.ID, Label: fmt.Sprintf("Kết luận %d: %s", c.No, shortened(c.Words))}
}

// Cooperation is the part of a cooperating body and its own date; without one the task's date counts. Of a request it is a
// body that was asked, what it has to bring, and what the release made of it.
type Cooperation struct {
	Body db.ID         `db:"body"`
	Part string        `db:"part"`
	Due  calendar.Date `db:"due"`
	Task db.ID         `db:"task"`
}

const conclusionColumns = `
c.id, c.conference, c.no, c.kind, c.mode, c.words, c.product, c.lead, c.due, c.due_typed, c.due_spoken, c.force_paper,
	c.cooperation, c.origin_kind, c.origin_id, c.origin_label, c.version, c.at, c.by_actor, c.dropped_at, c.confirmed_at, c.task`

// Conclusions lists the items in the order of their numbers. Bodies outside the commission see them from the release
// of the notice on, and nothing before.
func Conclusions(tx *db.Tx, by access.Actor, id db.ID) ([]Conclusion, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	if by.Sees(access.ReadBriefing) != "" {
		s, err := standingOf(tx, b)
		if err != nil || s.ReleasedAt == 0 {
			return nil, err
		}
	}
	return conclusionsOf(tx, id)
}

// FindConclusion gives one item to who reads the conference's conclusions.
func FindConclusion(tx *db.Tx, by access.Actor, id db.ID) (Conclusion, error) {
	found, err := ConclusionsAmong(tx, by, []db.ID{id})
	if err == nil && len(found) == 0 {
		err = fault.Missing("Không có kết luận này, hoặc thông báo kết luận chưa phát hành.")
	}
	if err != nil {
		return Conclusion{}, err
	}
	return found[0], nil
}

// ConclusionsAmong gives those of some items that the actor may read on the page of their conference. One that was dropped
// is still given: a record made from it names it.
func ConclusionsAmong(tx *db.Tx, by access.Actor, ids []db.ID) ([]Conclusion, error) {
	org := by.Sees(access.ReadBriefing)
	return db.Among[Conclusion](tx, ids, "select "+conclusionColumns+`
from conference_conclusion c
join conference b on b.id = c.conference
where `+visible+`
  and (cast(? as text) = '' or exists (
	select 1
	from conference_paper n
	join paper_release o on o.paper = n.paper
	where n.conference = b.id and n.role = 'notice'))
  and c.id in `, org, org, org)
}

func conclusionsOf(tx *db.Tx, id db.ID) ([]Conclusion, error) {
	var all []Conclusion
	if err := tx.Select(&all, "select "+conclusionColumns+`
from conference_conclusion c
where c.conference = ? and c.dropped_at is null
order by c.no`, id); err != nil {
		return nil, err
	}
	var rows []struct {
		Conclusion db.ID `db:"conclusion"`
		Cooperation
	}
	if err := tx.Select(&rows, `
select k.conclusion, k.body, k.part, k.due, k.task
from conference_cooperation k
join conference_conclusion c on c.id = k.conclusion
where c.conference = ? and c.dropped_at is null
order by k.conclusion, k.sort`, id); err != nil {
		return nil, err
	}
	place := make(map[db.ID]int, len(all))
	for i, c := range all {
		place[c.ID] = i
	}
	for _, r := range rows {
		c := &all[place[r.Conclusion]]
		c.Cooperating = append(c.Cooperating, r.Cooperation)
	}
	return all, nil
}

// Conclude saves the sheet of conclusions as typed; lines without a change are left alone, new lines appear with the
// number they were typed under. When somebody else changed a line meanwhile the whole sheet is refused and every such
// line named, so that the page can show both versions.
func Conclude(tx *db.Tx, by access.Actor, id db.ID, sheet []Typed) ([]Conclusion, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return nil, err
	}
	if err := open(tx, b); err != nil {
		return nil, err
	}
	bodies, err := directory(tx, b)
	if err != nil {
		return nil, err
	}
	kept, err := everyNumber(tx, id)
	if err != nil {
		return nil, err
	}
	var behind fault.Error
	var changed []int
	for _, t := range sheet {
		old, known := kept[t.No]
		if t.Mark == "" && t.Blank() {
			continue // an empty line of the page; whoever filled its number meanwhile keeps it
		}
		if t.No < 1 || t.No > 999 {
			return nil, fault.Invalid("", "Số thứ tự kết luận phải từ 1 đến 999.")
		}
		c, err := bodies.take(old, t)
		if err != nil {
			return nil, err
		}
		if _, seen, ok := strings.Cut(t.Mark, "-"); ok && seen == c.digest() || known && c.digest() == old.digest() && old.DroppedAt == 0 {
			continue // not touched on this page
		}
		if t.Mark != old.Mark() || old.DroppedAt != 0 {
			behind.Kind = fault.KindStale
			behind.Problems = append(behind.Problems, fault.Problem{Field: fmt.Sprintf("words-%d", t.No),
				Sentence: fmt.Sprintf("Kết luận %d vừa được người khác sửa. Xin xem bản của họ bên cạnh bản đang gõ rồi lưu lại.", t.No)})
			continue
		}
		c.At, c.ByActor = tx.Now(), by.Key()
		if err := writeConclusion(tx, b, c); err != nil {
			return nil, err
		}
		changed = append(changed, t.No)
	}
	if behind.Problems != nil {
		return nil, &behind
	}
	if changed != nil {
		if _, err := journal.Write(tx, by, "concluded", b.subject(), journal.Details{"items": changed}); err != nil {
			return nil, err
		}
	}
	return conclusionsOf(tx, id)
}

// AddConclusion adds one item under the next number.
func AddConclusion(tx *db.Tx, by access.Actor, id db.ID, t Typed) (Conclusion, error) {
	if _, err := Find(tx, by, id); err != nil {
		return Conclusion{}, err
	}
	no, err := nextNumber(tx, id)
	if err != nil {
		return Conclusion{}, err
	}
	t.No, t.Mark = no, ""
	if fold.Tidy(t.Words) == "" {
		return Conclusion{}, fault.Invalid("words", "Cần nội dung kết luận.")
	}
	all, err := Conclude(tx, by, id, []Typed{t})
	if err != nil {
		return Conclusion{}, err
	}
	return all[len(all)-1], nil
}

// NextNumber is the number of the next item: those of items taken off the list are not given again.
func NextNumber(tx *db.Tx, by access.Actor, id db.ID) (int, error) {
	if _, err := Find(tx, by, id); err != nil {
		return 0, err
	}
	return nextNumber(tx, id)
}

func nextNumber(tx *db.Tx, id db.ID) (int, error) {
	var no int
	err := tx.Get(&no, "select coalesce(max(no), 0) + 1 from conference_conclusion where conference = ?", id)
	return no, err
}

// Drop takes an item off the list; its number is not given again.
func Drop(tx *db.Tx, by access.Actor, id db.ID, no int, mark string) error {
	b, err := Find(tx, by, id)
	if err != nil {
		return err
	}
	if err := by.May(access.ConcludeBriefing, b.Body); err != nil {
		return err
	}
	if err := open(tx, b); err != nil {
		return err
	}
	kept, err := everyNumber(tx, id)
	if err != nil {
		return err
	}
	c, ok := kept[no]
	if !ok || c.DroppedAt != 0 {
		return fault.Missing("Không có kết luận số %d.", no)
	}
	if c.Mark() != mark {
		return stale(fmt.Sprintf("kết luận %d", no))
	}
	if _, err := tx.Exec("update conference_conclusion set dropped_at = ?, version = version + 1 where id = ?", tx.Now(), c.ID); err != nil {
		return err
	}
	if err := directive.Mention(tx, by, c.Node(), ""); err != nil { // what it cited while it stood at an earlier close
		return err
	}
	_, err = journal.Write(tx, by, "dropped", b.subject(), journal.Details{"item": no})
	return err
}

// everyNumber gives all items by number, those taken off the list included: their numbers are not given again.
func everyNumber(tx *db.Tx, id db.ID) (map[int]Conclusion, error) {
	var all []Conclusion
	if err := tx.Select(&all, "select "+conclusionColumns+"\nfrom conference_conclusion c\nwhere c.conference = ?", id); err != nil {
		return nil, err
	}
	out := make(map[int]Conclusion, len(all))
	for _, c := range all {
		out[c.No] = c
	}
	return out, nil
}

func writeConclusion(tx *db.Tx, b Conference, c Conclusion) error {
	c.Conference = b.ID
	c.Version++
	if c.ID == "" {
		c.ID = tx.NewID()
		if err := tx.Insert("conference_conclusion", c); err != nil {
			return err
		}
	} else if _, err := tx.Exec(`
update conference_conclusion
set kind = ?, mode = ?, words = ?, product = ?, lead = ?, due = ?, due_typed = ?, due_spoken = ?, force_paper = ?,
	cooperation = ?, version = ?, at = ?, by_actor = ?
where id = ?`, string(c.Kind), string(c.Mode), c.Words, c.Product, c.Lead, c.Due, c.DueTyped, c.DueSpoken, c.ForcePaper,
		c.Cooperation, c.Version, c.At, c.ByActor, c.ID); err != nil {
		return err
	}
	var before []Cooperation
	if err := tx.Select(&before, "select body, part, due, task from conference_cooperation where conclusion = ?", c.ID); err != nil {
		return err
	}
	made := make(map[db.ID]db.ID) // by an earlier release, which a body goes on to answer to
	for _, k := range before {
		made[k.Body] = k.Task
	}
	if _, err := tx.Exec("delete from conference_cooperation where conclusion = ?", c.ID); err != nil {
		return err
	}
	for i, k := range c.Cooperating {
		if _, err := tx.Exec("insert into conference_cooperation (conclusion, body, sort, part, due, task) values (?, ?, ?, ?, ?, ?)",
			c.ID, k.Body, i+1, k.Part, k.Due, made[k.Body]); err != nil {
			return err
		}
	}
	if c.Words == "" {
		return nil
	}
	edges := []lineage.Edge{{From: b.Node(), To: c.Node(), Verb: "kết luận tại"}}
	if c.OriginKind != "" {
		edges = append(edges, lineage.Edge{From: lineage.Node{Kind: c.OriginKind, ID: c.OriginID, Label: c.OriginLabel}, To: c.Node(), Verb: "nêu từ"})
	}
	return lineage.LinkAll(tx, edges)
}
