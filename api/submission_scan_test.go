package api

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// The quick reader may give up on anything, but where it reads, it reads what the general reader reads.
func FuzzTheQuickReaderReadsWhatTheGeneralReaderReads(f *testing.F) {
	for _, text := range []string{
		`{"org":"SYT","values":{"KHAM":"12.50","TIEM":null},"estimates":["KHAM"],"sections":[{"section":"results","sector":"YTE","paragraphs":["a","b"]}]}`,
		` { "org" : "SYT" , "values" : { } , "reason" : "ế" } `, `{"org":"SYT","values":{"A":"1","A":"2"}}`, `{"org":"SYT","values":{"A":"\u0031"}}`,
		`{"org":"SYT","org":"X"}`, `{"org":"SYT","sections":[{}],"estimates":[]}`, `{"org":"SYT"}x`, `{"org":"SYT","nil":true}`, `{"org":""}`, "{\"org\":\"\xff\"}",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		quick, ok := scanSubmission(text)
		if !ok {
			return
		}
		general, err := decodeSubmission(text)
		if err != nil {
			t.Fatalf("%q: only the general reader refuses: %v", text, err)
		}
		if !reflect.DeepEqual(quick, general) {
			t.Fatalf("%q: %+v, the general reader reads %+v", text, quick, general)
		}
	})
}

// What docs/decisions/0016-a-reader-of-our-own-for-submissions.md rests on.
func BenchmarkReadersOfASubmission(b *testing.B) {
	text := []byte(`{"org":"B0001","values":{`)
	for i := range 60 {
		text = fmt.Appendf(text, `"I%02d":"%d.%02d",`, i+1, 1234*i, i)
	}
	text = fmt.Appendf(text[:len(text)-1], `},"sections":[{"section":"results","sector":"S1","paragraphs":[%q]}]}`,
		strings.Repeat("Đã triển khai kế hoạch của tháng đúng tiến độ. ", 6))
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			if _, ok := scanSubmission(text); !ok {
				b.Fatal("the usual form was not read")
			}
		}
	})
	b.Run("ours, with what is refused", func(b *testing.B) {
		for b.Loop() {
			if _, err := readSubmission(text); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			if _, err := decodeSubmission(text); err != nil {
				b.Fatal(err)
			}
		}
	})
}
