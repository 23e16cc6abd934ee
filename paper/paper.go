// Package paper keeps văn bản: the papers an office issues, from draft to signature, number and release, and the
// books their numbers come from. What a release sets in motion is done by the room that wrote the paper.
package paper

import (
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/journal"
	"giaoban/official"
)

// Kind is the loại văn bản by the letters of its symbol.
type Kind string

// The kinds the office issues.
const (
	BaoCao      Kind = "BC"
	ThongBao    Kind = "TB"
	GiayMoi     Kind = "GM"
	KeHoach     Kind = "KH"
	CongVan     Kind = "CV"
	BienBan     Kind = "BB"
	ToTrinh     Kind = "TTr"
	HuongDan    Kind = "HD"
	ChuongTrinh Kind = "CTr"
	QuyetDinh   Kind = "QĐ"
	QuyChe      Kind = "QC"
	PhieuChuyen Kind = "PC"
)

// Kinds in the order they are offered. A phụ lục is none: it has neither number nor signature and goes with its paper.
var Kinds = []Kind{BaoCao, ThongBao, GiayMoi, KeHoach, CongVan, BienBan, ToTrinh, HuongDan, ChuongTrinh, QuyetDinh, QuyChe, PhieuChuyen}

var kinds = map[Kind]struct {
	name   string
	layout official.Kind
}{
	BaoCao:      {"Báo cáo", official.Report},
	ThongBao:    {"Thông báo", official.Notice},
	GiayMoi:     {"Giấy mời", official.Invitation},
	KeHoach:     {"Kế hoạch", official.Plan},
	CongVan:     {"Công văn", official.Letter},
	BienBan:     {"Biên bản", official.Minutes},
	ToTrinh:     {"Tờ trình", official.Petition},
	HuongDan:    {"Hướng dẫn", official.Guideline},
	ChuongTrinh: {"Chương trình", official.Programme},
	QuyetDinh:   {"Quyết định", official.Decision},
	QuyChe:      {"Quy chế", official.Regulation},
	PhieuChuyen: {"Phiếu chuyển", official.Transfer},
}

// Name is the kind's full name: Báo cáo, Thông báo, …
func (k Kind) Name() string { return kinds[k].name }

// Known reports whether k is one of Kinds.
func (k Kind) Known() bool { _, ok := kinds[k]; return ok }

// State is where a paper stands; it is derived from what was done to it.
type State string

// The states in the order of a paper's life.
const (
	Drafted   State = "draft"
	Signed    State = "signed"
	Numbered  State = "numbered"
	Released  State = "released"
	Kept      State = "kept" // of minutes: both have signed, and it bears no number
	Withdrawn State = "withdrawn"
)

// States in the order of a paper's life.
var States = []State{Drafted, Signed, Numbered, Released, Kept, Withdrawn}

// Name is the office's word.
func (s State) Name() string {
	switch s {
	case Drafted:
		return "Dự thảo"
	case Signed:
		return "Đã ký, chờ vào số"
	case Numbered:
		return "Đã vào số, chờ phát hành"
	case Released:
		return "Đã phát hành"
	case Kept:
		return "Đã ký, lưu hồ sơ"
	case Withdrawn:
		return "Đã rút"
	}
	return string(s)
}

// Origin is the record a paper was written for; the kind is lineage's word for it.
type Origin struct {
	Kind string
	ID   db.ID
}

// Paper is one paper with everything that happened to it. Instants and dates are zero for what has not happened.
type Paper struct {
	ID      db.ID           `db:"id"`
	Body    db.ID           `db:"org"`
	Kind    Kind            `db:"kind"`
	Family  official.Family `db:"family"`
	Profile string          `db:"profile"` // code of the layout the office insists on; "": that of the date
	Subject string          `db:"subject"`
	DraftNo int             `db:"draft"` // dự thảo lần n
	Version int64           `db:"version"`
	At      db.Instant      `db:"at"`
	ByActor string          `db:"by_actor"`
	By      string          `db:"by_name"`

	OriginKind string `db:"origin_kind"`
	OriginID   string `db:"origin_id"`
	Composed   bool   `db:"composed"` // written from the origin by hand, whose room has no part in it

	Witnessed // of minutes

	ToSign db.ID `db:"to_sign"` // the person who is to sign a draft; "" while nobody was chosen
	Step         // what was done with the draft last

	SignedAt db.Instant `db:"signed_at"`
	SignedBy string     `db:"signed_by"` // who signed in the program
	Signer   string     `db:"signer"`    // whose name stands under the signature
	Title    string     `db:"title"`
	SHA256   string     `db:"sha256"` // of the content as signed

	NumberedAt db.Instant    `db:"numbered_at"`
	NumberedBy string        `db:"numbered_by"`
	Number     int64         `db:"number"` // 0 until the clerk enters it
	Book       string        `db:"book"`
	Symbol     string        `db:"symbol"` // "05-BC/BTGTU"; "" until numbered
	Date       calendar.Date `db:"date"`   // the date the paper bears

	ReleasedAt  db.Instant `db:"released_at"`
	ReleasedBy  string     `db:"released_by"`
	JournalSize int64      `db:"journal_size"` // where the journal stood at the release; 0 when that was not kept yet
	JournalRoot string     `db:"journal_root"`
	WithdrawnAt db.Instant `db:"withdrawn_at"`
	WithdrawnBy string     `db:"withdrawn_by"`
	Reason      string     `db:"reason"` // why it was withdrawn

	Scan        db.ID  `db:"scan"` // file of the paper as really signed
	ScanDiffers string `db:"scan_differs"`

	Overtaken        // what it no longer says
	RoomWords string `db:"room_words"` // of that, what the room that wrote it says
	Revoked   bool   `db:"revoked"`    // thu hồi, by a paper that was released

	State    State    `db:"-"`
	Warnings []string `db:"-"` // what looks wrong about number and date, without standing in the way
}

// Origin is the record the paper was written for.
func (p Paper) Origin() Origin { return Origin{p.OriginKind, db.ID(p.OriginID)} }

// KindName is the kind's full name.
func (p Paper) KindName() string { return p.Kind.Name() }

// state derives where the paper stands.
func (p *Paper) state() State {
	switch {
	case p.WithdrawnAt != 0:
		return Withdrawn
	case p.ReleasedAt != 0:
		return Released
	case p.NumberedAt != 0:
		return Numbered
	case p.SignedAt != 0 && p.Secretary != "":
		return Kept
	case p.SignedAt != 0:
		return Signed
	}
	return Drafted
}

// Label names the paper in lists and links: "Báo cáo số 05-BC/BTGTU" or "Báo cáo (dự thảo): …".
func (p Paper) Label() string {
	if p.Symbol != "" {
		return p.Kind.Name() + " số " + p.Symbol + " ngày " + p.Date.Vietnamese()
	}
	return p.Kind.Name() + " (" + map[State]string{Drafted: "dự thảo", Signed: "đã ký", Kept: "đã ký", Withdrawn: "đã rút"}[p.State] + "): " + p.Subject
}

// Ahead is what signing and releasing a paper will set in motion in the room that wrote it.
type Ahead struct {
	Elsewhere bool // it is signed where its text is kept
	Proposed  int  // dates that only the signature makes dates
	Tasks     int  // tasks that the release puts on the desks
	Opens     bool // from the release on those invited see the conference
	Forwards  bool // from the release on a proposal waits for an answer from above
}

// columns selects a paper with its facts; who may read it is bound three times by narrowed.
const columns = `
select p.id, p.org, p.kind, p.family, p.profile, p.subject, p.draft, p.version, p.at, p.by_actor, p.by_name, p.origin_kind, p.origin_id,
	p.composed, p.secretary, p.chair, m.at as witnessed_at, coalesce(m.by_name, '') as witnessed_by, coalesce(m.version, 0) as witnessed_version,
	p.to_sign, coalesce(f.n, 0) as step_n, coalesce(f.kind, '') as step_kind, coalesce(f.note, '') as step_note, f.at as step_at,
	coalesce(f.by_name, '') as step_by, s.at as signed_at, coalesce(s.by_name, '') as signed_by, coalesce(s.signer, '') as signer, coalesce(s.title, '') as title,
	coalesce(s.sha256, '') as sha256,
	n.at as numbered_at, coalesce(n.by_name, '') as numbered_by, coalesce(n.number, 0) as number,
	coalesce(n.book, '') as book, coalesce(n.symbol, '') as symbol, n.date,
	r.at as released_at, coalesce(r.by_name, '') as released_by,
	coalesce(r.journal_size, 0) as journal_size, coalesce(r.journal_root, '') as journal_root,
	w.at as withdrawn_at, coalesce(w.by_name, '') as withdrawn_by, coalesce(w.reason, '') as reason,
	c.file as scan, coalesce(c.differs, '') as scan_differs, coalesce(o.words, '') as overtaken, o.successor,
	coalesce(o.room, o.words, '') as room_words,
	exists (select 1 from paper_succession x join paper_release y on y.paper = x.paper where x.old = p.id and x.kind = 'revoke') as revoked
from paper p
left join paper_step f on f.paper = p.id and f.n = (select max(n) from paper_step where paper = p.id)
left join paper_witness m on m.paper = p.id
left join paper_signing s on s.paper = p.id
left join paper_number n on n.paper = p.id
left join paper_release r on r.paper = p.id
left join paper_withdrawal w on w.paper = p.id
left join paper_scan c on c.paper = p.id
left join paper_overtaken o on o.paper = p.id and o.n = (select max(n) from paper_overtaken where paper = p.id)
`

// mayRead: the own papers, and released ones that were sent to the own body.
const mayRead = `(cast(? as text) = '' or p.org = ? or (r.paper is not null
	and exists (select 1 from paper_recipient t where t.paper = p.id and t.body = ?)))`

func narrowed(by access.Actor, more ...any) []any {
	sees := by.Sees(access.ReadPaper)
	return append([]any{sees, sees, sees}, more...)
}

// Find gives one paper, if the actor may read it.
func Find(tx *db.Tx, by access.Actor, id db.ID) (Paper, error) {
	var p Paper
	err := tx.Get(&p, columns+"where "+mayRead+"\n  and p.id = ?", narrowed(by, id)...)
	if errors.Is(err, db.None) {
		return p, fault.Missing("Không có văn bản này.")
	}
	if err != nil {
		return p, err
	}
	p.State = p.state()
	p.Warnings, err = p.warnings(tx)
	return p, err
}

// Among gives those of some papers that the actor may read.
func Among(tx *db.Tx, by access.Actor, ids []db.ID) ([]Paper, error) {
	found, err := db.Among[Paper](tx, ids, columns+"where "+mayRead+"\n  and p.id in ", narrowed(by)...)
	for i := range found {
		found[i].State = found[i].state()
	}
	return found, err
}

// warnings are sentences about a number and date that are possible but unusual.
func (p *Paper) warnings(tx *db.Tx) ([]string, error) {
	if p.NumberedAt == 0 {
		return nil, nil
	}
	var out []string
	disorder, err := tx.Exists(`
select 1 from paper_number
where org = ? and kind = ? and book = ?
  and ((number < ? and date > ?) or (number > ? and date < ?))`, p.Body, string(p.Kind), p.Book, p.Number, p.Date, p.Number, p.Date)
	if disorder {
		out = append(out, "Số và ngày không theo thứ tự của sổ: có số nhỏ hơn mang ngày muộn hơn, hoặc số lớn hơn mang ngày sớm hơn.")
	}
	return out, err
}

// Filter narrows List; empty fields do not.
type Filter struct {
	Body   db.ID
	Kind   Kind
	State  State
	Way    Way // of drafts only
	Origin Origin
	Limit  int   // 0: 50, at most 200
	Cursor db.ID // the last id of the page before; "" for the first
}

// Way narrows drafts by where they are on their way to the signature.
type Way string

// A draft is with who writes it, also one taken or sent back, or with who is to sign it.
const (
	WithDrafter Way = "drafter"
	WithSigner  Way = "signer"
)

var onWay = map[Way]string{
	"":          "1 = 1",
	WithDrafter: "s.paper is null and w.paper is null and coalesce(f.kind, '') <> 'put_forward'",
	WithSigner:  "s.paper is null and w.paper is null and f.kind = 'put_forward'",
}

var ofState = map[State]string{
	"":        "1 = 1",
	Drafted:   "s.paper is null and w.paper is null",
	Signed:    "s.paper is not null and n.paper is null and w.paper is null and p.secretary = ''",
	Kept:      "s.paper is not null and w.paper is null and p.secretary <> ''",
	Numbered:  "n.paper is not null and r.paper is null and w.paper is null",
	Released:  "r.paper is not null",
	Withdrawn: "w.paper is not null",
}

// List gives papers, the newest first, and the cursor of the next page ("" at the end).
func List(tx *db.Tx, by access.Actor, f Filter) ([]Paper, db.ID, error) {
	state, ok := ofState[f.State]
	if !ok {
		return nil, "", fault.Invalid("state", "Không có trạng thái văn bản “%s”.", string(f.State))
	}
	if f.Limit <= 0 || f.Limit > 200 {
		f.Limit = 50
	}
	query, args := columns+"where "+mayRead+"\n  and "+state+"\n  and "+onWay[f.Way], narrowed(by)
	for _, c := range []struct{ clause, value string }{
		{"p.org = ?", string(f.Body)}, {"p.kind = ?", string(f.Kind)}, {"p.origin_kind = ?", f.Origin.Kind},
		{"p.origin_id = ?", string(f.Origin.ID)}, {"p.id < ?", string(f.Cursor)},
	} {
		if c.value != "" {
			query, args = query+"\n  and "+c.clause, append(args, c.value)
		}
	}
	var papers []Paper
	if err := tx.Select(&papers, query+"\norder by p.id desc\nlimit ?", append(args, f.Limit+1)...); err != nil {
		return nil, "", err
	}
	next := db.ID("")
	if len(papers) > f.Limit {
		papers = papers[:f.Limit]
		next = papers[f.Limit-1].ID
	}
	for i := range papers {
		papers[i].State = papers[i].state()
	}
	return papers, next, nil
}

// Recipients lists the bodies that receive the paper on release.
func Recipients(tx *db.Tx, by access.Actor, id db.ID) ([]db.ID, error) {
	if _, err := Find(tx, by, id); err != nil {
		return nil, err
	}
	var bodies []db.ID
	err := tx.Select(&bodies, `
select t.body from paper_recipient t
join body b on b.id = t.body
where t.paper = ?
order by b.sort, b.code`, id)
	return bodies, err
}

func subject(p Paper) journal.Subject { return journal.Subject{Kind: "paper", ID: p.ID, Body: p.Body} }
