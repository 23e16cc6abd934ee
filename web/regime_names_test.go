package web

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"giaoban/internal/fault"
	"giaoban/report"
)

// What a form shows of its formulas reads as the same formulas, for every kit the program brings.
func TestFormulasAreWrittenByName(t *testing.T) {
	for _, k := range report.Kits() {
		var p formPage
		p.show(k.Outline)
		typed := url.Values{"rules": {p.Rules}, "sectors": {p.Sectors}}
		byCode := 0
		for _, row := range p.Indicators {
			no := wholeText(row.N)
			for name, value := range map[string]string{"code.": row.Code, "name.": row.Name, "way.": row.Way, "ratio.": row.Ratio} {
				typed.Set(name+no, value)
			}
			if row.Ratio != "" && strings.Contains(row.Ratio, row.Code) {
				byCode++
			}
		}
		var again formPage
		o, err := again.read(&http.Request{PostForm: typed, Form: typed}, coding{})
		if err != nil || !reflect.DeepEqual(o.Rules, k.Outline.Rules) {
			t.Errorf("%s: %v; rules %v, want %v", k.Code, err, o.Rules, k.Outline.Rules)
		}
		for i, in := range o.Indicators {
			want := k.Outline.Indicators[i]
			if in.Numerator != want.Numerator || in.Denominator != want.Denominator || in.Factor != want.Factor {
				t.Errorf("%s, %s: %s / %s × %d", k.Code, in.Code, in.Numerator, in.Denominator, in.Factor)
			}
		}
		if byCode > 0 {
			t.Errorf("%s shows %d formulas by code", k.Code, byCode)
		}
	}
	o := operandsOf([]report.Indicator{{Code: "A", Name: "Số xã x phường"}, {Code: "B", Name: "Tổng số"}, {Code: "C", Name: "tổng số"}, {Code: "D", Name: "a/b"}})
	if code, err := o.code("số xã X phường"); code != "A" || err != nil {
		t.Errorf("%s %v", code, err)
	}
	if _, err := o.code("Tổng số"); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), "B, C") {
		t.Errorf("two of one name: %v", err)
	}
	if o.said("B") != "B" || o.said("D") != "D" || o.said("A") != "Số xã x phường" {
		t.Errorf("said %q %q %q", o.said("B"), o.said("D"), o.said("A"))
	}
	if found := ratioForm().FindStringSubmatch("Số xã x phường / Tổng số xã x 1.000"); found == nil || found[2] != " Tổng số xã" || found[3] != "1.000" {
		t.Errorf("%q", found)
	}
}
