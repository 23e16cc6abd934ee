package official

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestAMarkOfSecrecyIsFoundHoweverItIsWritten(t *testing.T) {
	far := strings.Repeat("Một dòng thường của văn bản.\n", 60)
	for text, want := range map[string]string{
		"MẬT":                        Confidential,
		"TỐI MẬT":                    Secret,
		"TUYỆT MẬT":                  TopSecret,
		"Tuyệt mật":                  TopSecret,
		"M Ậ T":                      Confidential,
		"M   Ậ   T":                  Confidential,
		"T Ố I  M Ậ T":               Secret,
		"M.Ậ.T":                      Confidential,
		"[MẬT]":                      Confidential,
		"*** TỐI MẬT ***":            Secret,
		"- MẬT -":                    Confidential,
		"— TUYỆT MẬT —":              TopSecret,
		"|  MẬT  |":                  Confidential,
		norm.NFD.String("TUYỆT MẬT"): TopSecret,
		"MA\u0323\u0302T":            Confidential,
		"MA\u0302\u0323T":            Confidential,
		"M\u200bẬ\u200bT":            Confidential,
		"ＭẬＴ":                        Confidential,
		"МẬТ":                        Confidential, // Cyrillic М and Т
		"Độ mật: Mật":                Confidential,
		"ĐỘ MẬT: TỐI MẬT":            Secret,
		"Mức độ mật: Tuyệt mật":      TopSecret,
		"Mức độ mật - MẬT":           Confidential,
		"Độ mật:\nMật":               Confidential,
		"Độ mật:\tTối mật":           Secret,
		"MẬT (Bản số: 03)":           Confidential,
		"TỐI MẬT - Bản số 2":         Secret,
		"TÀI LIỆU MẬT":               Confidential,
		"VĂN BẢN TUYỆT MẬT":          TopSecret,
		"Mật":                        Confidential,
		"MËT":                        Confidential,
		"TOÁI MAÄT":                  Secret,
		"TUYET MAT":                  TopSecret,
		"TỈNH ỦY MẪU\nSố 01-BC/TU\nMẬT\nA":                          Confidential,
		"MẬT\t\tKhánh Hòa, ngày 05 tháng 4":                         Confidential,
		"       MẬT            Khánh Hòa, ngày 05 tháng 4 năm 2022": Confidential,
		far + "TỐI MẬT\n" + far:                                     Secret,
		"Hồ sơ gồm mười hai phần, do nhiều đơn vị cùng chuẩn bị và gửi về Ban. Độ mật: Tối mật": Secret,
		"MẬT\nTUYỆT MẬT": TopSecret,
	} {
		if got, found := SecretMark(text); !found || got != want {
			t.Errorf("%.40q: được %q, phải là %q", text, got, want)
		}
	}
}

func TestAWordInsideASentenceIsNoMark(t *testing.T) {
	far := strings.Repeat("Một dòng thường của văn bản.\n", 60)
	for _, text := range []string{
		"", "bảo mật thông tin", "Bảo mật thông tin", "BẢO MẬT THÔNG TIN", "mật ong", "MẬT ONG", "bí mật kinh doanh", "BÍ MẬT NHÀ NƯỚC",
		"công tác bảo vệ bí mật nhà nước", "Mật độ dân số", "MẬT ĐỘ DÂN SỐ", "MẬT ĐỘ", "Độ mật: không", "Độ mật: Thường", "Mức độ mật:",
		"Văn bản đóng dấu MẬT được gửi theo đường riêng.", "Không nhận văn bản MẬT, TỐI MẬT, TUYỆT MẬT.", "MẶT", "MẤT", "MÁT", "MẮT", "MẶT TRẬN",
		"MAT", "mat", "Mật / Tối mật / Tuyệt mật", "MẬT, TỐI MẬT", "- Tuyệt mật;\n- Tối mật;\n- Mật.", "a) MẬT;", "mật", "Mật khẩu", "MẬT KHẨU",
		"Tổ chức lớp tập huấn về bảo vệ bí mật\nnhà nước", "Mật mã", "CƠ YẾU, MẬT MÃ", "thân mật", "Gặp mặt thân mật", "Tối mật ong rất ngọt",
		"độ mật của tài liệu", "Danh mục bí mật nhà nước độ Mật", far + "Mật\n" + far, "M Á T", "tuyệt đối bí mật", "THÂN MẬT",
	} {
		if got, found := SecretMark(text); found {
			t.Errorf("%.40q bị coi là %q", text, got)
		}
	}
}

func TestAFileNameMayBearTheMark(t *testing.T) {
	for name, want := range map[string]string{
		"[MẬT] kế hoạch.docx": Confidential, "TOI MAT_bao cao.pdf": Secret, "(tối mật) kế hoạch.docx": Secret, "TUYỆT MẬT - phương án.doc": TopSecret,
		"kế hoạch - MẬT.docx": Confidential, "MẬT.docx": Confidential, "do mat TOI MAT.pdf": Secret, "[MAT] 12.pdf": Confidential,
		`C:\van ban\[Mật] a.docx`: Confidential, "bao_cao_TUYET_MAT.pdf": TopSecret, norm.NFD.String("[MẬT] kế hoạch.docx"): Confidential,
	} {
		if got, _ := SecretName(name); got != want {
			t.Errorf("%q: được %q, phải là %q", name, got, want)
		}
	}
	for _, name := range []string{"MAT BANG.docx", "mat_bang.xlsx", "mật ong.docx", "Bảo mật thông tin.docx", "BẢO MẬT.docx", "mật độ dân số.xlsx",
		"gặp mặt - thân mật.docx", "format.docx", "[format] a.docx", "Kế hoạch.docx", "", "BẢO VỆ BÍ MẬT.docx", "MẬT ĐỘ - dân số.xlsx", "kế hoạch (bảo mật).docx"} {
		if got, found := SecretName(name); found {
			t.Errorf("%q bị coi là %q", name, got)
		}
	}
}

func zipOf(_ testing.TB, parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

const w = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>`

func TestTheMarkIsFoundInsideFiles(t *testing.T) {
	cell := `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>`
	utf16le := "\xff\xfe"
	for _, r := range "Độ mật: Mật\n" {
		utf16le += string([]byte{byte(r), byte(r >> 8)})
	}
	for name, c := range map[string]struct {
		data string
		want string
	}{
		"a.docx":  {string(zipOf(t, "word/document.xml", fmt.Sprintf(w, `<w:p><w:r><w:t>M</w:t></w:r><w:r><w:t>ẬT</w:t></w:r></w:p>`))), Confidential},
		"b.docx":  {string(zipOf(t, "word/document.xml", fmt.Sprintf(w, ``), "word/header3.xml", fmt.Sprintf(w, `<w:p><w:r><w:t>TỐI MẬT</w:t></w:r></w:p>`))), Secret},
		"c.docx":  {string(zipOf(t, "word/document.xml", fmt.Sprintf(w, `<w:p><w:r><w:t>Thường</w:t><w:txbxContent><w:p><w:r><w:t>TUYỆT MẬT</w:t></w:r></w:p></w:txbxContent></w:r></w:p>`))), TopSecret},
		"d.xlsx":  {string(zipOf(t, "xl/sharedStrings.xml", fmt.Sprintf(cell, `<si><r><t>Độ mật: </t></r><r><t>Mật</t></r></si>`))), Confidential},
		"e.xlsx":  {string(zipOf(t, "xl/worksheets/sheet1.xml", fmt.Sprintf(cell, `<c t="inlineStr"><is><t>TỐI MẬT</t></is></c>`))), Secret},
		"f.xlsx":  {string(zipOf(t, "xl/worksheets/sheet1.xml", fmt.Sprintf(cell, `<headerFooter><oddHeader>&amp;C&amp;"Times,Bold"MẬT</oddHeader></headerFooter>`))), Confidential},
		"g.odt":   {string(zipOf(t, "content.xml", `<o xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p><text:span>MẬT</text:span></text:p></o>`)), ""},
		"h.html":  {"<!DOCTYPE html><div><p><b>M&#7852;T</b></p></div>", Confidential},
		"i.csv":   {"stt,tên\n1,\"MẬT\"\n", Confidential},
		"j.txt":   {utf16le, Confidential},
		"k.pdf":   {"%PDF-1.4\n1 0 obj<<>>stream\nBT (TUYET MAT) Tj ET\nendstream", TopSecret},
		"l.pdf":   {"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\n" + deflated("BT [(TOI)-20( MAT)] TJ ET") + "\nendstream", Secret},
		"m.pdf":   {"%PDF-1.4\n<</Title <FEFF004D1EAC0054>>>", Confidential},
		"n.doc":   {"\xd0\xcf\x11\xe0....\r\x00M\x00\xac\x1eT\x00\r\x00", Confidential},
		"p.txt":   {"Công tác bảo mật thông tin\nMật độ dân số", ""},
		"q.docx":  {string(zipOf(t, "word/document.xml", fmt.Sprintf(w, `<w:p><w:r><w:t>bảo vệ bí mật nhà nước</w:t></w:r></w:p>`))), ""},
		"r.xlsx":  {string(zipOf(t, "xl/sharedStrings.xml", fmt.Sprintf(cell, `<si><t>Mật ong</t></si><si><t>Bảo mật</t></si>`))), ""},
		"t.rtf":   {`{\rtf1\ansi{\fonttbl{\f0 Times;}}\pard\qc M\u7852?T\par Th\u432?\u7901?ng\par}`, Confidential},
		"u.docx":  {string(zipOf(t, "word/document2.xml", fmt.Sprintf(w, `<w:p><w:r><w:t>MẬT</w:t></w:r></w:p>`))), Confidential},
		"v.txt":   {"NGUYÊN LIỆU GỒM: ĐƯỜNG, MẬT, SỮA", ""},
		"empty":   {"", ""},
		"s.pptx":  {string(zipOf(t, "ppt/slides/slide1.xml", `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>TỐI MẬT</a:t></a:r></a:p></p:sld>`)), Secret},
		"[MẬT] x": {"thường", Confidential},
	} {
		if name == "g.odt" {
			c.want = Confidential
		}
		got, err := SecretMarkInFile(t.Context(), name, strings.NewReader(c.data), int64(len(c.data)))
		if err != nil || got.Level != c.want {
			t.Errorf("%s: được %q, %v; phải là %q", name, got.Level, err, c.want)
		}
	}
	if got, _ := SecretMarkInFile(t.Context(), "scan.pdf", strings.NewReader("%PDF-1.7"), 8, "TỈNH ỦY\nTỐI MẬT"); got.Level != Secret {
		t.Errorf("văn bản trích từ ảnh quét: được %q", got.Level)
	}
}

func TestABombIsRefusedAndNotUnpacked(t *testing.T) {
	bomb := zipOf(t, "word/document.xml", fmt.Sprintf(w, "<w:p><w:t>"+strings.Repeat("a", 140<<20)+"</w:t></w:p>"))
	if _, err := SecretMarkInFile(t.Context(), "a.docx", bytes.NewReader(bomb), int64(len(bomb))); !errors.Is(err, errTooLarge) {
		t.Errorf("bom nén: %v", err)
	}
}

func TestRefusalNamesTheDegreeOnly(t *testing.T) {
	err := RefuseSecret("Kế hoạch mẫu", "Nội dung riêng\nTỐI MẬT")
	var secret SecretError
	if !errors.As(err, &secret) || secret.Level != Secret || strings.Contains(err.Error(), "Nội dung riêng") {
		t.Errorf("được %v", err)
	}
	if err := RefuseSecret("Kế hoạch", "bảo mật thông tin"); err != nil {
		t.Errorf("từ chối nhầm: %v", err)
	}
}

func FuzzSecretMarkInFile(f *testing.F) {
	for _, seed := range []string{"MẬT", "%PDF-1.4\nstream\n(a\\", "PK\x03\x04", "\xd0\xcf\x11\xe0aa", "<p>&#7852;", "Độ mật:\n\tMật", "\xff\xfeM", "%PDF-<<[(<"} {
		f.Add("[a] b.docx", []byte(seed))
	}
	f.Add("x", zipOf(f, "word/document.xml", fmt.Sprintf(w, "<w:p/>")))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if got, err := SecretMarkInFile(t.Context(), name, bytes.NewReader(data), int64(len(data))); err != nil && got.Level != "" {
			t.Errorf("%q, %v", got.Level, err)
		}
		// A stamp put on its own line is found whatever stands around it.
		if _, found := SecretMark(strings.ToValidUTF8(string(data), "") + "\nTUYỆT MẬT\n"); !found {
			t.Errorf("%q che mất dấu mật", data)
		}
	})
}

func BenchmarkSecretMark(b *testing.B) {
	text := strings.Repeat("Toàn tỉnh duy trì các trường mở cửa trở lại; công tác y tế được giữ vững.\nMột dòng ngắn hơn.\n", 10000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		SecretMark(text)
	}
}
