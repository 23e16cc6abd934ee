package edxml

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"time"

	"giaoban/calendar"
	"giaoban/internal/fault"
)

const space = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

// Write writes a packet with a paper in the form that every reader seen understands: the elements in their usual order, a PDF
// as it is and any other file wrapped in a zip of one entry. made is when it is written. The same packet gives the same
// bytes. It refuses a packet without what every packet must have, in a sentence.
func Write(w io.Writer, p Packet, made time.Time) error {
	if err := p.complete(); err != nil {
		return err
	}
	b := &writer{}
	b.raw(xml.Header + `<edXML xmlns="` + space + `">` + "\n" + `<edXML:edXMLEnvelope xmlns:edXML="` + space + `">` + "\n")
	b.open("edXMLHeader")
	b.head(p)
	b.trace(p, made)
	b.shut("edXMLHeader")
	b.files(p.Files)
	b.raw("</edXML>\n")
	if b.err != nil {
		return b.err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// complete says what a packet lacks.
func (p Packet) complete() error {
	var l fault.List
	if p.From.ID == "" {
		l.Add("from", "Nơi gửi %s chưa có mã định danh trong danh bạ.", p.From.Name)
	}
	if len(p.To) == 0 {
		l.Add("to", "Gói tin chưa có nơi nhận.")
	}
	for i, to := range p.To {
		if to.ID == "" {
			l.Add("to", "Nơi nhận %s chưa có mã định danh trong danh bạ.", to.Name)
		}
		for _, before := range p.To[:i] {
			if to.ID != "" && SameCode(before.ID, to.ID) {
				l.Add("to", "Mã định danh %s đứng hai lần trong nơi nhận.", to.ID)
			}
		}
	}
	for _, of := range []struct{ value, what string }{{p.Symbol, "số, ký hiệu"}, {p.Kind, "loại văn bản"}, {p.Subject, "trích yếu"}} {
		if strings.TrimSpace(of.value) == "" {
			l.Add("", "Văn bản chưa có %s.", of.what)
		}
	}
	if p.Date.IsZero() {
		l.Add("", "Văn bản chưa có ngày.")
	}
	return l.Err()
}

// writer writes elements with the prefix that readers expect.
type writer struct {
	bytes.Buffer
	err error
}

func (w *writer) raw(s string)     { w.WriteString(s) }
func (w *writer) open(name string) { w.raw("<edXML:" + name + ">") }
func (w *writer) shut(name string) { w.raw("</edXML:" + name + ">\n") }

// value writes an element with a text; none for no text.
func (w *writer) value(name, text string) {
	if text != "" {
		w.must(name, text)
	}
}

// must writes an element even without a text.
func (w *writer) must(name, text string) {
	w.open(name)
	w.escape(text)
	w.shut(name)
}

func (w *writer) escape(text string) {
	if err := xml.EscapeText(&w.Buffer, []byte(text)); err != nil {
		w.err = err
	}
}

func written(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d/%02d/%02d", d.Year(), int(d.Month()), d.Day())
}

func (w *writer) organ(name string, o Organ) {
	w.open(name)
	for _, of := range [][2]string{{"OrganId", o.ID}, {"OrganizationInCharge", o.InCharge}, {"OrganName", o.Name}, {"OrganAdd", o.Address}, {"Email", o.Email},
		{"Telephone", o.Telephone}, {"Fax", o.Fax}, {"Website", o.Website}} {
		w.value(of[0], of[1])
	}
	w.shut(name)
}

func (w *writer) head(p Packet) {
	w.open("MessageHeader")
	w.organ("From", p.From)
	for _, to := range p.To {
		w.organ("To", to)
	}
	id, number, notation := p.DocumentID, p.Number, p.Notation
	if id == "" {
		id = p.From.ID + "," + written(p.Date) + "," + p.Symbol
	}
	if number == "" {
		if i := strings.IndexAny(p.Symbol, "-/"); i > 0 {
			number, notation = p.Symbol[:i], p.Symbol[i+1:]
		} else {
			number = p.Symbol
		}
	}
	w.must("DocumentId", id)
	w.open("Code")
	w.must("CodeNumber", number)
	w.must("CodeNotation", notation)
	w.shut("Code")
	w.open("PromulgationInfo")
	w.value("Place", p.Place)
	w.must("PromulgationDate", written(p.Date))
	w.shut("PromulgationInfo")
	w.open("DocumentType")
	w.must("Type", "2")
	w.must("TypeDetail", strconv.Itoa(kindNumbers[p.Kind]))
	w.must("TypeName", p.Kind)
	w.shut("DocumentType")
	w.must("Subject", p.Subject)
	w.value("Content", p.Content)
	if p.Signer != (Signer{}) {
		w.open("SignerInfo")
		w.value("Competence", p.Signer.Competence)
		w.value("Position", p.Signer.Title)
		w.value("FullName", p.Signer.Name)
		w.shut("SignerInfo")
	}
	w.value("DueDate", written(p.Due))
	w.open("OtherInfo")
	w.must("Priority", strconv.Itoa(p.Urgency))
	if len(p.Annexes) > 0 {
		w.open("Appendixes")
		for _, name := range p.Annexes {
			w.must("Appendix", name)
		}
		w.shut("Appendixes")
	}
	w.shut("OtherInfo")
	for _, a := range p.Answers {
		w.open("ResponseFor")
		w.value("OrganId", a.Organ)
		w.value("Code", a.Symbol)
		w.value("DocumentId", a.DocumentID)
		w.value("PromulgationDate", written(a.Date))
		w.shut("ResponseFor")
	}
	w.must("SteeringType", "0") // senders disagree on what it means: nothing is said with it
	if len(p.Places) > 0 {
		w.open("ToPlaces")
		for _, place := range p.Places {
			w.must("Place", place)
		}
		w.shut("ToPlaces")
	}
	w.shut("MessageHeader")
}

func (w *writer) trace(p Packet, made time.Time) {
	w.open("TraceHeaderList")
	w.open("TraceHeader")
	w.must("OrganId", p.From.ID)
	w.must("Timestamp", made.In(calendar.Zone).Format("2006/01/02 15:04:05"))
	w.shut("TraceHeader")
	w.open("Bussiness")
	if p.Purpose != Replace {
		w.value("DocumentId", p.About)
	}
	w.must("BussinessDocType", strconv.Itoa(int(p.Purpose)))
	w.value("BussinessDocReason", p.Reason)
	if p.Purpose == Replace && p.About != "" {
		w.open("ReplacementInfoList")
		w.open("ReplacementInfo")
		w.must("DocumentId", p.About)
		w.shut("ReplacementInfo")
		w.shut("ReplacementInfoList")
	}
	w.shut("Bussiness")
	w.shut("TraceHeaderList")
}

// files writes the list of files in the envelope, and the files after it.
func (w *writer) files(all []File) {
	var encoded writer
	w.open("edXMLBody")
	w.raw(`<edXML:edXMLManifest version="1.0">`)
	for i, a := range all {
		kind, content := "application/pdf", a.Content
		if strings.ToLower(path.Ext(a.Name)) != ".pdf" {
			kind, content = "application/zip", wrapped(a)
		}
		id := identifier(i, a)
		w.open("Reference")
		w.must("ContentId", id)
		w.must("ContentType", kind)
		w.must("AttachmentName", a.Name)
		w.shut("Reference")
		encoded.raw("<Attachment><ContentId>" + id + "</ContentId><AttachmentName>")
		encoded.escape(a.Name)
		encoded.raw("</AttachmentName><ContentType>" + kind + `</ContentType><edXML:ContentTransferEncoded xmlns:edXML="` + space + `">`)
		encoded.raw(base64.StdEncoding.EncodeToString(content))
		encoded.raw("</edXML:ContentTransferEncoded></Attachment>\n")
	}
	w.raw("</edXML:edXMLManifest>")
	w.shut("edXMLBody")
	w.raw("</edXML:edXMLEnvelope>\n")
	if len(all) > 0 {
		w.raw("<AttachmentEncoded>")
		w.Write(encoded.Bytes())
		w.raw("</AttachmentEncoded>\n")
	}
	if w.err == nil {
		w.err = encoded.err
	}
}

// identifier is made of the file and its place in the packet.
func identifier(place int, a File) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s\n", place, a.Name)
	h.Write(a.Content)
	sum := h.Sum(nil)
	return fmt.Sprintf("cid:%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

// wrapped is a file in a zip of one entry, whose name says no more than what it is.
func wrapped(a File) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	entry, err := z.Create("tep" + strings.ToLower(path.Ext(a.Name)))
	if err == nil {
		_, err = entry.Write(a.Content)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		panic(err) // a buffer in memory takes everything
	}
	return b.Bytes()
}
