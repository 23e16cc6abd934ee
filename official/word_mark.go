package official

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"giaoban/internal/pattern"
)

// MarkedCopy gives a file of anybody as a Word file with a comment at each place that LintFile names, and those places. The
// text stays as it is; what is about the paper as a whole stands at its first line.
func MarkedCopy(ctx context.Context, name string, content []byte, p Profile, own LayoutOn) ([]byte, []Finding, error) {
	w, word, err := readFile(ctx, name, content)
	if err != nil {
		return nil, nil, err
	}
	notes, err := w.judge(p, own)
	if err != nil {
		return nil, nil, err
	}
	var found []Finding
	for _, n := range notes {
		found = append(found, n.Finding)
	}
	marked, err := w.commented(word, notes)
	return marked, found, err
}

const (
	markNames    = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	commentsPart = "word/comments.xml"
	commentsType = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
)

// commented writes notes as comments into a Word file.
func (w *wordFile) commented(word []byte, notes []noted) ([]byte, error) {
	z, err := openZip(bytes.NewReader(word), int64(len(word)))
	if err != nil {
		return nil, err
	}
	main := mainPart(z.File)
	links := "word/_rels/" + strings.TrimPrefix(main.Name, "word/") + ".rels"
	parts := map[string][]byte{main.Name: nil, links: nil, "[Content_Types].xml": nil, commentsPart: nil}
	for _, f := range z.File {
		if _, wanted := parts[f.Name]; wanted {
			if parts[f.Name], err = wholePart(f); err != nil {
				return nil, err
			}
		}
	}
	first := freeComment(parts[commentsPart])
	parts[main.Name] = w.withMarks(parts[main.Name], notes, first)
	if !bytes.Contains(parts["[Content_Types].xml"], []byte("/"+commentsPart)) {
		parts["[Content_Types].xml"] = beforeEnd(parts["[Content_Types].xml"], `<Override PartName="/`+commentsPart+`" ContentType="`+commentsType+`"/>`)
	}
	if len(parts[links]) == 0 {
		parts[links] = []byte(relations + `</Relationships>`)
	}
	if !bytes.Contains(parts[links], []byte(officeTypes+"comments\"")) {
		parts[links] = beforeEnd(parts[links], `<Relationship Id="rIdGiaoBan" Type="`+officeTypes+`comments" Target="comments.xml"/>`)
	}
	if bytes.LastIndex(parts[commentsPart], []byte("</")) < 0 {
		parts[commentsPart] = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n<w:comments" + markNames + `></w:comments>`)
	}
	parts[commentsPart] = beforeEnd(parts[commentsPart], commentTexts(notes, first))
	return repacked(z, parts)
}

// commentTexts are the comments themselves, numbered from first.
func commentTexts(notes []noted, first int) string {
	var b strings.Builder
	for i, n := range notes {
		fmt.Fprintf(&b, `<w:comment%s w:id="%d" w:author="Giao Ban" w:initials="GB"><w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p></w:comment>`,
			markNames, first+i, escape(n.Where+": "+n.Sentence))
	}
	return b.String()
}

// withMarks writes the ends of the comments around their paragraphs.
func (w *wordFile) withMarks(part []byte, notes []noted, first int) []byte {
	type mark struct {
		at   int64
		text string
	}
	var marks []mark
	whole := slices.IndexFunc(w.texts, func(t wordText) bool { return strings.TrimSpace(t.text) != "" })
	for i, n := range notes {
		at, id := n.at, strconv.Itoa(first+i)
		if at < 0 || strings.TrimSpace(w.texts[at].text) == "" {
			at = whole
		}
		if at < 0 { // a file without words
			continue
		}
		t := w.texts[at]
		marks = append(marks, mark{t.from, `<w:commentRangeStart` + markNames + ` w:id="` + id + `"/>`},
			mark{t.to, `<w:commentRangeEnd` + markNames + ` w:id="` + id + `"/><w:r` + markNames + `><w:commentReference w:id="` + id + `"/></w:r>`})
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return int(a.at - b.at) })
	var out bytes.Buffer
	done := int64(0)
	for _, m := range marks {
		out.Write(part[done:m.at])
		out.WriteString(m.text)
		done = m.at
	}
	out.Write(part[done:])
	return out.Bytes()
}

// freeComment is the first number that no comment of the file has.
func freeComment(comments []byte) int {
	free := 0
	for _, m := range commentNumber().FindAllSubmatch(comments, -1) {
		if n, err := strconv.Atoi(string(m[1])); err == nil && n < 1<<30 {
			free = max(free, n+1)
		}
	}
	return free
}

var commentNumber = pattern.Of(`<w:comment [^>]*w:id="(\d+)"`)

// beforeEnd puts a text before the last closing tag of a part.
func beforeEnd(part []byte, text string) []byte {
	at := bytes.LastIndex(part, []byte("</"))
	if at < 0 {
		return part
	}
	return slices.Concat(part[:at], []byte(text), part[at:])
}

func wholePart(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, maxPart+1))
	switch {
	case err != nil:
		return nil, errBroken
	case len(content) > maxPart:
		return nil, errTooLarge
	}
	return content, nil
}

// repacked writes a zip again with some of its parts replaced or added.
func repacked(z *zip.Reader, parts map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	write := func(name string) error {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: zipTime})
		if err != nil {
			return err
		}
		_, err = part.Write(parts[name])
		return err
	}
	written := map[string]bool{}
	for _, f := range z.File {
		if _, changed := parts[f.Name]; !changed {
			if err := w.Copy(f); err != nil {
				return nil, errBroken
			}
		} else if !written[f.Name] {
			if err := write(f.Name); err != nil {
				return nil, err
			}
			written[f.Name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if !written[name] {
			if err := write(name); err != nil {
				return nil, err
			}
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
