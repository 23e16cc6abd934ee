package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"giaoban/internal/fault"
	"giaoban/internal/packed"
)

const (
	mostPart     = 48 << 20  // the part with the text, unpacked
	mostAside    = 12 << 20  // any other
	mostUnpacked = 160 << 20 // all parts that are read, together
)

var errBroken = fault.Invalid("", "Không đọc được tệp: tệp hỏng hoặc không phải tệp do Word, Excel lưu. Hãy mở bằng Word, lưu lại rồi gửi lại.")

// parcel is a zip with parts: their sizes may lie, so what counts is what comes out.
type parcel struct {
	parts map[string]*zip.File
	left  int64  // bytes that may still be unpacked
	text  string // the part that holds the text
}

func openParcel(data io.ReaderAt, size int64) (*parcel, error) {
	z, err := packed.Open(data, size)
	switch {
	case errors.Is(err, packed.ErrCrowded):
		return nil, errTooLarge
	case err != nil:
		return nil, errBroken
	}
	p := &parcel{parts: make(map[string]*zip.File, len(z.File)), left: mostUnpacked}
	for _, f := range z.File {
		name := strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/")
		if _, twice := p.parts[name]; !twice {
			p.parts[name] = f
		}
	}
	return p, nil
}

// meter counts what a part gives.
func (p *parcel) meter(name string, r io.Reader) io.Reader {
	if name == p.text {
		return &metered{r, p, mostPart}
	}
	return &metered{r, p, mostAside}
}

type metered struct {
	r    io.Reader
	p    *parcel
	left int64 // of this part
}

func (m *metered) Read(b []byte) (int, error) {
	most := min(m.left, m.p.left)
	if most <= 0 {
		return 0, errTooLarge
	}
	n, err := m.r.Read(b[:min(int64(len(b)), most)])
	m.left -= int64(n)
	m.p.left -= int64(n)
	return n, err
}

// content is a whole part; "" when there is none.
func (p *parcel) content(name string) ([]byte, error) {
	f := p.parts[name]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	content, err := io.ReadAll(p.meter(name, r))
	return content, told(err)
}

// read walks over an XML part; a part that is not there is no error.
func (p *parcel) read(name string, root func(w *walker, e xml.StartElement) error) error {
	f := p.parts[name]
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return errBroken
	}
	defer r.Close()
	return walk(p.meter(name, r), root)
}

func walk(r io.Reader, root func(w *walker, e xml.StartElement) error) error {
	w := &walker{d: xml.NewDecoder(r)}
	err := w.children(func(e xml.StartElement) error { return root(w, e) })
	if errors.Is(err, io.EOF) {
		return nil
	}
	return told(err)
}

// told gives a fault as it is and calls everything else a broken file.
func told(err error) error {
	if err == nil || fault.Of(err) != nil {
		return err
	}
	return errBroken
}

// relation is where a part points: a part inside the file, or an address outside, which is never followed.
type relation struct {
	kind, target string
	outside      bool
}

// relations of a part by their ids.
func (p *parcel) relations(part string) (map[string]relation, error) {
	dir, base := path.Split(part)
	all := make(map[string]relation)
	err := p.read(dir+"_rels/"+base+".rels", func(w *walker, _ xml.StartElement) error {
		return w.children(func(e xml.StartElement) error {
			target := attr(e, "Target")
			r := relation{kind: path.Base(attr(e, "Type")), target: path.Join(dir, target), outside: attr(e, "TargetMode") == "External"}
			if strings.HasPrefix(target, "/") {
				r.target = strings.TrimPrefix(path.Clean(target), "/")
			}
			if len(all) < packed.MostParts {
				all[attr(e, "Id")] = r
			}
			return w.skip()
		})
	})
	return all, err
}

// walker goes down an XML part element by element. Whoever gets an element reads it to its end, by children, text or skip.
type walker struct {
	d     *xml.Decoder
	depth int
}

// children hands over the elements inside the current one; at the end of the part it gives io.EOF.
func (w *walker) children(each func(e xml.StartElement) error) error {
	return w.content(each, nil)
}

func (w *walker) content(each func(e xml.StartElement) error, letters func(text []byte) error) error {
	if w.depth++; w.depth > mostDepth {
		return errTooLarge
	}
	for {
		token, err := w.d.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.Directive: // no paper declares entities
			return errBroken
		case xml.CharData:
			if letters != nil {
				err = letters(t)
			}
		case xml.StartElement:
			err = each(t)
		case xml.EndElement:
			w.depth--
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// skip reads over the current element.
func (w *walker) skip() error {
	return w.children(func(xml.StartElement) error { return w.skip() })
}

// text is what stands directly in the current element.
func (w *walker) text() (string, error) {
	var b strings.Builder
	err := w.content(func(xml.StartElement) error { return w.skip() }, func(text []byte) error {
		if b.Len()+len(text) > mostText {
			return errTooLarge
		}
		b.Write(text)
		return nil
	})
	return b.String(), err
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// val is the value that nearly every element of Word has.
func val(e xml.StartElement) string { return attr(e, "val") }

// on reads a switch of Word: there without a value means on.
func on(e xml.StartElement) bool {
	switch val(e) {
	case "0", "false", "off":
		return false
	}
	return true
}

// name is an element's name with the usual prefix of its space, whatever prefix the file uses.
func name(e xml.StartElement) string {
	switch space := e.Name.Space; {
	case strings.HasSuffix(space, "/wordprocessingml/2006/main"), strings.HasSuffix(space, "/ooxml/wordprocessingml/main"):
		return e.Name.Local
	case strings.HasSuffix(space, "/markup-compatibility/2006"):
		return "mc:" + e.Name.Local
	case strings.HasSuffix(space, "/math"):
		return "m:" + e.Name.Local
	case strings.HasSuffix(space, "/drawingml/2006/main"), strings.HasSuffix(space, "/drawingml/main"):
		return "a:" + e.Name.Local
	}
	return "?:" + e.Name.Local
}
