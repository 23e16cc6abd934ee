package conference

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/lineage"
)

// ShownPack is a pack as it was shown to the leaders, with the digest of its text.
type ShownPack struct {
	Pack
	SHA256 string
	At     db.Instant
	By     string
}

// Show freezes the pack: what is composed now is kept word for word. It can be done once; later changes are told by
// the addendum.
func Show(tx *db.Tx, by access.Actor, id db.ID) (ShownPack, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return ShownPack{}, err
	}
	if err := by.May(access.PrepareBriefing, b.Body); err != nil {
		return ShownPack{}, err
	}
	if err := open(tx, b); err != nil {
		return ShownPack{}, err
	}
	s, err := standingOf(tx, b)
	if err != nil {
		return ShownPack{}, err
	}
	if s.ShownAt != 0 {
		return ShownPack{}, fault.Conflict("Hồ sơ đã trình lúc %s và không đổi nữa; thay đổi về sau nằm ở phụ lục bổ sung.", s.ShownAt)
	}
	pack, err := Compose(tx, by, id)
	if err != nil {
		return ShownPack{}, err
	}
	text, err := json.Marshal(pack)
	if err != nil {
		return ShownPack{}, err
	}
	sum := sha256.Sum256(text)
	shown := ShownPack{Pack: pack, SHA256: hex.EncodeToString(sum[:]), At: tx.Now(), By: by.Name}
	if _, err := tx.Exec("insert into conference_pack (conference, content, sha256, at, by_actor) values (?, ?, ?, ?, ?)",
		id, string(text), shown.SHA256, shown.At, by.Key()); err != nil {
		return ShownPack{}, err
	}
	if err := linkPack(tx, b, pack); err != nil {
		return ShownPack{}, err
	}
	_, err = journal.Write(tx, by, "shown", b.subject(), journal.Details{"sha256": shown.SHA256})
	return shown, err
}

// linkPack notes what the conference was held on: the consolidated report, the proposals and tasks laid before it.
func linkPack(tx *db.Tx, b Conference, p Pack) error {
	var edges []lineage.Edge
	add := func(n lineage.Node) { edges = append(edges, lineage.Edge{From: n, To: b.Node(), Verb: "trình tại"}) }
	if p.Consolidation != "" {
		add(lineage.Node{Kind: "consolidation", ID: db.ID(p.Consolidation), Label: "Báo cáo tổng hợp " + b.Period.Name()})
	}
	if len(edges) == 0 {
		return nil
	}
	return lineage.LinkAll(tx, edges)
}

// Frozen gives the pack as it was shown; ok is false while it was not.
func Frozen(tx *db.Tx, by access.Actor, id db.ID) (shown ShownPack, ok bool, err error) {
	if _, err := Find(tx, by, id); err != nil {
		return shown, false, err
	}
	if by.Sees(access.ReadBriefing) != "" {
		return shown, false, noPack()
	}
	var row struct {
		Content string     `db:"content"`
		SHA256  string     `db:"sha256"`
		At      db.Instant `db:"at"`
		By      string     `db:"by_actor"`
	}
	err = tx.Get(&row, "select content, sha256, at, by_actor from conference_pack where conference = ?", id)
	if errors.Is(err, db.None) {
		return shown, false, nil
	}
	if err != nil {
		return shown, false, err
	}
	sum := sha256.Sum256([]byte(row.Content))
	if hex.EncodeToString(sum[:]) != row.SHA256 {
		return shown, false, fmt.Errorf("conference %s: the frozen pack no longer fits its digest", id)
	}
	if err := json.Unmarshal([]byte(row.Content), &shown.Pack); err != nil {
		return shown, false, err
	}
	shown.SHA256, shown.At, shown.By = row.SHA256, row.At, row.By
	return shown, true, nil
}

// Difference is one line of the addendum.
type Difference struct {
	Kind  string `json:"kind"` // delegate | report | task | proposal | agenda
	Words string `json:"words"`
}

// Addendum tells on one page what has changed since the pack was shown: computed as the difference to what would be
// composed now, and as it stood at the end once the conference is closed.
func Addendum(tx *db.Tx, by access.Actor, id db.ID) ([]Difference, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return nil, err
	}
	if by.Sees(access.ReadBriefing) != "" {
		return nil, noPack()
	}
	var kept []string
	if err := tx.Select(&kept, "select addendum from conference_close where conference = ? and reopened_at is null order by at desc limit 1", id); err != nil {
		return nil, err
	}
	if len(kept) > 0 && kept[0] != "" {
		var changes []Difference
		return changes, json.Unmarshal([]byte(kept[0]), &changes)
	}
	return addendum(tx, by, b)
}

func addendum(tx *db.Tx, by access.Actor, b Conference) ([]Difference, error) {
	shown, ok, err := Frozen(tx, by, b.ID)
	if err != nil || !ok {
		return nil, err
	}
	now, err := Compose(tx, by, b.ID)
	if err != nil {
		return nil, err
	}
	return difference(shown.Pack, now), nil
}

// addendumText is what Close keeps, "" when no pack was shown.
func addendumText(tx *db.Tx, by access.Actor, b Conference) (string, error) {
	s, err := standingOf(tx, b)
	if err != nil || s.ShownAt == 0 {
		return "", err
	}
	changes, err := addendum(tx, by, b)
	if err != nil {
		return "", err
	}
	if changes == nil {
		changes = []Difference{}
	}
	text, err := json.Marshal(changes)
	return string(text), err
}

// difference says in sentences what is otherwise now than it was shown.
func difference(was, now Pack) []Difference {
	var out []Difference
	add := func(kind, format string, args ...any) {
		out = append(out, Difference{kind, fmt.Sprintf(format, args...)})
	}
	if was.When != now.When {
		add("agenda", "Thời gian họp đổi thành %s (hồ sơ ghi %s).", now.When, was.When)
	}
	if was.Place != now.Place {
		add("agenda", "Địa điểm họp đổi thành %s (hồ sơ ghi %s).", now.Place, was.Place)
	}
	differentDelegates(was, now, add)
	differentReports(was, now, add)
	differentTasks(was, now, add)
	answered := keyed(was.Proposals, func(p PackProposal) string { return p.ID })
	for _, p := range now.Proposals {
		if _, known := answered[p.ID]; !known {
			add("proposal", "Kiến nghị mới của %s: %s", p.Body, p.Words)
		}
		delete(answered, p.ID)
	}
	above := keyed(now.Forwarded, func(p PackForwarded) string { return p.ID })
	for _, p := range was.Proposals {
		_, gone := answered[p.ID]
		if f, waits := above[p.ID]; waits {
			add("proposal", "Kiến nghị của %s đã chuyển %s, %s: %s", p.Body, f.To, f.By, shortened(p.Words))
		} else if gone {
			add("proposal", "Kiến nghị của %s đã được trả lời: %s", p.Body, shortened(p.Words))
		}
	}
	for _, p := range was.Forwarded {
		if _, waits := above[p.ID]; !waits {
			add("proposal", "Kiến nghị của %s không còn chờ ý kiến của %s: %s", p.Body, p.To, shortened(p.Words))
		}
	}
	if was.Source != now.Source && now.Source != "" {
		add("report", "Báo cáo: %s (hồ sơ ghi: %s).", now.Source, was.Source)
	}
	return out
}

func differentDelegates(was, now Pack, add func(string, string, ...any)) {
	before := keyed(was.Delegates, func(d PackDelegate) string { return d.Code })
	for _, d := range now.Delegates {
		old, known := before[d.Code]
		delete(before, d.Code)
		switch {
		case !known:
			add("delegate", "Mời thêm %s.", d.Body)
		case old.Name == "" && d.Name != "":
			add("delegate", "%s cử %s, %s dự họp.", d.Body, d.Name, d.Title)
		case old.Name != d.Name:
			reason := ""
			if d.Reason != "" {
				reason = " Lý do: " + d.Reason + "."
			}
			add("delegate", "%s: %s, %s dự thay %s.%s", d.Body, d.Name, d.Title, old.Name, reason)
		}
		if known && old.Contribution == "" && d.Contribution != "" {
			add("delegate", "%s đăng ký tham luận: %s.", d.Body, d.Contribution)
		}
	}
	for _, d := range was.Delegates {
		if _, gone := before[d.Code]; gone {
			add("delegate", "%s không còn trong thành phần mời.", d.Body)
		}
	}
}

func differentReports(was, now Pack, add func(string, string, ...any)) {
	missing := keyed(was.Reports.Missing, func(r PackReport) string { return r.Key })
	for _, r := range now.Reports.Missing {
		delete(missing, r.Key)
	}
	late := keyed(now.Reports.Late, func(r PackReport) string { return r.Key })
	for _, r := range was.Reports.Missing {
		if _, came := missing[r.Key]; !came {
			continue
		}
		if l, ok := late[r.Key]; ok {
			add("report", "Báo cáo %s của %s đã gửi lúc %s, chậm %s.", r.Period, r.Body, l.At, l.Said())
		} else {
			add("report", "Báo cáo %s của %s đã gửi, đúng hạn.", r.Period, r.Body)
		}
	}
}

func differentTasks(was, now Pack, add func(string, string, ...any)) {
	overdue := keyed(now.Overdue, func(t PackTask) string { return t.ID })
	states := keyed(now.Results.every(), func(t PackTask) string { return t.ID })
	told := map[string]bool{}
	for _, t := range was.Overdue {
		told[t.ID] = true
		if n, still := overdue[t.ID]; still {
			if n.State != t.State {
				add("task", "Việc “%s” của %s: %s.", shortened(t.Title), t.Lead, n.State)
			}
			continue
		}
		end := "không còn quá hạn"
		if n, ok := states[t.ID]; ok {
			end = n.State
		}
		add("task", "Việc quá hạn “%s” của %s: %s.", shortened(t.Title), t.Lead, end)
	}
	for _, t := range was.Results.every() {
		if n, ok := states[t.ID]; ok && n.State != t.State && !told[t.ID] {
			told[t.ID] = true
			add("task", "Việc “%s” của %s: %s (hồ sơ ghi %s).", shortened(t.Title), t.Lead, n.State, t.State)
		}
	}
	for _, t := range now.Overdue {
		if !told[t.ID] {
			add("task", "Việc “%s” của %s nay quá hạn (hạn %s).", shortened(t.Title), t.Lead, t.Due.Vietnamese())
		}
	}
}

func keyed[T any](items []T, key func(T) string) map[string]T {
	m := make(map[string]T, len(items))
	for _, it := range items {
		m[key(it)] = it
	}
	return m
}
