package consolidation_test

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"strings"
	"testing"

	"giaoban/consolidation"
	"giaoban/internal/fault"
	"giaoban/paper"
	"giaoban/report"
)

// A chart stands in the report only where it was asked for, tells what is uncertain, and never enters a signed paper.
func TestAChartIsDrawnWhereItIsAskedFor(t *testing.T) {
	eachQuarterOffice(t, func(o *quarterOffice) {
		o.usual()
		c, err := consolidation.Compose(o.tx, o.officer, "kg-thang", quarter, report.Accepted)
		o.ok(err)
		word := func(charts ...string) map[string]string {
			file, err := consolidation.File(o.tx, o.officer, c, "docx", "", charts, nil)
			o.ok(err)
			return unpacked(t, file.Body)
		}
		if plain := word(); plain["word/media/bieudo1.emf"] != "" || strings.Contains(plain["word/document.xml"], "Biểu đồ") {
			o.t.Error("a chart nobody asked for")
		}
		asked := word("kham", "truong")
		text := html.UnescapeString(asked["word/document.xml"])
		if asked["word/media/bieudo1.emf"] == "" || asked["word/media/bieudo2.emf"] == "" {
			o.t.Error("the charts are not in the file")
		}
		for _, want := range []string{"Lượt khám, chữa bệnh (lượt). quý I năm 2022: 1.915.509, có phần ước", "Trường đạt chuẩn quốc gia (trường)", "Chấm rỗng"} {
			if !strings.Contains(text, want) {
				o.t.Errorf("the file does not say %q", want)
			}
		}
		_, err = consolidation.File(o.tx, o.officer, c, "pdf", "", []string{"bhyt"}, nil)
		o.ok(err)
		_, err = consolidation.File(o.tx, o.officer, c, "docx", "", []string{"la"}, nil)
		o.refused(err, fault.KindMissing, "chỉ tiêu la")
		_, err = consolidation.File(o.tx, o.officer, c, "docx", "", make([]string, 7), nil)
		o.refused(err, fault.KindInvalid, "nhiều nhất 6")

		stored := o.consolidate()
		o.ok(consolidation.PutForward(o.tx, o.officer, stored.ID, stored.Version))
		signed, err := consolidation.Sign(o.tx, o.leader, stored.ID, stored.Version, paper.Signature{Signer: "Nguyễn Minh Quân", Title: "Trưởng ban"})
		o.ok(err)
		_, err = consolidation.File(o.tx, o.officer, signed, "docx", "", []string{"kham"}, nil)
		o.refused(err, fault.KindInvalid, "đã ký")
	})
}

func unpacked(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
	}
	return parts
}
