package report

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
	"giaoban/lineage"
	"giaoban/org"
)

// Regime is a chế độ báo cáo. What a period needs of it is pinned when the period is opened.
type Regime struct {
	ID          db.ID           `db:"id"`
	Code        string          `db:"code"`
	Name        string          `db:"name"`
	Content     string          `db:"content"`  // what is reported, in a sentence
	Receiver    db.ID           `db:"receiver"` // the body that receives
	Kind        calendar.Kind   `db:"kind"`     // of its periods: how often it is reported
	Cutoff      calendar.Cutoff `db:"cutoff"`
	WorkingDays int             `db:"working_days"` // from the cut-off to the deadline, at least 1
	Channel     string          `db:"channel"`      // how it is sent
	FeedsFrom   db.ID           `db:"feeds_from"`   // a regime of shorter periods whose figures its form shows read-only
	Basis       string          `db:"basis"`
	Opens       OpenRule        `db:"opens"` // when its periods open by themselves
	Once        bool            `db:"once"`  // it has one period and no other, see AskOnce
	Issuer      string          `db:"issuer"`
	Signer      string          `db:"signer"`
	CreatedAt   db.Instant      `db:"created_at"`
	ActivatedAt db.Instant      `db:"activated_at"`
	EndedAt     db.Instant      `db:"ended_at"`
	Version     int64           `db:"version"`
}

// Active reports whether periods may be opened.
func (r Regime) Active() bool { return r.ActivatedAt != 0 && r.EndedAt == 0 }

// Label is how lists of records call it.
func (r Regime) Label() string {
	if r.Once {
		return "Báo cáo một lần: " + fold.Uncapital(r.Name)
	}
	return "Chế độ báo cáo " + r.Name
}

// Node is the regime in the graph of what came from what.
func (r Regime) Node() lineage.Node { return lineage.Node{Kind: "regime", ID: r.ID, Label: r.Label()} }

// NewRegime is what an office writes down; anything may stay empty until activation.
type NewRegime struct {
	Code, Name, Content string
	Receiver            db.ID
	Kind                calendar.Kind
	Cutoff              calendar.Cutoff
	WorkingDays         int
	Channel             string
	FeedsFrom           db.ID
	Basis               string
	Opens               OpenRule
}

const selectRegime = `
select id, code, name, content, receiver, kind, cutoff, working_days, channel, feeds_from, basis, opens, once, issuer, signer,
	created_at, activated_at, ended_at, version
from regime
`

// FindRegime gives the regime with this code.
func FindRegime(tx *db.Tx, by access.Actor, code string) (Regime, error) {
	return regimeWhere(tx, by, "where code = ?", code)
}

// RegimeByID gives one regime.
func RegimeByID(tx *db.Tx, by access.Actor, id db.ID) (Regime, error) {
	return regimeWhere(tx, by, "where id = ?", string(id))
}

func regimeWhere(tx *db.Tx, by access.Actor, where, key string) (Regime, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return Regime{}, err
	}
	var r Regime
	err := tx.Get(&r, selectRegime+where, key)
	if errors.Is(err, db.None) {
		return r, fault.Missing("Không có chế độ báo cáo “%s”. Xem mã ở trang Chế độ báo cáo.", key)
	}
	return r, err
}

// Regimes lists those by which is reported again and again, by code.
func Regimes(tx *db.Tx, by access.Actor) ([]Regime, error) {
	if err := by.May(access.ReadRegime, by.Body); err != nil {
		return nil, err
	}
	var all []Regime
	err := tx.Select(&all, selectRegime+"where not once\norder by code")
	return all, err
}

// CreateRegime writes down a new regime, not yet active.
func CreateRegime(tx *db.Tx, by access.Actor, n NewRegime) (Regime, error) {
	if err := by.May(access.ManageRegime, n.Receiver); err != nil {
		return Regime{}, err
	}
	return create(tx, by, n, Regime{})
}

func create(tx *db.Tx, by access.Actor, n NewRegime, r Regime) (Regime, error) {
	r.ID, r.CreatedAt, r.Version = tx.NewID(), tx.Now(), 1
	if err := n.code(tx); err != nil {
		return Regime{}, err
	}
	if err := n.check(tx, r); err != nil {
		return Regime{}, err
	}
	n.into(&r)
	if err := tx.Insert("regime", r); err != nil {
		return Regime{}, err
	}
	_, err := journal.Write(tx, by, "created", regimeSubject(r), journal.Details{"code": r.Code, "name": r.Name})
	return r, err
}

// UpdateRegime changes a regime; version is the one that was read. What opened periods rest on does not change with it.
func UpdateRegime(tx *db.Tx, by access.Actor, id db.ID, version int64, n NewRegime) (Regime, error) {
	r, err := RegimeByID(tx, by, id)
	if err != nil {
		return r, err
	}
	if err := by.May(access.ManageRegime, r.Receiver); err != nil {
		return r, err
	}
	if err := r.again(); err != nil {
		return r, err
	}
	if r.Version != version {
		return r, fault.Stale("Người khác vừa sửa chế độ này. Xin xem bản mới rồi sửa lại.")
	}
	if err := n.check(tx, r); err != nil {
		return r, err
	}
	opened, err := tx.Exists("select 1 from opening where regime = ?", id)
	if err != nil {
		return r, err
	}
	if opened && (n.Kind != r.Kind || n.Code != r.Code) {
		return r, fault.Conflict("Chế độ đã mở kỳ nên không đổi được mã và loại kỳ; hãy lập chế độ mới.")
	}
	was := r
	n.into(&r)
	r.Version++
	if r.Active() {
		if err := r.ready(tx); err != nil {
			return was, err
		}
	}
	if _, err := tx.Exec(`
update regime
set code = ?, name = ?, content = ?, receiver = ?, kind = ?, cutoff = ?, working_days = ?, channel = ?, feeds_from = ?,
	basis = ?, opens = ?, version = ?
where id = ?`, r.Code, r.Name, r.Content, r.Receiver, r.Kind, r.Cutoff, r.WorkingDays, r.Channel, r.FeedsFrom, r.Basis,
		r.Opens, r.Version, r.ID); err != nil {
		return was, err
	}
	_, err = journal.Write(tx, by, "changed", regimeSubject(r), journal.Details{"code": r.Code, "version": r.Version})
	return r, err
}

// code makes a code of the name where none was given: "bao-cao-dot-xuat".
func (n *NewRegime) code(tx *db.Tx) error {
	if n.Code = fold.Clean(n.Code); n.Code != "" {
		return nil
	}
	words := strings.FieldsFunc(fold.Fold(n.Name), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') })
	base := cmp.Or(strings.Join(words[:min(len(words), 8)], "-"), "che-do")
	var err error
	n.Code, err = freeCode(tx, base[:min(len(base), 50)])
	return err
}

// freeCode is a code that no regime has: the base, or that with a number behind it.
func freeCode(tx *db.Tx, base string) (string, error) {
	for again := 1; ; again++ {
		code := base
		if again > 1 {
			code += "-" + strconv.Itoa(again)
		}
		taken, err := tx.Exists("select 1 from regime where code = ?", code)
		if err != nil || !taken {
			return code, err
		}
	}
}

func (n *NewRegime) into(r *Regime) {
	r.Code, r.Name, r.Content, r.Receiver, r.Kind, r.Cutoff = n.Code, n.Name, n.Content, n.Receiver, n.Kind, n.Cutoff
	r.WorkingDays, r.Channel, r.FeedsFrom, r.Basis, r.Opens = n.WorkingDays, n.Channel, n.FeedsFrom, n.Basis, n.Opens
}

func (n *NewRegime) check(tx *db.Tx, r Regime) error {
	n.Code, n.Name, n.Content = fold.Clean(n.Code), fold.Clean(n.Name), fold.Clean(n.Content)
	n.Channel, n.Basis = fold.Clean(n.Channel), fold.Clean(n.Basis)
	var wrong fault.List
	if !plainCode(n.Code) {
		wrong.Add("code", "Mã chế độ gồm chữ không dấu, số, gạch nối, ví dụ kg-quy.")
	}
	if n.Kind == calendar.Term && !r.Once {
		wrong.Add("kind", "Kỳ báo cáo là tháng, quý, 6 tháng, 9 tháng hoặc năm.")
	}
	if n.WorkingDays < 0 || n.WorkingDays > 60 {
		wrong.Add("working_days", "Hạn tính bằng số ngày làm việc sau ngày chốt số liệu, từ 1 đến 60.")
	}
	if err := n.opensInTime(tx, &wrong); err != nil {
		return err
	}
	taken, err := tx.Exists("select 1 from regime where code = ? and id <> ?", n.Code, string(r.ID))
	if err != nil {
		return err
	}
	if taken {
		wrong.Add("code", "Mã %s đã có chế độ báo cáo khác dùng; hãy chọn mã khác.", n.Code)
	}
	if n.FeedsFrom != "" {
		var feed Regime
		err := tx.Get(&feed, selectRegime+"where id = ?", n.FeedsFrom)
		if errors.Is(err, db.None) {
			wrong.Add("feeds_from", "Chế độ cung cấp số liệu không còn; hãy chọn lại.")
		} else if err != nil {
			return err
		} else if feed.Kind >= n.Kind {
			wrong.Add("feeds_from", "Chế độ cung cấp số liệu phải có kỳ ngắn hơn (chế độ %s báo cáo theo %s).", feed.Code, feed.Kind.Name())
		}
	}
	return wrong.Err()
}

// opensInTime refuses a rule by which a period would open after its deadline: nobody would ever be asked.
func (n NewRegime) opensInTime(tx *db.Tx, wrong *fault.List) error {
	if n.Opens == "" || n.Kind == 0 || n.Kind == calendar.Term || n.Cutoff == 0 || n.WorkingDays < 1 {
		return nil
	}
	holidays, err := org.Holidays(tx)
	if err != nil {
		return err
	}
	period, ok := n.Cutoff.PeriodOf(n.Kind, calendar.OfInstant(tx.Clock()))
	if !ok {
		return nil
	}
	_, to := n.Cutoff.Span(period)
	due := calendar.Due(holidays, to, n.WorkingDays).Date
	if on := n.Opens.Day(holidays, period, due); on.After(due) {
		wrong.Add("opens", "Theo quy tắc này %s mở ngày %s, sau hạn %s; hãy chọn ngày sớm hơn.", period.Name(), on.Vietnamese(), due.Vietnamese())
	}
	return nil
}

func plainCode(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return s != "" && len(s) <= 60
}

// Ready tells everything that a regime still lacks before it may be activated (Nghị định 09/2019/NĐ-CP, Điều 7: name,
// content, who reports, who receives, how it is sent, deadline, frequency, cut-off, outline), all at once.
func Ready(tx *db.Tx, by access.Actor, regime db.ID) error {
	r, err := RegimeByID(tx, by, regime)
	if err != nil {
		return err
	}
	return r.ready(tx)
}

func (r Regime) ready(tx *db.Tx) error {
	var lacking fault.List
	if r.Name == "" {
		lacking.Add("name", "Chế độ cần có tên.")
	}
	if r.Content == "" {
		lacking.Add("content", "Cần ghi nội dung báo cáo.")
	}
	if r.Receiver == "" {
		lacking.Add("receiver", "Cần chọn cơ quan nhận báo cáo.")
	}
	if r.Channel == "" {
		lacking.Add("channel", "Cần ghi phương thức gửi báo cáo.")
	}
	if r.Kind == 0 {
		lacking.Add("kind", "Cần chọn tần suất: tháng, quý, 6 tháng, 9 tháng hoặc năm.")
	}
	if r.Cutoff == 0 {
		lacking.Add("cutoff", "Cần chọn cách chốt số liệu.")
	}
	if r.WorkingDays < 1 {
		lacking.Add("working_days", "Hạn báo cáo phải sau ngày chốt số liệu ít nhất 1 ngày làm việc.")
	}
	assigned, err := tx.Exists("select 1 from regime_assignment where regime = ?", r.ID)
	if err != nil {
		return err
	}
	if !assigned {
		lacking.Add("reporters", "Cần ghi cơ quan nào phải báo cáo.")
	}
	var rows []formRow
	if err := tx.Select(&rows, `
select id, regime, number, valid_from, activated_at, version, digest, content
from regime_form
where regime = ?
order by number desc
limit 1`, r.ID); err != nil {
		return err
	}
	if len(rows) == 0 {
		lacking.Add("outline", "Cần có đề cương báo cáo.")
		return lacking.Err()
	}
	f, err := rows[0].form()
	if err != nil {
		return err
	}
	if len(f.Sections) == 0 {
		lacking.Add("outline", "Đề cương cần ít nhất một phần nội dung.")
	}
	if len(f.Sectors) == 0 {
		lacking.Add("sectors", "Đề cương cần ít nhất một lĩnh vực.")
	}
	for _, in := range f.Indicators {
		if in.Unit == "" {
			lacking.Add("indicator."+in.Code, "Biểu số liệu: chỉ tiêu %s cần có đơn vị tính.", in.Code)
		}
	}
	return lacking.Err()
}

// Activate lets periods be opened, and makes the form still in draft serve from the period given on.
func Activate(tx *db.Tx, by access.Actor, regime db.ID, from calendar.Period) error {
	r, err := RegimeByID(tx, by, regime)
	if err != nil {
		return err
	}
	if err := by.May(access.ManageRegime, r.Receiver); err != nil {
		return err
	}
	if r.ActivatedAt != 0 {
		return fault.Conflict("Chế độ %s đã được kích hoạt.", r.Code)
	}
	if err := r.ready(tx); err != nil {
		return err
	}
	var form db.ID
	if err := tx.Get(&form, "select id from regime_form where regime = ? order by number desc limit 1", r.ID); err != nil {
		return err
	}
	if err := activateForm(tx, r, form, from); err != nil {
		return err
	}
	if _, err := tx.Exec("update regime set activated_at = ?, version = version + 1 where id = ?", tx.Now(), r.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "activated", regimeSubject(r), journal.Details{"code": r.Code, "from": from.String()})
	return err
}

// End closes a regime: no further period is opened; what was reported stays.
func End(tx *db.Tx, by access.Actor, regime db.ID, version int64) error {
	r, err := RegimeByID(tx, by, regime)
	if err != nil {
		return err
	}
	if err := by.May(access.ManageRegime, r.Receiver); err != nil {
		return err
	}
	if r.Version != version {
		return fault.Stale("Người khác vừa sửa chế độ này. Xin xem bản mới rồi làm lại.")
	}
	if !r.Active() {
		return fault.Conflict("Chế độ %s không đang áp dụng.", r.Code)
	}
	if _, err := tx.Exec("update regime set ended_at = ?, version = version + 1 where id = ?", tx.Now(), r.ID); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "ended", regimeSubject(r), journal.Details{"code": r.Code})
	return err
}

func regimeSubject(r Regime) journal.Subject {
	return journal.Subject{Kind: "regime", ID: r.ID}
}
