package calendar_test

import (
	"testing"

	"giaoban/calendar"
	"giaoban/internal/fault"
)

func TestAPeriodIsReadAsItIsSaid(t *testing.T) {
	for _, stable := range []string{"2022-01", "2022-12", "2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4", "2022-H1", "2022-H2", "2022-9M", "2022", "2022..2025"} {
		want := calendar.MustPeriod(stable)
		for _, said := range []string{stable, want.Name(), " " + want.Name() + " "} {
			if got, err := calendar.ReadPeriod(said); err != nil || got != want {
				t.Errorf("%q is read as %s, %v", said, got, err)
			}
		}
	}
	for said, stable := range map[string]string{"Quý 1/2022": "2022-Q1", "QUÝ IV - 2022": "2022-Q4", "quy ii 2022": "2022-Q2", "Tháng 03/2022": "2022-03",
		"9 tháng năm 2022": "2022-9M", "cả năm 2022": "2022"} {
		if got, err := calendar.ReadPeriod(said); err != nil || got != calendar.MustPeriod(stable) {
			t.Errorf("%q is read as %s, %v", said, got, err)
		}
	}
	for _, said := range []string{"", "quý V năm 2022", "tháng 13 năm 2022", "quý 2022", "1/2022", "năm 99999"} {
		if got, err := calendar.ReadPeriod(said); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q is read as %s, %v", said, got, err)
		}
	}
}
