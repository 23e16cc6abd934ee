package library

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"giaoban/internal/packed"
)

// What a Word or Excel file of an office stays far below.
const (
	mostUnpacked = 128 << 20
	mostInFolder = 16 // depth of names
)

var errBomb = errors.New("library: unpacks to more than any paper holds")

// lookIntoPackage refuses Office and OpenDocument packages that are bombs, carry macros or programs, fetch anything
// from elsewhere when opened, or are not what their table of contents says.
func lookIntoPackage(ctx context.Context, name string, f io.ReaderAt, size int64) error {
	damaged := invalid("Tệp “%s” bị hỏng, không mở được. Xin mở lại bằng Word hoặc Excel, lưu và gửi lại.", name)
	tooLarge := invalid("Tệp “%s” giải nén ra quá lớn so với một văn bản nên không được nhận. Xin tách tệp hoặc lưu lại bằng Word, Excel.", name)
	z, err := packed.Open(f, size)
	switch {
	case errors.Is(err, packed.ErrCrowded):
		return tooLarge
	case err != nil:
		return damaged
	}
	if overlapping(z, size) {
		return damaged
	}
	left, endings := int64(mostUnpacked), make(map[string]bool)
	for _, part := range z.File {
		endings[strings.ToLower(strings.TrimPrefix(path.Ext(part.Name), "."))] = true
	}
	for _, part := range z.File {
		lower := strings.ToLower(part.Name)
		switch {
		case !safeName(part.Name), part.Mode()&fs.ModeSymlink != 0:
			return damaged
		case part.Flags&1 != 0:
			return invalid("Tệp “%s” có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", name)
		case active(lower):
			return invalid("Tệp “%s” có macro hoặc chương trình nhúng nên không được nhận. Hãy lưu lại dạng .docx hoặc .xlsx không có macro.", name)
		}
		switch err := lookIntoPart(ctx, part, lower, &left, endings); {
		case errors.Is(err, errBomb), errors.Is(err, context.DeadlineExceeded):
			return tooLarge
		case errors.Is(err, errMacro):
			return invalid("Tệp “%s” có macro nên không được nhận. Hãy lưu lại dạng .docx hoặc .xlsx không có macro.", name)
		case errors.Is(err, errOutside):
			return invalid("Tệp “%s” lấy mẫu hoặc nội dung từ địa chỉ bên ngoài khi mở nên không được nhận. Hãy chép nội dung sang một văn bản mới rồi gửi lại.", name)
		case err != nil:
			return damaged
		}
	}
	return nil
}

// active tells the parts that run: macros of both office suites, ActiveX, programs packed as objects.
func active(lower string) bool {
	base := path.Base(lower)
	return strings.HasPrefix(base, "vbaproject") || strings.HasPrefix(base, "vbadata") || strings.Contains(lower, "/activex/") ||
		strings.Contains(lower, "/macrosheets/") || strings.HasPrefix(lower, "basic/") || strings.HasPrefix(lower, "scripts/") ||
		slices.Contains([]string{".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".scr", ".hta", ".lnk", ".jar"}, path.Ext(lower))
}

func safeName(name string) bool {
	if name == "" || strings.HasPrefix(name, "/") || strings.ContainsAny(name, "\\:\x00") || strings.Count(name, "/") > mostInFolder {
		return false
	}
	return !slices.Contains(strings.Split(name, "/"), "..")
}

// overlapping finds the trick of bombs whose entries share the same bytes, and anything before the first entry.
func overlapping(z *zip.Reader, size int64) bool {
	type stretch struct{ from, to int64 }
	var all []stretch
	for _, part := range z.File {
		from, err := part.DataOffset()
		to := from + int64(part.CompressedSize64)
		if err != nil || from < 0 || to < from || to > size {
			return true
		}
		all = append(all, stretch{from, to})
	}
	slices.SortFunc(all, func(a, b stretch) int { return int(a.from - b.from) })
	for i := 1; i < len(all); i++ {
		if all[i].from < all[i-1].to {
			return true
		}
	}
	return false
}

var (
	errMacro   = errors.New("library: declares macros")
	errOutside = errors.New("library: fetches from outside")
)

// lookIntoPart unpacks a part: the sizes a zip declares may lie, so what counts is what comes out. endings are those of all
// parts of the package.
func lookIntoPart(ctx context.Context, part *zip.File, lower string, left *int64, endings map[string]bool) error {
	if part.UncompressedSize64 > uint64(*left) {
		return errBomb
	}
	r, err := part.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	counted := &meter{ctx: ctx, r: r, left: left}
	switch {
	case strings.HasSuffix(lower, ".rels"), lower == "[content_types].xml":
		err = lookIntoRelations(counted, lower, endings)
	case strings.HasSuffix(lower, ".xml"):
		var head [4096]byte
		n, readErr := io.ReadFull(counted, head[:])
		if bytes.Contains(head[:n], []byte("<!DOCTYPE")) || bytes.Contains(head[:n], []byte("<!ENTITY")) {
			return errOutside
		}
		if readErr != nil && readErr != io.EOF && readErr != io.ErrUnexpectedEOF {
			return readErr
		}
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, counted)
	var corrupt flate.CorruptInputError
	if errors.As(err, &corrupt) {
		return zip.ErrFormat
	}
	return err
}

type meter struct {
	ctx  context.Context
	r    io.Reader
	left *int64
}

func (m *meter) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	if *m.left -= int64(n); *m.left < 0 {
		return n, errBomb
	}
	return n, err
}

// lookIntoRelations reads what a package declares: the types of its parts, and what it points at outside itself. A
// hyperlink waits for a click, a linked workbook asks first; a template, a frame or an object is fetched on opening. Programs
// that write workbooks declare the type of macros for an ending that no part has: that is no macro.
func lookIntoRelations(r io.Reader, lower string, endings map[string]bool) error {
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive:
			return errOutside
		case xml.StartElement:
			var kind, target, mode, content string
			ending := ""
			for _, a := range t.Attr {
				switch a.Name.Local {
				case "Type":
					kind = a.Value
				case "Target":
					target = strings.ToLower(strings.TrimSpace(a.Value))
				case "TargetMode":
					mode = a.Value
				case "ContentType":
					content = strings.ToLower(a.Value)
				case "Extension":
					ending = strings.ToLower(a.Value)
				}
			}
			if lower == "[content_types].xml" && (strings.Contains(content, "macroenabled") || strings.Contains(content, "vbaproject")) &&
				(t.Name.Local != "Default" || endings[ending]) {
				return errMacro
			}
			if strings.EqualFold(mode, "External") && fetched(path.Base(kind)) && elsewhere(target) {
				return errOutside
			}
		}
	}
}

func fetched(kind string) bool {
	switch strings.ToLower(kind) {
	case "attachedtemplate", "oleobject", "frame", "subdocument", "package", "control", "afchunk", "mailmergesource":
		return true
	}
	return false
}

// elsewhere tells another machine from the sender's own disk, where Word keeps its usual template.
func elsewhere(target string) bool {
	for _, start := range []string{"http:", "https:", "ftp:", `\\`, "//", "file://///", `file:///\\`, "mhtml:", "ms-", "javascript:"} {
		if strings.HasPrefix(target, start) {
			return true
		}
	}
	return strings.HasPrefix(target, "file://") && !strings.HasPrefix(target, "file:///")
}

func isAlsoZip(f io.ReaderAt, size int64) bool {
	z, err := packed.Open(f, size)
	return errors.Is(err, packed.ErrCrowded) || err == nil && len(z.File) > 0
}
