package edxml

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"giaoban/calendar"

	"pgregory.net/rapid"
)

var made = time.Date(2026, 3, 2, 2, 15, 0, 0, time.UTC)

// zipped is a package with entries of these names, each with the content.
func zipped(content string, names ...string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func coded(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// The message as the hub's own programs write it, and as others do.
const prefixed = `<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
<edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader><edXML:MessageHeader>
<edXML:From><edXML:OrganId>H99.15</edXML:OrganId><edXML:OrganName>Sở Giáo dục và Đào tạo</edXML:OrganName></edXML:From>
<edXML:To><edXML:OrganId>H99.01</edXML:OrganId><edXML:OrganName>Ban Tuyên giáo và Dân vận Tỉnh ủy</edXML:OrganName></edXML:To>
<edXML:DocumentId>H99.15,2026/03/18,412/SGDĐT-VP</edXML:DocumentId>
<edXML:Code><edXML:CodeNumber>412</edXML:CodeNumber><edXML:CodeNotation>SGDĐT-VP</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:Place>Nha Trang</edXML:Place><edXML:PromulgationDate>2026/03/18</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:DocumentType><edXML:Type>1</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>
<edXML:Subject>V/v báo cáo công tác tháng 3</edXML:Subject><edXML:DueDate>2026/03/31</edXML:DueDate>
<edXML:SignerInfo><edXML:Position>Giám đốc</edXML:Position><edXML:FullName>Trần Văn Bình</edXML:FullName></edXML:SignerInfo>
<edXML:OtherInfo><edXML:Priority>2</edXML:Priority></edXML:OtherInfo>
<edXML:ResponseFor><edXML:OrganId>H99.01</edXML:OrganId><edXML:Code>127-CV/BTGDVTU</edXML:Code><edXML:PromulgationDate>2026/03/02</edXML:PromulgationDate></edXML:ResponseFor>
</edXML:MessageHeader>%trace%</edXML:edXMLHeader>
<edXML:edXMLBody><edXML:edXMLManifest version="1.0"><edXML:Reference><edXML:ContentId>cid:a1</edXML:ContentId><edXML:ContentType>application/pdf</edXML:ContentType>
<edXML:AttachmentName>412.pdf</edXML:AttachmentName></edXML:Reference></edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope>
<AttachmentEncoded><Attachment><ContentId>cid:a1</ContentId><AttachmentName>412.pdf</AttachmentName><ContentType>application/pdf</ContentType>
<edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">%file%</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>`

const trace = `<edXML:TraceHeaderList><edXML:TraceHeader><edXML:OrganId>H99.15</edXML:OrganId><edXML:Timestamp>2026/03/18 09:15:00</edXML:Timestamp></edXML:TraceHeader>` +
	`<edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType></edXML:Bussiness></edXML:TraceHeaderList>`

const page = "%PDF-1.7 một trang"

// plain is the message with its parts put in, and then changed.
func plain(change ...string) string {
	return strings.NewReplacer(change...).Replace(strings.NewReplacer("%trace%", trace, "%file%", coded(page)).Replace(prefixed))
}

func day(d int, m time.Month, y int) calendar.Date { return calendar.On(y, m, d) }

func reported() Packet {
	return Packet{
		From: Organ{ID: "H99.15", Name: "Sở Giáo dục và Đào tạo"}, To: []Organ{{ID: "H99.01", Name: "Ban Tuyên giáo và Dân vận Tỉnh ủy"}},
		DocumentID: "H99.15,2026/03/18,412/SGDĐT-VP", Symbol: "412/SGDĐT-VP", Number: "412", Notation: "SGDĐT-VP", Place: "Nha Trang",
		Date: day(18, 3, 2026), Kind: "Công văn", Subject: "V/v báo cáo công tác tháng 3", Due: day(31, 3, 2026), Urgency: 2,
		Signer:  Signer{Title: "Giám đốc", Name: "Trần Văn Bình"},
		Answers: []Answer{{Organ: "H99.01", Symbol: "127-CV/BTGDVTU", Date: day(2, 3, 2026)}},
		Files:   []File{{"412.pdf", "application/pdf", []byte(page)}},
	}
}

// Programs of many makers write packets, each with its habits; all say the same.
func TestPacketsOfManyMakers(t *testing.T) {
	bare := strings.NewReplacer("edXML:", "", ` xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"`, "")
	inParts := func(head string) string {
		start, end := strings.Index(plain(), "<AttachmentEncoded>"), strings.Index(plain(), "</edXML>")
		soap := plain(plain()[start:end], "", "<edXML xmlns", "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns", "</edXML>", "</SOAP-ENV:Envelope>",
			"2026/03/18<", "18/03/2026<", "2026/03/31", "31/03/2026", "2026/03/02", "02/03/2026", "<edXML:ContentId>cid:a1</edXML:ContentId>", "", "<edXML:Reference>",
			`<edXML:Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:a1">`)
		return strings.ReplaceAll(head+"--ranh\nContent-Type: text/xml; charset=UTF-8\n\n"+soap+"\n--ranh\nContent-Type: application/pdf; name=\"412.pdf\"\n"+
			"Content-Transfer-Encoding: base64\nContent-ID: <a1>\n\n"+coded(page)+"\n--ranh--\n", "\n", "\r\n")
	}
	for name, text := range map[string]string{
		"as usual":                        plain(),
		"without prefixes":                bare.Replace(plain()),
		"prefixed attachments":            plain("<Attachment>", "<edXML:Attachment xmlns:edXML=\"x\">", "</Attachment>", "</edXML:Attachment>"),
		"base64 in lines":                 plain(coded(page), coded(page)[:8]+"\r\n  "+coded(page)[8:]),
		"no cid on one side":              plain("<ContentId>cid:a1", "<ContentId>a1"),
		"cid twice":                       plain("<ContentId>cid:a1", "<ContentId>cid:cid:a1"),
		"joined by name":                  plain("<ContentId>cid:a1", "<ContentId>cid:khác"),
		"junk before":                     "\x00\x01rác" + plain(),
		"byte order mark":                 "\ufeff" + plain(),
		"a comment inside":                plain("<edXML:Subject>", "<!-- ghi chú --><edXML:Subject>"),
		"empty answer beside":             plain("<edXML:ResponseFor>", "<edXML:ResponseFor><edXML:Code/><edXML:DocumentId></edXML:DocumentId></edXML:ResponseFor><edXML:ResponseFor>"),
		"purpose missing":                 plain(trace, ""),
		"purpose spelt right":             plain("Bussiness", "Business"),
		"day first":                       plain("2026/03/31", "31/03/2026", "Date>2026/03/18", "Date>18/03/2026"),
		"with a time":                     plain("2026/03/31", "2026-03-31T00:00:00"),
		"a PDF wrapped":                   plain(coded(page), coded(zipped(page, "x.pdf"))),
		"a PDF wrapped under an odd name": plain(coded(page), coded(zipped(page, "f81d4fae"))),
		"a PDF wrapped, labelled as such": plain(coded(page), coded(zipped(page, "x.pdf")), "application/pdf", "application/zip"),
		"a PDF labelled as a zip":         plain("application/pdf", "application/zip"),
		"a path in the name":              plain("<edXML:AttachmentName>412.pdf", `<edXML:AttachmentName>..\..\C:\Users\412.pdf`),
		"in parts":                        inParts("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"ranh\"; type=\"text/xml\"\n\n"),
		"in parts without a head":         inParts(""),
	} {
		got, err := Read([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if want := reported(); !reflect.DeepEqual(want, got) {
			t.Errorf("%s:\nwant %+v\n got %+v", name, want, got)
		}
	}
}

// What a packet leaves open is said, and the rest is read.
func TestWhatAPacketLeavesOpenIsSaid(t *testing.T) {
	for said, text := range map[string]string{
		"Không đọc được hạn trả lời trong gói tin: “31/02/2026”.":               plain("2026/03/31", "31/02/2026"),
		"Gói tin không ghi trích yếu.":                                          plain("V/v báo cáo công tác tháng 3", ""),
		"Gói tin kể tệp “412.pdf” mà không có nội dung của nó.":                 plain("<AttachmentEncoded>", "<Other>", "</AttachmentEncoded>", "</Other>"),
		"Tệp “412.pdf” trong gói bị hỏng: không giải mã được.":                  plain(coded(page), "@@"),
		"Gói tin ghi mục đích lạ: “9”; hãy xem văn bản đính kèm.":               plain("DocType>0<", "DocType>9<"),
		"Không đọc được ngày văn bản trong gói tin: “hôm qua”.":                 plain("Date>2026/03/18", "Date>hôm qua"),
		"Không đọc được ngày của văn bản được trả lời trong gói tin: “2/2026”.": plain("2026/03/02", "2/2026"),
	} {
		got, err := Read([]byte(text))
		if err != nil || len(got.Problems) == 0 || got.Problems[0] != said {
			t.Errorf("want %q, got %q (%v)", said, got.Problems, err)
		}
		if got.From.ID != "H99.15" || got.Number != "412" {
			t.Errorf("%q: the rest is lost: %+v", said, got.From)
		}
	}
}

func TestWhatIsNoPacketIsRefused(t *testing.T) {
	deep := strings.Repeat("<a>", 50) + strings.Repeat("</a>", 50)
	for name, text := range map[string]string{
		"nothing":          "",
		"a text":           "Kính gửi Ban Tuyên giáo và Dân vận Tỉnh ủy",
		"other XML":        "<rss><channel/></rss>",
		"cut off":          plain()[:900],
		"a document type":  plain("<edXML xmlns", `<!DOCTYPE edXML [<!ENTITY x "y">]><edXML xmlns`),
		"an entity":        plain("V/v báo cáo", "&x;"),
		"another encoding": plain("UTF-8", "TCVN"),
		"an invented form": `<EdXmlEnvelope xmlns="http://www.go.vn/eDoc"><MessageHeader/></EdXmlEnvelope>`,
		"deep":             plain("<edXML:Subject>", deep+"<edXML:Subject>"),
		"many elements":    plain("<edXML:Subject>", strings.Repeat("<b/>", mostElements)+"<edXML:Subject>"),
	} {
		if p, err := Read([]byte(text)); err == nil {
			t.Errorf("%s is read as %+v", name, p)
		} else if !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%s: no sentence: %v", name, err)
		}
	}
}

// Numbers and notations of State and Party, as a paper bears them.
func TestTheSymbolIsThatOfThePaper(t *testing.T) {
	for _, c := range []struct{ id, number, notation, want string }{
		{"H99.01,2026/03/02,127-CV/BTGDVTU", "127", "CV/BTGDVTU", "127-CV/BTGDVTU"},
		{"", "127", "CV/BTGDVTU", "127-CV/BTGDVTU"},
		{"", "7816", "VPCP-TTĐT", "7816/VPCP-TTĐT"},
		{"b2c1-uuid", "12", "UBND-KGVX", "12/UBND-KGVX"},
		{"H99,2026/01/01,99/KH-UBND", "12", "KH-UBND", "12/KH-UBND"}, // the identifier is of another paper
		{"H99,2026/01/01,007/KH-UBND", "7", "KH-UBND", "007/KH-UBND"},
		{"", "15a", "", "15a"},
	} {
		if got := symbol(c.id, c.number, c.notation); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// A word about a paper has no paper with it; codes that nobody has seen mean nothing.
func TestWordAboutAPaper(t *testing.T) {
	text := `<edXML><Header><MessageHeader><From><OrganId>H99.15</OrganId><OrganName>Sở GDĐT</OrganName></From>
<ResponseFor><OrganId>H99.01</OrganId><Code>127-CV/BTGDVTU</Code><DocumentId>H99.01,2026/03/02,127-CV/BTGDVTU</DocumentId><PromulgationDate>2026/03/02</PromulgationDate></ResponseFor>
<StatusCode>%s</StatusCode><Description>Sai nơi nhận</Description></MessageHeader></Header></edXML>`
	for code, said := range map[string]string{"01": "đã đến hệ thống nhận", "02": "bị trả lại", "03": "đã vào sổ đến", "04": "đã phân công", "05": "đang xử lý", "06": "đã xử lý xong",
		"13": "nơi gửi xin lấy lại", "15": "nơi nhận đồng ý", "16": "nơi nhận không đồng ý", "09": "mã lạ 09"} {
		p, err := Read([]byte(fmt.Sprintf(text, code)))
		if err != nil || p.Status == nil || p.Status.String() != said || p.Status.Answer.Symbol != "127-CV/BTGDVTU" || p.Status.Reason != "Sai nơi nhận" {
			t.Errorf("%s: %+v (%v)", code, p.Status, err)
		}
	}
}

// Revoked, updated, replaced: the packet says which paper, and why.
func TestWhatAPacketDoesWithAPaper(t *testing.T) {
	for purpose, text := range map[Purpose]string{
		Revoke:  plain("<edXML:BussinessDocType>0<", "<edXML:DocumentId>H99.15,1</edXML:DocumentId><edXML:BussinessDocReason>Nhầm số</edXML:BussinessDocReason><edXML:BussinessDocType>1<"),
		Replace: plain("DocType>0</edXML:BussinessDocType>", "DocType>3</edXML:BussinessDocType><edXML:ReplacementInfoList><edXML:ReplacementInfo><edXML:DocumentId>H99.15,1</edXML:DocumentId></edXML:ReplacementInfo></edXML:ReplacementInfoList>"),
	} {
		p, err := Read([]byte(text))
		if err != nil || p.Purpose != purpose || p.About != "H99.15,1" {
			t.Errorf("%s: %s of %q (%v)", purpose, p.Purpose, p.About, err)
		}
	}
}

// Whatever is written is read again as it was: no word and no byte of a file is lost.
func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	word := rapid.StringMatching(`[A-Za-zĐđƯưạếộ&<>"' ,./()-]{0,40}`).Draw
	line := func(t *rapid.T, name string) string { return oneLine(word(t, name)) }
	rapid.Check(t, func(t *rapid.T) {
		p := Packet{
			From: Organ{ID: "H99.01", Name: line(t, "from"), Address: line(t, "address")}, To: []Organ{{ID: "H99.15", Name: line(t, "to")}, {ID: "H99.16"}},
			Symbol: rapid.SampledFrom([]string{"127-CV/BTGDVTU", "7816/VPCP-TTĐT", "09/2019/NĐ-CP"}).Draw(t, "symbol"), Place: line(t, "place"), Date: day(2, 3, 2026),
			Kind: rapid.SampledFrom([]string{"Công văn", "Kết luận", "Thông báo"}).Draw(t, "kind"), Subject: oneLine("V/v " + line(t, "subject")), Content: line(t, "content"),
			Signer: Signer{Competence: line(t, "competence"), Name: line(t, "signer")}, Urgency: rapid.IntRange(0, 4).Draw(t, "urgency"), Reason: line(t, "reason"),
			Purpose: Purpose(rapid.IntRange(0, 3).Draw(t, "purpose")), About: rapid.SampledFrom([]string{"", "H99.01,2026/01/01,1-CV/BTGDVTU"}).Draw(t, "about"),
		}
		p.From.Name += "Ban"
		if rapid.Bool().Draw(t, "answers") {
			p.Due, p.Answers = day(20, 3, 2026), []Answer{{Organ: "H99.15", Symbol: "412/SGDĐT-VP", DocumentID: "x,y", Date: day(1, 2, 2026)}, {Symbol: "5/UBND"}}
			p.Places, p.Annexes = []string{"Như trên", "Lưu"}, []string{"Phụ lục 1"}
		}
		for i, ending := range rapid.SliceOfN(rapid.SampledFrom([]string{".pdf", ".docx", ".xlsx", ".zip", ".png"}), 0, 4).Draw(t, "files") {
			content := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
			if ending == ".pdf" {
				content = append([]byte("%PDF"), content...)
			}
			if ending == ".zip" {
				content = []byte(zipped(string(content), "một.txt", "hai.txt"))
			}
			name := fmt.Sprintf("tệp %d%s", i, ending)
			p.Files = append(p.Files, File{name, typeOf(name), content})
		}
		var once, twice bytes.Buffer
		if err := Write(&once, p, made); err != nil {
			t.Fatal(err)
		}
		got, err := Read(once.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for i := range got.Files {
			if len(got.Files[i].Content) == 0 {
				got.Files[i].Content = p.Files[i].Content
			}
		}
		p.DocumentID = "H99.01,2026/03/02," + p.Symbol
		p.Number, p.Notation = got.Number, got.Notation
		if want := p; !reflect.DeepEqual(want, got) {
			t.Fatalf("written %+v\n   read %+v", want, got)
		}
		if err := Write(&twice, p, made); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
			t.Fatalf("the same packet gives other bytes (%v)", err)
		}
	})
}

func TestAPacketThatLacksSomethingIsNotWritten(t *testing.T) {
	err := Write(new(bytes.Buffer), Packet{From: Organ{Name: "Ban"}, To: []Organ{{ID: "h1"}, {ID: " H1"}, {Name: "Sở Y tế"}}}, made)
	for _, said := range []string{"Nơi gửi Ban chưa có mã định danh", "đứng hai lần", "Nơi nhận Sở Y tế chưa có mã", "chưa có số, ký hiệu", "chưa có ngày"} {
		if err == nil || !strings.Contains(err.Error(), said) {
			t.Errorf("%v does not say %q", err, said)
		}
	}
}

// A small packet that unfolds to more than a packet may hold is not unfolded.
func TestABombIsNotUnfolded(t *testing.T) {
	bomb := zipped(strings.Repeat("\x00", mostUnfolded+2), "x.pdf")
	p, err := Read([]byte(plain(coded(page), coded(bomb))))
	if err != nil || len(p.Files) != 0 || len(p.Problems) != 1 {
		t.Errorf("%d files, %v, %v", len(p.Files), p.Problems, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(plain()))
	f.Add([]byte("--ranh\r\nContent-Type: text/xml\r\n\r\n" + plain() + "\r\n--ranh--\r\n"))
	f.Add([]byte(strings.ReplaceAll(plain(), "edXML:", "")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if p, err := Read(b); err == nil && p.Status == nil {
			for _, a := range p.Files {
				if a.Name == "" || strings.ContainsAny(a.Name, "/\\\n\x00") {
					t.Errorf("a file is named %q", a.Name)
				}
			}
		}
	})
}
