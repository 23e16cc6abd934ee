package report

import (
	"bytes"
	"testing"
	"testing/quick"
)

func TestWhatIsPackedComesBack(t *testing.T) {
	if err := quick.Check(func(figures []int64, flags []byte) bool {
		values := make([]Value, min(len(figures), mostIndicators))
		for i := range values {
			var f byte
			if len(flags) > 0 {
				f = flags[i%len(flags)]
			}
			if f&1 == 0 {
				continue
			}
			values[i] = Value{Set: true, Figure: figures[i], Estimate: f&2 != 0}
			if f&4 != 0 {
				second := figures[len(figures)-1-i]
				values[i].Over = &second
			}
		}
		got, err := unpackValues(nil, packValues(values))
		if err != nil || len(got) != len(values) {
			return false
		}
		for i, v := range values {
			g := got[i]
			if v.Set != g.Set || v.Figure != g.Figure || v.Estimate != g.Estimate || (v.Over == nil) != (g.Over == nil) ||
				v.Over != nil && *v.Over != *g.Over {
				return false
			}
		}
		return true
	}, nil); err != nil {
		t.Error(err)
	}
}

func FuzzUnpackValues(f *testing.F) {
	second := int64(503)
	f.Add(packValues(nil))
	f.Add(packValues([]Value{{Set: true, Figure: 490, Estimate: true, Over: &second}, {}, {Set: true, Figure: -1 << 63}}))
	f.Add([]byte{1, 9, 3, 255, 255})
	f.Fuzz(func(t *testing.T, b []byte) {
		values, err := unpackValues(nil, b)
		if err != nil {
			return
		}
		again, err := unpackValues(nil, packValues(values))
		if err != nil || len(again) != len(values) {
			t.Fatalf("%x: %v", b, err)
		}
	})
}

func FuzzUnpackTotals(f *testing.F) {
	form := &Form{Outline: Outline{Indicators: []Indicator{{Code: "a", Aggregation: Sum}, {Code: "b", Aggregation: Last},
		{Code: "c", Aggregation: Ratio, Numerator: "a", Denominator: "b", Factor: 100}}}}
	form.prepare()
	t := newTotals(form)
	for n := range int32(5) {
		if err := t.put(form, n, []Value{{Set: true, Figure: int64(n), Estimate: n%2 == 0}, {Set: n%3 == 0, Figure: 7}}, 1); err != nil {
			f.Fatal(err)
		}
	}
	f.Add(t.pack())
	f.Add([]byte{1, 0, 1, 0, 0, 255, 255, 255, 255, 15})
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := unpackTotals(b)
		if err != nil {
			return
		}
		if again, err := unpackTotals(got.pack()); err != nil || !bytes.Equal(again.pack(), got.pack()) {
			t.Fatalf("%x: %v", b, err)
		}
	})
}

func FuzzUnpackRoster(f *testing.F) {
	f.Add(packRoster([]Seat{{Body{"01fzvq6g8088w7905zha2d95", "SYT"}, 5}, {Body{"01fzvq6g807z40b108mqwpp4", "SGDDT"}, 0}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		bodies, err := unpackRoster(b)
		if err == nil && len(bodies) > len(b) {
			t.Fatalf("%d bodies in %d bytes", len(bodies), len(b))
		}
	})
}

func FuzzImportLine(f *testing.F) {
	f.Add([]byte("SYT,2022-Q1,kham,10,1"))
	f.Add([]byte(`"SYT","2022-Q1","kham","10",""`))
	f.Fuzz(func(t *testing.T, line []byte) {
		var cells [5][]byte
		if err := splitLine(line, cells[:]); err != nil && err.Error() == "" {
			t.Fatal("lỗi không có câu giải thích")
		}
	})
}

// What a body's report adds to the totals it takes out again to the last bit.
func TestTotalsForgetWhatIsTakenOut(t *testing.T) {
	form := &Form{Outline: Outline{Indicators: []Indicator{{Code: "a", Aggregation: Sum}, {Code: "b", Aggregation: Last}}}}
	form.prepare()
	kept := newTotals(form)
	for n := range int32(3) {
		if err := kept.put(form, n, []Value{{Set: true, Figure: 5, Estimate: true}, {}}, 1); err != nil {
			t.Fatal(err)
		}
	}
	before := kept.pack()
	if err := kept.put(form, 7, []Value{{Set: true, Figure: 1<<63 - 1}, {}}, 1); err == nil {
		t.Error("tràn số phải bị từ chối")
	}
	kept, err := unpackTotals(before)
	if err != nil {
		t.Fatal(err)
	}
	for _, sign := range []int64{1, -1} {
		if err := kept.put(form, 1000, []Value{{Set: true, Figure: -9, Estimate: true}, {}}, sign); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(kept.pack(), before) {
		t.Error("lấy ra không trả về như trước")
	}
}
