package edxml

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
)

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
