package report

import (
	"giaoban/internal/decimal"
)

// Bound says between which figures an indicator lies.
type Bound string

// By default a count is not negative and a percentage is a part of a whole, 0 to 100. A percentage of a plan may exceed
// it, and growth may be negative.
const (
	UsualBound  Bound = ""
	AgainstPlan Bound = "plan"
	Growth      Bound = "growth"
)

// percent reports whether the figure is a part of a hundred.
func (in *Indicator) percent() bool { return in.Unit == "%" }

// whole is a hundred per cent in the indicator's own decimals, where that is the most it may be.
func (in *Indicator) whole() (int64, bool) {
	if in.Bound != UsualBound || !in.percent() {
		return 0, false
	}
	return decimal.Rescale(100, 0, in.Decimals)
}

func (fs *findings) bounds(in *Indicator, v Value) {
	if fs.bound(in, v.Figure) && v.Over != nil {
		fs.bound(in, *v.Over)
	}
}

// bound reports whether one number lies where it may.
func (fs *findings) bound(in *Indicator, n int64) bool {
	if n < 0 && in.Bound != Growth {
		fs.about(*in, Error, "bound", "%s không thể là số âm (%s); hãy kiểm tra lại số.", in.Name, decimal.FormatTrimmed(n, in.Decimals))
		return false
	}
	if whole, bounded := in.whole(); bounded && n > whole {
		fs.about(*in, Error, "bound", "%s là phần trăm của một tổng nên từ 0 đến 100, không thể là %s; hãy kiểm tra dấu phẩy.", in.Name,
			decimal.FormatTrimmed(n, in.Decimals))
		return false
	}
	return true
}

// shares holds that a percentage which is computed is one, too: its first number is a part of its second.
func (fs *findings) shares(f *Form, values []Value) {
	for i := range f.Indicators {
		in := &f.Indicators[i]
		whole, bounded := in.whole()
		if in.Aggregation != Ratio || !bounded || !values[i].Set || values[i].Figure <= whole {
			continue
		}
		part, total := f.index[in.Numerator], f.index[in.Denominator]
		if fs.wrong(in.Numerator) || fs.wrong(in.Denominator) {
			continue // told already
		}
		fs.about(f.Indicators[part], Error, "share", "%s (%s) không thể lớn hơn %s (%s): %s sẽ quá 100%%.", f.Indicators[part].Name,
			decimal.FormatTrimmed(values[part].Figure, f.Indicators[part].Decimals), f.Indicators[total].Name,
			decimal.FormatTrimmed(values[total].Figure, f.Indicators[total].Decimals), in.Name)
	}
}

// A figure is far from another when one is at least farTimes the other and neither is small.
const (
	farTimes = 5
	farLeast = 20
)

// far asks for a reason where a figure stands far from all that the body reported before: the form's own question about
// the last period is then not put as well.
func (c *claim) far(f *Form, i int, before Before) {
	in, now, last, year := &f.Indicators[i], c.values[i], valueAt(before.Last, i), valueAt(before.Year, i)
	if !now.Set || c.found.wrong(in.Code) {
		return
	}
	if f.AskFar && (last.Set || year.Set) && (!last.Set || in.apart(now, last)) && (!year.Set || in.apart(now, year)) {
		beside := ""
		if last.Set {
			beside = "kỳ trước " + decimal.FormatTrimmed(last.Figure, in.Decimals)
		}
		if year.Set {
			if beside != "" {
				beside += ", "
			}
			beside += "cùng kỳ năm trước " + decimal.FormatTrimmed(year.Figure, in.Decimals)
		}
		c.found.about(*in, Warning, "far", "%s là %s, cách xa số đã báo cáo (%s); nếu đúng, hãy ghi lý do.", in.Name,
			decimal.FormatTrimmed(now.Figure, in.Decimals), beside)
		return
	}
	if in.Warn > 0 && last.Set && changedMoreThan(last.Figure, now.Figure, in.Warn) {
		c.found.about(*in, Warning, "change", "%s thay đổi quá %d%% so với kỳ trước (%s → %s); hãy kiểm tra hoặc ghi lý do.", in.Name, in.Warn,
			decimal.FormatTrimmed(last.Figure, in.Decimals), decimal.FormatTrimmed(now.Figure, in.Decimals))
	}
}

func (in *Indicator) apart(a, b Value) bool {
	low, high := min(a.Figure, b.Figure), max(a.Figure, b.Figure)
	least, ok := decimal.Rescale(farLeast, 0, in.Decimals)
	return ok && low >= least && low <= high/farTimes
}

// changedMoreThan compares in 128 bits, so that no bound and no figure is too large: |b−a| × 100 > |a| × percent.
func changedMoreThan(a, b int64, percent int) bool {
	if a == 0 {
		return b != 0
	}
	ratio, ok := decimal.MulDiv(b, 10000, a)
	if !ok {
		return true
	}
	change := ratio - 10000
	if change < 0 {
		change = -change
	}
	return change > int64(percent)*100
}
