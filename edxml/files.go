package edxml

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"

	"giaoban/internal/fault"
	"giaoban/internal/packed"
)

// mostAttachments is how many files a packet may bring.
const mostAttachments = 200

// mostUnfolded is what a wrapped file may be at most, in bytes.
const mostUnfolded = 40 << 20

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
