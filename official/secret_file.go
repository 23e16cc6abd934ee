package official

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// What is looked at in a file that is not packed: a PDF or old Office file up to maxScanned, a text up
// to maxTextScanned. A stamp stands at the head of a paper.
const (
	maxScanned     = 64 << 20
	maxTextScanned = 8 << 20
)

// SecretMarkInFile looks for a mark of secrecy in a file's name and content: Word, Excel, PowerPoint
// and OpenDocument packages, PDF streams, old Office files, HTML and plain text. extracted is text
// that was taken from the file by other means (a PDF's, a scan's). Only the degree is given; nothing
// is kept. An error means that the file could not be judged and must not be accepted.
func SecretMarkInFile(name string, data io.ReaderAt, size int64, extracted ...string) (level string, found bool, err error) {
	if level, found = SecretName(name); found {
		return level, true, nil
	}
	for _, text := range extracted {
		if level, found = SecretMark(text); found {
			return level, true, nil
		}
	}
	head := make([]byte, 8)
	n, err := data.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", false, fmt.Errorf("không đọc được tệp: %w", err)
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK")):
		level, err = secretInPackage(data, size)
	case bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		level, err = secretInWide(io.NewSectionReader(data, 0, min(size, maxScanned)))
	default:
		level, err = secretInBytes(name, data, size)
	}
	return level, level != "", err
}

// secretInPackage reads the parts of a zip in which people write.
func secretInPackage(data io.ReaderAt, size int64) (string, error) {
	z, err := openZip(data, size)
	if err != nil {
		return "", err
	}
	budget, level := int64(maxUnpacked), ""
	for _, f := range z.File {
		if !written(f.Name) {
			continue
		}
		got, err := secretInPart(f, &budget)
		if err != nil {
			return "", err
		}
		if rank(got) > rank(level) {
			level = got
		}
	}
	return level, nil
}

var writtenParts = regexp.MustCompile(`(?i)^(?:word/(?:glossary/)?[^/]+\.xml|` +
	`xl/(?:sharedStrings|worksheets/[^/]+|drawings/[^/]+|comments[^/]*)\.xml|ppt/(?:slides|notesSlides|slideMasters|slideLayouts)/[^/]+\.xml|` +
	`docProps/(?:core|custom|app)\.xml|content\.xml|styles\.xml|meta\.xml)$`)

func written(name string) bool {
	return writtenParts.MatchString(path.Clean(strings.ReplaceAll(name, `\`, "/")))
}

func secretInPart(f *zip.File, budget *int64) (string, error) {
	name := strings.ToLower(f.Name)
	if strings.HasPrefix(name, "xl/") || strings.HasPrefix(name, "docprops/") || name == "meta.xml" {
		return secretInCells(f, budget)
	}
	paragraphs, err := readPart(f, budget)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, p := range paragraphs {
		text.WriteString(p.Text)
		text.WriteByte('\n')
	}
	level, _ := SecretMark(text.String())
	return level, nil
}

// secretInCells reads the texts of a workbook one by one: a shared string (si), an inline string (is),
// a header (oddHeader …), a drawing's paragraph or a property.
func secretInCells(f *zip.File, budget *int64) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", errBroken
	}
	defer r.Close()
	b := &bounded{r: r, left: min(int64(maxPart), *budget)}
	start := b.left
	defer func() { *budget -= start - b.left }()
	d := xml.NewDecoder(b)
	level, labelled, depth := "", false, 0
	var text strings.Builder
	for {
		token, err := d.Token()
		if b.over {
			return "", errTooLarge
		}
		if err == io.EOF {
			return level, nil
		}
		if err != nil {
			return "", errBroken
		}
		switch t := token.(type) {
		case xml.Directive:
			return "", errBroken
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return "", errTooLarge
			}
			if endsCell(t.Name.Local) {
				text.Reset()
			}
		case xml.CharData:
			if text.Len() < 4096 {
				text.Write(t)
			}
		case xml.EndElement:
			depth--
			if !endsCell(t.Name.Local) {
				continue
			}
			if !strings.ContainsFunc(text.String(), unicode.IsLetter) {
				labelled = false
				continue
			}
			s := headerCode.ReplaceAllString(text.String(), "\n")
			got, _ := SecretMark(s)
			if got == "" && labelled {
				got = markIn(unveil(s), true, true)
			}
			if rank(got) > rank(level) {
				level = got
			}
			labelled = bareLabel.MatchString(strings.ToLower(unveil(s)))
			text.Reset()
		}
	}
}

// headerCode is a formatting code of a page header in Excel: &C, &"Times,Bold", &14.
var headerCode = regexp.MustCompile(`&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Za-z])`)

func endsCell(local string) bool {
	switch local {
	case "si", "is", "p", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter",
		"title", "subject", "keywords", "description", "category", "contentStatus", "lpwstr", "text", "user-defined", "keyword", "v":
		return true
	}
	return false
}

// secretInBytes reads PDF, HTML, rich text, plain text, and tables whose cells commas or semicolons part.
func secretInBytes(name string, data io.ReaderAt, size int64) (string, error) {
	raw, err := io.ReadAll(io.NewSectionReader(data, 0, min(size, maxScanned)))
	if err != nil {
		return "", fmt.Errorf("không đọc được tệp: %w", err)
	}
	if i := bytes.Index(raw[:min(len(raw), 1024)], []byte("%PDF-")); i >= 0 {
		return secretInPDF(raw), nil
	}
	if len(raw) > maxTextScanned { // cut at a line's end, so that no letter is torn
		raw = raw[:max(bytes.LastIndexByte(raw[:maxTextScanned], '\n'), 0)]
	}
	text := decodeText(raw)
	if strings.HasPrefix(text, `{\rtf`) {
		text = richText(text)
	}
	if strings.Contains(text[:min(len(text), 4096)], "<") {
		plain := html.UnescapeString(tag.ReplaceAllString(blockTag.ReplaceAllString(hidden.ReplaceAllString(text, ""), "\n"), ""))
		if level, found := SecretMark(plain); found {
			return level, nil
		}
	}
	if level, found := SecretMark(text); found {
		return level, nil
	}
	if !strings.HasSuffix(strings.ToLower(name), ".csv") {
		return "", nil
	}
	level, _ := SecretMark(strings.NewReplacer(";", "\t", ",", "\t", `"`, "").Replace(text))
	return level, nil
}

var (
	hidden   = regexp.MustCompile(`(?is)<(?:script|style)\b.*?</(?:script|style)>`)
	blockTag = regexp.MustCompile(`(?i)<(?:/?(?:p|div|td|th|tr|li|h[1-6]|table|section|header|footer|title|center|body)|br)\b[^>]*>`)
	tag      = regexp.MustCompile(`<[^>]*>`)
)

var (
	rtfUnicode = regexp.MustCompile(`\\u(-?\d{1,6}) ?(?:\\'[0-9a-fA-F]{2}|\?)?`)
	rtfBreak   = regexp.MustCompile(`\\(?:pard?|line|cell|row|sect|page)\b ?`)
	rtfWord    = regexp.MustCompile(`\\[a-z]+-?\d* ?|[{}]|\\\*`)
)

// richText gives the words of an RTF file, one paragraph a line.
func richText(s string) string {
	s = rtfUnicode.ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.Atoi(rtfUnicode.FindStringSubmatch(m)[1])
		return string(rune(uint16(n)))
	})
	return rtfWord.ReplaceAllString(rtfBreak.ReplaceAllString(s, "\n"), "")
}

func decodeText(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		return wide(raw[2:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		return wide(raw[2:], binary.BigEndian)
	case utf8.Valid(raw):
		return string(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))
	}
	// Bytes of an older code page: one character each, which is how TCVN3 and VNI texts are recognised.
	var b strings.Builder
	for _, c := range raw {
		b.WriteRune(rune(c))
	}
	return b.String()
}

func wide(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, order.Uint16(raw[i:]))
	}
	return string(utf16.Decode(units))
}

// secretInWide scans an old Office file (.doc, .xls) for UTF-16 text at either alignment; control
// characters end a line.
func secretInWide(r io.Reader) (string, error) {
	level := ""
	in := bufio.NewReaderSize(r, 64<<10)
	var lines [2][]uint16
	var previous byte
	end := func(i int) {
		if n := len(lines[i]); n >= 3 && n <= 200 {
			s := strings.TrimFunc(string(utf16.Decode(lines[i])), func(r rune) bool { return r < 0x20 })
			if got := markIn(unveil(s), false, false); rank(got) > rank(level) {
				level = got
			}
		}
		lines[i] = lines[i][:0]
	}
	for at := 0; ; at++ {
		c, err := in.ReadByte()
		if err == io.EOF {
			end(0)
			end(1)
			return level, nil
		}
		if err != nil {
			return "", fmt.Errorf("không đọc được tệp: %w", err)
		}
		if at > 0 {
			unit, i := uint16(previous)|uint16(c)<<8, at%2
			if unit < 0x20 || unit > 0x2100 {
				end(i)
			} else if len(lines[i]) <= 200 {
				lines[i] = append(lines[i], unit)
			}
		}
		previous = c
	}
}
