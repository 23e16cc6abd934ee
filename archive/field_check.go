package archive

import (
	"strings"

	"giaoban/calendar"
	"giaoban/internal/decimal"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
)

// longestValue bounds a passage; what is longer is a chapter, not a field.
const longestValue = 20_000

// check puts a typed value into its one spelling and says what is wrong with it; prefix leads the names of form fields.
func (k FieldKind) check(v *Value, wrong *fault.List) {
	for _, s := range []*string{&v.Text, &v.Title, &v.Body, &v.Type, &v.Symbol, &v.Issuer, &v.Term, &v.Subject, &v.Review, &v.Number, &v.Unit, &v.Comparison, &v.Product} {
		*s = fold.Tidy(*s)
		if len(*s) > longestValue {
			wrong.Add("text", "Phần này dài quá %d ký tự; xin tách thành nhiều phần.", longestValue)
			return
		}
	}
	switch k {
	case KindField:
		if !Kind(v.Text).known() {
			wrong.Add("text", "Cần chọn loại tư liệu.")
		}
	case HeldOnField:
		v.Text = typedDay(v.Text, "text", wrong)
	case PartField:
		if partNames[v.Text] == "" {
			wrong.Add("text", "Cần chọn buổi sáng, chiều hoặc tối.")
		}
	case PeriodField, NextField:
		p, err := ReadPeriod(v.Text)
		if wrong.AddError("text", err) == nil && err == nil {
			v.Text = p.String()
		}
	case CitationField:
		v.Date = typedDayOr(v.Date, "date", wrong)
		if v.Symbol == "" && v.Text == "" {
			wrong.Add("symbol", "Cần số, ký hiệu, ví dụ 20-CT/TW; văn bản không có số thì ghi tên.")
		}
		if v.Type == "" {
			wrong.Add("type", "Cần loại văn bản, ví dụ “Chỉ thị”.")
		}
	case ReviewField:
		if v.Symbol == "" {
			wrong.Add("symbol", "Cần số, ký hiệu của văn bản được sơ kết, tổng kết.")
		}
		if v.Review != "sơ kết" && v.Review != "tổng kết" {
			wrong.Add("review", "Cần chọn sơ kết hoặc tổng kết.")
		}
		if v.Years < 0 || v.Years > 100 {
			wrong.Add("years", "Số năm (%d) không đúng.", v.Years)
		}
	case FigureField:
		if _, err := decimal.Parse(v.Number, figureDecimals); v.Number != "" && err != nil {
			wrong.Add("number", "Chưa đọc được số “%s”. Hãy ghi như 4,9 hoặc 1.915.509.", fold.Cut(v.Number, 40))
		}
		if v.Text == "" {
			wrong.Add("text", "Cần ghi câu có số liệu, hoặc chọn Bỏ qua.")
		}
	case ConclusionField:
		if v.Task {
			v.Due = typedDay(v.Due, "due", wrong)
		} else {
			v.Lead, v.Product, v.Due = "", "", ""
		}
		fallthrough
	default:
		if v.Text == "" {
			wrong.Add("text", "Cần ghi nội dung, hoặc chọn Bỏ qua.")
		}
	}
}

// figureDecimals is how exactly figures of old pages are read.
const figureDecimals = 6

// TypedNumber gives a number as offices type it ("4,9", "1.915.509") as a plain decimal; what is no number stays as typed.
func TypedNumber(s string) string {
	t, err := decimal.ParseVietnamese(s, figureDecimals)
	if err != nil || t.Over != nil {
		return s
	}
	plain := decimal.Format(t.Value, figureDecimals)
	return strings.TrimSuffix(strings.TrimRight(plain, "0"), ".")
}

// NumberShown writes a plain decimal as offices do; what is none stays as it is.
func NumberShown(plain string) string {
	v, err := decimal.Parse(plain, figureDecimals)
	if err != nil {
		return plain
	}
	return decimal.FormatTrimmed(v, figureDecimals)
}

func typedDay(s, field string, wrong *fault.List) string {
	if strings.TrimSpace(s) == "" {
		wrong.Add(field, "Cần ngày, ghi như 01/4/2022.")
		return ""
	}
	return typedDayOr(s, field, wrong)
}

// typedDayOr reads a day that may be left out; what cannot be read stays as typed.
func typedDayOr(s, field string, wrong *fault.List) string {
	if s = strings.TrimSpace(s); s == "" {
		return ""
	}
	d, err := calendar.ParseDate(s)
	if err != nil {
		d, err = calendar.ReadDate(s)
	}
	if err != nil {
		wrong.AddError(field, err)
		return s
	}
	return d.String()
}
