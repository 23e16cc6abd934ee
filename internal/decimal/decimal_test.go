package decimal_test

import (
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"

	"giaoban/internal/decimal"

	"pgregory.net/rapid"
)

func TestNumbersOfTheAPI(t *testing.T) {
	for _, c := range []struct {
		in       string
		decimals int
		want     int64
		kind     decimal.Kind
	}{
		{"12.50", 2, 1250, 0},
		{"12.5", 2, 1250, 0},
		{"-3", 2, -300, 0},
		{"007", 0, 7, 0},
		{"-0", 1, 0, 0},
		{"9223372036854775807", 0, math.MaxInt64, 0},
		{"-9223372036854775808", 0, math.MinInt64, 0},
		{"9223372036854775808", 0, 0, decimal.Overflow},
		{"9223372036854775807", 1, 0, decimal.Overflow},
		{"99999999999999999999999", 0, 0, decimal.Overflow},
		{"12.505", 2, 0, decimal.TooManyDecimals},
		{"12.0", 0, 0, decimal.TooManyDecimals},
		{"", 2, 0, decimal.Empty},
		{".5", 2, 0, decimal.Malformed},
		{"5.", 2, 0, decimal.Malformed},
		{"-", 2, 0, decimal.Malformed},
		{"-.5", 2, 0, decimal.Malformed},
		{"+5", 2, 0, decimal.Malformed},
		{"1e3", 2, 0, decimal.Malformed},
		{"1,5", 2, 0, decimal.Malformed},
		{" 1", 2, 0, decimal.Malformed},
		{"1.2.3", 2, 0, decimal.Malformed},
		{"1", 7, 0, decimal.Malformed},
	} {
		got, err := decimal.Parse(c.in, c.decimals)
		if got != c.want || kind(err) != c.kind {
			t.Errorf("Parse(%q, %d) = %d, %v", c.in, c.decimals, got, err)
		}
	}
}

func kind(err error) decimal.Kind {
	var e *decimal.Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return 0
}

func TestNumbersAsOfficersTypeThem(t *testing.T) {
	for _, c := range []struct {
		in       string
		decimals int
		want     string // Format of the value, "!" when refused
		note     bool
	}{
		{"1.915.509", 0, "1915509", false},
		{"73,76", 2, "73.76", false},
		{"8,5", 1, "8.5", false},
		{"8.5", 1, "8.5", true},
		{"1.234", 3, "1234.000", true},
		{"1.234,5", 1, "1234.5", false},
		{"0.123", 3, "0.123", true},
		{"1234.5", 1, "1234.5", true},
		{"1 915 509", 0, "1915509", false},
		{"1\u00a0915\u202f509,5", 1, "1915509.5", false},
		{"02", 0, "2", false},
		{"+7,8%", 1, "7.8", false},
		{"\u22122,9 %", 1, "-2.9", false},
		{"1,234,567", 0, "1234567", true},
		{"1,234.56", 2, "1234.56", true},
		{"8,50", 1, "8.5", false},
		{"1,500", 0, "!", false},
		{"0,500", 1, "0.5", false},
		{"8,55", 1, "!", false},
		{"1.23.456", 0, "!", false},
		{"1.915 509", 0, "!", false},
		{"12 tỷ", 0, "!", false},
		{"1/3/2022", 0, "!", false},
		{"5/", 0, "!", false},
		{"--5", 0, "!", false},
		{"", 0, "!", false},
		{"ước", 0, "!", false},
		{"99999999999999999999", 0, "!", false},
		{strings.Repeat("9", 5000), 0, "!", false},
	} {
		got, err := decimal.ParseVietnamese(c.in, c.decimals)
		if err != nil {
			if c.want != "!" {
				t.Errorf("%q: %v", c.in, err)
			}
			continue
		}
		if f := decimal.Format(got.Value, c.decimals); f != c.want || (got.Note != "") != c.note {
			t.Errorf("%q = %s, ghi chú %q; cần %s", c.in, f, got.Note, c.want)
		}
	}
}

// A point before three digits has two readings where decimals are possible, and the program never writes one itself.
func TestAPointWithTwoReadingsIsTold(t *testing.T) {
	for _, c := range []struct {
		in       string
		decimals int
		doubt    string
	}{
		{"96.125", 3, "96.125"}, {"ước 96.125", 1, "96.125"}, {"1/96.125", 3, "96.125"}, {"-96.125%", 3, "96.125"},
		{"96.125", 0, ""}, {"96,125", 3, ""}, {"96125", 3, ""}, {"0.125", 3, ""}, {"96.125,0", 3, ""}, {"1.096.125", 3, ""}, {"1096.125", 3, ""}, {"96.12", 3, ""},
	} {
		if got, err := decimal.ParseVietnamese(c.in, c.decimals); err != nil || got.Doubt != c.doubt {
			t.Errorf("%q, %d: %q, %v", c.in, c.decimals, got.Doubt, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		v, d := rapid.Int64().Draw(t, "v"), rapid.IntRange(0, decimal.MaxDecimals).Draw(t, "d")
		if got, err := decimal.ParseVietnamese(decimal.FormatTyped(v, d), d); err != nil || got.Value != v || got.Doubt != "" {
			t.Fatalf("%s: %+v, %v", decimal.FormatTyped(v, d), got, err)
		}
	})
}

func TestEstimatesAndPairsAreKept(t *testing.T) {
	for _, s := range []string{"ước 4,9", "Ước đạt 4,9%", "ươ\u0301c 4,9", "4,9 (ước)"} {
		if got, err := decimal.ParseVietnamese(s, 1); err != nil || got.Value != 49 || !got.Estimate {
			t.Errorf("%q: %+v, %v", s, got, err)
		}
	}
	got, err := decimal.ParseVietnamese("24.020/24.000", 0)
	if err != nil || got.Value != 24020 || got.Over == nil || *got.Over != 24000 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, _ := decimal.ParseVietnamese("75%/85%", 0); got.Value != 75 || *got.Over != 85 || !got.Percent {
		t.Errorf("%+v", got)
	}
}

func TestARefusalTellsHowToMendIt(t *testing.T) {
	_, err := decimal.ParseVietnamese("1,500", 0)
	if err == nil || !strings.Contains(err.Error(), "hãy viết 1.500") {
		t.Error(err)
	}
	if !errors.Is(err, &decimal.Error{Kind: decimal.TooManyDecimals}) {
		t.Error("errors.Is phải nhận ra loại lỗi")
	}
}

func TestWhatIsWrittenCanBeReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, d := rapid.Int64().Draw(t, "v"), rapid.IntRange(0, decimal.MaxDecimals).Draw(t, "d")
		if got, err := decimal.Parse(decimal.Format(v, d), d); err != nil || got != v {
			t.Fatalf("%s: %d, %v", decimal.Format(v, d), got, err)
		}
		for _, s := range []string{decimal.FormatVietnamese(v, d), decimal.FormatTrimmed(v, d)} {
			if got, err := decimal.ParseVietnamese(s, d); err != nil || got.Value != v {
				t.Fatalf("%s: %+v, %v", s, got, err)
			}
		}
	})
	if s := decimal.FormatVietnamese(191550900, 2) + " " + decimal.FormatTrimmed(7370, 2) + " " + decimal.FormatTrimmed(-1200, 2); s != "1.915.509,00 73,7 -12" {
		t.Error(s)
	}
}

func TestDivisionRoundsHalfAwayFromZeroOnce(t *testing.T) {
	for _, c := range [][4]int64{{1, 1, 2, 1}, {-1, 1, 2, -1}, {5, 1, 10, 1}, {49, 1, 100, 0}, {490, 10000, 503, 9742}, {math.MinInt64, 1, 1, math.MinInt64}} {
		if got, ok := decimal.MulDiv(c[0], c[1], c[2]); !ok || got != c[3] {
			t.Errorf("%v: %d %v", c, got, ok)
		}
	}
	if _, ok := decimal.MulDiv(1, 1, 0); ok {
		t.Error("chia cho 0 phải bị từ chối")
	}
	rapid.Check(t, func(t *rapid.T) {
		a, f, d := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "f"), rapid.Int64().Draw(t, "d")
		if d == 0 {
			return
		}
		// floor((2|n| + |d|) / 2|d|) with the sign put back, in arbitrary precision.
		n := new(big.Int).Mul(big.NewInt(a), big.NewInt(f))
		sign := n.Sign() * big.NewInt(d).Sign()
		n.Abs(n)
		dd := new(big.Int).Abs(big.NewInt(d))
		n.Add(n.Lsh(n, 1), dd).Quo(n, dd.Lsh(dd, 1))
		if sign < 0 {
			n.Neg(n)
		}
		got, ok := decimal.MulDiv(a, f, d)
		if ok != n.IsInt64() || ok && got != n.Int64() {
			t.Fatalf("%d*%d/%d = %d %v, cần %s", a, f, d, got, ok, n)
		}
	})
}

func TestRescaleAndAdd(t *testing.T) {
	if v, ok := decimal.Rescale(1255, 2, 1); !ok || v != 126 {
		t.Error(v, ok)
	}
	if v, ok := decimal.Rescale(-5, 0, 6); !ok || v != -5e6 {
		t.Error(v, ok)
	}
	if _, ok := decimal.Rescale(math.MaxInt64, 0, 1); ok {
		t.Error("tràn số phải được báo")
	}
	for _, c := range []struct {
		a, b int64
		ok   bool
	}{{1, 2, true}, {5, 0, true}, {math.MaxInt64, 1, false}, {math.MinInt64, -1, false}, {math.MinInt64, math.MaxInt64, true}} {
		if v, ok := decimal.Add(c.a, c.b); ok != c.ok || ok && v != c.a+c.b {
			t.Error(c, v, ok)
		}
	}
}

func FuzzParseVietnamese(f *testing.F) {
	for _, s := range []string{"1.915.509", "73,76", "ước 4,9", "490/503", "1,234.56", "-\u00a03 %", "0.123"} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, decimals int) {
		got, err := decimal.ParseVietnamese(s, decimals)
		if err != nil {
			if kind(err) == 0 || err.Error() == "" {
				t.Fatalf("%q: lỗi không có câu giải thích: %v", s, err)
			}
			return
		}
		again, err := decimal.ParseVietnamese(decimal.FormatVietnamese(got.Value, decimals), decimals)
		if err != nil || again.Value != got.Value {
			t.Fatalf("%q = %d, đọc lại %d, %v", s, got.Value, again.Value, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, _ = decimal.Parse("12345.67", 2)
	}
}
