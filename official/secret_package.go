package official

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"giaoban/internal/pattern"
)

// pack looks into every part of a zip, whatever its name: what an office program shows it may take from anywhere.
func (l *look) pack(data io.ReaderAt, size int64) error {
	if l.nested++; l.nested > mostNested {
		return errInside
	}
	defer func() { l.nested-- }()
	z, err := openZip(data, size)
	if err != nil {
		return err
	}
	capital := make(map[string]bool)
	parts := slices.Clone(z.File)
	slices.SortStableFunc(parts, func(a, b *zip.File) int { return firstRead(a.Name) - firstRead(b.Name) })
	for _, f := range parts {
		if err := l.part(f, capital); err != nil {
			return err
		}
	}
	return nil
}

// firstRead puts the styles before what is written in them.
func firstRead(name string) int {
	if strings.HasSuffix(name, "styles.xml") {
		return 0
	}
	return 1
}

var shownParts = pattern.Of(`(?i)^(?:word/(?:document|header|footer|footnotes|endnotes)|xl/(?:sharedStrings|worksheets/)|ppt/slides/|content\.xml)`)

func (l *look) part(f *zip.File, capital map[string]bool) error {
	name := path.Clean(strings.ReplaceAll(f.Name, `\`, "/"))
	if level, found := SecretName(path.Base(name)); found && rank(level) > rank(l.level) {
		l.level = level
	}
	if strings.HasSuffix(f.Name, "/") {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return errBroken
	}
	defer r.Close()
	switch strings.ToLower(path.Ext(name)) {
	case ".xml", ".rels", ".vml":
		err = l.markup(r, false, shownParts().MatchString(name), capital)
	default:
		err = l.inside(name, r)
	}
	if over := l.over(); over != nil {
		return over
	}
	if err != nil && !isFault(err) {
		return errBroken
	}
	return err
}

// inside looks at a part that is a file of its own.
func (l *look) inside(name string, r io.Reader) error {
	head := make([]byte, 8)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return err
	}
	head = head[:n]
	if pictured(head) {
		l.pictures = true
		return nil
	}
	raw, err := l.whole(io.MultiReader(bytes.NewReader(head), r), mostWhole)
	if err != nil {
		return err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return l.pack(bytes.NewReader(raw), int64(len(raw)))
	case bytes.Contains(raw[:min(len(raw), 1024)], []byte("%PDF-")):
		return errInside
	case bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return l.compound(raw)
	}
	return l.bytes(name, raw)
}

func pictured(head []byte) bool {
	for _, magic := range []string{"\x89PNG", "\xff\xd8\xff", "GIF8", "BM", "II*\x00", "MM\x00*", "RIFF"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}

// compound looks at an old Office file and at the package that one holds which Office embeds in another.
func (l *look) compound(raw []byte) error {
	if err := l.wide(bytes.NewReader(raw)); err != nil {
		return err
	}
	if i := bytes.Index(raw, []byte("PK\x03\x04")); i >= 0 {
		if l.pack(bytes.NewReader(raw[i:]), int64(len(raw)-i)) != nil {
			return errInside
		}
	}
	return l.over()
}
