package official

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"giaoban/document"
)

// WriteDocx writes the paper as a Word file (Office Open XML, transitional). The same document gives
// the same bytes: parts stand in a fixed order with a fixed time, and the only dates inside are the
// paper's own.
func WriteDocx(w io.Writer, d Document) error {
	s := compose(d)
	z := zip.NewWriter(w)
	type filePart struct {
		name  string
		write func(*xmlWriter, sheet, Document)
	}
	parts := []filePart{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", coreProperties},
		{"docProps/app.xml", appProperties},
		{"word/document.xml", documentPart},
		{"word/_rels/document.xml.rels", documentRelations},
		{"word/styles.xml", stylesPart},
		{"word/numbering.xml", numberingPart},
		{"word/settings.xml", settingsPart},
		{"word/fontTable.xml", fontTablePart},
		{"word/header1.xml", func(x *xmlWriter, s sheet, _ Document) { headerPart(x, s, false) }},
		{"word/header2.xml", func(x *xmlWriter, s sheet, _ Document) { headerPart(x, s, true) }},
	}
	for i, drawn := range s.drawings {
		parts = append(parts, filePart{"word/" + drawingFile(i+1), func(x *xmlWriter, s sheet, _ Document) { x.raw(string(drawn.emf(s.p.Font))) }})
	}
	for _, part := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: zipTime})
		if err != nil {
			return fmt.Errorf("ghi phần %s của tệp Word: %w", part.name, err)
		}
		x := &xmlWriter{w: f}
		if !strings.HasSuffix(part.name, ".emf") {
			x.raw(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n")
		}
		part.write(x, s, d)
		if x.err != nil {
			return fmt.Errorf("ghi phần %s của tệp Word: %w", part.name, x.err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("đóng tệp Word: %w", err)
	}
	return nil
}

// zipTime is the first instant that the zip format can write.
var zipTime = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// xmlWriter writes XML text and keeps the first error.
type xmlWriter struct {
	w         io.Writer
	err       error
	bookmarks int
}

func (x *xmlWriter) raw(parts ...string) {
	for _, s := range parts {
		if x.err == nil {
			_, x.err = io.WriteString(x.w, s)
		}
	}
}

var xmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#10;", "\t", "&#9;")

func escape(s string) string { return xmlEscaper.Replace(clean(s)) }

func twips(mm float64) string      { return strconv.Itoa(int(mm*1440/25.4 + 0.5)) }
func twentieths(pt float64) string { return strconv.Itoa(int(pt*20 + 0.5)) }
func halves(pt float64) string     { return strconv.Itoa(int(pt*2 + 0.5)) }

// OriginMark is the name of the bookmark that marks text coming from ref. It is a digest, so a paper
// that leaves the office says nothing of the records behind it, yet whoever holds the records finds
// them again.
func OriginMark(ref string) string {
	sum := sha256.Sum256([]byte(ref))
	return document.OriginPrefix + strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15]))
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func documentPart(x *xmlWriter, s sheet, _ Document) {
	x.raw(`<w:document `, wordSpace, `><w:body>`)
	x.twoColumns(s, [][2][]para{{s.headLeft, s.headRight}, {s.footLeft, s.footRight}})
	if len(s.opening) == 0 { // a letter's text follows the head at once
		x.para(s, para{part: PartTight})
	}
	for _, l := range s.opening {
		x.para(s, l)
	}
	x.flow(s, s.body)
	if len(s.signing) > 0 {
		x.para(s, para{part: PartTight, gap: 10, keep: true})
		x.twoColumns(s, s.signing)
	}
	for i, a := range s.annexes {
		x.raw(`<w:p><w:pPr><w:pStyle w:val="`, string(PartTight), `"/>`)
		x.section(s, i-1)
		x.raw(`</w:pPr></w:p>`)
		for _, l := range a.heading {
			x.para(s, l)
		}
		x.flow(s, a.body)
	}
	if len(s.annexes) == 0 {
		x.para(s, para{part: PartTight}) // Word wants a paragraph after the last table
	}
	x.section(s, len(s.annexes)-1)
	x.raw(`</w:body></w:document>`)
}

// section writes the page of the main text (-1) or of an annex.
func (x *xmlWriter) section(s sheet, annex int) {
	p := s.p
	x.raw(`<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/><w:type w:val="nextPage"/>`)
	if annex >= 0 && s.annexes[annex].landscape {
		x.raw(`<w:pgSz w:w="`, twips(p.Page.Height), `" w:h="`, twips(p.Page.Width), `" w:orient="landscape"/>`)
	} else {
		x.raw(`<w:pgSz w:w="`, twips(p.Page.Width), `" w:h="`, twips(p.Page.Height), `"/>`)
	}
	m := p.Page.Margins
	x.raw(`<w:pgMar w:top="`, twips(m.Top), `" w:right="`, twips(m.Right), `" w:bottom="`, twips(m.Bottom), `" w:left="`, twips(m.Left),
		`" w:header="`, twips(p.Page.HeaderDistance), `" w:footer="`, twips(p.Page.HeaderDistance), `" w:gutter="0"/>`)
	own := annex >= 0 && p.AnnexOwnPages
	if own {
		x.raw(`<w:pgNumType w:start="1"/>`)
	}
	x.raw(`<w:cols w:space="720"/>`)
	if annex < 0 || own { // no number on a page 1
		x.raw(`<w:titlePg/>`)
	}
	x.raw(`</w:sectPr>`)
}

// headerPart writes the line above each page: the banner, and the page number except on page 1.
func headerPart(x *xmlWriter, s sheet, first bool) {
	x.raw(`<w:hdr `, wordSpace, `>`)
	if s.banner != "" {
		x.para(s, s.para(PartBanner, s.banner))
	}
	if !first {
		x.raw(`<w:p><w:pPr><w:pStyle w:val="`, string(PartPageNumber), `"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r>`,
			`<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`,
			`<w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
	} else if s.banner == "" {
		x.para(s, para{part: PartPageNumber})
	}
	x.raw(`</w:hdr>`)
}
