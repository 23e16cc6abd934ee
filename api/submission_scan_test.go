package api

import (
	"reflect"
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
