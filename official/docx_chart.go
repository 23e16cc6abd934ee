package official

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf16"
)

// A chart stands in a Word file as an Enhanced Metafile, the vector picture that Word and LibreOffice both draw, with an
// alternative text.

// emuPerPoint are the units of DrawingML.
const emuPerPoint = 12700

// picture writes the paragraph of the n-th drawing of the file.
func (x *xmlWriter) picture(d *drawing, n int) {
	id := strconv.Itoa(n)
	size := ` cx="` + strconv.Itoa(int(d.Wide*emuPerPoint)) + `" cy="` + strconv.Itoa(int(d.High*emuPerPoint)) + `"/>`
	x.raw(`<w:p><w:pPr><w:pStyle w:val="`, string(PartSeparator), `"/></w:pPr><w:r><w:drawing>`,
		`<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent`, size,
		`<wp:docPr id="`, id, `" name="Biểu đồ `, id, `" descr="`, escape(d.Said), `"/>`,
		`<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`,
		`<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="`, id, `" name="Biểu đồ `, id, `"/><pic:cNvPicPr/></pic:nvPicPr>`,
		`<pic:blipFill><a:blip r:embed="`, drawingRelation(n), `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`,
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext`, size, `</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>`,
		`</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)
}

func drawingRelation(n int) string { return "rIdBieuDo" + strconv.Itoa(n) }

func drawingFile(n int) string { return "media/bieudo" + strconv.Itoa(n) + ".emf" }

// metafile is an Enhanced Metafile under construction ([MS-EMF]); its units are hundredths of a millimetre.
type metafile struct {
	b       bytes.Buffer
	records uint32
}

func hundredths(pt float64) int32 { return int32(pt*2540/72 + 0.5) }

// record writes one record: its kind, its size, its fields, filled up to four bytes.
func (m *metafile) record(kind uint32, fields ...any) {
	var body bytes.Buffer
	for _, f := range fields {
		binary.Write(&body, binary.LittleEndian, f)
	}
	for body.Len()%4 != 0 {
		body.WriteByte(0)
	}
	binary.Write(&m.b, binary.LittleEndian, []uint32{kind, uint32(body.Len()) + 8})
	m.b.Write(body.Bytes())
	m.records++
}

// The records that a chart needs, by their numbers in [MS-EMF] 2.1.1.
const (
	emrHeader, emrEOF, emrBackground, emrAlign, emrMove, emrSelect       = 1, 14, 18, 22, 27, 37
	emrPen, emrBrush, emrDelete, emrEllipse, emrLine, emrFont, emrLetter = 38, 39, 40, 42, 54, 82, 84
)

// emf draws a chart. Pens, brushes and the font each have a place in the table of objects while they are used.
func (d *drawing) emf(font string) []byte {
	m := &metafile{}
	m.record(emrBackground, uint32(1)) // letters without a ground
	m.record(emrAlign, uint32(24))     // by the line they stand on
	const pen, brush, letters = 1, 2, 3
	for _, l := range d.Strokes {
		m.record(emrPen, uint32(pen), uint32(0), hundredths(l.Thick), int32(0), colour(l.Grey))
		m.record(emrSelect, uint32(pen))
		m.record(emrMove, hundredths(l.X1), hundredths(l.Y1))
		m.record(emrLine, hundredths(l.X2), hundredths(l.Y2))
		m.record(emrDelete, uint32(pen))
	}
	for _, dot := range d.Dots {
		fill := uint32(0)
		if dot.Hollow {
			fill = 0xFFFFFF
		}
		m.record(emrPen, uint32(pen), uint32(0), hundredths(1), int32(0), uint32(0))
		m.record(emrBrush, uint32(brush), uint32(0), fill, uint32(0))
		m.record(emrSelect, uint32(pen))
		m.record(emrSelect, uint32(brush))
		m.record(emrEllipse, hundredths(dot.X-dot.Radius), hundredths(dot.Y-dot.Radius), hundredths(dot.X+dot.Radius), hundredths(dot.Y+dot.Radius))
		m.record(emrDelete, uint32(pen))
		m.record(emrDelete, uint32(brush))
	}
	var name [32]uint16
	copy(name[:31], utf16.Encode([]rune(font)))
	for _, w := range d.Words {
		m.record(emrFont, uint32(letters), -hundredths(w.Size), int32(0), int32(0), int32(0), int32(400), [8]byte{3: 1}, name, [228]byte{})
		m.record(emrSelect, uint32(letters))
		text := utf16.Encode([]rune(w.Text))
		apart := make([]uint32, len(text))
		for i, r := range text {
			apart[i] = uint32(hundredths(textWidth(string(rune(r)), w.Size, false)))
		}
		const before = 76 // bytes of the record before its letters
		filled := append(text[:len(text):len(text)], make([]uint16, len(text)%2)...)
		m.record(emrLetter, [4]int32{0, 0, -1, -1}, uint32(2), float32(1), float32(1), hundredths(w.X), hundredths(w.Y),
			uint32(len(text)), uint32(before), uint32(0), [4]int32{0, 0, -1, -1}, uint32(before+2*len(filled)), filled, apart)
		m.record(emrDelete, uint32(letters))
	}
	m.record(emrEOF, uint32(0), uint32(16), uint32(20))
	drawn := m.b.Bytes()

	head := &metafile{}
	edge := [4]int32{0, 0, hundredths(d.Wide), hundredths(d.High)}
	const header = 108
	head.record(emrHeader, edge, edge, uint32(0x464D4520), uint32(0x10000), uint32(header+len(drawn)), m.records+1, uint16(letters+1), uint16(0),
		uint32(0), uint32(0), uint32(0), [2]int32{30000, 30000}, [2]int32{300, 300}, uint32(0), uint32(0), uint32(0), [2]int32{300000, 300000})
	return append(head.b.Bytes(), drawn...)
}

func colour(grey bool) uint32 {
	if grey {
		return 0xB0B0B0
	}
	return 0
}
