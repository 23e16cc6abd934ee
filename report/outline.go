package report

import (
	"encoding/json"
	"errors"

	"giaoban/access"
	"giaoban/calendar"
	"giaoban/internal/db"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/journal"
)

// mostIndicators bounds a form; 40 to 60 are usual.
const mostIndicators = 2000

// SaveForm keeps the outline as the regime's draft form, the next version. version is the draft's that was read, 0 to
// begin one.
func SaveForm(tx *db.Tx, by access.Actor, regime db.ID, o Outline, version int64) (*Form, error) {
	r, err := RegimeByID(tx, by, regime)
	if err != nil {
		return nil, err
	}
	if err := by.May(access.ManageRegime, r.Receiver); err != nil {
		return nil, err
	}
	if r.ActivatedAt != 0 {
		if err := r.again(); err != nil {
			return nil, err
		}
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	if err := o.agrees(tx, r.ID); err != nil {
		return nil, err
	}
	content, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	row := formRow{Regime: r.ID, Content: string(content), Digest: digestOf(string(content))}
	var newest formRow
	err = tx.Get(&newest, `
select id, regime, number, valid_from, activated_at, version, digest, content
from regime_form
where regime = ?
order by number desc
limit 1`, r.ID)
	if err != nil && !errors.Is(err, db.None) {
		return nil, err
	}
	draft := newest.ID != "" && newest.ActivatedAt == 0
	switch {
	case draft && newest.Version != version:
		return nil, fault.Stale("Người khác vừa sửa biểu mẫu này. Xin xem bản mới rồi sửa lại.")
	case draft:
		row.ID, row.Number, row.Version = newest.ID, newest.Number, newest.Version+1
		if _, err := tx.Exec("update regime_form set content = ?, digest = ?, version = ? where id = ?",
			row.Content, row.Digest, row.Version, row.ID); err != nil {
			return nil, err
		}
	default:
		row.ID, row.Number, row.Version = tx.NewID(), newest.Number+1, 1
		if err := tx.Insert("regime_form", row); err != nil {
			return nil, err
		}
	}
	if _, err := journal.Write(tx, by, "form_saved", regimeSubject(r), journal.Details{
		"form": row.ID, "number": row.Number, "digest": row.Digest}); err != nil {
		return nil, err
	}
	return row.form()
}

// ActivateForm makes a draft form serve from a period on; from then it never changes.
func ActivateForm(tx *db.Tx, by access.Actor, form db.ID, from calendar.Period) error {
	f, err := FormByID(tx, by, form)
	if err != nil {
		return err
	}
	r, err := RegimeByID(tx, by, f.Regime)
	if err != nil {
		return err
	}
	if err := by.May(access.ManageRegime, r.Receiver); err != nil {
		return err
	}
	if err := activateForm(tx, r, form, from); err != nil {
		return err
	}
	_, err = journal.Write(tx, by, "form_activated", regimeSubject(r), journal.Details{
		"form": form, "number": f.Number, "from": from.String()})
	return err
}

func activateForm(tx *db.Tx, r Regime, form db.ID, from calendar.Period) error {
	if from.Kind() != r.Kind {
		return fault.Invalid("from", "Hãy chọn kỳ đầu tiên dùng biểu mẫu, là một %s.", r.Kind.Name())
	}
	var row formRow
	if err := tx.Get(&row, `
select id, regime, number, valid_from, activated_at, version, digest, content
from regime_form
where id = ?`, form); err != nil {
		return err
	}
	if row.ActivatedAt != 0 {
		return fault.Conflict("Biểu mẫu số %d đã được kích hoạt; muốn đổi, hãy lập bản mới.", row.Number)
	}
	later, err := tx.Exists("select 1 from regime_form where regime = ? and activated_at is not null and valid_from >= ?",
		r.ID, from.First())
	if err != nil {
		return err
	}
	if later {
		return fault.Conflict("Đã có biểu mẫu khác áp dụng từ %s hoặc sau đó; hãy chọn kỳ muộn hơn.", from.Name())
	}
	_, err = tx.Exec("update regime_form set activated_at = ?, valid_from = ? where id = ?", tx.Now(), from.First(), form)
	return err
}

// check tells everything that is wrong with an outline.
func (o *Outline) check() error {
	var wrong fault.List
	sectors := make(map[string]bool)
	for i, s := range o.Sectors {
		o.Sectors[i].Name = fold.Clean(s.Name)
		if !plainCode(s.Code) || s.Name == "" || sectors[s.Code] {
			wrong.Add("sectors", "Lĩnh vực thứ %d cần mã riêng (chữ không dấu) và tên.", i+1)
		}
		sectors[s.Code] = true
	}
	seen := make(map[string]bool)
	for i, s := range o.Sections {
		o.Sections[i].Name = fold.Clean(s.Name)
		if !o.Sections[i].known() || seen[s.Code] {
			wrong.Add("sections", "Phần “%s” không có trong đề cương chuẩn hoặc ghi hai lần.", s.Code)
		}
		seen[s.Code] = true
		for _, sector := range s.Sectors {
			if !sectors[sector] {
				wrong.Add("sections", "Phần “%s” hỏi lĩnh vực %s chưa khai báo.", SectionName(s.Code), sector)
			}
		}
	}
	if len(o.Indicators) > mostIndicators {
		wrong.Add("indicators", "Một biểu mẫu có nhiều nhất %d chỉ tiêu.", mostIndicators)
		return wrong.Err()
	}
	byCode := make(map[string]Indicator, len(o.Indicators))
	for i := range o.Indicators {
		in := &o.Indicators[i]
		in.Name, in.Unit = fold.Clean(in.Name), fold.Clean(in.Unit)
		if in.Direction == "" {
			in.Direction = NoDirection
		}
		if in.Fraction == "" {
			in.Fraction = NoFraction
		}
		field := "indicator." + in.Code
		if !plainCode(in.Code) {
			wrong.Add("indicators", "Chỉ tiêu thứ %d cần mã gồm chữ không dấu, số, gạch nối.", i+1)
		}
		if _, twice := byCode[in.Code]; twice {
			wrong.Add(field, "Mã chỉ tiêu %s ghi hai lần.", in.Code)
		}
		byCode[in.Code] = *in
		in.check(&wrong, field, sectors)
	}
	for _, in := range o.Indicators {
		if in.Aggregation != Ratio {
			continue
		}
		for _, code := range []string{in.Numerator, in.Denominator} {
			if part, ok := byCode[code]; !ok || part.Aggregation == Ratio {
				wrong.Add("indicator."+in.Code, "Tỷ lệ %s cần tử số và mẫu số là hai chỉ tiêu được nhập trong cùng biểu (đang ghi “%s”).", in.Code, code)
			}
		}
	}
	for i, rule := range o.Rules {
		rule.check(&wrong, i, byCode)
	}
	return wrong.Err()
}

func (in *Indicator) check(wrong *fault.List, field string, sectors map[string]bool) {
	if in.Name == "" {
		wrong.Add(field, "Chỉ tiêu %s cần có tên.", in.Code)
	}
	if !sectors[in.Sector] {
		wrong.Add(field, "Chỉ tiêu %s phải thuộc một lĩnh vực của biểu (đang ghi “%s”).", in.Code, in.Sector)
	}
	if in.Decimals < 0 || in.Decimals > decimal.MaxDecimals {
		wrong.Add(field, "Chỉ tiêu %s chỉ được có từ 0 đến %d chữ số thập phân.", in.Code, decimal.MaxDecimals)
	}
	switch in.Aggregation {
	case Sum, Last, Average:
	case Ratio:
		if in.Factor < 1 || in.Factor > 1e9 {
			wrong.Add(field, "Tỷ lệ %s cần hệ số nhân, ví dụ 100 cho phần trăm.", in.Code)
		}
	default:
		wrong.Add(field, "Chỉ tiêu %s cần cách cộng: sum, last, average hoặc ratio.", in.Code)
	}
	switch in.Direction {
	case Higher, Lower, NoDirection:
	default:
		wrong.Add(field, "Chỉ tiêu %s: chiều tốt là higher, lower hoặc none.", in.Code)
	}
	switch in.Fraction {
	case ActualTarget, PartTotal, ThisLast, NoFraction:
	default:
		wrong.Add(field, "Chỉ tiêu %s: a/b nghĩa là actual_target, part_total, this_last hoặc none.", in.Code)
	}
	switch in.Bound {
	case UsualBound, AgainstPlan, Growth:
	default:
		wrong.Add(field, "Chỉ tiêu %s: khoảng giá trị để trống, plan (so với kế hoạch) hoặc growth (tăng trưởng).", in.Code)
	}
	if in.Warn < 0 || in.Warn > 100000 {
		wrong.Add(field, "Chỉ tiêu %s: ngưỡng cảnh báo là số phần trăm không âm.", in.Code)
	}
}

func (rule Rule) check(wrong *fault.List, i int, byCode map[string]Indicator) {
	if rule.Kind != PartsEqualTotal && rule.Kind != PartAtMostTotal || len(rule.Parts) == 0 {
		wrong.Add("rules", "Ràng buộc thứ %d cần loại và ít nhất một chỉ tiêu thành phần.", i+1)
	}
	for _, code := range append([]string{rule.Total}, rule.Parts...) {
		if in, ok := byCode[code]; !ok || in.Aggregation == Ratio {
			wrong.Add("rules", "Ràng buộc thứ %d nhắc đến %s, không phải chỉ tiêu được nhập của biểu.", i+1, code)
		}
	}
}

// agrees holds that a code means the same for ever: figures of two versions of a form are added together.
func (o *Outline) agrees(tx *db.Tx, regime db.ID) error {
	var rows []formRow
	if err := tx.Select(&rows, `
select id, regime, number, valid_from, activated_at, version, digest, content
from regime_form
where regime = ? and activated_at is not null`, regime); err != nil {
		return err
	}
	var wrong fault.List
	told := make(map[string]bool)
	for _, row := range rows {
		f, err := row.form()
		if err != nil {
			return err
		}
		for _, in := range o.Indicators {
			old, ok := f.Indicator(in.Code)
			if ok && !told[in.Code] && (old.Decimals != in.Decimals || old.Aggregation != in.Aggregation || old.Unit != in.Unit ||
				old.Numerator != in.Numerator || old.Denominator != in.Denominator || old.Factor != in.Factor) {
				told[in.Code] = true
				wrong.Add("indicator."+in.Code, "Chỉ tiêu %s đã dùng với đơn vị, số lẻ hoặc cách cộng khác; hãy đặt mã mới cho cách tính mới.", in.Code)
			}
		}
	}
	return wrong.Err()
}
