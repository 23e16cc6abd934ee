package paper

import (
	"errors"
	"slices"
	"strings"

	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/official"
)

// SuccessionKind is what a paper does to an older one.
type SuccessionKind string

// The kinds; an older paper is replaced or revoked once, the others add up.
const (
	Replaces    SuccessionKind = "replace"
	Amends      SuccessionKind = "amend"
	Supplements SuccessionKind = "supplement"
	Corrects    SuccessionKind = "correct"
	Revokes     SuccessionKind = "revoke"
)

// SuccessionKinds in the order they are offered.
var SuccessionKinds = []SuccessionKind{Replaces, Amends, Supplements, Corrects, Revokes}

// successionKinds say each kind as a verb, and how the older paper says it before the name of the newer one.
var successionKinds = map[SuccessionKind]struct{ name, mark string }{
	Replaces:    {"thay thế", "Đã được thay thế bởi "},
	Amends:      {"sửa đổi", "Đã được sửa đổi bởi "},
	Supplements: {"bổ sung", "Đã được bổ sung bởi "},
	Corrects:    {"đính chính", "Đã được đính chính tại "},
	Revokes:     {"thu hồi", "Đã được thu hồi tại "},
}

// Name is the office's word: thay thế, sửa đổi, …
func (k SuccessionKind) Name() string { return successionKinds[k].name }

// Final reports whether the older paper no longer holds at all.
func (k SuccessionKind) Final() bool { return k == Replaces || k == Revokes }

// Unsettles reports whether what the older paper set in motion has to be confirmed.
func (k SuccessionKind) Unsettles() bool { return k.Final() || k == Amends }

// Succession says that a paper follows an older one; it takes effect with the release of the paper.
type Succession struct {
	Paper  db.ID          `db:"paper"`
	Old    db.ID          `db:"old"`
	Kind   SuccessionKind `db:"kind"`
	Reason string         `db:"reason"`
	At     db.Instant     `db:"at"`
	By     string         `db:"by_name"`
}

// Follower is a paper that follows an older one, with what it does to it.
type Follower struct {
	Succession
	New Paper
}

const successions = "select paper, old, kind, reason, at, by_name from paper_succession "

// Succeed drafts the paper that follows a released one, with the recipients of that one. What a person has to write in it is
// left empty.
func Succeed(tx *db.Tx, by access.Actor, id db.ID, kind SuccessionKind, reason string) (Paper, error) {
	old, err := open(tx, by, access.DraftPaper, id)
	if err != nil {
		return Paper{}, err
	}
	var wrong fault.List
	if kind.Name() == "" {
		wrong.Add("kind", "Hãy chọn văn bản mới thay thế, sửa đổi, bổ sung, đính chính hay thu hồi văn bản này.")
	}
	if reason = fold.Tidy(reason); reason == "" {
		wrong.Add("reason", "Cần lý do; nếu đính chính thì ghi chỗ sai và lời đúng.")
	} else if len(reason) > 4000 {
		wrong.Add("reason", "Lý do dài quá 4.000 ký tự; xin ghi ngắn gọn.")
	}
	if err := wrong.Err(); err != nil {
		return Paper{}, err
	}
	if err := official.RefuseSecret(reason); err != nil {
		return Paper{}, err
	}
	if err := old.mayBeFollowed(tx, by, kind); err != nil {
		return Paper{}, err
	}
	n, err := old.following(tx, by, kind, reason)
	if err != nil {
		return Paper{}, err
	}
	p, err := Draft(tx, by, n)
	if err != nil {
		return p, err
	}
	if _, err := tx.Exec("insert into paper_succession (paper, old, kind, reason, at, by_actor, by_name) values (?, ?, ?, ?, ?, ?, ?)",
		p.ID, old.ID, string(kind), reason, tx.Now(), by.Key(), by.Name); err != nil {
		return p, err
	}
	_, err = journal.Write(tx, by, "successor_drafted", subject(old), journal.Details{"kind": kind.Name(), "reason": reason, "paper": string(p.ID)})
	return p, err
}

// mayBeFollowed refuses a paper that is not out yet or that has its end, and two drafts that would each be its end.
func (p Paper) mayBeFollowed(tx *db.Tx, by access.Actor, kind SuccessionKind) error {
	if p.State != Released {
		return fault.Conflict("Văn bản chưa phát hành thì chưa cần văn bản kế tiếp: hãy sửa lời văn của dự thảo, hoặc rút văn bản này rồi soạn lại.")
	}
	if err := p.stillHolds(); err != nil {
		return err
	}
	all, err := Followers(tx, by, p.ID)
	if err != nil {
		return err
	}
	for _, f := range all {
		if kind.Final() && f.Kind.Final() {
			return fault.Conflict("Đang soạn văn bản %s văn bản này rồi: %s. Muốn soạn văn bản khác thì rút văn bản đó trước.", f.Kind.Name(), f.New.Label())
		}
	}
	return nil
}

// stillHolds refuses what follows a paper that was replaced or revoked.
func (p Paper) stillHolds() error {
	if p.Successor != "" || p.Revoked {
		return fault.Conflict("%s. Văn bản này đã thôi hiệu lực nên không có văn bản kế tiếp nữa; hãy làm tiếp với văn bản mới.", p.Words)
	}
	return nil
}

// SuccessionOf gives what a paper does to an older one; zero when it follows none.
func SuccessionOf(tx *db.Tx, by access.Actor, id db.ID) (s Succession, err error) {
	if _, err = Find(tx, by, id); err != nil {
		return s, err
	}
	if err = tx.Get(&s, successions+"where paper = ?", id); errors.Is(err, db.None) {
		err = nil
	}
	return s, err
}

// Followers gives the papers that follow one, as far as the actor may read them, in their order; withdrawn ones follow nothing.
func Followers(tx *db.Tx, by access.Actor, id db.ID) ([]Follower, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	return followers(tx, by, id)
}

func followers(tx *db.Tx, by access.Actor, id db.ID) ([]Follower, error) {
	var all []Succession
	if err := tx.Select(&all, successions+"where old = ? order by at, paper", id); err != nil {
		return nil, err
	}
	ids := make([]db.ID, len(all))
	for i, s := range all {
		ids[i] = s.Paper
	}
	papers, err := Among(tx, by, ids)
	var out []Follower
	for _, s := range all {
		at := slices.IndexFunc(papers, func(p Paper) bool { return p.ID == s.Paper && p.State != Withdrawn })
		if at >= 0 {
			out = append(out, Follower{s, papers[at]})
		}
	}
	return out, err
}

// followed is what the released papers that follow this one make it say, in the order of their release.
func (p Paper) followed(tx *db.Tx) (now Overtaken, err error) {
	all, err := followers(tx, access.System("ghi văn bản kế tiếp"), p.ID)
	slices.SortStableFunc(all, func(a, b Follower) int { return int(a.New.JournalSize - b.New.JournalSize) })
	for _, f := range all {
		if f.New.State != Released {
			continue
		}
		more := Overtaken{Words: successionKinds[f.Kind].mark + f.New.Label()}
		if f.Kind == Replaces {
			more.Successor = f.Paper
		}
		now = now.and(more)
	}
	return now, err
}

// Latest follows the papers that replaced one to the last that the actor may read: what holds in its place, unless that was
// revoked.
func Latest(tx *db.Tx, by access.Actor, p Paper) (Paper, error) {
	for p.Successor != "" {
		next, err := Find(tx, by, p.Successor)
		if fault.Is(err, fault.KindMissing) {
			return p, nil
		}
		if err != nil {
			return p, err
		}
		p = next
	}
	return p, nil
}

// SignSuccessor signs a paper that follows another; what a person had to write must be there.
func SignSuccessor(tx *db.Tx, by access.Actor, p Paper, s Signature) (Paper, error) {
	if err := by.May(access.SignPaper, p.Body); err != nil {
		return p, err
	}
	old, f, err := p.follows(tx, by)
	if err != nil {
		return p, err
	}
	content, err := contentOf(tx, p.ID)
	if err != nil {
		return p, err
	}
	if (f.Kind == Amends || f.Kind == Supplements) && unwritten(content.Body) {
		return p, fault.Conflict("Văn bản chưa ghi nội dung %s %s. Hãy trả lại để người soạn ghi ở trang “Sửa lời văn”.", f.Kind.Name(), old.Label())
	}
	return Sign(tx, by, p.ID, s)
}

// unwritten reports whether a body ends where its writer should have gone on.
func unwritten(body []official.Block) bool {
	if len(body) == 0 {
		return true
	}
	last, _ := pieceOf(body[len(body)-1])
	text := strings.TrimSpace(last.Text)
	return last.Kind != TablePiece && (text == "" || strings.HasSuffix(text, ":"))
}

// ReleaseSuccessor sends out a paper that follows another, which says so from now on.
func ReleaseSuccessor(tx *db.Tx, by access.Actor, p Paper) (Paper, error) {
	if err := by.May(access.ReleasePaper, p.Body); err != nil {
		return p, err
	}
	old, _, err := p.follows(tx, by)
	if err != nil {
		return p, err
	}
	if p, err = Release(tx, by, p.ID); err != nil {
		return p, err
	}
	return p, old.overtake(tx, by, Overtaken{Words: old.RoomWords})
}

// follows finds the older paper, which still has to hold.
func (p Paper) follows(tx *db.Tx, by access.Actor) (old Paper, s Succession, err error) {
	if s, err = SuccessionOf(tx, by, p.ID); err != nil {
		return old, s, err
	}
	if old, err = Find(tx, by, s.Old); err != nil {
		return old, s, err
	}
	if p.State == Released {
		return old, s, nil // its release says so itself
	}
	return old, s, old.stillHolds()
}
