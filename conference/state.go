package conference

import (
	"giaoban/access"
	"giaoban/internal/db"
	"giaoban/internal/fault"
)

// State is where a conference stands, derived from the dated rows it has.
type State string

// The states in the order a conference passes through them.
const (
	Planned  State = "planned"  // day and people are being fixed
	Invited  State = "invited"  // the invitation has been released
	Shown    State = "shown"    // the pack was shown and is frozen
	Closed   State = "closed"   // the conference is over, every item decided
	Noticed  State = "noticed"  // the notice of conclusions is drafted
	Released State = "released" // the notice is out, its tasks are on the desks

	Postponed State = "postponed" // put off, no new day yet
	CalledOff State = "cancelled" // given up
	Joined    State = "joined"    // held together with another conference, not by itself
)

// Gone reports whether the conference will not be held by itself.
func (s State) Gone() bool { return s == CalledOff || s == Joined }

// Over reports whether it has been held.
func (s State) Over() bool { return s == Closed || s == Noticed || s == Released }

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
	case Postponed:
		return "Đang hoãn"
	case CalledOff:
		return "Đã hủy"
	case Joined:
		return "Đã ghép"
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
	Fate       FactKind   `db:"fate"` // the fact that stands, "" for none
}

// fate is the kind of the fact that stands of conference b.
const fate = `coalesce((select f.kind from conference_fact f where f.conference = b.id order by f.n desc limit 1), '')`

// holds narrows papers p of a conference to those that were neither withdrawn nor, once they were out, revoked, nor replaced by one
// that the conference adopted.
const holds = `not exists (select 1 from paper_withdrawal w where w.paper = p.paper)
  and not exists (
	select 1
	from paper_succession x
	join paper_release y on y.paper = x.paper
	left join conference_paper a on a.paper = x.paper
	where x.old = p.paper and (x.kind = 'revoke' or x.kind = 'replace' and a.paper is not null))`

const standingColumns = fate + ` as fate,
	(select max(r.at) from conference_paper p join paper_release r on r.paper = p.paper
		where p.conference = b.id and p.role = 'invitation') as invited_at,
	(select k.at from conference_pack k where k.conference = b.id) as shown_at,
	(select max(c.at) from conference_close c where c.conference = b.id and c.reopened_at is null) as closed_at,
	(select max(p.at) from conference_paper p
		where p.conference = b.id and p.role = 'notice' and ` + holds + `) as noticed_at,
	(select max(r.at) from conference_paper p join paper_release r on r.paper = p.paper
		where p.conference = b.id and p.role = 'notice' and ` + holds + `) as notice_released_at`

func (s standing) state() State {
	switch {
	case s.ReleasedAt != 0:
		return Released
	case s.ClosedAt != 0 && s.NoticedAt != 0:
		return Noticed
	case s.ClosedAt != 0:
		return Closed
	case s.Fate == FactCalledOff:
		return CalledOff
	case s.Fate == FactJoined:
		return Joined
	case s.Fate == FactPostponed:
		return Postponed
	case s.ShownAt != 0:
		return Shown
	case s.InvitedAt != 0:
		return Invited
	}
	return Planned
}

func standingOf(tx *db.Tx, b Conference) (standing, error) {
	var s standing
	err := tx.Get(&s, "select "+standingColumns+"\nfrom conference b\nwhere b.id = ?", b.ID)
	return s, err
}

// StateOf tells where a conference stands.
func StateOf(tx *db.Tx, by access.Actor, b Conference) (State, error) {
	if _, err := Find(tx, by, b.ID); err != nil {
		return "", err
	}
	s, err := standingOf(tx, b)
	return s.state(), err
}

// open refuses changes to a conference that is over, or that will not be held.
func open(tx *db.Tx, b Conference) error {
	s, err := standingOf(tx, b)
	if err != nil {
		return err
	}
	if s.ClosedAt != 0 {
		return fault.Conflict("Hội nghị đã kết thúc lúc %s nên nội dung này không sửa được nữa. Nếu cần sửa, hãy mở lại hội nghị và ghi lý do.", s.ClosedAt)
	}
	return s.goesOn()
}

// goesOn refuses what only a conference that will be held has.
func (s standing) goesOn() error {
	switch s.state() {
	case CalledOff:
		return fault.Conflict("Hội nghị đã hủy nên không sửa, không ghi gì thêm. Nếu hội nghị vẫn họp, xin ghi điều đó ở trang “Hoãn, hủy, ghép”.")
	case Joined:
		return fault.Conflict("Hội nghị đã ghép vào hội nghị khác nên không sửa, không ghi gì thêm ở đây. Xin làm ở hội nghị kia.")
	}
	return nil
}

// Out reports whether an invitation was released, so that others know the plan.
func Out(tx *db.Tx, by access.Actor, id db.ID) (bool, error) {
	b, err := Find(tx, by, id)
	if err != nil {
		return false, err
	}
	s, err := standingOf(tx, b)
	return s.InvitedAt != 0, err
}
