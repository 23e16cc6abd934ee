package official

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"giaoban/document"
	"giaoban/internal/officetest"
)

func inHands(t testing.TB, d Document) *officetest.Hands {
	t.Helper()
	var file bytes.Buffer
	if err := WriteDocx(&file, d); err != nil {
		t.Fatal(err)
	}
	return officetest.InHands(t, file.Bytes())
}

func comesBack(t testing.TB, c *officetest.Hands) document.Document {
	t.Helper()
	back, err := document.Read(context.Background(), "sua.docx", c.File())
	if err != nil {
		t.Fatal(err)
	}
	return back
}

// quarterReport is a consolidated report as Khánh Hòa writes it, each paragraph with where it came from.
func quarterReport() Document {
	d := partyReport(hd36())
	from := func(n int, text string) Paragraph {
		return Paragraph{Runs: Text(text), Origin: Origin{fmt.Sprintf("submission/s%d/KQ/YT/1", n), fmt.Sprintf("Cơ quan %d", n)}}
	}
	d.Body = Ended(d.Profile, []Block{
		Paragraph{Runs: Text("Trên cơ sở báo cáo của 04 cơ quan, Ban tổng hợp kết quả quý I như sau:")},
		Heading{Level: 1, Runs: Text("Kết quả thực hiện")},
		Heading{Level: 2, Runs: Text("Y tế")},
		from(1, "Toàn tỉnh đã khám, chữa bệnh cho 151.500 lượt người, tăng 7,2% so với cùng kỳ."),
		from(2, "Đã tiêm phòng đủ mũi cho trẻ dưới một tuổi tại mọi xã, phường."),
		Heading{Level: 2, Runs: Text("Giáo dục")},
		from(3, "Có 503 trường đạt chuẩn quốc gia; thư viện các trường được bổ sung sách mới trước năm học."),
		from(4, "Hội thi giáo viên dạy giỏi được tổ chức ở cả ba cấp học và kết thúc trong tháng 3."),
		figuresOf("Lượt khám, chữa bệnh", "151.500", "Trường đạt chuẩn", "503"),
		Heading{Level: 1, Runs: Text("Nhiệm vụ trọng tâm quý II")},
		NumberedItem{Level: 1, Runs: Text("Rà soát cơ sở vật chất các trường vùng sâu."), Origin: Origin{"submission/s3/NV/GD/1", "Cơ quan 3"}},
		NumberedItem{Level: 1, Runs: Text("Chuẩn bị kỳ thi tốt nghiệp trung học phổ thông."), Origin: Origin{"submission/s3/NV/GD/2", "Cơ quan 3"}},
		NumberedItem{Level: 1, Runs: Text("Kiểm tra an toàn thực phẩm tại các bếp ăn tập thể."), Origin: Origin{"submission/s1/NV/YT/1", "Cơ quan 1"}},
	})
	return d
}

func figuresOf(cells ...string) Table {
	t := Table{Columns: []Column{{Title: "Chỉ tiêu", Width: 3}, {Title: "Số liệu", Width: 1, Align: Right}}}
	for i := 0; i+1 < len(cells); i += 2 {
		t.Rows = append(t.Rows, []Cell{{Runs: Text(cells[i]), RowHead: true}, C(cells[i+1])})
	}
	return t
}

// told writes what came back as a line each: state, block, old, new, whether a person is asked.
func told(r Returned) (all []string) {
	for _, l := range r.Lines {
		line := fmt.Sprintf("%s %d", l.State, l.Block)
		if l.State == LineNew || l.State == LineMoved {
			line += fmt.Sprintf(" sau %d", l.Behind)
		}
		if l.Cell != nil {
			line += fmt.Sprintf(" ô %d,%d", l.Cell.Row, l.Cell.Column)
		}
		if len(l.Joined) > 0 {
			line += fmt.Sprint(" gộp ", l.Joined)
		}
		line += " | " + l.Old + " | " + strings.ReplaceAll(l.New, "\n", " ⏎ ")
		if l.Unsure != "" {
			line += " | hỏi"
		}
		for _, f := range l.Figures {
			line += " | " + f
		}
		if l.Outside() {
			line += " | " + l.Where
		}
		all = append(all, line)
	}
	return all
}

func TestAPaperComesBackFromALeadersWord(t *testing.T) {
	d := quarterReport()
	written, err := WriteReadable(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	moved := d
	moved.Body = append(append(slices.Clone(d.Body[:10]), d.Body[11:]...), d.Body[10])
	rewritten, err := WriteReadable(t.Context(), moved)
	if err != nil {
		t.Fatal(err)
	}
	c := inHands(t, d)
	c.Move("Rà soát cơ sở", "Kiểm tra an toàn")
	if again := told(Return(moved, rewritten, comesBack(t, c))); len(again) > 0 {
		t.Errorf("moved already, and told again: %s", again)
	}
	for _, one := range []struct {
		name string
		hand func(c *officetest.Hands)
		want []string
	}{
		{"untouched", func(*officetest.Hands) {}, nil},
		{"a word", func(c *officetest.Hands) { c.Change("mọi xã, phường", "100% xã, phường") },
			[]string{"changed 4 | Đã tiêm phòng đủ mũi cho trẻ dưới một tuổi tại mọi xã, phường. | Đã tiêm phòng đủ mũi cho trẻ dưới một tuổi tại 100% xã, phường."}},
		{"a figure that the table has", func(c *officetest.Hands) { c.Change("503", "516") },
			[]string{"changed 6 | Có 503 trường đạt chuẩn quốc gia; thư viện các trường được bổ sung sách mới trước năm học. | " +
				"Có 516 trường đạt chuẩn quốc gia; thư viện các trường được bổ sung sách mới trước năm học. | Bảng số liệu vẫn ghi 503 ở dòng “Trường đạt chuẩn”; lời sửa ghi 516."}},
		{"a cell", func(c *officetest.Hands) {
			c.Body = strings.Replace(c.Body, ">503<", ">516<", 1)
		}, []string{"changed 8 ô 1,1 | 503 | 516 | hỏi | Lời văn vẫn ghi 503: “Có 503 trường đạt chuẩn quốc gia; thư viện các trường được bổ sung sách mới trước năm học.”."}},
		{"struck", func(c *officetest.Hands) { c.Strike("Hội thi giáo viên") },
			[]string{"struck 7 | Hội thi giáo viên dạy giỏi được tổ chức ở cả ba cấp học và kết thúc trong tháng 3. | "}},
		{"put in", func(c *officetest.Hands) { c.Add("Đã tiêm phòng", "Đã mở thêm 02 trạm y tế.") },
			[]string{"new -1 sau 4 |  | Đã mở thêm 02 trạm y tế."}},
		{"moved", func(c *officetest.Hands) { c.Move("Rà soát cơ sở", "Kiểm tra an toàn") },
			[]string{"moved 10 sau 12 | Rà soát cơ sở vật chất các trường vùng sâu. | Rà soát cơ sở vật chất các trường vùng sâu."}},
		{"changed without tracking", func(c *officetest.Hands) { c.Body = strings.Replace(c.Body, "trước năm học", "từ tháng 8", 1) },
			[]string{"changed 6 | Có 503 trường đạt chuẩn quốc gia; thư viện các trường được bổ sung sách mới trước năm học. | " +
				"Có 503 trường đạt chuẩn quốc gia; thư viện các trường được bổ sung sách mới từ tháng 8. | hỏi"}},
		{"written anew without tracking: its mark is left", func(c *officetest.Hands) {
			c.Body = strings.Replace(c.Body, "Hội thi giáo viên dạy giỏi được tổ chức ở cả ba cấp học và kết thúc trong tháng 3.", "Ngành đã chọn xong thầy cô tiêu biểu.", 1)
		}, []string{"changed 7 | Hội thi giáo viên dạy giỏi được tổ chức ở cả ba cấp học và kết thúc trong tháng 3. | Ngành đã chọn xong thầy cô tiêu biểu. | hỏi"}},
		{"gone without tracking", func(c *officetest.Hands) {
			from, to := c.Paragraph("Đã tiêm phòng")
			c.Body = c.Body[:from] + c.Body[to:]
		}, []string{"struck 4 | Đã tiêm phòng đủ mũi cho trẻ dưới một tuổi tại mọi xã, phường. |  | hỏi"}},
		{"split", func(c *officetest.Hands) {
			c.Body = strings.Replace(c.Body, "quốc gia; thư viện", `quốc gia;</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">thư viện`, 1)
		}, []string{"changed 6 | Có 503 trường đạt chuẩn quốc gia; thư viện các trường được bổ sung sách mới trước năm học. | " +
			"Có 503 trường đạt chuẩn quốc gia; ⏎ thư viện các trường được bổ sung sách mới trước năm học."}},
		{"made one", func(c *officetest.Hands) {
			from, to := c.Paragraph("Toàn tỉnh đã khám")
			c.Body = c.Body[:from] + strings.Replace(c.Body[from:to], `</w:pPr>`, `<w:rPr><w:del `+officetest.ByLeader+`/></w:rPr></w:pPr>`, 1) + c.Body[to:]
		}, []string{"changed 3 gộp [4] | Toàn tỉnh đã khám, chữa bệnh cho 151.500 lượt người, tăng 7,2% so với cùng kỳ.\nĐã tiêm phòng đủ mũi cho trẻ dưới một tuổi tại mọi xã, phường. | " +
			"Toàn tỉnh đã khám, chữa bệnh cho 151.500 lượt người, tăng 7,2% so với cùng kỳ. Đã tiêm phòng đủ mũi cho trẻ dưới một tuổi tại mọi xã, phường."}},
		{"the head of the paper", func(c *officetest.Hands) { c.Change("Khánh Hòa, ngày", "Nha Trang, ngày") },
			[]string{"changed -1 | Khánh Hòa, ngày 05 tháng 4 năm 2022 | Nha Trang, ngày 05 tháng 4 năm 2022 | Phần đầu văn bản"}},
	} {
		t.Run(one.name, func(t *testing.T) {
			c := inHands(t, d)
			one.hand(c)
			r := Return(d, written, comesBack(t, c))
			if got := told(r); !slices.Equal(got, one.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(one.want, "\n"))
			}
			for _, l := range r.Lines {
				if strings.Contains(one.name, "tracking") != (l.Unsure != "") && one.name != "a cell" {
					t.Errorf("asked: %q", l.Unsure)
				}
			}
		})
	}
}

// Whatever is changed with tracking, and wherever, is told once and as what it is; what is left stands as it was.
func TestEveryTrackedChangeIsTold(t *testing.T) {
	d := mergedReport(hd36())
	for i, b := range d.Body {
		if p, ok := b.(Paragraph); ok {
			p.Runs = Text(fmt.Sprintf("Đoạn %d nói về %s của đơn vị.", i, strings.Repeat(fmt.Sprintf("việc %d, ", i), 4)))
			d.Body[i] = p
		}
	}
	written, err := WriteReadable(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	var paragraphs []int
	for i, b := range d.Body {
		if _, ok := b.(Paragraph); ok {
			paragraphs = append(paragraphs, i)
		}
	}
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := inHands(t, d)
		want := map[string]bool{}
		for i, n := range r.Perm(len(paragraphs))[:1+r.IntN(8)] {
			at := paragraphs[n]
			words := fmt.Sprintf("Đoạn %d nói", at)
			switch r.IntN(3) {
			case 0:
				c.Change(words, fmt.Sprintf("Đoạn %d kể", at))
				want[fmt.Sprintf("changed %d", at)] = true
			case 1:
				c.Strike(words)
				want[fmt.Sprintf("struck %d", at)] = true
			case 2:
				c.Add(words, fmt.Sprintf("Câu mới thứ %d.", i))
				want[fmt.Sprintf("new behind %d", at)] = true
			}
		}
		back := comesBack(t, c)
		lines := Return(d, written, back).Lines
		now := d
		now.Body = slices.Clone(d.Body)
		for _, l := range slices.Backward(lines) {
			switch l.State {
			case LineChanged:
				now.Body[l.Block] = Paragraph{Runs: Text(l.New)}
			case LineNew:
				now.Body = slices.Insert(now.Body, l.Behind+1, Block(Paragraph{Runs: Text(l.New)}))
			case LineStruck:
				now.Body = slices.Delete(now.Body, l.Block, l.Block+1)
			}
		}
		rewritten, err := WriteReadable(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		if again := told(Return(now, rewritten, back)); len(again) > 0 {
			t.Errorf("seed %d: read again after all was taken, the file tells\n%s", seed, strings.Join(again, "\n"))
		}
		for _, l := range lines {
			key := fmt.Sprintf("%s %d", l.State, l.Block)
			if l.State == LineNew {
				key = fmt.Sprintf("new behind %d", l.Behind)
			}
			if !want[key] || l.Unsure != "" {
				t.Errorf("seed %d: %s was not done, or not clear: %q → %q (%s)", seed, key, l.Old, l.New, l.Unsure)
			}
			delete(want, key)
		}
		for key := range want {
			t.Errorf("seed %d: not told: %s", seed, key)
		}
	}
}
