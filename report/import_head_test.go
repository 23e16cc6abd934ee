package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"giaoban/internal/table"
	"giaoban/report"
)

// groupedTables are shapes in which offices name the columns of a table in two lines. Each says the same of two departments:
// 1.234 and 1.000 visits, 600 and 410 of them women, 861 and 12 doctors.
var groupedTables = map[string]string{
	"nhóm trên hai cột, dòng đơn vị, dòng đánh số, dòng cộng": `Biểu 02: Kết quả khám chữa bệnh quý I
Đơn vị tính: lượt, người;;;;
TT;Đơn vị;Khám chữa bệnh;;Nhân lực
;;Lượt khám bệnh;Lượt khám là nữ;Số bác sĩ
(1);(2);(3);(4);(5)
1;Sở SYT;1.234;600;861
2;Sở SGDDT;1.000;410;12
Tổng cộng;;2.234;1.010;873
`,
	"tên cơ quan ở dòng dưới, đơn vị dưới tên cột": `;Khám chữa bệnh;;Nhân lực
Cơ quan;Lượt khám bệnh;Lượt khám là nữ;Số bác sĩ
;lượt;lượt;người
SYT;1234;600;861
SGDDT;1000;410,0;12
`,
	"thực hiện và kế hoạch dưới tên chỉ tiêu": `TỈNH ỦY VÂN SƠN;;;;ĐẢNG CỘNG SẢN VIỆT NAM;
BAN TUYÊN GIÁO;;;;;
Số liệu phục vụ giao ban;;;;;
STT;Tên đơn vị;Lượt khám bệnh;;Lượt khám là nữ;Số bác sĩ
;;Thực hiện;Kế hoạch năm;;
A;B;1;2;3;4
1;Sở SYT;1.234;5.000;600;861
2;Sở SGDDT;1.000;N/A;410;12
Người lập biểu;;;;Thủ trưởng;
`,
	"xoay ngang: cơ quan thành nhóm cột, có dòng mục": `Chỉ tiêu;Đơn vị tính;Sở SYT;;Sở SGDDT;
;;Thực hiện;Cùng kỳ;Thực hiện;Cùng kỳ
I. Y tế;;;;;
Lượt khám bệnh;lượt;1.234;1.100;1.000;900
Lượt khám là nữ;lượt;600;550;410;400
Số bác sĩ;người;861;860;12;12
`,
}

// takenAs gives what a shape leaves to a person.
var takenAs = map[string]string{
	"Nhân lực - Số bác sĩ": "bacsi", "Lượt khám bệnh - Kế hoạch năm": report.LeftOut,
	"Sở SYT - Cùng kỳ": report.LeftOut, "Sở SGDDT - Cùng kỳ": report.LeftOut,
}

func TestATableWithNamesInTwoLinesIsReadAndAskedAbout(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		for name, text := range groupedTables {
			for way, text := range map[string]string{"csv": text, "pasted": strings.ReplaceAll(text, ";", "\t")} {
				im, how, err := o.tableRead(t, text)
				if im != nil || err != nil || len(how.Asked) == 0 || how.Heads != 2 {
					t.Fatalf("%s, %s: %d lines of heads, asked %v, %v", name, way, how.Heads, how.Asked, err)
				}
				chosen := confirmed(t, name, how)
				if im, how, err = o.tableRead(t, text, chosen...); im == nil || err != nil {
					t.Fatalf("%s, %s: asked again %v, %v", name, way, how.Asked, err)
				}
				said := fmt.Sprintf("%+v %v", im.Preview().Total, im.Preview().Refused)
				if im.Preview().Total.New != 6 || len(im.Preview().Refused) != 0 || len(im.Preview().Bodies) != 2 {
					t.Errorf("%s, %s: %s", name, way, said)
				}
			}
		}
		first := groupedTables["nhóm trên hai cột, dòng đơn vị, dòng đánh số, dòng cộng"]
		_, how, _ := o.tableRead(t, first)
		im, how, err := o.tableRead(t, first, confirmed(t, "", how)...)
		if err != nil || im == nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(how.Above, how.LeftOut()), "[Biểu 02: Kết quả khám chữa bệnh quý I Đơn vị tính: lượt, người] [Tổng cộng]"; got != want {
			t.Errorf("told %s, not %s", got, want)
		}
		if result := o.enter(t, im); result.New != 6 || result.Reports != 2 {
			t.Errorf("%+v", result)
		}
		if im, how, err = o.tableRead(t, first); err != nil || im == nil || len(how.Asked) != 0 || im.Preview().Total.Unchanged != 6 {
			t.Errorf("once entered its names are known: %v, %v", how.Asked, err)
		}
		o.verified(t)
	})
}

// confirmed is what a person takes of the proposals, with what is not proposed; a plan or another year is never proposed.
func confirmed(t *testing.T, name string, how report.TableReading) (chosen []report.TableLabel) {
	t.Helper()
	for _, one := range how.Asked {
		if strings.Contains(one.Text, "Kế hoạch") || strings.Contains(one.Text, "Cùng kỳ") {
			if one.Means != "" {
				t.Errorf("%s: %q is proposed as %q", name, one.Text, one.Means)
			}
		} else if one.Means == "" {
			t.Errorf("%s: nothing is proposed for %q", name, one.Text)
		}
		if means := takenAs[one.Text]; means != "" {
			one.Means = means
		}
		chosen = append(chosen, one)
	}
	return chosen
}

// A workbook says itself which cells are merged: a column beside a group is none of its columns.
func TestMergedCellsOfAWorkbookNameTheirColumns(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for cell, value := range map[string]any{"A1": "Kết quả quý I của khối", "A2": "TT", "B2": "Đơn vị", "C2": "Khám chữa bệnh", "C3": "Lượt khám bệnh", "D3": "Lượt khám là nữ",
		"E3": "Số bác sĩ", "A4": 1, "B4": "SYT", "C4": 1234, "D4": 600, "E4": 861, "A5": "Cộng", "C5": 1234, "D5": 600, "E5": 861, "F4": 7} {
		must(t, f.SetCellValue("Sheet1", cell, value))
	}
	for _, m := range [][2]string{{"A1", "E1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"A5", "B5"}} {
		must(t, f.MergeCell("Sheet1", m[0], m[1]))
	}
	var content bytes.Buffer
	must(t, f.Write(&content))
	rows, err := table.Read(bytes.NewReader(content.Bytes()), int64(content.Len()))
	must(t, err)
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		text := table.Text(rows) // as the page shows it
		if !report.IsTable(text) {
			t.Fatalf("no table: %q", text)
		}
		_, how, err := o.tableRead(t, text)
		must(t, err)
		want := "[{indicator Khám chữa bệnh - Lượt khám bệnh kham false} {indicator Khám chữa bệnh - Lượt khám là nữ kham_nu false} {indicator Cột không tên F  false}]"
		if fmt.Sprint(how.Asked) != want {
			t.Errorf("asked %v", how.Asked)
		}
		how.Asked[2].Means = report.LeftOut
		im, how, err := o.tableRead(t, text, how.Asked...)
		if err != nil || im == nil || im.Preview().Total.New != 3 {
			t.Errorf("%v: %v", how, err)
		}
	})
}

// What a table says of nobody is told, and stops it: a figure is never dropped in silence.
func TestAFigureWithoutANameIsTold(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.open(t, "2022-Q1")
		im, _, err := o.tableRead(t, "Đơn vị;Lượt khám bệnh\nSYT;1234\n;77\n")
		if err != nil || im == nil || len(im.Preview().Refused) != 1 || !strings.HasPrefix(im.Preview().Refused[0].Sentence, "Dòng 3: có số liệu nhưng không có tên") {
			t.Errorf("%v, %v", im, err)
		}
		_, how, err := o.tableRead(t, "Đơn vị;Quý I\n;Thực hiện\nSYT;1234\n")
		if err != nil || len(how.Asked) != 1 || how.Asked[0].Means != "" {
			t.Errorf("a name of time alone means nothing: %v, %v", how, err)
		}
	})
}
