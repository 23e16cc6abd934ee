package briefing

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// State is where a briefing stands, derived from the dated rows it has.
type State string

// The states in the order a briefing passes through them.
const (
	Planned  State = "planned"  // day and people are being fixed
	Invited  State = "invited"  // the invitation has been released
	Shown    State = "shown"    // the pack was shown and is frozen
	Closed   State = "closed"   // the conference is over, every item decided
	Noticed  State = "noticed"  // the notice of conclusions is drafted
	Released State = "released" // the notice is out, its tasks are on the desks
)

// Name is the office's word.
func (s State) Name() string {
	switch s {
	case Planned:
		return "Đang chuẩn bị"
	case Invited:
		return "Đã gửi giấy mời"
	case Shown:
		return "Đã trình hồ sơ"
	case Closed:
		return "Đã kết thúc"
	case Noticed:
		return "Đang làm thông báo kết luận"
	case Released:
		return "Đã phát hành thông báo"
	}
	return string(s)
}

// standing holds the moments a state follows from; 0 is "not yet".
type standing struct {
	InvitedAt  db.Instant `db:"invited_at"`
	ShownAt    db.Instant `db:"shown_at"`
	ClosedAt   db.Instant `db:"closed_at"`
	NoticedAt  db.Instant `db:"noticed_at"`
	ReleasedAt db.Instant `db:"notice_released_at"`
}

const standingColumns = `
	(select max(r.at) from briefing_paper p join paper_release r on r.paper = p.paper
		where p.briefing = b.id and p.role = 'invitation') as invited_at,
	(select k.at from briefing_pack k where k.briefing = b.id) as shown_at,
	(select max(c.at) from briefing_close c where c.briefing = b.id and c.reopened_at is null) as closed_at,
	(select max(p.at) from briefing_paper p
		where p.briefing = b.id and p.role = 'notice'
		  and not exists (select 1 from paper_withdrawal w where w.paper = p.paper)) as noticed_at,
	(select max(r.at) from briefing_paper p join paper_release r on r.paper = p.paper
		where p.briefing = b.id and p.role = 'notice') as notice_released_at`

func (s standing) state() State {
	switch {
	case s.ReleasedAt != 0:
		return Released
	case s.ClosedAt != 0 && s.NoticedAt != 0:
		return Noticed
	case s.ClosedAt != 0:
		return Closed
	case s.ShownAt != 0:
		return Shown
	case s.InvitedAt != 0:
		return Invited
	}
	return Planned
}

func standingOf(tx *db.Tx, b Briefing) (standing, error) {
	var s standing
	err := tx.Get(&s, "select "+standingColumns+"\nfrom briefing b\nwhere b.id = ?", b.ID)
	return s, err
}

// StateOf tells where a briefing stands.
func StateOf(tx *db.Tx, by access.Actor, b Briefing) (State, error) {
	if _, err := Find(tx, by, b.ID); err != nil {
		return "", err
	}
	s, err := standingOf(tx, b)
	return s.state(), err
}

// open refuses changes to a conference that is over.
func open(tx *db.Tx, b Briefing) error {
	s, err := standingOf(tx, b)
	if err != nil {
		return err
	}
	if s.ClosedAt != 0 {
		return fault.Conflict("Hội nghị đã kết thúc lúc %s nên nội dung này không sửa được nữa. Nếu cần sửa, hãy mở lại hội nghị và ghi lý do.", s.ClosedAt)
	}
	return nil
}
