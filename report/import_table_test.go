package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"giaoban/internal/db"
	"giaoban/internal/table"
	"giaoban/report"
)

// rowsOf reads a table as the page and the command do.
func rowsOf(t testing.TB, text string) []table.Row {
	t.Helper()
	rows, err := table.Read(strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// table reads a table for the quarter; undone takes nothing back, it is only read.
func (o *office) table(t *testing.T, text string, chosen ...report.TableLabel) (im *report.Import, asked []report.TableLabel, err error) {
	t.Helper()
	im, read, err := o.tableRead(t, text, chosen...)
	return im, read.Asked, err
}

func (o *office) tableRead(t *testing.T, text string, chosen ...report.TableLabel) (im *report.Import, read report.TableReading, err error) {
	t.Helper()
	rows := rowsOf(t, text)
	o.read(t, func(tx *db.Tx) error {
		im, read, err = report.ReadTable(tx, o.officer, "kg-quy", rows, report.TableOptions{Period: "2022-Q1", Chosen: chosen})
		return nil
	})
	return im, read, err
}

func (o *office) enter(t *testing.T, im *report.Import) (result report.ImportResult) {
	t.Helper()
	o.write(t, func(tx *db.Tx) (err error) {
		result, err = report.WriteImport(tx, o.officer, im, nil)
		return err
	})
	return result
}

// wide is a table of a bureau of statistics: a title, counted rows, names that are nearly those of the form, points for
// thousands and commas for decimals, zeros at the end, words for nothing, and a line of sums.
const wide = "Số liệu quý I năm 2022;;;;;;;\n" +
	"STT;Đơn vị;Lượt khám bệnh;Trong đó lượt khám nữ;Số bác sĩ;Tỷ lệ suy dinh dưỡng trẻ;Số trường;Tỷ lệ trường đạt chuẩn\n" +
	";;lượt;lượt;người;%;trường;%\n" +
	"1;Sở SYT;1.234;600,00;861,0;12,50;N/A;-\n" +
	"2;SGDDT;1.000;n/a;-;9,125;480/503;90,1\n" +
	"3;Phòng khoa học;5;–;;;;\n" +
	"4;Cộng;2.239;600;861;21,6;480;\n"

func TestAWideTableIsMappedOnceAndRemembered(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		im, asked, err := o.table(t, wide)
		if im != nil || err != nil {
			t.Fatalf("read without its names: %v", err)
		}
		want := "[{indicator Trong đó lượt khám nữ kham_nu false} {indicator Tỷ lệ suy dinh dưỡng trẻ sdd false} {body Phòng khoa học  false}]"
		if fmt.Sprint(asked) != want {
			t.Fatalf("asked %v", asked)
		}
		asked[2].Means = report.LeftOut
		if im, _, err = o.table(t, wide, asked...); err != nil || im == nil {
			t.Fatalf("with its names: %v", err)
		}
		p := im.Preview()
		if len(p.Refused) != 1 || p.Refused[0].Sentence != "Dòng 5, cột “Tỷ lệ suy dinh dưỡng trẻ”: Tỷ lệ trẻ suy dinh dưỡng: “9,125” đang được đọc có ba chữ số thập phân, nhiều hơn chỉ tiêu cho phép; nếu dấu phẩy để ngăn hàng nghìn, hãy viết 9.125." {
			t.Errorf("refused: %+v", p.Refused)
		}
		good := strings.Replace(wide, "9,125", "9,12", 1)
		if im, _, err = o.table(t, good, asked...); err != nil {
			t.Fatal(err)
		}
		result := o.enter(t, im)
		if result.New != 7 || result.Reports != 2 {
			t.Errorf("%+v", result)
		}
		if got := o.figures(t, "2022-Q1", report.Accepted); figure(t, got, "bacsi").Value == nil || *figure(t, got, "bacsi").Value != 861 || *figure(t, got, "kham").Value != 2234 {
			t.Errorf("added up: %+v", got.Figures)
		}
		im, asked, err = o.table(t, good) // once more: every name is known, and nothing changes
		if err != nil || im == nil || len(asked) != 0 {
			t.Fatalf("asked again: %v, %v", asked, err)
		}
		if p := im.Preview(); p.Total.New+p.Total.Changed+p.Total.Refused != 0 || p.Total.Unchanged != 7 {
			t.Errorf("the same again: %+v", p.Total)
		}
		turned := "Chỉ tiêu;Đơn vị tính;SYT;SGDDT\nLượt khám bệnh;lượt;1.234;1.001\nTrong đó lượt khám nữ;lượt;600;\n"
		if im, asked, err = o.table(t, turned); err != nil || im == nil {
			t.Fatalf("the other way round: %v, %v", asked, err)
		}
		if p := im.Preview(); p.Total.Changed != 1 || p.Total.Unchanged != 2 {
			t.Errorf("the other way round: %+v", p.Total)
		}
		long := "org;period;indicator;value;estimate\nSYT;2022-Q1;kham;1.240;\nSGDDT;2022-Q1;sdd;9,12;\nSGDDT;2022-Q1;bacsi;N/A;\nXYZ;2022-Q1;kham;1;\n"
		if im, _, err = o.table(t, long); err != nil {
			t.Fatal(err)
		}
		if p := im.Preview(); p.Total.Changed != 1 || p.Total.Unchanged != 1 || len(p.Refused) != 1 || !strings.HasPrefix(p.Refused[0].Sentence, "Dòng 5: Không có cơ quan") {
			t.Errorf("a file with semicolons: %+v", p)
		}
		o.verified(t)
	})
}

// pasted is a table of 200 bodies by 20 figures, as a spreadsheet copies it.
func pasted() string {
	var b strings.Builder
	b.WriteString("Cơ quan")
	for i := range 20 {
		fmt.Fprintf(&b, "\tChỉ tiêu %d", i+11+i/9)
	}
	for body := range 200 {
		fmt.Fprintf(&b, "\nCơ quan %d", body+1)
		for i := range 20 {
			fmt.Fprintf(&b, "\t%d,%d0", body*7%97, i%10)
		}
	}
	return b.String()
}

// readPasted reads it, holds it against what stands and judges it: what happens between the paste and the preview.
func readPasted(t testing.TB, d *db.DB) report.Preview {
	t.Helper()
	var p report.Preview
	must(t, d.Read(t.Context(), func(tx *db.Tx) error {
		rows, err := table.Pasted(pasted())
		if err != nil {
			return err
		}
		im, read, err := report.ReadTable(tx, system, "bench", rows, report.TableOptions{Period: "2025-08"})
		if err != nil || im == nil {
			return fmt.Errorf("%v, %w", read.Asked, err)
		}
		p = im.Preview()
		return nil
	}))
	return p
}

func TestATableOfFourThousandCellsIsReadInHalfASecond(t *testing.T) {
	d, _ := benchOffice(t, 200)
	best := time.Hour
	for range 5 { // a busy machine is not a slow program
		begin := time.Now()
		if p := readPasted(t, d); p.Total.New != 4000 || len(p.Refused) != 0 {
			t.Fatalf("%+v, %v", p.Total, p.Refused)
		}
		best = min(best, time.Since(begin))
	}
	t.Logf("4000 cells: %v", best)
	if best > 500*time.Millisecond {
		t.Errorf("4000 cells took %v", best)
	}
}

func BenchmarkPasteOf200By20(b *testing.B) {
	d, _ := benchOffice(b, 200)
	for b.Loop() {
		readPasted(b, d)
	}
}
