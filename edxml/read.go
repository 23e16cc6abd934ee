package edxml

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"giaoban/calendar"
	"giaoban/internal/fault"
	"giaoban/internal/fold"
	"giaoban/internal/pattern"
)

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
	shape            func() *regexp.Regexp
	year, month, day int
}{
	{pattern.Of(`^(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[T ].*)?$`), 1, 2, 3},
	{pattern.Of(`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[T ].*)?$`), 3, 2, 1},
}

// day reads a date; one that is none is said.
func (p *Packet) day(of *node, name, what string) calendar.Date {
	text := of.value(name)
	if text == "" {
		return calendar.Date{}
	}
	for _, d := range dates {
		found := d.shape().FindStringSubmatch(text)
		if found == nil {
			continue
		}
		if day, err := calendar.ReadDate(found[d.day] + "/" + found[d.month] + "/" + found[d.year]); err == nil {
			return day
		}
	}
	p.unclear("Không đọc được %s trong gói tin: “%s”.", what, fold.Cut(text, 60))
	return calendar.Date{}
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
		p.unclear("Gói tin ghi mục đích lạ: “%s”; hãy xem văn bản đính kèm.", fold.Cut(kind, 60))
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
