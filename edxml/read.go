package edxml

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"giaoban/calendar"
	"giaoban/internal/fault"
	"giaoban/internal/packed"
)

// mostAttachments is how many files a packet may bring.
const mostAttachments = 200

// mostUnfolded is what a wrapped file may be at most, in bytes.
const mostUnfolded = 40 << 20

// inventedSpace is the namespace of a format that one project made up and later left.
const inventedSpace = "http://www.go.vn/eDoc"

// Read reads a packet: the file that offices exchange today, or the older one in parts. Elements count by their local name,
// in any order. The error is a fault with a sentence; what is merely unclear stands in Packet.Problems.
func Read(b []byte) (Packet, error) {
	if len(b) > MostBytes {
		return Packet{}, fault.TooLarge("", "Gói tin lớn hơn %d MB.", MostBytes>>20)
	}
	var beside []part
	if head, rest, ok := inParts(b); ok {
		var err error
		if b, beside, err = splitParts(head, rest); err != nil {
			return Packet{}, err
		}
	}
	root, err := parse(b)
	if err != nil {
		return Packet{}, err
	}
	if root.space == inventedSpace {
		return Packet{}, fault.Invalid("", "Gói tin theo một định dạng đã bỏ (%s), không phải edXML. Xin nơi gửi xuất lại, hoặc nhận riêng từng tệp đính kèm.", inventedSpace)
	}
	head := root.find("MessageHeader", "Status")
	if head == nil {
		return Packet{}, fault.Invalid("", "Tệp không phải gói tin văn bản điện tử: không có phần đầu (MessageHeader).")
	}
	var p Packet
	if head.kid("StatusCode") != nil {
		p.readStatus(head)
		return p, nil
	}
	p.readHead(head)
	p.readTrace(root.find("TraceHeaderList"))
	if err := p.readFiles(root, beside); err != nil {
		return Packet{}, err
	}
	return p, nil
}

func (p *Packet) unclear(sentence string, args ...any) {
	p.Problems = append(p.Problems, fmt.Sprintf(sentence, args...))
}

func (p *Packet) readHead(h *node) {
	p.From = organ(h.kid("From"))
	for _, to := range h.all("To") {
		p.To = append(p.To, organ(to))
	}
	p.DocumentID = h.value("DocumentId")
	if code := h.kid("Code"); code != nil {
		p.Number, p.Notation = code.value("CodeNumber"), code.value("CodeNotation")
	}
	p.Symbol = symbol(p.DocumentID, p.Number, p.Notation)
	if made := h.kid("PromulgationInfo"); made != nil {
		p.Place, p.Date = made.value("Place"), p.day(made, "PromulgationDate", "ngày văn bản")
	}
	if kind := h.kid("DocumentType"); kind != nil {
		p.Kind = kind.value("TypeName")
	}
	p.Subject, p.Content = h.value("Subject"), h.value("Content")
	if s := h.kid("SignerInfo"); s != nil {
		p.Signer = Signer{s.value("Competence"), s.value("Position"), s.value("FullName")}
	}
	p.Due = p.day(h, "DueDate", "hạn trả lời")
	if more := h.kid("OtherInfo"); more != nil {
		if n, err := strconv.Atoi(more.value("Priority")); err == nil && n >= 0 && n <= 4 {
			p.Urgency = n
		}
		for _, a := range more.kid("Appendixes").all("Appendix") {
			p.Annexes = add(p.Annexes, oneLine(a.text.String()))
		}
	}
	for _, r := range h.all("ResponseFor") {
		if a := p.answer(r); a != (Answer{Organ: a.Organ}) {
			p.Answers = append(p.Answers, a)
		}
	}
	if places := h.kid("ToPlaces"); places != nil {
		for _, place := range places.all("Place") {
			p.Places = add(p.Places, oneLine(place.text.String()))
		}
	}
	for _, lacking := range []struct{ value, what string }{{p.From.Name + p.From.ID, "nơi gửi"}, {p.Symbol, "số, ký hiệu"}, {p.Subject, "trích yếu"}} {
		if lacking.value == "" {
			p.unclear("Gói tin không ghi %s.", lacking.what)
		}
	}
}

func add(to []string, text string) []string {
	if text == "" {
		return to
	}
	return append(to, text)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func organ(n *node) Organ {
	if n == nil {
		return Organ{}
	}
	return Organ{ID: n.value("OrganId"), Name: n.value("OrganName"), InCharge: n.value("OrganizationInCharge"), Address: n.value("OrganAdd"),
		Email: n.value("Email"), Telephone: n.value("Telephone"), Fax: n.value("Fax"), Website: n.value("Website")}
}

func (p *Packet) answer(n *node) Answer {
	return Answer{Organ: n.value("OrganId"), Symbol: n.value("Code"), DocumentID: n.value("DocumentId"),
		Date: p.day(n, "PromulgationDate", "ngày của văn bản được trả lời")}
}

// symbol is the whole number and notation. Offices of the Party write 127-CV/BTGDVTU, where a packet has 127 and CV/BTGDVTU as
// it has 7816 and VPCP-TTĐT of 7816/VPCP-TTĐT: the third part of the identifier has it as printed.
func symbol(id, number, notation string) string {
	if parts := strings.SplitN(id, ",", 3); len(parts) == 3 && number != "" {
		printed := strings.TrimSpace(parts[2])
		digits := strings.TrimRight(strings.TrimSuffix(printed, strings.TrimLeftFunc(printed, unicode.IsDigit)), " ")
		if digits != "" && strings.TrimLeft(digits, "0") == strings.TrimLeft(number, "0") {
			return printed
		}
	}
	switch {
	case number == "" || notation == "":
		return number + notation
	case strings.Contains(notation, "/"):
		return number + "-" + notation
	}
	return number + "/" + notation
}

// dates in the order in which packets have them, each with where year, month and day stand.
var dates = []struct {
	shape            *regexp.Regexp
	year, month, day int
}{
	{regexp.MustCompile(`^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[T ].*)?$`), 1, 2, 3},
	{regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[T ].*)?$`), 3, 2, 1},
}

// day reads a date; one that is none is said.
func (p *Packet) day(of *node, name, what string) calendar.Date {
	text := of.value(name)
	if text == "" {
		return calendar.Date{}
	}
	for _, d := range dates {
		found := d.shape.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		if day, err := calendar.ReadDate(found[d.day] + "/" + found[d.month] + "/" + found[d.year]); err == nil {
			return day
		}
	}
	p.unclear("Không đọc được %s trong gói tin: “%s”.", what, short(text))
	return calendar.Date{}
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func (p *Packet) readTrace(t *node) {
	does := t.find("Bussiness", "Business") // the first spelling is the common one
	if does == nil {
		return
	}
	kind := does.value("BussinessDocType") + does.value("BusinessDocType")
	if n, err := strconv.Atoi(kind); err == nil && n >= int(New) && n <= int(Replace) {
		p.Purpose = Purpose(n)
	} else if kind != "" {
		p.unclear("Gói tin ghi mục đích lạ: “%s”; hãy xem văn bản đính kèm.", short(kind))
	}
	p.Reason = does.value("BussinessDocReason") + does.value("BusinessDocReason")
	if p.About = does.value("DocumentId"); p.About == "" {
		p.About = does.find("ReplacementInfo").value("DocumentId")
	}
}

func (p *Packet) readStatus(h *node) {
	p.From = organ(h.kid("From"))
	p.Status = &Status{Code: h.value("StatusCode"), Reason: h.value("Description")}
	if r := h.kid("ResponseFor"); r != nil {
		p.Status.Answer = p.answer(r)
	}
}

// part is a file that stands in a packet, before it is joined with what the list of files says of it.
type part struct {
	id, name, kind string
	content        []byte
}

// readFiles joins the list of files with the files themselves: by identifier, else by name, else by place.
func (p *Packet) readFiles(root *node, beside []part) error {
	for _, a := range root.find("AttachmentEncoded").all("Attachment") {
		content, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text(a.kid("ContentTransferEncoded"))), ""))
		if err != nil {
			p.unclear("Tệp “%s” trong gói bị hỏng: không giải mã được.", attachmentName(a.value("AttachmentName")))
			continue
		}
		beside = append(beside, part{bare(a.value("ContentId")), attachmentName(a.value("AttachmentName")), a.value("ContentType"), content})
	}
	listed := root.find("edXMLManifest", "Manifest").all("Reference")
	if len(listed) > mostAttachments || len(beside) > mostAttachments {
		return fault.TooLarge("", "Gói tin có nhiều hơn %d tệp.", mostAttachments)
	}
	taken := make([]bool, len(beside))
	for i, r := range listed {
		said := part{id: bare(r.value("ContentId")), name: attachmentName(r.value("AttachmentName")), kind: r.value("ContentType")}
		if said.id == "" {
			said.id = bare(r.href)
		}
		at := match(beside, taken, said, i)
		if at < 0 {
			p.unclear("Gói tin kể tệp “%s” mà không có nội dung của nó.", said.name)
			continue
		}
		taken[at] = true
		if said.name == "" {
			said.name = beside[at].name
		}
		p.attach(said.name, said.kind, beside[at])
	}
	for i, one := range beside {
		if !taken[i] {
			p.attach(one.name, one.kind, one)
		}
	}
	return nil
}

func text(n *node) string {
	if n == nil {
		return ""
	}
	return n.text.String()
}

func match(beside []part, taken []bool, said part, place int) int {
	same := []func(one part) bool{
		func(one part) bool { return said.id != "" && one.id == said.id },
		func(one part) bool { return said.name != "" && one.name == said.name },
	}
	for _, is := range same {
		for i, one := range beside {
			if !taken[i] && is(one) {
				return i
			}
		}
	}
	if place < len(beside) && !taken[place] && (beside[place].id == "" || said.id == "") {
		return place
	}
	return -1
}

// attach keeps a file as its sender had it. A program that wraps files in a zip of one entry labels them as zip; others label
// either way, so what is in the bytes decides.
func (p *Packet) attach(name, kind string, one part) {
	if name == "" {
		name = "tệp " + strconv.Itoa(len(p.Files)+1)
	}
	content, wrapped, err := unwrapped(name, one.content)
	if err != nil {
		p.unclear("Tệp “%s” trong gói bị hỏng hoặc quá lớn khi mở nén.", name)
		return
	}
	if wrapped || kind == "" || kind == "application/zip" && path.Ext(name) != ".zip" {
		kind = typeOf(name)
	}
	p.Files = append(p.Files, File{name, kind, content})
}

// typeOf is the media type by a name's ending.
func typeOf(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf":
		return "application/pdf"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".zip":
		return "application/zip"
	}
	return "application/octet-stream"
}

// unwrapped gives the one entry of a zip that holds a file of that name's ending, or a PDF.
func unwrapped(name string, b []byte) (content []byte, wrapped bool, err error) {
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return b, false, nil
	}
	z, err := packed.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) != 1 {
		return b, false, nil
	}
	ending, inner := strings.ToLower(path.Ext(name)), strings.ToLower(path.Ext(z.File[0].Name))
	if inner != ending && ending != ".pdf" {
		return b, false, nil
	}
	if content, err = inflate(z.File[0]); err != nil {
		return nil, false, err
	}
	if inner != ending && !bytes.HasPrefix(content, []byte("%PDF")) {
		return b, false, nil
	}
	return content, true, nil
}

func inflate(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, mostUnfolded+1))
	if len(content) > mostUnfolded {
		return nil, fault.TooLarge("", "Tệp lớn hơn %d MB.", mostUnfolded>>20)
	}
	return content, err
}

// bare is an identifier without its scheme, which some programs write twice.
func bare(id string) string {
	id = strings.Trim(id, "<> ")
	for strings.HasPrefix(strings.ToLower(id), "cid:") {
		id = id[len("cid:"):]
	}
	return id
}

// attachmentName is the last part of a name, without what is no part of a name.
func attachmentName(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	return oneLine(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, s))
}

// inParts tells the older packet, whose files stand beside its XML as parts of a message, and gives its head.
func inParts(b []byte) (mail.Header, io.Reader, bool) {
	start := bytes.TrimLeft(b[:min(len(b), 4096)], "\r\n\t \ufeff")
	if len(start) == 0 || start[0] == '<' {
		return nil, nil, false
	}
	b = b[bytes.Index(b, start[:1]):]
	if bytes.HasPrefix(start, []byte("--")) { // saved without its head: the first line is the boundary
		line, _, _ := bytes.Cut(b, []byte("\n"))
		return mail.Header{"Content-Type": {`multipart/related; boundary="` + strings.TrimSpace(string(line[2:])) + `"`}}, bytes.NewReader(b), true
	}
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil || !strings.HasPrefix(strings.ToLower(m.Header.Get("Content-Type")), "multipart/") {
		return nil, nil, false
	}
	return m.Header, m.Body, true
}

// splitParts gives the XML of a message, and its other parts.
func splitParts(head mail.Header, body io.Reader) (xml []byte, beside []part, err error) {
	_, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil {
		return nil, nil, broken()
	}
	r := multipart.NewReader(body, params["boundary"])
	for {
		one, err := r.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil || len(beside) > mostAttachments {
			return nil, nil, broken()
		}
		content, err := io.ReadAll(one)
		if err != nil {
			return nil, nil, broken()
		}
		if strings.EqualFold(one.Header.Get("Content-Transfer-Encoding"), "base64") {
			if content, err = base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(content)), "")); err != nil {
				return nil, nil, broken()
			}
		}
		if xml == nil {
			xml = content
			continue
		}
		kind, typed, _ := mime.ParseMediaType(one.Header.Get("Content-Type"))
		name := one.FileName()
		if name == "" {
			name = typed["name"]
		}
		beside = append(beside, part{bare(one.Header.Get("Content-Id")), attachmentName(name), kind, content})
	}
	if xml == nil {
		return nil, nil, broken()
	}
	return xml, beside, nil
}
